//! The crate's own consent cookie: what is written, and that it is read again.

use std::time::Duration;

use tower_cookie_consent::registry::{Category, ConsentCookie, SameSite};
use tower_cookie_consent::{Choice, Policy, Registry};

use super::site::{
    NOW, chosen, enforced, now, policy, registry, request, stored, undecided, withdrawn,
};

#[test]
fn the_choice_is_written_as_a_form_that_scripts_can_read() {
    let registry = registry();
    let choice = Choice::decided(&registry).refuse_all().grant("analytics").refuse("hotjar");
    assert_eq!(
        stored(&policy(), &choice),
        &format!(
            "__Host-cookie_consent=version=7&time={NOW}&analytics=true&functional=false&audience=false\
             &hotjar=false; SameSite=Lax; Secure; Path=/; Max-Age=15552000"
        ),
    );
}

#[test]
fn withdrawing_deletes_it() {
    assert_eq!(
        withdrawn(&policy()),
        "__Host-cookie_consent=; SameSite=Lax; Secure; Path=/; Max-Age=0",
    );
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

/// Servers cut a `Cookie` line at `;`, then at the first `=`, and trim blanks: so the crate sees
/// every copy that the site's own code could see.
#[test]
fn r7_the_cookie_is_found_as_servers_find_it() {
    let policy = policy();
    let name = policy.registry().consent_cookie().name();
    let good = chosen("analytics=true");
    for (line, is_decided) in [
        ("N=GOOD", true),
        (" N=GOOD", true),
        ("\tN =\t GOOD ", true),
        ("a=1;N=GOOD;b=2", true),
        ("a=1;;  ; N =GOOD;", true),
        ("Nx=1; xN=2; x N=3; N x=4; N=GOOD", true),
        ("a=N=1; =N=1; \"N\"=1; N,=1; N=GOOD", true),
        // A copy that is no choice.
        ("N=GOOD; N =", false),
        ("N =; N=GOOD", false),
        ("N=GOOD; N", false),
        ("N; N=GOOD", false),
        ("N=GOOD;\tN\t=x", false),
        ("N==GOOD", false),
        ("N=\"GOOD\"", false),
        // Other cookies.
        ("xN=GOOD", false),
        ("Nx=GOOD", false),
        ("N x=GOOD", false),
        ("a=N=GOOD", false),
        ("=N=GOOD", false),
        ("UPPER=GOOD", false),
        ("a=1, N=GOOD", false),
    ] {
        let line =
            line.replace("GOOD", "?").replace('N', name).replace("UPPER", &name.to_uppercase());
        let line = line.replace('?', &good);
        let consent = policy.consent(&request(&[&line]));
        assert_eq!(consent.is_decided(), is_decided, "{line}");
        assert_eq!(consent.allows("analytics"), is_decided, "{line}");
        let in_two_lines = policy.consent(&request(&["a=b", &line]));
        assert_eq!(in_two_lines.is_decided(), is_decided, "{line}");
    }
}

#[test]
fn r9_a_blank_before_the_cookies_name_is_none_of_it() {
    let policy = policy();
    let granted = Choice::decided(&registry()).grant("analytics");
    let line = stored(&policy, &granted);
    for blank in ["", " ", "\t "] {
        let line = format!("{blank}{}", line.to_str().unwrap());
        let left = enforced(&policy, &undecided(&policy), &["_ga=1", &line]).0;
        assert_eq!(left, ["_ga=1", &line]);
    }
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
