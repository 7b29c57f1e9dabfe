//! Firefox over `WebDriver BiDi`.

use std::fs;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::process::{Process, Profile};
use super::protocol::Connection;
use super::{Driver, JarCookie, Key};

const NAME: &str = "firefox";
const PROGRAM: &str = "firefox-esr";

const PREFERENCES: &str = r#"
// All hosts lead to the server of the test.
user_pref("network.dns.forceResolve", "127.0.0.1");
user_pref("network.proxy.type", 0);
// Firefox must not try https: before http:.
user_pref("dom.security.https_first", false);
user_pref("dom.security.https_first_schemeless", false);
// Hundreds of requests at once are intended here.
user_pref("network.http.pacing.requests.enabled", false);
// JSON is shown as plain text.
user_pref("devtools.jsonview.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
"#;

struct Firefox {
    connection: Connection,
    /// The browsing context of the page.
    context: Value,
    _process: Process,
}

pub(crate) fn start() -> Option<impl Driver> {
    let profile = Profile::new(NAME);
    fs::write(profile.path().join("user.js"), PREFERENCES).expect("a file of preferences");
    let mut command = Command::new(PROGRAM);
    command.args(["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile"]);
    command.arg(profile.path());
    let process = Process::start(command, profile)?;
    let url = process.printed_after("WebDriver BiDi listening on ") + "/session";
    let mut connection = Connection::open(NAME, &url);
    let capabilities = json!({ "alwaysMatch": { "acceptInsecureCerts": true } });
    connection.call("session.new", &json!({ "capabilities": capabilities }));
    let page = connection.call("browsingContext.create", &json!({ "type": "tab" }));
    Some(Firefox { connection, context: page["context"].clone(), _process: process })
}

impl Driver for Firefox {
    fn name(&self) -> &'static str {
        NAME
    }

    fn navigate(&mut self, url: &str) {
        let params = json!({ "context": self.context, "url": url, "wait": "complete" });
        self.connection.call("browsingContext.navigate", &params);
    }

    fn evaluate(&mut self, expression: &str) -> Result<String, String> {
        let target = json!({ "context": self.context });
        let params = json!({ "expression": expression, "target": target, "awaitPromise": true });
        let answer = self.connection.try_call("script.evaluate", &params)?;
        match answer["result"]["value"].as_str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(answer.to_string()),
        }
    }

    fn click_at(&mut self, x: f64, y: f64) {
        let mouse = json!({
            "type": "pointer",
            "id": "mouse",
            "actions": [
                { "type": "pointerMove", "x": x.round(), "y": y.round() },
                { "type": "pointerDown", "button": 0 },
                { "type": "pointerUp", "button": 0 },
            ],
        });
        let params = json!({ "context": self.context, "actions": [mouse] });
        self.connection.call("input.performActions", &params);
    }

    fn press(&mut self, key: Key) {
        // WebDriver writes keys as characters of an area for private use.
        let key = match key {
            Key::Tab => "\u{e004}",
            Key::Enter => "\u{e007}",
            Key::Space => " ",
        };
        let actions =
            ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key })).to_vec();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.command("input.performActions", &json!({ "actions": [keyboard] }));
    }

    fn command(&mut self, method: &str, params: &Value) -> Value {
        let mut params = params.clone();
        params["context"] = self.context.clone();
        self.connection.call(method, &params)
    }

    fn cookies(&mut self) -> Vec<JarCookie> {
        let jar = self.connection.call("storage.getCookies", &json!({}));
        let listed = jar["cookies"].as_array().expect("a list of cookies").iter().map(read);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time after 1970");
        listed.filter(|cookie| !has_ended(cookie, now.as_secs_f64())).collect()
    }

    fn clear_cookies(&mut self) {
        self.connection.call("storage.deleteCookies", &json!({}));
    }
}

/// Returns `true` if the cookie has expired. Firefox still lists such a cookie, but sends it to no server
/// and shows it to no script.
///
/// Some deletions by `Max-Age=0` leave one without a value, since Firefox counts the 0 seconds from the start
/// of the response, by a clock that may be a millisecond ahead of the one by which it stores the cookie. Times
/// are rounded to the nearest second.
fn has_ended(cookie: &JarCookie, now: f64) -> bool {
    cookie.expires.is_some_and(|expires| expires <= now + 0.5)
}

fn read(cookie: &Value) -> JarCookie {
    let text = |key: &str| cookie[key].as_str().unwrap_or_default().to_owned();
    let flag = |key: &str| cookie[key].as_bool().unwrap_or_default();
    let domain = text("domain");
    JarCookie {
        name: bytes(&text("name")),
        value: cookie["value"]["value"].as_str().unwrap_or_default().into(),
        host_only: !domain.starts_with('.'),
        domain: domain.trim_start_matches('.').to_owned(),
        path: text("path"),
        expires: cookie["expiry"].as_f64(),
        secure: flag("secure"),
        http_only: flag("httpOnly"),
        same_site: text("sameSite"),
        partitioned: None,
    }
}

/// Names are shown with one character for each byte; values are shown as UTF-8.
fn bytes(name: &str) -> Vec<u8> {
    let bytes: Option<_> = name.chars().map(|letter| u8::try_from(letter).ok()).collect();
    bytes.unwrap_or_else(|| name.into())
}
