//! Storing and withdrawing a choice, with its record.

use crate::choice::{Choice, RecordId, TooLong, own_cookie};
use crate::policy::ChoiceCookies;
use crate::policy::consent::Consent;
use crate::policy::record::{ConsentRecord, How, Shown};

impl Consent {
    /// The lines of [`store`](Self::store), and the record of the decision
    /// ([example](ConsentRecord)), for a site with a form of its own.
    ///
    /// The record is as true as what the site says of its form. Where the registry says
    /// `record-id = true`, both carry one id.
    ///
    /// # Errors
    ///
    /// The same as those of [`store`](Self::store).
    pub fn store_with_record(
        &self,
        choice: &Choice,
        how: How,
        shown: Shown,
    ) -> Result<(ChoiceCookies, ConsentRecord), TooLong> {
        let id = self.new_record_id();
        let lines = self.store_naming(choice, id)?;
        Ok((lines, self.record(choice, how, shown).called(id, self.record_id())))
    }

    /// The lines of [`withdraw`](Self::withdraw), and the record of it.
    ///
    /// ```
    /// # use tower_cookie_consent::{EventState, Policy, Registry, Shown};
    /// # let policy = Policy::new(Registry::from_toml("version = '1'\n[categories.analytics]\nbasis = 'consent'").unwrap());
    /// # let consent = policy.consent(&http::HeaderMap::new());
    /// let (lines, record) = consent.withdraw_with_record(Shown::on("account page"));
    /// assert_eq!(lines, consent.withdraw());
    /// assert_eq!(record.state(), EventState::Withdrawn);
    /// ```
    pub fn withdraw_with_record(&self, shown: Shown) -> (ChoiceCookies, ConsentRecord) {
        let lines = self.withdraw();
        let nothing = Choice::undecided(self.registry()).made_at(self.policy().now());
        let record = ConsentRecord::new(nothing, How::Withdrawn, shown);
        (lines, record.called(self.new_record_id(), self.record_id()))
    }

    /// The record of a choice that is made now and kept elsewhere than in the consent cookie, as in the
    /// visitor's account. It has no id.
    pub fn record(&self, choice: &Choice, how: How, shown: Shown) -> ConsentRecord {
        let stored = choice.as_stored(self.registry(), self.policy().now());
        ConsentRecord::new(stored, how, shown)
    }

    /// The id of the record that the request's consent cookie names
    /// ([`ConsentCookie::with_record_id`](crate::registry::ConsentCookie::with_record_id)).
    ///
    /// It is a claim and no proof of who sends it: do not use it to show anybody more than the
    /// choice itself.
    pub fn record_id(&self) -> Option<RecordId> {
        own_cookie::record_id(self.request(), self.registry())
    }

    fn new_record_id(&self) -> Option<RecordId> {
        if self.registry().consent_cookie().has_record_id() { RecordId::random() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use http::header::COOKIE;

    use super::*;
    use crate::choice::Decision;
    use crate::policy::Policy;
    use crate::registry::{Category, Registry, Service};

    fn policy(record_id: bool) -> Policy {
        let analytics = Category::consent("analytics").service(Service::new("hotjar"));
        let registry = Registry::builder()
            .version("1")
            .category(analytics)
            .category(Category::opt_out("chat"))
            .build()
            .unwrap();
        let set = |cookie: crate::registry::ConsentCookie| cookie.with_record_id(record_id);
        Policy::new(registry.with_consent_cookie(set).unwrap())
    }

    /// The consent of the visitor who got these lines.
    fn next(policy: &Policy, lines: &ChoiceCookies) -> Consent {
        let line = lines.iter().last().unwrap().to_str().unwrap();
        let mut request = HeaderMap::new();
        request.insert(COOKIE, line.split(';').next().unwrap().parse().unwrap());
        policy.consent(&request)
    }

    #[test]
    fn the_cookie_carries_the_records_id_where_the_registry_says_so() {
        for asked_for in [false, true] {
            let policy = policy(asked_for);
            let first = policy.consent(&HeaderMap::new());
            let choice = Choice::decided(policy.registry()).grant("hotjar").refuse("chat");
            let (lines, record) =
                first.store_with_record(&choice, How::Saved, Shown::default()).unwrap();
            assert_eq!((record.id().is_some(), record.previous_id()), (asked_for, None));
            let second = next(&policy, &lines);
            assert_eq!(second.record_id(), record.id());
            // The id has no part in the choice.
            assert!(second.allows("hotjar") && !second.allows("analytics"));
            assert_eq!(second.choice().decision("chat"), Some(Decision::Refused));

            let (lines, later) =
                second.store_with_record(&choice, How::Saved, Shown::default()).unwrap();
            assert_eq!(later.previous_id(), record.id());
            assert_eq!(later.id() != record.id(), asked_for, "each choice has one of its own");
            let (_, last) = next(&policy, &lines).withdraw_with_record(Shown::default());
            assert_eq!(last.previous_id(), later.id());
            assert_eq!(next(&policy, &second.store(&choice).unwrap()).record_id(), None);
        }
    }

    /// A planted copy of the cookie must not link a record to somebody else's.
    #[test]
    fn copies_that_name_different_records_name_none() {
        let policy = policy(true);
        let id = "00000000000000000000000000000001";
        for (cookies, want) in [
            (format!("__Host-cookie_consent=version=1&time=1&record-id={id}"), true),
            (
                format!(
                    "__Host-cookie_consent=record-id={id}; __Host-cookie_consent=record-id={id}"
                ),
                true,
            ),
            (
                format!("__Host-cookie_consent=record-id={id}; __Host-cookie_consent=version=1"),
                false,
            ),
            (format!("__Host-cookie_consent=record-id={id}0"), false),
            (format!("other=record-id={id}"), false),
            (String::new(), false),
        ] {
            let mut request = HeaderMap::new();
            request.insert(COOKIE, cookies.parse().unwrap());
            let named = policy.consent(&request).record_id().map(|id| id.to_string());
            assert_eq!(named.as_deref(), want.then_some(id), "{cookies}");
        }
    }

    #[test]
    fn a_record_tells_whether_consent_was_given() {
        use crate::policy::EventState::{Given, Refused};
        let policy = policy(false);
        let consent = policy.consent(&HeaderMap::new());
        let refused = || Choice::decided(policy.registry()).refuse_all();
        for (choice, want) in [
            (refused(), Refused),
            (Choice::decided(policy.registry()), Refused),
            (refused().grant("hotjar"), Given),
            (refused().grant_all(), Given),
        ] {
            let record = consent.record(&choice, How::Account, Shown::default());
            assert_eq!(record.state(), want, "{choice:?}");
        }
    }
}
