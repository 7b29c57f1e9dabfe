//! Reads Didomi's `didomi_token`, Base64 of a JSON object with the purposes and vendors that the
//! visitor granted or refused, and a TC string for the purposes of the IAB.
//!
//! The ids are the names of purposes, and `vendor:google` for vendors. A token without both lists,
//! or without a version, was written before any choice, whatever the TC string says.

use std::borrow::Cow;

use crate::choice::Choice;
use crate::cmp::formats::tcf;
use crate::cmp::json::{self, Cursor, FromJson, Number, objects};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::{base64, time};

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    let token = reader.carries();
    let string = |name: &[u8]| name == b"euconsent-v2";
    tcf::choice_beside(reader, token, string, |value, string, statement| {
        string.inspect(|string| string.decide(statement));
        read_token(value, statement)
    })
}

objects! {
    struct Token<'a> {
        "created" => created: Option<Cow<'a, str>>,
        "updated" => updated: Option<Cow<'a, str>>,
        /// The version of the token's format; it is `null` before any choice.
        "version" => version: Option<Number<'a>>,
        "purposes" => purposes: Option<Decisions<'a>>,
        "vendors" => vendors: Option<Decisions<'a>>,
    }

    /// A list that is missing is empty.
    struct Decisions<'a> {
        "enabled" => enabled: List<'a>,
        "disabled" => disabled: List<'a>,
    }
}

#[derive(Default)]
struct List<'a>(Vec<Cow<'a, str>>);

impl<'a> FromJson<'a> for List<'a> {
    fn from_json(json: &mut Cursor<'a>) -> Option<Self> {
        Vec::from_json(json).map(List)
    }

    fn missing() -> Option<Self> {
        Some(List::default())
    }
}

fn read_token(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = base64::decode(value)?;
    let token: Token<'_> = json::parse(&json)?;
    if token.version.is_none_or(|version| version.0 != "2")
        || (token.purposes.is_none() && token.vendors.is_none())
    {
        return None;
    }
    statement.made_at(time::iso(&token.updated.or(token.created)?)?);
    if let Some(purposes) = token.purposes {
        purposes.enabled.0.iter().for_each(|id| statement.decide(id, true));
        purposes.disabled.0.iter().for_each(|id| statement.decide(id, false));
    }
    if let Some(vendors) = token.vendors {
        let vendor = |id: &Cow<'_, str>| ["vendor:", id].concat();
        vendors.enabled.0.iter().for_each(|id| statement.decide(&vendor(id), true));
        vendors.disabled.0.iter().for_each(|id| statement.decide(&vendor(id), false));
    }
    Some(())
}
