//! What a visitor decided, and where that is read from.

mod choice;
pub(crate) mod own_cookie;
mod request;
mod source;

pub use choice::Choice;
pub use own_cookie::{OwnCookie, TooLong};
pub use request::RequestHeaders;
pub use source::ConsentSource;
