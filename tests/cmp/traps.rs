//! Tests R7 for each CMP: cookies that look like a consent, but are not.

use http::header::{COOKIE, HeaderMap, SET_COOKIE};
use tower_cookie_consent::registry::Cmp;
use tower_cookie_consent::{Decision, Policy};

use super::answers::answered;
use super::strings::{custom_purposes, tc, tc_core};
use super::values::{base64, decisions, encoded, source};
use super::visitor::{read, read_by, registry};

/// Reads each line of cookies by the source for this CMP, with its ids mapped.
#[track_caller]
fn check(cmp: Cmp, rows: &[(&str, &str)]) {
    for (cookies, want) in rows {
        assert_eq!(decisions(&read_by(&source(cmp), cookies)), *want, "{cmp}: {cookies}");
    }
}

#[test]
fn r18_trap_01_tarteaucitron_has_services_whose_names_end_alike() {
    check(
        Cmp::Tarteaucitron,
        &[
            ("tarteaucitron=!gtag=wait!multiplegtag=true", "???"),
            ("tarteaucitron=!gtag=false!multiplegtag=true", "?-?"),
            ("tarteaucitron=!analytics=wait!pianoanalytics=true!gtag=true", "???"),
            ("tarteaucitron=!Gtag=true", "???"),
            ("tarteaucitron=!xgtag=true", "???"),
            ("tarteaucitron=!gtag=truex!facebookpixel=false", "??-"),
            ("tarteaucitron=!gtag=TRUE!facebookpixel=false", "??-"),
            ("tarteaucitron=!gtag=true", "?+?"),
        ],
    );
}

#[test]
fn r18_trap_02_tarteaucitron_allows_exempt_services_without_asking() {
    let exempt = [
        "matomo",
        "matomohightrack",
        "plausible",
        "simpleanalytics",
        "microanalytics",
        "wysistathightrack",
        "crisp",
        "stonly",
        "ferank",
        "ferankpub",
    ];
    for service in exempt {
        let cookies = format!("tarteaucitron=!gtag=wait!{service}=true!facebookpixel=wait");
        assert_eq!(decisions(&read(Cmp::Tarteaucitron, &cookies)), "none", "{service}");
        // Even beside an answer, it says nothing about a purpose.
        let cookies = format!("tarteaucitron=!{service}=true!facebookpixel=true");
        assert_eq!(decisions(&read(Cmp::Tarteaucitron, &cookies)), "??+", "{service}");
    }
    // Today these two have to be asked for. They were exempt in versions that are still in use.
    for service in ["atinternet", "matomocloud"] {
        let read = |states: &str| {
            let cookies = format!("tarteaucitron=!{service}=true{states}");
            decisions(&read(Cmp::Tarteaucitron, &cookies))
        };
        assert_eq!(read("!gtag=wait"), "none", "{service}");
        assert_eq!(read("!matomo=true!gtag=wait"), "none", "{service}");
        assert_eq!(read(""), "?+?", "{service}");
        assert_eq!(read("!facebookpixel=wait!hotjar=true"), "?+?", "{service}");
        assert_eq!(read("!facebookpixel=false"), "?+-", "{service}");
    }
}

#[test]
fn r18_trap_03_onetrust_groups_are_defaults_until_the_banner_is_closed() {
    let closed = "OptanonAlertBoxClosed=2026-11-21T12:00:00.000Z";
    let groups = "OptanonConsent=groups=C0001%3A1%2CC0002%3A1%2CC0003%3A1%2CC0004%3A1";
    let refused = "OptanonConsent=groups=C0001%3A1%2CC0002%3A1%2CC0003%3A0%2CC0004%3A0";
    check(
        Cmp::OneTrust,
        &[
            (groups, "none"),
            (&format!("{groups}; optanonalertboxclosed=2026-11-21T12:00:00.000Z"), "none"),
            (&format!("{groups}&interactionCount=1&intType=1"), "none"),
            (&format!("{groups}; {closed}"), "+++"),
            (&format!("{groups}&AwaitingReconsent=true; {closed}"), "none"),
            (&format!("{refused}&AwaitingReconsent=true; {closed}"), "none -?-"),
            // The banner was closed without an answer.
            (&format!("{groups}&intType=3; {closed}"), "none"),
            (&format!("{groups}&intType=%33; {closed}"), "none"),
            (&format!("{refused}&intType=3; {closed}"), "none -?-"),
            (&format!("{groups}&intType=1; {closed}"), "+++"),
            (&format!("{refused}&intType=6; {closed}"), "-+-"),
            (&format!("{groups}&intType=13; {closed}"), "+++"),
        ],
    );
}

