//! The source that reads a consent-management platform, with what a site sets for it.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::registry::declare::cmp::Cmp;

/// Reads the choice from the cookies of a consent-management platform, with what the site set for
/// it.
///
/// It is a [`ConsentSource`](crate::ConsentSource), for
/// [`PolicyBuilder::source`](crate::PolicyBuilder::source); or it is declared, with
/// [`RegistryBuilder::consent_source`](crate::registry::RegistryBuilder::consent_source) or in the registry
/// file, and then its ids are checked:
///
/// ```toml
/// [consent]
/// sources = ["cookiebot"]
///
/// # or, with settings:
/// [consent.sources.onetrust]
/// revision = "3"                    # where the CMP states one
/// cookie = "MyConsent"              # where the site changed its name
/// map = { C0002 = "analytics", C0007 = ["maps", "videos"] }
/// ```
///
/// # Ids
///
/// The CMP's ids are looked up in the site's map, then among the categories and services of the
/// registry, then by what they usually mean; one that usually means "necessary" is never taken for
/// what has its name. An id that leads nowhere grants nothing. Where one was refused, it may stand
/// for anything: all that asks is then refused, but for what was granted. An id that is known to
/// stand for nothing in the registry is mapped to nothing (`map = { youtube = [] }`,
/// [`without_meaning`](Self::without_meaning)).
///
/// Where several of the site's map lead to one category or service, it is granted if all of them
/// are, and one that the cookie does not name grants nothing. Where a CMP grants services one by
/// one, a category that it lists grants no service that it does not list: if the registry has
/// services in that category, their ids have to be the CMP's, or mapped. A service that is listed
/// inside a category is refused if its category of the registry is. Where the CMP has services of one
/// name in several categories, `category/service` is an id that can be mapped.
///
/// What ids usually mean is one of four purposes, under whichever of these names the registry has
/// a category for it. An id that a site gave one of these names has that meaning too:
///
/// | purpose | categories |
/// |---|---|
/// | necessary | `necessary`, `essential` |
/// | functional | `functional`, `preferences`, `functionality` |
/// | analytics | `analytics`, `statistics`, `performance`, `measurement` |
/// | marketing | `marketing`, `advertising`, `ads`, `targeting` |
///
/// The [table of CMPs](crate::guide::cmps) names the ids of each.
///
/// # Taken at their word
///
/// Some CMPs write the same before an answer, or without one, as after it:
///
/// - **tarteaucitron** with `serviceDefaultState: true`, or with a `user.bypass`: services are
///   `true` in its cookie before anybody was asked;
/// - **Complianz** with statistics that are exempt: they are `allow` again after every page view,
///   whatever the visitor said. Map `statistics` to what the registry has as necessary;
/// - **GDPR Cookie Consent**, the older plugin, with "accept on scroll", or closed by its ×: that is
///   written as an acceptance of the boxes as they stood;
/// - **CookieYes** under the CCPA: to save without opting out is written as a grant;
/// - **c15t** where no law asks for consent: it grants everything by itself, and writes that down when
///   the visitor agrees to a legal document;
/// - **Civic Cookie Control** with purposes that are on from the start: they are `accepted` when the
///   visitor closes the banner;
/// - **EU Cookie Compliance** with categories, and with consent by clicking or scrolling: a click on
///   any link is written as an answer.
///
/// Sites that set these should ask visitors in a way that [R18](crate::rules#r18) can tell apart.
///
/// Others write what may be nobody's answer, and that decides nothing:
///
/// - **EU Cookie Compliance** without categories: that the visitor agreed, called `all`, grants only
///   what the site maps it to;
/// - **Tealium iQ** with all its categories granted alike, as its script writes a default. The answer
///   to its prompt has no categories, and a choice in its preferences mostly differs between them.
///   Refused alike, they are refused, and decide nothing;
/// - **TrustArc** with `implied` consent: what was left out of categories 1 and 2 is refused, and
///   nothing is granted;
/// - **HubSpot** without categories: `__hs_opt_out=yes` refuses everything, and `no` grants nothing;
/// - **CookieScript** with an acceptance that names no categories;
/// - **Civic Cookie Control** as the law of California wants it: what was revoked is refused, and
///   nothing is granted.
///
/// The [page about banners](crate::guide::cmps#what-is-no-source) names those that are not read at all.
///
/// # Opt-outs in the United States
///
/// Under the laws of the United States visitors object: a string of the IAB says what they opted
/// out of, and to opt out of nothing grants nothing. The ids of what is objected to are `sale`,
/// `sharing`, `targeted_advertising`, and `known_child` for a child for whom nobody consented. They
/// refuse what the site maps them to; else the category of their name; else marketing, as the table
/// above finds it. A Global Privacy Control in the string refuses what `Sec-GPC` refuses
/// ([`Category::refused_by_gpc`](crate::registry::Category::refused_by_gpc)).
///
/// [`Cmp::Gpp`] reads the US Privacy string (`usprivacy`, section 6 of a GPP string), and of GPP
/// strings the national section (7, versions 1 and 2) and those of the states (8 to 27, version 1),
/// as the IAB publishes them up to its `@iabgpp/cmpapi` 3.2. [`Cmp::Tcf`] and [`Cmp::OneTrust`] heed
/// these opt-outs where they stand beside their own cookies. For another CMP, list
/// [`Cmp::Gpp`] before it.
///
/// In the same string, section 2 is the TC string of Europe and section 5 that of Canada, of which
/// express consent grants, implied consent grants nothing, and what has neither was refused.
///
/// Not read are consents to kinds of sensitive data, consents to uses beyond those that the visitor
/// was told of, and the modes of the IAB's agreement with the site: they say nothing of cookies. A
/// section of another id or version may hold an objection that nobody reads, so that with it a
/// string grants nothing; what its other sections object to counts.
///
/// # Not readable
///
/// **Usercentrics**, **Termly** and **Sourcepoint** keep the choice in the browser's local storage, which
/// no request carries; so do orestbida's cookieconsent with `useLocalStorage` and Klaro with
/// `storageMethod: "localStorage"`. A page's script [tells the server](crate::guide::local_storage), which stores it
/// in the crate's [own cookie](crate::OwnCookie). **Laravel** encrypts what whitecube writes, unless its routes are
/// outside the `web` group. Of **Didomi**, the binary `didomi_dcs` numbers purposes as only Didomi's
/// servers know them. **Axeptio** does not say in which of lz-string's encodings it compresses with
/// `compressUserCookie`. All of these are undecided, but for what stands beside them: Didomi's TC
/// string, and Axeptio's two lists of vendors.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct CmpSource {
    cmp: Cmp,
    cookie: Option<String>,
    revision: Option<String>,
    /// Ids of the CMP with those of the registry, in the order in which they were first mapped.
    mappings: Vec<(String, Vec<String>)>,
    /// Where in `mappings` an id of the CMP stands.
    places: HashMap<String, usize, RandomState>,
}

