//! Tests R8: a CMP's cookies pass without being declared.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, UNIX_EPOCH};

use http::header::{COOKIE, HeaderMap, SET_COOKIE};
use tower_cookie_consent::registry::{Category, Cmp, CmpSource};
use tower_cookie_consent::set_cookie::Edit;
use tower_cookie_consent::{ConsentSource, Policy, Registry};

use super::answers::answered;
use super::values::{NOW, decisions, source};
use super::visitor::registry;

const OWNED: &[(Cmp, &[&str])] = &[
    (Cmp::AspNet, &[".AspNet.Consent"]),
    (
        Cmp::Axeptio,
        &["axeptio_cookies", "axeptio_all_vendors", "axeptio_authorized_vendors", "_ax_token"],
    ),
    (Cmp::Borlabs, &["borlabs-cookie"]),
    (Cmp::C15t, &["c15t"]),
    (Cmp::Civic, &["CookieControl"]),
    (
        Cmp::Complianz,
        &["cmplz_statistics", "cmplz_rt_marketing", "cmplz_banner-status", "cmplz_event_1"],
    ),
    (
        Cmp::Consentmanager,
        &["__cmpcccu85689", "__cmpconsentx1", "__cmpwelx1", "__cmpcpcu1", "__cmpcvc", "__cmpiuid"],
    ),
    (Cmp::Cookiebot, &["CookieConsent", "CookieConsentBulkTicket"]),
    (Cmp::CookieFirst, &["cookiefirst-consent", "cookiefirst-id"]),
    (Cmp::CookieInformation, &["CookieInformationConsent"]),
    (Cmp::CookieNotice, &["cookie_notice_accepted", "hu-consent"]),
    (Cmp::CookieScript, &["CookieScriptConsent"]),
    (
        Cmp::CookieYes,
        &[
            "cookieyes-consent",
            "cookieyesID",
            "cookieyes-analytics",
            "cky-consent",
            "viewed_cookie_policy",
            "cookielawinfo-checkbox-analytics",
            "cookielawinfo-checkbox-non-necessary",
            "CookieLawInfoConsent",
        ],
    ),
    (Cmp::Didomi, &["didomi_token", "didomi_dcs", "euconsent-v2"]),
    (Cmp::Django, &["cookie_consent"]),
    (Cmp::Drupal, &["cookie-agreed", "cookie-agreed-categories", "cookie-agreed-version"]),
    (
        Cmp::Gpp,
        &[
            "OTGPPConsent",
            "axeptio_gpp_string",
            "IABGPP_HDR_GppString",
            "__gpp",
            "usprivacy",
            "us_privacy",
        ],
    ),
    (Cmp::HubSpot, &["__hs_cookie_cat_pref", "__hs_opt_out", "__hs_initial_opt_in"]),
    (Cmp::Iubenda, &["_iub_cs-77725586", "_iub_cs-s1", "_iub_cs-1-granular"]),
    (Cmp::Klaro, &["klaro"]),
    (
        Cmp::OneTrust,
        &[
            "OptanonConsent",
            "OptanonAlertBoxClosed",
            "OptanonChoice",
            "eupubconsent-v2",
            "OTGPPConsent",
            "OTAdditionalConsentString",
            "OneTrustWPCCPAGoogleOptOut",
            "usprivacy",
        ],
    ),
    (Cmp::Orestbida, &["cc_cookie"]),
    (Cmp::Orejime, &["eu-consent", "orejime"]),
    (Cmp::Osano, &["cookieconsent_status"]),
    (
        Cmp::PiwikPro,
        &["ppms_privacy_283ac5bc-49a7-4696-ac18-648eb17a43f4", "ppms_privacy_bar_283ac5bc"],
    ),
    (
        Cmp::RealCookieBanner,
        &[
            "real_cookie_banner",
            "real_cookie_banner-v:3_blog:1_path:ca6fd72-lang:fr",
            "real_cookie_banner-v:3_blog:1_path:ca6fd72-gcm",
        ],
    ),
    (Cmp::Spatie, &["laravel_cookie_consent"]),
    (Cmp::Tarteaucitron, &["tarteaucitron"]),
    (
        Cmp::Tcf,
        &[
            "euconsent-v2",
            "eupubconsent-v2",
            "addtl_consent",
            "IABGPP_HDR_GppString",
            "usprivacy",
            "_cmpRepromptHash",
        ],
    ),
    (Cmp::Tealium, &["CONSENTMGR"]),
    (
        Cmp::TrustArc,
        &["notice_gdpr_prefs", "notice_preferences", "notice_behavior", "cmapi_cookie_privacy"],
    ),
    (Cmp::TrustCommander, &["TC_PRIVACY", "TC_PRIVACY_CENTER"]),
    (Cmp::Whitecube, &["laravel_cookie_consent"]),
];

