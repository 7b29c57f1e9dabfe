//! The command `draft`, which makes a registry file from what responses set.

use std::io::Write;
use std::path::Path;

use tower_cookie_consent::draft::Draft;

use crate::Error;
use crate::arguments;
use crate::database::Database;
use crate::har;
use crate::head::Heads;
use crate::input::{self, Input};
use crate::line::Line;

pub(crate) fn run(
    arguments: &arguments::Draft,
    stdout: &mut impl Write,
    stderr: &mut impl Write,
) -> Result<(), Error> {
    let existing = arguments.registry.as_deref().map(input::text).transpose()?.unwrap_or_default();
    let database = arguments.database.as_deref().map(Database::read).transpose()?;
    let draft = Draft::new();
    if arguments.files.is_empty() {
        record(&draft, None, stderr)?;
    }
    for (index, path) in arguments.files.iter().enumerate() {
        input::tell_progress(stderr, index + 1, arguments.files.len(), path);
        record(&draft, Some(path), stderr)?;
    }
    let file = draft.registry_file(&existing).map_err(|error| match &arguments.registry {
        Some(path) => format!("{}:\n{error}", path.display()),
        None => error.to_string(),
    })?;
    let file = match database {
        Some(database) => database.sort(&file)?,
        None => file,
    };
    stdout.write_all(file.as_bytes())?;
    Ok(())
}

/// Records the responses of a file, or of standard input.
fn record(draft: &Draft, path: Option<&Path>, stderr: &mut impl Write) -> Result<(), Error> {
    match input::open(path)? {
        Input::Har(exchanges) => {
            if let Some(missing) = har::missing(&exchanges) {
                // The draft is made all the same, and an error here is not worth failing for.
                let _ = writeln!(stderr, "cookie-consent: {}: {missing}", input::name(path));
            }
            for exchange in exchanges {
                for line in &exchange.set_cookies {
                    draft.record(&exchange.path, line, exchange.date.as_deref());
                }
            }
        }
        Input::Heads(input) => {
            let mut heads = Heads::new(input);
            let name = input::name(path);
            let mut next = heads.first()?;
            if next.is_none() {
                return Err(format!("{name}: it holds no response head and is no HAR file").into());
            }
            while let Some(head) = next {
                let date = head.date();
                let fields = head.lines.iter().filter_map(Line::field);
                for field in fields.filter(|field| field.is("set-cookie")) {
                    draft.record(&name, &field.value, date.as_deref());
                }
                next = heads.after(&head)?;
            }
        }
    }
    Ok(())
}