#[test]
fn r18_trap_04_cookieyes_consent_says_something_else_under_each_law() {
    let cookie = |rest: &str| format!("cookieyes-consent=consentid:a,{rest}");
    check(
        Cmp::CookieYes,
        &[
            (&cookie("consent:no,action:,necessary:yes,functional:yes,analytics:yes"), "none"),
            (&cookie("consent:yes,action:no,necessary:yes,analytics:yes"), "none"),
            (&cookie("consent:yes,action:Yes,necessary:yes,analytics:yes"), "none"),
            (&cookie("consent:yes,action:yes,functional:no,analytics:no,advertisement:no"), "---"),
            (&cookie("consent:yes,action:yes,functional:no,analytics:yes,advertisement:no"), "-+-"),
            // The site added the category that is empty, and the visitor opened and closed the banner since.
            (&cookie("consent:yes,action:yes,functional:no,analytics:yes,advertisement:"), "-+?"),
            (&cookie("consent:yes,action:yes,analytics:yes,analytics:"), "???"),
            // This was on when the banner was closed, or was not opted out of.
            (
                &cookie("consent:no,action:yes,functional:no,analytics:yes,advertisement:no"),
                "none -?-",
            ),
            (&cookie("consent:no,action:yes,necessary:yes,functional:yes,analytics:yes"), "none"),
            (
                &cookie(
                    "consent:no,action:yes,necessary:yes,functional:no,analytics:no,advertisement:no",
                ),
                "---",
            ),
            (&cookie("consent:yes,action:yes"), "???"),
        ],
    );
}

