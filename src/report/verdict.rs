//! The verdicts on a `Set-Cookie` line, with their reasons.

use std::fmt;
use std::str::FromStr;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::registry::MaxLifetime;
use crate::set_cookie::{Edit, Lifetime};

/// The verdict on one `Set-Cookie` line: what happens to it, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// It passes, byte for byte, but for attributes that it lacks ([R21](crate::rules#r21)).
    Keep {
        /// The reason for which it passes.
        reason: KeepReason,
    },
    /// It passes with its lifetime replaced.
    Cap {
        /// The reason for which its lifetime may not stay.
        reason: CapReason,
        /// The lifetime it asked for.
        from: Lifetime,
        /// The lifetime it leaves with; 0 seconds delete the cookie.
        to: MaxLifetime,
    },
    /// It does not pass.
    Strip {
        /// The reason for which it does not pass.
        reason: StripReason,
    },
}

impl Verdict {
    /// Returns `true` if the line passes with the lifetime it asked for.
    pub fn is_keep(&self) -> bool {
        matches!(self, Verdict::Keep { .. })
    }

    /// Returns `true` if the line passes with another lifetime.
    pub fn is_cap(&self) -> bool {
        matches!(self, Verdict::Cap { .. })
    }

    /// Returns `true` if the line does not pass.
    pub fn is_strip(&self) -> bool {
        matches!(self, Verdict::Strip { .. })
    }

    /// Returns what the verdict makes of the line, where the policy is enforced.
    pub fn edit(&self) -> Edit {
        match *self {
            Verdict::Keep { .. } => Edit::Keep,
            Verdict::Cap { to, .. } => Edit::ReplaceLifetime(to),
            Verdict::Strip { .. } => Edit::Strip,
        }
    }

    /// Returns the id of its reason, such as `too-long`, for instance to count by.
    pub fn reason(&self) -> &'static str {
        match self {
            Verdict::Keep { reason } => reason.as_str(),
            Verdict::Cap { reason, .. } => reason.as_str(),
            Verdict::Strip { reason } => reason.as_str(),
        }
    }

    /// Returns the verdict's name: `keep`, `cap` or `strip`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Verdict::Keep { .. } => "keep",
            Verdict::Cap { .. } => "cap",
            Verdict::Strip { .. } => "strip",
        }
    }
}

impl Verdict {
    /// Returns the number of fields that it serializes to.
    pub(super) fn fields(&self) -> usize {
        if self.is_cap() { 4 } else { 2 }
    }

    /// Writes these fields, of which the first tells the verdict's name.
    pub(super) fn serialize_fields<S: SerializeStruct>(&self, to: &mut S) -> Result<(), S::Error> {
        to.serialize_field("verdict", self.as_str())?;
        to.serialize_field("reason", self.reason())?;
        if let Verdict::Cap { from, to: replaced, .. } = self {
            to.serialize_field("from", from)?;
            to.serialize_field("to", replaced)?;
        }
        Ok(())
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut verdict = serializer.serialize_struct("Verdict", self.fields())?;
        self.serialize_fields(&mut verdict)?;
        verdict.end()
    }
}

/// Says what happens and why, in one line.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Keep { reason } => write!(f, "keep: {}", reason.explanation()),
            Verdict::Cap { reason, from, to: MaxLifetime::Seconds(0) } => {
                write!(f, "cap: {from} to a deletion: {}", reason.explanation())
            }
            Verdict::Cap { reason, from, to } => {
                write!(f, "cap: {from} to {to}: {}", reason.explanation())
            }
            Verdict::Strip { reason } => write!(f, "strip: {}", reason.explanation()),
        }
    }
}

