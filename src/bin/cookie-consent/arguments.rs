//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

/// Shows what a cookie policy does to responses, drafts a registry from them, prints one as a table
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
    /// Prints the completions for a shell.
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
/// enforced: lines that it does not allow are removed, lifetimes that are too long are replaced,
/// and every other byte stays the same, including the body. If several heads follow one another
/// (`curl -siL`), the policy is enforced on each of them. The verdicts go to standard error.
///
/// For a HAR file, which browsers' developer tools save, only the verdicts are printed, to standard
/// output.
///
/// The exit code is 0 if every `Set-Cookie` was kept, 1 if one was stripped or capped (or would be
/// without --report-only), and 2 for wrong usage, a registry with errors (all of them are listed)
/// or input that cannot be read.
#[derive(Args)]
pub(crate) struct Check {
    /// The registry file.
    pub(crate) registry: PathBuf,
    /// HAR files, or files with response heads. Without any, standard input is read.
    pub(crate) files: Vec<PathBuf>,
    /// The visitor grants these categories and services, separated by commas; `all` grants all.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub(crate) consent: Option<Vec<String>>,
    /// The visitor refuses these categories and services; `all` refuses every category that asks.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub(crate) refuse: Option<Vec<String>>,
    /// The request's `Cookie` header, such as "a=1; b=2"; may be repeated.
    #[arg(long = "cookie", value_name = "LINE")]
    pub(crate) cookies: Vec<std::ffi::OsString>,
    /// Only reports, and leaves the heads unchanged.
    #[arg(long)]
    pub(crate) report_only: bool,
    /// Prints the verdicts as JSON, one object for each response.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Says whether visitors have to be asked again.
///
/// Compares a registry with the one under which visitors chose. They have to be asked again if a
/// grant would cover something that they were not asked about: a new category, service or cookie,
/// one that moved, another basis, another provider. A new `version` asks them. Purposes and
/// lifetimes are not compared: if you change one in substance, give the registry a new version.
///
/// In a repository, the shell can pass the older registry:
///
/// `cookie-consent check-version <(git show HEAD:cookies.toml) cookies.toml`
///
/// The exit code is 0 if the version is right, 1 if visitors have to be asked again and the version
/// is the same, and 2 for wrong usage or a registry with errors.
#[derive(Args)]
pub(crate) struct CheckVersion {
    /// The registry file under which visitors chose.
    pub(crate) old: PathBuf,
    /// The registry file that replaces it.
    pub(crate) new: PathBuf,
    /// Prints one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Drafts a registry file from what responses set.
///
/// The draft declares every cookie that the responses set: cookies of well-known frameworks and
/// services in a category for their purpose, all others in a category called `unsorted`. It
/// contains no values. Read every line of it before you use it.
#[derive(Args)]
pub(crate) struct Draft {
    /// HAR files, or files with response heads. Without any, standard input is read.
    pub(crate) files: Vec<PathBuf>,
    /// A registry file to which the cookies are added; its contents stay as they are.
    #[arg(long, value_name = "FILE")]
    pub(crate) registry: Option<PathBuf>,
    /// A copy of the Open Cookie Database (`open-cookie-database.csv`), which has the purpose and
    /// the provider of many cookies.
    #[arg(long, value_name = "CSV")]
    pub(crate) database: Option<PathBuf>,
}

/// Prints the policy page of a registry, for a static site.
///
/// It is a single HTML file, including its style: every category, service and cookie, with
/// purposes, providers and longest lifetimes. It has no form, and is the same for every visitor.
#[derive(Args)]
pub(crate) struct Page {
    /// The registry file.
    pub(crate) registry: PathBuf,
    /// The language of the page, such as `fr`.
    #[arg(long, default_value = "en")]
    pub(crate) lang: String,
    /// The language of registry texts that state none; if the page is in another language, they are
    /// marked with theirs.
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
