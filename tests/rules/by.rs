//! Tests R25: a policy that is picked for each request.

use http::header::{CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue, SET_COOKIE, VARY};
use http::{Request, request};
use tower_cookie_consent::{Choice, Policy, PolicyBy, Registry};

use super::site::{enforced, undecided, values};

const LAW: HeaderName = HeaderName::from_static("x-law");

fn policy(file: &str) -> Policy {
    Policy::new(Registry::from_toml(file).unwrap_or_else(|error| panic!("{file}: {error}")))
}

/// Returns a policy with one category of this basis, and these cookies in it.
fn of(basis: &str, cookies: &str) -> Policy {
    policy(&format!("version = \"1\"\n[categories.a]\nbasis = \"{basis}\"\ncookies = {cookies}"))
}

fn by_law() -> PolicyBy {
    Policy::by(|request| request.headers.get(LAW)?.to_str().ok())
}

fn parts(law: &str) -> request::Parts {
    Request::builder().header(LAW, law).body(()).unwrap().into_parts().0
}

#[test]
fn r25_the_closure_picks_and_what_it_does_not_name_is_the_strictest() {
    let policy = by_law()
        .policy("opt-out", of("opt-out", "['_ga']"))
        .policy("never", of("prohibited", "['_ga']"))
        .policy("opt-in", of("consent", "['_ga']"))
        .build()
        .unwrap();
    let left = |policy: &Policy| enforced(policy, &undecided(policy), &["_ga=1"]).0.len();
    assert_eq!(left(policy.selected(&parts("opt-out"))), 1);
    assert_eq!(left(policy.selected(&parts("opt-in"))), 0);
    for unknown in ["", "OPT-OUT", "opt", "opt-out, opt-in"] {
        let selected = policy.selected(&parts(unknown));
        let report = enforced(selected, &undecided(selected), &["_ga=1"]).1;
        assert_eq!(report.entries()[0].verdict().reason(), "prohibited", "{unknown:?}");
    }
    assert_eq!(left(&policy), 0, "without a request");
    let alone = of("opt-out", "['_ga']");
    assert_eq!(left(alone.selected(&parts("never"))), 1, "a policy that is not picked");
    let nested = by_law().policy("x", policy.clone()).build().unwrap();
    assert_eq!(left(nested.selected(&parts("x"))), 0);
}

/// Each pair has two policies, and whether the first is used for requests whose law is not known.
#[test]
fn r25_the_strictest_is_so_at_every_cookie() {
    let all =
        "version = \"1\"\nundeclared = \"keep-unchecked\"\n[categories.a]\nbasis = \"consent\"";
    let category =
        "version = \"1\"\nundeclared = { category = \"a\" }\n[categories.a]\nbasis = \"opt-out\"";
    let strict = of("consent", "{ _ga = '13 months' }");
    for (other, is_strictest) in [
        (of("consent", "{ _ga = '13 months' }"), true),
        (of("consent", "['_ga']"), true),
        (of("opt-out", "{ _ga = '13 months' }"), true),
        (of("necessary", "['_ga', 'b']"), true),
        (policy(all), true),
        // These are less strict for `_ga`, for another name, for a name of a pattern, in a
        // lifetime, and for undeclared cookies.
        (of("prohibited", "['_ga']"), false),
        (of("consent", "{ _ga = '1 day' }"), false),
        (of("consent", "{ _ga = 'session' }"), false),
        (of("consent", "[]"), false),
        (of("prohibited", "['b', '_g*']"), false),
    ] {
        let built =
            by_law().policy("strict", strict.clone()).policy("other", other.clone()).build();
        let by = built.unwrap_or_else(|_| panic!("one of {other:?} is"));
        let undetermined = by.registry();
        let has = |basis| undetermined.categories().all(|it| it.basis().as_str() == basis);
        let same = undetermined.declaration(b"_ga").and_then(|it| it.lifetime())
            == strict.registry().declaration(b"_ga").and_then(|it| it.lifetime());
        assert_eq!(has("consent") && same, is_strictest, "beside {other:?}");
    }
    let lax =
        by_law().policy("a", policy(category)).policy("b", of("opt-out", "[]")).build().unwrap();
    assert!(lax.registry().undeclared() != policy(category).registry().undeclared());
}

#[test]
fn r25_what_cannot_stand_for_all_is_an_error_that_says_why() {
    let reports = Policy::builder(of("prohibited", "['_ga']").registry().clone()).report_only();
    for (by, want) in [
        (by_law(), "there is no policy; add one by `PolicyBy::policy`"),
        (
            by_law().policy("a", of("consent", "[]")).policy("a", of("consent", "[]")),
            "two policies are called \"a\"",
        ),
        (
            by_law()
                .policy("a", of("consent", "['_ga', 'x']"))
                .policy("b", of("prohibited", "['_ga']"))
                .policy("c", of("opt-out", "{ _ga = '1 day' }")),
            "",
        ),
        (
            by_law()
                .policy("a", of("consent", "{ _ga = '2 days' }"))
                .policy("b", of("opt-out", "{ _ga = '1 day' }")),
            "no policy is at least as strict as all others, to stand for requests for which none is \
             picked; make one so: \"a\" is laxer than \"b\": it allows \"_ga\" more; \"b\" is laxer \
             than \"a\": it allows \"_ga\" more",
        ),
        (
            by_law().policy("a", reports).policy("b", of("consent", "['_ga']")),
            "no policy is at least as strict as all others, to stand for requests for which none is \
             picked; make one so: \"a\" is laxer than \"b\": it only reports; \"b\" is laxer than \
             \"a\": it allows \"_ga\" more",
        ),
    ] {
        match by.build() {
            Ok(_) => assert_eq!(want, ""),
            Err(error) => assert_eq!(error.to_string(), want),
        }
    }
}

