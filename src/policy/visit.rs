//! A visitor's request under a policy.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::SystemTime;

use http::Uri;
use http::header::{COOKIE, HeaderMap, HeaderValue};

use crate::choice::{Choice, RequestHeaders};
use crate::headers::cookie::{Pair, Segments};
use crate::policy::Policy;
use crate::policy::candidates::Noted;
use crate::policy::handed_in::HandedIn;
use crate::policy::page::Page;
use crate::registry::Registry;

/// One request under a policy, with all that is read from it. All copies of its consent share one
/// visit, so that a request allocates once however much is known of it.
pub(crate) struct Visit {
    policy: Policy,
    request: RequestHeaders,
    page: Page,
    noted: Noted,
    /// The device's choice, read when it is first asked for.
    choice: OnceLock<Choice>,
    /// The account's choice, as the application handed it in.
    account: HandedIn,
    /// Set once the application has asked, so that its answer depends on the choice (R23).
    asked: AtomicBool,
    /// The lines by which the choice was stored or withdrawn, where the policy lets no others renew
    /// it (R9).
    written: Mutex<Vec<HeaderValue>>,
    /// The visit that was made, if the choice of this one is only supposed.
    made: Option<Arc<Visit>>,
}

impl Visit {
    #[inline]
    pub(super) fn new(policy: Policy, request: RequestHeaders, page: Page) -> Self {
        Visit {
            policy,
            request,
            page,
            noted: Noted::default(),
            choice: OnceLock::new(),
            account: HandedIn::default(),
            asked: AtomicBool::new(false),
            written: Mutex::default(),
            made: None,
        }
    }

    /// The same visit, supposed that this is the visitor's choice.
    pub(super) fn supposing(this: &Arc<Self>, choice: Choice) -> Self {
        let made = this.made.as_ref().unwrap_or(this);
        let visit = this.with_request(this.request.clone());
        Visit { choice: OnceLock::from(choice), made: Some(Arc::clone(made)), ..visit }
    }

    /// A visit of the same page and account by another request, whose choice is not read yet.
    pub(super) fn with_request(&self, request: RequestHeaders) -> Self {
        let visit = Visit::new(self.policy.clone(), request, self.page.clone());
        Visit { account: self.account.clone(), ..visit }
    }

    /// The visit that was made, be this one only supposed.
    fn made(&self) -> &Self {
        self.made.as_deref().unwrap_or(self)
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    pub(super) fn registry(&self) -> &Registry {
        self.policy.registry()
    }

    /// The request's cookies, and the other headers that the consent source asked for.
    pub(super) fn request(&self) -> &RequestHeaders {
        &self.request
    }

    /// The page that was asked for.
    pub(super) fn page(&self) -> &Page {
        &self.page
    }

    /// The findings of the filter among this very request's cookies.
    pub(super) fn noted(&self) -> &Noted {
        &self.noted
    }

    /// The cookies of the request that may have to be withheld or swept.
    pub(super) fn candidates(&self) -> impl Iterator<Item = Pair<'_>> {
        let candidates = self.noted.candidates();
        let numbered = self.request.pairs().enumerate();
        numbered.filter(move |(number, _)| candidates.contains(*number)).map(|(_, pair)| pair)
    }

    /// Takes those [`candidates`](Self::candidates) whose text in the `Cookie` header `is_meant` says yes to. The
    /// others are not cut.
    #[inline]
    pub(super) fn for_each_candidate_among<'v>(
        &'v self,
        is_meant: impl Fn(&[u8]) -> bool,
        mut take: impl FnMut(Pair<'v>),
    ) {
        let candidates = self.noted.candidates();
        let mut number = 0;
        for line in self.request.cookie_lines() {
            for text in Segments::of(line) {
                if is_meant(text) && candidates.contains(number) {
                    take(Pair::of(text));
                }
                number += 1;
            }
        }
    }

    /// The choice that counts.
    pub(super) fn counting(&self) -> &Choice {
        self.counting_by(|| self.policy.now())
    }

    /// The choice that counts by this clock, unless it has been read before.
    pub(super) fn counting_by(&self, now: impl Fn() -> SystemTime) -> &Choice {
        let device = self.device_by(now);
        let counts = |account: &_| self.policy.counting(&self.request, device, account);
        self.account.counting(counts).unwrap_or(device)
    }

