//! One visitor's consent under a policy.

mod reading;
mod serialize;
mod with;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::sync::Arc;

use http::Uri;
use http::header::{COOKIE, HeaderMap, HeaderValue};

use crate::choice::unknown_id::tell;
use crate::choice::{Choice, RequestHeaders, TooLong, own_cookie};
use crate::policy::consent::reading::{Known, Reading, Shared};
use crate::policy::page::Page;
use crate::policy::permission::permission;
use crate::policy::{ChoiceCookies, Policy, leftovers};
use crate::registry::Registry;

/// What this visitor decided, as read from this request, and what that allows.
///
/// The layer puts it into the request's extensions. The visitor's choice is read when it is first
/// asked for; a request that nobody asks and whose response sets no cookie costs no reading.
///
/// ```
/// # use tower_cookie_consent::{Consent, Policy, Registry};
/// # let policy = Policy::new(Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'").unwrap());
/// # let consent = policy.consent(&http::HeaderMap::new());
/// if consent.allows("analytics") {
///     // put the script into the page
/// }
/// if !consent.is_decided() {
///     // show the banner
/// }
/// ```
///
/// It serializes to what a page's script or a template wants
/// ([example](#impl-Serialize-for-Consent)).
#[derive(Clone)]
pub struct Consent {
    policy: Policy,
    request: RequestHeaders,
    page: Page,
    reading: Reading,
}

impl Consent {
    pub(super) fn new(policy: Policy, request: RequestHeaders, page: Page) -> Self {
        Consent { policy, request, page, reading: Reading::Own(Known::default()) }
    }

    /// Whether the cookies of a category or a service may be set; `false` for an id that the
    /// registry does not know.
    pub fn allows(&self, id: &str) -> bool {
        let registry = self.registry();
        let Some(id) = registry.id(id) else {
            tell(id, registry);
            return false;
        };
        let (category, service) = match registry.service_category(id) {
            Some(category) => (category, Some(id)),
            None => (id, None),
        };
        permission(registry.basis(category), category, service, || self.choice()).is_ok()
    }

    /// Whether the visitor made a choice that counts; if not, it is time to ask.
    pub fn is_decided(&self) -> bool {
        self.choice().is_decided()
    }

    /// The grants and refusals behind it.
    pub fn choice(&self) -> &Choice {
        self.reading.note_asked();
        self.counting()
    }

    /// The choice that counts, without a note that the application asked for it.
    pub(super) fn counting(&self) -> &Choice {
        self.device()
    }

    /// The choice that the visitor's device sends.
    pub(super) fn device(&self) -> &Choice {
        self.reading.known().choice().get_or_init(|| self.policy.read(&self.request))
    }

    /// Whether the application asked what this visitor chose, by this consent or a copy of it.
    pub(super) fn was_asked(&self) -> bool {
        self.reading.was_asked()
    }

    /// The `Set-Cookie` lines by which the visitor makes a new choice: the consent cookie, and
    /// deletions of the [`leftovers`](Self::leftovers).
    ///
    /// Where the consent cookie is configured with a domain or a path, what goes by its name without
    /// them is deleted too: an old refusal there would keep the new choice from counting.
    ///
    /// This is the crate's own cookie. It counts where that is among the policy's sources, as it is
    /// unless others are given; a banner stores its choice itself.
    ///
    /// Whoever calls it must know that the request comes from the site itself, and not from a form on
    /// another one ([CSRF](crate::guide::csrf)): that another site cannot consent for a visitor is not checked here, since
    /// it takes the request's `Sec-Fetch-Site` or `Origin`. `SameSite` does not help, since this
    /// request sets the cookie and need not send it.
    ///
    /// # Errors
    /// [`TooLong`] if the choice decides on so many services that browsers would not store it.
    pub fn store(&self, choice: &Choice) -> Result<ChoiceCookies, TooLong> {
        // Made first: of an undecided choice, only the refusals would find into another registry.
        let choice = &choice.as_decided();
        let ours = choice.translated_to(self.registry());
        let mut lines = own_cookie::store(&ours, self.policy.now())?;
        self.remember(&lines);
        lines.extend(self.leftovers(choice));
        Ok(ChoiceCookies(lines))
    }