#[test]
fn r23_r25_a_page_says_by_what_its_policy_was_picked() {
    let pair = || by_law().policy("eu", of("consent", "[]")).policy("us", of("opt-out", "[]"));
    for (by, told) in [
        (pair().headers([LAW]), (vec![], vec!["cookie, x-law"])),
        (pair(), (vec!["private"], vec!["cookie"])),
    ] {
        let by = by.build().unwrap();
        for law in ["eu", "us", "?"] {
            let policy = by.selected(&parts(law));
            let consent = undecided(policy);
            assert_eq!(consent.allows("a"), law == "us");
            let mut response = HeaderMap::new();
            policy.enforce(&consent, &mut response);
            let headers = (values(&response, &CACHE_CONTROL), values(&response, &VARY));
            let (control, vary) = (&told.0, &told.1);
            assert!(
                headers.0.iter().eq(control.iter()) && headers.1.iter().eq(vary.iter()),
                "{law}: {headers:?}"
            );
        }
        let policy = by.selected(&parts("eu"));
        let mut response = HeaderMap::new();
        response.insert(VARY, HeaderValue::from_static("x"));
        policy.enforce(&undecided(policy), &mut response);
        assert_eq!(response.len(), 1, "nobody asked");
    }
}

/// A cookie that passes for everybody under one law may be stripped under another one, and some caches store
/// a page with the cookies that it sets.
#[test]
fn r23_r25_a_page_with_a_cookie_says_by_what_its_policy_was_picked() {
    let pair = || {
        let (lax, strict) = (of("necessary", "['sid']"), of("prohibited", "['sid']"));
        by_law().policy("lax", lax).policy("strict", strict)
    };
    let named = pair().headers([LAW]).build().unwrap();
    let unnamed = pair().build().unwrap();
    for (by, law, control, vary) in [
        (&named, "lax", None, Some("x-law")),
        (&named, "strict", Some("private"), None),
        (&unnamed, "lax", Some("private"), None),
        (&unnamed, "strict", Some("private"), None),
    ] {
        let policy = by.selected(&parts(law));
        let enforce: [fn(&Policy, &mut HeaderMap); 2] = [
            |policy, response| policy.enforce_unreported(&undecided(policy), response),
            |policy, response| {
                let report = policy.enforce(&undecided(policy), response);
                assert_eq!(report.is_for_one_visitor(), response.contains_key(CACHE_CONTROL));
            },
        ];
        for enforce in enforce {
            let mut response = HeaderMap::new();
            response.insert(SET_COOKIE, HeaderValue::from_static("sid=1"));
            enforce(policy, &mut response);
            let told = |name| response.get(name).map(|value| value.to_str().unwrap());
            assert_eq!((told(CACHE_CONTROL), told(VARY)), (control, vary), "{law}");
        }
    }
    let alone = of("necessary", "['sid']");
    let mut response = HeaderMap::new();
    response.insert(SET_COOKIE, HeaderValue::from_static("sid=1"));
    alone.enforce(&undecided(&alone), &mut response);
    assert_eq!(response.len(), 1, "it was not picked");
}

/// The consent of a whole request is that of the policy which counts for it, and knows the target.
#[test]
fn r25_the_consent_of_a_request_is_that_of_the_policy_that_it_picks() {
    let policy = by_law()
        .policy("opt-in", of("consent", "['_ga']"))
        .policy("opt-out", of("opt-out", "['_ga']"))
        .build()
        .unwrap();
    for (law, is_allowed) in [("opt-in", false), ("opt-out", true), ("", false)] {
        let consent = policy.consent_of(&parts(law));
        assert_eq!(consent.allows("a"), is_allowed, "{law}");
        let left = enforced(consent.policy(), &consent, &["_ga=1"]).0;
        assert_eq!(!left.is_empty(), is_allowed, "{law}");
    }
}

#[test]
fn r20_the_consent_of_a_request_deletes_at_the_host_of_its_target() {
    let policy = of("consent", "['_ga']");
    let request = Request::get("https://shop.example.org/x")
        .header("host", "other.test")
        .header("cookie", "_ga=1")
        .body(());
    let (request, ()) = request.unwrap().into_parts();
    let lines = policy.consent_of(&request).leftovers(&Choice::undecided(policy.registry()));
    let domains: Vec<_> = lines
        .iter()
        .filter_map(|line| line.to_str().unwrap().split("Domain=").nth(1)?.split(';').next())
        .collect();
    assert_eq!(domains, ["shop.example.org", "example.org"]);
}
