//! The process and the profile of a browser.

use std::io::{BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use std::{env, fs, process, thread};

use super::protocol::PATIENCE;
use crate::program::Program;

static PROFILES: AtomicU32 = AtomicU32::new(0);

/// A new directory for a profile, which is removed when this value is dropped.
pub(crate) struct Profile(PathBuf);

impl Profile {
    pub(crate) fn new(browser: &str) -> Self {
        let number = PROFILES.fetch_add(1, Ordering::Relaxed);
        let name = format!("{browser}-{}-{number}", process::id());
        let path = env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a directory for a profile");
        Profile(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        // One of the browser's processes may still be writing.
        for _ in 0..20 {
            if fs::remove_dir_all(&self.0).is_ok() {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}

/// A running browser, which is killed when this value is dropped. Its profile is removed
/// afterwards.
pub(crate) struct Process {
    _program: Program,
    lines: Receiver<String>,
    _profile: Profile,
}

impl Process {
    /// Starts a browser. Returns `None` if it is not installed.
    pub(crate) fn start(mut command: Command, profile: Profile) -> Option<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = match command.spawn() {
            Err(error) if error.kind() == ErrorKind::NotFound => return None,
            child => child.expect("a browser that starts"),
        };
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let (sender, lines) = channel();
        // This thread reads to the end, even if nobody listens, since a full pipe would stop the
        // browser.
        thread::spawn(move || {
            for line in stderr.split(b'\n').map_while(Result::ok) {
                let _ = sender.send(String::from_utf8_lossy(&line).into_owned());
            }
        });
        Some(Process { _program: child.into(), lines, _profile: profile })
    }

    /// Returns the text that the browser prints behind these words.
    pub(crate) fn printed_after(&self, words: &str) -> String {
        let mut printed = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            if let Some((_, rest)) = line.split_once(words) {
                return rest.trim().to_owned();
            }
            printed.push(line);
        }
        panic!("the browser did not print {words:?} but {printed:#?}");
    }
}
