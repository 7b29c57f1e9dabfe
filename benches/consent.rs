//! Measures what reading the visitor's choice costs, by the source: from a header of ten cookies, of which
//! one or some are the source's.
//!
//! What is read is compared with what was chosen before a row is timed.

use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use http::header::{COOKIE, HeaderName, HeaderValue};
use tower_cookie_consent::registry::{Category, Cmp, CmpSource, Service};
use tower_cookie_consent::{ConsentSource, Decision, Gpc, OwnCookie, Registry, RequestHeaders};

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    let registry = registry();
    let mut group = criterion.benchmark_group("choice");
    let mut row = |name: &str, source: &dyn ConsentSource, cookies: &str| {
        let request = request(cookies);
        let choice = source.read(&request, &registry);
        assert_eq!(choice.decision("analytics"), Some(Decision::Granted), "{name}: {choice:?}");
        assert_eq!(choice.decision("marketing"), Some(Decision::Refused), "{name}: {choice:?}");
        group.bench_function(name, |bencher| {
            bencher.iter(|| source.read(black_box(&request), &registry));
        });
    };
    row(
        "own",
        &OwnCookie,
        "__Host-cookie_consent=version=1&time=1795262400&analytics=true&marketing=false",
    );
    for &cmp in Cmp::ALL {
        if let Some(cookies) = cookies(cmp) {
            row(cmp.as_str(), &source(cmp), cookies);
        }
    }
    // One switch for everything: it grants what it is mapped to.
    for (cmp, cookies) in [
        (Cmp::AspNet, ".AspNet.Consent=yes"),
        (Cmp::CookieNotice, "cookie_notice_accepted=true"),
        (Cmp::Osano, "cookieconsent_status=allow"),
        (Cmp::Spatie, "laravel_cookie_consent=1"),
    ] {
        let source = CmpSource::new(cmp).with_mapping("all", "analytics");
        let request = request(cookies);
        assert_eq!(
            source.read(&request, &registry).decision("analytics"),
            Some(Decision::Granted),
            "{cmp}"
        );
        group.bench_function(cmp.as_str(), |bencher| {
            bencher.iter(|| source.read(black_box(&request), &registry));
        });
    }
    // As much as some servers take, in copies and in things said again and again.
    let many_mapped = |cmp| {
        let source = CmpSource::new(cmp).with_mapping("a", "analytics");
        (0..200).fold(source, |source, n| source.with_mapping(format!("id-{n}"), "marketing"))
    };
    let repeated = format!("cc_cookie={{\"categories\":[{}\"a\"]}}", "\"a\",".repeat(1_000));
    for (name, source, cookies) in [
        ("klaro, 400 kB", many_mapped(Cmp::Klaro), r#"klaro={"a":true}; "#.repeat(22_000)),
        ("orestbida, 4 kB", many_mapped(Cmp::Orestbida), repeated),
    ] {
        let request = request(&cookies);
        let choice = source.read(&request, &registry);
        assert_eq!(choice.decision("analytics"), Some(Decision::Granted), "{name}: {choice:?}");
        group.bench_function(name, |bencher| {
            bencher.iter(|| source.read(black_box(&request), &registry));
        });
    }
    let gpc: RequestHeaders =
        [(HeaderName::from_static("sec-gpc"), HeaderValue::from_static("1"))].into_iter().collect();
    assert_eq!(Gpc.read(&gpc, &registry).decision("marketing"), Some(Decision::Refused));
    group.bench_function("gpc", |bencher| bencher.iter(|| Gpc.read(black_box(&gpc), &registry)));
    group.finish();
    criterion.final_summary();
}

fn registry() -> Registry {
    let analytics = Category::consent("analytics")
        .service(Service::new("google-analytics").cookie("_ga").cookie("_ga_*"))
        .service(Service::new("hotjar").cookie("_hj*"));
    let marketing = Category::consent("marketing")
        .refused_by_gpc(true)
        .service(Service::new("facebook").cookie("_fbp"));
    Registry::builder()
        .version("1")
        .category(Category::necessary("necessary").cookie("session"))
        .category(Category::consent("functional").cookie("theme"))
        .category(analytics)
        .category(marketing)
        .build()
        .expect("a sound registry")
}

