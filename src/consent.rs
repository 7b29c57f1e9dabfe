//! What a visitor decided, and where that is read from.

mod choice;
#[cfg(feature = "cmp")]
mod cmp;
pub(crate) mod own_cookie;
mod request;
mod signal;
mod source;

pub use choice::Choice;
pub use own_cookie::{OwnCookie, TooLong};
pub use request::RequestHeaders;
pub use signal::{Dnt, Gpc};
pub use source::ConsentSource;
pub(crate) use source::declared;
