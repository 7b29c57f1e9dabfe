//! Starts and stops the examples.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread;

use crate::program::Program;

/// Returns the path of one of the examples' policies.
pub fn policy(name: &str) -> String {
    format!("{}/../../examples/policies/{name}.toml", env!("CARGO_MANIFEST_DIR"))
}

/// Returns `true` if npm has installed the banner of the example `cmp`.
pub fn banner_is_installed() -> bool {
    let package = "../../examples/cmp/node_modules/vanilla-cookieconsent";
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(package).is_dir()
}

/// Runs an example until it ends.
pub fn run(program: &str, arguments: &[&str], input: &[u8]) -> Output {
    finish(spawn(program, arguments), input)
}

/// Runs an example, but does not read all of its output.
pub fn run_unheard(program: &str, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = spawn(program, arguments);
    drop(child.stdout.take());
    finish(child, input)
}

fn spawn(program: &str, arguments: &[&str]) -> Child {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn finish(mut child: Child, input: &[u8]) -> Output {
    let mut stdin = child.stdin.take().unwrap();
    thread::scope(|scope| {
        // The example may end before it has read everything.
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().unwrap()
    })
}

/// A running example, which is killed when this value is dropped.
pub struct Server {
    program: Program,
    url: String,
}

impl Server {
    /// Starts an example on a free port.
    pub fn start(program: &str) -> Self {
        Server::start_with(program, &[])
    }

    pub fn start_with(name: &str, arguments: &[&str]) -> Self {
        let child = Command::new(name)
            .arg("127.0.0.1:0")
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut program = Program::from(child);
        let mut line = String::new();
        BufReader::new(program.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("listening on ");
        let url = url.unwrap_or_else(|| panic!("{name} said {line:?}")).to_owned();
        Server { program, url }
    }

    /// Asks it to stop, as the system does, and waits until it has stopped.
    pub fn stop(mut self) -> ExitStatus {
        let id = self.program.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.program.wait().unwrap()
    }

    /// Returns the address on which it listens, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }
}
