//! Tests the same answers to the banner of every CMP, and cookies without an answer.

use tower_cookie_consent::Decision;
use tower_cookie_consent::registry::Cmp;

use super::answers::answered;
use super::strings::custom_purposes;
use super::values::{decisions, source};
use super::visitor::read_by;

const NONE: [bool; 3] = [false; 3];
const ALL: [bool; 3] = [true; 3];
const ANALYTICS: [bool; 3] = [false, true, false];

/// Returns the answer as far as the CMP can express it.
fn written(cmp: Cmp, answer: [bool; 3]) -> String {
    let as_is: String = answer.map(|granted| if granted { '+' } else { '-' }).iter().collect();
    match cmp {
        // These CMPs have no functional purpose.
        Cmp::Tcf | Cmp::Gpp => format!("?{}", &as_is[1..]),
        // The cookie `_fbp` belongs to a service.
        Cmp::Whitecube => format!("{}?", &as_is[..2]),
        _ => as_is,
    }
}

/// Returns whether a visitor can do anything but accept everything.
fn has_categories(cmp: Cmp) -> bool {
    !matches!(cmp, Cmp::AspNet | Cmp::CookieNotice | Cmp::Osano | Cmp::Spatie)
}

#[track_caller]
fn check(cmp: Cmp, answer: [bool; 3]) {
    for cookies in answered(cmp, answer) {
        let choice = read_by(&source(cmp), &cookies);
        assert_eq!(decisions(&choice), written(cmp, answer), "{cmp}: {cookies}");
    }
}

#[test]
fn r18_what_was_accepted_is_granted() {
    for &cmp in Cmp::ALL {
        check(cmp, ALL);
    }
}

#[test]
fn r18_what_was_refused_is_refused() {
    let refusing = |cmp: &&Cmp| !matches!(cmp, Cmp::AspNet | Cmp::Spatie);
    for &cmp in Cmp::ALL.iter().filter(refusing) {
        check(cmp, NONE);
    }
}

#[test]
fn r18_some_are_granted_and_others_refused() {
    for &cmp in Cmp::ALL.iter().filter(|&&cmp| has_categories(cmp)) {
        check(cmp, ANALYTICS);
        check(cmp, [true, false, true]);
    }
}

#[test]
fn r18_services_follow_what_was_said_of_them_by_name() {
    let choice = read_by(&source(Cmp::Whitecube), &answered(Cmp::Whitecube, ANALYTICS)[0]);
    assert_eq!(choice.decision("facebook"), Some(Decision::Refused));
    assert_eq!(
        choice.decision("hotjar"),
        Some(Decision::Refused),
        "none of its cookies was granted"
    );
}

#[test]
fn r18_without_their_cookies_nothing_was_chosen() {
    for &cmp in Cmp::ALL {
        for cookies in ["", "sid=1", "consent=yes; cookies=accept; _ga=1"] {
            assert_eq!(decisions(&read_by(&source(cmp), cookies)), "none", "{cmp}");
        }
        // The cookies of another CMP are not its own.
        for &other in Cmp::ALL {
            let shared = [Cmp::Tcf, Cmp::Didomi, Cmp::Consentmanager];
            let laravel = [Cmp::Whitecube, Cmp::Spatie];
            let related = |group: &[Cmp]| group.contains(&cmp) && group.contains(&other);
            if cmp == other || related(&shared) || related(&laravel) {
                continue;
            }
            for cookies in answered(other, ALL) {
                assert_eq!(decisions(&read_by(&source(cmp), &cookies)), "none", "{cmp}: {cookies}");
            }
        }
    }
}

