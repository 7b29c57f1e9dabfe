//! Tests R18: an answer is distinguished from cookies that a banner writes by itself.

use tower_cookie_consent::registry::{Cmp, CmpSource};
use tower_cookie_consent::{ConsentSource, Decision};

use super::values::{decisions, encoded, source};
use super::visitor::{read_by, registry, request};

/// Reads each line of cookies with the CMP's ids mapped.
#[track_caller]
fn check(cmp: Cmp, rows: &[(&str, &str)]) {
    for (cookies, want) in rows {
        assert_eq!(decisions(&read_by(&source(cmp), cookies)), *want, "{cmp}: {cookies}");
    }
}

#[test]
fn r18_c15t_lists_grants_and_leaves_out_what_was_refused() {
    check(
        Cmp::C15t,
        &[
            ("c15t=c.necessary:1,i.t:1795262400000", "---"),
            ("c15t=i.t:1795262400000,c.measurement:1,c.necessary:1", "-+-"),
            ("c15t=c.necessary:1,c.marketing:0,c.measurement:1,i.t:1795262400000", "-+-"),
            // A category of c15t alone leads nowhere.
            ("c15t=c.necessary:1,c.experience:1,i.t:1795262400000", "---"),
            ("c15t=c.necessary:1,c.marketing:0,c.marketing:1,i.t:1795262400000", "---"),
            ("c15t=c.necessary:1,c.marketing:true,i.t:1795262400000", "none"),
            ("c15t=c.necessary:1,c.marketing:,i.t:1795262400000", "none"),
            ("c15t=c.necessary:1,c.marketing:1,i.t:now", "none"),
            ("c15t=c.necessary:1,c.marketing:1,i.t:", "none"),
            ("c15t=c.necessary:1,c.marketing,i.t:1795262400000", "none"),
            // The site's own id of the visitor is `Doe, Jane`.
            ("c15t=c.necessary:1,i.t:1795262400000,i.eid:Doe, Jane,i.idp:a", "---"),
            ("c15t=c.necessary:0,c.marketing:1,i.t:1795262400000", "none"),
        ],
    );
}

