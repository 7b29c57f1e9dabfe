//! Tests R18: nothing is granted that the visitor did not grant, and no refusal is overlooked.

use tower_cookie_consent::registry::{Category, Cmp, CmpSource, Service};
use tower_cookie_consent::{ConsentSource, Decision, Gpc, OwnCookie, Policy, Registry};

use super::strings::{custom_purposes, pausable_purposes, tc};
use super::values::{base64, decisions, encoded};
use super::visitor::{read, read_by, registry, request};

const GRANTED: Option<Decision> = Some(Decision::Granted);
const REFUSED: Option<Decision> = Some(Decision::Refused);

/// Compares what the source reads from each line of cookies.
#[track_caller]
fn check(source: &CmpSource, rows: &[(&str, &str)]) {
    for (cookies, want) in rows {
        assert_eq!(decisions(&read_by(source, cookies)), *want, "{}: {cookies}", source.cmp());
    }
}

fn mapped(cmp: Cmp, map: &[(&str, &str)]) -> CmpSource {
    map.iter().fold(CmpSource::new(cmp), |source, (cmp_id, id)| source.with_mapping(*cmp_id, *id))
}

#[test]
fn r18_cookie_notice_connected_decides_by_its_categories() {
    let cookie = |categories: &str| {
        let json = format!(
            r#"{{"consent":true,"consentLevel":1,"consentID":"u","categories":{categories},"expiry":365,"timestamp":1795262400000,"lastVersion":9}}"#
        );
        format!("hu-consent={}", encoded(&json))
    };
    let necessary = cookie(r#"{"1":true,"2":false,"3":false,"4":false}"#);
    let analytics = cookie(r#"{"1":true,"2":false,"3":true,"4":false}"#);
    let all = cookie(r#"{"1":true,"2":true,"3":true,"4":true}"#);
    check(
        &CmpSource::new(Cmp::CookieNotice),
        &[(&necessary, "---"), (&analytics, "---"), (&all, "+++")],
    );
    let names = [("2", "functional"), ("3", "analytics"), ("4", "marketing")];
    check(
        &mapped(Cmp::CookieNotice, &names),
        &[(&necessary, "---"), (&analytics, "-+-"), (&all, "+++")],
    );
    let refused =
        "hu-consent=%7B%22consent%22%3Afalse%2C%22categories%22%3A%7B%223%22%3Atrue%7D%7D";
    check(&mapped(Cmp::CookieNotice, &names), &[(refused, "---")]);
    let time = read(Cmp::CookieNotice, &necessary).time();
    let want = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_795_262_400);
    assert_eq!(time, Some(want));
}

/// The box "Do not sell my personal information" is on the page with and without a banner.
#[test]
fn r18_gdpr_cookie_consent_has_a_box_for_californians() {
    let preferences = |json: &str| format!("CookieLawInfoConsent={}", base64(json));
    let out = preferences(r#"{"ver":"1","necessary":true,"analytics":true,"ccpaOptout":true}"#);
    let taken_back = preferences(r#"{"ccpaOptout":false}"#);
    let accepted = "viewed_cookie_policy=yes; cookielawinfo-checkbox-analytics=yes";
    check(
        &CmpSource::new(Cmp::CookieYes),
        &[
            (&preferences(r#"{"ccpaOptout":true}"#), "none ---"),
            (&out, "none ---"),
            (&out.replace('=', "%3D").replacen("%3D", "=", 1), "none ---"),
            (&format!("{out}; {accepted}"), "---"),
            (&format!("{accepted}; {taken_back}; {out}"), "---"),
            (&format!("{accepted}; {taken_back}"), "?+?"),
            (&taken_back, "none"),
            (&preferences(r#"{"ver":"1","analytics":false}"#), "none"),
            (&preferences(r#"{"ccpaOptout":"true"}"#), "none"),
            ("CookieLawInfoConsent=true", "none"),
            ("CookieLawInfoConsent=", "none"),
        ],
    );
}

/// These were observed while Complianz' script showed no banner, or had not shown it yet.
#[test]
fn r18_complianz_answers_by_dismissing_the_banner() {
    let all = "cmplz_consented_services=; cmplz_policy_id=16; cmplz_marketing=allow; \
               cmplz_statistics=allow; cmplz_preferences=allow; cmplz_functional=allow";
    check(
        &CmpSource::new(Cmp::Complianz),
        &[
            (all, "none"),
            (&format!("{all}; cmplz_banner-status=show"), "none"),
            (&format!("{all}; cmplz_banner-status=show; cmplz_banner-status=dismissed"), "none"),
            (&format!("{all}; cmplz_rt_banner-status=dismissed"), "none"),
            (&format!("{all}; cmplz_banner-status=dismissed"), "+++"),
            // Statistics are exempt here: they are allowed before the banner, and after it was
            // closed without an answer.
            ("cmplz_policy_id=16; cmplz_statistics=allow", "none"),
            ("cmplz_policy_id=16; cmplz_statistics=allow; cmplz_banner-status=dismissed", "none"),
            // The visitor has the banner open again. What they refused before stays refused.
            ("cmplz_banner-status=show; cmplz_statistics=deny; cmplz_marketing=allow", "none ?-?"),
            ("cmplz_statistics=deny", "none ?-?"),
            ("cmplz_banner-status=show; cmplz_statistics=Deny; cmplz_marketing=deny", "none ??-"),
        ],
    );
}

#[test]
fn r17_complianz_before_an_answer_does_not_hide_other_sources() {
    let policy = Policy::builder(registry())
        .source(CmpSource::new(Cmp::Complianz))
        .source(CmpSource::new(Cmp::Klaro))
        .build();
    let mut headers = http::HeaderMap::new();
    let line = "cmplz_policy_id=16; cmplz_statistics=allow; klaro={\"marketing\":true}";
    headers.insert("cookie", line.parse().unwrap());
    assert!(policy.consent(&headers).allows("marketing"));
}

/// `google` is a service in two categories of the banner, and in `marketing` of the registry.
fn google_in_marketing() -> Registry {
    Registry::builder()
        .version("1")
        .category(Category::consent("analytics").service(Service::new("matomo")))
        .category(Category::consent("marketing").service(Service::new("google")))
        .build()
        .unwrap()
}

#[test]
fn r18_a_service_of_a_refused_category_is_refused() {
    let cookie = format!(
        "cc_cookie={}",
        encoded(
            r#"{"categories":["analytics","necessary"],"services":{"necessary":[],"analytics":["google","matomo"],"ads":[]}}"#
        )
    );
    let decided = |source: CmpSource| {
        let choice = source.read(&request(&cookie), &google_in_marketing());
        ["google", "marketing", "matomo", "analytics"].map(|id| choice.decision(id))
    };
    let plain = CmpSource::new(Cmp::Orestbida);
    assert_eq!(decided(plain.clone()), [REFUSED, REFUSED, GRANTED, GRANTED]);
    // Here the site maps one of the two.
    let one = plain.clone().with_mapping("analytics/google", "google");
    assert_eq!(decided(one), [GRANTED, REFUSED, GRANTED, GRANTED]);
    let other = plain.with_mapping("ads/google", "google");
    assert_eq!(decided(other), [REFUSED, REFUSED, GRANTED, GRANTED]);
}

/// The same is true of the other CMPs that list services inside categories.
#[test]
fn r18_a_service_of_a_refused_category_is_refused_by_every_list_of_groups() {
    let borlabs = format!(
        "borlabs-cookie={}",
        encoded(r#"{"consents":{"statistics":["google","matomo"]},"version":1}"#)
    );
    let md5 = "1643af54c7f5c4440787fcb8ccba0427";
    let groups = encoded(&format!(r#"1795262400:a:{md5}:{{"d":{{"45":[610,611]}}}}"#));
    let real_cookie_banner = format!("real_cookie_banner={groups}");
    for (source, cookies) in [
        (mapped(Cmp::Borlabs, &[("marketing", "marketing")]), borlabs),
        (
            mapped(
                Cmp::RealCookieBanner,
                &[
                    ("group:45", "analytics"),
                    ("group:46", "marketing"),
                    ("service:610", "google"),
                    ("service:611", "matomo"),
                ],
            ),
            real_cookie_banner,
        ),
    ] {
        let choice = source.read(&request(&cookies), &google_in_marketing());
        let got = ["google", "marketing", "matomo"].map(|id| choice.decision(id));
        assert_eq!(got, [REFUSED, REFUSED, GRANTED], "{cookies}");
    }
}

/// A sibling host plants a grant under the name of the other version.
#[test]
fn r18_versions_of_a_cmp_combine_most_restrictively() {
    let json = |granted: bool| format!("{{\"analytics\":{granted},\"marketing\":{granted}}}");
    let legacy =
        |word: &str| format!("viewed_cookie_policy=yes; cookielawinfo-checkbox-analytics={word}");
    let connected = |granted: bool| {
        format!(
            "hu-consent={{\"consent\":{granted},\"categories\":{{\"1\":true,\"4\":{granted}}}}}"
        )
    };
    let complianz = |prefix: &str, word: &str| {
        format!(
            "{prefix}banner-status=dismissed; {prefix}functional=allow; {prefix}marketing={word}"
        )
    };
    let lists = "axeptio_all_vendors=,analytics,; axeptio_authorized_vendors";
    let axeptio = |decision: &str| format!("axeptio_cookies={{{decision}\"$$completed\":true}}");
    let string = |purposes: &[u64]| tc(purposes);
    for (cmp, refusal, grant, want) in [
        (
            Cmp::Orejime,
            format!("orejime={}", json(false)),
            format!("eu-consent={}", json(true)),
            "?--",
        ),
        (
            Cmp::Orejime,
            format!("eu-consent={}", json(false)),
            format!("orejime={}", json(true)),
            "?--",
        ),
        (Cmp::CookieYes, legacy("no"), "cookieyes-consent=action:yes,analytics:yes".into(), "?-?"),
        (Cmp::CookieYes, "cookieyes-consent=action:yes,analytics:no".into(), legacy("yes"), "?-?"),
        (Cmp::CookieNotice, "cookie_notice_accepted=false".into(), connected(true), "---"),
        (Cmp::CookieNotice, connected(false), "cookie_notice_accepted=true".into(), "---"),
        (Cmp::Complianz, complianz("cmplz_", "deny"), complianz("cmplz_rt_", "allow"), "??-"),
        (Cmp::Complianz, complianz("cmplz_rt_", "deny"), complianz("cmplz_", "allow"), "??-"),
        (Cmp::Axeptio, format!("{lists}=,,"), axeptio("\"analytics\":true,"), "?-?"),
        (
            Cmp::Tcf,
            format!("euconsent-v2={}", string(&[])),
            format!("eupubconsent-v2={}", string(&[1, 2, 7])),
            "?--",
        ),
        (
            Cmp::Iubenda,
            "_iub_cs-1={\"purposes\":{\"4\":false}}".into(),
            "_iub_cs-s2={\"purposes\":{\"4\":true}}".into(),
            "?-?",
        ),
    ] {
        for cookies in [format!("{refusal}; {grant}"), format!("{grant}; {refusal}")] {
            assert_eq!(decisions(&read(cmp, &cookies)), want, "{cmp}: {cookies}");
        }
        assert!(decisions(&read(cmp, &grant)).contains('+'), "{cmp}: {grant} alone");
    }
}

/// In reverse, a cookie that an earlier version left without an answer takes nothing back.
#[test]
fn r18_a_version_without_an_answer_says_nothing() {
    for (cmp, silent, grant) in [
        (Cmp::Orejime, "orejime=", "eu-consent={\"analytics\":true}"),
        (
            Cmp::CookieYes,
            "cookielawinfo-checkbox-analytics=no",
            "cookieyes-consent=action:yes,analytics:yes",
        ),
        (
            Cmp::CookieYes,
            "cookieyes-consent=action:,analytics:no",
            "viewed_cookie_policy=yes; cookielawinfo-checkbox-analytics=yes",
        ),
        (
            Cmp::Complianz,
            "cmplz_rt_statistics=allow",
            "cmplz_banner-status=dismissed; cmplz_functional=allow; cmplz_statistics=allow",
        ),
    ] {
        let choice = read(cmp, format!("{silent}; {grant}"));
        assert_eq!(choice.decision("analytics"), GRANTED, "{cmp}: {silent}");
    }
}

/// This is the plugin's only category besides the necessary one, if the site added none.
#[test]
fn r18_cookie_law_info_non_necessary_decides_all_that_asks() {
    let cookie = |viewed: &str, word: &str| {
        format!("viewed_cookie_policy={viewed}; cookielawinfo-checkbox-non-necessary={word}")
    };
    let both = format!("{}; cookielawinfo-checkbox-analytics=no", cookie("yes", "yes"));
    check(
        &CmpSource::new(Cmp::CookieYes),
        &[
            (&cookie("yes", "yes"), "+++"),
            (&cookie("yes", "no"), "---"),
            (&cookie("no", "yes"), "---"),
            ("viewed_cookie_policy=no", "---"),
            (&both, "+-+"),
        ],
    );
    let source = mapped(Cmp::CookieYes, &[("non-necessary", "analytics")]);
    check(&source, &[(&cookie("yes", "yes"), "?+?"), (&cookie("yes", "no"), "?-?")]);
}

#[test]
fn r18_consentmanagers_lists_of_purposes_and_vendors() {
    let source = mapped(
        Cmp::Consentmanager,
        &[
            ("custom-purpose:51", "functional"),
            ("custom-purpose:52", "analytics"),
            ("custom-purpose:54", "marketing"),
            ("vendor:s94", "hotjar"),
        ],
    );
    check(
        &source,
        &[
            ("__cmpcpcu85689=__51_52__", "++-"),
            ("__cmpcpc=__51__", "+--"),
            // A refusal looks like the cookie before an answer.
            ("__cmpcpcx85689=____", "none ---"),
            ("__cmpcpcu1=__51_x__", "none"),
            ("__cmpcpcu1=51", "+--"),
            ("__cmpcpcuid=__51_52__", "none"),
            (
                &format!("__cmpcpcu1=__51_52__; __cmpcccu1={}", custom_purposes(2, true, &[52])),
                "-+-",
            ),
            (
                &format!("__cmpcpcu1=__52__; __cmpcccu1={}", custom_purposes(2, false, &[])),
                "none -?-",
            ),
            (&format!("__cmpcpcu1=__52__; __cmpconsent1={}", tc(&[])), "-+-"),
            // The banner asks for a consent that is paused, and has a refusal already.
            (&format!("__cmpcccu1={}", pausable_purposes(2, true, &[52], true)), "none -?-"),
            (&format!("__cmpcccu1={}", pausable_purposes(2, false, &[], true)), "none"),
        ],
    );
    for (vendors, want) in [("__s94_c6085_U__", GRANTED), ("__s940__", REFUSED), ("____", REFUSED)]
    {
        for purposes in ["", "; __cmpcpcu1=__52__"] {
            let choice = read_by(&source, format!("__cmpcvcu1={vendors}{purposes}"));
            assert_eq!(choice.decision("hotjar"), want, "{vendors}{purposes}");
        }
    }
}

/// A malformed string of the IAB does not affect the cookie beside it.
#[test]
fn r18_an_unreadable_string_takes_nothing_from_the_cmps_own_cookie() {
    let token = base64(
        r#"{"updated":"2026-11-21T12:00:00.000Z","version":2,"purposes":{"enabled":["analytics"],"disabled":["marketing"]}}"#,
    );
    let purposes = custom_purposes(2, true, &[52]);
    let source = mapped(
        Cmp::Consentmanager,
        &[("custom-purpose:52", "analytics"), ("custom-purpose:54", "marketing")],
    );
    for string in ["true", "", "BPpMtMFPpMtMFAfHIBDEDXAAAAAAAA"] {
        let cookies = format!("didomi_token={token}; euconsent-v2={string}");
        check(&CmpSource::new(Cmp::Didomi), &[(&cookies, "?+-")]);
        let cookies = format!("__cmpcccu85689={purposes}; __cmpconsent85689={string}");
        check(&source, &[(&cookies, "-+-")]);
    }
}

#[test]
fn r18_ids_that_sites_name_have_their_usual_meanings() {
    let registry = Registry::builder()
        .version("1")
        .category(Category::necessary("essential"))
        .category(Category::consent("functionality"))
        .category(Category::consent("measurement"))
        .category(Category::consent("targeting"))
        .build()
        .unwrap();
    let names = [
        ["functional", "analytics", "marketing"],
        ["preferences", "statistics", "advertising"],
        ["functionality", "performance", "ads"],
        ["functional", "measurement", "targeting"],
    ];
    for [functional, analytics, marketing] in names {
        let object = format!(
            r#""{functional}":false,"{analytics}":true,"{marketing}":false,"necessary":true"#
        );
        let granted = |separator: &str| format!("necessary{separator}{analytics}");
        for (cmp, cookies) in [
            (Cmp::Axeptio, format!(r#"axeptio_cookies={{{object},"$$completed":true}}"#)),
            (Cmp::CookieFirst, format!("cookiefirst-consent={{{object}}}")),
            (Cmp::Klaro, format!("klaro={{{object}}}")),
            (Cmp::Orejime, format!("eu-consent={{{object}}}")),
            (Cmp::Django, format!("cookie_consent={functional}=-1|{analytics}=|{marketing}=-1")),
            (Cmp::Orestbida, format!(r#"cc_cookie={{"categories":["{}"]}}"#, granted("\",\""))),
            (
                Cmp::Didomi,
                format!(
                    "didomi_token={}",
                    base64(&format!(
                        r#"{{"updated":"2026-11-21T12:00:00Z","version":2,"purposes":{{"enabled":["{analytics}"],"disabled":["{functional}","{marketing}"]}}}}"#
                    ))
                ),
            ),
        ] {
            let choice = CmpSource::new(cmp).read(&request(&cookies), &registry);
            let got = ["functionality", "measurement", "targeting"].map(|id| choice.decision(id));
            assert_eq!(got, [REFUSED, GRANTED, REFUSED], "{cmp}: {cookies}");
        }
    }
}

/// `audience` is allowed until it is refused, and a refusal that leads nowhere may mean it.
#[test]
fn r18_what_leads_nowhere_and_is_refused_refuses_all_that_asks() {
    let registry = Registry::builder()
        .version("1")
        .category(Category::necessary("essential"))
        .category(Category::opt_out("audience"))
        .category(Category::consent("analytics"))
        .build()
        .unwrap();
    let audience = |source: &CmpSource, cookies: &str| {
        source.read(&request(cookies), &registry).decision("audience")
    };
    let md5 = "1643af54c7f5c4440787fcb8ccba0427";
    for (cmp, cookies) in [
        (Cmp::Axeptio, r#"axeptio_cookies={"matomo":false,"$$completed":true}"#.to_owned()),
        (Cmp::Borlabs, r#"borlabs-cookie={"consents":{"essential":["a"]}}"#.into()),
        (Cmp::Complianz, "cmplz_banner-status=dismissed; cmplz_marketing=deny".into()),
        (Cmp::CookieYes, "cookieyes-consent=action:yes,advertisement:no".into()),
        (Cmp::Django, "cookie_consent=social=-1".into()),
        (Cmp::Iubenda, r#"_iub_cs-1={"purposes":{"5":false}}"#.into()),
        (Cmp::Klaro, r#"klaro={"matomo":false}"#.into()),
        (
            Cmp::OneTrust,
            "OptanonAlertBoxClosed=2026-11-21T12:00:00Z; OptanonConsent=groups=C0007:0".into(),
        ),
        (Cmp::Orejime, r#"eu-consent={"matomo":false}"#.into()),
        (Cmp::Orestbida, r#"cc_cookie={"categories":[]}"#.into()),
        (
            Cmp::RealCookieBanner,
            format!("real_cookie_banner={}", encoded(&format!("1795262400:a:{md5}:{{}}"))),
        ),
        (Cmp::Tarteaucitron, "tarteaucitron=!youtube=false".into()),
        (Cmp::Tcf, format!("euconsent-v2={}", tc(&[1, 7]))),
        (Cmp::Whitecube, "laravel_cookie_consent={\"consent_at\":1795262400,\"x\":false}".into()),
    ] {
        assert_eq!(audience(&CmpSource::new(cmp), &cookies), REFUSED, "{cmp}: {cookies}");
    }
    // An id for necessary cookies does not count as one that leads nowhere, and neither does one
    // that the site maps to nothing.
    let onetrust = |groups: &str| {
        format!("OptanonAlertBoxClosed=2026-11-21T12:00:00Z; OptanonConsent=groups={groups}")
    };
    let plain = CmpSource::new(Cmp::OneTrust);
    assert_eq!(audience(&plain, &onetrust("C0001:0,C0002:1,C0007:1")), None);
    assert_eq!(audience(&plain.clone().without_meaning("C0007"), &onetrust("C0007:0")), None);
    // An id that is mapped to something missing leads nowhere too.
    let nowhere = plain.clone().with_mapping("C0007", "nowhere");
    assert_eq!(audience(&nowhere, &onetrust("C0007:0")), REFUSED);
    // A grant remains a grant.
    let choice = plain.read(&request(onetrust("C0002:1,C0007:0")), &registry);
    assert_eq!(choice.decision("analytics"), GRANTED);
}

/// A service that was added after the answer is not granted with its category.
#[test]
fn r18_a_mapped_service_that_was_not_asked_about_leaves_its_category_open() {
    let source = mapped(Cmp::Klaro, &[("stats", "analytics"), ("hotjar", "hotjar")]);
    let decided = |cookies: &str| {
        let choice = read_by(&source, cookies);
        ["analytics", "hotjar"].map(|id| choice.decision(id))
    };
    assert_eq!(decided(r#"klaro={"stats":true}"#), [None, None]);
    assert_eq!(decided(r#"klaro={"stats":true,"hotjar":true}"#), [GRANTED, GRANTED]);
    assert_eq!(decided(r#"klaro={"stats":true,"hotjar":false}"#), [GRANTED, REFUSED]);
}

/// The visitor refused in the banner, and somebody planted a grant in the crate's own cookie.
#[test]
fn r17_a_refusal_in_the_banner_outweighs_a_planted_grant() {
    use tower_cookie_consent::registry::Combine;
    let policy = Policy::builder(registry())
        .source(Gpc)
        .source(OwnCookie)
        .source(CmpSource::new(Cmp::Klaro))
        .combine(Combine::MostRestrictive)
        .clock(|| std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_795_262_400))
        .build();
    let name = registry().consent_cookie().name().to_owned();
    let mut headers = http::HeaderMap::new();
    let line =
        format!("{name}=version=1&time=1795262400&analytics=true; klaro={{\"analytics\":false}}");
    headers.insert("cookie", line.parse().unwrap());
    assert!(!policy.consent(&headers).allows("analytics"));
}
