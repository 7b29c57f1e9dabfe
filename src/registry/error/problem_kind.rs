//! What can be wrong with a registry, and what to do about it.

use std::fmt;

use super::consent_cookie::ConsentCookieProblem;
use super::impossible_name::ImpossibleName;
use crate::registry::lifetime::LifetimeError;
use crate::registry::lifetime::MaxLifetime;

/// What is wrong with an entry. `Display` says that and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The text is no TOML.
    Syntax {
        /// What the parser says.
        message: String,
    },
    /// A value of another type than the entry takes.
    WrongType {
        /// What the entry takes.
        expected: &'static str,
        /// What was found.
        found: &'static str,
    },
    /// A key that means nothing here.
    UnknownField {
        /// The key that was probably meant.
        suggestion: Option<&'static str>,
        /// The keys that mean something here.
        known: &'static [&'static str],
    },
    /// No version, or an empty one.
    MissingVersion,
    /// Not one category.
    NoCategory,
    /// A category of the file without a basis.
    MissingBasis,
    /// A basis that is none.
    UnknownBasis {
        /// What was written.
        found: String,
    },
    /// A `same-site` that is none.
    UnknownSameSite {
        /// What was written.
        found: String,
    },
    /// An `undeclared` that is none.
    UnknownUndeclared {
        /// What was written.
        found: String,
    },
    /// A text given for no language at all.
    NoLanguage,
    /// An `updated` that is no date.
    InvalidDate {
        /// What was written.
        found: String,
    },
    /// A text, duration or number that is no lifetime.
    InvalidLifetime {
        /// What was written.
        found: String,
        /// Why it is none.
        error: LifetimeError,
    },
    /// A consent lifetime of `session`, which has no length.
    SessionConsent,
    /// A lifetime above that of the service or category around it.
    LifetimeAbove {
        /// This entry's lifetime.
        lifetime: MaxLifetime,
        /// The lifetime it must not exceed.
        limit: MaxLifetime,
        /// The entry that sets the limit.
        owner: String,
    },
    /// An id with other characters than ASCII letters, digits, `-`, `_` and `.`, or empty.
    InvalidId,
    /// `version` or `time`, which are keys of the consent cookie.
    ReservedId,
    /// An id that another category or service has.
    DuplicateId {
        /// The entry that has it.
        first: String,
    },
    /// A category that is not declared.
    UnknownCategory {
        /// The id that was written.
        id: String,
        /// The id that was probably meant.
        suggestion: Option<String>,
    },
    /// A service that is not declared.
    UnknownService {
        /// The id that was written.
        id: String,
        /// The id that was probably meant.
        suggestion: Option<String>,
    },
    /// A cookie or service that belongs nowhere.
    NoHome,
    /// A cookie or service that belongs to two places.
    TwoHomes,
    /// A cookie without a name.
    EmptyName,
    /// A pattern that matches every name.
    BareWildcard,
    /// A name that no cookie can have.
    ImpossibleName {
        /// Why none can.
        reason: ImpossibleName,
    },
    /// A domain that is no host name.
    InvalidDomain,
    /// A path that does not start with `/`, or that a `Set-Cookie` cannot carry.
    InvalidPath,
    /// A name or pattern that is declared already.
    DuplicateDeclaration {
        /// The entry that declares it first.
        first: String,
    },
    /// Two patterns of different categories or services that match one name with equal claim.
    AmbiguousPatterns {
        /// The entry of the other pattern.
        other: String,
        /// A name that both match.
        example: String,
    },
    /// A consent cookie that browsers would refuse, or that the policy would not keep.
    ConsentCookie(ConsentCookieProblem),
    /// More categories, services and patterns than the search structures can number.
    TooLarge,
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { message } => f.write_str(message),
            Self::WrongType { expected, found } => {
                write!(f, "is {found}; write {expected}")
            }
            Self::UnknownField { suggestion: Some(suggestion), .. } => {
                write!(f, "is no key of this table; did you mean `{suggestion}`?")
            }
            Self::UnknownField { suggestion: None, known } => {
                write!(f, "is no key of this table; it takes {}", known.join(", "))
            }
            Self::MissingVersion => f.write_str(
                "has no `version`; write one, such as the policy's date, and change it whenever \
                 visitors must be asked again",
            ),
            Self::NoCategory => f.write_str(
                "has no category; declare at least one, such as `[categories.essential]` with \
                 `basis = \"necessary\"`",
            ),
            Self::MissingBasis => f.write_str(
                "has no `basis`; write `necessary`, `consent`, `opt-out` or `prohibited`",
            ),
            Self::UnknownBasis { found } => write!(
                f,
                "{found:?} is no basis; write `necessary`, `consent`, `opt-out` or `prohibited`"
            ),
            Self::UnknownSameSite { found } => {
                write!(f, "{found:?} is no SameSite; write `strict`, `lax` or `none`")
            }
            Self::UnknownUndeclared { found } => write!(
                f,
                "{found:?} says nothing about undeclared cookies; write `strip`, \
                 `keep-unchecked` or `{{ category = \"…\" }}`"
            ),
            Self::NoLanguage => {
                f.write_str("has no text in any language; write a text, or leave it out")
            }
            Self::InvalidDate { found } => {
                write!(f, "{found:?} is no date; write year-month-day, as in 2025-01-15")
            }
            Self::InvalidLifetime { found, error } => write!(f, "the lifetime {found} {error}"),
            Self::SessionConsent => f.write_str(
                "a consent cannot last for a session, whose length nobody knows; write a time \
                 such as `6 months`, and `lifetime = \"session\"` under `consent` for the cookie",
            ),
            Self::LifetimeAbove { lifetime, limit, owner } => write!(
                f,
                "lives {lifetime}, above the {limit} of {owner}; shorten it, or raise the other"
            ),
            Self::InvalidId => f.write_str(
                "is no id; use ASCII letters, digits, `-`, `_` and `.`, and put other \
                 characters into the title",
            ),
            Self::ReservedId => {
                f.write_str("is a key of the consent cookie (`version`, `time`); choose another id")
            }
            Self::DuplicateId { first } => write!(
                f,
                "has the id of {first}; give every category and every service one of its own"
            ),
            Self::UnknownCategory { id, suggestion } => {
                unknown(f, "category", id, suggestion.as_deref())
            }
            Self::UnknownService { id, suggestion } => {
                unknown(f, "service", id, suggestion.as_deref())
            }
            Self::NoHome => {
                f.write_str("belongs nowhere; say which `category` (or, for a cookie, `service`)")
            }
            Self::TwoHomes => f.write_str(
                "belongs to two places; name one: the service (whose category is known), or the \
                 category, or none where it already stands inside one",
            ),
            Self::EmptyName => f.write_str("has no name; write the cookie's"),
            Self::BareWildcard => f.write_str(
                "matches every cookie; say with `undeclared` what happens to those that are not \
                 declared",
            ),
            Self::ImpossibleName { reason } => {
                write!(f, "no cookie has this name, which {reason}; write it as browsers store it")
            }
            Self::InvalidDomain => f.write_str(
                "is no domain; write a host name such as `example.com`, or leave it out",
            ),
            Self::InvalidPath => f.write_str("is no path; start it with `/`, in ASCII without `;`"),
            Self::DuplicateDeclaration { first } => {
                write!(f, "is declared already, at {first}; remove one of the two")
            }
            Self::AmbiguousPatterns { other, example } => write!(
                f,
                "matches {example:?} with as many literal bytes as {other}; lengthen one of \
                 them, or put both into one service or category"
            ),
            Self::ConsentCookie(problem) => problem.fmt(f),
            Self::TooLarge => f.write_str("has too many entries; split it by site"),
        }
    }
}

fn unknown(
    f: &mut fmt::Formatter<'_>,
    what: &str,
    id: &str,
    suggestion: Option<&str>,
) -> fmt::Result {
    write!(f, "there is no {what} {id:?}; ")?;
    match suggestion {
        Some(suggestion) => write!(f, "did you mean `{suggestion}`?"),
        None => write!(f, "declare it, or name one that is declared"),
    }
}
