//! The source that reads the cookies of a consent-management platform, with the site's settings for
//! it.

use std::collections::HashMap;

use foldhash::fast::RandomState;
#[cfg(feature = "cmp")]
use memchr::memmem::Finder;

use crate::registry::declare::cmp::Cmp;
#[cfg(feature = "cmp")]
use crate::registry::declare::cmp::cookie_name::Beginning;

/// Reads the choice from the cookies of a consent-management platform (CMP), with the site's
/// settings for it.
///
/// It is a [`ConsentSource`](crate::ConsentSource) that can be given to
/// [`PolicyBuilder::source`](crate::PolicyBuilder::source). Or it is declared with
/// [`RegistryBuilder::consent_source`](crate::registry::RegistryBuilder::consent_source) or in the
/// registry file, which also checks its ids:
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
/// An id of the CMP is looked up in the site's map, then among the categories and services of the
/// registry, then by its usual meaning. An id that usually means "necessary" never stands for a
/// category or service of its name. An id that leads nowhere grants nothing. If such an id was
/// refused, it may stand for anything, so everything that asks is refused unless another id grants
/// it. If an id is known to stand for nothing in the registry, map it to nothing (`map = { youtube
/// = [] }`, [`without_meaning`](Self::without_meaning)).
///
/// If the site maps several ids to one category or service, it is granted if all of them are, and
/// an id that the cookie does not name grants nothing. If a CMP grants services one by one, a
/// category that it lists grants no service that it does not list: if the registry has services in
/// that category, give them the CMP's ids, or map those. A service that is listed inside a category
/// is refused if its category in the registry is refused. If the CMP has services of the same name
/// in several categories, `category/service` is an id that can be mapped.
///
/// The usual meaning of an id is one of four purposes. Each purpose is the category that has one of
/// these names in the registry. An id to which a site gave one of these names has that meaning too:
///
/// | purpose | categories |
/// |---|---|
/// | necessary | `necessary`, `essential` |
/// | functional | `functional`, `preferences`, `functionality` |
/// | analytics | `analytics`, `statistics`, `performance`, `measurement` |
/// | marketing | `marketing`, `advertising`, `ads`, `targeting` |
///
/// The [table of CMPs](crate::guide::cmps) lists the ids of each.
///
/// # Taken at their word
///
/// Some CMPs write the same cookie before an answer, or without one, as after it:
///
/// - **tarteaucitron** with `serviceDefaultState: true` (or a service's `defaultState`), with a `user.bypass`, or with
///   `highPrivacy: false`: services are `true` in its cookie before anybody was asked, or once the
///   visitor goes on to a second page. So are `matomocloud` in versions 1.9.6 to 1.11 and
///   `atinternet` up to 1.8.4: where one of them is the only service, update the script;
/// - **Complianz** with statistics that are exempt from consent: after every page view they are
///   `allow` again, whatever the visitor answered. Map `statistics` to a necessary category of the
///   registry;
/// - **GDPR Cookie Consent**, the older plugin, with "accept on scroll", or closed by its ×: this
///   is written as an acceptance of the boxes that were ticked;
/// - **Real Cookie Banner** before version 4.7.12 with a geo-restriction that accepts everything for
///   visitors from other countries;
/// - **iubenda** with `consentOnContinuedBrowsing`: a click or a scroll anywhere is written as an
///   acceptance;
/// - **Cookie Notice** that accepts on scroll or on any click: either is written as an acceptance;
/// - **OneTrust** in versions that write no `intType`, where groups are on from the start: closing the
///   banner is written as a grant of them;
/// - **c15t** where no law asks for consent: it grants everything by itself, and writes that when
///   the visitor agrees to a legal document;
/// - **Civic Cookie Control** with purposes that are on from the start: they are `accepted` when the
///   visitor closes the banner;
/// - **EU Cookie Compliance** with categories, and with consent by clicking or scrolling: a click on
///   any link is written as an answer.
///
/// Sites with these settings should ask visitors in a way that [R18](crate::rules#r18) can
/// distinguish.
///
/// Others write a cookie that may be nobody's answer, and that decides nothing:
///
/// - **EU Cookie Compliance** without categories: the agreement of the visitor is called `all`, and
///   grants only what the site maps it to;
/// - **Tealium iQ** with all its categories granted alike, which its script also writes as a
///   default. The answer to its prompt has no categories, and a choice in its preferences mostly
///   differs between them. If all are refused, they are refused, but the visitor counts as
///   undecided;
/// - **Cookiebot** where it assumes a consent (`method:'implied'`), or has not registered an answer: what is off is
///   refused, and nothing is granted;
/// - **TrustArc** with `implied` consent: of categories 1 and 2, those that are missing are
///   refused, and nothing is granted;
/// - **HubSpot** without categories: `__hs_opt_out=yes` refuses everything, and `no` grants nothing;
/// - **OneTrust** whose banner was closed without an answer (`intType=3`), and **CookieYes** beside
///   `consent:no`: what is off is refused, and what was on from the start is not granted;
/// - **Real Cookie Banner** that decided by itself, for visitors from other countries or where it shows
///   no banner: what it did not allow is refused, and nothing is granted;
/// - **CookieScript** with an acceptance that names no categories;
/// - **Civic Cookie Control** in its mode for the law of California: what was revoked is refused,
///   and nothing is granted.
///
/// The [page about banners](crate::guide::cmps#what-is-no-source) lists those that are not read at
/// all.
///
/// # Opt-outs in the United States
///
/// Under the laws of the United States, visitors object instead of consenting: a string of the IAB
/// says what they opted out of, and not opting out grants nothing. The ids of what they can object
/// to are `sale`, `sharing`, `targeted_advertising`, and `known_child` for a child for whom nobody
/// consented. These ids refuse what the site maps them to, or else the category of their name, or
/// else marketing, as the table above finds it. A Global Privacy Control signal in the string
/// refuses what `Sec-GPC` refuses
/// ([`Category::refused_by_gpc`](crate::registry::Category::refused_by_gpc)).
///
/// [`Cmp::Gpp`] reads the US Privacy string (`usprivacy`, and section 6 of a GPP string). In GPP
/// strings it reads the national section (7, versions 1 and 2) and those of the states (8 to 27,
/// version 1), as the IAB publishes them up to its `@iabgpp/cmpapi` 3.2. [`Cmp::Tcf`] and
/// [`Cmp::OneTrust`] heed these opt-outs if they stand beside their own cookies. For another CMP,
/// list [`Cmp::Gpp`] before it. The box of GDPR Cookie Consent against the sale of data, which
/// [`Cmp::CookieYes`] reads, refuses everything.
///
/// In the same string, section 2 is the TC string of Europe, and section 5 that of Canada. There,
/// express consent grants, implied consent grants nothing, and a purpose with neither was refused.
///
/// Consents to kinds of sensitive data, consents to uses beyond those that the visitor was told of,
/// and the modes of the IAB's agreement with the site are not read, since they say nothing about
/// cookies. A section with another id or version may hold an objection that cannot be read, so with
/// such a section a string grants nothing, but the objections in its other sections count.
///
/// # Not readable
///
/// **Usercentrics**, **Termly** and **Sourcepoint** keep the choice in the browser's local storage,
/// which no request carries. So do orestbida's cookieconsent with `useLocalStorage` and Klaro with
/// `storageMethod: "localStorage"`. A script of the page has to [tell the
/// server](crate::guide::local_storage), which stores the choice in the crate's [own
/// cookie](crate::OwnCookie). **Laravel** encrypts what whitecube writes, unless its routes are
/// outside the `web` group. In **Didomi**'s binary `didomi_dcs`, purposes are numbered in a way
/// that only Didomi's servers know. **Axeptio** with `compressUserCookie` does not say which
/// encoding of lz-string it uses. In all these cases the visitor is undecided, unless another
/// cookie of the CMP can be read: Didomi's TC string, and Axeptio's two lists of vendors.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct CmpSource {
    cmp: Cmp,
    cookie: Option<String>,
    revision: Option<String>,
    /// The CMP's ids, each with the registry's ids on which it decides, in the order in which they
    /// were first mapped.
    mappings: Vec<(String, Vec<String>)>,
    /// The index in `mappings` of each of the CMP's ids.
    places: HashMap<String, usize, RandomState>,
    /// One of these ids may be that of a service inside a category.
    maps_pairs: bool,
    /// With what the names of all cookies of the CMP begin.
    #[cfg(feature = "cmp")]
    beginning: Beginning,
}

