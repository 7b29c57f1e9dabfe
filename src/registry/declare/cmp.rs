//! Consent-management platforms (CMPs), and what a site sets for one.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

/// A consent-management platform, or another writer of consent cookies, whose cookies are read.
///
/// [`CmpSource`] says what each writes, and what its ids are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cmp {
    /// ASP.NET Core's `.AspNet.Consent`.
    AspNet,
    /// Axeptio.
    Axeptio,
    /// Borlabs Cookie, versions 2 and 3.
    Borlabs,
    /// Complianz.
    Complianz,
    /// consentmanager.net.
    Consentmanager,
    /// Cookiebot.
    Cookiebot,
    /// CookieFirst.
    CookieFirst,
    /// Cookie Notice by Hu-manity.
    CookieNotice,
    /// CookieYes, and the older GDPR Cookie Consent ("cookie law info").
    CookieYes,
    /// Didomi, with its TC string.
    Didomi,
    /// django-cookie-consent.
    Django,
    /// The IAB's Global Privacy Platform (GPP) string.
    Gpp,
    /// iubenda.
    Iubenda,
    /// Klaro.
    Klaro,
    /// OneTrust, CookiePro and Optanon.
    OneTrust,
    /// orestbida's cookieconsent ("vanilla-cookieconsent"), versions 2 and 3.
    Orestbida,
    /// Orejime, versions 2 and 3.
    Orejime,
    /// Osano's open-source cookieconsent, formerly Insites'.
    Osano,
    /// Real Cookie Banner.
    RealCookieBanner,
    /// spatie/laravel-cookie-consent.
    Spatie,
    /// tarteaucitron.js.
    Tarteaucitron,
    /// The IAB's TC string by itself, as Quantcast, InMobi and others store it.
    Tcf,
    /// Commanders Act's TrustCommander.
    TrustCommander,
    /// whitecube/laravel-cookie-consent, where Laravel does not encrypt it.
    Whitecube,
}

impl Cmp {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::AspNet,
        Self::Axeptio,
        Self::Borlabs,
        Self::Complianz,
        Self::Consentmanager,
        Self::Cookiebot,
        Self::CookieFirst,
        Self::CookieNotice,
        Self::CookieYes,
        Self::Didomi,
        Self::Django,
        Self::Gpp,
        Self::Iubenda,
        Self::Klaro,
        Self::OneTrust,
        Self::Orestbida,
        Self::Orejime,
        Self::Osano,
        Self::RealCookieBanner,
        Self::Spatie,
        Self::Tarteaucitron,
        Self::Tcf,
        Self::TrustCommander,
        Self::Whitecube,
    ];

    /// Its name in a registry file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AspNet => "aspnet",
            Self::Axeptio => "axeptio",
            Self::Borlabs => "borlabs",
            Self::Complianz => "complianz",
            Self::Consentmanager => "consentmanager",
            Self::Cookiebot => "cookiebot",
            Self::CookieFirst => "cookiefirst",
            Self::CookieNotice => "cookie-notice",
            Self::CookieYes => "cookieyes",
            Self::Didomi => "didomi",
            Self::Django => "django",
            Self::Gpp => "gpp",
            Self::Iubenda => "iubenda",
            Self::Klaro => "klaro",
            Self::OneTrust => "onetrust",
            Self::Orestbida => "orestbida",
            Self::Orejime => "orejime",
            Self::Osano => "osano",
            Self::RealCookieBanner => "real-cookie-banner",
            Self::Spatie => "spatie",
            Self::Tarteaucitron => "tarteaucitron",
            Self::Tcf => "tcf",
            Self::TrustCommander => "trustcommander",
            Self::Whitecube => "whitecube",
        }
    }

    /// Whether what it writes states a revision of the site's banner or policy, which
    /// [`CmpSource::revision`] is compared with.
    pub const fn states_revision(self) -> bool {
        matches!(
            self,
            Self::Axeptio
                | Self::Borlabs
                | Self::Complianz
                | Self::Cookiebot
                | Self::CookieFirst
                | Self::Django
                | Self::Orestbida
                | Self::RealCookieBanner
                | Self::TrustCommander
        )
    }

    /// Whether what it writes states when the visitor chose, so that a choice that is too old does
    /// not count (rule R7). For the others, the lifetime that the CMP gives its cookie decides.
    pub const fn states_time(self) -> bool {
        !matches!(
            self,
            Self::AspNet
                | Self::Borlabs
                | Self::Complianz
                | Self::CookieNotice
                | Self::CookieYes
                | Self::Django
                | Self::Klaro
                | Self::Orejime
                | Self::Osano
                | Self::Spatie
                | Self::Tarteaucitron
        )
    }
}

