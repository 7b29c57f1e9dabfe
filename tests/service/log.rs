//! A subscriber that remembers this crate's events.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{self, DefaultGuard};
use tracing::{Event, Level, Metadata, Subscriber};

#[derive(Clone)]
pub(crate) struct Log {
    logged: Arc<Mutex<Vec<Logged>>>,
    most: Level,
}

#[derive(Debug)]
pub(crate) struct Logged {
    pub(crate) level: Level,
    pub(crate) fields: Fields,
}

#[derive(Debug, Default)]
pub(crate) struct Fields(BTreeMap<&'static str, String>);

impl Log {
    /// Starts to listen on this thread, until the guard is dropped.
    pub(crate) fn listen() -> (Self, DefaultGuard) {
        Log::listen_to(Level::TRACE)
    }

    /// Starts to listen to events that are no more detailed than this.
    pub(crate) fn listen_to(most: Level) -> (Self, DefaultGuard) {
        let log = Log { logged: Arc::default(), most };
        let guard = subscriber::set_default(log.clone());
        (log, guard)
    }

    /// Returns what was logged since the last call.
    pub(crate) fn take(&self) -> Vec<Logged> {
        std::mem::take(&mut self.logged.lock().unwrap())
    }
}

impl Fields {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event()
            && *metadata.level() <= self.most
            && metadata.target().starts_with("tower_cookie_consent")
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.logged.lock().unwrap().push(Logged { level: *event.metadata().level(), fields });
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
