//! The signals that end a program.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// SIGTERM, as service managers send it, and SIGINT, as a terminal does.
#[derive(Debug)]
pub struct Stops {
    terminate: Signal,
    interrupt: Signal,
}

impl Stops {
    /// Begins to listen for them; before that, the first signal ends the program at once.
    ///
    /// # Errors
    ///
    /// The system does not let the program hear them.
    pub fn new() -> io::Result<Self> {
        let terminate = signal(SignalKind::terminate())?;
        Ok(Stops { terminate, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for the next signal.
    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
