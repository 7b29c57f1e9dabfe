//! What somebody does who runs a site on Node or Python: one command, and what comes of it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use test_support::left_out::left_out_unless;
use test_support::visitor::Browser;

use super::support::REGISTRY;
use super::support::running::Gateway;
use test_support::folder::Folder;
use test_support::waiting::until;

const SITES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites");

/// A server in another language, killed when dropped.
struct Site {
    child: Child,
    url: String,
}

impl Site {
    fn start(program: &str, script: &str) -> Self {
        let mut child = Command::new(program)
            .arg(script)
            .current_dir(SITES)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("listening on ").unwrap().to_owned();
        Site { child, url }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // It may have ended by itself, which the test will have noticed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn walk_through(site: &Site) {
    let folder = Folder::new();
    let registry = folder.write("cookies.toml", REGISTRY);
    let addresses = ["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"];
    let draft = ["--draft", "drafted.toml"];
    let arguments = [&[&*registry, "--to", &site.url], &addresses[..], &draft[..]].concat();
    let mut gateway = Gateway::start(folder, &arguments);

    // The login works, and `_ga` is gone.
    let browser = Browser::new(&gateway.url);
    assert_eq!(browser.get("/").await.body, "Hello visitor");
    let login = browser.post("/login", "user=Ada").await;
    assert_eq!((login.status, login.set_names()), (303, vec!["session"]));
    let home = browser.get("/").await;
    assert_eq!((&*home.body, home.set_names().len()), ("Hello Ada", 0));
    assert_eq!(browser.cookies(), ["session"]);

    // The metrics count it.
    let stripped = "gateway_cookies_total{category=\"analytics\",verdict=\"strip\",\
                    reason=\"undecided\",report_only=\"false\"}";
    assert_eq!(gateway.metric(stripped).await, 3);

    // The draft has it, while the gateway runs and when it has stopped.
    let drafted = || gateway.folder.read("drafted.toml").unwrap_or_default();
    until(|| drafted().contains("cart_*"), || format!("the cart in {}", drafted()));
    let text = drafted();
    assert!(text.contains(REGISTRY.trim()), "{text}");
    assert!(!text.contains("GA1.1.1") && !text.contains("1234567"), "{text}");
    let registry = tower_cookie_consent::Registry::from_toml(&text).unwrap();
    assert_eq!(registry.declaration(b"cart_7654321").unwrap().name(), "cart_*");
    browser.post("/login", "user=Ada").await;
    gateway.signal("TERM");
    assert!(gateway.ends().success());
    assert_ne!(gateway.folder.read("drafted.toml").unwrap(), text, "the count of logins");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_python_site_keeps_its_policy() {
    walk_through(&Site::start("python3", "site.py")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_site_keeps_its_policy() {
    if !Path::new(SITES).join("node_modules/express").is_dir() {
        let command = "npm install --no-package-lock --prefix examples/gateway/tests/sites";
        return left_out_unless("REQUIRE_NODE", "express", "no Node site is visited", command);
    }
    walk_through(&Site::start("node", "site.js")).await;
}
