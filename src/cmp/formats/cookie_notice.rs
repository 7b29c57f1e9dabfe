//! Cookie Notice by Hu-manity: `cookie_notice_accepted` is `true` or `false`.
//!
//! One switch for everything, called `all`. Connected to its service, the plugin writes `hu-consent`
//! instead, a JSON object with `consent`.

use serde::Deserialize;

use crate::cmp::format::Format;
use crate::cmp::json;
use crate::cmp::statement::Statement;

pub(crate) const FORMAT: Format = Format {
    owns: |name| name == b"cookie_notice_accepted" || name == b"hu-consent",
    read: |reader| reader.choice(FORMAT.owns, read),
};

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