/// Cookies without an answer: those that banners write by themselves, and parts of those that they
/// write after an answer.
const UNANSWERED: &[(Cmp, &str)] = &[
    (Cmp::AspNet, ".AspNet.Consent="),
    (
        Cmp::Axeptio,
        "axeptio_cookies={%22$$token%22:%22t%22%2C%22$$cookiesVersion%22:{}%2C%22$$completed%22:false}",
    ),
    (Cmp::Borlabs, "borlabs-cookie="),
    (Cmp::C15t, "c15t="),
    (Cmp::C15t, "c15t=c.marketing:1,c.measurement:1,i.t:1795262400000"),
    (Cmp::C15t, "c15t=c.necessary:1,c.measurement:1,i.sid:sub_1"),
    (Cmp::C15t, "c15t=i.sid:sub_1,i.eid:42,i.t:1795262400000"),
    (Cmp::Civic, "CookieControl="),
    (
        Cmp::Civic,
        r#"CookieControl={"optionalCookies":{"analytics":"accepted"},"consentDate":1795262400000,"interactedWith":false}"#,
    ),
    (
        Cmp::Civic,
        r#"CookieControl={"optionalCookies":{"analytics":"accepted"},"initialState":{"type":"closed"}}"#,
    ),
    (
        Cmp::Civic,
        r#"CookieControl={"optionalCookies":{},"consentDate":1795262400000,"interactedWith":true}"#,
    ),
    (
        Cmp::Civic,
        r#"CookieControl={"iabConsent":"","consentDate":1795262400000,"interactedWith":true}"#,
    ),
    (
        Cmp::Civic,
        r#"CookieControl={"optionalCookies":{"analytics":"accepted"},"ccpa":{"shown":true},"interactedWith":true}"#,
    ),
    (Cmp::Complianz, "cmplz_banner-status=show"),
    (Cmp::Complianz, "cmplz_consented_services={\"youtube\":true}"),
    (Cmp::Complianz, "cmplz_saved_categories=[\"statistics\"]; cmplz_policy_id=16"),
    (Cmp::Complianz, "cmplz_statistics="),
    (Cmp::Complianz, "cmplz_statistics=true"),
    (Cmp::Complianz, "cmplz_statistics=ALLOW"),
    (Cmp::Complianz, "cmplz_statistics-anonymous=allow"),
    (Cmp::Cookiebot, "CookieConsent="),
    (Cmp::CookieFirst, "cookiefirst-id=1"),
    (
        Cmp::CookieInformation,
        r#"CookieInformationConsent={"timestamp":"2026-11-21T12:00:00Z","consents_approved":[],"consents_denied":[]}"#,
    ),
    (
        Cmp::CookieInformation,
        r#"CookieInformationConsent={"consents_approved":["cookie_cat_statistic"],"consents_denied":[]}"#,
    ),
    (Cmp::CookieNotice, "cookie_notice_accepted=1"),
    (Cmp::CookieNotice, "cookie_notice_accepted=TRUE"),
    (
        Cmp::CookieScript,
        r#"CookieScriptConsent={"googleconsentmap":{"ad_storage":"targeting"},"bannershown":1}"#,
    ),
    (
        Cmp::CookieScript,
        r#"CookieScriptConsent={"action":"close","categories":"[\"performance\"]"}"#,
    ),
    (Cmp::CookieScript, r#"CookieScriptConsent={"action":"accept"}"#),
    (Cmp::CookieYes, "cookieyes-consent=consentid:a,consent:yes,action:no,analytics:yes"),
    (Cmp::CookieYes, "cookieyes-consent=consentid:a,analytics:yes"),
    (Cmp::CookieYes, "cookielawinfo-checkbox-analytics=yes"),
    (Cmp::CookieYes, "viewed_cookie_policy=; cookielawinfo-checkbox-analytics=yes"),
    (Cmp::Didomi, "didomi_dcs=CAAAAAAA"),
    (Cmp::Django, "cookie_consent="),
    (Cmp::Django, "cookie_consent=\"\""),
    // The agreement may have been a click on any link.
    (Cmp::Drupal, "cookie-agreed=2"),
    (Cmp::Drupal, "cookie-agreed=1; cookie-agreed-version=1.0.0"),
    (Cmp::Drupal, "cookie-agreed=-1; cookie-agreed-categories=[\"analytics\"]"),
    (Cmp::Drupal, "cookie-agreed-categories=[\"analytics\"]"),
    (Cmp::Gpp, "OTGPPConsent=DBAA"),
    (Cmp::HubSpot, "__hs_opt_out=no"),
    (Cmp::HubSpot, "__hs_initial_opt_in=true"),
    (Cmp::HubSpot, "__hs_cookie_cat_pref="),
    (Cmp::Iubenda, "_iub_cs-1-granular=%7B%22purposes%22%3A%7B%224%22%3Atrue%7D%7D"),
    (Cmp::Klaro, "klaro="),
    (Cmp::OneTrust, "OptanonAlertBoxClosed=2026-11-21T12:00:00.000Z"),
    (Cmp::OneTrust, "OptanonConsent=groups=C0002%3A1; OptanonAlertBoxClosed="),
    (
        Cmp::OneTrust,
        "OptanonConsent=groups=C0002%3A1&AwaitingReconsent=true; \
             OptanonAlertBoxClosed=2026-11-21T12:00:00.000Z",
    ),
    (Cmp::Osano, "cookieconsent_status=dismiss"),
    (Cmp::Osano, "cookieconsent_status="),
    (Cmp::Osano, "cookieconsent_status_analytics=allow"),
    (
        Cmp::PiwikPro,
        r#"ppms_privacy_a={"consents":{"analytics":{"status":-1},"remarketing":{"status":-1}}}"#,
    ),
    (Cmp::PiwikPro, r#"ppms_privacy_a={"consents":{}}"#),
    (Cmp::PiwikPro, "ppms_privacy_bar_a=1"),
    (Cmp::Spatie, "laravel_cookie_consent=0"),
    (Cmp::Tarteaucitron, "tarteaucitron="),
    (Cmp::Tarteaucitron, "tarteaucitron=!gtag=wait!facebookpixel=wait!plausible=true"),
    // The script writes these by itself if the site has no prompt.
    (Cmp::Tealium, "CONSENTMGR=c1:1|c2:1|c3:1|c10:1|ts:1795262400000|consent:true"),
    (Cmp::Tealium, "CONSENTMGR=c1:1|ts:1795262400000"),
    (Cmp::Tealium, "CONSENTMGR=ts:1795262400000"),
    (Cmp::Tealium, "CONSENTMGR=consent:true"),
    (Cmp::Tealium, "CONSENTMGR=dns:false"),
    (Cmp::TrustArc, "notice_behavior=expressed,eu; notice_preferences=2:"),
    (Cmp::TrustArc, "cmapi_cookie_privacy=permit 1,2,3; notice_behavior=expressed,eu"),
    (Cmp::TrustArc, "notice_gdpr_prefs=:; notice_behavior=expressed,eu"),
    (Cmp::TrustCommander, "TC_PRIVACY="),
    (Cmp::TrustCommander, "TC_PRIVACY_CENTER=1,2,3"),
];

#[test]
fn r18_written_before_any_answer() {
    for &(cmp, cookies) in UNANSWERED {
        assert_eq!(decisions(&read_by(&source(cmp), cookies)), "none", "{cmp}: {cookies}");
    }
    let unanswered = custom_purposes(2, false, &[51, 52, 54]);
    let cookies = format!("__cmpcccu85689={unanswered}");
    assert_eq!(decisions(&read_by(&source(Cmp::Consentmanager), cookies)), "none");
}

/// With an account, the plugin writes JSON instead, whose categories were granted or not.
#[test]
fn r18_cookie_notice_in_its_connected_mode() {
    for (consent, want) in [(true, "none"), (false, "---")] {
        let json = super::values::encoded(&format!("{{\"consent\":{consent}}}"));
        let choice = read_by(&source(Cmp::CookieNotice), format!("hu-consent={json}"));
        assert_eq!(decisions(&choice), want);
    }
}

/// The checkboxes contain defaults. A visitor who rejected everything did not grant them.
#[test]
fn r18_cookie_law_info_rejected() {
    let cookies = "viewed_cookie_policy=no; cookielawinfo-checkbox-analytics=yes";
    let granted = read_by(&source(Cmp::CookieYes), cookies).decision("analytics");
    assert_ne!(granted, Some(Decision::Granted));
}

/// Only in OneTrust's form does a plus mean a space.
#[test]
fn r18_a_plus_is_a_plus() {
    for (cmp, cookies) in [
        (Cmp::Orejime, "eu-consent={%22a+b%22:true%2C%22a b%22:false}"),
        (Cmp::Klaro, "klaro=%7B%22a+b%22%3Atrue%7D"),
        (Cmp::Axeptio, "axeptio_authorized_vendors=%2Ca+b; axeptio_all_vendors=%2Ca+b"),
        (
            Cmp::Iubenda,
            "_iub_cs-1=%7B%22timestamp%22%3A%222026-11-21T13:00:00+01:00%22%2C%22purposes%22%3A%7B%22a+b%22%3Atrue%7D%7D",
        ),
    ] {
        let choice = read_by(&source(cmp).with_mapping("a+b", "analytics"), cookies);
        assert_eq!(choice.decision("analytics"), Some(Decision::Granted), "{cmp}: {cookies}");
    }
    let onetrust = "OptanonAlertBoxClosed=2026-11-21T12:00:00Z; OptanonConsent=groups=a+b%3A1";
    let choice = read_by(&source(Cmp::OneTrust).with_mapping("a b", "analytics"), onetrust);
    assert_eq!(choice.decision("analytics"), Some(Decision::Granted));
}