const NEAR: &[(Cmp, &[&str])] = &[
    (Cmp::AspNet, &[".aspnet.consent", ".AspNet.Consent2", "AspNet.Consent", ".AspNet.Session"]),
    (Cmp::Axeptio, &["axeptio_x", "Axeptio_cookies", "_ax_token2", "my_axeptio_cookies"]),
    (Cmp::Borlabs, &["borlabs-cookie-unblock", "Borlabs-cookie", "xborlabs-cookie"]),
    (Cmp::C15t, &["C15t", "c15t2", "c15t-consent", "c15t:pending"]),
    (Cmp::Civic, &["cookieControl", "CookieControlAC", "CookieControlTC", "CookieControl2"]),
    (
        Cmp::Complianz,
        &["cmplz_", "cmplz_uid", "cmplz_rt_uid", "CMPLZ_statistics", "xcmplz_statistics"],
    ),
    (
        Cmp::Consentmanager,
        &["__cmp", "__cmpuid", "__cmpconsent", "__cmpconsenty1", "__CMPconsent1", "x__cmpconsent1"],
    ),
    (
        Cmp::Cookiebot,
        &[
            "cookieconsent",
            "CookieConsent2",
            "CookieConsentBulkSetting-1",
            "CookieConsentBulkTicket2",
        ],
    ),
    (Cmp::CookieFirst, &["cookiefirst", "cookiefirst-consent2", "cookiefirst-idx"]),
    (Cmp::CookieInformation, &["CookieInformationConsent2", "cookieinformationconsent"]),
    (Cmp::CookieNotice, &["cookie_notice", "hu-consent2", "cookie_notice_accepted_"]),
    (Cmp::CookieScript, &["CookieScriptConsent2", "CookieScript", "cookiescriptconsent"]),
    (
        Cmp::CookieYes,
        &[
            "CookieYes-consent",
            "cky-uid",
            "cookieyes-uid",
            "cookielawinfo-checkbox-",
            "viewed_cookie_policy2",
            "cookielawinfoconsent",
        ],
    ),
    (Cmp::Didomi, &["didomi", "didomi_token2", "euconsent", "Euconsent-v2"]),
    (Cmp::Django, &["cookie_consent2", "Cookie_consent"]),
    (Cmp::Drupal, &["cookie-agreed-uid", "cookie-agreed-", "Cookie-agreed", "cookie_agreed"]),
    (
        Cmp::Gpp,
        &["OTGPPConsent2", "otgppconsent", "gpp", "__gpp_sid", "IABGPP_GppSID", "US_Privacy"],
    ),
    (Cmp::HubSpot, &["__hstc", "__hssc", "hubspotutk", "__hs_opt_out2", "__hs_cookie_cat"]),
    (
        Cmp::Iubenda,
        &["_iub_cs-", "_iub_cs-x1", "_iub_cs-1-uid", "_iub_previous_preference_id", "iub_cs-1"],
    ),
    (Cmp::Klaro, &["Klaro", "klaro2", "klaro-x"]),
    (
        Cmp::OneTrust,
        &["OptanonConsent2", "optanonconsent", "Optanon", "OTGPPConsent_", "us_privacy"],
    ),
    (Cmp::Orestbida, &["cc_cookie2", "CC_cookie", "cc_cookies"]),
    (Cmp::Orejime, &["eu-consent2", "EU-consent", "orejime2"]),
    (Cmp::Osano, &["cookieconsent", "cookieconsent_status_uid", "cookieconsent_Status"]),
    (Cmp::PiwikPro, &["ppms_privacy_", "ppms_privacy", "ppms_webstorage", "_pk_id.1.a"]),
    (
        Cmp::RealCookieBanner,
        &["real_cookie_banner-uid", "real_cookie_banner2", "Real_cookie_banner"],
    ),
    (Cmp::Spatie, &["laravel_cookie_consent2", "Laravel_cookie_consent", "laravel_session"]),
    (Cmp::Tarteaucitron, &["tarteaucitron2", "Tarteaucitron", "tarteaucitron-x"]),
    (Cmp::Tcf, &["euconsent-v3", "euconsent", "addtl_consent2", "usprivacy2", "EUCONSENT-V2"]),
    (Cmp::Tealium, &["CONSENTMGR2", "consentmgr", "utag_main"]),
    (Cmp::TrustArc, &["notice_gdpr_prefs2", "TAsessionID", "TAconsentID", "notice_"]),
    (Cmp::TrustCommander, &["TC_PRIVACYX", "TC_PRIVACY_UID", "tc_privacy", "TC_"]),
    (
        Cmp::Whitecube,
        &["tracker_cookie_consent", "mon_site_cookie_consent", "laravel_cookie_consent2"],
    ),
];

/// Returns whether a response may set it under a registry that strips undeclared cookies.
fn passes(source: &CmpSource, name: &str) -> bool {
    let policy = Policy::builder(registry()).source(source.clone()).build();
    let mut response = HeaderMap::new();
    let line = format!("{name}=some; Path=/; Max-Age=31536000");
    response.append(SET_COOKIE, line.parse().unwrap());
    policy.enforce(&policy.consent(&HeaderMap::new()), &mut response);
    response.get(SET_COOKIE).is_some_and(|left| left == &line)
}

