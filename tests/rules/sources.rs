//! Tests R17: several sources, and objections that a browser sends by itself.

use http::HeaderName;
use http::header::{COOKIE, HeaderMap, HeaderValue};
use tower_cookie_consent::registry::{Category, Combine, Service, SourceSpec};
use tower_cookie_consent::{
    Choice, ConsentSource, Dnt, Gpc, OwnCookie, Policy, PolicyBuilder, Registry, RequestHeaders,
    source_fn,
};

use super::site::{NOW, now};

/// In this registry, GPC refuses ads and the audience's service, but not analytics.
fn registry() -> Registry {
    let ads = Category::consent("ads").service(Service::new("pixel").cookie("px")).cookie("ad");
    let audience = Category::opt_out("audience")
        .service(Service::new("matomo").cookie("_pk*").refused_by_gpc(true))
        .service(Service::new("xiti").cookie("xt*"));
    let marked = ads.refused_by_gpc(true);
    let analytics = Category::consent("analytics").cookie("stats");
    let builder = Registry::builder().version("7").category(marked).category(audience);
    builder.category(analytics).build().unwrap()
}

/// A source that reads a cookie of this name: `+id` grants, `-id` refuses, and `old` makes the
/// choice an old one.
fn source(name: &'static str) -> impl ConsentSource {
    source_fn(move |request, registry| {
        let Some(value) = request.cookie(name.as_bytes()).next() else {
            return Choice::undecided(registry);
        };
        let words = std::str::from_utf8(value).unwrap().split(' ');
        words.fold(Choice::decided(registry), |choice, word| match word.split_at(1) {
            ("+", id) => choice.grant(id),
            ("-", id) => choice.refuse(id),
            _ => choice.under_version("old"),
        })
    })
}

fn builder() -> PolicyBuilder {
    Policy::builder(registry()).clock(now)
}

/// Returns the ids that are allowed, and whether the visitor decided.
fn asked(policy: &Policy, headers: &[(&'static str, &str)]) -> (Vec<&'static str>, bool) {
    let headers: HeaderMap = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()))
        .collect();
    let consent = policy.consent(&headers);
    let ids = ["ads", "pixel", "audience", "matomo", "xiti", "analytics"];
    (ids.into_iter().filter(|id| consent.allows(id)).collect(), consent.is_decided())
}

#[test]
fn r17_sec_gpc_refuses_what_is_marked_and_grants_nothing() {
    let policy = builder().source(Gpc).build();
    assert_eq!(asked(&policy, &[("sec-gpc", "1")]), (vec!["audience", "xiti"], false));
    let all = ["audience", "matomo", "xiti"];
    for value in ["0", "", "true", "yes", "01", "1, 1", "1;q=1", "2"] {
        assert_eq!(asked(&policy, &[("sec-gpc", value)]), (all.to_vec(), false), "{value:?}");
    }
    assert_eq!(asked(&policy, &[("dnt", "1")]), (all.to_vec(), false), "another signal");
    assert_eq!(asked(&policy, &[("cookie", "sec-gpc=1")]), (all.to_vec(), false));
    assert_eq!(asked(&policy, &[("sec-gpc", "0"), ("sec-gpc", "1")]).0, ["audience", "xiti"]);
}

#[test]
fn r17_dnt_counts_where_the_site_listens_to_it() {
    let policy = builder().source(Dnt).build();
    assert_eq!(asked(&policy, &[("dnt", "1")]).0, ["audience", "xiti"]);
    for header in [("dnt", "0"), ("dnt", "null"), ("sec-gpc", "1")] {
        assert_eq!(asked(&policy, &[header]).0, ["audience", "matomo", "xiti"]);
    }
}

#[test]
fn r17_each_source_sees_its_header() {
    let policy = builder().source(Gpc).source(Dnt).source(source("a")).build();
    for signal in ["sec-gpc", "dnt"] {
        let visitor = [(signal, "1"), ("cookie", "a=+ads +analytics")];
        assert_eq!(asked(&policy, &visitor).0, ["audience", "xiti", "analytics"], "{signal}");
    }
}

#[test]
fn r17_the_order_says_whether_a_grant_lifts_an_objection() {
    let visitor = [("sec-gpc", "1"), ("cookie", "a=+ads +pixel +matomo +analytics")];
    let before = builder().source(Gpc).source(source("a")).build();
    assert_eq!(asked(&before, &visitor), (vec!["audience", "xiti", "analytics"], true));
    let after = builder().source(source("a")).source(Gpc).build();
    let all = vec!["ads", "pixel", "audience", "matomo", "xiti", "analytics"];
    assert_eq!(asked(&after, &visitor), (all, true));
    assert_eq!(asked(&after, &[("sec-gpc", "1")]), (vec!["audience", "xiti"], false));
    let strict = after_with(Combine::MostRestrictive);
    assert_eq!(asked(&strict, &visitor), (vec!["audience", "xiti", "analytics"], true));
}

