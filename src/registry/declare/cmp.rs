//! The consent-management platforms (CMPs) that are known: one table of them.

pub(crate) mod source;
pub(crate) mod tarteaucitron;
pub(crate) mod usual;

use std::fmt;
use std::str::FromStr;

use crate::registry::declare::cmp::usual::Usual;

/// Hands the table of all CMPs to another macro, which makes of it what it needs.
///
/// A row has, of one CMP:
///
/// - its documentation and its variant of [`Cmp`];
/// - `name`: its name in a registry file;
/// - `format`: the module of `crate::cmp::formats` that reads its cookies;
/// - `states_time`: whether its cookies state when the visitor chose (rule R7);
/// - `states_revision`: whether they state a revision of the site's banner or policy (rule R7);
/// - `usually`: what ids that are the CMP's own usually mean, each list in the order of its bytes.
///
/// A CMP is added by a row here, a file in `src/cmp/formats`, and a line in the README's table.
macro_rules! with_cmps {
    ($then:ident) => {
        $then! {
            /// ASP.NET Core's `.AspNet.Consent`.
            AspNet {
                name: "aspnet", format: aspnet,
                states_time: false, states_revision: false,
                usually: [],
            }
            /// Axeptio.
            Axeptio {
                name: "axeptio", format: axeptio,
                states_time: true, states_revision: true,
                usually: [],
            }
            /// Borlabs Cookie, versions 2 and 3.
            Borlabs {
                name: "borlabs", format: borlabs,
                states_time: false, states_revision: true,
                usually: [
                    Necessary = &["essential"],
                    Functional = &["external-media"],
                    Analytics = &["statistics"],
                    Marketing = &["marketing"],
                ],
            }
            /// Complianz.
            Complianz {
                name: "complianz", format: complianz,
                states_time: false, states_revision: true,
                usually: [
                    Necessary = &["functional"],
                    Functional = &["preferences"],
                    Analytics = &["statistics"],
                    Marketing = &["marketing"],
                ],
            }
            /// consentmanager.net.
            Consentmanager {
                name: "consentmanager", format: consentmanager,
                states_time: true, states_revision: false,
                usually: [Analytics = &["analytics"], Marketing = &["marketing"]],
            }
            /// Cookiebot.
            Cookiebot {
                name: "cookiebot", format: cookiebot,
                states_time: true, states_revision: true,
                usually: [
                    Necessary = &["necessary"],
                    Functional = &["preferences"],
                    Analytics = &["statistics"],
                    Marketing = &["marketing"],
                ],
            }
            /// CookieFirst.
            CookieFirst {
                name: "cookiefirst", format: cookiefirst,
                states_time: true, states_revision: true,
                usually: [
                    Necessary = &["necessary"],
                    Functional = &["functional"],
                    Analytics = &["performance"],
                    Marketing = &["advertising"],
                ],
            }
            /// Cookie Notice by Hu-manity.
            CookieNotice {
                name: "cookie-notice", format: cookie_notice,
                states_time: false, states_revision: false,
                usually: [],
            }
            /// CookieYes, and the older GDPR Cookie Consent ("cookie law info").
            CookieYes {
                name: "cookieyes", format: cookieyes,
                states_time: false, states_revision: false,
                usually: [
                    Necessary = &["necessary"],
                    Functional = &["functional"],
                    Analytics = &["analytics", "performance"],
                    Marketing = &["advertisement", "other"],
                ],
            }
            /// Didomi, with its TC string.
            Didomi {
                name: "didomi", format: didomi,
                states_time: true, states_revision: false,
                usually: [Analytics = &["analytics"], Marketing = &["marketing"]],
            }
            /// django-cookie-consent.
            Django {
                name: "django", format: django,
                states_time: false, states_revision: true,
                usually: [],
            }
            /// The IAB's Global Privacy Platform (GPP) string.
            Gpp {
                name: "gpp", format: gpp,
                states_time: true, states_revision: false,
                usually: [
                    Analytics = &["analytics"],
                    Marketing = &["marketing"],
                    OptOut = OPT_OUTS,
                ],
            }
            /// iubenda.
            Iubenda {
                name: "iubenda", format: iubenda,
                states_time: true, states_revision: false,
                usually: [
                    Necessary = &["1"],
                    Functional = &["2", "3"],
                    Analytics = &["4"],
                    Marketing = &["5"],
                ],
            }
            /// Klaro.
            Klaro {
                name: "klaro", format: klaro,
                states_time: false, states_revision: false,
                usually: [],
            }
            /// OneTrust, CookiePro and Optanon.
            OneTrust {
                name: "onetrust", format: onetrust,
                states_time: true, states_revision: false,
                usually: [
                    Necessary = &["1", "C0001"],
                    Functional = &["3", "C0003"],
                    Analytics = &["2", "C0002"],
                    Marketing = &["4", "C0004", "C0005"],
                    OptOut = OPT_OUTS,
                ],
            }
            /// orestbida's cookieconsent ("vanilla-cookieconsent"), versions 2 and 3.
            Orestbida {
                name: "orestbida", format: orestbida,
                states_time: true, states_revision: true,
                usually: [
                    Necessary = &["necessary"],
                    Functional = &["functionality"],
                    Analytics = &["analytics"],
                    Marketing = &["ads", "marketing", "targeting"],
                ],
            }
            /// Orejime, versions 2 and 3.
            Orejime {
                name: "orejime", format: orejime,
                states_time: false, states_revision: false,
                usually: [],
            }
            /// Osano's open-source cookieconsent, formerly Insites'.
            Osano {
                name: "osano", format: osano,
                states_time: false, states_revision: false,
                usually: [],
            }
            /// Real Cookie Banner.
            RealCookieBanner {
                name: "real-cookie-banner", format: real_cookie_banner,
                states_time: true, states_revision: true,
                usually: [],
            }
            /// spatie/laravel-cookie-consent.
            Spatie {
                name: "spatie", format: spatie,
                states_time: false, states_revision: false,
                usually: [],
            }
            /// tarteaucitron.js.
            Tarteaucitron {
                name: "tarteaucitron", format: tarteaucitron,
                states_time: false, states_revision: false,
                usually: [
                    Necessary = &["gcmsecurity"],
                    Functional = &["gcmfunctionality"],
                    Analytics = tarteaucitron::ANALYTICS,
                    Marketing = tarteaucitron::MARKETING,
                ],
            }
            /// The IAB's TC string by itself, as Quantcast, InMobi and others store it.
            Tcf {
                name: "tcf", format: tcf,
                states_time: true, states_revision: false,
                usually: [
                    Analytics = &["analytics"],
                    Marketing = &["marketing"],
                    OptOut = OPT_OUTS,
                ],
            }
            /// Commanders Act's TrustCommander.
            TrustCommander {
                name: "trustcommander", format: trustcommander,
                states_time: true, states_revision: true,
                usually: [],
            }
            /// whitecube/laravel-cookie-consent, where Laravel does not encrypt it.
            Whitecube {
                name: "whitecube", format: whitecube,
                states_time: true, states_revision: false,
                usually: [],
            }
        }
    };
}
pub(crate) use with_cmps;

