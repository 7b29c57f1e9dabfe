//! Tests the command `page`.

use test_support::process::{policy, run};

use super::PROGRAM;

#[test]
fn the_page_is_a_whole_document_that_needs_no_other_file() {
    for (lang, direction, title, lifetime) in [
        ("fr", "ltr", "Les cookies en détail", "30 jours"),
        ("en", "ltr", "The cookies in detail", "30 days"),
        ("ar", "rtl", "", "30"),
    ] {
        let output = run(PROGRAM, &["page", &policy("cexro"), "--lang", lang], b"");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let page = String::from_utf8(output.stdout).unwrap();
        let start = format!("<!DOCTYPE html><html lang=\"{lang}\" dir=\"{direction}\">");
        assert!(page.starts_with(&start) && page.ends_with("</html>\n"), "{page}");
        assert!(page.contains(title) && page.contains(lifetime), "{page}");
        assert!(page.contains("<code dir=\"ltr\">auth_token</code>"), "{page}");
        // The page contains nothing about a visitor, no script, and no address.
        for other in ["<form", "<script", "<link", "src=", "href=", "url("] {
            assert!(!page.contains(other), "{other} in {page}");
        }
    }
}

#[test]
fn texts_in_another_language_than_the_page_are_marked() {
    let page = |more: &[&str]| {
        let cexro = policy("cexro");
        let arguments = [&["page", &cexro, "--lang", "ar"], more].concat();
        String::from_utf8(run(PROGRAM, &arguments, b"").stdout).unwrap()
    };
    let marked = "<span lang=\"fr\" dir=\"auto\">Authentification sécurisée</span>";
    assert!(page(&["--texts-in", "fr"]).contains(marked));
    assert!(!page(&[]).contains(marked));
}

#[test]
fn a_language_without_words_is_an_error_that_names_those_that_have_some() {
    let output = run(PROGRAM, &["page", &policy("cexro"), "--lang", "tlh"], b"");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert!(stderr.contains("\"tlh\"") && stderr.contains("ar, de, en"), "{stderr}");
}
