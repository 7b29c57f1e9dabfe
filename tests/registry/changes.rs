//! Tests whether visitors have to be asked again when one registry follows another.

use tower_cookie_consent::registry::{Category, Declaration, Registry, Service, Text};

/// The registry under which visitors decided.
const OLD: &str = r#"
version = "1"
[categories.essential]
basis = "necessary"
cookies = ["sid"]
[categories.analytics]
basis = "consent"
title = "Analytics"
cookies = { _pk_id = "1 year" }
services.matomo = { provider = "Matomo", cookies = ["_pk_*", "mtm"] }
services.hotjar = { provider = { en = "Hotjar", fr = "Hotjar SA" }, cookies = ["_hjid"] }
[categories.measure]
basis = "opt-out"
[categories.ads]
basis = "prohibited"
cookies = ["_fbp"]
"#;

fn registry(file: &str) -> Registry {
    Registry::from_toml(file).unwrap_or_else(|error| panic!("{error}\n{file}"))
}

/// Returns the older registry with one text replaced by another.
fn changed(from: &str, to: &str) -> Registry {
    assert!(OLD.contains(from), "{from}");
    registry(&OLD.replacen(from, to, 1))
}

fn told(new: &Registry, old: &Registry) -> Vec<String> {
    new.changes_since(old).iter().map(ToString::to_string).collect()
}

const CATEGORY: &str = "is a category that visitors have not been asked about";
const SERVICE: &str = "is a service that visitors have not been asked about";
const COOKIE: &str = "is a cookie that visitors have not been asked about";

#[test]
fn r7_what_visitors_were_not_asked_about_is_material() {
    for (from, to, key, reason) in [
        (
            "[categories.ads]",
            "[categories.chat]\nbasis = 'consent'\ncookies = ['c']\n[categories.ads]",
            "categories.chat",
            CATEGORY,
        ),
        (
            "\"necessary\"",
            "\"consent\"",
            "categories.essential",
            "has the basis consent, and had necessary",
        ),
        (
            "\"opt-out\"",
            "\"consent\"",
            "categories.measure",
            "has the basis consent, and had opt-out",
        ),
        (
            "\"consent\"",
            "\"opt-out\"",
            "categories.analytics",
            "has the basis opt-out, and had consent",
        ),
        (
            "\"prohibited\"",
            "\"opt-out\"",
            "categories.ads",
            "has the basis opt-out, and had prohibited",
        ),
        (
            "services.hotjar",
            "services.clarity = { cookies = ['_clck'] }\nservices.hotjar",
            "categories.analytics.services.clarity",
            SERVICE,
        ),
        (
            "[\"_hjid\"]",
            "[\"_hjid\", \"_hjsession*\"]",
            "categories.analytics.services.hotjar.cookies.\"_hjsession*\"",
            COOKIE,
        ),
        (
            "_pk_id = \"1 year\"",
            "_pk_id = {}, consent = {}",
            "categories.analytics.cookies.consent",
            COOKIE,
        ),
        (
            "\"Matomo\"",
            "\"InnoCraft\"",
            "categories.analytics.services.matomo",
            "has the provider \"InnoCraft\", and had \"Matomo\"",
        ),
        (
            "version = \"1\"",
            "version = \"1\"\nundeclared = { category = 'analytics' }",
            "undeclared",
            "gives the category analytics cookies that no declaration covers",
        ),
    ] {
        let (old, new) = (registry(OLD), changed(from, to));
        assert_eq!(told(&new, &old), [format!("{key}: {reason}")], "{from} -> {to}");
        assert_ne!(new.fingerprint(), old.fingerprint(), "{from} -> {to}");
    }
}

