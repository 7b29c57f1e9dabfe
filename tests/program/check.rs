//! Tests the command `check`, which copies heads and bodies byte for byte.

use std::process::Output;
use std::time::{Duration, SystemTime};
use std::{env, fs, process};

use super::PROGRAM;
use test_support::process::{policy, run, run_unheard};

/// Runs `check` under Cexro's policy.
fn check(arguments: &str, input: &[u8]) -> Output {
    let policy = policy("cexro");
    let arguments: Vec<&str> =
        ["check", policy.as_str()].into_iter().chain(words(arguments)).collect();
    run(PROGRAM, &arguments, input)
}

fn words(arguments: &str) -> impl Iterator<Item = &str> {
    arguments.split('|').filter(|word| !word.is_empty())
}

#[track_caller]
fn assert_check(name: &str, arguments: &str, input: &[u8], want: &[u8], code: i32) {
    let output = check(arguments, input);
    let stderr = String::from_utf8_lossy(&output.stderr);
    let (got, want) = (output.stdout.escape_ascii(), want.escape_ascii());
    assert_eq!(got.to_string(), want.to_string(), "{name}\n{stderr}");
    assert_eq!(output.status.code(), Some(code), "{name}\n{stderr}");
}

#[test]
fn edits_nothing_but_set_cookie_lines() {
    for (name, input, want, code) in [
        (
            "a browser's usual head",
            &b"HTTP/1.1 200 OK\r\nServer: x\r\nSet-Cookie: _ga=1\r\nX-A: b\r\n\r\nbody"[..],
            &b"HTTP/1.1 200 OK\r\nServer: x\r\nX-A: b\r\n\r\nbody"[..],
            1,
        ),
        (
            "LF, odd casing, blanks and a body of bytes",
            b"HTTP/2 200 \nsEt-cOOkie:\t auth_token=1;Max-Age=2592000;; X \t\n\n\xff\0Set-Cookie: _ga=1",
            b"HTTP/2 200 \nsEt-cOOkie:\t auth_token=1;Max-Age=2592000;; X \t\n\n\xff\0Set-Cookie: _ga=1",
            0,
        ),
        (
            "a lifetime is replaced, and its blanks stay",
            b"HTTP/2 200\r\nset-cookie:auth_token=\xff; max-age=2592001;Secure \r\n\r\n",
            b"HTTP/2 200\r\nset-cookie:auth_token=\xff; Max-Age=2592000;Secure \r\n\r\n",
            1,
        ),
        (
            "lines that are no header, and control characters elsewhere",
            b"HTTP/1.1 200 OK\r\nnonsense\r\n: x\r\nX\xe9: \x01\r\nSet-Cookie2: _ga=1\r\nSet-Cookie\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nnonsense\r\n: x\r\nX\xe9: \x01\r\nSet-Cookie2: _ga=1\r\nSet-Cookie\r\n\r\n",
            0,
        ),
        (
            "a blank before the colon hides nothing",
            b"HTTP/1.1 200 OK\r\nSet-Cookie \t: _ga=1\r\n\r\n",
            b"HTTP/1.1 200 OK\r\n\r\n",
            1,
        ),
        (
            "control characters in a cookie",
            b"HTTP/1.1 200 OK\r\nSet-Cookie: csrf_token=\x01\r\nSet-Cookie: csrf_token=1\r\r\n\r\n",
            b"HTTP/1.1 200 OK\r\n\r\n",
            1,
        ),
        (
            "a continued line is stripped whole",
            b"HTTP/1.1 200 OK\r\nSet-Cookie: _ga=1;\r\n Path=/;\r\n\tSecure\r\nX: y\r\n z\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nX: y\r\n z\r\n\r\n",
            1,
        ),
        (
            "a continued line is kept as it was",
            b"HTTP/1.1 200 OK\r\nSet-Cookie: csrf_token=1;\r\n  Path=/\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nSet-Cookie: csrf_token=1;\r\n  Path=/\r\n\r\n",
            0,
        ),
        (
            "a continued line counts whole",
            b"HTTP/1.1 200 OK\r\nSet-Cookie: csrf_token=1; \r\n  Max-Age=5\r\nX: Y\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nSet-Cookie: csrf_token=1\r\nX: Y\r\n\r\n",
            1,
        ),
        (
            "what continues another header is no cookie",
            b"HTTP/1.1 200 OK\r\nX: y\r\n Set-Cookie: _ga=1\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nX: y\r\n Set-Cookie: _ga=1\r\n\r\n",
            0,
        ),
        ("a head cut off", b"HTTP/1.1 200 OK\nSet-Cookie: _ga=1", b"HTTP/1.1 200 OK\n", 1),
        (
            "header lines alone",
            b"Set-Cookie: csrf_token=1\nSet-Cookie: _ga=1\n",
            b"Set-Cookie: csrf_token=1\n",
            1,
        ),
        (
            "an expiry counts from the first Date",
            b"HTTP/2 200\nDate: Sat, 21 Nov 2026 12:00:00 GMT\nDate: x\n\
              Set-Cookie: auth_token=1; Expires=Sat, 21 Nov 2026 13:00:00 GMT\n\n",
            b"HTTP/2 200\nDate: Sat, 21 Nov 2026 12:00:00 GMT\nDate: x\n\
              Set-Cookie: auth_token=1; Expires=Sat, 21 Nov 2026 13:00:00 GMT\n\n",
            0,
        ),
        (
            "an expiry counts from a Date long ago",
            b"HTTP/2 200\ndate: Thu, 01 Jan 1970 00:00:00 GMT\n\
              Set-Cookie: auth_token=1; Expires=Sat, 21 Nov 2026 13:00:00 GMT\n\n",
            b"HTTP/2 200\ndate: Thu, 01 Jan 1970 00:00:00 GMT\n\
              Set-Cookie: auth_token=1; Max-Age=2592000\n\n",
            1,
        ),
        ("a deletion", b"HTTP/2 200\nSet-Cookie: x=; Max-Age=0\n\n", b"HTTP/2 200\nSet-Cookie: x=; Max-Age=0\n\n", 0),
        ("no cookie at all", b"HTTP/1.0 204\r\n\r\n", b"HTTP/1.0 204\r\n\r\n", 0),
    ] {
        assert_check(name, "", input, want, code);
    }
}

