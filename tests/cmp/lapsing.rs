//! Tests R7: the time and the revision that a CMP states.

use std::time::{Duration, SystemTime};

use http::header::{COOKIE, HeaderMap};
use tower_cookie_consent::registry::{Cmp, CmpSource};
use tower_cookie_consent::{Consent, Policy};

use super::answers::answered;
use super::values::{NOW, decisions, source};
use super::visitor::{read_by, registry};

const ALL: [bool; 3] = [true; 3];
const SIX_MONTHS: u64 = 180 * 86_400;

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn consent_at(source: &CmpSource, now: u64, cookies: &str) -> Consent {
    let policy = Policy::builder(registry()).source(source.clone()).clock(move || at(now)).build();
    let mut headers = HeaderMap::new();
    headers.insert(COOKIE, cookies.parse().unwrap());
    policy.consent(&headers)
}

/// Cookie Notice states the time only if it is connected to its service.
fn states_time(cmp: Cmp, cookies: &str) -> bool {
    cmp.states_time() && !cookies.starts_with("cookie_notice_accepted")
}

#[test]
fn r7_the_time_is_that_of_the_answer() {
    for &cmp in Cmp::ALL {
        for cookies in answered(cmp, ALL) {
            let want = states_time(cmp, &cookies).then(|| at(NOW));
            assert_eq!(read_by(&source(cmp), &cookies).time(), want, "{cmp}: {cookies}");
        }
    }
}

#[test]
fn r7_an_answer_counts_from_its_time_on_for_the_consent_lifetime() {
    for &cmp in Cmp::ALL {
        for cookies in answered(cmp, ALL) {
            for (now, counts) in [
                // The visitor's clock may be a day fast.
                (NOW - 86_401, false),
                (NOW - 86_400, true),
                (NOW + SIX_MONTHS, true),
                (NOW + SIX_MONTHS + 1, false),
            ] {
                let consent = consent_at(&source(cmp), now, &cookies);
                let want = counts || !states_time(cmp, &cookies);
                assert_eq!(consent.is_decided(), want, "{cmp} at {now}: {cookies}");
                assert_eq!(consent.allows("analytics"), want, "{cmp} at {now}: {cookies}");
            }
        }
    }
}

#[test]
fn r7_what_was_refused_stays_refused() {
    for &cmp in Cmp::ALL {
        let cookies = answered(cmp, [false; 3]);
        for cookies in cookies.iter().filter(|cookies| states_time(cmp, cookies)) {
            let consent = consent_at(&source(cmp), NOW + SIX_MONTHS + 1, cookies);
            let left = decisions(consent.choice());
            assert!(left.starts_with("none") && left.contains('-'), "{cmp}: {left}");
        }
    }
}

