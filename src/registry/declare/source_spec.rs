//! Where the registry says that the visitor's choice is read from.

#[cfg(feature = "cmp")]
use crate::registry::declare::cmp::Cmp;
use crate::registry::declare::cmp::source::CmpSource;

/// A source of the visitor's choice, as a registry declares it.
///
/// In a registry file, `sources` under `[consent]`: a list of names, or a table of sources with
/// their settings. The first one listed is asked first ([`Combine`]).
///
/// ```toml
/// [consent]
/// sources = ["gpc", "own"]
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceSpec {
    /// The crate's own cookie; the only source where none is declared. In a file, `own`.
    Own,
    /// The header `Sec-GPC: 1`, an objection to what the registry marks for it. In a file, `gpc`.
    Gpc,
    /// The header `DNT: 1`, taken as `Sec-GPC: 1` is. In a file, `dnt`.
    Dnt,
    /// A consent-management platform. In a file, by its [name](Cmp::as_str).
    #[cfg(feature = "cmp")]
    #[cfg_attr(docsrs, doc(cfg(feature = "cmp")))]
    Cmp(CmpSource),
}

impl SourceSpec {
    /// The source of this name in a registry file, with nothing set.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name {
            "own" => Some(Self::Own),
            "gpc" => Some(Self::Gpc),
            "dnt" => Some(Self::Dnt),
            #[cfg(feature = "cmp")]
            name => name.parse::<Cmp>().ok().map(Into::into),
            #[cfg(not(feature = "cmp"))]
            _ => None,
        }
    }

    /// Its name in a registry file.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Gpc => "gpc",
            Self::Dnt => "dnt",
            #[cfg(feature = "cmp")]
            Self::Cmp(source) => source.cmp().as_str(),
        }
    }

    /// The names of all sources.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        let names = ["own", "gpc", "dnt"].into_iter();
        #[cfg(feature = "cmp")]
        let names = names.chain(Cmp::ALL.iter().map(|cmp| cmp.as_str()));
        names
    }
}

#[cfg(feature = "cmp")]
impl From<CmpSource> for SourceSpec {
    fn from(source: CmpSource) -> Self {
        Self::Cmp(source)
    }
}

#[cfg(feature = "cmp")]
impl From<Cmp> for SourceSpec {
    fn from(cmp: Cmp) -> Self {
        Self::Cmp(CmpSource::new(cmp))
    }
}

/// How the choices of several sources become one.
///
/// A source whose choice is undecided, or has expired (rule R7), grants nothing. What it refuses,
/// as `Sec-GPC` does, is refused all the same.
///
/// In a registry file, `combine = "first-decided"` or `"most-restrictive"` under `[consent]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Combine {
    /// The sources are asked in their order until one is decided. What those asked before it
    /// refuse stays refused.
    ///
    /// The order says what weighs more: with `gpc` before the banner, a grant does not lift what
    /// GPC refuses; with `gpc` after it, GPC speaks for those only who have not answered the banner.
    #[default]
    FirstDecided,
    /// All sources are asked. What one refuses is refused, and what is granted all grant that are
    /// decided.
    MostRestrictive,
}

impl Combine {
    pub(crate) const ALL: [Self; 2] = [Self::FirstDecided, Self::MostRestrictive];

    /// As a registry file writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FirstDecided => "first-decided",
            Self::MostRestrictive => "most-restrictive",
        }
    }
}
