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
/// In a registry file, it is an element of `sources` under `[consent]`, which is a list of names,
/// or a table of sources with their settings. The first source listed is asked first ([`Combine`]).
///
/// ```toml
/// [consent]
/// sources = ["gpc", "own"]
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceSpec {
    /// The crate's own cookie, called `own` in a file. It is the only source if none is declared.
    Own,
    /// The header `Sec-GPC: 1`, called `gpc` in a file. It is an objection to everything that the
    /// registry marks with `refused-by-gpc`.
    Gpc,
    /// The header `DNT: 1`, called `dnt` in a file. It has the same effect as `Sec-GPC: 1`.
    Dnt,
    /// A consent-management platform, called by its [name](Cmp::as_str) in a file.
    #[cfg(feature = "cmp")]
    #[cfg_attr(docsrs, doc(cfg(feature = "cmp")))]
    Cmp(CmpSource),
}

impl SourceSpec {
    /// Returns `true` if a cookie of this name belongs to the source, and is not the crate's own
    /// (rule R8).
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

    /// Returns its name in a registry file.
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

/// Parses the name of a source, and gives it no settings.
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

/// The way in which the choices of several sources are combined (rule [R17](crate::rules#r17)).
///
/// The default is [`MostRestrictive`](Self::MostRestrictive) if more than one source can grant, and
/// [`FirstDecided`](Self::FirstDecided) if only one can. `gpc` and `dnt` cannot grant, since they
/// only object.
///
/// A source whose choice is undecided or expired (rule [R7](crate::rules#r7)) grants nothing, but
/// what it refuses stays refused, as with `Sec-GPC`.
///
/// In a registry file, it is `combine = "first-decided"` or `"most-restrictive"` under `[consent]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Combine {
    /// The sources are asked in order until one is decided. Refusals of the sources asked before it
    /// remain.
    ///
    /// The order decides which source weighs more. With `gpc` before the banner, a grant does not
    /// lift what GPC refuses. With `gpc` after it, GPC counts only for visitors who have not
    /// answered the banner.
    ///
    /// If several sources can grant, the first one can override the refusals of all others. That is
    /// a risk, because a sibling subdomain can plant any cookie for the parent domain: with
    /// `["own", "klaro"]`, a planted `cookie_consent` grants what the visitor refused in Klaro. So
    /// the site has to choose this explicitly, and should do so only if nobody else sets cookies
    /// for its domain.
    FirstDecided,
    /// All sources are asked. Something is refused if one source refuses it, and granted if all
    /// sources that are decided grant it.
    MostRestrictive,
}

words!(Combine, "way to combine sources", {
    FirstDecided = "first-decided",
    MostRestrictive = "most-restrictive",
});
