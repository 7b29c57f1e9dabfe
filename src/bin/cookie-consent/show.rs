//! The command `show`, which prints a registry as a table.

use std::io::{self, Write};

use serde::Serialize;
use tower_cookie_consent::registry::{DeclarationRef, Language, MaxLifetime, Text};

use crate::Error;
use crate::arguments::Show;
use crate::input;
use crate::output::write_columns;

/// A cookie, as it is printed.
#[derive(Serialize)]
struct Row {
    cookie: String,
    category: String,
    basis: &'static str,
    service: Option<String>,
    lifetime: Option<String>,
    purpose: Option<String>,
}

pub(crate) fn run(arguments: &Show, output: &mut impl Write) -> Result<(), Error> {
    let registry = input::registry(&arguments.registry)?;
    let lang = arguments.lang.as_str();
    let row = |cookie: DeclarationRef<'_>| Row {
        cookie: cookie.name().to_owned(),
        category: titled(cookie.category().title(), cookie.category().id(), lang),
        basis: cookie.category().basis().as_str(),
        service: cookie.service().map(|service| titled(service.title(), service.id(), lang)),
        lifetime: cookie.max_lifetime().map(|longest| lifetime(longest, lang)),
        purpose: cookie.effective_purpose().map(|purpose| purpose.get(lang).to_owned()),
    };
    let rows: Vec<Row> = registry.declarations().map(row).collect();
    if arguments.json {
        for row in &rows {
            serde_json::to_writer(&mut *output, row)?;
            writeln!(output)?;
        }
    } else {
        write_table(&rows, output)?;
    }
    Ok(())
}

fn titled(title: Option<&Text>, id: &str, lang: &str) -> String {
    title.map_or_else(|| id.to_owned(), |title| title.get(lang).to_owned())
}

/// Returns the lifetime in the language of the texts, or in English if lifetimes are not printed in
/// that language.
fn lifetime(longest: MaxLifetime, lang: &str) -> String {
    match lang.parse::<Language>() {
        Ok(language) => longest.display_in(language).to_string(),
        Err(_) => longest.to_string(),
    }
}

fn write_table(rows: &[Row], output: &mut impl Write) -> io::Result<()> {
    let titles =
        ["COOKIE", "CATEGORY", "BASIS", "SERVICE", "LIFETIME", "PURPOSE"].map(str::to_owned);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let cells = rows.iter().map(|row| {
        let Row { cookie, category, basis, service, lifetime, purpose } = row;
        let basis = (*basis).to_owned();
        [cookie.clone(), category.clone(), basis, text(service), text(lifetime), text(purpose)]
    });
    let lines: Vec<[String; 6]> = [titles].into_iter().chain(cells).collect();
    write_columns(&lines, "", output)
}
