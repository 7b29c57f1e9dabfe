//! Tests R14: time and memory are linear in the number of bytes.

use std::time::{Duration, Instant};

use tower_cookie_consent::ConsentSource;
use tower_cookie_consent::registry::Cmp;

use super::answers::{MD5, answered};
use super::hostile::{grants_nothing, refusals};
use super::strings::tc;
use super::values::{base64, encoded, source};
use super::visitor::{read_by, registry, request};

/// The limit is generous: a debug build on a busy machine takes a fraction of it, a quadratic reading far more.
const LIMIT: Duration = Duration::from_secs(20);

/// A cookie of each CMP that writes JSON, with a nested value in every possible place.
fn nesting(inner: &str) -> Vec<(Cmp, String)> {
    let token =
        base64(&format!(r#"{{"updated":"2026-11-21T12:00:00Z","purposes":{{}},"x":{inner}}}"#));
    vec![
        (Cmp::Axeptio, format!(r#"axeptio_cookies={{"$$completed":true,"$$x":{inner}}}"#)),
        (Cmp::Borlabs, format!(r#"borlabs-cookie={{"consents":{{}},"x":{inner}}}"#)),
        (
            Cmp::Complianz,
            format!(
                r#"cmplz_banner-status=dismissed; cmplz_statistics=deny; cmplz_consented_services={{"x":{inner}}}"#
            ),
        ),
        (
            Cmp::Civic,
            format!(
                r#"CookieControl={{"optionalCookies":{{"a":"revoked"}},"interactedWith":true,"x":{inner}}}"#
            ),
        ),
        (Cmp::CookieFirst, format!(r#"cookiefirst-consent={{"performance":false,"x":{inner}}}"#)),
        (
            Cmp::CookieInformation,
            format!(
                r#"CookieInformationConsent={{"timestamp":"2026-11-21T12:00:00Z","consents_approved":[],"consents_denied":["a"],"x":{inner}}}"#
            ),
        ),
        (Cmp::CookieScript, format!(r#"CookieScriptConsent={{"action":"reject","x":{inner}}}"#)),
        (Cmp::Didomi, format!("didomi_token={token}")),
        (
            Cmp::Drupal,
            format!(r#"cookie-agreed=2; cookie-agreed-categories=["essential",{inner}]"#),
        ),
        (Cmp::Iubenda, format!(r#"_iub_cs-1={{"purposes":{{"4":false}},"x":{inner}}}"#)),
        (Cmp::Klaro, format!(r#"klaro={{"x":{inner}}}"#)),
        (Cmp::Orejime, format!(r#"eu-consent={{"x":{inner}}}"#)),
        (Cmp::Orestbida, format!(r#"cc_cookie={{"categories":[],"x":{inner}}}"#)),
        (
            Cmp::PiwikPro,
            format!(r#"ppms_privacy_a={{"consents":{{"analytics":{{"status":0}}}},"x":{inner}}}"#),
        ),
        (
            Cmp::RealCookieBanner,
            format!(r#"real_cookie_banner=1795262400:a:{MD5}:{{"d":{{}},"x":{inner}}}"#),
        ),
        (Cmp::Whitecube, format!(r#"laravel_cookie_consent={{"consent_at":1,"x":{inner}}}"#)),
    ]
}

#[test]
fn r14_nested_values_of_any_depth() {
    for depth in (5..64).chain([100, 127, 128, 129, 1_000, 4_000]) {
        for open in ["[", "{\"a\":", "{", "[{\"a\":"] {
            for (cmp, cookies) in nesting(&open.repeat(depth)) {
                grants_nothing(cmp, cookies.as_bytes());
            }
        }
        let closed = ["[".repeat(depth), "]".repeat(depth)].concat();
        for (cmp, cookies) in nesting(&closed) {
            grants_nothing(cmp, cookies.as_bytes());
            assert!(depth < 40 || !read_by(&source(cmp), &cookies).is_decided(), "{cmp}: {depth}");
        }
    }
}

#[test]
fn r14_nested_values_allocate_the_same_however_deep() {
    let registry = registry();
    let allocations = |cmp: Cmp, cookies: &str| {
        let (source, request) = (source(cmp), request(cookies));
        allocation_counter::measure(|| {
            assert!(!source.read(&request, &registry).is_decided());
        })
        .count_total
    };
    // They are below 4 KiB even in Base64 and percent-encoded.
    for (deep, deeper) in [(40, 2_900), (40, 1_200)] {
        for open in ["[", "{\"a\":"] {
            let deeper = if open == "[" { deeper } else { deeper / 6 };
            let values = nesting(&open.repeat(deep)).into_iter().zip(nesting(&open.repeat(deeper)));
            for ((cmp, few), (_, many)) in values {
                assert_eq!(allocations(cmp, &few), allocations(cmp, &many), "{cmp}: {open}");
            }
        }
    }
    for (cmp, name) in [(Cmp::Klaro, "klaro"), (Cmp::Orestbida, "cc_cookie")] {
        let nested = |depth| format!("{name}={}", encoded(&"[".repeat(depth)));
        assert_eq!(allocations(cmp, &nested(40)), allocations(cmp, &nested(1_300)), "{cmp}");
        let nested = |depth| format!("{name}={}", "[".repeat(depth));
        assert_eq!(allocations(cmp, &nested(40)), allocations(cmp, &nested(4_000)), "{cmp}");
    }
}

#[track_caller]
fn reads_in_time(cmp: Cmp, cookies: &str) {
    let start = Instant::now();
    let _ = read_by(&source(cmp), cookies);
    assert!(start.elapsed() < LIMIT / 5, "{cmp} took {:?}", start.elapsed());
}

#[test]
fn r14_thousands_of_copies() {
    for &cmp in Cmp::ALL.iter().filter(|&&cmp| cmp != Cmp::OneTrust) {
        let cookies = &answered(cmp, [true; 3])[0];
        reads_in_time(cmp, &format!("{cookies}; ").repeat(2_000));
    }
}

/// Two cookies make one choice. Copies are not combined pairwise.
#[test]
fn r14_thousands_of_copies_of_onetrusts_cookies() {
    let cookies = "OptanonConsent=groups=C0002:1; OptanonAlertBoxClosed=2026-11-21T12:00:00.000Z; ";
    reads_in_time(Cmp::OneTrust, &cookies.repeat(1_000));
}

/// A token and a string make one choice as well, without combining copies pairwise.
#[test]
fn r14_thousands_of_copies_of_a_token_and_a_string() {
    let string = tc(&[1, 7]);
    for (cmp, name) in [(Cmp::Didomi, "euconsent-v2"), (Cmp::Consentmanager, "__cmpconsent1")] {
        let cookies = &answered(cmp, [true; 3])[0];
        reads_in_time(cmp, &format!("{cookies}; {name}={string}; ").repeat(1_000));
    }
}

/// Lists are compared once, not each vendor of one with each of the other.
#[test]
fn r14_long_lists_of_axeptios_vendors() {
    let vendors = (0..600).map(|n| format!("v{n}")).collect::<Vec<_>>().join(",");
    let cookies = format!("axeptio_all_vendors={vendors}; axeptio_authorized_vendors={vendors}; ");
    reads_in_time(Cmp::Axeptio, &cookies.repeat(40));
}

#[test]
fn r14_values_of_separators() {
    let start = Instant::now();
    for (cmp, cookies) in refusals() {
        let name = cookies.split('=').next().unwrap();
        for separator in [
            "!", ",", ":", "|", "@", "~", ".", "&", "=", "%", "%2C", "{", "\"", "'", "A", "{}", "0",
        ] {
            let value = separator.repeat(4_096 / separator.len());
            grants_nothing(cmp, format!("{name}={value}").as_bytes());
        }
    }
    assert!(start.elapsed() < LIMIT, "took {:?}", start.elapsed());
}
