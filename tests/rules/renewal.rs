//! Tests R9: a response that sets or deletes the visitor's choice itself.

use http::HeaderMap;
use tower_cookie_consent::registry::{Category, ConsentCookie, Service};
use tower_cookie_consent::{
    Choice, Consent, ConsentSource, OwnCookie, Policy, Registry, RequestHeaders, StripReason,
    Verdict,
};

use super::site::{
    builder, choosing, chosen, enforced, now, policy, response, set_cookies, stored, undecided,
    visitor, withdrawn,
};

#[test]
fn r9_a_choice_in_the_response_judges_the_response() {
    let policy = policy();
    let grant = stored(&policy, &Choice::decided(policy.registry()).grant("analytics"));
    let grant = grant.to_str().unwrap().to_owned();
    let refuse = choosing("analytics=false");
    let withdraw = withdrawn(&policy).to_str().unwrap().to_owned();

    let granted = || visitor(&policy, "analytics=true");
    assert!(passes(&policy, &undecided(&policy), &["_ga=1", &grant]));
    assert!(passes(&policy, &undecided(&policy), &[&withdraw, &grant, "_ga=1"]));
    assert!(!passes(&policy, &granted(), &["_ga=1", &refuse]));
    assert!(!passes(&policy, &granted(), &["_ga=1", &withdraw]));
    assert!(!passes(&policy, &granted(), &["_ga=1", &grant, &withdraw]));
    assert!(
        !passes(&policy, &granted(), &["_ga=1", &grant, &refuse]),
        "the most restrictive of two"
    );
}

fn passes(policy: &Policy, consent: &Consent, lines: &[&str]) -> bool {
    enforced(policy, consent, lines).0.iter().any(|line| line.starts_with("_ga="))
}

/// These lines do not store the choice in the place from which it was read: the browser keeps it
/// elsewhere, or not at all.
#[test]
fn r9_only_what_replaces_the_consent_cookie_renews_the_choice() {
    let policy = policy();
    let choice = chosen("analytics=true&audience=true");
    for line in [
        format!("__Host-cookie_consent={choice}; Path=/; Secure; Domain=other.example"),
        format!("__Host-cookie_consent={choice}; Path=/x; Secure"),
        format!("__Host-cookie_consent={choice}; Secure"),
        format!("__Host-cookie_consent={choice}; Path=/"),
        format!("__Host-cookie_consent={choice}; Path=/; Secure; Partitioned"),
        format!("__Host-cookie_consent={choice}; Path=/; Secure; x\ty"),
        format!("=__Host-cookie_consent={choice}; Path=/; Secure"),
        format!("__Host-cookie_consent; x={choice}; Path=/; Secure"),
        format!("__host-cookie_consent={choice}; Path=/; Secure"),
        "__Host-cookie_consent=1; Path=/; Secure".to_owned(),
    ] {
        assert!(!passes(&policy, &undecided(&policy), &[&line, "_ga=1"]), "{line}");
        let refused = visitor(&policy, "audience=false");
        assert_eq!(enforced(&policy, &refused, &[&line, "visits=1"]).0, [""; 0], "{line}");
        let granted = visitor(&policy, "analytics=true");
        assert!(passes(&policy, &granted, &[&line, "_ga=1"]), "the choice stands: {line}");
    }
    let here = choosing("analytics=true");
    assert!(passes(&policy, &undecided(&policy), &["_ga=1", &format!("\t {here} ;HttpOnly")]));
}

