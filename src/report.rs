//! What was done to the cookies of one response, and why.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::registry::{MaxLifetime, Registry, Rule};
use crate::set_cookie::{Lifetime, SetCookie};

/// What happens to one `Set-Cookie` line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verdict {
    /// It passes, byte for byte.
    Keep {
        /// Why it may.
        reason: KeepReason,
    },
    /// It passes with its lifetime replaced.
    Cap {
        /// Why its lifetime may not stay.
        reason: CapReason,
        /// The lifetime it asked for.
        from: Lifetime,
        /// The lifetime it leaves with; 0 seconds delete the cookie.
        to: MaxLifetime,
    },
    /// It does not pass.
    Strip {
        /// Why it may not.
        reason: StripReason,
    },
}

impl Verdict {
    /// Whether the line passes byte for byte.
    pub fn is_keep(&self) -> bool {
        matches!(self, Verdict::Keep { .. })
    }

    /// Whether the line passes with another lifetime.
    pub fn is_cap(&self) -> bool {
        matches!(self, Verdict::Cap { .. })
    }

    /// Whether the line does not pass.
    pub fn is_strip(&self) -> bool {
        matches!(self, Verdict::Strip { .. })
    }

    /// The verdict's name: `keep`, `cap` or `strip`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Verdict::Keep { .. } => "keep",
            Verdict::Cap { .. } => "cap",
            Verdict::Strip { .. } => "strip",
        }
    }
}

/// Says what happens and why, in one line.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Keep { reason } => write!(f, "keep: {reason}"),
            Verdict::Cap { reason, from, to: MaxLifetime::Seconds(0) } => {
                write!(f, "cap: {from} to a deletion: {reason}")
            }
            Verdict::Cap { reason, from, to } => write!(f, "cap: {from} to {to}: {reason}"),
            Verdict::Strip { reason } => write!(f, "strip: {reason}"),
        }
    }
}

/// Declares a field-less enum of reasons, each with its text.
macro_rules! reasons {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $($name::$variant => $text,)+
                })
            }
        }
    };
}

reasons! {
    /// Why a cookie passes as it is.
    KeepReason {
        /// Its category is necessary (R6).
        Necessary = "its category is necessary",
        /// It carries the visitor's choice (R8).
        ConsentCookie = "it carries the visitor's choice",
        /// The visitor granted its service or category (R6).
        Granted = "the visitor granted it",
        /// Its category is opt-out and the visitor has not refused (R6).
        NotRefused = "the visitor has not refused it",
        /// It deletes the cookie, which needs no consent (R4).
        Deletion = "it deletes the cookie",
        /// It is in no registry, and the site lets such cookies pass (R6).
        Undeclared = "it is not declared, and the site lets such cookies pass",
    }
}

reasons! {
    /// Why a cookie's lifetime is replaced.
    CapReason {
        /// It is above the declared one (R10).
        TooLong = "longer than declared",
        /// Browsers do not agree on it, so it cannot be held against the declared one (R10).
        Unproven = "browsers do not agree on its lifetime",
        /// It is a deletion to some browsers only, and without consent it must be one to all (R4).
        UnprovenDeletion = "not every browser takes it for a deletion",
    }
}

reasons! {
    /// Why a cookie does not pass.
    StripReason {
        /// It needs a choice, and the visitor has made none that counts (R6, R7).
        Undecided = "the visitor has not decided",
        /// The visitor decided, and did not grant it (R6).
        NotGranted = "the visitor did not grant it",
        /// The visitor refused it (R6).
        Refused = "the visitor refused it",
        /// The policy says that such cookies are not used (R6).
        Prohibited = "the policy prohibits its category",
        /// It is in no registry (R6).
        Undeclared = "it is not declared",
        /// The visitor has it already, and its lifetime must not slide (R11).
        AlreadySet = "the visitor has it already and it must not be refreshed",
    }
}

impl fmt::Display for Lifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lifetime::Session => f.write_str("session"),
            Lifetime::Proven(seconds) => f.write_str(&asked(*seconds)),
            Lifetime::Unproven(Some(seconds)) => {
                write!(f, "unproven, perhaps {}", asked(*seconds))
            }
            Lifetime::Unproven(None) => f.write_str("unproven"),
        }
    }
}

/// A lifetime in the policy's words where they are few, else in seconds: what an `Expires` asks for
/// is seldom a round number of days.
fn asked(seconds: u64) -> String {
    let words = MaxLifetime::Seconds(seconds).to_string();
    if words.split(' ').count() == 2 { words } else { format!("{seconds} s") }
}

/// `"session"`, a number of seconds, or `{"unproven": seconds or null}`.
impl Serialize for Lifetime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Lifetime::Session => serializer.serialize_str("session"),
            Lifetime::Proven(seconds) => serializer.serialize_u64(*seconds),
            Lifetime::Unproven(estimate) => {
                serializer.serialize_newtype_variant("Lifetime", 2, "unproven", estimate)
            }
        }
    }
}

/// `"session"`, or a number of seconds.
impl Serialize for MaxLifetime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            MaxLifetime::Session => serializer.serialize_str("session"),
            MaxLifetime::Seconds(seconds) => serializer.serialize_u64(*seconds),
        }
    }
}

/// The verdict on one `Set-Cookie` line; it holds the cookie's name and never its value (R15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    name: Box<str>,
    category: Option<Box<str>>,
    service: Option<Box<str>>,
    #[serde(flatten)]
    verdict: Verdict,
}

impl Entry {
    pub(crate) fn new(
        line: &SetCookie<'_>,
        rule: Option<&Rule>,
        registry: &Registry,
        verdict: Verdict,
    ) -> Self {
        let name = if line.is_nameless() {
            // What such a line is judged by is a value: only the registry's words may be told.
            let declaration = rule.and_then(|rule| registry.declaration_of(rule));
            Cow::Borrowed(declaration.map_or("", |declaration| declaration.name()))
        } else {
            String::from_utf8_lossy(line.name())
        };
        Entry {
            name: name.into(),
            category: rule.map(|rule| registry.name_of(rule.category).into()),
            service: rule.and_then(|rule| rule.service).map(|id| registry.name_of(id).into()),
            verdict,
        }
    }

    /// The cookie's name, with U+FFFD for bytes that are not UTF-8.
    ///
    /// A line without a name is told by the declaration that it fell under, or by `""`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id of the category that the cookie fell under; `None` if it is in no registry.
    pub fn category(&self) -> Option<&str> {
        self.category.as_deref()
    }

    /// The id of the service that the cookie fell under.
    pub fn service(&self) -> Option<&str> {
        self.service.as_deref()
    }

    /// What happened to the line, and why.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }
}

/// The verdicts on all `Set-Cookie` lines of one response, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub(crate) entries: Vec<Entry>,
    pub(crate) report_only: bool,
}

impl Report {
    /// One entry a line, in the order of the response.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries that did not pass byte for byte.
    pub fn changes(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !entry.verdict.is_keep())
    }

    /// Whether the policy only reported, and left the response as it was (R13).
    pub fn is_report_only(&self) -> bool {
        self.report_only
    }
}
