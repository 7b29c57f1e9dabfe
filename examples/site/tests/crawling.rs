//! A crawler that shares no code with the crate follows every link of the site, and holds its jar
//! against the policy's file (`crawl.py`).

use std::process::{Command, Output};

use test_support::folder::Folder;
use test_support::process::{Server, policy};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/crawl.py");

/// Crawls the site with a policy.
fn crawl(name: &str, arguments: &[&str]) -> Output {
    let folder = Folder::new();
    let records = folder.path("records.jsonl");
    let records = records.to_str().unwrap();
    // Python's jar sends no `Secure` cookie over plain HTTP.
    let given = ["--policy", name, "--records", records, "--insecure-cookies"];
    let server = Server::start_with(env!("CARGO_BIN_EXE_site"), &given);
    let mut crawler = Command::new("python3");
    crawler.arg(SCRIPT).arg(server.url()).arg(policy(name)).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn whoever_follows_every_link_holds_what_they_allowed_and_no_more() {
    for name in ["cexro", "whispever"] {
        for answer in [&[][..], &["--answer", "refuse"], &["--answer", "accept"]] {
            let output = crawl(name, answer);
            assert!(output.status.success(), "{name} {answer:?}: {}", said(&output));
            // Front page, policy page and five kinds of cookies, in each of three languages at least.
            let pages = said(&output).split(' ').next().unwrap().parse::<u32>().unwrap();
            assert!(pages >= 21, "{name} {answer:?}: {}", said(&output));
        }
    }
}

/// It sees what is there too much, and what is not there.
#[test]
fn the_crawler_finds_faults() {
    for (arguments, fault) in [
        (&["--answer", "accept", "--expect", "essential"][..], "_ga is not to be there"),
        (
            &["--answer", "accept", "--expect", "essential,analytics"],
            "cexro_theme is not to be there",
        ),
        (&["--expect", "essential,analytics"], "no cookie of analytics was met"),
        (&["--expect", "analytics"], "auth_token is not to be there"),
    ] {
        let output = crawl("cexro", arguments);
        assert!(!output.status.success(), "{arguments:?}");
        assert!(said(&output).contains(fault), "{arguments:?}: {}", said(&output));
    }
}
