//! Tests R7, R17 and R18: cookies that somebody else planted, duplicated, encoded again or cut.

use http::header::{COOKIE, HeaderMap, HeaderValue};
use tower_cookie_consent::registry::{Cmp, CmpSource};
use tower_cookie_consent::{Decision, OwnCookie, Policy};

use super::answers::answered;
use super::values::{NOW, decisions, encoded, source};
use super::visitor::{read_by, registry};

#[test]
fn r18_numbers_with_a_sign_are_none() {
    let md5 = "1643af54c7f5c4440787fcb8ccba0427";
    for (cmp, cookies) in [
        (Cmp::C15t, format!("c15t=c.necessary:1,c.measurement:1,i.t:+{NOW}000")),
        (Cmp::Consentmanager, "__cmpcpcu1=__+52__".into()),
        (
            Cmp::Cookiebot,
            format!(
                "CookieConsent={{stamp:'a',necessary:true,preferences:true,statistics:true,marketing:true,method:'explicit',utc:+{NOW}000}}"
            ),
        ),
        (
            Cmp::RealCookieBanner,
            format!("real_cookie_banner={}", encoded(&format!("+{NOW}:a:{md5}:{{\"46\":[1]}}"))),
        ),
        (Cmp::Tealium, format!("CONSENTMGR=ts:+{NOW}000|consent:true")),
        (Cmp::TrustCommander, format!("TC_PRIVACY=0@019@2@@+{NOW}000@")),
        (Cmp::TrustArc, "notice_gdpr_prefs=0,+3::expressed,eu".into()),
    ] {
        assert_eq!(decisions(&read_by(&source(cmp), &cookies)), "none", "{cmp}: {cookies}");
    }
    // A key with a sign is not a category, and so does not differ from the others.
    let tealium = format!("CONSENTMGR=ts:{NOW}000|consent:true|c+1:1|c6:0");
    assert_eq!(decisions(&read_by(&source(Cmp::Tealium), tealium)), "none ---");
    let named = CmpSource::new(Cmp::Consentmanager).with_mapping("custom-purpose:+52", "analytics");
    assert_eq!(decisions(&read_by(&named, "__cmpcpcu1=__52__")), "---");
}

/// Somebody plants a second copy of one of the cookies, or the browser keeps junk under its name.
#[test]
fn r18_a_copy_that_cannot_be_read_lifts_no_refusal() {
    for &cmp in Cmp::ALL {
        for cookies in
            answered(cmp, [false; 3]).into_iter().chain(answered(cmp, [false, true, false]))
        {
            let source = source(cmp);
            let choice = read_by(&source, &cookies);
            for name in cookies.split("; ").filter_map(|cookie| Some(cookie.split_once('=')?.0)) {
                for junk in ["", "%", "x", "\u{e9}", "{", "-1", "2026-11-21"] {
                    let copy = format!("{name}={junk}");
                    for cookies in [format!("{copy}; {cookies}"), format!("{cookies}; {copy}")] {
                        let planted = read_by(&source, &cookies);
                        let lifted = choice.decisions().find(|(id, decision)| {
                            *decision == Decision::Refused
                                && planted.decision(id) != Some(*decision)
                        });
                        assert_eq!(lifted, None, "{cmp}: {cookies}");
                        let granted = planted.decisions().find(|(id, decision)| {
                            *decision == Decision::Granted && choice.decision(id) != Some(*decision)
                        });
                        assert_eq!(granted, None, "{cmp}: {cookies}");
                    }
                }
            }
        }
    }
}

