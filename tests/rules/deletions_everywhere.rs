//! Tests R20: a deletion for every place in which a browser may hold a cookie.

use std::collections::BTreeSet;

use http::header::{HOST, HeaderMap, HeaderValue};
use tower_cookie_consent::registry::SameSite;
use tower_cookie_consent::{Choice, Policy, Registry};

use super::site::{policy, request};

const REGISTRY: &str = r#"
    version = "7"
    [categories.analytics]
    basis = "consent"
    [categories.analytics.cookies]
    _ga = {}
    named = { domain = "example.net" }
    several = { domain = ["example.net", "example.com"], path = ["/", "/old"] }
    mixed = { domain = ["example.net", "parents"] }
    partly = { domain = "parents", secure = true, partitioned = true }
    __Host-parts = { secure = true, partitioned = true }
    __Host-Http-a = {}
    __Http-b = {}
    __Secure-c = {}
"#;

fn at(host: &str, cookies: &str) -> HeaderMap {
    let mut headers = request(&[cookies]);
    headers.insert(HOST, HeaderValue::from_str(host).unwrap());
    headers
}

/// Returns the lines that withdraw the choice, without that of the consent cookie.
fn withdrawn(policy: &Policy, request: &HeaderMap) -> Vec<String> {
    let lines = policy.consent(request).withdraw();
    let name = policy.registry().consent_cookie().name().to_owned();
    let lines = lines.iter().map(|line| line.to_str().unwrap().to_owned());
    lines.filter(|line| !line.starts_with(&name)).collect()
}

#[test]
fn r20_each_place_gets_a_line() {
    let policy = Policy::new(Registry::from_toml(REGISTRY).unwrap());
    for (host, cookies, lines) in [
        (
            "shop.example.org:8080",
            "_ga=1",
            &[
                "_ga=; Path=/; Max-Age=0",
                "_ga=; Path=/; Domain=shop.example.org; Max-Age=0",
                "_ga=; Path=/; Domain=example.org; Max-Age=0",
            ][..],
        ),
        ("localhost", "_ga=1; _ga=2", &["_ga=; Path=/; Max-Age=0"]),
        (
            "example.org",
            "_ga",
            &["_ga; Path=/; Max-Age=0", "_ga; Path=/; Domain=example.org; Max-Age=0"],
        ),
        (
            "example.org",
            "named=1",
            &["named=; Path=/; Max-Age=0", "named=; Path=/; Domain=example.net; Max-Age=0"],
        ),
        (
            "example.org",
            "several=1",
            &[
                "several=; Path=/; Max-Age=0",
                "several=; Path=/; Domain=example.net; Max-Age=0",
                "several=; Path=/; Domain=example.com; Max-Age=0",
                "several=; Path=/old; Max-Age=0",
                "several=; Path=/old; Domain=example.net; Max-Age=0",
                "several=; Path=/old; Domain=example.com; Max-Age=0",
            ],
        ),
        (
            "example.org",
            "mixed=1",
            &[
                "mixed=; Path=/; Max-Age=0",
                "mixed=; Path=/; Domain=example.net; Max-Age=0",
                "mixed=; Path=/; Domain=example.org; Max-Age=0",
            ],
        ),
        (
            "example.org",
            "partly=1",
            &[
                "partly=; Path=/; Max-Age=0",
                "partly=; Path=/; Domain=example.org; Max-Age=0",
                "partly=; Path=/; Secure; Partitioned; Max-Age=0",
                "partly=; Path=/; Domain=example.org; Secure; Partitioned; Max-Age=0",
            ],
        ),
        (
            "example.org",
            "__Host-parts=1",
            &[
                "__Host-parts=; Path=/; Secure; Max-Age=0",
                "__Host-parts=; Path=/; Secure; Partitioned; Max-Age=0",
            ],
        ),
        (
            "example.org",
            "__Host-Http-a=1",
            &["__Host-Http-a=; Path=/; Secure; HttpOnly; Max-Age=0"],
        ),
        (
            "example.org",
            "__Http-b=1; __Secure-c=2",
            &[
                "__Http-b=; Path=/; Secure; HttpOnly; Max-Age=0",
                "__Http-b=; Path=/; Domain=example.org; Secure; HttpOnly; Max-Age=0",
                "__Secure-c=; Path=/; Secure; Max-Age=0",
                "__Secure-c=; Path=/; Domain=example.org; Secure; Max-Age=0",
            ],
        ),
    ] {
        assert_eq!(withdrawn(&policy, &at(host, cookies)), lines, "{host}: {cookies}");
    }
}

