//! Tests random lines: compares the reader with the draft, and the edit with a model of R12.

use proptest::prelude::*;
use tower_cookie_consent::set_cookie::{Lifetime, ServedAt, SetCookie, replace_lifetime};

use super::dates::{browsers_date, is_fixed_form};
use super::generators::{any_bytes, date, fixed_date, line};
use super::lifetimes::{Served, date_of_expires, lifetime};
use super::replaced::replaced;
use super::segments::{has_lifetime_attribute, is_printable, trimmed};
use super::table::NOW;
use crate::draft;

/// Returns times without a `Date`, or with one near the clock, mostly in the form that all browsers
/// read.
fn served_date() -> impl Strategy<Value = Option<Vec<u8>>> {
    prop_oneof![
        2 => Just(None),
        2 => Just(Some(b"Sat, 21 Nov 2026 12:00:00 GMT".to_vec())),
        1 => Just(Some(b"Sun, 22 Nov 2026 12:00:01 GMT".to_vec())),
        1 => fixed_date().prop_map(Some),
        1 => date().prop_map(Some),
    ]
}

/// Returns a Max-Age to set, or none.
fn max_age() -> impl Strategy<Value = Option<u64>> {
    prop_oneof![Just(None), (0..=1_000_u64).prop_map(Some), any::<Option<u64>>()]
}

/// Returns the number of attributes of a line that state a lifetime.
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
            // The server next reads the value, which was sent back alone.
            let sent_back = draft::split(&draft.value);
            let bare = !draft.value.contains(&b'=');
            if bare { sent_back.value } else { sent_back.name }
        } else {
            draft.name
        };
        prop_assert_eq!(read.request_name(), request_name, "{}", line.escape_ascii());
    }

    #[test]
    fn r3_lifetimes_are_those_of_the_rule_read_literally(line in line(), date in served_date()) {
        let served = Served { date: date.as_deref(), clock: NOW };
        let read = SetCookie::parse(&line).lifetime(served.at());
        let shown = (line.escape_ascii().to_string(), date.as_ref().map(|it| it.escape_ascii().to_string()));
        prop_assert_eq!(read, lifetime(&line, served), "{:?}", shown);
        prop_assert_eq!(read == Lifetime::Session, !has_lifetime_attribute(&line), "{:?}", shown);
    }

    #[test]
    fn r3_dates_are_those_of_browsers_and_proven_in_a_fixed_form(
        date in prop_oneof![fixed_date(), date()]
    ) {
        prop_assume!(!date.contains(&b';'));
        let is_proven = is_fixed_form(trimmed(&date));
        // For a clock before all dates, every date is in the future.
        let want = browsers_date(&date).filter(|(_, is_shared)| *is_shared).map(|(date, _)| date);
        prop_assert_eq!(date_of_expires(&date), (want, is_proven), "{}", date.escape_ascii());
    }

    #[test]
    fn r12_an_edit_changes_the_lifetime_alone(line in line(), seconds in max_age()) {
        let edited = replace_lifetime(&line, seconds);
        prop_assert_eq!(&edited, &replaced(&line, seconds), "{}", line.escape_ascii());
        let read = SetCookie::parse(&edited);
        prop_assert_eq!(read.request_name(), SetCookie::parse(&line).request_name());
        prop_assert_eq!(lifetime_attributes(&read), usize::from(seconds.is_some()));
        let proven = seconds.map_or(Lifetime::Session, Lifetime::Proven);
        let life = read.lifetime(ServedAt::clock(NOW));
        // Except for names at which libsoup before 3.4 stops, all engines read a deletion as one.
        let is_deletion = seconds == Some(0) && life.is_unproven_deletion();
        prop_assert!(life == proven || is_deletion && !is_printable(&line));
        // Replacing it again changes nothing.
        prop_assert_eq!(replace_lifetime(&edited, seconds), edited);
    }

    #[test]
    fn r14_any_bytes_can_be_read_and_edited(line in any_bytes(), seconds in max_age()) {
        let read = SetCookie::parse(&line);
        let served_at = ServedAt::clock(NOW);
        let _ = (read.request_name(), read.attributes().count(), read.lifetime(served_at));
        prop_assert_eq!(replace_lifetime(&line, seconds), replaced(&line, seconds));
    }

    #[test]
    fn r14_no_clock_is_too_far_off(line in line(), date in date(), clock in any::<i64>()) {
        let read = SetCookie::parse(&line);
        let _ = (read.lifetime(ServedAt::clock(clock)), read.lifetime(ServedAt::date_header(&date, clock)));
    }
}