#[test]
fn r18_trap_05_axeptio_lists_are_empty_both_before_and_after_a_refusal() {
    let json = |completed: bool| {
        let json = format!(r#"{{"$$cookiesVersion":{{}},"$$completed":{completed}}}"#);
        format!("axeptio_cookies={}; axeptio_authorized_vendors=%2C%2C", encoded(&json))
    };
    check(
        Cmp::Axeptio,
        &[
            ("axeptio_authorized_vendors=%2C%2C", "none"),
            ("axeptio_authorized_vendors=%2C%2C; axeptio_all_vendors=%2C%2C", "none"),
            ("axeptio_authorized_vendors=%2Canalytics%2C", "none"),
            (&json(false), "none"),
            (&json(true), "???"),
            (r#"axeptio_cookies={"analytics":true,"$$completed":false}"#, "none"),
            (r#"axeptio_cookies={"analytics":true}"#, "none"),
            (r#"axeptio_cookies={"analytics":true,"$$completed":"true"}"#, "none"),
        ],
    );
}

#[test]
fn r18_trap_06_axeptio_compressed_is_read_by_its_lists() {
    let lists = |authorized: &str, all: &str| {
        format!(
            "axeptio_cookies=lzc1.N4IgbgpgTgzg; axeptio_authorized_vendors={authorized}; \
             axeptio_all_vendors={all}"
        )
    };
    let refused = lists(",,", ",analytics,marketing,");
    check(
        Cmp::Axeptio,
        &[
            (&lists("%2Canalytics%2C", "%2Canalytics%2Cmarketing%2C"), "?+-"),
            (&lists(",analytics,", ",analytics,marketing,"), "?+-"),
            (&lists("%2C%2C", "%2Canalytics%2Cmarketing%2C"), "?--"),
            (&lists("%2C%2C", "%2C%2C"), "none"),
            // Names are compared as a whole, and only those that were asked about count.
            (&lists("%2Canalytics2%2C", "%2Canalytics%2C"), "?-?"),
            (&lists("%2CAnalytics%2C", "%2Canalytics%2C"), "?-?"),
            (&lists("%2Canalytics%2Cmarketing%2C", "%2Canalytics%2C"), "?+?"),
            // A copy that cannot be read takes the grants back, and no refusal.
            (&format!("{refused}; axeptio_all_vendors=%,"), "none ?--"),
            (&format!("axeptio_authorized_vendors=%C3; {refused}"), "none ?--"),
            (&format!("{}; axeptio_all_vendors=%", lists(",analytics,", ",analytics,")), "none"),
            ("axeptio_cookies=lzc1.N4Ig; axeptio_all_vendors=,analytics,", "none"),
            ("axeptio_cookies=lzc1.N4Ig; axeptio_authorized_vendors=,analytics,", "none"),
            ("axeptio_cookies=lzc1.N4Ig", "none"),
        ],
    );
}

#[test]
fn r18_trap_07_cookiebot_assumes_a_consent_where_it_does_not_ask() {
    let cookie = |rest: &str| {
        format!(
            "CookieConsent={{necessary:true,preferences:true,statistics:true,marketing:true{rest}}}"
        )
    };
    check(
        Cmp::Cookiebot,
        &[
            ("CookieConsent=-1", "none"),
            ("CookieConsent=1", "none"),
            ("CookieConsent=0", "---"),
            (&cookie(",stamp:'-1',method:'implied'"), "none"),
            (&cookie(",stamp:'-1',method:'explicit'"), "none"),
            (&cookie(",stamp:'a',method:'implied'"), "none"),
            (&cookie(",stamp:'a',method:'other'"), "none"),
            (&cookie(",stamp:'a',method:explicit"), "none"),
            (&cookie(",method:'explicit'"), "none"),
            (&cookie(",stamp:'a',method:'explicit'"), "+++"),
        ],
    );
}

/// Where Cookiebot assumes a consent, or its server has not registered the answer, what is off was refused.
#[test]
fn r18_trap_07_cookiebot_without_an_answer_keeps_what_is_off() {
    let cookie = |rest: &str| {
        format!(
            "CookieConsent={{necessary:true,preferences:true,statistics:true,marketing:false{rest}}}"
        )
    };
    check(
        Cmp::Cookiebot,
        &[
            (&cookie(",stamp:'a',method:'implied',ver:1,region:'th'"), "none ??-"),
            (&cookie(",stamp:'-1',method:'implied'"), "none ??-"),
            (&cookie(",stamp:'0',method:'explicit'"), "none ??-"),
            (&cookie(",stamp:'a'"), "none ??-"),
            (&cookie(",stamp:'a',method:'explicit'"), "++-"),
            (&cookie(",method:'explicit'"), "none"),
        ],
    );
}

/// According to the vendor's page, old cookies without a method count as implied.
#[test]
fn r18_trap_07_cookiebot_without_a_method_is_implied() {
    check(
        Cmp::Cookiebot,
        &[(
            "CookieConsent={stamp:'a',necessary:true,preferences:true,statistics:true,\
             marketing:true,ver:1}",
            "none",
        )],
    );
}

#[test]
fn r18_trap_08_complianz_status_alone_is_no_choice() {
    check(
        Cmp::Complianz,
        &[
            ("cmplz_banner-status=dismissed", "none"),
            (
                "cmplz_banner-status=dismissed; cmplz_policy_id=16; cmplz_consented_services=",
                "none",
            ),
            ("cmplz_banner-status=dismissed; cmplz_statistics=deny", "?-?"),
            ("cmplz_banner-status=allow; cmplz_statistics=dismissed", "none"),
            (
                "cmplz_banner-status=dismissed; cmplz_marketing=allow; \
                 cmplz_rt_banner-status=dismissed; cmplz_rt_marketing=deny",
                "??-",
            ),
        ],
    );
}

#[test]
fn r18_trap_09_orestbida_raw_utf_8_levels_and_an_empty_list() {
    check(
        Cmp::Orestbida,
        &[
            ("cc_cookie={\"level\": [\"necessary\",\"analytics\"]}", "-+-"),
            ("cc_cookie={\"categories\":[\"analytics\"],\"data\":{\"é\":\"a b, é\"}}", "-+-"),
            ("cc_cookie={\"categories\":[],\"level\":[]}", "---"),
            ("cc_cookie={\"categories\":[],\"level\":[\"analytics\"]}", "---"),
            ("cc_cookie={\"data\":null}", "none"),
            ("cc_cookie={\"categories\":\"analytics\"}", "none"),
            ("cc_cookie={\"categories\":[true]}", "none"),
            ("cc_cookie={\"categories\":[\"Analytics\"]}", "---"),
        ],
    );
    let latin_1 = b"cc_cookie={\"categories\":[\"analytics\"],\"data\":\"caf\xc3\xa9\"}";
    assert_eq!(decisions(&read(Cmp::Orestbida, latin_1)), "-+-");
}

#[test]
fn r18_trap_10_orestbida_category_with_a_service_off() {
    let json = r#"{"categories":["analytics"],"services":{"analytics":["hotjar"],"marketing":[]}}"#;
    let choice = read(Cmp::Orestbida, format!("cc_cookie={}", encoded(json)));
    assert_eq!(decisions(&choice), "-+-");
    assert_eq!(choice.decision("hotjar"), Some(Decision::Granted));
    assert_eq!(choice.decision("google-analytics"), Some(Decision::Refused));
}

#[test]
fn r18_trap_11_django_quotes_and_empty_versions() {
    check(
        Cmp::Django,
        &[
            ("cookie_consent=\"analytics=2026-03-04T03:17:01+00:00|marketing=-1\"", "?+-"),
            ("cookie_consent=\"marketing=-1|analytics=2026-03-04T03:17:01+00:00\"", "?+-"),
            ("cookie_consent=analytics=2013-06-04T03:17:01.421395|marketing=-1", "?+-"),
            ("cookie_consent=\"analytics=|marketing=-1\"", "?+-"),
            ("cookie_consent=\"marketing=-1\"", "??-"),
            ("cookie_consent=\"analytics\"", "none"),
            ("cookie_consent=\"analytics=|marketing=", "none"),
            ("cookie_consent=analytics=|marketing=-1\"", "none"),
            ("cookie_consent=\"analytics=\"|marketing=\"", "none"),
            ("cookie_consent=\"", "none"),
        ],
    );
}

/// A version is a time, or empty.
#[test]
fn r18_trap_11_django_versions_are_times() {
    for version in ["false", "no", "0", "-2", "-", "declined", "-1\"", "None", "-1 "] {
        let cookies = format!("cookie_consent=analytics={version}|functional=-1");
        let granted = read(Cmp::Django, &cookies).decision("analytics");
        assert_ne!(granted, Some(Decision::Granted), "{cookies}");
    }
}

#[test]
fn r18_trap_12_laravel_encrypted_is_opaque() {
    let sealed =
        r#"{"iv":"YQ==","value":"{\"consent_at\":1795262400,\"stats\":true}","mac":"00","tag":""}"#;
    let stats = r#"{"consent_at":1795262400,"stats":true}"#;
    for value in [base64(sealed), base64(stats), encoded(&base64(stats)), encoded(sealed)] {
        check(Cmp::Whitecube, &[(&format!("laravel_cookie_consent={value}"), "none")]);
    }
    assert!(base64(sealed).starts_with("eyJpdiI6"));
}

#[test]
fn r18_trap_13_real_cookie_banner_with_several_ids_and_older_json() {
    let md5 = "1643af54c7f5c4440787fcb8ccba0427";
    let name = "real_cookie_banner-v:3_blog:1_path:ca6fd72";
    let d = r#"{"d":{"44":[604],"46":[610]},"bc":"ind_custom"}"#;
    let clicked =
        |button: &str| format!("1795262400:a:{md5}:{}", d.replace(r#""ind_custom""#, button));
    let cookie = |name: &str, value: String| format!("{name}={}", encoded(&value));
    check(
        Cmp::RealCookieBanner,
        &[
            (&cookie(name, format!("1795262400:a,b,c,d:{md5}:{d}")), "-+-"),
            (&cookie(name, format!("a,b:{md5}:{d}")), "-+-"),
            (&cookie(name, format!(r#"1795262400:a:{md5}:{{"44":[604],"46":[610]}}"#)), "-+-"),
            (&cookie(name, format!(r#"a:{md5}:{{"46":[]}}"#)), "---"),
            (&cookie(&format!("{name}-lang:fr"), format!("1795262400:a:{md5}:{d}")), "-+-"),
            (&cookie(name, format!("1795262400:a:{d}")), "none"),
            (&cookie(name, format!("1795262400:a:{}:{d}", &md5[1..])), "none"),
            (&cookie(name, format!("x:a:{md5}:{d}")), "none"),
            // Nobody clicked a button: the plugin decided for visitors from other countries.
            (&cookie(name, clicked(r#""implicit_all""#)), "none -?-"),
            (&cookie(name, clicked(r#""implicit_essential""#)), "none -?-"),
            (&cookie(name, clicked(r#""main_close_icon""#)), "-+-"),
            (&cookie(name, clicked("1")), "none"),
            (&cookie(&format!("{name}-gcm"), r#"["analytics_storage"]"#.into()), "none"),
            (&cookie(&format!("{name}-tcf"), tc(&[1, 7])), "none"),
        ],
    );
}

#[test]
fn r18_trap_14_tc_strings_that_do_not_count_and_odd_ones_that_do() {
    let core = tc_core(2, true, &[1, 8]);
    let rows = [
        (core.clone(), "?+-"),
        // The 25 bytes end in the 34th letter.
        (core[..34].into(), "?+-"),
        (core[..33].into(), "none"),
        (core[..6].into(), "none"),
        (String::new(), "none"),
        (format!("{core}.IAAA.QAAA.YAAA"), "?+-"),
        (format!("{core}.AAAA.zzzz.___"), "?+-"),
        (format!("{core}."), "?+-"),
        (format!(".{core}"), "none"),
        (tc_core(1, true, &[1, 8]), "none"),
        (tc_core(3, true, &[1, 8]), "none"),
        (tc_core(2, false, &[1, 8]), "none"),
        (format!("A{}", &core[1..]), "none"),
        (format!("{}+{}", &core[..20], &core[21..]), "none"),
        (format!("{}={}", &core[..20], &core[21..]), "none"),
        (encoded(&format!("{core}\u{e9}")), "none"),
        // Without purpose 1 nothing may be stored; of the rest, 5, 6, 10 and 11 are no purpose here.
        (tc(&[2, 3, 4, 7, 8, 9]), "?--"),
        (tc(&[1, 5, 6, 10, 11]), "?--"),
        (tc(&[1, 7]), "?+-"),
        (tc(&[1, 9]), "?+-"),
        (tc(&[1, 2]), "?-+"),
        (tc(&[1, 3]), "?-+"),
    ];
    for (string, want) in rows {
        check(Cmp::Tcf, &[(&format!("euconsent-v2={string}"), want)]);
    }
    // Padding does not change the grants.
    let padded = read(Cmp::Tcf, format!("euconsent-v2={}==", tc_core(2, true, &[])));
    assert_ne!(padded.decision("analytics"), Some(Decision::Granted));
}

#[test]
fn r18_trap_15_didomi_tokens() {
    let token = |rest: &str| {
        let json = format!(
            r#"{{"user_id":"u","created":"2026-11-21T12:00:00.000Z","updated":"2026-11-21T12:00:00.000Z"{rest}}}"#
        );
        base64(&json)
    };
    let enabled = r#","version":2,"purposes":{"enabled":["analytics"],"disabled":["marketing"]}"#;
    let both = r#","version":2,"purposes":{"enabled":["analytics"],"disabled":["analytics"]}"#;
    let string = tc(&[1, 2, 7]);
    let rows = [
        (token(r#","version":null"#), "none"),
        (format!("{}; euconsent-v2={string}", token(r#","version":null"#)), "none"),
        (token(enabled), "?+-"),
        (token(enabled).trim_end_matches('=').into(), "?+-"),
        (token(enabled).replace('=', "%3D"), "?+-"),
        (format!("{}; euconsent-v2={}", token(enabled), tc(&[])), "?--"),
        (token(both), "?-?"),
        (token(r#","purposes":{"enabled":"analytics"}"#), "none"),
        (token(r#","purposes_li":{"enabled":["analytics"]}"#), "none"),
        (format!("x{}", token(enabled)), "none"),
    ];
    for (value, want) in rows {
        check(Cmp::Didomi, &[(&format!("didomi_token={value}"), want)]);
    }
    // If the binary form replaces the token, only the TC string remains.
    let cookies = format!("didomi_dcs=CAAAA; euconsent-v2={string}");
    check(Cmp::Didomi, &[(&cookies, "?++")]);
}

/// Empty lists do not count as lists, so the TC string beside them is not an answer either.
#[test]
fn r7_trap_15_didomi_empty_lists_of_no_version() {
    let json = r#"{"updated":"2026-11-21T12:00:00.000Z","version":null,"purposes":{"enabled":[],"disabled":[]},"vendors":{"enabled":[],"disabled":[]}}"#;
    let cookies = format!("didomi_token={}; euconsent-v2={}", base64(json), tc(&[1, 2, 7]));
    check(Cmp::Didomi, &[(&cookies, "none")]);
}

#[test]
fn r18_trap_16_cookies_of_the_same_name_that_are_something_else() {
    for (cmp, name) in [
        (Cmp::Cookiebot, "CookieConsent"),
        (Cmp::Orestbida, "cc_cookie"),
        (Cmp::Klaro, "klaro"),
        (Cmp::Orejime, "eu-consent"),
        (Cmp::Django, "cookie_consent"),
        (Cmp::Whitecube, "laravel_cookie_consent"),
        (Cmp::Tcf, "euconsent-v2"),
        (Cmp::Borlabs, "borlabs-cookie"),
        (Cmp::C15t, "c15t"),
        (Cmp::Civic, "CookieControl"),
        (Cmp::CookieInformation, "CookieInformationConsent"),
        (Cmp::CookieScript, "CookieScriptConsent"),
        (Cmp::Drupal, "cookie-agreed"),
        (Cmp::HubSpot, "__hs_cookie_cat_pref"),
        (Cmp::PiwikPro, "ppms_privacy_a"),
        (Cmp::Tealium, "CONSENTMGR"),
        (Cmp::TrustArc, "notice_gdpr_prefs"),
    ] {
        for value in [
            "true",
            "1",
            "yes",
            "accept",
            "{}",
            "[]",
            "all",
            "%7B%7D",
            "{true}",
            "\"true\"",
            "null",
            "{\"analytics\":1}",
            "{\"analytics\":\"true\"}",
            "{\"all\":true}",
            "{\"consent\":true}",
            "{statistics:true}",
        ] {
            let choice = read_by(&source(cmp), format!("{name}={value}"));
            for id in ["functional", "analytics", "marketing"] {
                assert_ne!(choice.decision(id), Some(Decision::Granted), "{cmp}: {value}");
            }
        }
    }
}

#[test]
fn r18_trap_17_words_are_of_one_case() {
    for (cmp, cookies) in [
        (Cmp::AspNet, ".AspNet.Consent=Yes"),
        (Cmp::AspNet, ".AspNet.Consent=YES"),
        (Cmp::AspNet, ".AspNet.Consent=true"),
        (Cmp::AspNet, ".AspNet.Consent=yes."),
        (Cmp::AspNet, ".aspnet.consent=yes"),
        (Cmp::Osano, "cookieconsent_status=Allow"),
        (Cmp::Complianz, "cmplz_statistics=Allow"),
        (Cmp::CookieNotice, "cookie_notice_accepted=True"),
        (Cmp::Klaro, "Klaro={\"analytics\":true}"),
        (
            Cmp::Cookiebot,
            "CookieConsent={stamp:'a',necessary:True,preferences:True,statistics:True,marketing:True,method:'explicit'}",
        ),
        (Cmp::CookieYes, "cookieyes-consent=action:yes,analytics:Yes"),
    ] {
        check(cmp, &[(cookies, "none")]);
    }
}

#[test]
fn r7_trap_18_copies_that_disagree_leave_the_most_restrictive() {
    let refusing = |cmp: &&Cmp| !matches!(cmp, Cmp::AspNet | Cmp::Spatie);
    for &cmp in Cmp::ALL.iter().filter(refusing) {
        for (granted, refused) in answered(cmp, [true; 3]).iter().zip(answered(cmp, [false; 3])) {
            let want = decisions(&read_by(&source(cmp), &refused));
            for cookies in [format!("{granted}; {refused}"), format!("{refused}; {granted}")] {
                assert_eq!(decisions(&read_by(&source(cmp), &cookies)), want, "{cmp}: {cookies}");
            }
        }
    }
    check(Cmp::AspNet, &[(".AspNet.Consent=yes; .AspNet.Consent=no", "none")]);
    check(Cmp::Spatie, &[("laravel_cookie_consent=0; laravel_cookie_consent=1", "none")]);
    check(Cmp::Tarteaucitron, &[("tarteaucitron=!gtag=true; tarteaucitron=!gtag=wait", "none")]);
    let unanswered = custom_purposes(2, false, &[52]);
    let answered = custom_purposes(2, true, &[52]);
    check(
        Cmp::Consentmanager,
        &[(&format!("__cmpcccu1={answered}; __cmpcccu1={unanswered}"), "none -?-")],
    );
}

#[test]
fn r18_trap_19_oversized_nested_and_doubled() {
    let long = |length: usize| {
        let json = r#"{"analytics":true,"x":true}"#;
        format!("klaro={}", json.replace('x', &"x".repeat(length - json.len() + 1)))
    };
    let deep =
        format!(r#"{{"categories":["analytics"],"data":{}1{}}}"#, "[".repeat(99), "]".repeat(99));
    check(
        Cmp::Klaro,
        &[
            (&long(4096), "?+?"),
            (&long(4097), "none"),
            (r#"klaro={"analytics":true,"analytics":true}"#, "none"),
            (r#"klaro={"analytics":false,"\u0061nalytics":true}"#, "none"),
            ("klaro=%7B%22analytics%22%3Atrue%7", "none"),
            ("klaro=%7B%22analytics%22%3Atrue%7D%zz", "none"),
            ("klaro=%7B%22analytics%22%3Atrue%2C%22%00%22%3Atrue%7D", "none"),
            ("klaro=%7B%22analytics%22%3Atrue%2C%22%FF%22%3Atrue%7D", "none"),
            ("klaro=%257B%2522analytics%2522%253Atrue%257D", "none"),
        ],
    );
    check(Cmp::Orestbida, &[(&format!("cc_cookie={deep}"), "none")]);
    let raw = [b"klaro={\"analytics\":true,\"\xff\":true}".as_slice()].concat();
    assert_eq!(decisions(&read(Cmp::Klaro, raw)), "none");
}

/// Browsers withhold strict cookies if the visitor comes from another site, but send others.
#[test]
fn r18_trap_20_no_deletions_where_the_consent_cookie_was_not_sent() {
    let policy = Policy::builder(registry()).source(source(Cmp::CookieYes)).build();
    let mut headers = HeaderMap::new();
    headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
    headers.insert(COOKIE, "_ga=GA1.1.2.3; _fbp=fb.1; sid=1".parse().unwrap());
    let consent = policy.consent(&headers);
    assert!(!consent.is_decided());
    let mut response = HeaderMap::new();
    response.append(SET_COOKIE, "_ga=GA1.1.2.3; Max-Age=86400".parse().unwrap());
    policy.enforce(&consent, &mut response);
    assert!(!response.contains_key(SET_COOKIE), "{response:?}");
    // The source itself refuses nothing either, so nothing is deleted because of an objection.
    let choice = read(Cmp::CookieYes, "_ga=GA1.1.2.3");
    assert_eq!(decisions(&choice), "none");
}
