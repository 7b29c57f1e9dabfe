//! The sources of the visitor's choice, as a registry declares them.

use std::fmt;
use std::str::FromStr;

#[cfg(feature = "cmp")]
use crate::registry::declare::cmp::Cmp;
#[cfg(feature = "cmp")]
use crate::registry::declare::cmp::source::CmpSource;
use crate::registry::declare::word::{UnknownWord, words};

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
    /// Returns `true` if a cookie of this name is the source's own besides the crate's (rule R8).
    #[cfg_attr(
        not(feature = "cmp"),
        expect(unused_variables, reason = "only a CMP has cookies of its own")
    )]
    pub(crate) fn owns(&self, cookie_name: &str) -> bool {
        match self {
            Self::Own | Self::Gpc | Self::Dnt => false,
            #[cfg(feature = "cmp")]
            Self::Cmp(source) => source.owns(cookie_name.as_bytes()),
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
}

impl fmt::Display for SourceSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Reads the name of a source in a registry file; nothing is set for it.
impl FromStr for SourceSpec {
    type Err = UnknownWord;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "own" => return Ok(Self::Own),
            "gpc" => return Ok(Self::Gpc),
            "dnt" => return Ok(Self::Dnt),
            _ => {}
        }
        let names = ["own", "gpc", "dnt"].into_iter();
        #[cfg(feature = "cmp")]
        if let Ok(cmp) = name.parse::<Cmp>() {
            return Ok(cmp.into());
        }
        #[cfg(feature = "cmp")]
        let names = names.chain(Cmp::ALL.iter().map(|cmp| cmp.as_str()));
        let platforms = if cfg!(feature = "cmp") {
            ""
        } else {
            ", or enable the feature `cmp` for consent-management platforms"
        };
        Err(UnknownWord::new("source of consent", name, names, platforms))
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

/// The ways in which the choices of several sources become one ([R17](crate::rules#r17)).
///
/// Where nothing is said, [`MostRestrictive`](Self::MostRestrictive) holds as soon as more than one
/// source can grant, and [`FirstDecided`](Self::FirstDecided) where a single one can, beside `gpc` and
/// `dnt`, which only object.
///
/// A source whose choice is undecided, or has expired (rule [R7](crate::rules#r7)), grants nothing. What it refuses,
/// as `Sec-GPC` does, is refused all the same.
///
/// In a registry file, `combine = "first-decided"` or `"most-restrictive"` under `[consent]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Combine {
    /// The sources are asked in their order until one is decided. What those asked before it
    /// refuse stays refused.
    ///
    /// The order says what weighs more: with `gpc` before the banner, a grant does not lift what
    /// GPC refuses; with `gpc` after it, GPC speaks for those only who have not answered the banner.
    ///
    /// With several sources that can grant, this trusts the first one with the refusals of all
    /// others. A host of a sibling subdomain can plant any cookie for the parent domain: with
    /// `["own", "klaro"]`, a planted `cookie_consent` grants what the visitor refused in Klaro. So
    /// it has to be asked for, where nobody else sets cookies for the domain.
    FirstDecided,
    /// All sources are asked. What one refuses is refused, and what is granted all grant that are
    /// decided.
    MostRestrictive,
}

words!(Combine, "way to combine sources", {
    FirstDecided = "first-decided",
    MostRestrictive = "most-restrictive",
});
