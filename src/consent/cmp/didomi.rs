//! Didomi: `didomi_token`, Base64 of a JSON object with the purposes and vendors that the visitor
//! granted or refused, and a TC string for the purposes of the IAB.
//!
//! Purposes go by their names, vendors as `vendor:google`. A token that has lists of neither, or no
//! version, was written before any choice, whatever the TC string says.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Deserialize;

use super::reader::Reader;
use super::statement::Statement;
use super::tcf::TcString;
use super::{Choice, Format, json, percent, tcf, time};

pub(super) const FORMAT: Format = Format {
    owns: |name| matches!(name, b"didomi_token" | b"didomi_dcs" | b"euconsent-v2"),
    usual: tcf::FORMAT.usual,
    read,
};

/// With padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

fn read(reader: &Reader<'_>) -> Choice {
    let named = reader.source.cookie_name().map_or(&b"didomi_token"[..], str::as_bytes);
    let string = |name: &[u8]| name == b"euconsent-v2";
    // Read once, whatever copies there are of either.
    let strings: Option<Vec<_>> = reader.values(string).map(TcString::parse).collect();
    let Some(strings) = strings else { return reader.undecided() };
    let string_choice = || reader.choice_in(string, tcf::read);
    let string = strings.into_iter().reduce(TcString::and);
    let choice = reader.choice_in(
        |name| name == named,
        |value, statement| {
            string.inspect(|string| string.decide(statement));
            read_token(value, statement)
        },
    );
    choice.or_else(string_choice).unwrap_or_else(|| reader.undecided())
}

#[derive(Deserialize)]
struct Token {
    created: Option<String>,
    updated: Option<String>,
    /// Of the token's format; `null` before any choice.
    version: Option<u64>,
    purposes: Option<Decisions>,
    vendors: Option<Decisions>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Decisions {
    enabled: Vec<String>,
    disabled: Vec<String>,
}

fn read_token(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = BASE64.decode(percent::decode(value)?).ok()?;
    let token: Token = json::parse(&json)?;
    if token.version != Some(2) || (token.purposes.is_none() && token.vendors.is_none()) {
        return None;
    }
    statement.made_at(time::iso(&token.updated.or(token.created)?)?);
    if let Some(purposes) = token.purposes {
        purposes.enabled.iter().for_each(|id| statement.decide(id, true));
        purposes.disabled.iter().for_each(|id| statement.decide(id, false));
    }
    if let Some(vendors) = token.vendors {
        let vendor = |id: &String| format!("vendor:{id}");
        vendors.enabled.iter().for_each(|id| statement.decide(&vendor(id), true));
        vendors.disabled.iter().for_each(|id| statement.decide(&vendor(id), false));
    }
    Some(())
}