/// The ids of what visitors in the United States object to, in the strings of the IAB.
const OPT_OUTS: &[&str] = &["known_child", "sale", "sharing", "targeted_advertising"];

/// What the table says of one CMP.
struct Row {
    name: &'static str,
    states_time: bool,
    states_revision: bool,
    usually: &'static [(Usual, &'static [&'static str])],
}

macro_rules! declare {
    ($(
        $(#[$doc:meta])*
        $cmp:ident {
            name: $name:literal, format: $format:ident,
            states_time: $states_time:literal, states_revision: $states_revision:literal,
            usually: [$($usual:ident = $ids:expr),* $(,)?],
        }
    )*) => {
        /// A consent-management platform, or another writer of consent cookies, whose cookies are
        /// read.
        ///
        /// [`CmpSource`](crate::registry::CmpSource) says what each writes, and what its ids are
        /// called.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Cmp {
            $($(#[$doc])* $cmp,)*
        }

        impl Cmp {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$cmp),*];

            const fn row(self) -> &'static Row {
                match self {
                    $(Self::$cmp => &Row {
                        name: $name,
                        states_time: $states_time,
                        states_revision: $states_revision,
                        usually: &[$((Usual::$usual, $ids)),*],
                    },)*
                }
            }
        }
    };
}
with_cmps!(declare);

impl Cmp {
    /// Its name in a registry file.
    pub const fn as_str(self) -> &'static str {
        self.row().name
    }

    /// Whether what it writes states a revision of the site's banner or policy, which
    /// [`CmpSource::with_revision`](crate::registry::CmpSource::with_revision) is compared with.
    pub const fn states_revision(self) -> bool {
        self.row().states_revision
    }

    /// Whether what it writes states when the visitor chose, so that a choice that is too old does
    /// not count (rule R7). For the others, the lifetime that the CMP gives its cookie decides.
    pub const fn states_time(self) -> bool {
        self.row().states_time
    }

    /// What an id usually means to it, where the site does not say (rule R18).
    pub(crate) fn usual(self, id: &str) -> Option<Usual> {
        let mut groups = self.row().usually.iter();
        groups.find(|(_, ids)| ids.binary_search(&id).is_ok()).map(|(usual, _)| *usual)
    }
}

impl fmt::Display for Cmp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The error of a name that is no [`Cmp`]'s.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r18_usual_ids_can_be_searched() {
        for cmp in Cmp::ALL {
            for (usual, ids) in cmp.row().usually {
                assert!(ids.is_sorted(), "{cmp}: {usual:?}");
            }
        }
        for (cmp, id, want) in [
            (Cmp::Complianz, "functional", Some(Usual::Necessary)),
            (Cmp::CookieFirst, "functional", Some(Usual::Functional)),
            (Cmp::OneTrust, "C0005", Some(Usual::Marketing)),
            (Cmp::Tarteaucitron, "gtag", Some(Usual::Analytics)),
            (Cmp::Tarteaucitron, "facebookpixel", Some(Usual::Marketing)),
            (Cmp::Tarteaucitron, "matomo", None),
            (Cmp::Tarteaucitron, "Gtag", None),
        ] {
            assert_eq!(cmp.usual(id), want, "{cmp}: {id}");
        }
    }
}
