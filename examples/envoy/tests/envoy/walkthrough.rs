//! Runs the commands of the README, and checks their results.

use std::process::Command;

use test_support::folder::Folder;

use super::support::processor::Processor;
use super::support::real::Envoy;
use super::support::site;

const README: &str = include_str!("../../README.md");

/// Returns the arguments of the README's command that starts the processor.
fn command() -> Vec<&'static str> {
    let line = README.lines().find_map(|line| line.strip_prefix("cargo run -p envoy -- "));
    let arguments = line.unwrap().split(' ').map(|argument| match argument {
        "127.0.0.1:9901" => "127.0.0.1:0",
        argument => argument,
    });
    ["--listen", "127.0.0.1:0"].into_iter().chain(arguments).collect()
}

/// Returns the output of a command of the README, run with the addresses of this test.
fn said(line: &str, addresses: &[(&str, &str)]) -> String {
    let line =
        addresses.iter().fold(line.to_owned(), |line, (example, here)| line.replace(example, here));
    let output = Command::new("sh").args(["-c", &line]).env("no_proxy", "*").output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_commands_of_the_readme_do_what_it_says() {
    let (_, registry) = README.split_once("```toml\n").unwrap();
    let folder = Folder::new();
    folder.write("cookies.toml", registry.split_once("```").unwrap().0);
    let processor = Processor::start(folder, &command());
    let port = site::start().await;
    let Some(envoy) = Envoy::start(port, &processor.address).await else { return };

    let site = format!("http://127.0.0.1:{port}");
    let addresses = [
        ("http://127.0.0.1:8080", &*site),
        ("http://127.0.0.1:10000", &envoy.url),
        ("http://127.0.0.1:9901", &processor.admin),
    ];
    let lines = README.lines().filter(|line| line.starts_with("curl "));
    let said: Vec<_> = lines.map(|line| said(line, &addresses)).collect();
    let [without, with, counted] = &said[..] else { panic!("{said:?}") };
    assert!(without.contains("\r\nset-cookie: _ga=GA1.1.1; "), "{without}");
    assert!(with.starts_with("HTTP/1.1 200 OK\r\n") && !with.contains("_ga"), "{with}");
    assert!(with.contains("\r\ncache-control: private\r\n"), "{with}");
    let stripped = "processor_cookies_total{category=\"analytics\",verdict=\"strip\",\
                    reason=\"undecided\",report_only=\"false\"} 1\n";
    assert!(counted.contains(stripped), "{counted}");
}
