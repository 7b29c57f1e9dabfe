//! The cookies of consent-management platforms (CMPs), and of other writers of consent cookies.
//!
//! Each has a file in [`formats`] that says how it writes a choice.
//! They share [`reader`], which finds the cookies in a request, and [`statement`], which takes what
//! they say. What is known of a CMP without reading its cookies is in the table of [`Cmp`].

mod context;
mod formats;
mod iab;
mod json;
mod percent;
mod reader;
mod sextets;
mod statement;
mod time;

use crate::choice::{Choice, ConsentSource, RequestHeaders};
use crate::cmp::context::Context;
use crate::cmp::reader::Reader;
use crate::registry::{Cmp, CmpSource, Registry, with_cmps};
use crate::set_cookie::limits::MAX_COOKIE;

macro_rules! read {
    ($($(#[$doc:meta])* $cmp:ident { name: $name:literal, format: $format:ident, $($_:tt)* })*) => {
        /// Reads the choice with what the CMP's file has for it.
        fn read(cmp: Cmp, reader: &Reader<'_>) -> Choice {
            match cmp {
                $(Cmp::$cmp => formats::$format::choice(reader),)*
            }
        }
    };
}
with_cmps!(read);

impl CmpSource {
    /// Whether a cookie of the CMP is longer than any that a browser would have stored.
    fn is_oversized(&self, request: &RequestHeaders) -> bool {
        request.may_exceed(MAX_COOKIE)
            && request.cookies().any(|(name, value)| value.len() > MAX_COOKIE && self.owns(name))
    }
}

impl ConsentSource for CmpSource {
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice {
        if self.is_oversized(request) {
            return Choice::undecided(registry);
        }
        let context = Context { source: self, registry };
        read(self.cmp(), &Reader { context, request })
    }

    fn owns(&self, cookie_name: &[u8], _: &Registry) -> bool {
        CmpSource::owns(self, cookie_name)
    }
}
