//! Compares what the reader makes of measured lines with what browsers stored.

use tower_cookie_consent::set_cookie::{Lifetime, SetCookie};

use super::measured::{Measured, Stored, measured};
use crate::draft::COOKIE_AGE_LIMIT;

/// The seconds by which a jar may differ, since it was read a moment after the line was served.
const TOLERANCE: f64 = 5.0;

#[test]
fn r2_r3_what_is_proven_is_what_browsers_stored() {
    let deviations: Vec<String> = measured().iter().flatten().flat_map(deviations).collect();
    assert!(deviations.is_empty(), "{} deviations\n{}", deviations.len(), deviations.join("\n"));
}

fn deviations(measured: &Measured) -> Vec<String> {
    let read = SetCookie::parse(&measured.line);
    let mut deviations = Vec::new();
    for browser in &measured.browsers {
        let lifetime = read.lifetime(measured.served_at(browser));
        let mut found = Vec::new();
        for stored in &browser.stored {
            found.extend(name_deviation(&measured.line, read.request_name(), stored));
            found.extend(lifetime_deviation(lifetime, stored.lifetime));
        }
        let judged_to_stay = matches!(lifetime, Lifetime::Session | Lifetime::Proven(1..));
        if browser.deletes && judged_to_stay {
            found.push(format!("judged {lifetime:?}, deletes"));
        }
        deviations.extend(found.into_iter().map(|found| {
            let (id, name, shown) = (&measured.id, browser.name, measured.shown());
            format!("{id}, {name}: \"{shown}\"\n    {found}")
        }));
    }
    deviations
}

#[expect(clippy::cast_precision_loss, reason = "400 days at most")]
fn lifetime_deviation(judged: Lifetime, stored: Option<f64>) -> Option<String> {
    let agrees = match (judged, stored) {
        (Lifetime::Unproven { .. }, _) | (Lifetime::Session, None) => true,
        (Lifetime::Session | Lifetime::Proven(0), Some(_)) | (Lifetime::Proven(_), None) => false,
        (Lifetime::Proven(seconds), Some(stored)) => {
            let want = seconds.min(COOKIE_AGE_LIMIT.unsigned_abs());
            (want as f64 - stored).abs() <= TOLERANCE
        }
    };
    (!agrees).then(|| format!("judged {judged:?}, stored for {stored:?}"))
}

/// Returns the stored name, or the start of the value if it is stored without one (R2).
fn name_deviation(line: &[u8], judged: &[u8], stored: &Stored) -> Option<String> {
    let came_back = if stored.name.is_empty() {
        let end = stored.value.iter().position(|&byte| byte == b'=');
        &stored.value[..end.unwrap_or(stored.value.len())]
    } else {
        &stored.name
    };
    // The listing of a jar may lose bytes that are not UTF-8, so only the ASCII bytes can be
    // compared.
    let ascii = |bytes: &[u8]| -> Vec<u8> { bytes.iter().copied().filter(u8::is_ascii).collect() };
    let same = came_back == judged
        || (std::str::from_utf8(line).is_err() && ascii(came_back) == ascii(judged));
    (!same).then(|| {
        let (judged, came_back) = (judged.escape_ascii(), came_back.escape_ascii());
        format!("judged as \"{judged}\", comes back as \"{came_back}\"")
    })
}