#[test]
fn enforces_each_of_several_heads_and_no_body() {
    for (name, input, want) in [
        (
            "a redirection that curl followed",
            &b"HTTP/1.1 301 Moved\r\nSet-Cookie: _ga=1\r\nContent-Length: 9\r\n\r\nHTTP/2 200 \r\nset-cookie: _ga=2\r\n\r\nbody"[..],
            &b"HTTP/1.1 301 Moved\r\nContent-Length: 9\r\n\r\nHTTP/2 200 \r\n\r\nbody"[..],
        ),
        (
            "interim responses",
            b"HTTP/1.1 103 Early Hints\r\nSet-Cookie: _ga=1\r\n\r\nHTTP/1.1 100 \r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: _ga=1\r\n\r\n",
            b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 \r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        ),
        (
            "a proxy's answer",
            b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/2 200 \r\nset-cookie: _ga=1\r\n\r\n",
            b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/2 200 \r\n\r\n",
        ),
        (
            "a body that looks like a head",
            b"HTTP/1.1 200 OK\r\nContent-Type: message/http\r\nSet-Cookie: _ga=1\r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: _ga=1\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Type: message/http\r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: _ga=1\r\n\r\n",
        ),
        (
            "a redirection's body that is none",
            b"HTTP/1.1 302 Found\r\nSet-Cookie: _ga=1\r\n\r\nHTTP/1.1 is old\nSet-Cookie: _ga=1\n",
            b"HTTP/1.1 302 Found\r\n\r\nHTTP/1.1 is old\nSet-Cookie: _ga=1\n",
        ),
    ] {
        assert_check(name, "", input, want, 1);
    }
}

