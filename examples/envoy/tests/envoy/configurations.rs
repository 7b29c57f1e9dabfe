//! The configurations that are not run are checked as far as that is possible without the programs that read them.

use std::fs;
use std::path::Path;
use std::process::Command;

use test_support::folder::Folder;
use test_support::left_out::left_out_unless;

use super::support::real::{example, refusal_of};

const HERE: &str = env!("CARGO_MANIFEST_DIR");

fn configuration(name: &str) -> String {
    fs::read_to_string(Path::new(HERE).join("configurations").join(name)).unwrap()
}

/// The example with the filter that Istio adds in the place of its own.
fn with_filter_of_istio() -> String {
    let istio = configuration("istio.yaml");
    let (_, filter) = istio.split_once("        value:\n").unwrap();
    let (filter, _) = filter.split_once("\n---").unwrap();
    let indent = |(at, line): (usize, &str)| {
        let line = line.strip_prefix("          ").unwrap();
        format!("{}{line}\n", if at == 0 { "                  - " } else { "                    " })
    };
    let filter: String = filter.lines().enumerate().map(indent).collect();
    let example = example();
    let (before, rest) = example.split_once("                  # First of all filters").unwrap();
    let (_, after) =
        rest.split_once("                  - name: envoy.filters.http.router").unwrap();
    format!("{before}{filter}                  - name: envoy.filters.http.router{after}")
}

#[test]
fn envoy_takes_the_filter_that_istio_adds() {
    let text = with_filter_of_istio();
    let Some(refusal) = refusal_of(&text) else { return };
    assert_eq!(refusal, "");
    for (right, wrong, says) in [
        ("failure_mode_allow", "failure_mode_alow", "failure_mode_alow"),
        ("response_header_mode: SEND", "response_header_mode: SENT", "SENT"),
    ] {
        let refusal = refusal_of(&text.replacen(right, wrong, 1)).unwrap();
        assert!(refusal.contains(says), "{refusal}");
    }
}

#[test]
fn google_declares_every_field_of_its_extension() {
    let python = Path::new(HERE).join(".venv/bin/python");
    let has_library = |python: &Path| {
        let mut command = Command::new(python);
        let output = command.args(["-c", "import google.cloud.network_services_v1, yaml"]).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !has_library(&python) {
        let command = "examples/envoy/.venv/bin/pip install google-cloud-network-services pyyaml";
        left_out_unless("REQUIRE_ENVOY", "Google's client library", "nothing was checked", command);
        return;
    }
    let text = configuration("google-service-extensions.yaml");
    let folder = Folder::new();
    for (text, says) in [
        (&text, ""),
        (&text.replace("failOpen", "failOpn"), "no field named \"failOpn\""),
        (&text.replace("RESPONSE_HEADERS", "RESPONSE_HEAD"), "RESPONSE_HEAD"),
    ] {
        let path = folder.write("extension.yaml", text);
        let check = Path::new(HERE).join("configurations/check.py");
        let output = Command::new(&python).arg(check).arg(path).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() == says.is_empty() && said.contains(says), "{said}");
    }
}

#[test]
fn those_that_are_not_run_say_so() {
    for name in ["envoy-gateway.yaml", "istio.yaml", "google-service-extensions.yaml"] {
        assert!(configuration(name).lines().take(3).any(|line| line.contains("Not run")), "{name}");
    }
}

#[test]
fn all_of_them_fail_closed() {
    for (name, closed) in [
        ("envoy-gateway.yaml", "failOpen: false"),
        ("istio.yaml", "failure_mode_allow: false"),
        ("google-service-extensions.yaml", "failOpen: false"),
    ] {
        assert!(configuration(name).lines().any(|line| line.trim() == closed), "{name}");
    }
    assert!(example().lines().any(|line| line.trim() == "failure_mode_allow: false"));
}
