//! Random lines: the reader against the draft, the edit against a model of R12.

use proptest::prelude::*;
use tower_cookie_consent::set_cookie::{Lifetime, ServedAt, SetCookie, replace_lifetime};

use super::generators::{any_bytes, date, fixed_date, line};
use super::lifetimes::{
    agreed_seconds, date_of_expires, has_lifetime_attribute, stated_seconds, trimmed,
};
use super::proven::{is_fixed_form, is_proven};
use super::replaced::replaced;
use super::table::NOW;
use crate::draft;

const SERVED_AT: ServedAt = ServedAt { epoch: NOW, agreed: true };

/// A Max-Age to set, or none.
fn max_age() -> impl Strategy<Value = Option<u64>> {
    prop_oneof![Just(None), (0..=1_000_u64).prop_map(Some), any::<Option<u64>>()]
}

/// How many attributes of a line state a lifetime.
fn lifetime_attributes(line: &SetCookie<'_>) -> usize {
    line.attributes()
        .filter(|attribute| {
            attribute.name.eq_ignore_ascii_case(b"max-age")
                || attribute.name.eq_ignore_ascii_case(b"expires")
        })
        .count()
}

fn many(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(many(4_096))]

    #[test]
    fn r1_names_values_and_attributes_are_the_drafts(line in line()) {
        let read = SetCookie::parse(&line);
        let draft = draft::split(&line);
        prop_assert_eq!(read.name(), &draft.name[..], "{}", line.escape_ascii());
        prop_assert_eq!(read.value(), &draft.value[..], "{}", line.escape_ascii());
        let attributes: Vec<(Vec<u8>, Vec<u8>)> = read
            .attributes()
            .filter(|attribute| attribute.value.len() <= 1024)
            .map(|attribute| (attribute.name.to_vec(), attribute.value.to_vec()))
            .collect();
        prop_assert_eq!(attributes, draft.attributes, "{}", line.escape_ascii());
    }

    #[test]
    fn r2_the_request_name_of_a_nameless_cookie_is_in_its_value(line in line()) {
        let read = SetCookie::parse(&line);
        let draft = draft::split(&line);
        prop_assert_eq!(read.is_nameless(), draft.name.is_empty());
        let request_name = if draft.name.is_empty() {
            // The value, sent back bare, is what the server reads next.
            let sent_back = draft::split(&draft.value);
            let bare = !draft.value.contains(&b'=');
            if bare { sent_back.value } else { sent_back.name }
        } else {
            draft.name
        };
        prop_assert_eq!(read.request_name(), request_name, "{}", line.escape_ascii());
    }

    #[test]
    fn r3_lifetimes_state_the_drafts_seconds(line in line()) {
        let lifetime = SetCookie::parse(&line).lifetime(SERVED_AT);
        let draft = agreed_seconds(&draft::split(&line), NOW);
        prop_assert_eq!(stated_seconds(lifetime), draft, "{}", line.escape_ascii());
        prop_assert_eq!(
            lifetime == Lifetime::Session,
            !has_lifetime_attribute(&line),
            "{}", line.escape_ascii()
        );
    }

    #[test]
    fn r3_dates_are_the_drafts_and_those_of_a_fixed_form_are_proven(
        date in prop_oneof![fixed_date(), date()]
    ) {
        prop_assume!(!date.contains(&b';'));
        let want = (draft::cookie_date(&date), is_fixed_form(trimmed(&date)));
        prop_assert_eq!(date_of_expires(&date), want, "{}", date.escape_ascii());
    }

    #[test]
    fn r3_the_proven_forms_and_no_others_are_proven(line in line()) {
        let lifetime = SetCookie::parse(&line).lifetime(SERVED_AT);
        let proven = matches!(lifetime, Lifetime::Proven(_));
        prop_assert_eq!(proven, is_proven(&line), "{}", line.escape_ascii());
    }

    #[test]
    fn r12_an_edit_changes_the_lifetime_alone(line in line(), seconds in max_age()) {
        let edited = replace_lifetime(&line, seconds);
        prop_assert_eq!(&edited, &replaced(&line, seconds), "{}", line.escape_ascii());
        let read = SetCookie::parse(&edited);
        prop_assert_eq!(read.request_name(), SetCookie::parse(&line).request_name());
        prop_assert_eq!(lifetime_attributes(&read), usize::from(seconds.is_some()));
        let want = seconds.map_or(Lifetime::Session, Lifetime::Proven);
        prop_assert_eq!(read.lifetime(SERVED_AT), want);
        // Again changes nothing.
        prop_assert_eq!(replace_lifetime(&edited, seconds), edited);
    }

    #[test]
    fn r14_any_bytes_can_be_read_and_edited(line in any_bytes(), seconds in max_age()) {
        let read = SetCookie::parse(&line);
        let _ = (read.request_name(), read.attributes().count(), read.lifetime(SERVED_AT));
        prop_assert_eq!(replace_lifetime(&line, seconds), replaced(&line, seconds));
    }

    #[test]
    fn r14_no_clock_is_too_far_off(line in line(), epoch in any::<i64>()) {
        let _ = SetCookie::parse(&line).lifetime(ServedAt { epoch, agreed: true });
    }
}