    /// The `Set-Cookie` lines by which the visitor takes the choice back: the consent cookie is
    /// deleted, wherever [`store`](Self::store) would delete it, and with it all that needs consent.
    ///
    /// The visitor is undecided again, so categories that are on until refused are on. To object to
    /// them, [`store`](Self::store) their refusal. As there, the request must come from the site itself.
    pub fn withdraw(&self) -> ChoiceCookies {
        let mut lines = own_cookie::withdraw(self.registry());
        self.remember(&lines);
        lines.extend(self.leftovers(&Choice::undecided(self.registry())));
        ChoiceCookies(lines)
    }

    /// The `Set-Cookie` lines that delete what this request carried and `choice` does not allow.
    ///
    /// What earlier consent stored stays in the browser until something deletes it, and no script
    /// can delete an `HttpOnly` cookie. Each is deleted in every place that is known
    /// ([R20](crate::rules#r20)): for the host alone, for its domain and every parent domain, or those
    /// that its declaration names, under the declared paths or else `/`, and in both jars where it is
    /// declared as partitioned. A cookie under another path is not reached, and undeclared cookies are
    /// left alone.
    ///
    /// On its own it is for visitors who [decided](Self::is_decided). One whose browser held the
    /// consent cookie back is undecided too, as on the way from another site when that cookie is
    /// `SameSite=Strict`, and is not to lose what they allowed.
    ///
    /// ```
    /// # use tower_cookie_consent::{Choice, Policy, Registry};
    /// # let policy = Policy::new(Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'\ncookies = ['_ga_*']").unwrap());
    /// let mut request = http::HeaderMap::new();
    /// request.insert("cookie", "_ga_X=1; other=2".parse().unwrap());
    /// let refused = Choice::decided(policy.registry()).refuse_all();
    /// let lines = policy.consent(&request).leftovers(&refused);
    /// assert!(lines.iter().eq(["_ga_X=; Path=/; Max-Age=0"]), "no host is known here");
    /// ```
    pub fn leftovers(&self, choice: &Choice) -> ChoiceCookies {
        let Consent { policy, request, page, .. } = self;
        ChoiceCookies(leftovers::deletions(policy, request, page, choice))
    }

    /// The policy under which it was read.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Remembers lines that this crate wrote for this very request. Nothing that comes from the network
    /// gets among them.
    fn remember(&self, lines: &[HeaderValue]) {
        if let Some(shared) = self.reading.shared()
            && self.policy.is_store_only()
        {
            shared.written().extend_from_slice(lines);
        }
    }

    /// Whether this consent, or a copy of it, wrote a line to store or withdraw the choice.
    pub(super) fn wrote(&self, line: &[u8]) -> bool {
        let shared = self.reading.shared();
        shared.is_some_and(|shared| shared.written().iter().any(|written| written == line))
    }

    /// The same consent as if nothing had been granted: refusals stay.
    pub(super) fn without_grants(&self) -> Consent {
        let mut choice = self.counting().clone();
        choice.take_back();
        let reading = Reading::Own(Known::from(choice));
        let (policy, request) = (self.policy.clone(), self.request.clone());
        Consent { policy, request, page: self.page.clone(), reading }
    }

    /// The same visitor's consent under this policy. Ids are numbers of one registry, so under
    /// another policy the request is read anew.
    pub(super) fn under(&self, policy: &Policy) -> Cow<'_, Self> {
        if Arc::ptr_eq(&self.policy.0, &policy.0) {
            return Cow::Borrowed(self);
        }
        Cow::Owned(Consent::new(policy.clone(), self.request.clone(), self.page.clone()))
    }

    /// What the site declares.
    pub fn registry(&self) -> &Registry {
        self.policy.registry()
    }

    pub(super) fn page(&self) -> &Page {
        &self.page
    }

    /// The request's cookies, and the other headers that the consent source asked for.
    pub fn request(&self) -> &RequestHeaders {
        &self.request
    }
}

