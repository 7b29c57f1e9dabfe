//! Runs the commands of the README in front of a site on PHP, Node or Python, and checks their results.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use test_support::left_out::left_out_unless;
use test_support::visitor::Browser;

use super::support::running::Gateway;
use test_support::folder::Folder;
use test_support::program::Program;
use test_support::waiting::until;

const README: &str = include_str!("../../README.md");
const SITES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites");

/// A server in another language, killed when dropped.
struct Site {
    _program: Program,
    url: String,
}

impl Site {
    /// Runs a shell's command, of whose output the first line has the site's address.
    fn start(command: &str) -> Self {
        let mut child = Command::new("sh")
            .args(["-c", &format!("exec {command}")])
            .current_dir(SITES)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let (_, address) = line.split_once("http://").unwrap();
        let address = address.split([')', '\n']).next().unwrap();
        let url = format!("http://{address}");
        Site { _program: child.into(), url }
    }
}

/// Returns the first block of this language in the README.
fn block(language: &str) -> &'static str {
    let (_, block) = README.split_once(&format!("```{language}\n")).unwrap();
    block.split_once("```").unwrap().0
}

/// Returns the arguments of the README's command that starts the gateway, with the addresses of this test.
fn command(site: &Site) -> Vec<&str> {
    let line = README.lines().find_map(|line| line.strip_prefix("cargo run -p gateway -- "));
    let arguments = line.unwrap().split(' ').map(|argument| match argument {
        "http://127.0.0.1:8080" => &*site.url,
        "127.0.0.1:9901" => "127.0.0.1:0",
        argument => argument,
    });
    ["--listen", "127.0.0.1:0"].into_iter().chain(arguments).collect()
}

/// Returns the outputs of the README's other commands, in their order.
fn looks(site: &Site, gateway: &Gateway) -> Vec<String> {
    let lines = README.lines().filter(|line| {
        ["curl ", "cat drafted.toml"].iter().any(|command| line.starts_with(command))
    });
    let said = lines.map(|line| {
        let line = [
            ("http://127.0.0.1:8080", &*site.url),
            ("http://127.0.0.1:3000", &gateway.url),
            ("http://127.0.0.1:9901", &gateway.admin),
        ]
        .into_iter()
        .fold(line.to_owned(), |line, (example, here)| line.replace(example, here));
        let mut shell = Command::new("sh");
        shell.args(["-c", &line]).current_dir(gateway.folder.root()).env("no_proxy", "*");
        String::from_utf8(shell.output().unwrap().stdout).unwrap()
    });
    said.collect()
}

async fn walk_through(site: &Site) {
    let folder = Folder::new();
    let registry = block("toml");
    folder.write("cookies.toml", registry);
    let mut gateway = Gateway::start(folder, &command(site));

    // The login works, and `_ga` is gone.
    let browser = Browser::new(&gateway.url);
    assert_eq!(browser.get("/").await.body, "Hello visitor");
    let login = browser.post("/login", "user=Ada").await;
    assert_eq!((login.status, login.set_names()), (303, vec!["session"]));
    let home = browser.get("/").await;
    assert_eq!((&*home.body, home.set_names().len()), ("Hello Ada", 0));
    assert_eq!(browser.cookies(), ["session"]);

    // The draft is written while the gateway runs.
    let drafted = || gateway.folder.read("drafted.toml").unwrap_or_default();
    until(|| drafted().contains("cart_*"), || format!("the cart in {}", drafted()));
    let text = drafted();
    assert!(text.contains(registry.trim()), "{text}");
    assert!(!text.contains("GA1.1.1") && !text.contains("1234567"), "{text}");
    let written = tower_cookie_consent::Registry::from_toml(&text).unwrap();
    assert_eq!(written.declaration(b"cart_7654321").unwrap().name(), "cart_*");

    // Curl shows it, the metrics count it, and the draft names it.
    let [without, with, counted, shown] = &looks(site, &gateway)[..] else { panic!("{README}") };
    assert!(without.to_lowercase().contains("\nset-cookie: _ga="), "{without}");
    assert!(with.contains(" 200 OK\r\n") && with.ends_with("Hello visitor"), "{with}");
    assert!(!with.contains("_ga") && with.contains("\r\ncache-control: private"), "{with}");
    let stripped = "gateway_cookies_total{category=\"analytics\",verdict=\"strip\",\
                    reason=\"undecided\",report_only=\"false\"} 4\n";
    assert!(counted.contains(stripped), "{counted}");
    assert_eq!(*shown, text);

    // When the gateway has stopped, the draft also has the last cookies.
    browser.post("/login", "user=Ada").await;
    gateway.signal("TERM");
    assert!(gateway.ends().success());
    assert_ne!(gateway.folder.read("drafted.toml").unwrap(), text, "the count of logins");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_python_site_keeps_its_policy() {
    walk_through(&Site::start("python3 site.py")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_site_keeps_its_policy() {
    if !Path::new(SITES).join("node_modules/express").is_dir() {
        let command = "npm install --no-package-lock --prefix examples/gateway/tests/sites";
        return left_out_unless("REQUIRE_NODE", "express", "no Node site is visited", command);
    }
    walk_through(&Site::start("node site.js")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_php_site_keeps_its_policy() {
    if Command::new("php").arg("--version").stdout(Stdio::null()).status().is_err() {
        return left_out_unless(
            "REQUIRE_PHP",
            "php",
            "no PHP site is visited",
            "apt-get install php-cli",
        );
    }
    walk_through(&Site::start("php -S 127.0.0.1:0 site.php 2>&1")).await;
}
