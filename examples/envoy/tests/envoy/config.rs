//! The errors about files that a processor cannot use.

use super::support::REGISTRY;
use super::support::processor::{configuration, refusal};
use test_support::folder::Folder;

#[test]
fn errors_say_what_is_wrong_and_where() {
    let site = "[[site]]\nhost = 'a.example'\nregistry = 'cookies.toml'\n";
    for (config, registry, says) in [
        ("lisen = 1", REGISTRY, &["processor.toml", "line 4", "unknown field `lisen`"][..]),
        ("listen = ['here']", REGISTRY, &["line 3", "127.0.0.1:4444"]),
        ("listen = ['unix:']", REGISTRY, &["line 3", "a path is missing"]),
        (&site.repeat(2), REGISTRY, &["line 7", "a.example has a registry already"]),
        (&site.replace("cookies", "none"), REGISTRY, &["none.toml"]),
        ("", "version = '1'\n[categories.a]\nbasis = 'maybe'", &["cookies.toml", "line 3"]),
    ] {
        let folder = Folder::new();
        folder.write("cookies.toml", registry);
        let path = folder.write("processor.toml", &configuration(config));
        let said = refusal(&folder, &["--config", &path]);
        assert!(says.iter().all(|text| said.contains(text)), "{config}: {said}");
    }
    let said = refusal(&Folder::new(), &[]);
    assert!(said.contains("needs a registry"), "{said}");
}
