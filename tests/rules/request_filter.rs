//! Tests R22: the cookies of a request that the application gets.

use http::header::{COOKIE, HeaderMap};
use tower_cookie_consent::registry::RequestFilter;
use tower_cookie_consent::{
    ConsentSource, Policy, Registry, StripReason, WithheldCookie, source_fn,
};

use super::site::{REGISTRY, builder, chosen, enforced, request, values};

/// Returns the request of a visitor with a cookie of every kind and these grants (`""` for
/// undecided).
fn visit(grants: &str) -> HeaderMap {
    let own = match grants {
        "" => String::new(),
        grants => format!("__Host-cookie_consent={}; ", chosen(grants)),
    };
    request(&[&format!("sid=1; _ga=2; {own}visits=3; _fbp=4; unheard-of=5; _hjid=6; auth=7")])
}

/// Returns the names of the cookies that pass, and the reasons why the others do not.
fn read(policy: &Policy, grants: &str) -> (String, Vec<(String, StripReason)>) {
    let mut request = visit(grants);
    let consent = policy.consent(&request);
    let withheld = policy.filter_request(&consent, &mut request);
    assert_eq!(consent.choice().is_decided(), !grants.is_empty(), "the consent is read before");
    assert_eq!(
        consent.request().cookies().count(),
        visit(grants)[COOKIE].as_bytes().split(|it| *it == b';').count()
    );
    let lines = values(&request, &COOKIE).join("|");
    let names: Vec<_> = lines.split("; ").filter_map(|pair| pair.split('=').next()).collect();
    let withheld = withheld.iter().map(|it| (it.name().to_owned(), it.reason())).collect();
    (names.join(" "), withheld)
}

fn filtering(filter: RequestFilter) -> Policy {
    builder().filter_requests(filter).build()
}

#[test]
fn r22_the_application_reads_what_a_response_might_set() {
    let all = filtering(RequestFilter::All);
    let declared = filtering(RequestFilter::Declared);
    let off = filtering(RequestFilter::Off);
    for (grants, by_all) in [
        ("", "sid visits auth"),
        ("analytics=false", "sid __Host-cookie_consent visits auth"),
        ("analytics=true", "sid _ga __Host-cookie_consent visits _hjid auth"),
        ("analytics=true&hotjar=false", "sid _ga __Host-cookie_consent visits auth"),
        ("audience=false", "sid __Host-cookie_consent auth"),
        ("advertising=true", "sid __Host-cookie_consent visits auth"),
    ] {
        assert_eq!(read(&all, grants).0, by_all, "{grants}");
        let undeclared: Vec<_> = read(&declared, grants).0.split(' ').map(str::to_owned).collect();
        let mut want: Vec<_> = by_all.split(' ').collect();
        let before = ["_hjid", "auth"];
        let at = want.iter().position(|name| before.contains(name)).unwrap();
        want.insert(at, "unheard-of");
        assert_eq!(undeclared, want, "{grants}");
        let (everything, withheld) = read(&off, grants);
        assert_eq!(everything.split(' ').count(), if grants.is_empty() { 7 } else { 8 });
        assert_eq!(withheld, []);
    }
}

#[test]
fn r22_each_is_told_with_its_reason() {
    let policy = filtering(RequestFilter::All);
    let named = |list: &[(&str, StripReason)]| {
        list.iter().map(|(name, reason)| ((*name).to_owned(), *reason)).collect::<Vec<_>>()
    };
    let want = [
        ("_ga", StripReason::Undecided),
        ("_fbp", StripReason::Prohibited),
        ("unheard-of", StripReason::Undeclared),
        ("_hjid", StripReason::Undecided),
    ];
    assert_eq!(read(&policy, "").1, named(&want));
    let want = [
        ("_ga", StripReason::NotGranted),
        ("visits", StripReason::Refused),
        ("_fbp", StripReason::Prohibited),
        ("unheard-of", StripReason::Undeclared),
        ("_hjid", StripReason::Refused),
    ];
    assert_eq!(read(&policy, "audience=false&hotjar=false").1, named(&want));

    let consent = policy.consent(&visit("hotjar=false"));
    let (_, report) = enforced(&policy, &consent, &["sid=1"]);
    let last = report.withheld().last().unwrap();
    assert_eq!(last.to_string(), "_hjid: withheld: the visitor refused it");
    assert_eq!((last.category(), last.service()), (Some("analytics"), Some("hotjar")));
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["withheld"][2]["name"], "unheard-of");
    assert!(!json.to_string().contains('6'), "no value: {json}");
}

#[test]
fn r22_undeclared_ones_go_by_the_registrys_rule() {
    for (rule, filter, grants, stays) in [
        ("\"strip\"", "all", "functional=true", false),
        ("\"strip\"", "declared", "functional=true", true),
        ("\"keep-unchecked\"", "all", "", true),
        ("{ category = \"functional\" }", "all", "functional=true", true),
        ("{ category = \"functional\" }", "all", "functional=false", false),
        ("{ category = \"functional\" }", "declared", "functional=false", true),
        ("{ category = \"advertising\" }", "all", "", false),
    ] {
        let file =
            format!("undeclared = {rule}\n{REGISTRY}\n[consent]\nfilter-requests = \"{filter}\"");
        let registry = Registry::from_toml(&file).unwrap();
        assert_eq!(registry.request_filter().as_str(), filter);
        let policy = Policy::builder(registry).clock(super::site::now).build();
        let (names, _) = read(&policy, grants);
        assert_eq!(names.contains("unheard-of"), stays, "{rule} {filter} {grants}");
    }
}

#[test]
fn r22_the_cookies_of_every_source_stay() {
    struct Banner;
    impl ConsentSource for Banner {
        fn read(
            &self,
            request: &tower_cookie_consent::RequestHeaders,
            registry: &Registry,
        ) -> tower_cookie_consent::Choice {
            source_fn(|_, registry| tower_cookie_consent::Choice::undecided(registry))
                .read(request, registry)
        }
        fn owns(&self, cookie_name: &[u8], _: &Registry) -> bool {
            cookie_name == b"banner" || cookie_name == b"_fbp"
        }
    }
    let policy = builder().source(Banner).filter_requests(RequestFilter::All).build();
    let mut headers = request(&["banner=1; _fbp=1; _ga=1; banner2=1; __Host-cookie_consent=x"]);
    let consent = policy.consent(&headers);
    policy.filter_request(&consent, &mut headers);
    assert_eq!(values(&headers, &COOKIE), ["banner=1; _fbp=1; __Host-cookie_consent=x"]);
}

#[test]
fn r13_r22_report_only_tells_and_takes_nothing() {
    let policy = builder().filter_requests(RequestFilter::All).report_only().build();
    let (names, withheld) = read(&policy, "");
    assert_eq!(names.split(' ').count(), 7);
    assert_eq!(withheld, read(&filtering(RequestFilter::All), "").1);
}

#[test]
fn r22_nameless_cookies_go_by_their_request_name() {
    let policy = filtering(RequestFilter::All);
    let mut headers = request(&["_ga; =_ga=1; sid; =sid=1; _ga_X"]);
    let consent = policy.consent(&headers);
    let withheld = policy.filter_request(&consent, &mut headers);
    assert_eq!(values(&headers, &COOKIE), ["sid; =sid=1"]);
    assert!(withheld.iter().map(WithheldCookie::name).eq(["_ga", "_ga", "_ga_X"]));
}
