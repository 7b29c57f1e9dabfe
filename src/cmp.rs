//! The cookies of consent-management platforms (CMPs), and of other writers of consent cookies.
//!
//! Each has a file in [`formats`] that says how it writes a choice.
//! They share [`reader`], which finds the cookies in a request, and [`statement`], which takes what
//! they say. What is known of a CMP without reading its cookies is in the table of [`Cmp`].

mod base64;
mod context;
mod formats;
mod iab;
mod json;
mod number;
mod percent;
mod reader;
mod sextets;
mod sorted;
mod statement;
mod time;
mod words;
mod work;

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
    /// Tells whether a cookie is the CMP's, and longer than any that a browser would have stored.
    fn is_oversized(&self, name: &[u8], value: &[u8]) -> bool {
        value.len() > MAX_COOKIE && self.owns(name)
    }
}

impl ConsentSource for CmpSource {
    /// A cookie that is too long leaves the choice undecided, as a copy does that cannot be read (R7).
    /// What the CMP's other cookies refuse stays refused.
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice {
        // A request is cut once, however many cookies are asked for in it.
        // Most CMPs have no more cookies, so room for them is made once.
        let (mut is_sound, mut cookies) = (true, Vec::with_capacity(4));
        let take = |name, value| {
            if self.is_oversized(name, value) {
                is_sound = false;
            } else {
                cookies.push((name, value));
            }
        };
        match self.beginning() {
            Some(text) => request.take_beginning_with(text, take),
            None => request.take_beginning(self.may_begin(), take),
        }
        let context = Context { source: self, registry };
        let mut choice = read(self.cmp(), &Reader { context, cookies: &cookies });
        if !is_sound {
            choice.take_back();
        }
        choice
    }

    fn owns(&self, cookie_name: &[u8], _: &Registry) -> bool {
        CmpSource::owns(self, cookie_name)
    }
}
