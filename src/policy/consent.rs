//! One visitor's consent under a policy.

mod recorded;
mod serialize;
mod with;

use std::cell::OnceCell;
use std::fmt;
use std::sync::Arc;

use http::header::HeaderMap;
use http::request;

use crate::choice::unknown_id::tell;
use crate::choice::{Choice, RecordId, RequestHeaders, TooLong, own_cookie};
use crate::policy::page::Page;
use crate::policy::permission::permission;
use crate::policy::visit::Visit;
use crate::policy::{ChoiceCookies, Policy, leftovers};
use crate::registry::Registry;

/// A visitor's decisions, as read from one request, and what they allow.
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
pub struct Consent(Arc<Visit>);

impl Consent {
    /// The consent of a request for this page.
    #[inline]
    pub(crate) fn new(policy: Policy, request: RequestHeaders, page: Page) -> Self {
        Consent(Arc::new(Visit::new(policy, request, page)))
    }

    pub(super) fn visit(&self) -> &Visit {
        &self.0
    }

    /// Returns `true` if the cookies of a category or a service may be set; `false` for an id that the
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

    /// Returns `true` if the visitor made a choice that counts; if not, it is time to ask.
    pub fn is_decided(&self) -> bool {
        self.choice().is_decided()
    }

    /// The grants and refusals behind it.
    pub fn choice(&self) -> &Choice {
        self.0.note_asked();
        self.0.counting()
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
        self.store_naming(choice, None)
    }

    /// The lines of [`store`](Self::store), with the id of the choice's record if there is one.
    fn store_naming(
        &self,
        choice: &Choice,
        record: Option<RecordId>,
    ) -> Result<ChoiceCookies, TooLong> {
        // This comes first, because only the refusals of an undecided choice are translated to
        // another registry.
        let choice = &choice.as_decided();
        let ours = choice.translated_to(self.registry());
        let mut lines = own_cookie::store(&ours, self.policy().now(), record)?;
        self.0.remember(&lines);
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
        self.0.remember(&lines);
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
        let (request, page) = (self.request(), self.0.page());
        ChoiceCookies(leftovers::deletions(self.policy(), request, page, choice))
    }

    /// The policy under which it was read.
    pub fn policy(&self) -> &Policy {
        self.0.policy()
    }

    /// Returns what the site declares.
    pub fn registry(&self) -> &Registry {
        self.0.registry()
    }

    /// The request's cookies, and the other headers that the consent source asked for.
    pub fn request(&self) -> &RequestHeaders {
        self.0.request()
    }
}

impl Policy {
    /// The consent of the visitor who sends these headers.
    ///
    /// This only takes the headers that matter; they are read when the answer is first needed.
    pub fn consent(&self, request: &HeaderMap) -> Consent {
        let page = self.swept_page(request, None).unwrap_or_else(|| Page::of(request, None));
        Consent::new(self.clone(), self.kept_of(request), page)
    }

    /// The consent of the visitor who sends this request, under the policy that counts for it.
    ///
    /// The layer takes it so. Beside what [`consent`](Self::consent) does, a policy that is
    /// [picked by the request](Self::by) is picked, and the target of the request counts: its host
    /// before the header `Host`, and its path where a consent cookie of some path would come ([R19](crate::rules#r19)).
    /// [`Consent::policy`] is the policy to go on with.
    ///
    /// ```
    /// use http::{HeaderMap, Request};
    /// use tower_cookie_consent::registry::{Category, Registry};
    /// use tower_cookie_consent::Policy;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let analytics = Category::consent("analytics").cookie("_ga");
    /// let policy = Policy::builder(Registry::builder().version("1").category(analytics).build()?)
    ///     .dangerously_exempt(|request| request.uri.path() == "/health")
    ///     .build();
    ///
    /// let (request, ()) = Request::get("https://example.org/").body(())?.into_parts();
    /// let mut response = HeaderMap::from_iter([(http::header::SET_COOKIE, "_ga=1".parse()?)]);
    ///
    /// let consent = policy.consent_of(&request);
    /// if !consent.policy().is_exempt(&request) {
    ///     consent.policy().enforce(&consent, &mut response);
    /// }
    /// assert!(!response.contains_key("set-cookie"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn consent_of(&self, request: &request::Parts) -> Consent {
        let policy = self.selected(request);
        let (headers, target) = (&request.headers, Some(&request.uri));
        let page = policy.swept_page(headers, target).unwrap_or_else(|| Page::of(headers, target));
        Consent::new(policy.clone(), policy.kept_of(headers), page)
    }

    /// Returns `true` if [`Consent::store`] and [`Consent::withdraw`] alone renew the choice
    /// ([R9](crate::rules#r9)).
    pub fn is_store_only(&self) -> bool {
        self.0.store_only
    }

    /// Returns `true` if the policy reads what [`Consent::store`] writes.
    #[cfg(feature = "pages")]
    pub(crate) fn reads_what_is_stored(&self) -> bool {
        self.0.sources.read_what_is_stored(self.registry())
    }

    /// Returns what each source says of this request, whether it counts or not.
    pub(super) fn stated(&self, request: &RequestHeaders) -> impl Iterator<Item = Choice> {
        self.0.sources.stated(request, self.registry())
    }
}

