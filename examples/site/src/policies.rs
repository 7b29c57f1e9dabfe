//! The two sites whose policies this one can have.

use std::str::FromStr;

use crate::set::{self, ADVERTISING, Kinds, UNDECLARED};

/// The parts in which the two sites differ.
pub(crate) struct Site {
    pub(crate) name: &'static str,
    /// The registry file.
    pub(crate) registry: &'static str,
    /// The cookie that the policy declares for the session, which ends with the browser's.
    pub(crate) session: &'static str,
    /// The cookies that `/set/…` attempts to set.
    pub(crate) kinds: Kinds,
}

impl FromStr for &'static Site {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "cexro" => Ok(&CEXRO),
            "whispever" => Ok(&WHISPEVER),
            _ => Err(format!("unknown policy {name:?}: cexro, whispever")),
        }
    }
}

pub(crate) static CEXRO: Site = Site {
    name: "Cexro OCR",
    registry: include_str!("../../policies/cexro.toml"),
    session: "cexro_session",
    kinds: set::CEXRO,
};

static WHISPEVER: Site = Site {
    name: "Whispever",
    registry: include_str!("../../policies/whispever.toml"),
    session: "session-id",
    kinds: &[
        (
            "essential",
            &[
                "auth-token=a1b2c3; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict",
                "csrf-token=d4e5f6; Path=/; Expires=Thu, 31 Dec 2099 23:59:59 GMT; SameSite=Strict",
                "__stripe_mid=0f1e2d; Path=/; Max-Age=63072000; SameSite=Strict",
            ],
        ),
        (
            "preferences",
            &[
                "language-preference=fr; Path=/; Max-Age=157680000; SameSite=Lax",
                "theme-preference=dark; Path=/; Max-Age=31536000; SameSite=Lax",
            ],
        ),
        ("analytics", &["_pk_id.1.1fff=1; Path=/; Max-Age=33955200", "_ga=GA1.1.1; Path=/"]),
        ("advertising", ADVERTISING),
        ("undeclared", UNDECLARED),
    ],
};
