//! What a choice allows, before the visitor's browser has it.

use crate::choice::Choice;
use crate::policy::Consent;
use crate::policy::consent::reading::Reading;

impl Consent {
    /// The same visitor's consent once they have made this choice, to answer what it allows in the
    /// very response that stores it.
    ///
    /// The choice is taken as [`store`](Self::store) would write it now, into the crate's own cookie.
    /// What the policy's other sources say still counts beside it, as it will in the next request:
    /// `Sec-GPC`, for instance. Where the policy does not read the crate's own cookie, the site
    /// stores the choice in a way of its own, and the choice stands for each source that can grant.
    ///
    /// ```
    /// # use tower_cookie_consent::{Choice, Policy, Registry};
    /// # let policy = Policy::new(Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'").unwrap());
    /// let consent = policy.consent(&http::HeaderMap::new());
    /// let choice = Choice::decided(consent.registry()).grant("analytics");
    ///
    /// assert!(consent.with(&choice).allows("analytics"));
    /// assert!(!consent.allows("analytics"), "nothing is stored yet");
    /// ```
    pub fn with(&self, choice: &Choice) -> Consent {
        self.supposing(&choice.as_stored(self.registry(), self.policy.now()))
    }

    /// The same visitor's consent once they have withdrawn their choice, as
    /// [`withdraw`](Self::withdraw) would do it.
    ///
    /// ```
    /// # use tower_cookie_consent::{Choice, Policy, Registry};
    /// # let policy = Policy::new(Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'").unwrap());
    /// # let undecided = policy.consent(&http::HeaderMap::new());
    /// let consent = undecided.with(&Choice::decided(policy.registry()).grant_all());
    /// assert!(!consent.without_choice().is_decided());
    /// ```
    pub fn without_choice(&self) -> Consent {
        self.supposing(&Choice::undecided(self.registry()))
    }

    /// The same visitor's consent if this is what their browser carries.
    fn supposing(&self, made: &Choice) -> Consent {
        let Consent { policy, request, page, reading } = self;
        let registry = policy.registry();
        let read = policy.0.sources.read_with(made, request, registry, || policy.now());
        let shared = reading.shared().cloned();
        Consent {
            policy: policy.clone(),
            request: request.clone(),
            page: page.clone(),
            reading: Reading::Supposed(read.into(), shared),
        }
    }
}
