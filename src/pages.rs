//! The pages that a visitor sees of a policy: the banner that asks, the preferences, the policy page.
//!
//! [`Pages`] shows what the registry declares and stores what the visitor answers. It decides
//! nothing: that is the [`Policy`]'s. As a tower service it answers the pages' own addresses, and
//! its fragments go into pages that the site renders itself.
//!
//! ```
//! use axum::response::Html;
//! use axum::routing::get;
//! use axum::{Extension, Router};
//! use tower_cookie_consent::pages::Pages;
//! use tower_cookie_consent::registry::Language;
//! use tower_cookie_consent::{Consent, CookieConsentLayer, Policy, Registry};
//!
//! async fn home(consent: Consent, Extension(pages): Extension<Pages>) -> Html<String> {
//!     let lang = Language::ENGLISH;
//!     let (head, banner, manage) = (pages.head(), pages.banner(&consent, lang), pages.manage(lang));
//!     Html(format!("<!doctype html><html lang=en><title>Home</title>{head}{banner}<h1>Home</h1>{manage}"))
//! }
//!
//! fn app(registry: Registry) -> Router {
//!     let policy = Policy::new(registry);
//!     let pages = Pages::new(policy.clone());
//!     Router::new()
//!         .route("/", get(home))
//!         .nest_service("/cookies", pages.clone())
//!         .layer(Extension(pages))
//!         .layer(CookieConsentLayer::new(policy))
//! }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! # use tower::ServiceExt;
//! # let registry = Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'").unwrap();
//! # let answer = app(registry).oneshot(http::Request::get("/").body(axum::body::Body::empty()).unwrap()).await.unwrap();
//! # let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
//! # assert!(std::str::from_utf8(&body).unwrap().contains("Accept all"));
//! # }
//! ```
//!
//! # Addresses
//!
//! Below the path of the service, which is `/cookies` unless [`Pages::at`] says otherwise:
//!
//! | address | methods | |
//! |---|---|---|
//! | (the path itself) | `GET`, `POST` | the preferences with the policy; takes the forms |
//! | `/choice` | `GET`, `PUT`, `DELETE` | the choice as JSON |
//! | `/openapi.json` | `GET` | describes all of this |
//! | `/consent-….js`, `/consent-….css` | `GET` | script and style, under names that change with them |
//!
//! Every `GET` is a `HEAD` too, and `OPTIONS` tells the methods. The service takes requests with the
//! path in front, as a plain hyper service gets them, or without it, as axum's `nest_service`
//! passes them on.

mod address;
mod answer;
mod asking;
mod assets;
mod back;
mod banner;
mod body;
mod change;
mod document;
mod form;
mod fragment;
mod future;
mod json;
mod media;
mod negotiation;
mod origin;
mod pending;
mod policy_page;
mod preferences;
mod query;
mod refusal;
mod route;
mod service;
mod settings;
mod site_text;
mod stays_off;
mod view;
mod words;

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;

pub use crate::pages::address::InvalidPath;
pub use crate::pages::body::Body;
pub use crate::pages::fragment::Fragment;
pub use crate::pages::future::PagesFuture;
pub use crate::pages::settings::Closing;
pub use crate::pages::words::Words;

use crate::pages::settings::Settings;
use crate::pages::view::View;
use crate::policy::{Consent, ConsentRecord, Policy};
use crate::registry::Language;

/// The banner, the preferences and the policy page of a [`Policy`]: fragments for the site's own
/// pages, and a tower service for the rest ([example](crate::pages)).
///
/// Cloning it is cheap.
#[derive(Clone)]
#[must_use]
pub struct Pages {
    policy: Policy,
    settings: Arc<Settings>,
}

impl Pages {
    /// Shows a policy, or the policy of a registry, under `/cookies`, in all languages that the
    /// crate has words for.
    pub fn new(policy: impl Into<Policy>) -> Self {
        Pages { policy: policy.into(), settings: Arc::default() }
    }

