//! The declarations of a site, as the builder takes them. A registry file is read into the same
//! types.

pub(crate) mod account_precedence;
pub(crate) mod basis;
pub(crate) mod builder;
pub(crate) mod category;
#[cfg(feature = "cmp")]
pub(crate) mod cmp;
pub(crate) mod consent_cookie;
pub(crate) mod declaration;
pub(crate) mod floors;
mod keys;
pub(crate) mod places;
pub(crate) mod request_filter;
mod same_site;
pub(crate) mod service;
pub(crate) mod settings;
pub(crate) mod source_spec;
pub(crate) mod text;
pub(crate) mod undeclared;
pub(crate) mod word;
