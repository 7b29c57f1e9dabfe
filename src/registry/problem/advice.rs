//! What is said about a problem, and what to do.

use std::fmt;

use crate::registry::declare::source_spec::SourceSpec;
use crate::registry::problem::problem_kind::ProblemKind;

impl fmt::Display for ProblemKind {
    #[expect(clippy::too_many_lines, reason = "one arm for each kind")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { message } => f.write_str(message),
            Self::WrongType { expected, found } => {
                write!(f, "is {found}; write {expected}")
            }
            Self::UnknownField { suggestion: Some(suggestion), .. } => {
                write!(f, "is no key of this table; did you mean `{suggestion}`?")
            }
            Self::UnknownField { suggestion: None, known: [] } => {
                f.write_str("is no key of this table, which takes none; leave it out")
            }
            Self::UnknownField { suggestion: None, known } => {
                write!(f, "is no key of this table; it takes {}", known.join(", "))
            }
            Self::DottedName { name, known } => write!(
                f,
                "is no key of this table; it takes {}; or is the name {name:?}? then put it in \
                 quotes",
                known.join(", ")
            ),
            Self::MisplacedCategory { entry } => {
                write!(f, "is no key of this table; did you mean `[{entry}]`?")
            }
            Self::ListOfCookies { table, cookie } => write!(
                f,
                "is a list of tables; write [{table}] with one line per cookie: \
                 `{cookie} = {{ … }}`"
            ),
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
            Self::UnknownBasis { found, suggestion } => match suggestion {
                Some(basis) => write!(f, "{found:?} is no basis; did you mean `{basis}`?"),
                None => write!(
                    f,
                    "{found:?} is no basis; write `necessary`, `consent`, `opt-out` or `prohibited`"
                ),
            },
            Self::UnknownSameSite { found, suggestion } => match suggestion {
                Some(value) => write!(f, "{found:?} is no SameSite; did you mean `{value}`?"),
                None => write!(f, "{found:?} is no SameSite; write `strict`, `lax` or `none`"),
            },
            Self::UnknownSource { found, suggestion: Some(source) } => {
                write!(f, "{found:?} is no source of consent; did you mean `{source}`?")
            }
            Self::UnknownSource { found, suggestion: None } => {
                let names: Vec<_> = SourceSpec::names().collect();
                write!(f, "{found:?} is no source of consent; write {}", names.join(", "))?;
                if cfg!(feature = "cmp") {
                    Ok(())
                } else {
                    f.write_str(", or enable the feature `cmp` for consent-management platforms")
                }
            }
            Self::DuplicateSource => f.write_str("is a source already; list it once"),
            Self::UnknownCombine { found } => {
                write!(f, "{found:?} combines nothing; write `first-decided` or `most-restrictive`")
            }
            Self::NoRevision => f.write_str(
                "is set, but the cookies of this source state no revision; leave it out",
            ),
            Self::NothingRefused => f.write_str(
                "refuses nothing; mark what it is to refuse with `refused-by-gpc = true`, or \
                 leave it out",
            ),
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
            Self::UnknownId { id, suggestion } => {
                unknown(f, "category or service", id, suggestion.as_deref())
            }
            Self::UnknownService { id, suggestion } => {
                unknown(f, "service", id, suggestion.as_deref())
            }
            Self::NamesCategory { id } => {
                write!(f, "{id:?} is a category; write `category = {id:?}`")
            }
            Self::NamesService { id, category } => write!(
                f,
                "{id:?} is a service; name its category, {category:?}, or for a cookie write \
                 `service = {id:?}`"
            ),
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
            Self::Placeholder { found, pattern } if pattern == "*" => {
                write!(
                    f,
                    "{found:?} looks like a placeholder; write a name, or a part of one and `*`"
                )
            }
            Self::Placeholder { found, pattern } => write!(
                f,
                "{found:?} looks like a placeholder; write `*` for the part that varies: {pattern:?}"
            ),
            Self::SeveralNames => f.write_str("looks like several names; write each by itself"),
            Self::HostPrefix => f.write_str(
                "browsers refuse a `__Host-` cookie that has a domain, or a path other than `/`; \
                 leave both out, or change the name",
            ),
            Self::InvalidDomain => f.write_str(
                "is no domain; write a host name such as `example.com`, or leave it out",
            ),
            Self::InvalidPath => f.write_str("is no path; start it with `/`, in ASCII without `;`"),
            Self::DuplicateDeclaration { first } => {
                write!(
                    f,
                    "is declared already, at {first}; remove one of the two: domain and path do \
                     not tell two cookies of one name apart, and a cookie of two services is \
                     declared at their category, or once at one of them"
                )
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