#[test]
fn r18_civic_states_that_the_visitor_interacted() {
    let cookie = |rest: &str| {
        format!(
            r#"CookieControl={{"optionalCookies":{{"analytics":"accepted","marketing":"revoked"}},"consentDate":1795262400000{rest}}}"#
        )
    };
    check(
        Cmp::Civic,
        &[
            (&cookie(r#","interactedWith":true"#), "?+-"),
            (&cookie(r#","interactedWith":true,"initialState":{"type":"notify"}"#), "?+-"),
            (&cookie(r#","interactedWith":false"#), "none"),
            (&cookie(r#","interactedWith":"true""#), "none"),
            (&cookie(r#","interactedWith":1"#), "none"),
            (&cookie(""), "none"),
            // This is accepted from the start, until the visitor objects.
            (&cookie(r#","interactedWith":true,"ccpa":{"shown":true}"#), "none ??-"),
            (&cookie(r#","interactedWith":true,"consentDate":1"#), "none"),
        ],
    );
    let words = [("accepted", "?+?"), ("revoked", "?-?"), ("Accepted", "none"), ("on", "none")];
    for (word, want) in words {
        let json =
            format!(r#"{{"optionalCookies":{{"analytics":"{word}"}},"interactedWith":true}}"#);
        check(Cmp::Civic, &[(&format!("CookieControl={}", encoded(&json)), want)]);
    }
}

#[test]
fn r18_cookie_information_approves_and_denies() {
    let cookie = |approved: &str, denied: &str| {
        format!(
            r#"CookieInformationConsent={{"timestamp":"2026-11-21T12:00:00Z","consents_approved":[{approved}],"consents_denied":[{denied}]}}"#
        )
    };
    let (functional, statistic) = ("\"cookie_cat_functional\"", "\"cookie_cat_statistic\"");
    check(
        Cmp::CookieInformation,
        &[
            (&cookie(functional, statistic), "+--"),
            (&cookie(&format!("{functional},{statistic}"), statistic), "+--"),
            (&cookie("", functional), "---"),
            (&cookie("\"cookie_cat_unclassified\"", ""), "---"),
            (&cookie("\"cookie_cat_Functional\"", ""), "---"),
            (&cookie("true", ""), "none"),
            (&cookie(functional, "").replace("2026-11-21T12:00:00Z", "yesterday"), "none"),
        ],
    );
}

#[test]
fn r18_cookie_script_by_the_button_and_its_categories() {
    let cookie = |json: &str| format!("CookieScriptConsent={json}");
    check(
        Cmp::CookieScript,
        &[
            (&cookie(r#"{"action":"accept","categories":"[\"performance\"]"}"#), "-+-"),
            (&cookie(r#"{"action":"accept","categories":["performance","strict"]}"#), "-+-"),
            (&cookie(r#"{"action":"accept","categories":"[]"}"#), "---"),
            (&cookie(r#"{"action":"accept","categories":"performance"}"#), "none"),
            (&cookie(r#"{"action":"accept","categories":{"performance":true}}"#), "none"),
            (&cookie(r#"{"action":"accept","categories":"[\"performance\""}"#), "none"),
            (&cookie(r#"{"action":"reject","categories":"[\"performance\"]"}"#), "---"),
            (&cookie(r#"{"action":"reject"}"#), "---"),
            (&cookie(r#"{"action":"Accept","categories":["performance"]}"#), "none"),
            (
                &cookie(r#"{"action":"reject","action":"accept","categories":["performance"]}"#),
                "none",
            ),
        ],
    );
}

#[test]
fn r18_drupal_by_status_and_categories() {
    check(
        Cmp::Drupal,
        &[
            ("cookie-agreed=2; cookie-agreed-categories=[\"analytics\"]", "-+-"),
            ("cookie-agreed=1; cookie-agreed-categories=[%22analytics%22]", "-+-"),
            // A refusal does not remove the categories of an earlier answer.
            ("cookie-agreed=0; cookie-agreed-categories=[\"analytics\"]", "---"),
            ("cookie-agreed=0", "---"),
            ("cookie-agreed=2; cookie-agreed=0", "---"),
            (
                "cookie-agreed=2; cookie-agreed-categories=[\"analytics\",\"marketing\"]; \
                 cookie-agreed-categories=[\"marketing\",\"functional\"]",
                "--+",
            ),
            ("cookie-agreed=2; cookie-agreed-categories=[]", "---"),
            ("cookie-agreed=2; cookie-agreed-categories=", "none"),
            ("cookie-agreed=3; cookie-agreed-categories=[\"analytics\"]", "none"),
            ("cookie-agreed=2; cookie-agreed-categories={\"analytics\":true}", "none"),
            (
                "cookie-agreed=2; cookie-agreed-categories=[\"analytics\"]; cookie-agreed-categories=x",
                "none -?-",
            ),
        ],
    );
    let mapped = CmpSource::new(Cmp::Drupal).with_mapping("all", "analytics");
    for (cookies, want) in [("cookie-agreed=2", "?+?"), ("cookie-agreed=0", "---"), ("x=2", "none")]
    {
        assert_eq!(decisions(&read_by(&mapped, cookies)), want, "{cookies}");
    }
}

#[test]
fn r18_hubspot_by_numbers_and_its_opt_out() {
    check(
        Cmp::HubSpot,
        &[
            ("__hs_cookie_cat_pref=1:true,2:false,3:true", "++-"),
            ("__hs_cookie_cat_pref=1:true_2:false_3:false", "-+-"),
            ("__hs_cookie_cat_pref=1:true", "?+?"),
            ("__hs_cookie_cat_pref=1:true,1:false", "?-?"),
            ("__hs_cookie_cat_pref=1:TRUE", "none"),
            ("__hs_cookie_cat_pref=1:true,", "none"),
            ("__hs_cookie_cat_pref=1:true,:true", "none"),
            ("__hs_cookie_cat_pref=true", "none"),
            ("__hs_opt_out=yes", "none ---"),
            ("__hs_opt_out=Yes", "none"),
            ("__hs_opt_out=yes; __hs_cookie_cat_pref=1:true,2:true,3:true", "---"),
            ("__hs_opt_out=no; __hs_cookie_cat_pref=1:true,2:true,3:true", "+++"),
        ],
    );
}

#[test]
fn r18_piwik_pro_by_the_status_of_each_type() {
    let cookie =
        |consents: &str| format!(r#"ppms_privacy_6c58358e-1595={{"consents":{{{consents}}}}}"#);
    let marketing = |one: i8, other: i8| {
        cookie(&format!(
            r#""remarketing":{{"status":{one}}},"conversion_tracking":{{"status":{other}}}"#
        ))
    };
    check(
        Cmp::PiwikPro,
        &[
            (&cookie(r#""analytics":{"status":1}"#), "?+?"),
            (&cookie(r#""analytics":{"status":0}"#), "?-?"),
            (&cookie(r#""analytics":{"status":-1}"#), "none"),
            (&cookie(r#""analytics":{"status":2}"#), "none"),
            (&cookie(r#""analytics":{"status":true}"#), "none"),
            (&cookie(r#""analytics":{"status":"1"}"#), "none"),
            (&marketing(1, 1), "??+"),
            (&marketing(1, -1), "???"),
            (&marketing(1, 0), "??-"),
            (&format!("{}; ppms_privacy_bar_6c58358e=1", marketing(1, 1)), "??+"),
            // The other cookie belongs to another site under the domain.
            (&format!("{}; ppms_privacy_b={{\"consents\":{{}}}}", marketing(1, 1)), "none"),
        ],
    );
}

#[test]
fn r18_tealium_categories_that_were_all_granted_may_be_a_default() {
    let time = "ts:1795262400000";
    let cookie = |rest: &str| format!("CONSENTMGR={time}|{rest}");
    check(
        Cmp::Tealium,
        &[
            (&cookie("consent:true"), "+++"),
            (&cookie("consent:false"), "---"),
            (&cookie("consent:true|c1:1|c6:1"), "none"),
            (&cookie("consent:true|c1:1|c6:0"), "-+?"),
            (&cookie("consent:true|c1:1|c6:1|c3:0"), "++-"),
            (&cookie("consent:false|c1:0|c6:0"), "none ---"),
            (&cookie("consent:false|c1:1|c6:0"), "---"),
            (&cookie("consent:false|c1:1|c6:1"), "---"),
            (&cookie("consent:true|c1:0"), "none ---"),
            (&cookie("consent:true|c1:1|c1:0"), "none ?-?"),
            (&cookie("c1:1|c6:0"), "none -??"),
            (&cookie("consent:true|consent:true"), "none"),
            (&cookie("consent:TRUE"), "none"),
            (&cookie("consent:true|c1:2"), "none"),
            (&cookie("consent:true|c16:0"), "+++"),
            ("CONSENTMGR=consent:true|ts:soon", "none"),
            ("CONSENTMGR=consent:false", "none"),
            (&cookie("dns:true"), "none ??-"),
            (&cookie("dns:true|consent:true"), "++-"),
        ],
    );
}

#[test]
fn r18_trustarc_grants_only_what_was_asked_expressly() {
    let levels = "notice_gdpr_prefs=0,1,2,3";
    check(
        Cmp::TrustArc,
        &[
            (&format!("{levels}:; notice_behavior=expressed,eu"), "+++"),
            (&format!("{levels}::expressed,eu"), "+++"),
            (&format!("{levels}:sum:expressed.eu"), "+++"),
            (&format!("{levels}::expressed,eu; notice_behavior=implied,eu"), "none"),
            (&format!("{levels}::implied,eu; notice_behavior=expressed,eu"), "none"),
            (&format!("{levels}::implied,us"), "none"),
            (&format!("{levels}; notice_behavior=none"), "none"),
            (levels, "none"),
            ("notice_gdpr_prefs=0,3::expressed,eu", "-+-"),
            ("notice_gdpr_prefs=0::expressed,eu", "---"),
            ("notice_gdpr_prefs=0,3::expressed,eu; notice_behavior=x", "none -?-"),
            ("notice_gdpr_prefs=0,3::implied,eu; notice_behavior=expressed", "none -?-"),
            ("notice_gdpr_prefs=0::implied,eu", "none ---"),
            ("notice_gdpr_prefs=0", "none ---"),
            ("notice_gdpr_prefs=0,1::implied,eu", "none ??-"),
            ("notice_gdpr_prefs=0,x::expressed,eu", "none"),
            ("notice_gdpr_prefs=0,1,::expressed,eu", "none"),
            (&format!("{levels}::expressed,eu; notice_gdpr_prefs=0::expressed,eu"), "---"),
        ],
    );
}

/// Some versions have the numbers of banner and site before the categories.
#[test]
fn r18_trustcommander_with_banner_and_site_first() {
    check(
        Cmp::TrustCommander,
        &[
            // These are the examples of the vendor's pages.
            ("TC_PRIVACY=0@002@12@34@1%2C3@4@1592900933049", "+-+"),
            ("TC_PRIVACY=1@012@26@42@@4@1592900933049", "---"),
            ("TC_PRIVACY=0@002|12|3441@1%2C3@4@1592900933049@1592900933049", "+-+"),
            ("TC_PRIVACY=1@012|26|4221@@4@1592900933049@1592900933049", "---"),
            ("TC_PRIVACY=0@002@2@3@1@@1592900933049", "+--"),
            // A banner or a site with the number of a category grants nothing.
            ("TC_PRIVACY=0@002@2@3@@@1592900933049", "---"),
            ("TC_PRIVACY=0@002@2@@3@1592900933049", "none"),
            ("TC_PRIVACY=0@002@12@34@56@1,3@4@1592900933049", "none"),
        ],
    );
}

/// The opt-out of one HubSpot banner, or one site's refusal, remains with junk beside it.
#[test]
fn r7_an_oversized_cookie_leaves_the_refusals_of_the_others() {
    let junk = "x".repeat(4_097);
    for (cmp, refusal, name) in [
        (Cmp::Klaro, r#"klaro={"analytics":false}"#.to_owned(), "klaro"),
        (Cmp::Orejime, r#"orejime={"analytics":false}"#.into(), "eu-consent"),
        (Cmp::HubSpot, "__hs_opt_out=yes".into(), "__hs_cookie_cat_pref"),
        (Cmp::CookieYes, "viewed_cookie_policy=no".into(), "cookieyes-consent"),
        (Cmp::Tcf, "usprivacy=1YYN".into(), "euconsent-v2"),
        (
            Cmp::Complianz,
            "cmplz_banner-status=dismissed; cmplz_statistics=deny; cmplz_marketing=deny".into(),
            "cmplz_consented_services",
        ),
        (
            Cmp::Axeptio,
            "axeptio_all_vendors=,analytics; axeptio_authorized_vendors=,".into(),
            "axeptio_cookies",
        ),
    ] {
        let whole = read_by(&CmpSource::new(cmp), &refusal);
        for cookies in [format!("{refusal}; {name}={junk}"), format!("{name}={junk}; {refusal}")] {
            let choice = CmpSource::new(cmp).read(&request(&cookies), &registry());
            assert!(!choice.is_decided(), "{cmp}: {refusal}");
            for id in ["functional", "analytics", "marketing"] {
                let want = whole.decision(id).filter(|it| *it == Decision::Refused);
                assert_eq!(choice.decision(id), want, "{cmp}: {id}");
            }
        }
    }
    // The cookies of other sources, and those of no source, may have any length.
    let others = format!("klaro={{\"analytics\":true}}; CONSENTMGR={junk}; x={junk}");
    assert_eq!(decisions(&read_by(&CmpSource::new(Cmp::Klaro), others)), "?+?");
    let grant = format!("klaro={{\"analytics\":true}}; klaro={junk}");
    assert_eq!(decisions(&read_by(&CmpSource::new(Cmp::Klaro), grant)), "none");
}