/// If one cookie says two things about the same id, the more restrictive counts.
#[test]
fn r18_a_cookie_that_contradicts_itself() {
    for (cmp, cookies, want) in [
        (Cmp::Iubenda, r#"_iub_cs-1={"purposes":{"4":true},"consent":false}"#, "---"),
        (Cmp::Iubenda, r#"_iub_cs-1={"purposes":{"4":false},"consent":true}"#, "?-?"),
        (Cmp::Orestbida, r#"cc_cookie={"categories":["analytics"],"level":[]}"#, "---"),
        (
            Cmp::Orestbida,
            r#"cc_cookie={"categories":["analytics","marketing"],"level":["analytics"]}"#,
            "-+-",
        ),
        (
            Cmp::Orestbida,
            r#"cc_cookie={"categories":["analytics"],"consentTimestamp":"2026-11-21T12:00:00Z","consent_date":"2026-11-21T12:00:00Z"}"#,
            "none",
        ),
        (
            Cmp::CookieNotice,
            r#"hu-consent={"consent":false,"categories":{"1":true,"3":true}}"#,
            "---",
        ),
        (
            Cmp::CookieInformation,
            r#"CookieInformationConsent={"timestamp":"2026-11-21T12:00:00Z","consents_approved":["cookie_cat_statistic"],"consents_denied":["cookie_cat_statistic"]}"#,
            "---",
        ),
        (Cmp::TrustCommander, "TC_PRIVACY=1@019@2@2@1795262400000@", "---"),
        (Cmp::HubSpot, "__hs_cookie_cat_pref=1:true,2:true,3:true; __hs_opt_out=yes", "---"),
        (Cmp::Drupal, "cookie-agreed=0; cookie-agreed-categories=[\"analytics\"]", "---"),
        (Cmp::CookieYes, "cookieyes-consent=action:yes,analytics:yes,analytics:no", "?-?"),
        (Cmp::Didomi, "didomi_token=e30=; euconsent-v2=x", "none"),
        (Cmp::Tarteaucitron, "tarteaucitron=!gtag=true!gtag=false", "?-?"),
    ] {
        assert_eq!(decisions(&read_by(&source(cmp), cookies)), want, "{cmp}: {cookies}");
    }
}

#[test]
fn r18_encodings_that_no_banner_writes() {
    let klaro = r#"{"analytics":true,"marketing":false}"#;
    let twice = encoded(&encoded(klaro));
    for (cmp, cookies) in [
        (Cmp::Klaro, format!("klaro={twice}")),
        (Cmp::Klaro, format!("klaro=\"{}\"", klaro.replace('"', "\\\""))),
        (Cmp::Klaro, format!("klaro=\u{feff}{klaro}")),
        (Cmp::Klaro, format!("klaro={klaro}{klaro}")),
        (Cmp::Klaro, format!("klaro=[{klaro}]")),
        (Cmp::Klaro, format!("klaro={}", klaro.replace("true", "tru\u{435}"))),
        (Cmp::Klaro, format!("klaro={}", klaro.replace('}', ",}"))),
        (Cmp::Klaro, format!("klaro={}", klaro.replace('"', "'"))),
        (Cmp::Klaro, format!("klaro={klaro}//")),
        (Cmp::Klaro, format!("klaro[0]={klaro}")),
        (Cmp::Klaro, format!("klaro, klaro={klaro}")),
        (Cmp::Klaro, format!("x=1, klaro={klaro}")),
        (Cmp::Klaro, format!("x=\"; klaro={klaro}\"")),
        (Cmp::Klaro, format!("$Version=1; klaro={klaro}; klaro=")),
        (Cmp::Osano, "cookieconsent_status=\"allow\"".into()),
        (Cmp::Osano, "cookieconsent_status=%61llow".into()),
        (Cmp::AspNet, ".AspNet.Consent=\"yes\"".into()),
        (Cmp::AspNet, ".AspNet.Consent=yes,no".into()),
        (Cmp::CookieNotice, "cookie_notice_accepted=%74rue".into()),
        (Cmp::Complianz, "cmplz_banner-status=dismissed; cmplz_marketing=%61llow".into()),
        (Cmp::HubSpot, "__hs_cookie_cat_pref=1%253Atrue".into()),
        (Cmp::Tealium, format!("CONSENTMGR=consent:true%257Cts:{NOW}000")),
        (Cmp::TrustArc, "notice_gdpr_prefs=0%252C3::expressed,eu".into()),
        (
            Cmp::Cookiebot,
            "CookieConsent={\"stamp\":\"a\",\"statistics\":true,\"method\":\"explicit\"}".into(),
        ),
        (
            Cmp::OneTrust,
            "OptanonAlertBoxClosed=2026-11-21T12:00:00Z; OptanonConsent=groups=C0002%253A1".into(),
        ),
    ] {
        let read = decisions(&read_by(&source(cmp), &cookies));
        assert!(!read.contains('+'), "{cmp}: {cookies}: {read}");
    }
}

/// The parts of one cookie look like those of others.
#[test]
fn r18_what_is_inside_another_value_is_no_part_of_the_choice() {
    let closed = "OptanonAlertBoxClosed=2026-11-21T12:00:00.000Z";
    for (cmp, cookies) in [
        (Cmp::OneTrust, format!("{closed}; OptanonConsent=landingPath=https://a.example/?groups=C0002:1")),
        (Cmp::OneTrust, format!("{closed}; OptanonConsent=groups=C0002:0&landingPath=x&groups=C0002:1")),
        (Cmp::OneTrust, "OptanonConsent=groups=C0002:1&OptanonAlertBoxClosed=2026-11-21T12:00:00Z".into()),
        (
            Cmp::Cookiebot,
            "CookieConsent={stamp:'-1',region:'stamp:a,method:explicit,statistics:true',method:'implied'}"
                .into(),
        ),
        (Cmp::Orestbida, r#"cc_cookie={"data":{"categories":["analytics"]}}"#.into()),
        (Cmp::Orestbida, r#"cc_cookie={"data":"\"categories\":[\"analytics\"]"}"#.into()),
        (Cmp::Iubenda, r#"_iub_cs-1={"x":{"purposes":{"4":true}}}"#.into()),
        (Cmp::PiwikPro, r#"ppms_privacy_a={"x":{"consents":{"analytics":{"status":1}}}}"#.into()),
        (Cmp::CookieScript, r#"CookieScriptConsent={"x":{"action":"accept","categories":["performance"]}}"#.into()),
        (Cmp::C15t, format!("c15t=i.eid:c.measurement:1,c.necessary:1,i.t:{NOW}000")),
        (Cmp::C15t, format!("c15t=x.c.measurement:1,c.necessary:1,i.t:{NOW}000")),
        (Cmp::Tarteaucitron, "tarteaucitron=!id=gtag=true!matomo=true".into()),
        (Cmp::CookieYes, "cookieyes-consent=consentid:action:yes,analytics:yes".into()),
        (Cmp::Complianz, "cmplz_consented_services={\"analytics\":true}; cmplz_banner-status=dismissed".into()),
        (Cmp::Whitecube, r#"laravel_cookie_consent={"consent_at":1795262400,"x":"\"stats\":true"}"#.into()),
    ] {
        let read = decisions(&read_by(&source(cmp), &cookies));
        assert!(!read.contains('+'), "{cmp}: {cookies}: {read}");
    }
}

fn allows(sources: &[Cmp], with_own: bool, cookies: &str) -> [bool; 2] {
    let now = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(NOW);
    let mut policy = Policy::builder(registry()).clock(move || now);
    if with_own {
        policy = policy.source(OwnCookie);
    }
    let policy = sources.iter().fold(policy, |policy, cmp| policy.source(source(*cmp))).build();
    let mut headers = HeaderMap::new();
    headers.insert(COOKIE, HeaderValue::from_str(cookies).unwrap());
    let consent = policy.consent(&headers);
    [consent.is_decided(), consent.allows("analytics")]
}

/// A sibling host can write anything beside the visitor's refusal.
#[test]
fn r17_no_planted_cookie_lifts_a_refusal() {
    let own = |granted: bool| {
        format!("__Host-cookie_consent=version=1&time={NOW}&analytics={granted}&marketing=false")
    };
    let refusals = [
        (Cmp::Klaro, r#"klaro={"analytics":false}"#.to_owned()),
        (Cmp::HubSpot, "__hs_cookie_cat_pref=1:false,2:false,3:false".into()),
        (Cmp::Tealium, format!("CONSENTMGR=consent:false|ts:{NOW}000")),
        (Cmp::TrustArc, "notice_gdpr_prefs=0::expressed,eu".into()),
        (Cmp::C15t, format!("c15t=c.necessary:1,i.t:{NOW}000")),
        (Cmp::Drupal, "cookie-agreed=0".into()),
    ];
    let grants = [
        (Cmp::Klaro, r#"klaro={"analytics":true}"#.to_owned()),
        (Cmp::HubSpot, "__hs_cookie_cat_pref=1:true,2:true,3:true".into()),
        (Cmp::Tealium, format!("CONSENTMGR=consent:true|ts:{NOW}000")),
        (Cmp::TrustArc, "notice_gdpr_prefs=0,3::expressed,eu".into()),
        (Cmp::C15t, format!("c15t=c.necessary:1,c.measurement:1,i.t:{NOW}000")),
        (Cmp::Drupal, "cookie-agreed=2; cookie-agreed-categories=[\"analytics\"]".into()),
    ];
    for (refusing, refusal) in &refusals {
        for (granting, grant) in &grants {
            for cookies in [format!("{refusal}; {grant}"), format!("{grant}; {refusal}")] {
                for sources in [&[*refusing, *granting][..], &[*granting, *refusing]] {
                    let [_, allowed] = allows(sources, false, &cookies);
                    assert!(!allowed, "{sources:?}: {cookies}");
                    let [_, allowed] = allows(sources, true, &format!("{}; {cookies}", own(true)));
                    assert!(!allowed, "{sources:?}: {cookies}");
                }
            }
        }
        let [_, allowed] = allows(&[*refusing], true, &format!("{}; {refusal}", own(true)));
        assert!(!allowed, "{refusal}");
    }
    for (granting, grant) in &grants {
        assert_eq!(allows(&[*granting], false, grant), [true, true], "{grant}");
        let [_, allowed] = allows(&[*granting], true, &format!("{}; {grant}", own(false)));
        assert!(!allowed, "{grant}");
    }
}

#[test]
fn r7_the_crates_own_cookie_cut_doubled_and_encoded() {
    let good = format!("version=1&time={NOW}&analytics=true");
    let n = "__Host-cookie_consent";
    assert_eq!(allows(&[], true, &format!("{n}={good}")), [true, true]);
    for cookies in [
        format!("{n}={}", &good[..good.len() - 1]),
        format!("{n}={}", encoded(&good)),
        format!("{n}=\"{good}\""),
        format!("{n}={good}&analytics=false"),
        format!("{n}={good}&time={NOW}"),
        format!("{n}={good}&version=1"),
        format!("{n}={good}&marketing="),
        format!("{n}={good}&analytics"),
        format!("{n}={}", good.replace("true", "TRUE")),
        format!("{n}={}", good.replace("true", "1")),
        format!("{n}={}", good.replace("time=", "time=0x")),
        format!("{n}={}", good.replace(&NOW.to_string(), &format!("{NOW}000"))),
        format!("{n}={}", good.replace(&NOW.to_string(), &format!("{NOW}.0"))),
        format!("{n}={}", good.replace(&NOW.to_string(), &format!("-{NOW}"))),
        format!("{n}={}", good.replace(&NOW.to_string(), "9223372036854775807")),
        format!("{n}={}", good.replace(&NOW.to_string(), "9223372036854775808")),
        format!("{n}={}", good.replace("version=1", "version=2")),
        format!("{n}={}", good.replace("version=1", "version=1%00")),
        format!("{n}={}", good.replace('&', ";")),
        format!("{n}={}", good.replace('&', "&amp;")),
        format!("{n}={good}; {n}=x"),
        format!("{n}={good}; {n}"),
        format!("{n}={good}; {n}={}", good.replace("analytics", "marketing")),
        format!("__host-cookie_consent={good}"),
        format!("cookie_consent={good}"),
        format!("{n}2={good}"),
        format!("x{n}={good}"),
        format!("={n}={good}"),
    ] {
        let [_, allowed] = allows(&[], true, &cookies);
        assert!(!allowed, "{cookies}");
    }
}
