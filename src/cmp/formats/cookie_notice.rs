//! Cookie Notice by Hu-manity: `cookie_notice_accepted` is `true` or `false`.
//!
//! One switch for everything, called `all`. Connected to its service, the plugin writes `hu-consent`
//! instead, a JSON object with `consent`.

use serde::Deserialize;

use crate::choice::Choice;
use crate::cmp::json;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

#[derive(Deserialize)]
struct Connected {
    consent: bool,
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    statement.decide_all(match value {
        b"true" => true,
        b"false" => false,
        json => json::parse::<Connected>(&json::decode(json)?)?.consent,
    });
    Some(())
}
