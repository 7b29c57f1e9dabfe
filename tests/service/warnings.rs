//! The feature `tracing`: a warning tells of each flaw of the registry when a policy is built.

use http::{HeaderMap, HeaderValue};
use tower_cookie_consent::registry::{Category, Cmp, CmpSource};
use tower_cookie_consent::{Policy, Registry};
use tracing::Level;

use super::alone::alone;
use super::log::Log;

/// A registry that maps an id of the banner, which may lead nowhere.
fn registry(cmp_id: &str) -> Registry {
    let banner = CmpSource::new(Cmp::OneTrust).with_mapping(cmp_id, "analytics");
    let analytics = Category::consent("analytics").cookie("_ga");
    Registry::builder().version("1").category(analytics).consent_source(banner).build().unwrap()
}

#[test]
fn r14_warnings_are_told_once_when_a_policy_is_built() {
    alone("warnings::r14_warnings_are_told_once_when_a_policy_is_built", || {
        let registry = registry("C0002");
        assert!(!registry.warnings().is_empty());
        // A subscriber that does not listen yet is told later.
        let _ = Policy::new(registry.clone());
        let (log, _listening) = Log::listen();
        let _ = Policy::new(registry.clone());
        let told = log.take();
        let texts: Vec<_> = told.iter().map(|it| it.fields.get("message").unwrap()).collect();
        let want: Vec<_> = registry.warnings().iter().map(ToString::to_string).collect();
        assert_eq!(texts, want);
        assert!(told.iter().all(|it| it.level == Level::WARN), "{told:?}");
        let _ = Policy::builder(registry.clone()).report_only().build();
        assert!(log.take().is_empty(), "told already");
    });
}

#[test]
fn r5_an_undeclared_cookie_is_told_with_the_name_that_was_meant() {
    alone("warnings::r5_an_undeclared_cookie_is_told_with_the_name_that_was_meant", || {
        let essential = Category::necessary("essential").cookie("id").cookie("Lang");
        let registry = Registry::builder().version("1").category(essential).build().unwrap();
        let policy = Policy::new(registry);
        let (log, _listening) = Log::listen();
        for (line, want) in [
            (
                "__Host-id=1; Secure; Path=/",
                Some("; to browsers, id of the registry is another cookie"),
            ),
            ("lang=fr", Some("; to browsers, Lang of the registry is another cookie")),
            ("ide=1", None),
        ] {
            let mut response = HeaderMap::new();
            response.append("set-cookie", HeaderValue::from_static(line));
            policy.enforce(&policy.consent(&HeaderMap::new()), &mut response);
            let told = log.take();
            let [warning] = &told[..] else { panic!("{line}: {told:?}") };
            let text = warning.fields.get("message").unwrap();
            assert_eq!(
                text.split_once('}').map(|(_, rest)| rest),
                Some(want.unwrap_or("")),
                "{text}"
            );
        }
    });
}
