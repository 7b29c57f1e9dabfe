//! Reads Didomi's `didomi_token`, Base64 of a JSON object with the purposes and vendors that the
//! visitor granted or refused, and a TC string for the purposes of the IAB.
//!
//! The ids are the names of purposes, and `vendor:google` for vendors. A token without both lists,
//! or without a version, was written before any choice, whatever the TC string says.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Deserialize;

use crate::choice::Choice;
use crate::cmp::formats::tcf;
use crate::cmp::json::{self, Str};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::{percent, time};

/// Tokens exist with padding and without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    let token = reader.carries();
    let string = |name: &[u8]| name == b"euconsent-v2";
    tcf::choice_beside(reader, token, string, |value, string, statement| {
        string.inspect(|string| string.decide(statement));
        read_token(value, statement)
    })
}

#[derive(Deserialize)]
struct Token<'a> {
    #[serde(borrow)]
    created: Option<Str<'a>>,
    updated: Option<Str<'a>>,
    /// The version of the token's format; it is `null` before any choice.
    version: Option<u64>,
    purposes: Option<Decisions<'a>>,
    vendors: Option<Decisions<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Decisions<'a> {
    #[serde(borrow)]
    enabled: Vec<Str<'a>>,
    disabled: Vec<Str<'a>>,
}

fn read_token(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = BASE64.decode(percent::decode(value)?).ok()?;
    let token: Token<'_> = json::parse(&json)?;
    if token.version != Some(2) || (token.purposes.is_none() && token.vendors.is_none()) {
        return None;
    }
    statement.made_at(time::iso(&token.updated.or(token.created)?.0)?);
    if let Some(purposes) = token.purposes {
        purposes.enabled.iter().for_each(|Str(id)| statement.decide(id, true));
        purposes.disabled.iter().for_each(|Str(id)| statement.decide(id, false));
    }
    if let Some(vendors) = token.vendors {
        let vendor = |Str(id): &Str<'_>| ["vendor:", id].concat();
        vendors.enabled.iter().for_each(|id| statement.decide(&vendor(id), true));
        vendors.disabled.iter().for_each(|id| statement.decide(&vendor(id), false));
    }
    Some(())
}