impl Policy {
    /// The consent of the visitor who sends these headers.
    ///
    /// This only takes the headers that matter; they are read when the answer is first needed.
    pub fn consent(&self, request: &HeaderMap) -> Consent {
        let consent = self.unread(request, None).into_consent();
        match consent.page.navigation() {
            Some(_) => consent,
            None => Consent { page: Page::of(request, None), ..consent },
        }
    }

    /// [`consent`](Self::consent), as small as a future should be: the page is there only where a
    /// policy that sweeps may have to delete something.
    pub(crate) fn unread(&self, request: &HeaderMap, target: Option<&Uri>) -> Unread {
        let mut kept = RequestHeaders::new();
        for value in request.get_all(COOKIE) {
            kept.push(COOKIE, value.clone());
        }
        for name in self.0.sources.headers() {
            for value in request.get_all(name) {
                kept.push(name.clone(), value.clone());
            }
        }
        // Every copy has to know what another one stores.
        let shared = self.is_store_only().then(Arc::default);
        let own = || self.registry().consent_cookie();
        let page = if self.sweeps() { Page::navigated(request, target, own()) } else { None };
        Unread { policy: self.clone(), request: kept, page: page.map(Box::new), shared }
    }

    /// Whether [`Consent::store`] and [`Consent::withdraw`] alone renew the choice
    /// ([R9](crate::rules#r9)).
    pub fn is_store_only(&self) -> bool {
        self.0.store_only
    }

    /// What each source says of this request, whether it counts or not.
    pub(super) fn stated(&self, request: &RequestHeaders) -> impl Iterator<Item = Choice> {
        self.0.sources.stated(request, self.registry())
    }

    fn read(&self, request: &RequestHeaders) -> Choice {
        self.0.sources.read(request, self.registry(), &self.0.clock)
    }
}

/// A consent that is not read yet, without the room for what will be read.
pub(crate) struct Unread {
    policy: Policy,
    request: RequestHeaders,
    /// The page that a response may sweep.
    page: Option<Box<Page>>,
    /// Where copies of the consent write down what they read.
    shared: Option<Arc<Shared>>,
}

impl Unread {
    /// Whether the response may delete what the visitor's browser holds.
    pub(crate) fn may_sweep(&self) -> bool {
        self.page.is_some()
    }

    /// A consent that shares its reading with this one, for the request of these headers.
    pub(crate) fn share(&mut self, headers: &HeaderMap, target: &Uri) -> Consent {
        let shared = self.shared.get_or_insert_default();
        let page = self.page.as_deref().cloned();
        Consent {
            policy: self.policy.clone(),
            request: self.request.clone(),
            page: page.unwrap_or_else(|| Page::of(headers, Some(target))),
            reading: Reading::Shared(Arc::clone(shared)),
        }
    }

    /// Whether a consent that shares its reading with this one was asked what the visitor chose.
    pub(crate) fn was_asked(&self) -> bool {
        self.shared.as_ref().is_some_and(|shared| shared.was_asked())
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The choice that the visitor's device sends. Where no copy of the consent is there to remember
    /// it, `own` does.
    pub(super) fn device<'a>(&'a self, own: &'a OnceCell<Choice>) -> &'a Choice {
        let read = || self.policy.read(&self.request);
        match &self.shared {
            Some(shared) => shared.known().choice().get_or_init(read),
            None => own.get_or_init(read),
        }
    }

    pub(crate) fn into_consent(self) -> Consent {
        let Unread { policy, request, page, shared } = self;
        let reading = shared.map_or_else(|| Reading::Own(Known::default()), Reading::Shared);
        Consent { policy, request, page: page.map(|page| *page).unwrap_or_default(), reading }
    }
}

/// The choice, if it has been read already: to show a consent reads nothing.
impl fmt::Debug for Consent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let read = self.reading.known().choice().get();
        f.debug_struct("Consent").field("read", &read).finish_non_exhaustive()
    }
}
