//! Reads OneTrust's cookie `OptanonConsent`, a URL-encoded form whose `groups` are `id:1` or
//! `id:0`.
//!
//! The groups contain defaults until `OptanonAlertBoxClosed` says when the banner was answered. They do so
//! again if `intType` is `3`: then the banner was closed without an answer, and where the law asks for no
//! consent, everything is `1`. OneTrust lists its interactions in this order: "allow all", "reject all",
//! "close" (<https://developer.onetrust.com/onetrust/reference/post_logconsent>). Cookies in public
//! repositories agree: those with `3` have the default of their country, and those with `6` come from the
//! preferences and differ.
//! Opt-outs of visitors in the United States, in `OTGPPConsent` or `usprivacy`, count even without
//! an answer.

use std::borrow::Cow;

use crate::choice::Choice;
use crate::cmp::iab::gpp_string;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::{percent, time, words};
use crate::set_cookie::{has_byte, split_at_equals};

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    gpp_string::add_objections(reader, read_groups(reader), |name| {
        matches!(name, b"OTGPPConsent" | b"usprivacy")
    })
}

fn read_groups(reader: &Reader<'_>) -> Choice {
    let Some(answered) = Answered::of(reader) else { return reader.undecided() };
    reader.choice(|value, statement| {
        statement.made_at(answered.at);
        if !answered.all_read {
            statement.only_object();
        }
        read(value, statement)
    })
}

/// The time at which the banner was closed.
struct Answered {
    /// The oldest that a copy states.
    at: i64,
    /// Is `false` if some copy states none. Such a copy takes the grants back, and no refusal.
    all_read: bool,
}

impl Answered {
    fn of(reader: &Reader<'_>) -> Option<Self> {
        let mut answered = Answered { at: i64::MAX, all_read: true };
        for value in reader.cookie(b"OptanonAlertBoxClosed") {
            match percent::decode_text(value).and_then(|text| time::iso(&text)) {
                Some(at) => answered.at = answered.at.min(at),
                None => answered.all_read = false,
            }
        }
        (answered.at < i64::MAX).then_some(answered)
    }
}

/// The interaction by which a banner is closed without an answer.
const CLOSED: &str = "3";

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    // Forms are decoded leniently, but this one must be complete.
    if !percent::is_sound(value) {
        return None;
    }
    let mut groups = None;
    for pair in words::split(value, b'&') {
        let (key, value) = split_pair(pair)?;
        match &*key {
            b"groups" if groups.is_none() => groups = Some(text(value)?),
            b"groups" => return None,
            // The policy has changed since then, so the banner asks again. Until then, the groups are
            // those of the answer before.
            b"AwaitingReconsent" if text(value)? == "true" => statement.only_object(),
            b"intType" if text(value)? == CLOSED => statement.only_object(),
            _ => {}
        }
    }
    for group in words::split_text(&groups?, b',').filter(|group| !group.is_empty()) {
        if let Some(id) = group.strip_suffix(":1") {
            statement.decide(id, true);
        } else {
            statement.decide(group.strip_suffix(":0")?, false);
        }
    }
    Some(())
}

/// Splits a pair of the form, and decodes its key: whoever escapes a key may mean any.
fn split_pair(pair: &[u8]) -> Option<(Cow<'_, [u8]>, &[u8])> {
    let is_sign = |byte| matches!(byte, b'=' | b'%' | b'+');
    let marks =
        |word| words::equal(word, b'=') | words::equal(word, b'%') | words::equal(word, b'+');
    match words::first(pair, 0, marks, is_sign) {
        None => Some((pair.into(), &[])),
        Some(at) if pair[at] == b'=' => Some((pair[..at].into(), &pair[at + 1..])),
        Some(_) => {
            let (key, value) = split_at_equals(pair).unwrap_or((pair, &[]));
            Some((text(key)?.into_owned().into_bytes().into(), value))
        }
    }
}

/// Decodes a key or a value of the form. What is no UTF-8 is replaced, as browsers replace it.
fn text(encoded: &[u8]) -> Option<Cow<'_, str>> {
    let has_spaces = has_byte(encoded, |byte| byte == b'+');
    if let Some(text) = (!has_spaces).then(|| percent::decode_text(encoded)).flatten() {
        return Some(text);
    }
    let spaced: Vec<u8> =
        encoded.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    Some(String::from_utf8_lossy(&percent::decode(&spaced)?).into_owned().into())
}