impl CmpSource {
    /// The cookies of this CMP under their usual names, and its ids with their usual meanings.
    pub fn new(cmp: Cmp) -> Self {
        CmpSource {
            cmp,
            cookie: None,
            revision: None,
            mappings: Vec::new(),
            places: HashMap::default(),
        }
    }

    /// Sets the name of the cookie that carries the choice, where the site changed it. It has no
    /// effect on CMPs with several cookies ([`Cmp::has_one_cookie`]).
    pub fn with_cookie(mut self, name: impl Into<String>) -> Self {
        self.cookie = Some(name.into());
        self
    }

    /// Sets the revision that a choice must be of, as the site has it set in the CMP. One of
    /// another revision, or of none, does not count (rule [R7](crate::rules#r7)); see [`Cmp::states_revision`].
    pub fn with_revision(mut self, revision: impl Into<String>) -> Self {
        self.revision = Some(revision.into());
        self
    }

    /// Lets an id of the CMP decide on a category or a service of the registry, instead of what it
    /// usually means. Called again for the same id, it decides on both.
    pub fn with_mapping(mut self, cmp_id: impl Into<String>, id: impl Into<String>) -> Self {
        let place = self.place_or_new(cmp_id.into());
        self.mappings[place].1.push(id.into());
        self
    }

    /// Lets an id of the CMP decide on nothing, for what the registry does not have.
    ///
    /// To refuse an id that leads nowhere refuses all that asks, since it may stand for any of it.
    /// One that is known to stand for something else refuses nothing.
    pub fn without_meaning(mut self, cmp_id: impl Into<String>) -> Self {
        self.place_or_new(cmp_id.into());
        self
    }

    /// The CMP whose cookies it reads.
    pub fn cmp(&self) -> Cmp {
        self.cmp
    }

    /// The name of the cookie that carries the choice, if the site changed it.
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// The revision that a choice must be of, if the site asks for one.
    pub fn revision(&self) -> Option<&str> {
        self.revision.as_deref()
    }

    /// The ids of the registry that an id of the CMP decides on; `None` where its usual meaning
    /// holds.
    pub fn mapping(&self, cmp_id: &str) -> Option<&[String]> {
        let (_, ids) = &self.mappings[self.place(cmp_id)?];
        Some(ids)
    }

    /// Tells whether the choice is in a cookie of this name.
    pub(crate) fn carries(&self, cookie_name: &[u8]) -> bool {
        match &self.cookie {
            Some(name) => self.cmp.has_one_cookie() && name.as_bytes() == cookie_name,
            None => self.cmp.carries(cookie_name),
        }
    }

    /// Tells whether a cookie of this name is the CMP's own (rule R8).
    pub(crate) fn owns(&self, cookie_name: &[u8]) -> bool {
        self.carries(cookie_name) || self.cmp.has_beside(cookie_name)
    }

    /// The place of an id of the CMP among the [`mappings`](Self::mappings).
    pub(crate) fn place(&self, cmp_id: &str) -> Option<usize> {
        self.places.get(cmp_id).copied()
    }

    fn place_or_new(&mut self, cmp_id: String) -> usize {
        let new = self.mappings.len();
        let place = *self.places.entry(cmp_id.clone()).or_insert(new);
        if place == new {
            self.mappings.push((cmp_id, Vec::new()));
        }
        place
    }

    /// The ids of the CMP that the site mapped, each with those that it decides on.
    pub(crate) fn mappings(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.mappings.iter().map(|(cmp_id, ids)| (cmp_id.as_str(), ids.as_slice()))
    }
}

impl From<Cmp> for CmpSource {
    fn from(cmp: Cmp) -> Self {
        CmpSource::new(cmp)
    }
}
