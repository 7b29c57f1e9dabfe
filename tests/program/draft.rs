//! Tests the command `draft`.

use std::fs;
use std::path::PathBuf;

use serde_json::json;
use test_support::process::run;
use tower_cookie_consent::Registry;
use tower_cookie_consent::registry::MaxLifetime;

use super::PROGRAM;

/// A file for one test, removed when dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, text: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&path, text).unwrap();
        Scratch(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn har(lines: &[&str]) -> String {
    let headers: Vec<_> =
        lines.iter().map(|line| json!({ "name": "Set-Cookie", "value": line })).collect();
    let entry = json!({
        "request": { "method": "POST", "url": "https://example.org/login?token=secret" },
        "response": { "status": 303, "headers": headers },
    });
    json!({ "log": { "version": "1.2", "entries": [entry] } }).to_string()
}

#[track_caller]
fn succeed(arguments: &[&str], input: &[u8]) -> String {
    let output = run(PROGRAM, arguments, input);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_visit_becomes_a_registry_that_keeps_its_login() {
    let visit = Scratch::new(
        "visit.har",
        &har(&["id=secret; HttpOnly; Path=/\n_ga_ABC123=secret; Max-Age=34128000", "promo=secret"]),
    );
    let head =
        b"HTTP/1.1 200 OK\r\nSet-Cookie: _ga_XYZ789=secret; Max-Age=60\r\n\r\nSet-Cookie: inside=1";
    let from_har = Scratch::new("drafted.toml", &succeed(&["draft", visit.path()], b""));
    let file = succeed(&["draft", "--registry", from_har.path()], head);
    assert!(!file.contains("secret") && !file.contains("inside"), "{file}");
    assert!(file.contains(
        "# tower-sessions, axum-login or actix-session; set once, first for /login; HttpOnly"
    ));
    let registry = Registry::from_toml(&file).unwrap();
    let category = |name: &str| registry.declaration(name.as_bytes()).unwrap().category().id();
    assert_eq!(
        (category("id"), category("_ga_1"), category("promo")),
        ("essential", "analytics", "unsorted")
    );

    let drafted = Scratch::new("kept.toml", &file);
    let checked = run(PROGRAM, &["check", drafted.path(), visit.path()], b"");
    assert_eq!(checked.status.code(), Some(1));
    let table = String::from_utf8(checked.stdout).unwrap();
    assert_eq!(
        table.lines().next(),
        Some("POST https://example.org/login 303: 1 kept, 0 capped, 2 stripped")
    );
}

#[test]
fn a_copy_of_the_database_sorts_what_is_left() {
    let database = Scratch::new(
        "database.csv",
        "ID,Platform,Category,Cookie / Data Key name,Domain,Description,Retention period,Data Controller,User Privacy & GDPR Rights Portals,Wildcard match\n\
         1,Shop,Marketing,promo,,\"Shows, again, what was looked at\",1 year,Shop Inc.,,0\n\
         2,Chat,Functional,chat_,,Keeps the chat open,session,,,1\n",
    );
    let input = b"HTTP/2 200\nset-cookie: promo=1\nset-cookie: chat_abc=1\nset-cookie: other=1\n\n";
    let file = succeed(&["draft", "--database", database.path()], input);
    let registry = Registry::from_toml(&file).unwrap();
    let promo = registry.declaration(b"promo").unwrap();
    assert_eq!(promo.category().id(), "marketing");
    assert_eq!(promo.purpose().unwrap().get("en"), "Shows, again, what was looked at");
    assert_eq!(promo.provider().unwrap().get("en"), "Shop Inc.");
    let chat = registry.declaration(b"chat_abc").unwrap();
    assert_eq!((chat.category().id(), chat.provider().unwrap().get("en")), ("functional", "Chat"));
    assert_eq!(registry.declaration(b"other").unwrap().category().id(), "unsorted");
}

/// A recording is as old as its responses say, so that a session of an hour is still one days later.
#[test]
fn r3_lifetimes_count_from_the_time_of_the_recording() {
    let line = "short=1; Path=/; Expires=Thu, 20 Nov 2025 12:00:00 GMT";
    let date = "Thu, 20 Nov 2025 10:00:00 GMT";
    let with_date = har(&[line]).replace(
        "\"headers\":[",
        &format!("\"headers\":[{{\"name\":\"date\",\"value\":\"{date}\"}},"),
    );
    let visit = Scratch::new("old.har", &with_date);
    // Firefox writes the time of its own zone, and some servers send no Date.
    let started = har(&[line]).replace(
        "\"request\":",
        "\"startedDateTime\":\"2025-11-20T11:00:02.500+01:00\",\"request\":",
    );
    let without_date = Scratch::new("dateless.har", &started);
    let head = format!("HTTP/1.1 200 OK\r\nDate: {date}\r\nSet-Cookie: {line}\r\n\r\n");
    let drafts = [
        succeed(&["draft", visit.path()], b""),
        succeed(&["draft", without_date.path()], b""),
        succeed(&["draft"], head.as_bytes()),
    ];
    for draft in drafts {
        let registry = Registry::from_toml(&draft).unwrap();
        let short = registry.declaration(b"short").unwrap_or_else(|| panic!("{draft}"));
        assert_eq!(short.max_lifetime(), Some(MaxLifetime::Seconds(7_200)), "{draft}");
    }
}

#[test]
fn a_visit_that_was_saved_without_its_cookies_is_told() {
    let visit = Scratch::new("sanitized.har", &har(&[]));
    for command in [vec!["draft", visit.path()], vec!["check", "REGISTRY", visit.path()]] {
        let registry = Scratch::new("sanitized.toml", &succeed(&["draft"], b"HTTP/1.1 200 OK\n\n"));
        let named = |argument| if argument == "REGISTRY" { registry.path() } else { argument };
        let arguments: Vec<_> = command.into_iter().map(named).collect();
        let output = run(PROGRAM, &arguments, b"");
        let told = [output.stdout, output.stderr].concat();
        let told = String::from_utf8(told).unwrap();
        assert!(told.contains("1 response, no Set-Cookie: browsers leave them out"), "{told}");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn another_encoding_is_told_with_its_line() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("latin1.toml");
    fs::write(&path, b"version = '1'\n[categories.a]\ntitle = 'caf\xe9'\n").unwrap();
    for arguments in [["show"].as_slice(), &["page"], &["draft", "--registry"], &["check"]] {
        let arguments = [arguments, &[path.to_str().unwrap()]].concat();
        let output = run(PROGRAM, &arguments, b"HTTP/1.1 200 OK\n\n");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains("latin1.toml:\nline 3: is not in UTF-8; save"), "{stderr}");
    }
    fs::remove_file(path).unwrap();
}

#[test]
fn wrong_use_says_which_file_and_line() {
    let broken = Scratch::new("broken.har", "{\n  \"log\": 1\n}");
    let registry = Scratch::new("wrong.toml", "version = '1'\n[categories.a]\nbasis = 'maybe'\n");
    let table = Scratch::new("wrong.csv", "a,b\n1,2\n");
    for (arguments, wants) in [
        (vec!["draft", broken.path()], ["broken.har", "line 2"]),
        (vec!["draft", "nowhere.har"], ["nowhere.har", ""]),
        (vec!["draft", "--registry", registry.path()], ["wrong.toml", "line 3"]),
        (vec!["draft", "--database", table.path()], ["wrong.csv", "line: 2"]),
        (vec!["draft", registry.path()], ["wrong.toml", "no response head"]),
        (vec!["show", registry.path()], ["wrong.toml", "line 3"]),
        (vec!["nonsense"], ["nonsense", ""]),
    ] {
        let output = run(PROGRAM, &arguments, b"HTTP/1.1 200 OK\n\n");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
        assert!(wants.iter().all(|want| stderr.contains(want)), "{arguments:?}: {stderr}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}
