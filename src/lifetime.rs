//! Longest lifetimes, as a policy page writes them.

mod cursor;
mod error;
mod language;
mod max;
mod phrases;
mod print;
mod range;
mod reader;
mod spec;
mod sum;
mod token;
mod unit;
mod vocabulary;
mod words;

pub use crate::lifetime::error::LifetimeError;
pub use crate::lifetime::language::UnknownLanguage;
pub use crate::lifetime::max::MaxLifetime;
pub use crate::lifetime::spec::LifetimeSpec;
#[cfg(test)]
pub(crate) use crate::lifetime::unit::DAY;
pub(crate) use crate::lifetime::unit::MONTH;
pub use crate::lifetime::words::Language;
