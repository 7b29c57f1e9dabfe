//! Tests the setting that may differ between machines: the consent cookie of a registry that is
//! already loaded.

use tower_cookie_consent::Registry;
use tower_cookie_consent::registry::ConsentCookie;

fn registry(file: &str) -> Registry {
    Registry::from_toml(&format!("version = '1'\n{file}")).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn r8_the_consent_cookie_changes_and_nothing_else() {
    let loaded = registry("[consent]\nlifetime = '1 day'\n[categories.a]\nbasis = 'consent'");
    let shared = loaded.clone();
    let local = loaded.with_consent_cookie(|cookie| cookie.with_secure(false)).unwrap();
    assert_eq!(local.consent_cookie().name(), "cookie_consent");
    assert_eq!(local.consent_cookie().lifetime(), shared.consent_cookie().lifetime());
    assert_eq!(local.category("a").unwrap().id(), "a");
    assert_eq!(local.fingerprint(), shared.fingerprint());
    // Clones of the registry that were made before keep the cookie as it was.
    assert_eq!(shared.consent_cookie().name(), "__Host-cookie_consent");
}

#[test]
fn r8_another_consent_cookie_is_checked_as_the_first_was() {
    type Change = fn(ConsentCookie) -> ConsentCookie;
    let essential = "categories.essential = { basis = 'necessary', cookies.c = '1 day' }\n\
                     categories.ads = { basis = 'consent', cookies = ['ads'] }";
    let cases: [(Change, &str); 4] = [
        (|cookie| cookie.with_name("__Host-c").with_secure(false), "consent-cookie-refused"),
        (|cookie| cookie.with_name("ads"), "consent-cookie-not-necessary"),
        (|cookie| cookie.with_name("c"), "lifetime-above-limit"),
        (|cookie| cookie.with_domain("com"), "public-suffix"),
    ];
    for (change, code) in cases {
        let error = registry(essential).with_consent_cookie(change).unwrap_err();
        let [problem] = error.problems() else { panic!("{error}") };
        assert_eq!(problem.code(), code, "{error}");
    }
}

#[cfg(feature = "cmp")]
#[test]
fn r17_another_name_is_no_other_sources() {
    let two = registry("consent.sources = ['own', 'django']\ncategories.a.basis = 'consent'");
    let error = two.with_consent_cookie(|cookie| cookie.with_secure(false)).unwrap_err();
    assert_eq!(error.problems()[0].code(), "shared-cookie", "{error}");
}
