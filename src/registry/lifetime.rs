//! Longest lifetimes, as a policy page writes them.

mod error;
mod max;
mod meaning;
mod range;
mod spec;
mod text;
mod token;
mod vocabulary;

pub use error::LifetimeError;
#[cfg(test)]
pub(crate) use max::DAY;
pub(crate) use max::MONTH;
pub use max::MaxLifetime;
pub use spec::LifetimeSpec;