/// Nine cookies of a visitor, and in their middle those of the banner.
fn request(cookies: &str) -> RequestHeaders {
    let line = format!(
        "session=6f9619ff8b86d011b42d00c04fc964ff; csrf=1f9619ff8b86d011; theme=dark; lang=fr; \
         {cookies}; _ga=GA1.1.1187360463.1763717049; _ga_1A2B3C4D5E=GS1.1.1763717049.1.1; \
         _gid=GA1.1.987654321.1763717049; _hjid=11111111-2222-3333; cart=a1b2c3d4e5"
    );
    [(COOKIE, HeaderValue::try_from(line).expect("no control bytes"))].into_iter().collect()
}

/// As a site would set it up: ids that are the site's own are mapped.
fn source(cmp: Cmp) -> CmpSource {
    let source = CmpSource::new(cmp);
    let own: &[(&str, &str)] = match cmp {
        Cmp::Klaro | Cmp::Orejime => &[("matomo", "analytics"), ("youtube", "marketing")],
        Cmp::Axeptio => &[("google_analytics", "analytics"), ("facebook_pixel", "marketing")],
        Cmp::Didomi => &[("mesureaudience", "analytics"), ("publicite", "marketing")],
        Cmp::RealCookieBanner => &[("group:45", "analytics"), ("group:46", "marketing")],
        Cmp::Consentmanager => {
            &[("custom-purpose:52", "analytics"), ("custom-purpose:55", "marketing")]
        }
        Cmp::TrustArc => &[("1", "analytics")],
        Cmp::TrustCommander => &[("2", "analytics"), ("3", "marketing")],
        Cmp::Whitecube => &[("_ga", "analytics"), ("_fbp", "marketing")],
        _ => &[],
    };
    own.iter().fold(source, |source, (cmp_id, id)| source.with_mapping(*cmp_id, *id))
}

