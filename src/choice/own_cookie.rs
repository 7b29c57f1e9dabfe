//! The crate's own consent cookie: how a choice is read from it, and written into it.

mod read;
mod write;

pub use crate::choice::own_cookie::read::OwnCookie;
pub(crate) use crate::choice::own_cookie::read::record_id;
pub use crate::choice::own_cookie::write::TooLong;
pub(crate) use crate::choice::own_cookie::write::{lifetime, store, withdraw};

/// The key of the policy's version in the value. It is no id: the registry refuses it as one.
const VERSION: &str = "version";
/// The key of the choice's time in the value, in seconds since the epoch. It is no id either.
const TIME: &str = "time";
/// The key of the id of the choice's record, where the cookie carries one. It is no id of the registry's either.
const RECORD_ID: &str = "record-id";
