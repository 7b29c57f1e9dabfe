//! The guide, which explains page by page how a site uses the crate.

#[doc = include_str!("docs/registry_file.md")]
pub mod registry_file {}

#[doc = include_str!("docs/draft.md")]
pub mod draft {}

#[doc = include_str!("docs/forms.md")]
pub mod forms {}

#[cfg(feature = "pages")]
#[doc = include_str!("docs/pages.md")]
pub mod pages {}

#[doc = include_str!("docs/cmps.md")]
pub mod cmps {}

#[doc = include_str!("docs/local_storage.md")]
pub mod local_storage {}

#[doc = include_str!("docs/sessions.md")]
pub mod sessions {}

#[doc = include_str!("docs/sweep.md")]
pub mod sweep {}

#[doc = include_str!("docs/csrf.md")]
pub mod csrf {}

#[doc = include_str!("docs/csp.md")]
pub mod csp {}

#[doc = include_str!("docs/accounts.md")]
pub mod accounts {}

#[doc = include_str!("docs/records.md")]
pub mod records {}

#[doc = include_str!("docs/laws.md")]
pub mod laws {}

#[doc = include_str!("docs/caches.md")]
pub mod caches {}

#[doc = include_str!("docs/subdomains.md")]
pub mod subdomains {}

#[doc = include_str!("docs/proxies.md")]
pub mod proxies {}

#[doc = include_str!("docs/stacks.md")]
pub mod stacks {}