/// Declares a field-less enum of reasons, each with its id and its explanation.
macro_rules! reasons {
    (
        $(#[$doc:meta])* $name:ident {
            $($(#[$variant_doc:meta])* $variant:ident = $id:literal, $explanation:literal;)+
        }
    ) => {
        $(#[$doc])*
        ///
        /// It is shown, serialized and read by its id.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// All reasons of this kind.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Returns the id, in kebab case.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)+
                }
            }

            /// Returns the reason in words.
            pub const fn explanation(self) -> &'static str {
                match self {
                    $(Self::$variant => $explanation,)+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownReason;

            fn from_str(id: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|it| it.as_str() == id).ok_or(UnknownReason(()))
            }
        }
    };
}

/// The error of reading a reason from a text that is the id of none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownReason(());

impl fmt::Display for UnknownReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a reason's id is needed, as a report is serialized with, such as `too-long`")
    }
}

impl std::error::Error for UnknownReason {}

reasons! {
    /// The reason for which a cookie passes as it is.
    KeepReason {
        /// Its category is necessary ([R6](crate::rules#r6)).
        Necessary = "necessary", "its category is necessary";
        /// It carries the visitor's choice ([R8](crate::rules#r8)).
        ConsentCookie = "consent-cookie", "it carries the visitor's choice";
        /// The visitor granted its service or category ([R6](crate::rules#r6)).
        Granted = "granted", "the visitor granted it";
        /// Its category is opt-out and the visitor has not refused ([R6](crate::rules#r6)).
        NotRefused = "not-refused", "the visitor has not refused it";
        /// It deletes the cookie, which needs no consent ([R4](crate::rules#r4)).
        Deletion = "deletion", "it deletes the cookie";
        /// It is in no registry, and the site lets such cookies pass ([R6](crate::rules#r6)).
        Undeclared = "undeclared", "it is not declared, and the site lets such cookies pass";
    }
}

reasons! {
    /// The reason for which a cookie's lifetime is replaced.
    CapReason {
        /// It is above the declared one ([R10](crate::rules#r10)).
        TooLong = "too-long", "longer than declared";
        /// Browsers do not agree on it, so it cannot be held against the declared one
        /// ([R10](crate::rules#r10)).
        Unproven = "unproven", "browsers do not agree on its lifetime";
        /// It is a deletion to some browsers only, and without consent it must be one to all
        /// ([R4](crate::rules#r4)).
        UnprovenDeletion = "unproven-deletion", "not every browser takes it for a deletion";
    }
}

reasons! {
    /// The reason for which a cookie does not pass.
    StripReason {
        /// It needs a choice, and the visitor has made none that counts ([R6](crate::rules#r6),
        /// [R7](crate::rules#r7)).
        Undecided = "undecided", "the visitor has not decided";
        /// The visitor decided, and did not grant it ([R6](crate::rules#r6)).
        NotGranted = "not-granted", "the visitor did not grant it";
        /// The visitor refused it ([R6](crate::rules#r6)).
        Refused = "refused", "the visitor refused it";
        /// The policy says that such cookies are not used ([R6](crate::rules#r6)).
        Prohibited = "prohibited", "the policy prohibits its category";
        /// It is in no registry ([R6](crate::rules#r6)).
        Undeclared = "undeclared", "it is not declared";
        /// It would be read as the visitor's choice, and
        /// [`Consent::store`](crate::Consent::store) did not write it ([R9](crate::rules#r9)).
        ForeignChoice = "foreign-choice", "it carries a choice that was not stored for this visitor";
        /// The visitor has it already, and its lifetime must not slide ([R11](crate::rules#r11)).
        AlreadySet = "already-set", "the visitor has it already and it must not be refreshed";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r15_every_reason_reads_back_from_its_id() {
        macro_rules! check {
            ($($name:ident),+) => {
                $(for reason in $name::ALL {
                    let id = reason.to_string();
                    assert_eq!(id.parse(), Ok(*reason));
                    assert_eq!(serde_json::to_value(reason).unwrap(), id);
                    assert!("strip: the visitor".parse::<$name>().is_err());
                })+
            };
        }
        check!(KeepReason, CapReason, StripReason);
    }
}
