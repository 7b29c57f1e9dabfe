//! Ports for programs that cannot choose one themselves.

use std::net::TcpListener;
use std::process;
use std::sync::atomic::{AtomicU16, Ordering};

/// The ports that are given out. They lie below those from which Linux takes one for each connection
/// that is opened, and for each listener that asks for any: such a port, free when a test looks,
/// may be somebody else's before the program that is to have it has started.
const FIRST: u16 = 20_000;
const COUNT: u16 = 12_000;

static GIVEN: AtomicU16 = AtomicU16::new(0);

/// Returns a port of this machine that nobody listens on, another one at each call.
///
/// # Panics
///
/// If all are taken.
pub fn free_port() -> u16 {
    // Tests that run beside these begin elsewhere.
    let begin = process::id() % u32::from(COUNT);
    for _ in 0..COUNT {
        let given = u32::from(GIVEN.fetch_add(1, Ordering::Relaxed));
        let port = FIRST + u16::try_from((begin + given) % u32::from(COUNT)).unwrap();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("no port between {FIRST} and {} is free", FIRST + COUNT);
}
