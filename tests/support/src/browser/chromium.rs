//! Chromium over CDP, the Chrome `DevTools` Protocol.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use super::process::{Process, Profile};
use super::protocol::Connection;
use super::{Driver, JarCookie, Key};

const NAME: &str = "chromium";

const ARGUMENTS: [&str; 11] = [
    "--headless",
    "--remote-debugging-port=0",
    // Containers run tests as root, and as root there is no sandbox.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-proxy-server",
    // All hosts lead to the server of the test, whose certificate nobody signed.
    "--host-resolver-rules=MAP * 127.0.0.1",
    "--ignore-certificate-errors",
];
/// Chromium must not try `https:` before `http:`.
const NO_UPGRADES: &str = "--disable-features=HttpsUpgrades,HttpsFirstBalancedMode";

/// Debian's build blocks cookies in frames of other sites. Elsewhere they are allowed unless the
/// user blocks them.
const PREFERENCES: &str = r#"{ "profile": { "cookie_controls_mode": 0 } }"#;

struct Chromium {
    connection: Connection,
    /// The session of the page.
    session: String,
    _process: Process,
}

pub(crate) fn start() -> Option<impl Driver> {
    let profile = Profile::new(NAME);
    fs::create_dir(profile.path().join("Default")).expect("a folder in the profile");
    fs::write(profile.path().join("Default/Preferences"), PREFERENCES)
        .expect("a file of preferences");
    let mut command = Command::new(NAME);
    command.args(ARGUMENTS).arg(NO_UPGRADES);
    command.arg(format!("--user-data-dir={}", profile.path().display()));
    let process = Process::start(command, profile)?;
    let mut connection = Connection::open(NAME, &process.printed_after("DevTools listening on "));
    let page = connection.call("Target.createTarget", &json!({ "url": "about:blank" }));
    let attached = connection
        .call("Target.attachToTarget", &json!({ "targetId": page["targetId"], "flatten": true }));
    let session = attached["sessionId"].as_str().expect("a session").to_owned();
    connection.call_session(&session, "Page.enable", &json!({}));
    let on = json!({ "enabled": true });
    connection.call_session(&session, "Page.setLifecycleEventsEnabled", &on);
    Some(Chromium { connection, session, _process: process })
}

impl Driver for Chromium {
    fn name(&self) -> &'static str {
        NAME
    }

    fn navigate(&mut self, url: &str) {
        let opened =
            self.connection.call_session(&self.session, "Page.navigate", &json!({ "url": url }));
        assert!(opened["errorText"].is_null(), "{NAME}: {url}: {}", opened["errorText"]);
        let loader = &opened["loaderId"];
        self.connection.wait_for_event("Page.lifecycleEvent", |event| {
            event["name"] == "load" && event["loaderId"] == *loader
        });
    }

    fn evaluate(&mut self, expression: &str) -> Result<String, String> {
        let params =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer =
            self.connection.try_call_session(&self.session, "Runtime.evaluate", &params)?;
        match answer["result"]["value"].as_str() {
            Some(text) if answer["exceptionDetails"].is_null() => Ok(text.to_owned()),
            _ => Err(answer.to_string()),
        }
    }

    fn click_at(&mut self, x: f64, y: f64) {
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            self.connection.call_session(&self.session, "Input.dispatchMouseEvent", &event);
        }
    }

    fn press(&mut self, key: Key) {
        let (name, code, text) = match key {
            Key::Tab => ("Tab", 9, ""),
            Key::Enter => ("Enter", 13, "\r"),
            Key::Space => (" ", 32, " "),
        };
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            let event =
                json!({ "type": kind, "key": name, "windowsVirtualKeyCode": code, "text": text });
            self.command("Input.dispatchKeyEvent", &event);
        }
    }

    fn command(&mut self, method: &str, params: &Value) -> Value {
        self.connection.call_session(&self.session, method, params)
    }

    fn cookies(&mut self) -> Vec<JarCookie> {
        let jar = self.connection.call("Storage.getCookies", &json!({}));
        jar["cookies"].as_array().expect("a list of cookies").iter().map(read).collect()
    }

    fn clear_cookies(&mut self) {
        self.connection.call("Storage.clearCookies", &json!({}));
    }
}

fn read(cookie: &Value) -> JarCookie {
    let text = |key: &str| cookie[key].as_str().unwrap_or_default().to_owned();
    let flag = |key: &str| cookie[key].as_bool().unwrap_or_default();
    let domain = text("domain");
    JarCookie {
        name: text("name").into_bytes(),
        value: text("value").into_bytes(),
        host_only: !domain.starts_with('.'),
        domain: domain.trim_start_matches('.').to_owned(),
        path: text("path"),
        expires: if flag("session") { None } else { cookie["expires"].as_f64() },
        secure: flag("secure"),
        http_only: flag("httpOnly"),
        same_site: text("sameSite"),
        partitioned: Some(!cookie["partitionKey"].is_null()),
    }
}