#[test]
fn asks_the_visitor_that_the_command_line_describes() {
    const HEAD: &[u8] = b"HTTP/2 200\n\
        Set-Cookie: _ga=1\nSet-Cookie: _hjid=1\nSet-Cookie: cexro_theme=1\nSet-Cookie: _fbp=1\n\n";
    let seconds = SystemTime::UNIX_EPOCH.elapsed().unwrap_or(Duration::ZERO).as_secs();
    let carried =
        format!("--cookie|a=b; cookie_consent=version=2025-01-15&time={seconds}&hotjar=true");
    for (arguments, names) in [
        ("", &[][..]),
        ("--consent|analytics", &["_ga", "_hjid"]),
        ("--consent=analytics, functional", &["_ga", "_hjid", "cexro_theme"]),
        ("--consent|hotjar", &["_hjid"]),
        ("--consent|all", &["_ga", "_hjid", "cexro_theme"]),
        ("--consent|all|--refuse|hotjar", &["_ga", "cexro_theme"]),
        ("--refuse|hotjar|--consent|analytics|--consent|functional", &["_ga", "cexro_theme"]),
        ("--consent|all|--refuse|all", &[]),
        ("--consent|advertising", &[]),
        (&carried, &["_hjid"]),
        ("--cookie|cookie_consent=nonsense", &[]),
    ] {
        let lines: Vec<_> = names.iter().map(|name| format!("Set-Cookie: {name}=1\n")).collect();
        let want = format!("HTTP/2 200\n{}\n", lines.concat());
        assert_check(arguments, arguments, HEAD, want.as_bytes(), 1);
    }
    assert_check("reported", "--report-only", HEAD, HEAD, 1);
    let kept = b"HTTP/2 200\nSet-Cookie: _ga=1\n\n";
    assert_check("all kept", "--consent|all|--report-only", kept, kept, 0);
}

#[test]
fn a_choice_in_the_head_counts_at_once() {
    let seconds = SystemTime::UNIX_EPOCH.elapsed().unwrap_or(Duration::ZERO).as_secs();
    let choice =
        format!("cookie_consent=version=2025-01-15&time={seconds}&analytics=true; Path=/; Secure");
    let head = format!("HTTP/2 200\nSet-Cookie: _ga=1\nSet-Cookie: {choice}\n\n");
    assert_check("granted", "--refuse|all", head.as_bytes(), head.as_bytes(), 0);
}

const MIXED: &[u8] = b"HTTP/2 200 \r\n\
    Set-Cookie: auth_token=secret; Max-Age=31536000\r\n\
    Set-Cookie: csrf_token=secret\r\n\
    Set-Cookie: _\x1b[31mx=secret\r\n\
    Set-Cookie: _\xe2\x80\xaex=secret\r\n\
    Set-Cookie: secret\r\n\r\n";

#[test]
fn the_table_is_aligned_and_tells_no_value() {
    let stderr = String::from_utf8(check("", MIXED).stderr).unwrap();
    assert_eq!(
        stderr,
        r"HTTP/2 200: 1 kept, 1 capped, 3 stripped
  VERDICT  COOKIE        CATEGORY   WHY
  cap      auth_token    essential  1 year to 30 days: longer than declared
  keep     csrf_token    essential  its category is necessary
  strip    _\u{1b}[31mx             it holds control characters: no browser stores it
  strip    _\u{202e}x               it is not declared
  strip    (no name)                it is not declared
"
    );
    let stderr = String::from_utf8(check("", b"HTTP/1.1 204 \r\n\r\n").stderr).unwrap();
    assert_eq!(stderr, "HTTP/1.1 204: no Set-Cookie\n");
}

#[test]
fn json_is_one_object_a_head() {
    let two = [b"HTTP/1.1 302 Found\r\n\r\n", MIXED].concat();
    let stderr = String::from_utf8(check("--json", &two).stderr).unwrap();
    assert!(!stderr.contains("secret"), "{stderr}");
    let heads: Vec<serde_json::Value> =
        stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(heads.len(), 2);
    assert_eq!(heads[0]["head"], "HTTP/1.1 302 Found");
    let verdicts: Vec<_> = heads[1]["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            (
                entry["name"].as_str().unwrap(),
                entry["verdict"].as_str().unwrap(),
                entry["reason"].as_str().unwrap(),
            )
        })
        .collect();
    let want = [
        ("auth_token", "cap", "too-long"),
        ("csrf_token", "keep", "necessary"),
        ("_\u{1b}[31mx", "strip", "control-character"),
        ("_\u{202e}x", "strip", "undeclared"),
        ("", "strip", "undeclared"),
    ];
    assert_eq!(verdicts, want);
    assert_eq!(heads[1]["entries"][0]["to"], 2_592_000);
}

