//! Reads Borlabs Cookie's JSON object with the granted services of each group.
//!
//! A group that is not listed was refused.

use serde::Deserialize;

use crate::choice::Choice;
use crate::cmp::json;
use crate::cmp::json::{Object, Str, Value};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

#[derive(Deserialize)]
struct Cookie<'a> {
    #[serde(borrow)]
    consents: Object<'a, Vec<Str<'a>>>,
    /// This has been a number since version 3, and was a text before.
    version: Option<Value<'a>>,
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = json::decode(value)?;
    let cookie: Cookie<'_> = json::parse(&json)?;
    if let Some(version) = cookie.version {
        statement.revision(&version.to_text()?);
    }
    for (group, services) in cookie.consents.iter().filter(|(_, services)| !services.is_empty()) {
        for Str(service) in services {
            statement.grant_service(group, service);
        }
        statement.decide(group, true);
        statement.itemize(group);
    }
    statement.refuse_rest();
    Some(())
}