impl CmpSource {
    /// Reads the cookies of this CMP under their usual names, and its ids with their usual
    /// meanings.
    pub fn new(cmp: Cmp) -> Self {
        CmpSource {
            cmp,
            cookie: None,
            revision: None,
            mappings: Vec::new(),
            places: HashMap::default(),
            maps_pairs: false,
            #[cfg(feature = "cmp")]
            beginning: Beginning::of(cmp.names()),
        }
    }

    /// Sets the name of the cookie that carries the choice, for sites that changed it. For CMPs
    /// with several cookies ([`Cmp::has_one_cookie`]) it has no effect, and a registry that
    /// declares it cannot be built.
    pub fn with_cookie(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        #[cfg(feature = "cmp")]
        {
            self.beginning = Beginning::of(self.cmp.names().chain([name.as_str()]));
        }
        self.cookie = Some(name);
        self
    }

    /// Sets the revision that the site has set in the CMP. A choice of another revision, or of
    /// none, does not count (rule [R7](crate::rules#r7)); see [`Cmp::states_revision`].
    pub fn with_revision(mut self, revision: impl Into<String>) -> Self {
        self.revision = Some(revision.into());
        self
    }

    /// Maps an id of the CMP to a category or a service of the registry, in place of its usual
    /// meaning. An id that is mapped more than once decides on all of them.
    pub fn with_mapping(mut self, cmp_id: impl Into<String>, id: impl Into<String>) -> Self {
        let place = self.place_or_new(cmp_id.into());
        self.mappings[place].1.push(id.into());
        self
    }