#[test]
fn r8_the_cookies_of_every_cmp_pass() {
    assert_eq!(OWNED.iter().map(|(cmp, _)| *cmp).collect::<Vec<_>>(), Cmp::ALL);
    for (cmp, names) in OWNED {
        for name in *names {
            assert!(passes(&CmpSource::new(*cmp), name), "{cmp}: {name}");
        }
    }
}

#[test]
fn r8_near_misses_are_stripped() {
    assert_eq!(NEAR.iter().map(|(cmp, _)| *cmp).collect::<Vec<_>>(), Cmp::ALL);
    for (cmp, names) in NEAR {
        for name in *names {
            assert!(!passes(&CmpSource::new(*cmp), name), "{cmp}: {name}");
        }
    }
}

/// The cookies of other strings beside which a GPP string may stand.
#[test]
fn r8_gpp_owns_the_strings_of_the_iab() {
    for name in ["euconsent-v2", "eupubconsent-v2", "addtl_consent", "usprivacy"] {
        assert!(passes(&CmpSource::new(Cmp::Gpp), name), "{name}");
    }
}

#[test]
fn r8_a_name_of_the_sites_own_passes_too() {
    for &cmp in Cmp::ALL.iter().filter(|cmp| cmp.has_one_cookie()) {
        let source = CmpSource::new(cmp).with_cookie("my_name");
        assert!(passes(&source, "my_name"), "{cmp}");
        assert!(!passes(&source, "my_name2") && !passes(&source, "My_name"), "{cmp}");
        assert!(!passes(&CmpSource::new(cmp), "my_name"), "{cmp}");
    }
}

#[test]
fn r8_owned_by_bytes() {
    for &cmp in Cmp::ALL {
        for name in [&b""[..], b"\xff", b"_ga", b"sid", b"klar\xff", b"*"] {
            assert!(!CmpSource::new(cmp).owns(name, &registry()), "{cmp}");
        }
    }
}

/// The cookies of a browser, by their names.
type Jar = BTreeMap<String, String>;

fn jar(cookies: &str) -> Jar {
    let pairs = cookies.split("; ").map(|pair| pair.split_once('=').unwrap());
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn carrying(jar: &Jar) -> HeaderMap {
    let pairs: Vec<_> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
    HeaderMap::from_iter([(COOKIE, pairs.join("; ").parse().unwrap())])
}

/// Returns a policy that reads the choice from this CMP, and a pattern of whose analytics covers each
/// of these names.
fn covering<'a>(cmp: Cmp, names: impl Iterator<Item = &'a String>) -> Policy {
    let patterns: BTreeSet<_> = names.map(|name| format!("{}*", &name[..name.len() - 1])).collect();
    let analytics = Category::consent("analytics");
    let registry = Registry::builder()
        .version("1")
        .category(Category::consent("functional"))
        .category(patterns.iter().fold(analytics, |it, pattern| it.cookie(pattern.as_str())))
        .category(Category::consent("marketing"));
    let now = || UNIX_EPOCH + Duration::from_secs(NOW);
    Policy::builder(registry.build().unwrap()).source(source(cmp)).clock(now).build()
}

/// A pattern of a category that asks may cover the banner's cookies by mistake, and a server may set
/// them itself. What it refuses there counts from the next request on.
#[test]
fn r8_r9_a_refusal_is_stored_whatever_pattern_covers_its_cookie() {
    let mut refusals = 0;
    for &cmp in Cmp::ALL {
        for before in answered(cmp, [true; 3]).iter().map(|cookies| jar(cookies)) {
            for set in answered(cmp, [false; 3]).iter().map(|cookies| jar(cookies)) {
                let policy = covering(cmp, before.keys().chain(set.keys()));
                let choice = |jar: &Jar| decisions(policy.consent(&carrying(jar)).choice());
                if !choice(&set).contains('-') {
                    continue;
                }
                refusals += 1;
                let lines: Vec<_> =
                    set.iter().map(|(name, value)| format!("{name}={value}; Path=/")).collect();
                let consent = policy.consent(&carrying(&before));
                let report = policy.judge(&consent, &lines, None);
                let leaves = |edit: &Edit| *edit != Edit::Strip;
                let left = set.iter().zip(report.edits()).filter(|(_, edit)| leaves(edit));
                let overlaid = |set: Jar| before.clone().into_iter().chain(set).collect::<Jar>();
                let stored = overlaid(
                    left.map(|((name, value), _)| (name.clone(), value.clone())).collect(),
                );
                assert_eq!(choice(&stored), choice(&overlaid(set.clone())), "{cmp}: {set:?}");
            }
        }
    }
    assert!(refusals > 100, "{refusals}");
}
