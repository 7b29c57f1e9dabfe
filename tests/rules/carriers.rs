//! Tests R8: the lines that carry the visitor's choice.

use http::HeaderMap;
use tower_cookie_consent::registry::{Category, ConsentCookie, Declaration};
use tower_cookie_consent::{
    Choice, ConsentSource, KeepReason, OwnCookie, Policy, Registry, RequestHeaders, StripReason,
    Verdict, source_fn,
};

use super::site::{
    builder, check, choosing, chosen, enforced, keeps, now, stored, strips, undecided, visitor,
};

#[test]
fn r8_a_choice_in_the_consent_cookie_is_necessary() {
    for consent in ["", "analytics=false", "analytics=true"] {
        for line in [
            choosing("analytics=true"),
            choosing("analytics=false") + "; SameSite=Lax; Max-Age=60",
            choosing("") + "; Max-Age=15552000; X",
            // A choice of another version, or an expired one, does not count, but it is still a
            // choice.
            "__Host-cookie_consent=version=6&time=1&analytics=true; path=/; SECURE".to_owned(),
        ] {
            keeps(consent, &line);
        }
    }
}

#[test]
fn r8_what_holds_no_choice_is_judged_as_any_other_cookie() {
    let choice = chosen("analytics=true");
    for line in [
        "__Host-cookie_consent=1; Max-Age=999999999".to_owned(),
        "__Host-cookie_consent=anything; Path=/; Secure".to_owned(),
        "__Host-cookie_consent=; Path=/; Secure".to_owned(),
        "__Host-cookie_consent; Path=/; Secure".to_owned(),
        format!("__Host-cookie_consent=analytics=true{}; Path=/; Secure", "&x=y".repeat(1_200)),
        // The browser does not store this choice in the place of the consent cookie.
        format!("__Host-cookie_consent={choice}"),
        format!("__Host-cookie_consent={choice}; Path=/"),
        format!("__Host-cookie_consent={choice}; Path=/x; Secure"),
        format!("__Host-cookie_consent={choice}; Path=/; Secure; Domain=other.example"),
        format!("__Host-cookie_consent={choice}; Path=/; Path=/; Secure"),
        format!("__Host-cookie_consent={choice}; Path=/; Secure; Partitioned"),
        format!("=__Host-cookie_consent={choice}; Path=/; Secure"),
        format!("__Host-Cookie_Consent={choice}; Path=/; Secure"),
    ] {
        strips("analytics=true", &line);
    }
}

/// The declaration as necessary means the choice, and not every line with its name.
#[test]
fn r8_a_declaration_of_the_consent_cookie_is_for_the_choice_alone() {
    let toml = format!(
        "{}\n[cookies]\n__Host-cookie_consent = {{ category = 'essential', lifetime = '1 year' }}",
        super::site::REGISTRY
    );
    let policy = |undeclared: &str| {
        let registry = Registry::from_toml(&format!("undeclared = {undeclared}\n{toml}")).unwrap();
        Policy::builder(registry).clock(now).build()
    };
    let junk = "__Host-cookie_consent=1; Max-Age=999999999";
    let elsewhere = format!("__Host-cookie_consent={}; Path=/x; Secure", chosen("analytics=true"));
    let deletion = "__Host-cookie_consent=1; Max-Age=0";
    let choice = choosing("analytics=true");
    let lines = [junk, &elsewhere, deletion, &choice];
    let left = |undeclared: &str| {
        let policy = policy(undeclared);
        enforced(&policy, &undecided(&policy), &lines).0
    };
    assert_eq!(left("'strip'"), [deletion, &choice]);
    assert_eq!(left("'keep-unchecked'"), lines);
    let treated = [&elsewhere, deletion, &choice];
    let granted = left("{ category = 'analytics' }");
    assert_eq!(granted[granted.len() - 3..], treated, "the choice that came with them judges them");
}

#[test]
fn r4_r8_the_consent_cookie_can_be_deleted() {
    keeps("analytics=true", "__Host-cookie_consent=; Path=/; Secure; Max-Age=0");
    keeps("analytics=true", "__Host-cookie_consent; Max-Age=0");
    keeps("analytics=true", "__Host-cookie_consent=x; Path=/x; Max-Age=0");
    let granting = choosing("analytics=true");
    let unproven = format!("{granting}; Max-Age=0; Max-Age=0");
    check("", &unproven, Some(&granting.replace("; Path", "; Max-Age=0; Path")));
}

