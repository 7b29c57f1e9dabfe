//! The readers of consent-management platforms' cookies: what holds of all of them, whatever the
//! bytes.
//!
//! Input: the name of a platform, then a line for each `Cookie` header.

#![no_main]

use std::sync::LazyLock;

use http::header::COOKIE;
use libfuzzer_sys::fuzz_target;
use model::text;
use tower_cookie_consent::registry::{Cmp, CmpSource};
use tower_cookie_consent::{Choice, ConsentSource, Decision, Registry, RequestHeaders};

static REGISTRY: LazyLock<Registry> = LazyLock::new(registry);

const IDS: [&str; 9] = [
    "functional",
    "analytics",
    "google-analytics",
    "hotjar",
    "marketing",
    "facebook",
    "audience",
    "pk",
    "nowhere",
];

fuzz_target!(|data: &[u8]| {
    let mut lines = data.split(|byte| *byte == b'\n');
    let name = lines.next().and_then(|name| std::str::from_utf8(name).ok());
    let Some(cmp) = name.and_then(|name| name.parse::<Cmp>().ok()) else { return };
    let request: RequestHeaders =
        text::request(lines).get_all(COOKIE).iter().map(|line| (COOKIE, line.clone())).collect();
    for source in sources(cmp) {
        holds(&source, &request);
        if matches!(cmp, Cmp::Gpp | Cmp::OneTrust | Cmp::Tcf) {
            heeds_an_opt_out(&source, &request);
        }
    }
});

/// One more cookie, in which the visitor opts out of sale, refuses marketing and changes nothing
/// else.
fn heeds_an_opt_out(source: &CmpSource, request: &RequestHeaders) {
    let lines: Vec<_> = request.header(&COOKIE).collect();
    let before = source.read(request, &REGISTRY);
    let opt_out = &b"usprivacy=1YYN"[..];
    let with = lines
        .into_iter()
        .chain([opt_out])
        .map(|line| (COOKIE, http::HeaderValue::from_bytes(line).expect("it was a header's")));
    let after = source.read(&with.collect(), &REGISTRY);
    assert_eq!(after.decision("marketing"), Some(Decision::Refused));
    assert_eq!(after.is_decided(), before.is_decided());
    for id in IDS.iter().filter(|id| **id != "marketing") {
        assert_eq!(after.decision(id), before.decision(id), "{id}");
    }
}

fn holds(source: &CmpSource, request: &RequestHeaders) {
    let choice = source.read(request, &REGISTRY);
    let decisions = decisions(&choice);
    assert_eq!(choice.decision("nowhere"), None);
    if !choice.is_decided() {
        assert!(
            !decisions.contains(&Some(Decision::Granted)),
            "{choice:?} grants without being decided"
        );
    }
    // Every line once more says no more and no less, but a second time.
    let lines: Vec<_> = request.header(&COOKIE).map(<[u8]>::to_vec).collect();
    let doubled = lines
        .iter()
        .chain(&lines)
        .map(|line| (COOKIE, http::HeaderValue::from_bytes(line).expect("it was a header's")));
    let again = source.read(&doubled.collect(), &REGISTRY);
    assert_eq!(again.is_decided(), choice.is_decided());
    assert_eq!(self::decisions(&again), decisions);
    // Nobody grants what a name does not carry.
    if lines.iter().all(|line| !line.contains(&b'=')) {
        assert!(!decisions.contains(&Some(Decision::Granted)), "{choice:?} from no value");
    }
}

fn decisions(choice: &Choice) -> Vec<Option<Decision>> {
    IDS.iter().map(|id| choice.decision(id)).collect()
}

/// As it comes, and with much set.
fn sources(cmp: Cmp) -> [CmpSource; 2] {
    let plain = CmpSource::new(cmp);
    let set = CmpSource::new(cmp)
        .with_mapping("all", "analytics")
        .with_mapping("gtag", "google-analytics")
        .with_mapping("matomo", "pk")
        .with_mapping("youtube", "functional")
        .with_mapping("google_analytics", "google-analytics")
        .with_mapping("purpose:9", "audience")
        .with_mapping("custom-purpose:52", "marketing")
        .with_mapping("group:45", "analytics")
        .with_mapping("service:610", "hotjar")
        .with_mapping("vendor:google", "facebook")
        .with_mapping("2", "audience")
        .with_mapping("_ga", "google-analytics");
    [plain, if cmp.states_revision() { set.with_revision("3") } else { set }]
}

fn registry() -> Registry {
    let text = "
        version = '1'
        categories.functional.basis = 'consent'
        [categories.analytics]
        basis = 'consent'
        services = { google-analytics.cookies = ['_ga'], hotjar.cookies = ['_hj*'] }
        [categories.marketing]
        basis = 'consent'
        services.facebook.cookies = ['_fbp']
        [categories.audience]
        basis = 'opt-out'
        services.pk.cookies = ['_pk*']
    ";
    Registry::from_toml(text).expect("a registry")
}
