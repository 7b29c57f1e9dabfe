//! Tests the sources of the choice that a registry declares, and the errors in them.

use tower_cookie_consent::Registry;
use tower_cookie_consent::registry::{ConfigError, SourceSpec};

const CATEGORIES: &str =
    "version = '1'\ncategories.ads.basis = 'consent'\ncategories.ads.services.pixel = {}\n";

/// A file that continues [`CATEGORIES`] from line 4 on.
fn read(sources: &str) -> Result<Registry, ConfigError> {
    Registry::from_toml(&format!("{CATEGORIES}{sources}"))
}

#[test]
fn r17_sources_are_a_list_of_names_or_a_table() {
    let own = read("[consent]\nsources = ['own']").unwrap();
    assert_eq!(own.consent_sources(), [SourceSpec::Own]);
    let table = "[consent.sources.dnt]\n[consent.sources.own]\n[categories.b]\nbasis = 'consent'\n\
                 refused-by-gpc = true";
    assert_eq!(read(table).unwrap().consent_sources(), [SourceSpec::Dnt, SourceSpec::Own]);
    assert_eq!(read("").unwrap().consent_sources(), []);
}

#[cfg(not(feature = "cmp"))]
#[test]
fn r14_without_the_feature_the_advice_names_it() {
    let error = read("[consent]\nsources = ['onetrust']").unwrap_err().to_string();
    let want = "line 5: consent.sources.onetrust: \"onetrust\" is no source of consent; write `own`, \
                `gpc` or `dnt`, or enable the feature `cmp`";
    assert!(error.starts_with(want), "{error}");
}

#[cfg(feature = "cmp")]
mod cmp {
    use tower_cookie_consent::registry::{Cmp, CmpSource, Registry, SourceSpec};

    use super::read;

    #[test]
    fn r18_every_cmp_goes_by_its_name() {
        for &cmp in Cmp::ALL {
            let registry = read(&format!("[consent]\nsources = ['{cmp}']")).unwrap();
            assert_eq!(registry.consent_sources(), [SourceSpec::from(cmp)]);
            assert_eq!(cmp.as_str().parse(), Ok(cmp));
        }
        assert!("OneTrust".parse::<Cmp>().is_err());
    }

    #[test]
    fn r18_a_table_holds_the_settings() {
        let file = "[consent.sources.gpc]\n[consent.sources.orestbida]\nrevision = '3'\n\
                    cookie = 'my cookie'\nmap = { analytics = 'ads', x = ['pixel', 'ads'], y = [] }\n\
                    [categories.b]\nbasis = 'consent'\nrefused-by-gpc = true";
        let want = CmpSource::new(Cmp::Orestbida)
            .with_revision("3")
            .with_cookie("my cookie")
            .with_mapping("analytics", "ads")
            .with_mapping("x", "pixel")
            .with_mapping("x", "ads")
            .without_meaning("y");
        let registry = read(file).unwrap();
        assert_eq!(registry.consent_sources(), [SourceSpec::Gpc, want.into()]);
        let json = r#"{"version": "1", "categories": {"ads": {"basis": "consent"}},
            "consent": {"sources": {"klaro": {"map": {"gtag": "ads"}}}}}"#;
        let registry: Registry = serde_json::from_str(json).unwrap();
        let want = CmpSource::new(Cmp::Klaro).with_mapping("gtag", "ads");
        assert_eq!(registry.consent_sources(), [want.into()]);
    }

    #[test]
    fn r14_sources_are_checked_in_code_too() {
        let source = CmpSource::new(Cmp::OneTrust).with_mapping("C0002", "nowhere");
        let builder = Registry::builder().version("1").consent_source(source);
        let error = builder
            .category(tower_cookie_consent::registry::Category::consent("a"))
            .build()
            .unwrap_err();
        let [problem] = error.problems() else { panic!("{error}") };
        assert_eq!(problem.key_path().to_string(), "consent.sources.onetrust.map.C0002");
        assert_eq!(problem.code(), "unknown-id");
        assert!(problem.message().contains("\"nowhere\""), "{problem}");
    }
}