#[test]
fn r8_the_consent_cookie_lives_no_longer_than_its_settings_say() {
    let line = choosing("analytics=true");
    let six_months = line.replace("; Path", "; Max-Age=15552000; Path");
    for lifetime in
        ["; Max-Age=15552001", "; Max-Age=999999999", "; Expires=x; Max-Age=1; Max-Age=15552001"]
    {
        check("", &format!("{line}{lifetime}"), Some(&six_months));
    }
    keeps("", &format!("{line}; Expires=Sat, 21 Nov 2026 13:00:00 GMT"));

    let capped = |settings: ConsentCookie, declared: Option<&str>| {
        let mut essential = Category::necessary("essential");
        if let Some(lifetime) = declared {
            let own = Declaration::new("__Host-cookie_consent").lifetime(lifetime);
            essential = essential.cookie(own);
        }
        let registry =
            Registry::builder().version("7").consent_cookie(settings).category(essential);
        let policy = Policy::builder(registry.build().unwrap()).clock(now).build();
        let (got, _) =
            enforced(&policy, &undecided(&policy), &[&format!("{line}; Max-Age=999999999")]);
        got[0].split("; ").find(|it| it.starts_with("Max-Age")).map(str::to_owned)
    };
    let settings = ConsentCookie::new;
    assert_eq!(capped(settings().with_lifetime("1 day"), None).unwrap(), "Max-Age=86400");
    assert_eq!(capped(settings().with_lifetime("session"), None), None);
    assert_eq!(capped(settings(), Some("1 year")).unwrap(), "Max-Age=15552000");
    let one_of_two_days = capped(settings().with_lifetime("1 day"), Some("2 days"));
    assert_eq!(one_of_two_days.unwrap(), "Max-Age=86400");
}

#[test]
fn r8_the_place_is_where_the_settings_say() {
    let settings = ConsentCookie::new().with_name("choice").with_domain("example.org");
    let settings = settings.with_path("/shop").with_secure(false);
    let analytics = Category::consent("analytics").cookie("_ga");
    let registry = Registry::builder().version("7").consent_cookie(settings).category(analytics);
    let policy = Policy::builder(registry.build().unwrap()).clock(now).build();
    let value = chosen("analytics=true");
    for (attributes, passes) in [
        ("; Path=/shop; Domain=example.org", true),
        ("; Domain=.EXAMPLE.org; path = /shop; HttpOnly", true),
        ("; Path=/shop; Domain=example.org; Secure", false),
        ("; Path=/shop", false),
        ("; Path=/; Domain=example.org", false),
        ("; Path=/shop; Domain=www.example.org", false),
        ("; Path=/shop; Domain=example.org; SameSite=None", false),
    ] {
        let line = format!("choice={value}{attributes}");
        let (got, _) = enforced(&policy, &undecided(&policy), &[&line, "_ga=1"]);
        assert_eq!(got.len(), if passes { 2 } else { 0 }, "R8, and R9 with it: {attributes}");
    }
}

#[test]
fn r8_rules_that_do_not_name_the_consent_cookie_leave_it_alone() {
    for registry in [
        "undeclared = { category = 'a' }\n[categories.a]\nbasis = 'consent'\nlifetime = '1 day'",
        "[categories.a]\nbasis = 'consent'\ncookies = { '__Host-cookie_*' = { lifetime = '1 day', refresh = false } }",
        "[categories.a]\nbasis = 'necessary'\ncookies = { __Host-cookie_consent = { refresh = false } }",
    ] {
        let registry = Registry::from_toml(&format!("version = '7'\n{registry}")).unwrap();
        let policy = Policy::builder(registry).clock(now).build();
        let line = stored(&policy, &Choice::decided(policy.registry()).refuse_all());
        let line = line.to_str().unwrap();
        let consent = visitor(&policy, "a=true");
        assert_eq!(enforced(&policy, &consent, &[line]).0, [line]);
    }
}

#[test]
fn r8_a_source_around_the_own_cookie_keeps_it() {
    let policy =
        builder().source(source_fn(|request, registry| OwnCookie.read(request, registry))).build();
    let line = stored(&policy, &Choice::decided(policy.registry()).grant_all());
    let lines = [line.to_str().unwrap(), "_ga=1"];
    assert_eq!(enforced(&policy, &undecided(&policy), &lines).0, lines, "R8, and R9 with it");
}

/// The source of a banner whose cookies have names with the same ending.
struct Banner;

impl ConsentSource for Banner {
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice {
        match request.cookie(b"site_banner").next() {
            Some(b"all") => Choice::decided(registry).grant_all(),
            Some(b"none") => Choice::decided(registry).refuse_all(),
            _ => Choice::undecided(registry),
        }
    }

    fn owns(&self, cookie_name: &[u8], _: &Registry) -> bool {
        cookie_name.ends_with(b"_banner")
    }
}

fn banner(categories: &str) -> Policy {
    let registry = Registry::from_toml(&format!("version = '7'\n{categories}")).unwrap();
    Policy::builder(registry).clock(now).source(Banner).build()
}

