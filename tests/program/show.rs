//! Tests the commands `show`, `man` and `completions`.

use test_support::process::{policy, run};

use super::PROGRAM;

fn output(arguments: &[&str]) -> String {
    let output = run(PROGRAM, arguments, b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_registry_is_shown_in_a_language() {
    let french = output(&["show", &policy("cexro"), "--lang", "fr"]);
    let line = french.lines().find(|line| line.starts_with("auth_token ")).unwrap();
    assert!(line.contains("necessary") && line.contains("30 jours"), "{line}");
    assert!(output(&["show", &policy("cexro")]).contains("30 days"));
    let json = output(&["show", &policy("cexro"), "--json"]);
    for line in json.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(row["cookie"].is_string() && row["basis"].is_string(), "{line}");
    }
}

#[test]
fn the_man_page_and_completions_name_every_command() {
    for text in [output(&["man"]), output(&["completions", "bash"]), output(&["--help"])] {
        for command in ["check", "check-version", "draft", "page", "show"] {
            assert!(text.replace('\\', "").contains(command), "{command} in\n{text}");
        }
    }
}

/// The man page of the program refers to the pages of its commands.
#[test]
fn each_command_has_a_man_page() {
    let page = |arguments: &[&str]| output(arguments).replace('\\', "");
    let program = page(&["man"]);
    for (command, option) in [
        ("check", "--refuse"),
        ("check-version", "--json"),
        ("draft", "--database"),
        ("page", "--texts-in"),
        ("show", "--lang"),
    ] {
        assert!(program.contains(&format!("cookie-consent-{command}(1)")), "{program}");
        let page = page(&["man", command]);
        assert!(page.contains(&format!(".TH cookie-consent-{command} 1")), "{page}");
        assert!(
            page.contains(option) && page.contains("exit code") == command.starts_with("check"),
            "{page}"
        );
    }
    let unknown = run(PROGRAM, &["man", "chekc"], b"");
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("\"chekc\""));
    assert_eq!(unknown.status.code(), Some(2));
}
