//! Controls real browsers without a window over their own protocols: Chromium over CDP, Firefox
//! over `WebDriver BiDi`. Every error and every timeout is a panic.

mod chromium;
mod firefox;
mod process;
mod protocol;

use std::fmt;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// A browser with a new profile and one open page, which is stopped when this value is dropped.
pub struct Browser(Box<dyn Driver>);

/// The operations that differ between browsers.
trait Driver {
    fn name(&self) -> &'static str;
    /// Opens a page and waits until it has loaded.
    fn navigate(&mut self, url: &str);
    /// Evaluates an expression, awaits its promise, and returns the result as text.
    fn evaluate(&mut self, expression: &str) -> Result<String, String>;
    /// Presses and releases the main button of the mouse at a place of the window.
    fn click_at(&mut self, x: f64, y: f64);
    /// Presses and releases a key.
    fn press(&mut self, key: Key);
    fn cookies(&mut self) -> Vec<JarCookie>;
    fn clear_cookies(&mut self);
    /// Sends a command of the browser's own protocol about the open page.
    fn command(&mut self, method: &str, params: &Value) -> Value;
}

/// A key that moves through a page, or that activates a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Tab,
    Enter,
    Space,
}

/// A cookie in the browser's jar. Bytes that are not UTF-8 may be shown as others.
#[derive(Clone, PartialEq)]
pub struct JarCookie {
    pub name: Vec<u8>,
    pub value: Vec<u8>,
    /// The domain without a leading dot.
    pub domain: String,
    pub host_only: bool,
    pub path: String,
    /// The expiry in seconds since 1970-01-01 00:00:00 UTC, or `None` for a session cookie.
    pub expires: Option<f64>,
    pub secure: bool,
    pub http_only: bool,
    /// The value in the browser's own words.
    pub same_site: String,
    /// This is `None` if the browser does not tell.
    pub partitioned: Option<bool>,
}

impl Browser {
    /// Starts Debian's Chromium, if it is installed.
    pub fn chromium() -> Option<Self> {
        Some(Browser(Box::new(chromium::start()?)))
    }

    /// Starts Debian's Firefox ESR, if it is installed.
    pub fn firefox() -> Option<Self> {
        Some(Browser(Box::new(firefox::start()?)))
    }

    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// Opens a page and waits until it has loaded.
    pub fn navigate(&mut self, url: &str) {
        self.0.navigate(url);
    }

    /// Evaluates a JavaScript expression in the open page, awaits promises, and returns the result.
    pub fn evaluate(&mut self, expression: &str) -> Value {
        let name = self.name();
        self.try_evaluate(expression)
            .unwrap_or_else(|error| panic!("{name}: {expression:.200}: {error}"))
    }

    /// Waits until an expression is true, even if pages load meanwhile.
    pub fn wait_until(&mut self, expression: &str) {
        let start = Instant::now();
        loop {
            // Between two pages, nothing can be evaluated.
            let last = self.try_evaluate(expression);
            if last == Ok(Value::Bool(true)) {
                return;
            }
            let late = start.elapsed() > protocol::PATIENCE;
            assert!(!late, "{}: waited for {expression}, last {last:?}", self.name());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Clicks into the middle of the first element that a CSS selector finds, with the mouse.
    pub fn click(&mut self, selector: &str) {
        let selector = Value::from(selector);
        let middle = self.evaluate(&format!(
            "(() => {{
                const element = document.querySelector({selector});
                element.scrollIntoView({{ block: 'center', behavior: 'instant' }});
                const box = element.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2];
            }})()"
        ));
        let at = |axis: usize| middle[axis].as_f64().expect("a coordinate");
        self.0.click_at(at(0), at(1));
    }

    /// Presses and releases a key.
    pub fn press(&mut self, key: Key) {
        self.0.press(key);
    }

    /// Sends a command of the browser's own protocol about the open page, and returns its result.
    pub fn command(&mut self, method: &str, params: &Value) -> Value {
        self.0.command(method, params)
    }

    /// Returns all cookies in the jar that have not expired.
    pub fn cookies(&mut self) -> Vec<JarCookie> {
        self.0.cookies()
    }

    /// Empties the jar. Firefox leaves cookies in it whose paths are not UTF-8.
    pub fn clear_cookies(&mut self) {
        self.0.clear_cookies();
    }

    fn try_evaluate(&mut self, expression: &str) -> Result<Value, String> {
        // JSON is the same in both protocols, while their own formats of values differ.
        let text = self
            .0
            .evaluate(&format!("(async () => JSON.stringify((await ({expression})) ?? null))()"))?;
        Ok(serde_json::from_str(&text).expect("what JSON.stringify made"))
    }
}

impl fmt::Debug for JarCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let JarCookie { name, value, domain, host_only, path, expires, .. } = self;
        let (name, value) = (name.escape_ascii(), value.escape_ascii());
        let dot = if *host_only { "" } else { "." };
        write!(f, "\"{name}={value}\" of {dot}{domain}{path} until {expires:?}")?;
        let JarCookie { secure, http_only, same_site, partitioned, .. } = self;
        write!(f, " (secure {secure}, HttpOnly {http_only}, SameSite {same_site:?}, ")?;
        write!(f, "partitioned {partitioned:?})")
    }
}
