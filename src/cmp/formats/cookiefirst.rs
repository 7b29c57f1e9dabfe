//! Reads CookieFirst's JSON object, which has a member for each category or, if the site asks for
//! services, for each service.

use crate::choice::Choice;
use crate::cmp::json::{Json, Object, Value};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::time;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = Json::of(value);
    let mut answered = false;
    for (key, value) in json.read::<Object<'_, Value<'_>>>()?.iter() {
        match (key, value) {
            ("timestamp", Value::Whole(seconds)) => {
                statement.made_at(time::seconds(seconds.number)?);
            }
            ("timestamp", Value::Text(text)) => statement.made_at(time::iso(text)?),
            ("timestamp", _) => return None,
            ("version", version) => statement.revision(version.as_text()?),
            (id, Value::Bool(granted)) => {
                statement.decide(id, *granted);
                answered = true;
            }
            _ => {}
        }
    }
    // A category that is missing was refused.
    statement.refuse_rest();
    answered.then_some(())
}
