//! Consent that other people's banners wrote: what is read from it, and what is not.
#![cfg(feature = "cmp")]

mod cmp {
    mod samples;
    mod visitor;
}
