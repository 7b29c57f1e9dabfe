//! The sources of the choice that a registry declares, and what can be wrong with them.

use tower_cookie_consent::Registry;
use tower_cookie_consent::registry::SourceSpec;

const CATEGORIES: &str =
    "version = '1'\ncategories.ads.basis = 'consent'\ncategories.ads.services.pixel = {}\n";

/// A file that continues [`CATEGORIES`] from line 4 on.
fn read(sources: &str) -> Result<Registry, Vec<String>> {
    let read = Registry::from_toml(&format!("{CATEGORIES}{sources}"));
    read.map_err(|error| error.to_string().lines().map(str::to_owned).collect())
}

#[track_caller]
fn refuses(sources: &str, want: &[&str]) {
    let listing = read(sources).expect_err(sources);
    assert_eq!(listing.len(), want.len(), "{sources}: {listing:#?}");
    for (line, want) in listing.iter().zip(want) {
        assert!(line.starts_with(want), "{sources}: wanted\n{want}\nin {listing:#?}");
    }
}

#[test]
fn r14_wrong_sources_are_listed_with_their_lines() {
    refuses(
        "[consent]\nsources = ['own', 'dnts', 'cookie']\ncombine = 'first'",
        &[
            "line 5: consent.sources.dnts: \"dnts\" is no source of consent; did you mean `dnt`?",
            "line 5: consent.sources.cookie: \"cookie\" is no source of consent; write own, gpc, dnt",
            "line 6: consent.combine: \"first\" combines nothing; write `first-decided` or",
        ],
    );
    refuses(
        "[consent]\nsources = ['own', 'gpc', 'dnt', 'own']",
        &[
            "line 5: consent.sources.gpc: refuses nothing; mark what it is to refuse",
            "line 5: consent.sources.dnt: refuses nothing",
            "line 5: consent.sources.own: is a source already; list it once",
        ],
    );
    refuses(
        "consent.sources = 'own'",
        &["line 4: consent.sources: is a text; write a list of sources in quotes, or a table"],
    );
    refuses(
        "consent.sources = [1]",
        &["line 4: consent.sources: is a number; write a list of sources in quotes, or a table"],
    );
    refuses(
        "[consent.sources.own]\nname = 'x'",
        &["line 5: consent.sources.own.name: is no key of this table, which takes none"],
    );
    refuses(
        "categories.ads.refused-by-gpc = 1",
        &["line 4: categories.ads.refused-by-gpc: is a number; write true or false"],
    );
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
    refuses(
        "[consent]\nsources = ['onetrust']",
        &[
            "line 5: consent.sources.onetrust: \"onetrust\" is no source of consent; write own, gpc, \
           dnt, or enable the feature `cmp`",
        ],
    );
}

#[cfg(feature = "cmp")]
mod cmp {
    use tower_cookie_consent::registry::{Cmp, CmpSource, ProblemKind, Registry, SourceSpec};

    use super::{read, refuses};

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
                    cookie = 'my cookie'\nmap = { analytics = 'ads', x = ['pixel', 'ads'] }\n\
                    [categories.b]\nbasis = 'consent'\nrefused-by-gpc = true";
        let want = CmpSource::new(Cmp::Orestbida)
            .with_revision("3")
            .with_cookie("my cookie")
            .with_mapping("analytics", "ads")
            .with_mapping("x", "pixel")
            .with_mapping("x", "ads");
        let registry = read(file).unwrap();
        assert_eq!(registry.consent_sources(), [SourceSpec::Gpc, want.into()]);
        let json = r#"{"version": "1", "categories": {"ads": {"basis": "consent"}},
            "consent": {"sources": {"klaro": {"map": {"gtag": "ads"}}}}}"#;
        let registry: Registry = serde_json::from_str(json).unwrap();
        let want = CmpSource::new(Cmp::Klaro).with_mapping("gtag", "ads");
        assert_eq!(registry.consent_sources(), [want.into()]);
    }

    #[test]
    fn r14_wrong_settings_are_listed_with_their_lines() {
        refuses(
            "[consent]\nsources = ['onetrsut']",
            &["line 5: consent.sources.onetrsut: \"onetrsut\" is no source of consent; did you \
               mean `onetrust`?"],
        );
        refuses(
            "[consent.sources.klaro]\nrevision = '1'\ncookie = ''\nmaps = {}\n\
             [consent.sources.klaro.map]\ngtag = 'pixl'\n\"x y\" = ['ads', 'nothing', 1]",
            &[
                "line 5: consent.sources.klaro.revision: is set, but the cookies of this source",
                "line 6: consent.sources.klaro.cookie: has no name",
                "line 7: consent.sources.klaro.maps: is no key of this table; did you mean `map`?",
                "line 9: consent.sources.klaro.map.gtag: there is no category or service \"pixl\"; \
                 did you mean `pixel`?",
                "line 10: consent.sources.klaro.map.\"x y\": is a number; write the id of",
                "line 10: consent.sources.klaro.map.\"x y\": there is no category or service \
                 \"nothing\"; declare it",
            ],
        );
        refuses(
            "[consent.sources.cookiebot]\nrevision = 3",
            &["line 5: consent.sources.cookiebot.revision: is a number; write a text in quotes"],
        );
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
        let unknown = ProblemKind::UnknownId { id: "nowhere".to_owned(), suggestion: None };
        assert_eq!(*problem.kind(), unknown);
    }
}
