//! Longest lifetimes, as a policy page writes them.

mod error;
mod language;
mod max;
mod phrases;
mod range;
mod reader;
mod spec;
mod token;

pub use crate::lifetime::error::LifetimeError;
#[cfg(test)]
pub(crate) use crate::lifetime::max::DAY;
pub(crate) use crate::lifetime::max::MONTH;
pub use crate::lifetime::max::MaxLifetime;
pub use crate::lifetime::spec::LifetimeSpec;
