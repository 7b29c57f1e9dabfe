//! The settings of a registry, without its categories, services and cookies.

use crate::lifetime::LifetimeSpec;
use crate::registry::declare::account_precedence::AccountPrecedence;
use crate::registry::declare::consent_cookie::ConsentCookie;
use crate::registry::declare::request_filter::RequestFilter;
use crate::registry::declare::source_spec::{Combine, SourceSpec};
use crate::registry::declare::text::Text;
use crate::registry::declare::undeclared::Undeclared;

/// The settings of a registry. The methods of [`RegistryBuilder`](crate::registry::RegistryBuilder)
/// with the same names describe them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) version: String,
    pub(crate) updated: Option<String>,
    pub(crate) title: Option<Text>,
    pub(crate) consent_lifetime: Option<LifetimeSpec>,
    pub(crate) consent_cookie: ConsentCookie,
    pub(crate) consent_sources: Vec<SourceSpec>,
    pub(crate) combine: Option<Combine>,
    pub(crate) store_only: bool,
    pub(crate) account_precedence: AccountPrecedence,
    pub(crate) request_filter: RequestFilter,
    /// This is `None` if the site does not set it.
    pub(crate) tell_caches: Option<bool>,
    pub(crate) sweep: bool,
    pub(crate) undeclared: Undeclared,
}
