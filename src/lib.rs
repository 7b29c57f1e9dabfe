//! Keeps a site's cookie policy on the server: a tower [`Layer`](tower_layer::Layer) that strips
//! every `Set-Cookie` the visitor has not consented to and shortens every one that lives longer
//! than the policy says.
//!
//! Put the layer outermost, around everything that writes cookies. What it does not see, it does not
//! judge.
//!
//! ```
//! use http::header::{HeaderValue, SET_COOKIE};
//! use http::{Request, Response};
//! use tower::{Layer, ServiceExt, service_fn};
//! use tower_cookie_consent::registry::{Category, Declaration};
//! use tower_cookie_consent::{Choice, Consent, CookieConsentLayer, Registry};
//!
//! /// A handler that asks nobody: it stores the choice of `/accept`, and sets cookies.
//! async fn site(request: Request<()>) -> Result<Response<()>, tower_cookie_consent::TooLong> {
//!     let mut response = Response::new(());
//!     for line in ["session=1; HttpOnly; Max-Age=99999999", "_ga=GA1.1; Path=/"] {
//!         response.headers_mut().append(SET_COOKIE, HeaderValue::from_static(line));
//!     }
//!     if let (Some(consent), "/accept") =
//!         (request.extensions().get::<Consent>(), request.uri().path())
//!     {
//!         let choice = Choice::decided(consent.registry()).grant_all();
//!         consent.store(&choice)?.append_to(response.headers_mut());
//!     }
//!     Ok(response)
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let registry = Registry::builder()
//!     .version("2025-01-15")
//!     .category(
//!         Category::necessary("essential")
//!             .cookie(Declaration::new("session").lifetime("session")),
//!     )
//!     .category(Category::consent("analytics").cookie("_ga"))
//!     .build()?;
//! let service = CookieConsentLayer::new(registry).layer(service_fn(site));
//!
//! // A visitor who has chosen nothing: `_ga` is stripped, and `session` ends with the session.
//! let response = service.clone().oneshot(Request::get("/").body(())?).await?;
//! let set: Vec<_> = response.headers().get_all(SET_COOKIE).iter().collect();
//! assert_eq!(set, ["session=1; HttpOnly"]);
//!
//! // The choice counts in the very response that stores it.
//! let response = service.oneshot(Request::get("/accept").body(())?).await?;
//! let set: Vec<_> = response.headers().get_all(SET_COOKIE).iter().collect();
//! assert_eq!(set.len(), 3, "session, _ga, and the cookie that carries the choice");
//! # Ok(())
//! # }
//! ```
//!
//! # What is what
//!
//! - A [`Registry`] is what the site declares, as its policy page does: categories, services and
//!   cookies, each with what it rests on ([`Basis`](registry::Basis)) and how long it may live. It
//!   is read from a file or built in code, and what is wrong with it is an error before the first
//!   request.
//! - A [`ConsentSource`] reads a visitor's [`Choice`] from the request: from the crate's own cookie,
//!   from `Sec-GPC`, from a banner that the site has already (feature `cmp`), or from wherever
//!   [`source_fn`] says.
//! - A [`Policy`] is a registry with its sources and its mode. It decides; [`PolicyBuilder`] makes
//!   one that only reports at first.
//! - [`Consent`] is what one visitor's choice allows under a policy. Handlers find it in the
//!   request's extensions (or take it as an argument, with the feature `axum`); they ask it, and
//!   they store a new choice by it.
//! - [`CookieConsentLayer`] carries headers to the policy and back. Without tower, a [`Policy`] does
//!   the same on two `HeaderMap`s, or on lines that are in none.
//! - A [`Report`] says of each line what was done to it, and why. Responses carry it as an extension
//!   where something was changed.
//!
//! What exactly is stripped and shortened is written down in numbered [`rules`].
//!
//! # Where the layer goes
//!
//! Responses pass through the layers from the inside out. With axum's `Router::layer` the last call
//! is the outermost, with `ServiceBuilder` the first.
//!
//! ```text
//!             request                          response
//!                |                                ^
//!  +-------------v--------------------------------|-------------+
//!  |  CookieConsentLayer      reads the choice    strips, caps  |   Router::layer: last call
//!  |  +----------v--------------------------------|----------+  |   ServiceBuilder: first call
//!  |  |  sessions, tower-cookies, ...             adds       |  |
//!  |  |  +-------v--------------------------------|-------+  |  |
//!  |  |  |  handlers                     Set-Cookie       |  |  |
//!  |  |  +------------------------------------------------+  |  |
//!  |  +------------------------------------------------------+  |
//!  +------------------------------------------------------------+
//! ```
//!
//! # What it cannot do
//!
//! - Page scripts write cookies that no response header shows, and third-party hosts set their own.
//! - What is in the browser already stays there until something deletes it. [`Consent::store`] and
//!   [`Consent::withdraw`] do, for those cookies that the request carries and the registry declares.
//! - The registry is taken at its word: a tracker that is declared as necessary passes.
//! - The choice is not signed. It may reduce what a server does; authorise nothing by it.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod bit_set;
mod choice;
#[cfg(feature = "cmp")]
mod cmp;
#[cfg(feature = "draft")]
#[cfg_attr(docsrs, doc(cfg(feature = "draft")))]
pub mod draft;
#[cfg(all(feature = "axum", feature = "cmp", feature = "draft"))]
pub mod guide;
mod headers;
mod lifetime;
mod middleware;
mod name;
#[cfg(feature = "pages")]
#[cfg_attr(docsrs, doc(cfg(feature = "pages")))]
pub mod pages;
mod policy;
pub mod registry;
mod report;
pub mod set_cookie;
#[cfg(feature = "tracing")]
mod told;

#[doc = include_str!("docs/rules.md")]
pub mod rules {}

/// The README's examples, compiled and run as tests.
#[cfg(all(doctest, feature = "axum", feature = "cmp", feature = "toml"))]
#[doc = include_str!("../README.md")]
struct Readme;

pub use choice::{
    Choice, ConsentSource, Decision, Dnt, Gpc, OwnCookie, RecordId, RequestHeaders, SourceFn,
    TooLong, UnknownDecision, UnknownId, source_fn,
};
#[cfg(feature = "axum")]
#[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
pub use middleware::MissingCookieConsentLayer;
pub use middleware::{CookieConsent, CookieConsentLayer, ResponseFuture};
pub use policy::{
    ChoiceCookies, Consent, ConsentRecord, EventState, How, Lapse, Policy, PolicyBuilder, PolicyBy,
    SelectionError, Shown, Sweep,
};
pub use registry::{ConfigError, Registry};
pub use report::{
    CapReason, Escaped, KeepReason, Report, ReportEntry, StripReason, SweptCookie, UnknownReason,
    Verdict, WithheldCookie,
};
