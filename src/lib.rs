//! Enforces a site's cookie policy on the server: a tower [`Layer`](tower_layer::Layer) that removes
//! every `Set-Cookie` to which the visitor has not consented, and shortens every one that would live
//! longer than the policy says.
//!
//! The layer has to be the outermost one, around everything that sets cookies, since it can only
//! judge the cookies that it sees.
//!
//! ```
//! use http::header::{HeaderValue, SET_COOKIE};
//! use http::{Request, Response};
//! use tower::{Layer, ServiceExt, service_fn};
//! use tower_cookie_consent::registry::{Category, Declaration};
//! use tower_cookie_consent::{Choice, Consent, CookieConsentLayer, Registry};
//!
//! /// A handler that sets two cookies, and stores a choice if the path is `/accept`.
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
//! // The visitor has not chosen yet: `_ga` is stripped, and `session` ends with the session.
//! let response = service.clone().oneshot(Request::get("/").body(())?).await?;
//! let set: Vec<_> = response.headers().get_all(SET_COOKIE).iter().collect();
//! assert_eq!(set, ["session=1; HttpOnly"]);
//!
//! // The choice already counts for the response that stores it.
//! let response = service.oneshot(Request::get("/accept").body(())?).await?;
//! let set: Vec<_> = response.headers().get_all(SET_COOKIE).iter().collect();
//! assert_eq!(set.len(), 3, "session, _ga, and the cookie that carries the choice");
//! # Ok(())
//! # }
//! ```
//!
//! # The main types
//!
//! - A [`Registry`] is what the site declares on its policy page: categories, services and
//!   cookies, each with its basis ([`Basis`](registry::Basis)) and its longest lifetime. It is read
//!   from a file or built in code, and mistakes in it are errors before the first request.
//! - A [`ConsentSource`] reads a visitor's [`Choice`] from the request: from the crate's own cookie,
//!   from `Sec-GPC`, from the cookies of an existing banner (feature `cmp`), or from anywhere else by
//!   a closure ([`source_fn`]).
//! - A [`Policy`] is a registry with its sources and its mode, and makes all decisions.
//!   [`PolicyBuilder`] configures it, for instance to only report at first.
//! - [`Consent`] is what one visitor's choice allows under a policy. Handlers find it in the
//!   request's extensions, or take it as an argument with the feature `axum`. They ask it what is
//!   allowed, and use it to store a new choice.
//! - [`CookieConsentLayer`] connects the policy with tower services. Without tower, use a [`Policy`]
//!   directly, on two `HeaderMap`s or on single header lines.
//! - A [`Report`] says what was done to each line, and why. A response has it as an extension if
//!   something was changed.
//!
//! The exact conditions under which a cookie is stripped or shortened are numbered [`rules`].
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
//! - It does not see cookies that page scripts write, or that third-party hosts set.
//! - Cookies that the browser has already stay there until something deletes them.
//!   [`Consent::store`] and [`Consent::withdraw`] delete those that the request carries and the
//!   registry declares, and with [`PolicyBuilder::sweep`] every page does.
//! - It trusts the registry: a tracker that is declared as necessary passes.
//! - The choice is not signed. It may reduce what a server does, but never use it to authorise
//!   anything.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod bit_set;
mod choice;
#[cfg(feature = "cmp")]
mod cmp;
#[cfg(feature = "draft")]
#[cfg_attr(docsrs, doc(cfg(feature = "draft")))]
pub mod draft;
mod few;
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
    CapReason, Escaped, JudgedLine, KeepReason, Observed, Report, ReportEntry, StripReason,
    SweptCookie, UnknownReason, Verdict, WithheldCookie,
};