/// Visitors are asked about a service or cookie that moved if its new category asks.
#[test]
fn r7_what_moved_is_material() {
    let built = |analytics: Category, ads: Category| {
        Registry::builder().version("1").category(analytics).category(ads).build().unwrap()
    };
    let (analytics, ads) = (|| Category::consent("analytics"), || Category::consent("ads"));
    let matomo = || Service::new("matomo");
    let cases = [
        (
            built(analytics().service(matomo()), ads()),
            built(analytics(), ads().service(matomo())),
            "categories.ads.services.matomo: belongs to the category ads, and belonged to analytics",
        ),
        (
            built(analytics().service(matomo()).cookie("x"), ads()),
            built(analytics().service(matomo().cookie("x")), ads()),
            "categories.analytics.services.matomo.cookies.x: belonged to analytics",
        ),
        (
            built(analytics().cookie("x*"), ads()),
            built(analytics().cookie("x*"), ads().cookie("xy")),
            "categories.ads.cookies.xy: belonged to analytics",
        ),
        (
            built(analytics().cookie(Declaration::new("x").provider("A")), ads()),
            built(analytics().cookie(Declaration::new("x").provider("B")), ads()),
            "categories.analytics.cookies.x: has the provider \"B\", and had \"A\"",
        ),
    ];
    for (old, new, want) in cases {
        assert_eq!(told(&new, &old), [want]);
        assert_ne!(new.fingerprint(), old.fingerprint(), "{want}");
    }
}

#[test]
fn r7_less_of_it_is_not_material() {
    for (from, to) in [
        ("services.hotjar = ", "# "),
        ("\"mtm\"", ""),
        ("\"consent\"", "\"prohibited\""),
        ("[categories.measure]\nbasis = \"opt-out\"", ""),
        // The new name was covered by the pattern.
        ("\"mtm\"", "\"mtm\", \"_pk_ses\""),
        // The provider is now given in another language too.
        ("fr = \"Hotjar SA\"", "fr = \"Hotjar SA\", de = \"Hotjar GmbH\""),
        ("provider = \"Matomo\", ", ""),
    ] {
        let (old, new) = (registry(OLD), changed(from, to));
        assert_eq!(told(&new, &old), [""; 0], "{from} -> {to}");
        assert_ne!(new.fingerprint(), old.fingerprint(), "{from} -> {to}");
    }
}

#[test]
fn r7_what_visitors_do_not_decide_on_is_not_material() {
    for (from, to) in [
        (
            "version = \"1\"",
            "version = \"2\"\nupdated = 2026-01-01\nundeclared = \"keep-unchecked\"",
        ),
        ("[\"sid\"]", "[\"sid\", \"csrf\"]"),
        ("[\"_fbp\"]", "[\"_fbp\", \"fr\"]"),
        ("title = \"Analytics\"", "title = \"Statistics\"\npurpose = \"p\"\nlifetime = \"1 year\""),
        ("_pk_id = \"1 year\"", "_pk_id = \"6 months\""),
    ] {
        let (old, new) = (registry(OLD), changed(from, to));
        assert_eq!(told(&new, &old), [""; 0], "{from} -> {to}");
        assert_eq!(new.fingerprint(), old.fingerprint(), "{from} -> {to}");
    }
}

/// The fingerprint is the same on every machine, in every order, and however the registry is
/// declared.
#[test]
fn a_fingerprint_is_that_of_the_content() {
    let matomo = || Service::new("matomo").provider("Matomo").cookie("mtm").cookie("_pk_*");
    let hotjar = Service::new("hotjar").in_category("analytics");
    let hotjar = hotjar.provider(Text::per_language([("fr", "Hotjar SA"), ("en", "Hotjar")]));
    let built = Registry::builder()
        .version("another")
        .category(Category::opt_out("measure"))
        .category(Category::consent("analytics").service(matomo()))
        .service(hotjar)
        .cookie(Declaration::new("_hjid").in_service("hotjar"))
        .cookie(Declaration::new("_pk_id").in_category("analytics"))
        .build()
        .unwrap();
    assert_eq!(built.fingerprint(), registry(OLD).fingerprint());
    // This value was computed independently of the crate, with ten lines of Python.
    assert_eq!(built.fingerprint(), "1e412ea63d1d31ca");
    assert_eq!(told(&built, &registry(OLD)), [""; 0]);
}
