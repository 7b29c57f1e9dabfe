//! Tests that the crate's own consent cookie is written as documented, and read again.

use std::collections::BTreeMap;
use std::time::Duration;

use tower_cookie_consent::registry::{Category, ConsentCookie, SameSite, Service};
use tower_cookie_consent::set_cookie::{Lifetime, ServedAt, SetCookie};
use tower_cookie_consent::{Choice, ChoiceCookies, Decision, OwnCookie, Policy, Registry};

use super::site::{
    NOW, chosen, enforced, now, policy, registry, request, stored, undecided, withdrawn,
};

#[test]
fn r8_the_choice_is_written_as_a_form_that_scripts_can_read() {
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
fn r20_withdrawing_deletes_the_consent_cookie() {
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
        // This copy is not a choice.
        ("N=GOOD; N =", false),
        ("N =; N=GOOD", false),
        ("N=GOOD; N", false),
        ("N; N=GOOD", false),
        ("N=GOOD;\tN\t=x", false),
        ("N==GOOD", false),
        ("N=\"GOOD\"", false),
        // These are other cookies.
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

/// The machines of one site may have different settings of the cookie, from which its name follows.
#[test]
fn r7_the_cookie_is_found_under_the_name_that_a_loaded_registry_is_given() {
    type Change = fn(ConsentCookie) -> ConsentCookie;
    let changes: [(Change, &str); 3] = [
        (|cookie| cookie, "__Host-cookie_consent"),
        (|cookie| cookie.with_secure(false), "cookie_consent"),
        (|cookie| cookie.with_name("choice"), "choice"),
    ];
    for (change, name) in changes {
        let loaded = Registry::builder()
            .version("7")
            .category(Category::consent("analytics"))
            .build()
            .unwrap();
        let registry = loaded.with_consent_cookie(change).unwrap();
        let policy = Policy::builder(registry).clock(now).build();
        let line = stored(&policy, &Choice::decided(policy.registry()).grant_all());
        let pair = line.to_str().unwrap().split(';').next().unwrap();
        assert!(pair.starts_with(&format!("{name}=")), "{pair}");
        assert!(policy.consent(&request(&[pair])).allows("analytics"), "{pair}");
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
fn r8_every_setting_of_the_consent_cookie_counts() {
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
    let lines = undecided(&policy).store(&Choice::decided(&registry).grant_all()).unwrap();
    let written = lines.iter().last().unwrap();
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

/// Returns a policy whose consent cookie is called `choice`, with this domain and path.
fn placed(domain: Option<&str>, path: &str) -> Policy {
    let cookie = ConsentCookie::new().with_name("choice").with_path(path);
    let cookie = match domain {
        Some(domain) => cookie.with_domain(domain),
        None => cookie,
    };
    let registry = Registry::builder()
        .version("7")
        .consent_cookie(cookie)
        .category(Category::consent("analytics"))
        .build()
        .unwrap();
    Policy::builder(registry).clock(now).build()
}

#[test]
fn r20_other_cookies_of_that_name_are_deleted_before_the_choice_is_stored() {
    let domain = Some("example.org");
    for (policy, twins) in [
        (placed(None, "/"), &[][..]),
        (placed(domain, "/"), &["Path=/"]),
        (placed(None, "/shop"), &["Path=/"]),
        (placed(domain, "/shop"), &["Path=/shop", "Path=/; Domain=example.org", "Path=/"]),
    ] {
        let deletions: Vec<_> = twins
            .iter()
            .map(|place| format!("choice=; SameSite=Lax; Secure; {place}; Max-Age=0"))
            .collect();
        let choice = Choice::decided(policy.registry()).grant_all();
        let nobody = undecided(&policy);
        for lines in [nobody.store(&choice).unwrap(), nobody.withdraw()] {
            let lines = Vec::from_iter(lines);
            assert_eq!(lines[..twins.len()], deletions[..]);
            let [own] = &lines[twins.len()..] else { panic!("more than the cookie: {lines:?}") };
            let own = own.to_str().unwrap();
            assert!(!deletions.iter().any(|line| line == own), "{own} is elsewhere");
        }
    }
    assert_eq!(undecided(&policy()).withdraw().iter().len(), 1, "nobody else can have left one");
}

/// The cookies of one name in a browser, by domain and path.
type Jar = BTreeMap<(String, String), String>;

/// Stores the cookies of these lines as a browser would.
fn keep(jar: &mut Jar, lines: ChoiceCookies) {
    for line in lines {
        let line = SetCookie::parse(line.as_bytes());
        let attribute = |name: &[u8]| {
            let found = line.attributes().find(|it| it.name.eq_ignore_ascii_case(name));
            found.map_or(String::new(), |it| String::from_utf8(it.value.to_vec()).unwrap())
        };
        let place = (attribute(b"domain"), attribute(b"path"));
        if line.lifetime(ServedAt::clock(0)) == Lifetime::Proven(0) {
            jar.remove(&place);
        } else {
            jar.insert(place, String::from_utf8(line.value().to_vec()).unwrap());
        }
    }
}

#[test]
fn r20_an_old_refusal_elsewhere_does_not_lock_the_visitor_out() {
    let refusal = format!("version=7&time={NOW}&analytics=false");
    for (policy, left_at) in [
        (placed(Some("example.org"), "/"), ("", "/")),
        (placed(None, "/shop"), ("", "/")),
        (placed(Some("example.org"), "/shop"), ("example.org", "/")),
        (placed(Some("example.org"), "/shop"), ("", "/shop")),
    ] {
        for old in [&*refusal, "1", ""] {
            let mut jar = Jar::from([((left_at.0.into(), left_at.1.into()), old.to_owned())]);
            let carried = |jar: &Jar| {
                let pairs: Vec<_> = jar.values().map(|value| format!("choice={value}")).collect();
                policy.consent(&request(&[&pairs.join("; ")]))
            };
            let granted = Choice::decided(policy.registry()).grant_all();
            let lines = carried(&jar).store(&granted).unwrap();
            keep(&mut jar, lines);
            assert!(carried(&jar).allows("analytics"), "{left_at:?}: {old}");
            let lines = carried(&jar).withdraw();
            keep(&mut jar, lines);
            assert!(jar.is_empty(), "{jar:?}");
        }
    }
}

#[test]
fn r8_a_choice_is_told_from_what_is_none() {
    let registry = registry();
    for (value, want) in [
        (chosen("analytics=true"), true),
        (chosen(""), true),
        (chosen("analytics=false&banner=3"), true),
        (format!("version=6&time={NOW}"), true),
        ("version=7&time=1&analytics=true".to_owned(), true),
        ("version=%37&time=1&analytics=true".to_owned(), true),
        ("1".to_owned(), false),
        (String::new(), false),
        ("true".to_owned(), false),
        ("version=7".to_owned(), false),
        (format!("time={NOW}&analytics=true"), false),
        (format!("version=7&time=%2B{NOW}&analytics=true"), false),
        ("version=7&time=-1&analytics=true".to_owned(), false),
        ("version=7&time=&analytics=true".to_owned(), false),
        ("version=7&time=99999999999999999999&analytics=true".to_owned(), false),
        (chosen("analytics=yes"), false),
        (chosen(&"x".repeat(4096)), false),
    ] {
        assert_eq!(OwnCookie.holds_choice(value.as_bytes(), &registry), want, "{value}");
    }
}

#[test]
fn r8_a_host_cookie_can_end_with_the_session() {
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
fn r8_a_choice_that_browsers_would_drop_is_an_error() {
    let ids: Vec<_> = (0..300).map(|n| format!("service-{n}")).collect();
    let category = ids.iter().fold(Category::consent("analytics"), |category, id| {
        category.service(Service::new(id.clone()))
    });
    let registry = Registry::builder().version("1").category(category).build().unwrap();
    let policy = Policy::builder(registry.clone()).clock(now).build();
    let store = |choice: &Choice| undecided(&policy).store(choice);
    let each = ids.iter().fold(Choice::decided(&registry), |choice, id| choice.grant(id));
    let error = store(&each).unwrap_err();
    assert!(error.bytes > 4096, "{error}");
    assert!(store(&Choice::decided(&registry).grant_all()).is_ok());

    // Services with the decision of their category need no entry of their own.
    let all_but_two = ids[2..].iter().map(String::as_str).chain(["analytics"]);
    for choice in [
        each.clone().grant("analytics"),
        Choice::from_ticked(&registry, [""; 0]),
        Choice::from_ticked(&registry, all_but_two),
    ] {
        let stored = store(&choice).unwrap();
        let pair = stored.iter().next().unwrap().to_str().unwrap().split(';').next().unwrap();
        let again = policy.consent(&request(&[pair]));
        for id in ids.iter().map(String::as_str).chain(["analytics"]) {
            let granted = choice.decision(id) == Some(Decision::Granted);
            assert_eq!(again.allows(id), granted, "{id}");
        }
    }
    assert!(store(&Choice::from_ticked(&registry, &ids[..280])).is_err());
}