#[test]
fn r7_a_time_that_is_none_is_no_choice() {
    let closed = "OptanonConsent=groups=C0002%3A1; OptanonAlertBoxClosed";
    let cookiebot = "CookieConsent={stamp:'a',necessary:true,preferences:true,statistics:true,marketing:true,method:'explicit'";
    for (cmp, cookies) in [
        (Cmp::OneTrust, format!("{closed}=true")),
        (Cmp::OneTrust, format!("{closed}=2026-11-21")),
        (Cmp::OneTrust, format!("{closed}=1795262400000")),
        (Cmp::Cookiebot, format!("{cookiebot},utc:x}}")),
        (Cmp::Cookiebot, format!("{cookiebot},utc:-1}}")),
        (Cmp::Cookiebot, format!("{cookiebot},utc:1e13}}")),
        (Cmp::Cookiebot, format!("{cookiebot},utc:99999999999999999999}}")),
        (Cmp::CookieFirst, r#"cookiefirst-consent={"performance":true,"timestamp":"now"}"#.into()),
        (Cmp::CookieFirst, r#"cookiefirst-consent={"performance":true,"timestamp":-1}"#.into()),
        (Cmp::CookieFirst, r#"cookiefirst-consent={"performance":true,"timestamp":1.5}"#.into()),
        (Cmp::CookieFirst, r#"cookiefirst-consent={"performance":true,"timestamp":1e999}"#.into()),
        (
            Cmp::Axeptio,
            r#"axeptio_cookies={"analytics":true,"$$date":1,"$$completed":true}"#.into(),
        ),
        (Cmp::Iubenda, r#"_iub_cs-1={"timestamp":"x","purposes":{"4":true}}"#.into()),
        (Cmp::Orestbida, r#"cc_cookie={"categories":["analytics"],"consent_date":"x"}"#.into()),
        (Cmp::TrustCommander, "TC_PRIVACY=0@1@2@@x@".into()),
        (
            Cmp::Whitecube,
            r#"laravel_cookie_consent={"consent_at":"1795262400","stats":true}"#.into(),
        ),
        (Cmp::Whitecube, r#"laravel_cookie_consent={"stats":true}"#.into()),
    ] {
        assert_eq!(decisions(&read_by(&source(cmp), &cookies)), "none", "{cmp}: {cookies}");
    }
}

/// Returns the cookies of an answer that was given at this time.
type Cookies = fn(&str) -> String;

/// The first and the last year that the texts can have. No platform's clock can represent all of
/// them.
#[test]
fn r7_the_years_0000_and_9999_are_times_like_others() {
    let onetrust = |time: &str| {
        format!("OptanonConsent=groups=C0002%3A1%2CC0004%3A0; OptanonAlertBoxClosed={time}")
    };
    let iubenda = |time: &str| {
        format!(r#"_iub_cs-1={{"timestamp":"{time}","purposes":{{"4":true,"5":false}}}}"#)
    };
    let orestbida =
        |time: &str| format!(r#"cc_cookie={{"categories":["analytics"],"consent_date":"{time}"}}"#);
    let information = |time: &str| {
        format!(
            r#"CookieInformationConsent={{"timestamp":"{time}","consents_approved":["cookie_cat_statistic"],"consents_denied":["cookie_cat_marketing"]}}"#
        )
    };
    let readers: [(Cmp, Cookies); 4] = [
        (Cmp::OneTrust, onetrust),
        (Cmp::Iubenda, iubenda),
        (Cmp::Orestbida, orestbida),
        (Cmp::CookieInformation, information),
    ];
    for (cmp, cookies) in readers {
        for time in [
            "0000-01-01T00:00:00Z",
            "0000-01-01T00:00:00+23:59",
            "0000-12-31T23:59:59.999Z",
            "1600-12-31T23:59:59Z",
            "9999-12-31T23:59:59Z",
            "9999-12-31T23:59:59-23:59",
        ] {
            let consent = consent_at(&source(cmp), NOW, &cookies(time));
            assert!(!consent.is_decided(), "{cmp}: {time}");
            assert!(!consent.allows("analytics"), "{cmp}: {time}");
            // An objection does not expire, and showing the time does not panic either.
            assert_eq!(&decisions(consent.choice())[..4], "none", "{cmp}: {time}");
            assert!(decisions(consent.choice()).ends_with('-'), "{cmp}: {time}");
            let _ = consent.choice().time();
        }
        assert!(consent_at(&source(cmp), NOW, &cookies("2026-11-21T12:00:00Z")).is_decided());
    }
}

/// The revision in the cookies of `answered`.
fn revision(cmp: Cmp) -> Option<&'static str> {
    Some(match cmp {
        Cmp::Borlabs | Cmp::Orestbida => "3",
        Cmp::Complianz => "16",
        Cmp::Cookiebot => "2",
        Cmp::CookieFirst => "a-b",
        Cmp::Drupal => "1.0.0",
        Cmp::RealCookieBanner => "1643af54c7f5c4440787fcb8ccba0427",
        Cmp::TrustCommander => "019",
        _ => return None,
    })
}

#[test]
fn r7_another_revision_is_no_choice() {
    // Axeptio and Django have tests of their own.
    for &cmp in Cmp::ALL.iter().filter(|cmp| !matches!(cmp, Cmp::Axeptio | Cmp::Django)) {
        let revision = revision(cmp);
        assert_eq!(revision.is_some(), cmp.states_revision(), "{cmp}");
        for cookies in answered(cmp, ALL) {
            let counts = |required: &str| {
                let consent = consent_at(&source(cmp).with_revision(required), NOW, &cookies);
                assert_eq!(consent.is_decided(), consent.allows("analytics"), "{cmp}: {cookies}");
                consent.is_decided()
            };
            if let Some(revision) = revision {
                assert!(counts(revision), "{cmp}: {cookies}");
                assert!(!counts(&revision[1..]), "{cmp}: {cookies}");
                assert!(!counts(&revision[..revision.len() - 1]), "{cmp}: {cookies}");
            }
            for other in ["20", "4", "zz"] {
                assert!(!counts(other), "{cmp}: {other}");
            }
        }
    }
}

/// `$$cookiesVersion` has a name and an identifier.
#[test]
fn r7_axeptio_states_its_version() {
    for cookies in answered(Cmp::Axeptio, ALL) {
        let counts = |required| {
            consent_at(&source(Cmp::Axeptio).with_revision(required), NOW, &cookies).is_decided()
        };
        assert!(counts("site-fr") || counts("0123"), "{cookies}");
        assert!(!counts("0124"));
    }
}

/// If copies disagree, the most restrictive one counts, whichever comes first.
#[test]
fn r7_copies_of_a_revision_that_disagree() {
    let source = source(Cmp::Complianz).with_revision("16");
    let answered = "cmplz_banner-status=dismissed; cmplz_marketing=allow";
    assert!(consent_at(&source, NOW, &format!("{answered}; cmplz_policy_id=16")).is_decided());
    for ids in ["cmplz_policy_id=16; cmplz_policy_id=15", "cmplz_policy_id=15; cmplz_policy_id=16"]
    {
        let consent = consent_at(&source, NOW, &format!("{answered}; {ids}"));
        assert!(!consent.is_decided(), "{ids}");
    }
}

/// A refusal has no version, and needs none.
#[test]
fn r7_django_refusals_are_a_choice_under_every_revision() {
    let source = source(Cmp::Django).with_revision("2026-03-04");
    let consent = consent_at(&source, NOW, "cookie_consent=\"analytics=-1|marketing=-1\"");
    assert_eq!(decisions(consent.choice()), "?--");
}

#[test]
fn r7_django_groups_lapse_one_by_one() {
    let source = source(Cmp::Django).with_revision("2026-03-04T00:00:00+00:00");
    for (groups, want) in [
        ("analytics=2026-03-04T00:00:00+00:00|marketing=2026-03-03T23:59:59+00:00", "?+?"),
        ("analytics=2026-05-01T00:00:00.1+00:00|marketing=-1", "?+-"),
        ("analytics=2026-05-01T00:00:00.1+00:00|marketing=", "?+?"),
    ] {
        let consent = consent_at(&source, NOW, &format!("cookie_consent=\"{groups}\""));
        assert_eq!(decisions(consent.choice()), want, "{groups}");
    }
}