/// A sibling host can plant the crate's own cookie for the parent domain.
#[test]
fn r17_a_planted_grant_does_not_lift_what_another_source_refuses() {
    let planted = format!("__Host-cookie_consent=version=7&time={NOW}&analytics=true&ads=true");
    let cookies = format!("a=-analytics +ads; {planted}");
    let visitor = [("cookie", cookies.as_str())];
    let all = vec!["ads", "pixel", "audience", "matomo", "xiti", "analytics"];
    let without_analytics = all[..5].to_vec();
    let code = || builder().source(OwnCookie).source(source("a"));
    assert_eq!(asked(&code().build(), &visitor).0, without_analytics);
    assert_eq!(asked(&code().source(Gpc).build(), &visitor).0, without_analytics);
    let trusting = code().combine(Combine::FirstDecided).build();
    assert_eq!(asked(&trusting, &visitor).0, all);
}

#[test]
fn r17_what_only_objects_leaves_the_order_its_meaning() {
    let visitor = [("sec-gpc", "1"), ("dnt", "1"), ("cookie", "a=+ads +matomo")];
    let after = builder().source(source("a")).source(Gpc).source(Dnt).build();
    assert_eq!(asked(&after, &visitor).0, ["ads", "pixel", "audience", "matomo", "xiti"]);
    let before = builder().source(Dnt).source(Gpc).source(source("a")).build();
    assert_eq!(asked(&before, &visitor).0, ["audience", "xiti"]);
}

fn after_with(combine: Combine) -> Policy {
    builder().source(source("a")).source(Gpc).combine(combine).build()
}

#[test]
fn r17_the_first_that_decided_answers_alone_if_the_site_says_so() {
    let both = builder().source(source("a")).source(source("b"));
    let policy = both.combine(Combine::FirstDecided).build();
    for (cookies, want) in [
        ("", vec!["audience", "matomo", "xiti"]),
        ("a=+ads; b=+analytics", vec!["ads", "pixel", "audience", "matomo", "xiti"]),
        ("b=+analytics", vec!["audience", "matomo", "xiti", "analytics"]),
        ("a=-audience; b=+audience", vec![]),
        ("b=+ads -pixel -xiti", vec!["ads", "audience", "matomo"]),
        // An expired choice grants nothing, but its refusals remain.
        ("a=old +ads -xiti; b=+analytics", vec!["audience", "matomo", "analytics"]),
        ("a=old -analytics; b=+analytics +ads", vec!["ads", "pixel", "audience", "matomo", "xiti"]),
    ] {
        let (allowed, decided) = asked(&policy, &[("cookie", cookies)]);
        assert_eq!(allowed, want, "{cookies}");
        assert_eq!(decided, !cookies.is_empty(), "{cookies}");
    }
}

#[test]
fn r17_the_most_restrictive_is_what_all_allow() {
    let both = || builder().source(source("a")).source(source("b"));
    let by_default = both().build();
    let policy = both().combine(Combine::MostRestrictive).build();
    for (cookies, want) in [
        ("a=+ads +analytics; b=+analytics", vec!["audience", "matomo", "xiti", "analytics"]),
        ("a=+analytics; b=+ads", vec!["audience", "matomo", "xiti"]),
        ("b=+ads", vec!["ads", "pixel", "audience", "matomo", "xiti"]),
        ("a=-audience; b=+analytics", vec![]),
        // One source decides on the category, the other on a service in it.
        ("a=+ads; b=+pixel", vec!["pixel", "audience", "matomo", "xiti"]),
        ("a=+ads -pixel; b=+ads +pixel", vec!["ads", "audience", "matomo", "xiti"]),
        ("a=-ads; b=+pixel", vec!["audience", "matomo", "xiti"]),
        ("a=-ads +pixel; b=+ads", vec!["pixel", "audience", "matomo", "xiti"]),
        ("a=old +ads; b=+ads", vec!["ads", "pixel", "audience", "matomo", "xiti"]),
        ("a=old -ads; b=+ads", vec!["audience", "matomo", "xiti"]),
    ] {
        assert_eq!(asked(&policy, &[("cookie", cookies)]).0, want, "{cookies}");
        assert_eq!(asked(&by_default, &[("cookie", cookies)]).0, want, "by default: {cookies}");
        let swapped: Vec<_> = cookies
            .split("; ")
            .map(|cookie| {
                cookie
                    .strip_prefix("a=")
                    .map_or(cookie.replace("b=", "a="), |rest| format!("b={rest}"))
            })
            .collect();
        assert_eq!(asked(&policy, &[("cookie", &swapped.join("; "))]).0, want, "{swapped:?}");
    }
}

