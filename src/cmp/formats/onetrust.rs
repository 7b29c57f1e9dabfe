//! Reads OneTrust's cookie `OptanonConsent`, a URL-encoded form whose `groups` are `id:1` or
//! `id:0`.
//!
//! The groups contain defaults until `OptanonAlertBoxClosed` says when the banner was answered.
//! Opt-outs of visitors in the United States, in `OTGPPConsent` or `usprivacy`, count even without
//! an answer.

use crate::choice::Choice;
use crate::cmp::iab::gpp_string;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::{percent, time};

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    gpp_string::add_objections(reader, read_groups(reader), |name| {
        matches!(name, b"OTGPPConsent" | b"usprivacy")
    })
}

fn read_groups(reader: &Reader<'_>) -> Choice {
    let Some(time) = answered_at(reader) else { return reader.undecided() };
    reader.choice(|value, statement| {
        statement.made_at(time);
        read(value, statement)
    })
}

/// Returns the time at which the banner was closed. All copies have to state one, and the oldest
/// counts.
fn answered_at(reader: &Reader<'_>) -> Option<i64> {
    let closed = reader.cookie(b"OptanonAlertBoxClosed");
    let times = closed.map(|value| time::iso(&percent::decode_text(value)?));
    times.collect::<Option<Vec<_>>>()?.into_iter().min()
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    // Forms are decoded leniently, but this one must be complete.
    if !percent::is_sound(value) {
        return None;
    }
    let mut groups = None;
    let pairs = value.split(|byte| *byte == b'&').filter(|pair| may_matter(pair));
    for (key, value) in pairs.flat_map(form_urlencoded::parse) {
        match &*key {
            "groups" if groups.is_none() => groups = Some(value),
            "groups" => return None,
            // The policy has changed since then, so the banner asks again.
            "AwaitingReconsent" if value == "true" => return None,
            _ => {}
        }
    }
    for group in groups?.split(',').filter(|group| !group.is_empty()) {
        match group.rsplit_once(':')? {
            (id, "1") => statement.decide(id, true),
            (id, "0") => statement.decide(id, false),
            _ => return None,
        }
    }
    Some(())
}

/// Returns `false` for most pairs that say nothing of the choice, so that they are not decoded.
fn may_matter(pair: &[u8]) -> bool {
    let mut key = pair.iter().take_while(|byte| **byte != b'=');
    // Whoever escapes a key may mean any.
    pair.starts_with(b"groups")
        || pair.starts_with(b"AwaitingReconsent")
        || key.any(|byte| matches!(byte, b'%' | b'+'))
}
