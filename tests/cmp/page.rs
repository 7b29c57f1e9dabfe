//! Compares the page about banners with what the crate says about each.

use std::collections::{BTreeMap, BTreeSet};

use tower_cookie_consent::ConsentSource;
use tower_cookie_consent::registry::{Cmp, CmpSource};

use super::strings::tc;
use super::visitor::{read, registry};

const PAGE: &str = include_str!("../../src/docs/cmps.md");

#[test]
fn r18_the_page_has_a_line_for_each_cmp() {
    let (_, below) = PAGE.split_once("| CMP | source |").unwrap();
    let rows = below.lines().skip(2).take_while(|line| line.starts_with('|'));
    let listed: BTreeMap<_, _> = rows
        .map(|row| {
            let cells: Vec<_> = row.split('|').map(str::trim).collect();
            let [_, _, source, ids, _, states, _] = cells[..] else { panic!("five cells: {row}") };
            assert!(!ids.is_empty(), "{row}");
            let states = |what| states.split([',', ' ']).any(|word| word == what);
            (source.trim_matches('`'), (states("time"), states("revision")))
        })
        .collect();
    let known =
        Cmp::ALL.iter().map(|cmp| (cmp.as_str(), (cmp.states_time(), cmp.states_revision())));
    assert_eq!(listed, known.collect());
}

/// Returns every source to which one of these names belongs, and those that do not read it.
#[test]
fn r8_the_page_says_who_owns_the_cookies_with_strings_of_the_iab() {
    let (_, below) = PAGE.split_once("| string | cookies | sources |").unwrap();
    let rows = below.lines().skip(2).take_while(|line| line.starts_with('|'));
    let mut seen = 0;
    for row in rows {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let [_, string, cookies, sources, _] = cells[..] else { panic!("three cells: {row}") };
        let value = match string {
            "TC" => tc(&[1, 2, 7]),
            "GPP" => "DBABBg~BUUAAAGA".into(),
            "US Privacy" => "1YYN".into(),
            _ => "1".into(),
        };
        for cookie in cookies.split(", ").map(|cookie| cookie.trim_matches('`')) {
            let cookie = cookie.replace('…', "1");
            let owners = Cmp::ALL
                .iter()
                .filter(|&&cmp| CmpSource::new(cmp).owns(cookie.as_bytes(), &registry()));
            let found: BTreeSet<_> = owners
                .map(|&cmp| {
                    let choice = read(cmp, format!("{cookie}={value}"));
                    let is_read = choice.decision("marketing").is_some();
                    if is_read { format!("`{cmp}`") } else { format!("(`{cmp}`)") }
                })
                .collect();
            assert_eq!(found, sources.split(", ").map(str::to_owned).collect(), "{cookie}");
            seen += 1;
        }
    }
    assert_eq!(seen, 12);
}