/// A visit until the response is there, as small as a future should be.
pub(crate) enum Awaiting {
    /// Nobody else holds a consent of the request, so nothing is allocated to be shared.
    Alone(Policy, RequestHeaders),
    /// The same of a request whose response may delete something.
    Opening(Box<Visit>),
    Shared(Consent),
}

impl Awaiting {
    /// A visit of which nobody else holds a consent; the page is there if the response may delete something.
    pub(crate) fn of_nobody_else(
        policy: Policy,
        request: RequestHeaders,
        page: Option<Page>,
    ) -> Self {
        match page {
            Some(page) => Awaiting::Opening(Box::new(Visit::new(policy, request, page))),
            None => Awaiting::Alone(policy, request),
        }
    }

    /// The visit, if it is made already.
    pub(super) fn visit(&self) -> Option<&Visit> {
        match self {
            Awaiting::Alone(..) => None,
            Awaiting::Opening(visit) => Some(visit),
            Awaiting::Shared(consent) => Some(consent.visit()),
        }
    }

    pub(crate) fn policy(&self) -> &Policy {
        match self {
            Awaiting::Alone(policy, _) => policy,
            Awaiting::Opening(visit) => visit.policy(),
            Awaiting::Shared(consent) => consent.policy(),
        }
    }

    /// The request's cookies, and the other headers that the sources asked for.
    pub(super) fn request(&self) -> &RequestHeaders {
        match self {
            Awaiting::Alone(_, request) => request,
            Awaiting::Opening(visit) => visit.request(),
            Awaiting::Shared(consent) => consent.visit().request(),
        }
    }

    /// Returns `true` if the response may delete what the visitor's browser holds.
    pub(crate) fn may_sweep(&self) -> bool {
        self.visit().is_some_and(|visit| visit.page().navigation().is_some())
    }

    /// Returns `true` if the application asked what this visitor chose.
    pub(crate) fn was_asked(&self) -> bool {
        self.visit().is_some_and(Visit::was_asked)
    }

    /// The choice that the visitor's device sends. If there is no copy of the consent that could
    /// remember it, `own` does.
    pub(super) fn device<'a>(&'a self, own: &'a OnceCell<Choice>) -> &'a Choice {
        match self {
            Awaiting::Alone(policy, request) => {
                own.get_or_init(|| policy.read_by(request, || policy.now()))
            }
            Awaiting::Opening(visit) => visit.device(),
            Awaiting::Shared(consent) => consent.0.device(),
        }
    }

    /// Does something with the visit, wherever it lies.
    pub(crate) fn with<T>(self, work: impl FnOnce(&Visit) -> T) -> T {
        match self {
            Awaiting::Alone(policy, request) => work(&Visit::new(policy, request, Page::default())),
            Awaiting::Opening(visit) => work(&visit),
            Awaiting::Shared(consent) => work(consent.visit()),
        }
    }
}

/// Shows the choice only if it has been read already, since `Debug` must not read it.
impl fmt::Debug for Consent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consent").field("read", &self.0.known_choice()).finish_non_exhaustive()
    }
}