    /// Maps an id of the CMP to nothing, because the registry has nothing of the kind.
    ///
    /// Otherwise, if an id leads nowhere, its refusal refuses everything that asks, since it may
    /// stand for any of it. An id that is mapped to nothing refuses nothing.
    pub fn without_meaning(mut self, cmp_id: impl Into<String>) -> Self {
        self.place_or_new(cmp_id.into());
        self
    }

    /// Returns the CMP whose cookies are read.
    pub fn cmp(&self) -> Cmp {
        self.cmp
    }

    /// Returns the name of the cookie that carries the choice, if the site changed it.
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// Returns the revision that a choice must have, if the site demands one.
    pub fn revision(&self) -> Option<&str> {
        self.revision.as_deref()
    }

    /// Returns the ids of the registry to which an id of the CMP is mapped, or `None` if its usual
    /// meaning applies.
    pub fn mapping(&self, cmp_id: &str) -> Option<&[String]> {
        let (_, ids) = &self.mappings[self.place(cmp_id)?];
        Some(ids)
    }

    /// Returns whether a cookie of this name carries the choice.
    pub(crate) fn carries(&self, cookie_name: &[u8]) -> bool {
        match &self.cookie {
            Some(name) => self.cmp.has_one_cookie() && name.as_bytes() == cookie_name,
            None => self.cmp.carries(cookie_name),
        }
    }

    /// Returns whether a cookie of this name belongs to the CMP (rule R8).
    pub(crate) fn owns(&self, cookie_name: &[u8]) -> bool {
        self.carries(cookie_name) || self.cmp.has_beside(cookie_name)
    }

    /// Returns what the names of all cookies of the CMP begin with, ready to be searched for; `None` if that is
    /// next to nothing.
    #[cfg(feature = "cmp")]
    pub(crate) fn beginning(&self) -> Option<&Finder<'static>> {
        self.beginning.finder()
    }

    /// Returns a filter that says `false` to most cookies that are not the CMP's, be it by the name or by the
    /// whole cookie as it stands in a `Cookie` header. It costs less than [`owns`](Self::owns).
    #[cfg(feature = "cmp")]
    pub(crate) fn may_begin(&self) -> impl Fn(&[u8]) -> bool {
        let (beginnings, renamed) = (self.cmp.beginnings(), self.cookie.as_deref());
        move |cookie| {
            let is_renamed = |name: &str| cookie.starts_with(name.as_bytes());
            beginnings.may_begin(cookie) || renamed.is_some_and(is_renamed)
        }
    }

    /// Returns the index of an id of the CMP among the [`mappings`](Self::mappings).
    pub(crate) fn place(&self, cmp_id: &str) -> Option<usize> {
        self.places.get(cmp_id).copied()
    }

    /// Returns the index of the id `category/service` among the [`mappings`](Self::mappings). Most sites map no such
    /// id, so that the two need not be joined.
    #[cfg(feature = "cmp")]
    pub(crate) fn place_of_pair(&self, category: &str, service: &str) -> Option<usize> {
        self.maps_pairs.then(|| self.place(&[category, "/", service].concat()))?
    }

    fn place_or_new(&mut self, cmp_id: String) -> usize {
        let new = self.mappings.len();
        let place = *self.places.entry(cmp_id.clone()).or_insert(new);
        if place == new {
            self.maps_pairs |= cmp_id.contains('/');
            self.mappings.push((cmp_id, Vec::new()));
        }
        place
    }

    /// Returns the ids of the CMP that the site mapped, each with the ids on which it decides.
    pub(crate) fn mappings(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.mappings.iter().map(|(cmp_id, ids)| (cmp_id.as_str(), ids.as_slice()))
    }
}

impl From<Cmp> for CmpSource {
    fn from(cmp: Cmp) -> Self {
        CmpSource::new(cmp)
    }
}
