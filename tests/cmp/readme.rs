//! The README's table of CMPs, against what the crate says of each.

use std::collections::BTreeMap;

use tower_cookie_consent::registry::Cmp;

const README: &str = include_str!("../../README.md");

#[test]
fn r18_the_readme_has_a_line_for_each_cmp() {
    let (_, below) = README.split_once("| CMP | source |").unwrap();
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