/// Analytics granted and marketing refused, as each writes it; `None` for those of one switch.
fn cookies(cmp: Cmp) -> Option<&'static str> {
    Some(match cmp {
        Cmp::Axeptio => {
            "axeptio_cookies={%22$$token%22:%22a1b2c3d4e5f6g7h8i9j0k1%22%2C%22$$date%22:%222026-11-21T10:00:00.000Z%22%2C%22$$cookiesVersion%22:{%22name%22:%22site-fr%22%2C%22identifier%22:%22a1b2c3d4e5f6a1b2c3d4e5f6%22}%2C%22google_analytics%22:true%2C%22facebook_pixel%22:false%2C%22$$completed%22:true}"
        }
        Cmp::Borlabs => {
            "borlabs-cookie=%7B%22consents%22%3A%7B%22essential%22%3A%5B%22borlabs-cookie%22%5D%2C%22statistics%22%3A%5B%22google-analytics%22%5D%7D%2C%22domainPath%22%3A%22www.example.org%2F%22%2C%22expires%22%3A%22Sat%2C%2022%20May%202027%2010%3A00%3A00%20GMT%22%2C%22uid%22%3A%22anonymous%22%2C%22v3%22%3Atrue%2C%22version%22%3A1%7D"
        }
        Cmp::C15t => {
            "c15t=c.necessary:1,c.measurement:1,i.t:1795262400000,i.sid:sub_2VZxR7YmNpKq3WfLs8TgHd"
        }
        Cmp::Civic => {
            "CookieControl={%22necessaryCookies%22:[%22PHPSESSID%22]%2C%22optionalCookies%22:{%22analytics%22:%22accepted%22%2C%22marketing%22:%22revoked%22}%2C%22statement%22:{%22shown%22:true%2C%22updated%22:%2229/11/2019%22}%2C%22consentDate%22:1795262400000%2C%22consentExpiry%22:90%2C%22interactedWith%22:true%2C%22user%22:%2200000000-0000-4000-8000-000000000001%22}"
        }
        Cmp::Complianz => {
            "cmplz_banner-status=dismissed; cmplz_policy_id=16; cmplz_marketing=deny; cmplz_statistics=allow; cmplz_preferences=deny; cmplz_functional=allow"
        }
        Cmp::Consentmanager => {
            "__cmpcccu85689=aCQaVljygBaXmAe01qxrQMiYEJjQpgFTUtMUsARBEFWkSwoGqkJg"
        }
        Cmp::Cookiebot => {
            "CookieConsent={stamp:%27q0w1e2r3t4y5u6i7o8p9a0s1d2f3g4h5j6k7l8z9x0c1v2b3n4m5+/==%27%2Cnecessary:true%2Cpreferences:false%2Cstatistics:true%2Cmarketing:false%2Cmethod:%27explicit%27%2Cver:1%2Cutc:1795262400000%2Cregion:%27fr%27}"
        }
        Cmp::CookieFirst => {
            "cookiefirst-consent=%7B%22necessary%22%3Atrue%2C%22performance%22%3Atrue%2C%22functional%22%3Afalse%2C%22advertising%22%3Afalse%2C%22timestamp%22%3A1795262400%2C%22type%22%3A%22category%22%2C%22version%22%3A%2200000000-0000-4000-8000-000000000001%22%7D"
        }
        Cmp::CookieInformation => {
            "CookieInformationConsent=%7B%22website_uuid%22%3A%2200000000-0000-4000-8000-000000000001%22%2C%22timestamp%22%3A%222026-11-21T10%3A00%3A00.000Z%22%2C%22consents_approved%22%3A%5B%22cookie_cat_necessary%22%2C%22cookie_cat_statistic%22%5D%2C%22consents_denied%22%3A%5B%22cookie_cat_functional%22%2C%22cookie_cat_marketing%22%5D%7D"
        }
        Cmp::CookieScript => {
            "CookieScriptConsent=%7B%22bannershown%22%3A1%2C%22action%22%3A%22accept%22%2C%22consenttime%22%3A1795262400%2C%22categories%22%3A%22%5B%5C%22performance%5C%22%5D%22%2C%22key%22%3A%2200000000-0000-4000-8000-000000000001%22%7D"
        }
        Cmp::CookieYes => {
            "cookieyes-consent=consentid:cTB3MWUycjN0NHk1dTZpN284cDlhMHMxZDJmM2c0aDU,consent:yes,action:yes,necessary:yes,functional:no,analytics:yes,performance:yes,advertisement:no"
        }
        Cmp::Didomi => {
            "didomi_token=eyJ1c2VyX2lkIjoiMDAwMDAwMDAtMDAwMC02MDAwLTgwMDAtMDAwMDAwMDAwMDAxIiwiY3JlYXRlZCI6IjIwMjYtMTEtMjFUMTA6MDA6MDAuMDAwWiIsInVwZGF0ZWQiOiIyMDI2LTExLTIxVDEwOjAwOjAwLjAwMFoiLCJ2ZXJzaW9uIjoyLCJwdXJwb3NlcyI6eyJlbmFibGVkIjpbIm1lc3VyZWF1ZGllbmNlIl0sImRpc2FibGVkIjpbInB1YmxpY2l0ZSJdfX0="
        }
        Cmp::Django => "cookie_consent=\"analytics=2026-10-01T03:17:01.421395+00:00|marketing=-1\"",
        Cmp::Drupal => {
            "cookie-agreed=2; cookie-agreed-version=1.0.0; cookie-agreed-categories=%5B%22essential%22%2C%22analytics%22%5D"
        }
        Cmp::HubSpot => "__hs_cookie_cat_pref=1:true_2:false_3:false",
        Cmp::Gpp => "OTGPPConsent=DBABMA~CQt-4cAQt-4cAAKADBENB4FgAIMAAAAAAAqIF5wAgAtgLzAAAAAA.IAAA",
        Cmp::Iubenda => {
            "_iub_cs-77725586=%7B%22timestamp%22%3A%222026-11-21T10%3A00%3A00.000Z%22%2C%22version%22%3A%221.57.1%22%2C%22purposes%22%3A%7B%221%22%3Atrue%2C%224%22%3Atrue%2C%225%22%3Afalse%7D%2C%22id%22%3A77725586%7D"
        }
        Cmp::Klaro => {
            "klaro=%7B%22matomo%22%3Atrue%2C%22youtube%22%3Afalse%2C%22session%22%3Atrue%7D"
        }
        Cmp::OneTrust => {
            "OptanonConsent=isGpcEnabled=0&datestamp=Sat+Nov+21+2026+11%3A00%3A00+GMT%2B0100&version=202508.2.0&browserGpcFlag=0&isIABGlobal=false&hosts=&consentId=00000000-0000-4000-8000-000000000001&interactionCount=1&isAnonUser=1&landingPath=NotLandingPage&groups=C0001%3A1%2CC0002%3A1%2CC0003%3A0%2CC0004%3A0%2CC0005%3A0&intType=6&geolocation=FR%3BIDF&AwaitingReconsent=false; OptanonAlertBoxClosed=2026-11-21T10:00:00.000Z"
        }
        Cmp::Orestbida => {
            "cc_cookie=%7B%22categories%22%3A%5B%22necessary%22%2C%22analytics%22%5D%2C%22revision%22%3A0%2C%22data%22%3Anull%2C%22consentTimestamp%22%3A%222026-11-21T10%3A00%3A00.000Z%22%2C%22consentId%22%3A%2200000000-0000-4000-8000-000000000001%22%2C%22services%22%3A%7B%22necessary%22%3A%5B%5D%2C%22analytics%22%3A%5B%5D%2C%22ads%22%3A%5B%5D%7D%2C%22languageCode%22%3A%22fr%22%2C%22lastConsentTimestamp%22%3A%222026-11-21T10%3A00%3A00.000Z%22%2C%22expirationTime%22%3A1811016090128%7D"
        }
        Cmp::Orejime => "eu-consent={%22matomo%22:true%2C%22youtube%22:false%2C%22session%22:true}",
        Cmp::PiwikPro => {
            "ppms_privacy_283ac5bc-49a7-4696-ac18-648eb17a43f4={%22visitorId%22:%2200000000-0000-4000-8000-000000000001%22%2C%22consents%22:{%22analytics%22:{%22status%22:1}%2C%22remarketing%22:{%22status%22:0}}}"
        }
        Cmp::RealCookieBanner => {
            "real_cookie_banner-v:3_blog:1_path:ca6fd72=1795262400%3A00000000-0000-4000-8000-000000000001%3A0123456789abcdef0123456789abcdef%3A%7B%22d%22%3A%7B%2244%22%3A%5B604%2C603%5D%2C%2245%22%3A%5B610%5D%7D%2C%22bc%22%3A%22ind_custom%22%7D"
        }
        Cmp::Tarteaucitron => {
            "tarteaucitron=!gtag=true!hotjar=true!facebookpixel=false!youtube=wait"
        }
        Cmp::Tcf => {
            "euconsent-v2=CQt-4cAQt-4cAAKADBENB4FgAIMAAAAAAAqIF5wAgAtgLzAAAAAA.IAAA.YAAAAAAAAAAA"
        }
        Cmp::Tealium => {
            "CONSENTMGR=consent:true%7Cts:1795262400000%7Cc1:1%7Cc2:0%7Cc3:0%7Cc6:0%7Cc10:0"
        }
        Cmp::TrustArc => "notice_gdpr_prefs=0,1::expressed,eu; notice_behavior=expressed,eu",
        Cmp::TrustCommander => {
            "TC_PRIVACY=0%40019%7C12%7C3441%402%404%401795262400000%2C1795262400000%2C1829390400000%40; TC_PRIVACY_CENTER=2"
        }
        Cmp::Whitecube => {
            "laravel_cookie_consent=%7B%22consent_at%22%3A1795262400%2C%22session%22%3Atrue%2C%22_ga%22%3Atrue%2C%22_fbp%22%3Afalse%7D"
        }
        _ => return None,
    })
}
