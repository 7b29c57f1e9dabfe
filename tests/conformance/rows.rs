//! Tests every row of the table with the reader and with the draft.

use tower_cookie_consent::set_cookie::{Lifetime, ServedAt, SetCookie, replace_lifetime};

use super::differences::{Differences, debug, shown};
use super::lifetimes::{SATURATED, Served, draft_seconds, lifetime, stated_seconds};
use super::replaced::replaced;
use super::segments::{has_lifetime_attribute, is_expires, is_printable, segments};
use super::table::{NOW, all};
use crate::draft;

#[test]
fn the_table_is_large_and_repeats_nothing() {
    let rows = all();
    assert!(rows.len() >= 532, "{} rows", rows.len());
    let mut lines: Vec<_> = rows.iter().map(|(_, case)| &case.line).collect();
    lines.sort();
    let repeated: Vec<_> =
        lines.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| shown(pair[0])).collect();
    assert!(repeated.is_empty(), "repeated: {repeated:#?}");
}

#[test]
fn r1_r2_r3_every_row_is_read_as_the_table_says() {
    let mut differences = Differences::default();
    for row in &all() {
        let case = &row.1;
        let read = SetCookie::parse(&case.line);
        let bytes = |bytes: &&[u8]| shown(bytes);
        differences.check(
            row,
            "request name",
            &read.request_name(),
            &&case.request_name[..],
            bytes,
        );
        differences.check(row, "name", &read.name(), &&case.stored_name[..], bytes);
        differences.check(row, "value", &read.value(), &&case.value[..], bytes);
        differences.check(
            row,
            "is nameless",
            &read.is_nameless(),
            &case.stored_name.is_empty(),
            debug,
        );
        let read = read.lifetime(ServedAt::clock(NOW));
        differences.check(row, "lifetime", &read, &case.lifetime, debug);
    }
    differences.report();
}

#[test]
fn r3_an_expires_without_an_agreed_time_is_not_proven() {
    let mut differences = Differences::default();
    for row in &all() {
        let case = &row.1;
        let has_max_age = draft::split(&case.line).attributes.into_iter().any(|(name, value)| {
            name.eq_ignore_ascii_case(b"max-age") && draft::max_age(&value).is_some()
        });
        let want = match case.lifetime {
            Lifetime::Proven(seconds) if !has_max_age => {
                Lifetime::Unproven { estimate: Some(seconds), longest: None }
            }
            Lifetime::Unproven { estimate, .. } if !has_max_age => {
                Lifetime::Unproven { estimate, longest: None }
            }
            lifetime => lifetime,
        };
        // This is the same time in a form on which browsers need not agree.
        let served_at = ServedAt::date_header(b"Sat Nov 21 12:00:00 2026", NOW);
        let read = SetCookie::parse(&case.line).lifetime(served_at);
        differences.check(row, "not agreed", &read, &want, debug);
    }
    differences.report();
}

/// These are dates around the table's clock, and texts that no browser reads as a date.
const DATES: [Option<&[u8]>; 6] = [
    None,
    Some(b"Sat, 21 Nov 2026 12:00:00 GMT"),
    Some(b"Sat, 21 Nov 2026 11:00:00 GMT"),
    Some(b"Sat, 21 Nov 2026 13:00:00 GMT"),
    Some(b"Sun, 22-Nov-2026 12:00:00 GMT"),
    Some(b"soon"),
];

#[test]
fn r3_the_time_served_moves_expires_alone() {
    let mut differences = Differences::default();
    for row in &all() {
        let case = &row.1;
        let has_expires = segments(&case.line).1.into_iter().any(is_expires);
        for date in DATES {
            for clock in [NOW, NOW - 3_600, NOW + 3_600] {
                let served = Served { date, clock };
                let read = SetCookie::parse(&case.line).lifetime(served.at());
                differences.check(row, "then", &read, &lifetime(&case.line, served), debug);
                if !has_expires {
                    differences.check(row, "without Expires", &read, &case.lifetime, debug);
                }
            }
        }
    }
    differences.report();
}

#[test]
fn r1_r3_the_table_agrees_with_the_draft() {
    let mut differences = Differences::default();
    for row in &all() {
        let case = &row.1;
        let read = draft::split(&case.line);
        let bytes = |bytes: &&[u8]| shown(bytes);
        differences.check(row, "name", &&read.name[..], &&case.stored_name[..], bytes);
        differences.check(row, "value", &&read.value[..], &&case.value[..], bytes);
        let draft = draft_seconds(&case.line, NOW);
        let agrees = stated_seconds(case.lifetime) == draft;
        differences.check(row, "seconds", &!agrees, &case.is_not_the_drafts, |otherwise| {
            format!("{draft:?} by the draft, marked by `!`: {otherwise}")
        });
    }
    differences.report();
}

#[test]
fn r1_the_draft_ignores_these_rows_and_no_others() {
    let ignored: Vec<_> = all()
        .iter()
        .filter(|(_, case)| draft::parse(&case.line).is_none())
        .map(|(topic, case)| format!("{topic}: {}", shown(&case.line)))
        .collect();
    let count = |topic: &str| {
        let topic = format!("{topic}: ");
        ignored.iter().filter(|row| row.starts_with(&topic)).count()
    };
    assert_eq!(count("r2 nameless"), 8, "neither name nor value: {ignored:#?}");
    assert_eq!(count("r1 sizes"), 3, "over 4096 bytes: {ignored:#?}");
    assert_eq!(count("r2 prefixes"), 3, "prefixes in a value: {ignored:#?}");
    assert_eq!(ignored.len(), 14, "{ignored:#?}");
}

#[test]
fn r12_every_row_can_be_given_another_lifetime() {
    let mut differences = Differences::default();
    let served = Served { date: None, clock: NOW };
    for row in &all() {
        let case = &row.1;
        for max_age in [None, Some(0), Some(120), Some(u64::MAX)] {
            let edited = replace_lifetime(&case.line, max_age);
            let model = replaced(&case.line, max_age);
            differences.check(row, "edited line", &edited, &model, |line| shown(line));
            let read = SetCookie::parse(&edited);
            let bytes = |bytes: &&[u8]| shown(bytes);
            let life = read.lifetime(served.at());
            differences.check(row, "edited lifetime", &life, &lifetime(&model, served), debug);
            let stated = max_age.map(|seconds| seconds.min(SATURATED));
            differences.check(row, "edited seconds", &stated_seconds(life), &stated, debug);
            differences.check(
                row,
                "edited name",
                &read.request_name(),
                &&case.request_name[..],
                bytes,
            );
            let raw = segments(&case.line).0.splitn(2, |byte| *byte == b'=').nth(1);
            let goes = max_age == Some(0) && !read.is_nameless() && !raw.is_none_or(is_printable);
            let value = if goes { &b""[..] } else { &case.value };
            differences.check(row, "edited value", &read.value(), &value, bytes);
        }
        if !has_lifetime_attribute(&case.line) {
            let edited = replace_lifetime(&case.line, None);
            differences
                .check(row, "edited session cookie", &edited, &case.line, |line| shown(line));
        }
    }
    differences.report();
}
