//! The reader of the crate's own cookie against R7 read literally.
//!
//! Input: a line for each `Cookie` header.

#![no_main]

use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use libfuzzer_sys::fuzz_target;
use model::own_cookie::{Decisions, IDS, VERSION};
use model::{NOW, text};
use tower_cookie_consent::{Consent, Decision, Policy, Registry};

/// Without its version.
const SITE: &str = "
[categories.needed]
basis = 'necessary'
[categories.stats]
basis = 'consent'
services = { ga = {}, hotjar = {} }
[categories.audience]
basis = 'opt-out'
services = { pk = {} }
[categories.ads]
basis = 'prohibited'
";

static POLICY: LazyLock<Policy> = LazyLock::new(policy);

fuzz_target!(|data: &[u8]| {
    let request = text::request(data.split(|byte| *byte == b'\n'));
    let consent = POLICY.consent(&request);
    let want = Decisions::of(&request);
    agrees(&consent, &want);

    let lines = consent.store(consent.choice()).expect("a short one");
    let stored = lines.iter().next().expect("the choice");
    let pair = stored.as_bytes().split(|byte| *byte == b';').next().expect("a pair");
    let again = POLICY.consent(&text::request([pair]));
    agrees(&again, &want.stored());
});

fn policy() -> Policy {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW.unsigned_abs());
    let text = format!("version = '{VERSION}'\n{SITE}");
    let registry = Registry::from_toml(&text).expect("a registry");
    Policy::builder(registry).clock(move || now).build()
}

fn agrees(consent: &Consent, want: &Decisions) {
    assert_eq!(consent.is_decided(), want.decided);
    for id in IDS {
        assert_eq!(consent.choice().decision(id), want.decision(id), "{id}");
    }
    let follows = |service, category| want.decision(service).or_else(|| want.decision(category));
    for (id, want) in [
        ("needed", true),
        ("ads", false),
        ("stats", want.decision("stats") == Some(Decision::Granted)),
        ("ga", follows("ga", "stats") == Some(Decision::Granted)),
        ("hotjar", follows("hotjar", "stats") == Some(Decision::Granted)),
        ("audience", want.decision("audience") != Some(Decision::Refused)),
        ("pk", follows("pk", "audience") != Some(Decision::Refused)),
        ("unknown", false),
    ] {
        assert_eq!(consent.allows(id), want, "{id}");
    }
}
