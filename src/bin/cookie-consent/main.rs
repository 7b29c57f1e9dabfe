//! The program `cookie-consent`. It shows what a cookie policy does to responses, drafts a registry
//! from them, prints one as a table or as the policy page, and compares two.
//!
//! ```sh
//! cargo install --path . --features cli
//! curl -si https://example.org/ | cookie-consent check cookies.toml
//! ```

mod arguments;
mod check;
mod check_version;
mod database;
mod draft;
mod har;
mod head;
mod input;
mod line;
mod output;
mod page;
mod show;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::arguments::{Arguments, Task};
use crate::output::UntilClosed;

/// The exit code for wrong usage, a registry with errors, and input that cannot be read.
const FAILED: u8 = 2;

/// An error whose text says what went wrong, and names the file.
type Error = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut stderr = UntilClosed::new(io::stderr().lock());
    let code = run(arguments.task, &mut stderr).unwrap_or_else(|error| {
        // If standard error fails, the error cannot be reported anywhere.
        let _ = writeln!(stderr, "cookie-consent: {error}");
        FAILED
    });
    ExitCode::from(code)
}

fn run(task: Task, stderr: &mut impl Write) -> Result<u8, Error> {
    let mut stdout = UntilClosed::new(io::stdout().lock());
    match task {
        Task::Check(arguments) => return check::run(&arguments, &mut stdout, stderr),
        Task::CheckVersion(arguments) => return check_version::run(&arguments, &mut stdout),
        Task::Draft(arguments) => draft::run(&arguments, &mut stdout, stderr)?,
        Task::Page(arguments) => page::run(&arguments, &mut stdout)?,
        Task::Show(arguments) => show::run(&arguments, &mut stdout)?,
        Task::Completions { shell } => {
            clap_complete::generate(
                shell,
                &mut Arguments::command(),
                "cookie-consent",
                &mut stdout,
            );
        }
        Task::Man { command } => man(command.as_deref(), &mut stdout)?,
    }
    stdout.flush()?;
    Ok(0)
}

fn man(command: Option<&str>, output: &mut impl Write) -> Result<(), Error> {
    let mut page = Arguments::command();
    // This gives the commands their full names, such as `cookie-consent-check`.
    page.build();
    if let Some(name) = command {
        let command = page.find_subcommand(name);
        page = command.ok_or_else(|| format!("there is no command {name:?}"))?.clone();
    }
    Ok(clap_mangen::Man::new(page).render(output)?)
}