#[test]
fn r20_a_cookie_gets_the_same_lines_beside_any_other() {
    let registry = Registry::from_toml(
        r#"
        version = "7"
        [categories.analytics]
        basis = "consent"
        [categories.analytics.cookies]
        "a*" = {}
        "domain*" = { domain = "example.net" }
        "mixed*" = { domain = ["example.net", "parents"] }
        "path*" = { path = ["/", "/old"] }
        "jar*" = { secure = true, partitioned = true }
        "__Host-a*" = {}
        "__Host-jar*" = { secure = true, partitioned = true }
        "__Host-Http-*" = {}
        "__Http-*" = {}
        "__Secure-*" = {}
        "#,
    );
    let policy = Policy::new(registry.unwrap());
    let lines = |cookies: &str| withdrawn(&policy, &at("www.example.org", cookies));
    let starts = [
        "a",
        "domain",
        "mixed",
        "path",
        "jar",
        "__Host-a",
        "__Host-jar",
        "__Host-Http-",
        "__Http-",
        "__Secure-",
    ];
    let cookies = || {
        starts
            .into_iter()
            .flat_map(|start| ["1=", "23=", "45", "6"].map(|end| [start, end].concat()))
    };
    for one in cookies() {
        for other in cookies().filter(|other| *other != one) {
            let together: BTreeSet<_> = lines(&format!("{one}; {other}")).into_iter().collect();
            let alone: BTreeSet<_> = lines(&one).into_iter().chain(lines(&other)).collect();
            assert_eq!(together, alone, "{one}; {other}");
        }
    }
}

#[test]
fn r20_where_the_choice_travels_into_frames_so_do_the_deletions() {
    let registry = Registry::from_toml(REGISTRY).unwrap();
    let frames = registry.with_consent_cookie(|own| own.with_same_site(SameSite::None)).unwrap();
    assert_eq!(
        withdrawn(&Policy::new(frames), &at("example.org", "partly=1")),
        [
            "partly=; Path=/; Secure; SameSite=None; Max-Age=0",
            "partly=; Path=/; Domain=example.org; Secure; SameSite=None; Max-Age=0",
            "partly=; Path=/; Secure; SameSite=None; Partitioned; Max-Age=0",
            "partly=; Path=/; Domain=example.org; Secure; SameSite=None; Partitioned; Max-Age=0",
        ]
    );
}

#[test]
fn r20_a_partitioned_consent_cookie_is_deleted_outside_of_its_jar_too() {
    let registry = Registry::from_toml(REGISTRY).unwrap();
    let parts = registry.with_consent_cookie(|own| own.with_partitioned(true)).unwrap();
    let policy = Policy::new(parts);
    let consent = policy.consent(&HeaderMap::new());
    let jars = |lines: Vec<HeaderValue>| -> Vec<bool> {
        lines.iter().map(|line| line.to_str().unwrap().contains("; Partitioned")).collect()
    };
    let stored = consent.store(&Choice::decided(policy.registry()).grant_all()).unwrap();
    let [twin, own] = &Vec::from_iter(&stored)[..] else { panic!("{stored:?}") };
    assert!(
        twin.to_str().unwrap().contains("Max-Age=0")
            && !own.to_str().unwrap().contains("Max-Age=0")
    );
    assert_eq!(jars(Vec::from_iter(stored.clone())), [false, true]);
    assert_eq!(jars(Vec::from_iter(consent.withdraw())), [false, true]);
    // By R8, the line is the choice only if it is for the jar that the registry sets.
    for (line, passes) in [
        (own.to_str().unwrap().to_owned(), true),
        (own.to_str().unwrap().replace("; Partitioned", ""), false),
    ] {
        let lines = [&line[..], "_ga=1"];
        let left = super::site::enforced(&policy, &consent, &lines).0;
        assert_eq!(left.contains(&"_ga=1".to_owned()), passes, "{line}");
    }
}

#[test]
fn r20_hosts_of_many_labels_are_bounded() {
    let policy = policy();
    let host = "h.".repeat(60) + "example.org";
    let lines = withdrawn(&policy, &at(&host, "_ga=1"));
    assert_eq!(lines.len(), 6, "{lines:?}");
    assert_eq!(lines.last().unwrap(), "_ga=; Path=/; Domain=example.org; Max-Age=0");
}

#[test]
fn r20_no_line_of_a_sweeping_policy_is_above_the_bounds() {
    let policy = super::site::builder().sweep().build();
    let cookies: Vec<_> = (0..100).map(|n| format!("_ga_{n}=1")).collect();
    let lines = withdrawn(&policy, &at("www.example.org", &cookies.join("; ")));
    let bytes: usize = lines.iter().map(|line| line.len() + "set-cookie: \r\n".len()).sum();
    assert!(lines.len() <= 32 && bytes <= 2_048, "{} lines, {bytes} bytes", lines.len());
    let names: BTreeSet<_> = lines.iter().map(|line| line.split('=').next().unwrap()).collect();
    assert_eq!(names.len() * 3, lines.len(), "all lines of a cookie, or none");
}