#[test]
fn wrong_use_copies_nothing_and_says_why() {
    const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\n\r\n";
    let endless = [b"HTTP/1.1 200 OK\r\nX: ", &vec![b'y'; 2 << 20][..]].concat();
    for (arguments, input, why) in [
        ("--consent|analytic", HEAD, "\"analytic\"; it has: essential, analytics"),
        ("--refuse|nobody", HEAD, "nobody"),
        ("--consent", HEAD, "--consent"),
        ("--nonsense", HEAD, "--nonsense"),
        ("--json=yes", HEAD, "--json"),
        ("another.har", HEAD, "another.har"),
        ("--cookie|a\x01b", HEAD, "header value"),
        ("--cookie|a=b; cookie_consent=c|--refuse|all", HEAD, "holds a choice"),
        ("", b"", "no response head"),
        ("", b"<!doctype html>", "no response head"),
        ("", b"\r\n\r\n", "no response head"),
        ("", &vec![0; 70_000], "no response head"),
        ("", &endless, "too long"),
    ] {
        let output = check(arguments, input);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {stderr}");
        assert!(output.stdout.is_empty(), "{arguments}");
        assert!(stderr.contains(why), "{arguments}: {stderr}");
    }
}

#[test]
fn a_policy_with_errors_is_refused_with_all_of_them() {
    let path = env::temp_dir().join(format!("tower-cookie-consent-check-{}.toml", process::id()));
    fs::write(&path, "version = '1'\n[categories.a]\nbasis = 'maybe'\n[categories.b]\nbass = 1\n")
        .unwrap();
    let output = run(PROGRAM, &["check", path.to_str().unwrap()], b"HTTP/1.1 200 OK\r\n\r\n");
    fs::remove_file(&path).unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("line 3: ") && stderr.contains("line 5: "), "{stderr}");

    let output = run(PROGRAM, &["check", "/nowhere/policy.toml"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("/nowhere/policy.toml"));
    assert_eq!(run(PROGRAM, &["check"], b"").status.code(), Some(2));
}

#[test]
fn help_goes_to_standard_output() {
    let output = run(PROGRAM, &["check", "--help"], b"");
    assert_eq!(output.status.code(), Some(0));
    let help = String::from_utf8(output.stdout).unwrap();
    for flag in ["--consent", "--refuse", "--cookie", "--report-only", "--json", "exit code"] {
        assert!(help.contains(flag), "{flag}");
    }
}

#[test]
fn a_large_body_passes_whole() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: x\r\n\r\n";
    let body: Vec<u8> = (0..3_000_000_u32).flat_map(u32::to_le_bytes).collect();
    let output = check("", &[head, &body[..]].concat());
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout[head.len()..] == body, "{} bytes", output.stdout.len());
}

#[test]
fn long_lines_are_read_whole() {
    let long = format!("Set-Cookie: csrf_token={}; Max-Age=5\r\n", "x".repeat(20_000));
    let want = long.replace("; Max-Age=5", "");
    assert_check("alone", "", long.as_bytes(), want.as_bytes(), 1);
    let reason = format!("HTTP/1.1 100 {}\r\n", "x".repeat(20_000));
    let heads = format!("{reason}\r\n{reason}{long}\r\n");
    let want = format!("{reason}\r\n{reason}{want}\r\n");
    assert_check("after another head", "", heads.as_bytes(), want.as_bytes(), 1);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: x\r\nSet-Cookie: _ga=1\r\n\r\n";
    let input = [head, &vec![b'y'; 2 << 20][..]].concat();
    let output = run_unheard(PROGRAM, &["check", &policy("cexro")], &input);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("1 stripped"), "{stderr}");
}
