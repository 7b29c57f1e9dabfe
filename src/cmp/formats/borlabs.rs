//! Borlabs Cookie: a JSON object with the granted services of each group.
//!
//! A group that is not listed was refused.

use serde::Deserialize;

use crate::cmp::format::Format;
use crate::cmp::json;
use crate::cmp::json::{Object, Value};
use crate::cmp::statement::Statement;

pub(crate) const FORMAT: Format = Format {
    owns: |name| name.starts_with(NAME),
    read: |reader| reader.choice(|name| name == NAME, read),
};

const NAME: &[u8] = b"borlabs-cookie";

#[derive(Deserialize)]
struct Cookie {
    consents: Object<Vec<String>>,
    /// A number since version 3, a text before.
    version: Option<Value>,
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let cookie: Cookie = json::read(value)?;
    if let Some(version) = cookie.version {
        statement.revision(&version.to_text()?);
    }
    let Object(groups) = &cookie.consents;
    for service in groups.values().flatten() {
        statement.decide(service, true);
    }
    for (group, services) in groups {
        if services.is_empty() {
            continue;
        }
        statement.decide(group, true);
        statement.itemize(group);
    }
    statement.refuse_rest();
    Some(())
}