    /// The choice of the visitor's account.
    pub(super) fn account(&self) -> &HandedIn {
        &self.account
    }

    /// The choice that the visitor's device sends.
    pub(super) fn device(&self) -> &Choice {
        self.device_by(|| self.policy.now())
    }

    fn device_by(&self, now: impl Fn() -> SystemTime) -> &Choice {
        self.choice.get_or_init(|| self.policy.read_by(&self.request, now))
    }

    /// The choice, if it has been read.
    pub(super) fn known_choice(&self) -> Option<&Choice> {
        self.choice.get()
    }

    /// Notes that the application asks. A question about a supposed choice counts, since the answer
    /// depends on the real one as well.
    pub(super) fn note_asked(&self) {
        self.made().asked.store(true, Ordering::Relaxed);
    }

    /// Returns `true` if the application asked some copy of the consent what this visitor chose.
    pub(super) fn was_asked(&self) -> bool {
        self.made().asked.load(Ordering::Relaxed)
    }

    /// Remembers lines that this crate wrote for this very request. Nothing that comes from the network
    /// gets among them.
    pub(super) fn remember(&self, lines: &[HeaderValue]) {
        if self.policy.is_store_only() {
            self.written().extend_from_slice(lines);
        }
    }

    /// Returns `true` if some copy of the consent wrote this line to store or withdraw the choice.
    pub(super) fn wrote(&self, line: &[u8]) -> bool {
        self.written().iter().any(|written| written == line)
    }

    fn written(&self) -> MutexGuard<'_, Vec<HeaderValue>> {
        self.made().written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same request as if nothing had been granted: refusals stay.
    pub(super) fn without_grants(&self) -> Self {
        let mut choice = self.device().clone();
        choice.take_back();
        Visit { choice: OnceLock::from(choice), ..self.with_request(self.request.clone()) }
    }

    /// The same request to be read anew under another policy, whose ids are numbers of another
    /// registry; `None` if the policy is this visit's own.
    pub(super) fn under(&self, policy: &Policy) -> Option<Self> {
        if Arc::ptr_eq(&self.policy.0, &policy.0) {
            return None;
        }
        let visit = Visit::new(policy.clone(), self.request.clone(), self.page.clone());
        match self.account.given() {
            Some(choice) => visit.hand_in(choice),
            // The page may have been made for the account before it was logged out of.
            None if self.account.was_given() => {
                visit.hand_in(&Choice::undecided(policy.registry()));
                visit.account.hand_in(None);
            }
            None => {}
        }
        Some(Visit { asked: AtomicBool::new(self.was_asked()), ..visit })
    }
}

impl Policy {
    /// The choice that a request carries, as it counts by this clock.
    pub(super) fn read_by(&self, request: &RequestHeaders, now: impl Fn() -> SystemTime) -> Choice {
        self.0.sources.read(request, self.registry(), &now)
    }

    /// The part of a request that is kept until its response is there; the values are shared with
    /// the request.
    #[inline]
    pub(crate) fn kept_of(&self, request: &HeaderMap) -> RequestHeaders {
        let mut cookies = request.get_all(COOKIE).iter();
        let first = cookies.next();
        if cookies.next().is_some() || !self.0.sources.headers().is_empty() {
            return self.more_kept_of(request);
        }
        RequestHeaders::of_cookie(first.cloned())
    }

    /// [`kept_of`](Self::kept_of) a request with more than one line to be kept, which few have.
    fn more_kept_of(&self, request: &HeaderMap) -> RequestHeaders {
        let mut kept = RequestHeaders::new();
        for name in std::iter::once(&COOKIE).chain(self.0.sources.headers()) {
            for value in request.get_all(name) {
                kept.push(name.clone(), value.clone());
            }
        }
        kept
    }

    /// The page that is asked for, if a browser opens it and the policy may have to delete something
    /// with the response (R19).
    pub(crate) fn swept_page(&self, request: &HeaderMap, target: Option<&Uri>) -> Option<Page> {
        let own = self.registry().consent_cookie();
        if self.sweeps() { Page::navigated(request, target, own) } else { None }
    }
}
