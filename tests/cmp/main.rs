//! Tests which consents are read from the cookies of other people's banners, and which are not.
#![cfg(feature = "cmp")]

mod answers;
mod formats;
mod given;
mod gpp;
mod hostile;
mod iab;
mod json_answers;
mod lapsing;
mod limits;
mod mapping;
mod owned;
mod page;
mod planted;
mod samples;
mod strings;
mod told_apart;
mod traps;
mod values;
mod visitor;