#[test]
fn r8_what_a_source_owns_is_no_way_around_a_prohibition_or_a_refusal() {
    let declared = "
        [categories.ads]\nbasis = 'prohibited'\ncookies = ['tracker_*', 'ad_banner']
        [categories.stats]\nbasis = 'consent'\ncookies = ['stats_*', 'count_banner']
        [categories.essential]\nbasis = 'necessary'\ncookies = { long_banner = '1 day' }";
    let policy = banner(declared);
    let verdict = |carried: &[&str], name: &str| {
        let consent = policy.consent(&super::site::request(carried));
        let (_, report) =
            enforced(&policy, &consent, &[&format!("{name}=1; Path=/; Max-Age=99999999")]);
        report.entries()[0].verdict()
    };
    let strip = |reason| Verdict::Strip { reason };
    let keep = Verdict::Keep { reason: KeepReason::ConsentCookie };
    for (carried, name, want) in [
        ("", "site_banner", keep),
        ("", "tracker_banner", strip(StripReason::Prohibited)),
        ("", "ad_banner", strip(StripReason::Prohibited)),
        ("site_banner=all", "ad_banner", strip(StripReason::Prohibited)),
        ("site_banner=none", "stats_banner", strip(StripReason::Refused)),
        // The pattern was not meant for the cookie with the choice.
        ("", "stats_banner", keep),
        ("site_banner=all", "stats_banner", keep),
        ("", "count_banner", strip(StripReason::Undecided)),
        ("site_banner=all", "count_banner", keep),
    ] {
        assert_eq!(verdict(&[carried], name), want, "{name} with {carried}");
    }
    assert!(verdict(&[], "long_banner").is_cap(), "a declaration by name sets the lifetime");
    let (got, _) = enforced(
        &policy,
        &undecided(&policy),
        &["ad_banner=; Max-Age=0", "site_banner=all; Max-Age=0; Max-Age=0", "=site_banner=all"],
    );
    assert_eq!(got, ["ad_banner=; Max-Age=0", "site_banner=all; Max-Age=0"]);
}

/// A refusal that does not leave would be none: the browser would keep what was granted before.
#[test]
fn r8_a_line_that_says_what_the_visitor_chose_passes_even_if_its_own_category_is_refused() {
    let refusal = "site_banner=none; Path=/; Max-Age=99999999";
    for declared in [
        "basis = 'consent'\ncookies = ['site_*', 'stats_*']",
        "basis = 'opt-out'\ncookies = ['site_*', 'stats_*']",
        "basis = 'consent'\ncookies = ['site_banner', 'stats_*']",
    ] {
        let policy = banner(&format!("[categories.stats]\n{declared}"));
        for carried in ["", "site_banner=all", "site_banner=junk", "site_banner=none"] {
            let consent = policy.consent(&super::site::request(&[carried]));
            assert_eq!(
                enforced(&policy, &consent, &[refusal]).0,
                [refusal],
                "{carried}: {declared}"
            );
        }
        // What takes the place of a grant takes it back, whatever it says.
        let consent = policy.consent(&super::site::request(&["site_banner=all"]));
        let junk = "site_banner=junk; Path=/";
        assert_eq!(enforced(&policy, &consent, &[junk]).0, [junk], "{declared}");
        // These leave the choice as it is.
        let consent = policy.consent(&super::site::request(&["site_banner=none"]));
        let others = ["site_banner=none; Path=/x", "stats_banner=1; Path=/", "stats_x=1; Path=/"];
        assert_eq!(enforced(&policy, &consent, &others).0, [""; 0], "{declared}");
    }
}

#[test]
fn r8_leftovers_leave_what_carries_the_choice() {
    let toml = format!(
        "{}\n[categories.other]\nbasis = 'consent'\ncookies = ['__Host-cookie_*', '*_banner']",
        super::site::REGISTRY
    );
    let policy = Policy::builder(Registry::from_toml(&toml).unwrap()).clock(now);
    let policy = policy.source(OwnCookie).source(Banner).build();
    let carried = format!(
        "__Host-cookie_consent={}; __Host-cookie_x=1; site_banner=none",
        chosen("other=false"),
    );
    let consent = policy.consent(&super::site::request(&[&carried]));
    let left = consent.leftovers(&Choice::decided(policy.registry()).refuse_all());
    assert!(left.iter().eq(["__Host-cookie_x=; Path=/; Secure; Max-Age=0"]), "{left:?}");
    let withdrawn = Vec::from_iter(consent.withdraw());
    assert_eq!(withdrawn.len(), 2, "the consent cookie once: {withdrawn:?}");
    assert!(!policy.consent(&HeaderMap::new()).is_decided());
}
