//! The choice that an application knows from the visitor's account (R24).
//!
//! The session is inside of the layer, so this choice comes from inside, while the request is
//! answered. It stands beside the device's own, which it does not change.

use crate::choice::{Choice, RequestHeaders};
use crate::policy::{Consent, Policy, Visit};
use crate::registry::AccountPrecedence;

impl Policy {
    /// Returns which choice counts where both are there, the account's or the device's
    /// ([R24](crate::rules#r24)).
    pub fn account_precedence(&self) -> AccountPrecedence {
        self.0.account_precedence
    }

    /// Returns the choice that counts where a device and an account have one each.
    pub(super) fn counting(
        &self,
        request: &RequestHeaders,
        device: &Choice,
        account: &Choice,
    ) -> Choice {
        // Nothing was chosen in the account, but its refusals count all the same.
        if !account.is_decided() {
            return device.clone().merge_source(account);
        }
        let latest = self.account_precedence() == AccountPrecedence::Latest;
        if latest && device.is_decided() && device.seconds() > account.seconds() {
            return device.clone();
        }
        self.0.sources.read_for(account, request, self.registry(), || self.now())
    }
}

impl Visit {
    /// Lets an account's choice count, as far as it does now.
    pub(super) fn hand_in(&self, choice: &Choice) {
        let policy = self.policy();
        let mut choice = choice.translated_to(policy.registry()).into_owned();
        choice.expire(|| policy.now());
        self.account().hand_in(Some(choice));
    }
}

impl Consent {
    /// Lets the choice of the visitor's account count for this request, by this consent and all copies
    /// of it: for what is asked from now on, and for the cookies of the response
    /// ([R24](crate::rules#r24)).
    ///
    /// A choice that a visitor makes while logged in may hold on every device on which they log in, if
    /// refusing is as easy as granting and the device's own choice stays what it was (CNIL,
    /// délibération n° 2025-131 of 18 December 2025). So a middleware behind the session hands it in
    /// with each request, and nothing is stored: when it does so no more, after a logout, the device's
    /// own choice counts. Where both are there, the policy's
    /// [`account_precedence`](crate::PolicyBuilder::account_precedence) says which counts.
    ///
    /// The choice counts by the version and the time that it states, as one that a source reads
    /// does ([R7](crate::rules#r7)): [`Choice::under_version`], [`Choice::made_at`]. If it is
    /// undecided, the device's choice counts, together with the refusals of both. A choice that is
    /// handed in later takes the place of the one before.
    ///
    /// ```
    /// use http::HeaderMap;
    /// use tower_cookie_consent::registry::Category;
    /// use tower_cookie_consent::{Choice, Policy, Registry};
    ///
    /// # fn main() -> Result<(), tower_cookie_consent::ConfigError> {
    /// let analytics = Category::consent("analytics").cookie("_ga");
    /// let policy = Policy::new(Registry::builder().version("1").category(analytics).build()?);
    /// let consent = policy.consent(&HeaderMap::new());
    ///
    /// consent.set_account_choice(&Choice::decided(policy.registry()).grant("analytics"));
    /// assert!(consent.allows("analytics"));
    ///
    /// // The handler of the logout.
    /// consent.clear_account_choice();
    /// assert!(!consent.is_decided(), "this device has chosen nothing");
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_account_choice(&self, choice: &Choice) {
        self.visit().hand_in(choice);
    }

    /// Lets the device's own choice count again for the rest of this request, as in the handler of a
    /// logout.
    pub fn clear_account_choice(&self) {
        self.visit().account().hand_in(None);
    }
}
