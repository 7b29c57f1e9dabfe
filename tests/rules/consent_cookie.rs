//! The crate's own consent cookie: what is written, and that it is read again.

use std::time::Duration;

use tower_cookie_consent::registry::{Category, ConsentCookie, SameSite};
use tower_cookie_consent::{Choice, Policy, Registry};

use super::site::{NOW, now, policy, registry, request, stored, undecided, withdrawn};

#[test]
fn the_choice_is_written_as_a_form_that_scripts_can_read() {
    let registry = registry();
    let choice = Choice::decided(&registry).refuse_all().grant("analytics").refuse("hotjar");
    assert_eq!(
        stored(&policy(), &choice),
        &format!(
            "cookie_consent=version=7&time={NOW}&analytics=true&functional=false&audience=false\
             &hotjar=false; SameSite=Lax; Secure; Path=/; Max-Age=15552000"
        ),
    );
}

#[test]
fn withdrawing_deletes_it() {
    assert_eq!(withdrawn(&policy()), "cookie_consent=; SameSite=Lax; Secure; Path=/; Max-Age=0",);
}

#[test]
fn r7_what_is_written_is_read_until_the_consent_lifetime_ends() {
    let registry = registry();
    let choice = Choice::decided(&registry).refuse_all().grant("analytics").grant("hotjar");
    let written = stored(&policy(), &choice);
    let pair = written.to_str().unwrap().split(';').next().unwrap().to_owned();
    let after = |seconds| {
        let later = move || now() + Duration::from_secs(seconds);
        let policy = Policy::builder(registry.clone()).clock(later).build();
        let consent = policy.consent(&request(&[&pair]));
        ["analytics", "hotjar", "functional", "audience"].map(|id| consent.allows(id))
    };
    assert_eq!(after(0), [true, true, false, false]);
    assert_eq!(after(15_552_000), [true, true, false, false]);
    assert_eq!(after(15_552_001), [false, false, false, false], "undecided, but for its refusals");
}

#[test]
fn every_setting_is_adjustable() {
    let registry = Registry::builder()
        .version("a b&c=é")
        .consent_lifetime("1 year")
        .consent_cookie(
            ConsentCookie::new()
                .with_name("__Secure-choice")
                .with_domain("example.org")
                .with_path("/shop")
                .with_same_site(SameSite::Strict)
                .with_lifetime("13 months"),
        )
        .category(Category::consent("analytics"))
        .build()
        .unwrap();
    let policy = Policy::builder(registry.clone()).clock(now).build();
    let written = stored(&policy, &Choice::decided(&registry).grant_all());
    assert_eq!(
        written,
        &format!(
            "__Secure-choice=version=a+b%26c%3D%C3%A9&time={NOW}&analytics=true; \
             SameSite=Strict; Secure; Path=/shop; Domain=example.org; Max-Age=34128000"
        ),
    );
    let pair = written.to_str().unwrap().split(';').next().unwrap();
    assert!(policy.consent(&request(&[pair])).allows("analytics"));
}

#[test]
fn a_host_cookie_without_a_lifetime() {
    let cookie = ConsentCookie::new().with_name("__Host-consent").with_lifetime("session");
    let registry = Registry::builder()
        .version("1")
        .consent_cookie(cookie)
        .category(Category::consent("analytics"))
        .build()
        .unwrap();
    let policy = Policy::builder(registry.clone()).clock(now).build();
    let written = stored(&policy, &Choice::decided(&registry));
    let want = format!("__Host-consent=version=1&time={NOW}; SameSite=Lax; Secure; Path=/");
    assert_eq!(written, &want);
}

#[test]
fn a_choice_that_browsers_would_drop_is_an_error() {
    let mut category = Category::consent("analytics");
    for n in 0..300 {
        category =
            category.service(tower_cookie_consent::registry::Service::new(format!("service-{n}")));
    }
    let registry = Registry::builder().version("1").category(category).build().unwrap();
    let policy = Policy::new(registry.clone());
    let choice = (0..300).fold(Choice::decided(&registry), |c, n| c.grant(&format!("service-{n}")));
    let error = undecided(&policy).store(&choice).unwrap_err();
    assert!(error.bytes > 4096, "{error}");
    assert!(undecided(&policy).store(&Choice::decided(&registry).grant_all()).is_ok());
}