/// The value of a deletion has no meaning: a deleted cookie leaves no choice.
#[test]
fn r9_a_deletion_takes_grants_back_whatever_its_value() {
    let policy = policy();
    let granting = choosing("analytics=true");
    for line in [
        format!("{granting}; Max-Age=0"),
        format!("{granting}; Max-Age=0; Max-Age=0"),
        format!("{granting}; Expires=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
        "__Host-cookie_consent=x; Path=/; Secure; Max-Age=0; Max-Age=0".to_owned(),
        // Some browser may read these lines as deletions of the consent cookie.
        "__Host-cookie_consent=; Path=/; Max-Age=0".to_owned(),
        "__Host-cookie_consent=; Secure; Max-Age=0".to_owned(),
        "__Host-cookie_consent; Max-Age=0".to_owned(),
        "=__Host-cookie_consent; Path=/; Secure; Max-Age=0".to_owned(),
    ] {
        for consent in [undecided(&policy), visitor(&policy, "analytics=true")] {
            assert!(!passes(&policy, &consent, &["_ga=1", &line]), "{line}");
        }
        let then_granted = [&line, &granting].map(String::as_str);
        let lines = [&then_granted[..], &["_ga=1"]].concat();
        assert!(passes(&policy, &undecided(&policy), &lines), "{line}");
    }
    for elsewhere in [
        "__Host-cookie_consent=; Path=/x; Secure; Max-Age=0",
        "__Host-cookie_consent=; Path=/; Domain=example.org; Secure; Max-Age=0",
    ] {
        let granted = visitor(&policy, "analytics=true");
        let left = passes(&policy, &granted, &["_ga=1", elsewhere]);
        // A cookie whose name starts with `__Host-` cannot have this place.
        assert!(!left, "{elsewhere}");
    }
}

#[test]
fn r9_only_a_sure_deletion_lifts_a_refusal() {
    let policy = policy();
    let refused = || visitor(&policy, "audience=false");
    let visits = |line: &str| enforced(&policy, &refused(), &[line, "visits=1"]).0.len() == 2;
    assert!(visits("__Host-cookie_consent=; Path=/; Secure; Max-Age=0"));
    for line in [
        "__Host-cookie_consent=; Path=/x; Secure; Max-Age=0",
        "__Host-cookie_consent=; Path=/; Max-Age=0",
        "__Host-cookie_consent=; Secure; Max-Age=0",
        "__Host-cookie_consent; Max-Age=0",
        "=__Host-cookie_consent; Path=/; Secure; Max-Age=0",
    ] {
        assert!(!visits(line), "{line}");
    }
}

/// A site that once had the cookie in another place deletes it there, and stores the choice here.
#[test]
fn r9_deletions_elsewhere_change_nothing() {
    let settings = ConsentCookie::new().with_name("choice").with_domain("example.org");
    let analytics = Category::consent("analytics").cookie("_ga");
    let registry = Registry::builder().version("7").consent_cookie(settings).category(analytics);
    let policy = Policy::builder(registry.build().unwrap()).clock(now).build();
    let carried = format!("choice={}", chosen("analytics=true"));
    let granted = || policy.consent(&super::site::request(&[&carried]));
    for line in [
        "choice=; Path=/; Secure; Max-Age=0",
        "choice=; Path=/x; Domain=example.org; Secure; Max-Age=0",
        "choice=; Path=/; Domain=www.example.org; Secure; Max-Age=0",
    ] {
        assert!(passes(&policy, &granted(), &["_ga=1", line]), "{line}");
    }
    assert!(!passes(
        &policy,
        &granted(),
        &["_ga=1", "choice=; Path=/; Domain=example.org; Secure; Max-Age=0"]
    ));

    let all = Choice::decided(policy.registry()).grant_all();
    let lines = policy.consent(&HeaderMap::new()).store(&all).unwrap();
    let mut lines: Vec<_> = lines.iter().map(|line| line.to_str().unwrap()).collect();
    assert_eq!(lines.len(), 2, "with the deletion of what lies on the host alone");
    lines.push("_ga=1");
    assert!(passes(&policy, &undecided(&policy), &lines));
}

/// Browsers ignore such attributes, and use the path and host of the request.
#[test]
fn r9_a_deletion_with_a_path_or_domain_that_is_none_may_be_one() {
    let settings = ConsentCookie::new().with_name("choice");
    let registry = Registry::builder()
        .version("7")
        .consent_cookie(settings)
        .category(Category::consent("analytics").cookie("_ga"))
        .category(Category::opt_out("audience").cookie("visits"));
    let policy = Policy::builder(registry.build().unwrap()).clock(now).build();
    let carried = format!("choice={}", chosen("analytics=true&audience=false"));
    let too_long = format!("choice=; Path=/{}; Secure; Max-Age=0", "x".repeat(1024));
    for (line, left) in [
        (too_long.as_str(), false),
        ("choice=; Path=; Secure; Max-Age=0", false),
        ("choice=; Path; Secure; Max-Age=0", false),
        ("choice=; Path=x; Secure; Max-Age=0", false),
        ("choice=; Path=/; Domain=; Secure; Max-Age=0", false),
        ("choice=; Path=/x; Secure; Max-Age=0", true),
    ] {
        let consent = policy.consent(&super::site::request(&[&carried]));
        assert_eq!(passes(&policy, &consent, &["_ga=1", line]), left, "{line}");
        assert_eq!(enforced(&policy, &consent, &["visits=1", line]).0, [line], "{line}");
    }
}

#[test]
fn r9_the_date_header_tells_whether_the_choice_is_deleted() {
    let policy = policy();
    let line = choosing("analytics=true") + "; Expires=Sat, 21 Nov 2026 13:00:00 GMT";
    for (date, want) in [("Sat, 21 Nov 2026 14:00:00 GMT", 1), ("Sat, 21 Nov 2026 12:00:00 GMT", 2)]
    {
        let mut headers = response(&[&line, "_ga=1"]);
        headers.insert("date", date.parse().unwrap());
        policy.enforce(&undecided(&policy), &mut headers);
        assert_eq!(set_cookies(&headers).len(), want, "{date}");
    }
}

#[test]
fn r9_a_renewed_consent_does_not_leak_into_the_next_response() {
    let policy = policy();
    let consent = undecided(&policy);
    let grant = choosing("analytics=true");
    assert_eq!(enforced(&policy, &consent, &[&grant, "_ga=1"]).0.len(), 2);
    assert!(enforced(&policy, &consent, &["_ga=1"]).0.is_empty());
}

/// A banner whose cookie is written by its server.
struct Banner;

impl ConsentSource for Banner {
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice {
        match request.cookie(b"banner").next() {
            Some(b"all") => Choice::decided(registry).grant_all(),
            Some(b"none") => Choice::decided(registry).refuse_all(),
            _ => Choice::undecided(registry),
        }
    }

    fn owns(&self, cookie_name: &[u8], _: &Registry) -> bool {
        cookie_name == b"banner"
    }
}

#[test]
fn r9_a_banner_on_the_server_renews_its_choice_under_the_root_path() {
    let policy = builder().source(Banner).build();
    let carrying =
        |value: &str| policy.consent(&super::site::request(&[&format!("banner={value}")]));
    let audience = |value: &str, line: &str| {
        let (left, _) = enforced(&policy, &carrying(value), &[line, "visits=1"]);
        left.contains(&"visits=1".to_owned())
    };
    for line in ["banner=all; Path=/", "banner=all; Domain=example.org; Path=/; Secure"] {
        assert!(passes(&policy, &undecided(&policy), &["_ga=1", line]), "{line}");
        assert!(audience("none", line), "{line}");
    }
    for line in [
        "banner=all",
        "banner=all; Path=/x",
        "=banner=all; Path=/",
        "banner=all; Path=/; Partitioned",
    ] {
        assert!(!passes(&policy, &undecided(&policy), &["_ga=1", line]), "{line}");
        assert!(!audience("none", line), "{line}");
    }
    assert!(!passes(&policy, &carrying("all"), &["_ga=1", "banner=none; Path=/"]));
    assert!(audience("none", "banner=; Path=/; Max-Age=0"));
    for line in ["banner=; Path=/x; Max-Age=0", "banner=; Max-Age=0", "banner; Max-Age=0"] {
        assert!(!audience("none", line), "{line}");
    }
}

#[test]
fn r9_a_line_that_the_registry_prohibits_renews_nothing() {
    for declared in ["banner", "ban*"] {
        let registry = Registry::builder()
            .version("7")
            .category(Category::consent("analytics").cookie("_ga"))
            .category(Category::prohibited("never").cookie(declared))
            .build()
            .unwrap();
        let policy = Policy::builder(registry).source(Banner).clock(now).build();
        let lines = ["banner=all; Path=/", "_ga=1"];
        let (left, _) = enforced(&policy, &undecided(&policy), &lines);
        assert_eq!(left, [""; 0], "{declared}");

        // A deletion leaves, and so the browser's choice is gone.
        let granted = policy.consent(&super::site::request(&["banner=all"]));
        let (left, _) = enforced(&policy, &granted, &["_ga=1"]);
        assert_eq!(left, ["_ga=1"], "{declared}");
        let deletion = "banner=; Path=/; Max-Age=0";
        let (left, _) = enforced(&policy, &granted, &[deletion, "_ga=1"]);
        assert_eq!(left, [deletion], "{declared}");
    }
}

fn store_only() -> Policy {
    builder().store_only().build()
}

#[test]
fn r9_under_store_only_no_line_of_anybody_else_renews_the_choice() {
    let policy = store_only();
    let forged = choosing("analytics=true");
    let consent = undecided(&policy);
    let (got, report) = enforced(&policy, &consent, &[&forged, "_ga=1"]);
    assert_eq!(got, [""; 0], "nor does it reach the browser, whose next request would grant");
    let reason = StripReason::ForeignChoice;
    assert_eq!(report.entries()[0].verdict(), Verdict::Strip { reason });
    for line in ["__Host-cookie_consent=1", "=__Host-cookie_consent=1", "__Host-cookie_consent"] {
        assert_eq!(enforced(&policy, &consent, &[line]).0, [""; 0], "{line}");
    }

    // These lines were stored for another visitor, or for this one and then changed.
    let all = Choice::decided(policy.registry()).grant_all();
    let of_another = stored(&policy, &all);
    let lines = consent.store(&all.clone().refuse("analytics")).unwrap();
    let own = lines.iter().next().unwrap().to_str().unwrap();
    let changed = own.replace("analytics=false", "analytics=true");
    for line in [of_another.to_str().unwrap(), &changed, &own.to_lowercase(), &format!("{own};")] {
        assert_eq!(enforced(&policy, &consent, &[line, "_ga=1"]).0, [""; 0], "{line}");
    }
    assert_eq!(enforced(&policy, &consent, &[own, "_ga=1", "theme=1"]).0, [own, "theme=1"]);
}

#[test]
fn r9_under_store_only_every_copy_of_the_consent_stores() {
    let policy = store_only();
    let consent = undecided(&policy);
    let all = Choice::decided(policy.registry()).grant_all();
    let lines = consent.clone().store(&all).unwrap();
    let line = lines.iter().next().unwrap().to_str().unwrap();
    assert_eq!(enforced(&policy, &consent, &[line, "_ga=1"]).0, [line, "_ga=1"]);

    let granted = visitor(&policy, "analytics=true");
    let withdrawn = Vec::from_iter(granted.withdraw());
    let line = withdrawn[0].to_str().unwrap();
    assert_eq!(enforced(&policy, &granted, &["_ga=1", line]).0, [line]);
}

/// Such a line would lift the refusal in the browser, and so for the next request.
#[test]
fn r9_under_store_only_a_foreign_deletion_is_stripped() {
    let policy = store_only();
    let granting = chosen("analytics=true");
    for line in [
        "__Host-cookie_consent=; Path=/; Secure; Max-Age=0",
        "__Host-cookie_consent=; Max-Age=0; Max-Age=0",
        "__Host-cookie_consent; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        &format!("__Host-cookie_consent={granting}; Path=/; Secure; Max-Age=0"),
    ] {
        let refused = visitor(&policy, "audience=false");
        let (left, report) = enforced(&policy, &refused, &["visits=1", line]);
        assert_eq!(left, [""; 0], "{line}");
        let reason = StripReason::ForeignChoice;
        assert_eq!(report.entries()[1].verdict(), Verdict::Strip { reason }, "{line}");
        let granted = visitor(&policy, "analytics=true");
        assert_eq!(enforced(&policy, &granted, &["_ga=1", line]).0, ["_ga=1"], "{line}");
    }
}

#[test]
fn r9_a_registry_can_say_store_only() {
    let toml = format!("{}\n[consent]\nstore-only = true", super::site::REGISTRY);
    let registry = Registry::from_toml(&toml).unwrap();
    assert!(registry.is_store_only() && !super::site::registry().is_store_only());
    let policy = Policy::builder(registry).clock(now).source(Banner).source(OwnCookie).build();
    assert!(policy.is_store_only());
    let lines = [&choosing("analytics=true"), "banner=all; Path=/", "_ga=1"];
    assert_eq!(enforced(&policy, &undecided(&policy), &lines).0, [""; 0]);
    let built = Registry::builder().version("1").store_only(true);
    let built = built.category(Category::consent("a").service(Service::new("b"))).build().unwrap();
    assert!(Policy::new(built).is_store_only());
}
