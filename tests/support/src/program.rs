//! Programs that run as long as a test needs them.

use std::ops::{Deref, DerefMut};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::waiting::{PATIENCE, collect, until};

/// A running program, which is killed when this value is dropped.
pub struct Program(Child);

impl From<Child> for Program {
    fn from(child: Child) -> Self {
        Program(child)
    }
}

impl Deref for Program {
    type Target = Child;

    fn deref(&self) -> &Child {
        &self.0
    }
}

impl DerefMut for Program {
    fn deref_mut(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself, which the test will have noticed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A running program that logs to its standard error.
pub struct Logging {
    program: Program,
    log: Arc<Mutex<String>>,
}

impl Logging {
    pub fn start(command: &mut Command) -> Self {
        let child = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn();
        let mut program = Program::from(child.unwrap());
        let log = collect(program.stderr.take().unwrap());
        Logging { program, log }
    }

    /// Returns the lines that it writes to its standard output, which the command has as a pipe.
    pub fn output(&mut self) -> Arc<Mutex<String>> {
        collect(self.program.stdout.take().unwrap())
    }

    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits for a text in the log.
    pub fn logs(&self, what: &str) {
        until(|| self.log().contains(what), || format!("{what:?} in {}", self.log()));
    }

    /// Waits for a text in the log, and returns the rest of its line.
    pub fn told(&self, what: &str) -> String {
        self.logs(what);
        let log = self.log();
        log.lines().find_map(|line| line.split_once(what)).unwrap().1.trim_end().to_owned()
    }

    pub fn signal(&self, name: &str) {
        let command = format!("kill -{name} {}", self.program.id());
        assert!(Command::new("sh").args(["-c", &command]).status().unwrap().success());
    }

    pub fn id(&self) -> u32 {
        self.program.id()
    }

    /// Halts it, until the signal CONT: waits until each of its threads stands, which may take a moment.
    pub fn halts(&self) {
        self.signal("STOP");
        let stands = |task: std::io::Result<std::fs::DirEntry>| {
            let state = std::fs::read_to_string(task.unwrap().path().join("status")).unwrap();
            state.contains("\nState:\tT")
        };
        let tasks = format!("/proc/{}/task", self.program.id());
        let all_stand = || std::fs::read_dir(&tasks).unwrap().all(stands);
        until(all_stand, || "it does not stop".to_owned());
    }

    /// Returns its resident memory in KiB.
    pub fn memory(&self) -> u64 {
        let path = format!("/proc/{}/status", self.program.id());
        let status = std::fs::read_to_string(path).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Ends it at once, as a crash does.
    pub fn kill(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }

    /// Waits until it has stopped by itself.
    pub fn ends(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.program.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "it goes on: {}", self.log());
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Returns the number of the metric with this beginning, in a text of Prometheus; 0 if there is none.
pub fn metric(text: &str, start: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(start));
    line.map_or(0, |rest| rest.trim().parse().unwrap_or_else(|_| panic!("{start}: {rest}")))
}
