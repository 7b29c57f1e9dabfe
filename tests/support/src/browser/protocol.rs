//! The part that CDP and `WebDriver BiDi` have in common: commands, answers and events as JSON over
//! a WebSocket.

use std::collections::VecDeque;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// The longest wait for anything.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// An open connection to a browser.
pub(crate) struct Connection {
    browser: &'static str,
    socket: WebSocket<TcpStream>,
    last_id: u64,
    /// The events that arrived while something else was waited for.
    events: VecDeque<Value>,
}

impl Connection {
    /// Connects to a `ws:` address.
    pub(crate) fn open(browser: &'static str, url: &str) -> Self {
        let address = url.strip_prefix("ws://").and_then(|rest| rest.split('/').next());
        let stream = TcpStream::connect(address.expect("a ws: address")).expect("a connection");
        // Commands are short, and each waits for its answer.
        stream.set_nodelay(true).unwrap();
        let (socket, _) = tungstenite::client(url, stream)
            .unwrap_or_else(|error| panic!("{browser}: no WebSocket on {url}: {error}"));
        Connection { browser, socket, last_id: 0, events: VecDeque::new() }
    }

    /// Sends a command and returns its result.
    pub(crate) fn call(&mut self, method: &str, params: &Value) -> Value {
        self.send(json!({ "method": method, "params": params }))
    }

    /// Sends a command to one of CDP's sessions and returns its result.
    pub(crate) fn call_session(&mut self, session: &str, method: &str, params: &Value) -> Value {
        self.send(json!({ "method": method, "params": params, "sessionId": session }))
    }

    /// Does the same as [`call_session`](Self::call_session) for commands that may fail while pages
    /// change.
    pub(crate) fn try_call_session(
        &mut self,
        session: &str,
        method: &str,
        params: &Value,
    ) -> Result<Value, String> {
        self.try_send(json!({ "method": method, "params": params, "sessionId": session }))
    }

    /// Does the same as [`call`](Self::call) for commands that may fail while pages change.
    pub(crate) fn try_call(&mut self, method: &str, params: &Value) -> Result<Value, String> {
        self.try_send(json!({ "method": method, "params": params }))
    }

    /// Waits for an event, and forgets those before it.
    pub(crate) fn wait_for_event(&mut self, method: &str, is_it: impl Fn(&Value) -> bool) {
        let start = Instant::now();
        loop {
            let event = match self.events.pop_front() {
                Some(event) => event,
                None => self.read(start, method),
            };
            if event["method"] == method && is_it(&event["params"]) {
                return;
            }
        }
    }

    fn send(&mut self, command: Value) -> Value {
        let (browser, method) = (self.browser, command["method"].to_string());
        self.try_send(command).unwrap_or_else(|error| panic!("{browser}: {method}: {error}"))
    }

    fn try_send(&mut self, mut command: Value) -> Result<Value, String> {
        self.last_id += 1;
        command["id"] = self.last_id.into();
        let method = command["method"].to_string();
        self.socket
            .send(Message::text(command.to_string()))
            .unwrap_or_else(|error| panic!("{}: {method} was not sent: {error}", self.browser));
        let start = Instant::now();
        loop {
            let mut message = self.read(start, &method);
            if message["id"] != self.last_id {
                self.events.push_back(message);
            } else if message["error"].is_null() {
                return Ok(message["result"].take());
            } else {
                // BiDi puts the message beside the error, and CDP puts it inside.
                return Err(format!("{} {}", message["error"], message["message"]));
            }
        }
    }

    /// Returns the next message, if it arrives before the deadline.
    fn read(&mut self, start: Instant, awaited: &str) -> Value {
        let browser = self.browser;
        loop {
            let left = PATIENCE.saturating_sub(start.elapsed());
            assert!(!left.is_zero(), "{browser}: waited too long for {awaited}");
            self.socket.get_ref().set_read_timeout(Some(left)).unwrap();
            match self.socket.read() {
                Ok(Message::Text(text)) => return parsed(&text),
                Ok(_) => {}
                Err(error) => panic!("{browser}: waited for {awaited}: {error}"),
            }
        }
    }
}

/// Chromium prints half of a surrogate pair in a cookie unchanged, which is not valid JSON.
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| {
        serde_json::from_str(&without_surrogates(text)).expect("a browser's JSON")
    })
}

/// Replaces each escaped half of a surrogate pair by U+FFFD.
fn without_surrogates(text: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        replaced.push_str(before);
        let is_half = escape.get(..6).is_some_and(|escape| {
            let unit = escape.strip_prefix("\\u").map(|hex| u16::from_str_radix(hex, 16));
            matches!(unit, Some(Ok(0xd800..=0xdfff)))
        });
        let length = if is_half { 6 } else { 2 };
        replaced.push_str(if is_half { "\\ufffd" } else { &escape[..length] });
        rest = &escape[length..];
    }
    replaced + rest
}