#[test]
fn r7_of_several_sources_each_is_as_old_as_it_says() {
    let year = 365 * 86_400;
    let own =
        |time: u64| format!("a=-xiti; __Host-cookie_consent=version=7&time={time}&analytics=true");
    let policy = builder().source(source("a")).source(OwnCookie);
    let policy = policy.combine(Combine::MostRestrictive).build();
    assert_eq!(asked(&policy, &[("cookie", &own(NOW))]).0, ["audience", "matomo"]);
    let policy = builder().source(OwnCookie).source(source("b")).build();
    let stale = own(NOW - year) + "; b=+ads";
    assert_eq!(asked(&policy, &[("cookie", &stale)]).0[..2], ["ads", "pixel"]);
}

#[test]
fn r9_a_response_that_renews_one_source_is_read_by_all() {
    let own = source_fn(|request, registry| Gpc.read(request, registry))
        .headers([HeaderName::from_static("sec-gpc")]);
    let policy = builder().source(own).source(OwnCookie).build();
    let request: HeaderMap =
        [(HeaderName::from_static("sec-gpc"), HeaderValue::from_static("1"))].into_iter().collect();
    let choice = Choice::decided(policy.registry()).grant("ads").grant("analytics");
    let mut response = HeaderMap::new();
    policy.consent(&request).store(&choice).unwrap().append_to(&mut response);
    for line in ["ad=1", "stats=1"] {
        response.append("set-cookie", HeaderValue::from_static(line));
    }
    policy.enforce(&policy.consent(&request), &mut response);
    let lines = super::site::set_cookies(&response);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[1], "stats=1");
}

#[test]
fn r8_every_source_knows_its_own_cookies() {
    struct Banner(&'static [u8]);
    impl ConsentSource for Banner {
        fn read(&self, _: &RequestHeaders, registry: &Registry) -> Choice {
            Choice::undecided(registry)
        }
        fn owns(&self, cookie_name: &[u8], _: &Registry) -> bool {
            cookie_name == self.0
        }
    }
    let policy = builder().source(Banner(b"one")).source(Gpc).source(Banner(b"two")).build();
    let mut response = HeaderMap::new();
    let own = super::site::choosing("analytics=true");
    for line in ["one=1", "two=1", "three=1", &own] {
        response.append("set-cookie", line.parse().unwrap());
    }
    policy.enforce(&policy.consent(&HeaderMap::new()), &mut response);
    assert_eq!(super::site::set_cookies(&response), ["one=1", "two=1", &own]);
}

#[test]
fn r17_a_registry_declares_sources_and_code_replaces_them() {
    let file = r#"
        version = "7"
        [consent]
        sources = ["gpc", "own"]
        combine = "most-restrictive"
        [categories.ads]
        basis = "consent"
        refused-by-gpc = true
        services.pixel.cookies = ["px"]
        [categories.audience]
        basis = "opt-out"
        services.matomo.refused-by-gpc = true
    "#;
    let registry = Registry::from_toml(file).unwrap();
    assert_eq!(registry.consent_sources(), [SourceSpec::Gpc, SourceSpec::Own]);
    assert_eq!(registry.combine(), Some(Combine::MostRestrictive));
    assert!(registry.category("ads").unwrap().is_refused_by_gpc());
    assert!(!registry.category("audience").unwrap().is_refused_by_gpc());
    assert!(registry.service("matomo").unwrap().is_refused_by_gpc());
    assert!(registry.service("pixel").unwrap().is_refused_by_gpc(), "with its category");

    let cookie = format!("__Host-cookie_consent=version=7&time={NOW}&ads=true&audience=true");
    let asked = |policy: &Policy, gpc: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, cookie.parse().unwrap());
        headers.insert("sec-gpc", HeaderValue::from_static(gpc));
        let consent = policy.consent(&headers);
        ["ads", "audience", "matomo"].map(|id| consent.allows(id))
    };
    let unsaid = Registry::from_toml(&file.replace("combine = \"most-restrictive\"", "")).unwrap();
    assert_eq!(unsaid.combine(), None);
    let declared = Policy::builder(registry.clone()).clock(now).build();
    assert_eq!(asked(&declared, "0"), [true, true, true]);
    assert_eq!(asked(&declared, "1"), [false, true, false]);
    let replaced = Policy::builder(registry).clock(now).source(OwnCookie).build();
    assert_eq!(asked(&replaced, "1"), [true, true, true]);
}