impl fmt::Display for Cmp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that is no [`Cmp`]'s.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCmp(String);

impl fmt::Display for UnknownCmp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no consent-management platform is called {:?} here", self.0)
    }
}

impl std::error::Error for UnknownCmp {}

impl FromStr for Cmp {
    type Err = UnknownCmp;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let named = |cmp: &&Self| cmp.as_str() == name;
        Self::ALL.iter().find(named).copied().ok_or_else(|| UnknownCmp(name.to_owned()))
    }
}

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
/// what has its name. An id that leads nowhere grants nothing.
///
/// Where several of the site's map lead to one category or service, it is granted if all of them
/// are, and one that the cookie does not name grants nothing. Where a CMP grants services one by
/// one, a category that it lists grants no service that it does not list: if the registry has
/// services in that category, their ids have to be the CMP's, or mapped.
///
/// What ids usually mean is one of four purposes, under whichever of these names the registry has
/// a category for it:
///
/// | purpose | categories |
/// |---|---|
/// | necessary | `necessary`, `essential` |
/// | functional | `functional`, `preferences`, `functionality` |
/// | analytics | `analytics`, `statistics`, `performance`, `measurement` |
/// | marketing | `marketing`, `advertising`, `ads`, `targeting` |
///
/// The table in the [README](crate) names the ids of each CMP.
///
/// # Not readable
///
/// **Usercentrics** and **Termly** keep the choice in the browser's local storage, which no request
/// carries; so do orestbida's cookieconsent with `useLocalStorage` and Klaro with
/// `storageMethod: "localStorage"`. A page script can copy it into the crate's
/// [own cookie](crate::OwnCookie). **Laravel** encrypts what whitecube writes, unless its routes are
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
    /// In the order in which they were first mapped.
    map: Vec<(String, Vec<String>)>,
    /// Where in `map` an id stands.
    places: HashMap<String, usize>,
}

impl CmpSource {
    /// The cookies of this CMP under their usual names, and its ids with their usual meanings.
    pub fn new(cmp: Cmp) -> Self {
        CmpSource { cmp, cookie: None, revision: None, map: Vec::new(), places: HashMap::new() }
    }

    /// The name of the cookie that carries the choice, where the site changed it. (Complianz has
    /// one for each category, which this does not rename.)
    pub fn cookie(mut self, name: impl Into<String>) -> Self {
        self.cookie = Some(name.into());
        self
    }

    /// The revision that a choice must be of, as the site has it set in the CMP. One of another
    /// revision, or of none, does not count (rule R7); see [`Cmp::states_revision`].
    pub fn revision(mut self, revision: impl Into<String>) -> Self {
        self.revision = Some(revision.into());
        self
    }

    /// Lets an id of the CMP decide on a category or a service of the registry, instead of what it
    /// usually means. Called again for the same id, it decides on both.
    pub fn map(mut self, cmp_id: impl Into<String>, id: impl Into<String>) -> Self {
        let (cmp_id, id) = (cmp_id.into(), id.into());
        let place = *self.places.entry(cmp_id.clone()).or_insert(self.map.len());
        match self.map.get_mut(place) {
            Some((_, ids)) => ids.push(id),
            None => self.map.push((cmp_id, vec![id])),
        }
        self
    }

    /// Which CMP it is.
    pub fn cmp(&self) -> Cmp {
        self.cmp
    }

    /// See [`cookie`](Self::cookie).
    pub fn cookie_name(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// See [`revision`](Self::revision).
    pub fn required_revision(&self) -> Option<&str> {
        self.revision.as_deref()
    }

    /// What the site lets an id of the CMP decide on; `None` where the usual meaning holds.
    pub fn mapped(&self, cmp_id: &str) -> Option<&[String]> {
        Some(self.map[self.place(cmp_id)?].1.as_slice())
    }

    /// Where in the site's map an id of the CMP stands.
    pub(crate) fn place(&self, cmp_id: &str) -> Option<usize> {
        self.places.get(cmp_id).copied()
    }

    /// The site's map, in the order of places.
    pub(crate) fn mappings(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.map.iter().map(|(cmp_id, ids)| (cmp_id.as_str(), ids.as_slice()))
    }
}

impl From<Cmp> for CmpSource {
    fn from(cmp: Cmp) -> Self {
        CmpSource::new(cmp)
    }
}
