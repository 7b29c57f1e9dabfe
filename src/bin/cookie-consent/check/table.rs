//! Prints what the policy did to one response.

use std::io::{self, Write};

use tower_cookie_consent::{Escaped, Verdict};

use super::verdicts::{Findings, Judged};
use crate::output::write_columns;

/// Writes one line of JSON.
pub(crate) fn write_json(findings: &Findings, output: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *output, findings)?;
    writeln!(output)
}

/// Writes a table with aligned columns.
pub(crate) fn write_table(findings: &Findings, output: &mut impl Write) -> io::Result<()> {
    let head = shown(&findings.head);
    if findings.entries.is_empty() {
        return writeln!(output, "{head}: no Set-Cookie");
    }
    writeln!(output, "{head}: {}", summary(findings))?;
    let titles = ["VERDICT", "COOKIE", "CATEGORY", "WHY"].map(str::to_owned);
    let rows: Vec<_> = [titles].into_iter().chain(findings.entries.iter().map(cells)).collect();
    write_columns(&rows, "  ", output)
}

fn summary(findings: &Findings) -> String {
    let (kept, capped) = (findings.count(Verdict::is_keep), findings.count(Verdict::is_cap));
    let stripped = findings.entries.len() - kept - capped;
    let only = if findings.report_only { " (only reported)" } else { "" };
    format!("{kept} kept, {capped} capped, {stripped} stripped{only}")
}

/// Returns the cells of a row: verdict, cookie, category and reason.
fn cells(judged: &Judged) -> [String; 4] {
    match judged {
        Judged::ByPolicy(entry) => {
            let verdict = entry.verdict();
            let text = verdict.to_string();
            let why = text.split_once(": ").map_or("", |(_, why)| why);
            let place = [entry.category(), entry.service()].into_iter().flatten();
            let place = place.collect::<Vec<_>>().join("/");
            [verdict.as_str().to_owned(), shown(entry.name()), place, why.to_owned()]
        }
        Judged::Unreadable { name, verdict, .. } => {
            let why = "it holds control characters: no browser stores it".to_owned();
            [(*verdict).to_owned(), shown(name), String::new(), why]
        }
    }
}

/// Returns a name that does no harm to a terminal.
fn shown(name: &str) -> String {
    if name.is_empty() { "(no name)".to_owned() } else { Escaped(name).to_string() }
}
