//! What a site declares: by the builder, or by a file that is read into it.

pub(crate) mod basis;
pub(crate) mod builder;
pub(crate) mod category;
#[cfg(feature = "cmp")]
pub(crate) mod cmp;
pub(crate) mod consent_cookie;
pub(crate) mod declaration;
pub(crate) mod service;
pub(crate) mod settings;
pub(crate) mod source_spec;
pub(crate) mod text;
pub(crate) mod undeclared;
pub(crate) mod word;

pub use crate::registry::declare::basis::Basis;
pub use crate::registry::declare::builder::RegistryBuilder;
pub use crate::registry::declare::category::Category;
#[cfg(feature = "cmp")]
pub use crate::registry::declare::cmp::source::CmpSource;
#[cfg(feature = "cmp")]
pub use crate::registry::declare::cmp::{Cmp, UnknownCmp};
pub use crate::registry::declare::consent_cookie::{ConsentCookie, SameSite};
pub use crate::registry::declare::declaration::Declaration;
pub use crate::registry::declare::service::Service;
pub use crate::registry::declare::source_spec::{Combine, SourceSpec};
pub use crate::registry::declare::text::Text;
pub use crate::registry::declare::undeclared::Undeclared;
pub use crate::registry::declare::word::UnknownWord;
