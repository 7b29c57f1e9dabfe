//! Every row of the table, through the reader and through the draft.

use tower_cookie_consent::set_cookie::{Lifetime, ServedAt, SetCookie, replace_lifetime};

use super::differences::{Differences, debug, shown};
use super::lifetimes::{SATURATED, agreed_seconds};
use super::replaced::replaced;
use super::table::{Life, NOW, all};
use crate::draft::{self, Expiry};

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
        let want = match case.lifetime {
            Life::Session => Lifetime::Session,
            Life::Proven(seconds) => Lifetime::Proven(seconds),
            Life::Unproven(estimate) => Lifetime::Unproven(estimate),
        };
        let served_at = ServedAt { epoch: NOW, agreed: true };
        differences.check(row, "lifetime", &read.lifetime(served_at), &want, debug);
    }
    differences.report();
}

#[test]
fn r3_an_expires_without_an_agreed_time_is_not_proven() {
    let mut differences = Differences::default();
    for row in &all() {
        let case = &row.1;
        let read = SetCookie::parse(&case.line);
        let rests_on_expires = matches!(draft::expiry(&draft::split(&case.line)), Expiry::At(_));
        let at = |agreed| read.lifetime(ServedAt { epoch: NOW, agreed });
        let want = match at(true) {
            Lifetime::Proven(seconds) if rests_on_expires => Lifetime::Unproven(Some(seconds)),
            lifetime => lifetime,
        };
        differences.check(row, "not agreed", &at(false), &want, debug);
    }
    differences.report();
}

#[test]
fn r3_the_time_served_moves_expires_alone() {
    let mut differences = Differences::default();
    for row in &all() {
        let case = &row.1;
        let read = SetCookie::parse(&case.line);
        let rests_on_expires = matches!(draft::expiry(&draft::split(&case.line)), Expiry::At(_));
        let at = |epoch| read.lifetime(ServedAt { epoch, agreed: true });
        let later = |seconds: u64| seconds.saturating_sub(3_600);
        let want = match at(NOW) {
            Lifetime::Proven(seconds) if rests_on_expires => Lifetime::Proven(later(seconds)),
            Lifetime::Unproven(estimate) if rests_on_expires => {
                Lifetime::Unproven(estimate.map(later))
            }
            lifetime => lifetime,
        };
        differences.check(row, "an hour later", &at(NOW + 3_600), &want, debug);
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
        let stated = match case.lifetime {
            Life::Session => None,
            Life::Proven(seconds) => Some(seconds),
            Life::Unproven(estimate) => estimate,
        };
        let stated = stated.map(|seconds| seconds.min(SATURATED));
        differences.check(row, "seconds", &agreed_seconds(&read, NOW), &stated, debug);
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
    let served_at = ServedAt { epoch: NOW, agreed: true };
    for row in &all() {
        let case = &row.1;
        for (max_age, want) in [
            (None, Lifetime::Session),
            (Some(0), Lifetime::Proven(0)),
            (Some(120), Lifetime::Proven(120)),
            (Some(u64::MAX), Lifetime::Proven(u64::MAX)),
        ] {
            let edited = replace_lifetime(&case.line, max_age);
            let model = replaced(&case.line, max_age);
            differences.check(row, "edited line", &edited, &model, |line| shown(line));
            let read = SetCookie::parse(&edited);
            let bytes = |bytes: &&[u8]| shown(bytes);
            differences.check(row, "edited lifetime", &read.lifetime(served_at), &want, debug);
            differences.check(
                row,
                "edited name",
                &read.request_name(),
                &&case.request_name[..],
                bytes,
            );
            differences.check(row, "edited value", &read.value(), &&case.value[..], bytes);
        }
        if case.lifetime == Life::Session {
            let edited = replace_lifetime(&case.line, None);
            differences
                .check(row, "edited session cookie", &edited, &case.line, |line| shown(line));
        }
    }
    differences.report();
}