    fn set(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.settings));
        self
    }

    /// Sets the path under which visitors reach the service, to which the forms and links of the pages
    /// lead. It is the same path that the site gives to `nest_service`.
    ///
    /// # Errors
    ///
    /// [`InvalidPath`] for what is no path of a site, which starts with one slash and has neither
    /// query nor fragment; and for an address of the service's own, such as `/choice`.
    pub fn at(self, path: &str) -> Result<Self, InvalidPath> {
        let base = address::base(path)?;
        Ok(self.set(|settings| settings.base = base))
    }

    /// Sets the languages of the site. The first one is for visitors who ask for none of them.
    ///
    /// With a single language, the pages are in that one whatever browsers ask for. Without any,
    /// this changes nothing.
    pub fn in_languages(self, languages: impl IntoIterator<Item = Language>) -> Self {
        let languages: Vec<_> = languages.into_iter().collect();
        self.set(|settings| {
            if !languages.is_empty() {
                settings.languages = languages;
            }
        })
    }

    /// Sets the language (BCP 47: `fr`) of those texts of the registry that are plain texts, without a
    /// language of their own. On pages in another language they are marked with it, so that they
    /// are read aloud as what they are.
    pub fn texts_in(self, lang: &str) -> Self {
        self.set(|settings| settings.texts_in = Some(lang.to_owned()))
    }

    /// Replaces words of one language.
    ///
    /// ```
    /// use tower_cookie_consent::Registry;
    /// use tower_cookie_consent::pages::Pages;
    /// use tower_cookie_consent::registry::Language;
    ///
    /// # let registry = Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'")?;
    /// let pages = Pages::new(registry)
    ///     .words(Language::ENGLISH, |words| words.banner_title = "Biscuits?".into());
    /// # let consent = tower_cookie_consent::Policy::new(Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'")?).consent(&http::HeaderMap::new());
    /// assert!(pages.banner(&consent, Language::ENGLISH).as_str().contains("Biscuits?"));
    /// # Ok::<(), tower_cookie_consent::ConfigError>(())
    /// ```
    pub fn words(self, language: Language, change: impl FnOnce(&mut Words)) -> Self {
        self.set(|settings| change(settings.words_mut(language)))
    }

    /// Gives the banner a button to close it, and says what that means.
    pub fn closing(self, closing: Closing) -> Self {
        self.set(|settings| settings.closing = Some(closing))
    }

    /// Hands the record of each choice that is stored or withdrawn by the service to the site, which
    /// keeps it ([records](crate::guide::records)).
    ///
    /// It is called before the response is there, so that it must not wait for anything: let it put
    /// the record into a channel, or write a line. What becomes of the record changes nothing of the
    /// visitor's choice, which is stored and answered even where this panics.
    ///
    /// The response carries the record among its extensions too, for a middleware that knows whose
    /// session it is, such as one that keeps the choice with the visitor's account.
    ///
    /// ```
    /// use std::sync::mpsc;
    /// use tower_cookie_consent::Registry;
    /// use tower_cookie_consent::pages::Pages;
    ///
    /// # let registry = Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'")?;
    /// let (records, kept) = mpsc::channel();
    /// let pages = Pages::new(registry).on_choice(move |record| {
    ///     if records.send(record).is_err() {
    ///         eprintln!("a choice was not recorded");
    ///     }
    /// });
    /// # let _ = (pages, kept);
    /// # Ok::<(), tower_cookie_consent::ConfigError>(())
    /// ```
    pub fn on_choice(self, keep: impl Fn(ConsentRecord) + Send + Sync + 'static) -> Self {
        self.set(|settings| settings.on_choice = Some(Arc::new(keep)))
    }

    /// Returns the policy that is shown.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Returns the language for a visitor: the first of those that the visitor's `Accept-Language` asks for
    /// and that the site has, else the site's first.
    pub fn language(&self, request: &HeaderMap) -> Language {
        negotiation::negotiate(request, &self.settings.languages)
    }

    /// Links to the style and the script, for the `head` of every page that has a banner or a link
    /// to the preferences.
    ///
    /// The script is no more than a convenience: it sends the forms without a reload and tells
    /// other tabs.
    pub fn head(&self) -> Fragment {
        Fragment::of(&document::head(&self.settings))
    }

    /// Returns the banner that asks the visitor, or nothing once the visitor has decided, or where no
    /// category asks.
    ///
    /// It goes to the beginning of the `body`, so that it is the first thing that the keyboard and a
    /// screen reader reach. Pages that have it differ by visitor:
    /// see [caches](crate::guide::caches).
    pub fn banner(&self, consent: &Consent, language: Language) -> Fragment {
        Fragment::of(&banner::banner(&self.view(language), consent, None))
    }

    /// Returns the [`banner`](Self::banner) for a site whose `Referrer-Policy` keeps its own pages from
    /// naming themselves: after a choice without script, the visitor gets back to `path`.
    pub fn banner_returning_to(
        &self,
        consent: &Consent,
        language: Language,
        path: &str,
    ) -> Fragment {
        Fragment::of(&banner::banner(&self.view(language), consent, Some(path)))
    }

    /// Returns a link to the preferences, for every page: withdrawing is to be as easy as consenting
    /// (GDPR, article 7(3)).
    pub fn manage(&self, language: Language) -> Fragment {
        Fragment::of(&banner::manage(&self.view(language)))
    }

    /// Returns the form of the preferences, as the service's own page has it, for a page of the site's;
    /// nothing where no category asks.
    pub fn preferences(&self, consent: &Consent, language: Language) -> Fragment {
        Fragment::of(&preferences::preferences(&self.view(language), consent, None))
    }

    /// Returns the registry's contents in tables: every category, service and cookie. They are the same for
    /// every visitor.
    pub fn policy_page(&self, language: Language) -> Fragment {
        Fragment::of(&policy_page::policy_page(&self.view(language), &self.policy))
    }

    /// Returns the [`policy_page`](Self::policy_page) as a whole document with its style in it, to be put into
    /// a file of a static site. The program prints it too: `cookie-consent page cookies.toml --lang fr`.
    ///
    /// A Content-Security-Policy that allows no inline style has to name the hash of this one, or the
    /// page is shown without it.
    pub fn policy_document(&self, language: Language) -> Fragment {
        Fragment::of(&document::policy_document(&self.view(language), &self.policy))
    }

    fn view(&self, language: Language) -> View<'_> {
        View::new(&self.settings, language)
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("policy", &self.policy)
            .field("base", &self.settings.base)
            .finish_non_exhaustive()
    }
}
