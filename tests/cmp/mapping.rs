//! Tests on what a CMP's ids decide: on what the site maps them to, or else on the category or
//! service of their name, or else on their usual meaning.

use tower_cookie_consent::registry::{Category, Cmp, CmpSource, Service};
use tower_cookie_consent::{Choice, ConsentSource, Decision, Policy, Registry};

use super::answers::{MD5, answered};
use super::strings::tc;
use super::values::{decisions, encoded, source};
use super::visitor::{read, read_by, registry, request};

const GRANTED: Option<Decision> = Some(Decision::Granted);
const REFUSED: Option<Decision> = Some(Decision::Refused);

const CLOSED: &str = "OptanonAlertBoxClosed=2026-11-21T12:00:00.000Z; OptanonConsent=groups=";

fn onetrust(map: &[(&str, &str)], groups: &str) -> Choice {
    let source = CmpSource::new(Cmp::OneTrust);
    let source = map.iter().fold(source, |source, (cmp_id, id)| source.with_mapping(*cmp_id, *id));
    read_by(&source, format!("{CLOSED}{groups}"))
}

#[test]
fn r18_the_sites_map_comes_before_the_usual_meaning() {
    let choice = onetrust(&[("C0002", "marketing")], "C0002:1,C0003:0");
    assert_eq!(decisions(&choice), "-?+");
    let choice = onetrust(&[("C0007", "analytics")], "C0007:1,C0004:0");
    assert_eq!(decisions(&choice), "?+-");
    let choice = read_by(
        &CmpSource::new(Cmp::Complianz).with_mapping("functional", "functional"),
        "cmplz_banner-status=dismissed; cmplz_functional=allow; cmplz_preferences=allow",
    );
    assert_eq!(decisions(&choice), "+??");
}

