//! Answers what a choice allows, before the visitor's browser has it.

use std::sync::Arc;

use crate::choice::Choice;
use crate::policy::consent::Consent;
use crate::policy::visit::Visit;

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
        self.supposing(&choice.as_stored(self.registry(), self.policy().now()))
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

    /// The same as [`with`](Self::with), where the choice takes the place of the one in the visitor's
    /// account too, if that one counts here.
    #[cfg(feature = "pages")]
    pub(crate) fn with_everywhere(&self, choice: &Choice) -> Consent {
        let made = choice.as_stored(self.registry(), self.policy().now());
        let made_now = self.supposing(&made);
        if made_now.visit().account().given().is_some() {
            made_now.set_account_choice(&made);
        }
        made_now
    }

    /// The same as [`without_choice`](Self::without_choice), where the choice is withdrawn in the
    /// visitor's account, too.
    #[cfg(feature = "pages")]
    pub(crate) fn without_choice_everywhere(&self) -> Consent {
        let withdrawn = self.without_choice();
        withdrawn.clear_account_choice();
        withdrawn
    }

    /// The same visitor's consent if this is what their browser carries.
    fn supposing(&self, made: &Choice) -> Consent {
        let policy = self.policy();
        let sources = &policy.0.sources;
        let read = sources.read_with(made, self.request(), policy.registry(), || policy.now());
        Consent(Arc::new(Visit::supposing(&self.0, read)))
    }
}
