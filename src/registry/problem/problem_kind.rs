//! What can be wrong with a registry.

use crate::lifetime::{LifetimeError, MaxLifetime};
use crate::registry::problem::consent_cookie::ConsentCookieProblem;
use crate::registry::problem::impossible_name::ImpossibleName;

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
    /// A key inside a cookie that may be the rest of a name with a dot, not in quotes.
    DottedName {
        /// The name that may be meant.
        name: String,
        /// The keys that mean something here.
        known: &'static [&'static str],
    },
    /// A category that does not stand under `categories`.
    MisplacedCategory {
        /// Where it belongs.
        entry: String,
    },
    /// Cookies written as a list of tables.
    ListOfCookies {
        /// The entry that should be a table.
        table: String,
        /// The first cookie, as a key.
        cookie: String,
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
        /// The basis that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// A `same-site` that is none.
    UnknownSameSite {
        /// What was written.
        found: String,
        /// The value that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// A consent source that is none.
    UnknownSource {
        /// What was written.
        found: String,
        /// The source that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// A consent source that is declared twice.
    DuplicateSource,
    /// A `combine` that is none.
    UnknownCombine {
        /// What was written.
        found: String,
    },
    /// A revision demanded of a source that states none.
    NoRevision,
    /// `Sec-GPC` or `DNT` as a source, in a registry where they refuse nothing.
    NothingRefused,
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
    /// An id that neither a category nor a service has.
    UnknownId {
        /// The id that was written.
        id: String,
        /// The id that was probably meant.
        suggestion: Option<String>,
    },
    /// A category named where a service is to be.
    NamesCategory {
        /// The id that was written.
        id: String,
    },
    /// A service named where a category is to be.
    NamesService {
        /// The id that was written.
        id: String,
        /// The service's category.
        category: String,
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
    /// A name with a placeholder, such as `[hash]` or `XXXX`, for the part that varies.
    Placeholder {
        /// The placeholder.
        found: String,
        /// The pattern that is probably meant.
        pattern: String,
    },
    /// Several names in one.
    SeveralNames,
    /// A `__Host-` name with a domain, or with a path other than `/`.
    HostPrefix,
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
