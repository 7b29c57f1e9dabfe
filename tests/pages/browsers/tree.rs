//! The tree of roles and names that Chromium gives to a screen reader.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};
use test_support::browser::Browser;
use tower_cookie_consent::pages::Closing;

use super::site::{Csp, chromium, pages, resize, serve};

/// The tree below an element, with a line for each role that says something.
fn tree(browser: &mut Browser, selector: &str) -> String {
    browser.command("Accessibility.enable", &json!({}));
    let document = browser.command("DOM.getDocument", &json!({ "depth": 0 }));
    let query = json!({ "nodeId": document["root"]["nodeId"], "selector": selector });
    let element = browser.command("DOM.querySelector", &query);
    let described = browser.command("DOM.describeNode", &json!({ "nodeId": element["nodeId"] }));
    let root = described["node"]["backendNodeId"].clone();
    let full = browser.command("Accessibility.getFullAXTree", &json!({}));
    let nodes: BTreeMap<_, _> = full["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (node["nodeId"].as_str().unwrap(), node))
        .collect();
    let start = nodes.values().find(|node| node["backendDOMNodeId"] == root).expect(selector);
    let mut lines = String::new();
    write_below(&nodes, start, (0, ""), &mut lines);
    lines
}

/// A text that only repeats the name of the element around it is left out.
fn write_below(
    nodes: &BTreeMap<&str, &Value>,
    node: &Value,
    (depth, around): (usize, &str),
    lines: &mut String,
) {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let name = node["name"]["value"].as_str().unwrap_or_default();
    let silent = ["none", "generic", "InlineTextBox", "LineBreak", "ListMarker"];
    let shown = node["ignored"] != true && !silent.contains(&role) && !name.is_empty()
        || ["list", "form", "table", "row", "status"].contains(&role);
    let shown = shown && !(role == "StaticText" && name == around);
    let inside = if shown { name } else { around };
    if shown {
        let mut properties = node["properties"].as_array().into_iter().flatten();
        let checked = properties.find(|property| property["name"] == "checked");
        let ticked = checked.and_then(|property| property["value"]["value"].as_str());
        let ticked = ticked.map_or(String::new(), |ticked| format!(" ({ticked})"));
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(lines, "{:1$}{role} {name:?}{ticked}", "", depth * 2).unwrap();
    }
    for child in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = nodes.get(child.as_str().unwrap()) {
            write_below(nodes, child, (depth + usize::from(shown), inside), lines);
        }
    }
}

#[test]
fn the_banner_is_read_as_it_is_seen() {
    let Some(mut browser) = chromium() else { return };
    let url = serve(pages("1", Some(Closing::Refuses)), Csp::Own);
    browser.navigate(&format!("{url}/?lang=fr"));
    let banner = tree(&mut browser, ".tcc-banner");
    assert_eq!(banner, include_str!("tree/banner.txt"));
}

#[test]
fn the_preferences_are_read_as_they_are_seen() {
    let Some(mut browser) = chromium() else { return };
    let url = serve(pages("1", None), Csp::Own);
    for (width, name) in [(1280, "wide"), (320, "narrow")] {
        resize(&mut browser, width, 800, 1.0);
        browser.navigate(&format!("{url}/cookies?lang=fr"));
        let preferences = tree(&mut browser, ".tcc-preferences form");
        assert_eq!(preferences, include_str!("tree/preferences.txt"), "{name}");
        let table = tree(&mut browser, ".tcc-policy table");
        assert_eq!(table, include_str!("tree/table.txt"), "{name}");
    }
}
