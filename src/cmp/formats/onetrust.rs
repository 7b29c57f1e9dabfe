//! Reads OneTrust's cookie `OptanonConsent`, a URL-encoded form whose `groups` are `id:1` or
//! `id:0`.
//!
//! The groups contain defaults until `OptanonAlertBoxClosed` says when the banner was answered.
//! Opt-outs of visitors in the United States, in `OTGPPConsent` or `usprivacy`, count even without
//! an answer.

use std::borrow::Cow;

use crate::choice::Choice;
use crate::cmp::iab::gpp_string;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::{percent, time};
use crate::set_cookie::{has_byte, split_at_equals};

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
    for pair in value.split(|byte| *byte == b'&') {
        let (key, value) = split_at_equals(pair).unwrap_or((pair, &[]));
        // Whoever escapes a key may mean any.
        let is_escaped = has_byte(key, |byte| matches!(byte, b'%' | b'+'));
        let key = if is_escaped { text(key)?.into_bytes().into() } else { Cow::Borrowed(key) };
        match &*key {
            b"groups" if groups.is_none() => groups = Some(text(value)?),
            b"groups" => return None,
            // The policy has changed since then, so the banner asks again.
            b"AwaitingReconsent" if text(value)? == "true" => return None,
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

/// Decodes a key or a value of the form. What is no UTF-8 is replaced, as browsers replace it.
fn text(encoded: &[u8]) -> Option<String> {
    let spaced: Vec<u8> =
        encoded.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    Some(String::from_utf8_lossy(&percent::decode(&spaced)?).into_owned())
}
