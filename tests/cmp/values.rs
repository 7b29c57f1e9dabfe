//! Encodings, sources and decisions that several tests need.

use tower_cookie_consent::registry::{Cmp, CmpSource};
use tower_cookie_consent::{Choice, Decision};

use super::strings::Bits;

/// The time at which every choice was made: Sat, 21 Nov 2026 12:00:00 GMT.
pub(super) const NOW: u64 = 1_795_262_400;

/// Returns a sign each for `functional`, `analytics` and `marketing` in a choice: `+` granted, `-`
/// refused, `?` neither. An undecided choice is `none`, or `none` with its refusals.
pub(super) fn decisions(choice: &Choice) -> String {
    let said: String = ["functional", "analytics", "marketing"]
        .map(|id| match choice.decision(id) {
            Some(Decision::Granted) => '+',
            Some(Decision::Refused) => '-',
            None => '?',
        })
        .iter()
        .collect();
    match (choice.is_decided(), said.as_str()) {
        (true, _) => said,
        (false, "???") => "none".into(),
        (false, _) => format!("none {said}"),
    }
}

/// Returns the source of a site with the usual ids, or with ids that are mapped to its categories.
pub(super) fn source(cmp: Cmp) -> CmpSource {
    let map: &[(&str, &str)] = match cmp {
        Cmp::Consentmanager => &[
            ("custom-purpose:51", "functional"),
            ("custom-purpose:52", "analytics"),
            ("custom-purpose:54", "marketing"),
        ],
        Cmp::PiwikPro => &[("custom_consent", "functional")],
        Cmp::RealCookieBanner => {
            &[("group:45", "functional"), ("group:46", "analytics"), ("group:47", "marketing")]
        }
        Cmp::Spatie => &[("all", "functional"), ("all", "analytics"), ("all", "marketing")],
        Cmp::Tarteaucitron => &[("youtube", "functional")],
        Cmp::Tealium => &[("personalization", "functional")],
        Cmp::TrustArc => &[("1", "functional"), ("3", "analytics")],
        Cmp::TrustCommander => &[("1", "functional"), ("2", "analytics"), ("3", "marketing")],
        _ => &[],
    };
    map.iter().fold(CmpSource::new(cmp), |source, (cmp_id, id)| source.with_mapping(*cmp_id, *id))
}

/// Percent-encodes as `encodeURIComponent` does.
pub(super) fn encoded(text: &str) -> String {
    let raw = |b: u8| b.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&b);
    text.bytes()
        .map(|b| if raw(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// Encodes as js-cookie did: only quotes, commas and spaces.
pub(super) fn partly(text: &str) -> String {
    text.replace('"', "%22").replace(',', "%2C").replace(' ', "%20")
}

/// Encodes in Base64 with padding.
pub(super) fn base64(text: &str) -> String {
    let mut bits = Bits::default();
    text.bytes().for_each(|byte| bits.put(byte.into(), 8));
    let letters = bits.letters().replace('-', "+").replace('_', "/");
    let padding = (4 - letters.len() % 4) % 4;
    letters + &"=".repeat(padding)
}