#[test]
fn r18_down_to_services() {
    let map = [("gtag", "google-analytics"), ("hotjar", "hotjar")];
    let source =
        map.iter().fold(CmpSource::new(Cmp::Tarteaucitron), |s, (c, id)| s.with_mapping(*c, *id));
    let choice = read_by(&source, "tarteaucitron=!gtag=true!hotjar=false!facebookpixel=true");
    assert_eq!(decisions(&choice), "??+");
    assert_eq!(choice.decision("google-analytics"), GRANTED);
    assert_eq!(choice.decision("hotjar"), REFUSED);
    let choice = read(Cmp::Klaro, r#"klaro={"hotjar":true,"google-analytics":false}"#);
    assert_eq!(choice.decision("google-analytics"), REFUSED);
    assert_eq!(choice.decision("hotjar"), GRANTED);
}

#[test]
fn r18_several_ids_of_one_category_must_all_grant() {
    let map = [("C0002", "analytics"), ("C0008", "analytics")];
    assert_eq!(decisions(&onetrust(&map, "C0002:1,C0008:1")), "?+?");
    assert_eq!(decisions(&onetrust(&map, "C0002:1,C0008:0")), "?-?");
    assert_eq!(decisions(&onetrust(&map, "C0008:0,C0002:1")), "?-?");
    let tarteaucitron = CmpSource::new(Cmp::Tarteaucitron)
        .with_mapping("gtag", "analytics")
        .with_mapping("matomocloud", "analytics");
    for (states, want) in [
        ("!gtag=true!matomocloud=true", "?+?"),
        ("!gtag=true!matomocloud=wait", "???"),
        ("!matomocloud=wait!gtag=true", "???"),
        ("!gtag=wait!matomocloud=false", "?-?"),
        ("!gtag=true!matomocloud=false", "?-?"),
    ] {
        let choice = read_by(&tarteaucitron, format!("tarteaucitron={states}"));
        assert_eq!(decisions(&choice), want, "{states}");
    }
    // Ids with the same usual meaning do so too.
    for (states, want) in [
        ("!gtag=true!clarity=true", "?+?"),
        ("!gtag=true!clarity=wait", "???"),
        ("!gtag=true!clarity=false", "?-?"),
    ] {
        let choice = read(Cmp::Tarteaucitron, format!("tarteaucitron={states}"));
        assert_eq!(decisions(&choice), want, "{states}");
    }
    let cookieyes = "cookieyes-consent=action:yes,analytics:yes,performance:no";
    assert_eq!(decisions(&read(Cmp::CookieYes, cookieyes)), "?-?");
    assert_eq!(decisions(&onetrust(&[], "C0004:1,C0005:0")), "??-");
}

/// If the site maps several ids to one category, a missing id was refused if the CMP lists grants,
/// and otherwise not asked about.
#[test]
fn r18_a_mapped_id_that_is_missing_blocks() {
    let real_cookie_banner = encoded(&format!(r#"1795262400:a:{MD5}:{{"46":[1]}}"#));
    let granting = [
        (Cmp::Axeptio, ["a", "b"], r#"axeptio_cookies={"$$completed":true,"a":true}"#.to_owned()),
        (Cmp::Borlabs, ["a", "b"], r#"borlabs-cookie={"consents":{"a":["x"]}}"#.into()),
        (Cmp::CookieYes, ["a", "b"], "cookieyes-consent=action:yes,a:yes".into()),
        (Cmp::Klaro, ["a", "b"], r#"klaro={"a":true}"#.into()),
        (Cmp::OneTrust, ["C0002", "C0008"], format!("{CLOSED}C0002:1")),
        (Cmp::Orestbida, ["a", "b"], r#"cc_cookie={"categories":["a"]}"#.into()),
        (
            Cmp::RealCookieBanner,
            ["group:46", "group:45"],
            format!("real_cookie_banner={real_cookie_banner}"),
        ),
        (Cmp::Tarteaucitron, ["gtag", "b"], "tarteaucitron=!gtag=true".into()),
        (Cmp::TrustCommander, ["2", "3"], "TC_PRIVACY=0@019@2@@1795262400000@".into()),
    ]
    .into_iter()
    .filter(|(cmp, ids, cookies)| {
        let source = CmpSource::new(*cmp).with_mapping(ids[0], "analytics");
        assert_eq!(read_by(&source, cookies).decision("analytics"), GRANTED, "{cmp} alone");
        let source = source.with_mapping(ids[1], "analytics");
        read_by(&source, cookies).decision("analytics") == GRANTED
    });
    let granting: Vec<_> = granting.map(|(cmp, ..)| cmp).collect();
    assert!(granting.is_empty(), "{granting:?}");
}

#[test]
fn r18_one_id_of_several_categories_decides_on_all() {
    let map = [("C0002", "analytics"), ("C0002", "facebook"), ("C0002", "functional")];
    for (groups, want) in [("C0002:1", GRANTED), ("C0002:0", REFUSED)] {
        let choice = onetrust(&map, groups);
        for id in ["analytics", "facebook", "functional"] {
            assert_eq!(choice.decision(id), want, "{groups}: {id}");
        }
        assert_eq!(choice.decision("marketing"), None);
    }
}

#[test]
fn r18_an_id_that_leads_nowhere_grants_nothing() {
    assert_eq!(decisions(&onetrust(&[("C0002", "unheard-of")], "C0002:1,BG5:1,SSPD_BG:1")), "???");
    assert_eq!(decisions(&onetrust(&[], "BG5:1,C0002x:1,c0002:1,C00022:1")), "???");
    assert_eq!(decisions(&read(Cmp::Klaro, r#"klaro={"analytics2":true,"all":true}"#)), "???");
    assert_eq!(decisions(&read(Cmp::Spatie, "laravel_cookie_consent=1")), "???");
}

/// Returns a registry with one category for each purpose, with these names.
fn named([functional, analytics, marketing]: [&str; 3]) -> Registry {
    Registry::builder()
        .version("1")
        .category(Category::necessary("essential").cookie("sid"))
        .category(Category::consent(functional))
        .category(Category::consent(analytics))
        .category(Category::consent(marketing))
        .build()
        .unwrap()
}

#[test]
fn r18_the_usual_purposes_by_each_of_their_names() {
    let cmps = [
        Cmp::Borlabs,
        Cmp::Complianz,
        Cmp::Cookiebot,
        Cmp::CookieFirst,
        Cmp::CookieYes,
        Cmp::Iubenda,
        Cmp::OneTrust,
        Cmp::Orestbida,
    ];
    for names in [
        ["functional", "analytics", "marketing"],
        ["preferences", "statistics", "advertising"],
        ["functionality", "performance", "ads"],
        ["functional", "measurement", "targeting"],
    ] {
        let registry = named(names);
        for cmp in cmps {
            for answer in [[true, false, true], [false, true, false]] {
                for cookies in answered(cmp, answer) {
                    let choice = CmpSource::new(cmp).read(&request(&cookies), &registry);
                    let got = names.map(|name| choice.decision(name));
                    assert_eq!(
                        got,
                        answer.map(|granted| if granted { GRANTED } else { REFUSED }),
                        "{cmp} with {names:?}: {cookies}"
                    );
                }
            }
        }
        let string = format!("euconsent-v2={}", tc(&[1, 9]));
        let choice = CmpSource::new(Cmp::Tcf).read(&request(string), &registry);
        assert_eq!(names.map(|name| choice.decision(name)), [None, GRANTED, REFUSED]);
    }
}

#[test]
fn r18_what_has_the_name_comes_before_the_usual_meaning() {
    let categories = ["analytics", "performance", "preferences", "functional"];
    let registry = categories
        .iter()
        .fold(Registry::builder().version("1"), |builder, id| {
            builder.category(Category::consent(*id))
        })
        .build()
        .unwrap();
    let decided = |cmp: Cmp, cookies: &str| {
        let choice = CmpSource::new(cmp).read(&request(cookies), &registry);
        categories.map(|id| choice.decision(id))
    };
    let cookies = "cookieyes-consent=action:yes,analytics:yes,performance:no,functional:yes";
    assert_eq!(decided(Cmp::CookieYes, cookies), [GRANTED, REFUSED, None, GRANTED]);
    let cookies = "cmplz_banner-status=dismissed; cmplz_functional=allow; \
                   cmplz_preferences=deny; cmplz_statistics=allow";
    assert_eq!(decided(Cmp::Complianz, cookies), [GRANTED, None, REFUSED, None]);
}

#[test]
fn r18_a_category_that_the_site_maps_a_purpose_to_is_decided_by_that_alone() {
    let mapped = |id: &str, purposes: &[u64]| {
        let source = CmpSource::new(Cmp::Tcf).with_mapping("purpose:2", id);
        decisions(&read_by(&source, format!("euconsent-v2={}", tc(purposes))))
    };
    assert_eq!(mapped("analytics", &[1, 2]), "?++");
    assert_eq!(mapped("analytics", &[1, 7]), "?--");
    assert_eq!(mapped("functional", &[1, 7]), "-+-", "the others keep their meanings");
    assert_eq!(mapped("nowhere", &[1, 7]), "-+-", "what may be any of them is refused");
    assert_eq!(mapped("nowhere", &[1, 2, 7]), "?++");
}

#[test]
fn r18_complianz_calls_functional_what_is_necessary() {
    let cookies = "cmplz_banner-status=dismissed; cmplz_functional=allow; \
                   cmplz_preferences=deny; cmplz_statistics=deny";
    assert_eq!(read(Cmp::Complianz, cookies).decision("functional"), REFUSED);
    let cookies = "cmplz_banner-status=dismissed; cmplz_functional=allow; cmplz_statistics=allow";
    assert_eq!(read(Cmp::Complianz, cookies).decision("functional"), None);
    // That is so even if there is no necessary category.
    let registry =
        Registry::builder().version("1").category(Category::consent("functional")).build().unwrap();
    let choice = CmpSource::new(Cmp::Complianz).read(&request(cookies), &registry);
    assert_eq!(choice.decision("functional"), None);
}

#[test]
fn r6_a_refused_service_stays_refused_in_a_granted_category() {
    let map = [("C0002", "analytics"), ("C0009", "hotjar")];
    let choice = onetrust(&map, "C0002:1,C0009:0");
    assert_eq!(choice.decision("analytics"), GRANTED);
    assert_eq!(choice.decision("hotjar"), REFUSED);
}

#[test]
fn r6_a_service_left_open_is_not_granted_by_its_category() {
    let source = CmpSource::new(Cmp::Tarteaucitron)
        .with_mapping("gtag", "analytics")
        .with_mapping("hotjar", "hotjar")
        .with_mapping("clarity", "google-analytics");
    let policy = Policy::builder(registry()).source(source).build();
    let mut headers = http::HeaderMap::new();
    let line = "tarteaucitron=!gtag=true!hotjar=wait!clarity=true";
    headers.insert("cookie", line.parse().unwrap());
    let consent = policy.consent(&headers);
    assert!(!consent.allows("hotjar"));
    assert!(consent.allows("google-analytics"));
}

#[test]
fn r18_numbered_purposes_of_the_iab_are_for_the_site_to_map() {
    let source = CmpSource::new(Cmp::Tcf)
        .with_mapping("purpose:8", "analytics")
        .with_mapping("purpose:9", "analytics")
        .with_mapping("purpose:4", "facebook");
    for (purposes, want) in [
        (&[1, 8, 9][..], [GRANTED, REFUSED]),
        (&[1, 8], [REFUSED, REFUSED]),
        (&[8, 9, 4], [REFUSED, REFUSED]),
        (&[1, 8, 9, 4], [GRANTED, GRANTED]),
    ] {
        let choice = read_by(&source, format!("euconsent-v2={}", tc(purposes)));
        assert_eq!(["analytics", "facebook"].map(|id| choice.decision(id)), want, "{purposes:?}");
    }
    for id in ["purpose:0", "purpose:25", "purpose:64", "purpose:-1", "purpose:", "purpose:1a"] {
        let source = CmpSource::new(Cmp::Tcf).with_mapping(id, "functional");
        let every: Vec<u64> = (1..=24).collect();
        let choice = read_by(&source, format!("euconsent-v2={}", tc(&every)));
        assert_ne!(choice.decision("functional"), GRANTED, "{id}");
    }
}

#[test]
fn r18_one_switch_for_everything_can_be_mapped() {
    for (cmp, cookies) in [
        (Cmp::AspNet, ".AspNet.Consent=yes"),
        (Cmp::CookieNotice, "cookie_notice_accepted=true"),
        (Cmp::Osano, "cookieconsent_status=allow"),
        (Cmp::Iubenda, "_iub_cs-1=%7B%22consent%22%3Atrue%7D"),
        (Cmp::TrustCommander, "TC_PRIVACY=0@019@ALL@@1795262400000@"),
    ] {
        assert_eq!(decisions(&read_by(&CmpSource::new(cmp), cookies)), "+++", "{cmp}");
        let mapped = CmpSource::new(cmp).with_mapping("all", "analytics");
        assert_eq!(decisions(&read_by(&mapped, cookies)), "?+?", "{cmp}");
    }
    for (cmp, cookies) in [
        (Cmp::Iubenda, "_iub_cs-1=%7B%22consent%22%3Afalse%7D"),
        (Cmp::TrustCommander, "TC_PRIVACY=1@019@ALL@@1795262400000@"),
        (Cmp::TrustCommander, "TC_PRIVACY=1@019@@@"),
    ] {
        assert_eq!(decisions(&read_by(&source(cmp), cookies)), "---", "{cmp}: {cookies}");
    }
}

/// The numbers of `TrustCommander` mean nothing unless they are mapped, and "accept all" names none of them.
#[test]
fn r18_one_answer_to_everything_counts_for_what_is_mapped() {
    for (cmp, cmp_id, granted, refused) in [
        (
            Cmp::TrustCommander,
            "2",
            "TC_PRIVACY=0@019@ALL@@1795262400000@",
            "TC_PRIVACY=1@019@ALL@@1795262400000@",
        ),
        (
            Cmp::TrustCommander,
            "2",
            "TC_PRIVACY=0@019@ALL@1@1795262400000@",
            "TC_PRIVACY=1@019@@1@1795262400000@",
        ),
        (
            Cmp::Iubenda,
            "4",
            "_iub_cs-1=%7B%22consent%22%3Atrue%7D",
            "_iub_cs-1=%7B%22consent%22%3Afalse%7D",
        ),
        (Cmp::CookieNotice, "3", "cookie_notice_accepted=true", "cookie_notice_accepted=false"),
        (
            Cmp::CookieYes,
            "analytics",
            "viewed_cookie_policy=yes; cookielawinfo-checkbox-non-necessary=yes",
            "viewed_cookie_policy=no; cookielawinfo-checkbox-non-necessary=yes",
        ),
        (
            Cmp::Tealium,
            "analytics",
            "CONSENTMGR=consent:true%7Cts:1795262400000",
            "CONSENTMGR=consent:false%7Cts:1795262400000",
        ),
    ] {
        let source = CmpSource::new(cmp).with_mapping(cmp_id, "analytics");
        assert_eq!(decisions(&read_by(&source, granted)), "+++", "{cmp}: {granted}");
        assert_eq!(decisions(&read_by(&source, refused)), "---", "{cmp}: {refused}");
        let source = CmpSource::new(cmp).with_mapping(cmp_id, "google-analytics");
        let choice = read_by(&source, granted);
        assert_eq!(
            choice.decision("google-analytics"),
            Some(Decision::Granted),
            "{cmp}: {granted}"
        );
    }
}

/// "Absent key or false = denied."
#[test]
fn r18_cookiefirst_keys_that_are_absent_were_denied() {
    let choice =
        read(Cmp::CookieFirst, r#"cookiefirst-consent={"necessary":true,"performance":true}"#);
    assert_eq!(decisions(&choice), "-+-");
}

#[test]
fn r18_a_category_of_a_service_that_shares_its_name_with_an_id() {
    let registry = Registry::builder()
        .version("1")
        .category(Category::consent("measurement").service(Service::new("statistics")))
        .build()
        .unwrap();
    let cookies = &answered(Cmp::Cookiebot, [false, true, false])[0];
    let choice = CmpSource::new(Cmp::Cookiebot).read(&request(cookies), &registry);
    // That service has the first of the usual names.
    assert_eq!(choice.decision("statistics"), GRANTED);
    // Preferences and marketing were refused, and either may be its purpose.
    assert_eq!(choice.decision("measurement"), REFUSED);
}
