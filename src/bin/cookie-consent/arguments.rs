//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

/// Shows what a cookie policy does to responses, drafts a registry from them, prints one, as a table
/// or as the policy page, and compares two.
#[derive(Parser)]
#[command(name = "cookie-consent", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) task: Task,
}

#[derive(Subcommand)]
pub(crate) enum Task {
    Check(Check),
    CheckVersion(CheckVersion),
    Draft(Draft),
    Page(Page),
    Show(Show),
    /// Prints the completions of a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Prints the man page of the program, or of one of its commands, in roff.
    Man {
        /// The command, such as `check`.
        command: Option<String>,
    },
}

/// Shows what a policy does to responses.
///
/// Response heads, as `curl -si` prints them, are copied to standard output with the policy
/// enforced: lines that it does not allow are gone, too long lifetimes are replaced, every other
/// byte is the same, the body included. Where several heads follow one another (`curl -siL`), each
/// is enforced by itself. The verdicts go to standard error.
///
/// Of a HAR file, which browsers' developer tools save, the verdicts alone are printed, to standard
/// output.
///
/// The exit code is 0 if every `Set-Cookie` was kept, 1 if one was stripped or capped, or would be
/// without --report-only, 2 for wrong usage, a registry with errors (all of them are listed) or
/// input that cannot be read.
#[derive(Args)]
pub(crate) struct Check {
    /// The registry file.
    pub(crate) registry: PathBuf,
    /// HAR files, or files with response heads; standard input if there are none.
    pub(crate) files: Vec<PathBuf>,
    /// The visitor grants these categories and services, separated by commas; `all` grants all.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub(crate) consent: Option<Vec<String>>,
    /// The visitor refuses these; `all` refuses every category that asks.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub(crate) refuse: Option<Vec<String>>,
    /// The request's `Cookie` header, "name=value; …"; may be repeated.
    #[arg(long = "cookie", value_name = "LINE")]
    pub(crate) cookies: Vec<std::ffi::OsString>,
    /// Leaves the heads as they are, and only reports.
    #[arg(long)]
    pub(crate) report_only: bool,
    /// Prints the verdicts as JSON, one object for each response.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Says whether visitors have to be asked again.
///
/// Compares a registry with the one that visitors chose under. They have to be asked again where a
/// grant would cover what they were not asked about: a new category, service or cookie, one that
/// moved, another basis, another provider. Another `version` asks them. Purposes and lifetimes are
/// not compared: whoever changes one in substance gives the registry another version.
///
/// In a repository, the shell hands over the older registry:
///
/// `cookie-consent check-version <(git show HEAD:cookies.toml) cookies.toml`
///
/// The exit code is 0 if the version serves, 1 if visitors have to be asked again and the version is
/// the same, 2 for wrong usage or a registry with errors.
#[derive(Args)]
pub(crate) struct CheckVersion {
    /// The registry file that visitors chose under.
    pub(crate) old: PathBuf,
    /// The registry file that is to follow it.
    pub(crate) new: PathBuf,
    /// Prints one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Drafts a registry file from what responses set.
///
/// The draft declares every cookie that the responses set: what is known of frameworks and
/// well-known services in a category of its purpose, all else in one called `unsorted`. It holds no
/// values. Read every line of it before you use it.
#[derive(Args)]
pub(crate) struct Draft {
    /// HAR files, or files with response heads; standard input if there are none.
    pub(crate) files: Vec<PathBuf>,
    /// A registry file to add to; what stands in it stays as it is written.
    #[arg(long, value_name = "FILE")]
    pub(crate) registry: Option<PathBuf>,
    /// A copy of the Open Cookie Database (`open-cookie-database.csv`), which knows the purpose and
    /// the provider of many cookies.
    #[arg(long, value_name = "CSV")]
    pub(crate) database: Option<PathBuf>,
}

/// Prints the policy page of a registry, for a static site.
///
/// It is one HTML file, with its style in it: every category, service and cookie, with purposes,
/// providers and longest lifetimes. It asks nobody, and is the same for every visitor.
#[derive(Args)]
pub(crate) struct Page {
    /// The registry file.
    pub(crate) registry: PathBuf,
    /// The language of the page, such as `fr`.
    #[arg(long, default_value = "en")]
    pub(crate) lang: String,
    /// The language of the registry's texts where they say none; where the page is in another one, they
    /// are marked with it.
    #[arg(long, value_name = "LANG")]
    pub(crate) texts_in: Option<String>,
}

/// Prints a registry as a table.
#[derive(Args)]
pub(crate) struct Show {
    /// The registry file.
    pub(crate) registry: PathBuf,
    /// The language of texts and lifetimes, such as `fr`.
    #[arg(long, default_value = "en")]
    pub(crate) lang: String,
    /// Prints JSON, one object for each cookie.
    #[arg(long)]
    pub(crate) json: bool,
}
