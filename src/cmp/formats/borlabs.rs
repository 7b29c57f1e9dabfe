//! Reads Borlabs Cookie's JSON object with the granted services of each group.
//!
//! A group that is not listed was refused.

use std::borrow::Cow;

use crate::choice::Choice;
use crate::cmp::json::{Json, Object, Value, objects};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

objects! {
    struct Cookie<'a> {
        "consents" => consents: Object<'a, Vec<Cow<'a, str>>>,
        /// This has been a number since version 3, and was a text before.
        "version" => version: Option<Value<'a>>,
    }
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = Json::of(value);
    let cookie: Cookie<'_> = json.read()?;
    if let Some(version) = cookie.version {
        statement.revision(version.as_text()?);
    }
    for (group, services) in cookie.consents.iter().filter(|(_, services)| !services.is_empty()) {
        for service in services {
            statement.grant_service(group, service);
        }
        statement.decide(group, true);
        statement.itemize(group);
    }
    statement.refuse_rest();
    Some(())
}
