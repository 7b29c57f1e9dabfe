//! What happens to a `Set-Cookie` line, and why.

use std::fmt;

use serde::Serialize;

use crate::registry::MaxLifetime;
use crate::set_cookie::Lifetime;

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
