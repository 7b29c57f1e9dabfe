//! The feature `tracing`: a warning tells of each flaw of the registry when a policy is built.

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
