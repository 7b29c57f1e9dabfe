//! Reads CookieScript's JSON object with the button that was clicked and the granted categories.
//!
//! Before an answer there is no `action`, and `close` is not an answer. The categories are a list
//! or, in most versions, a text that contains a list. An acceptance without categories does not say
//! what was accepted. The members come from captures in public repositories, and from plugins there
//! that read them.

use std::borrow::Cow;

use serde::Deserialize;

use crate::choice::Choice;
use crate::cmp::json::{self, Str};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::time;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

#[derive(Deserialize)]
struct Cookie<'a> {
    #[serde(borrow)]
    action: Str<'a>,
    categories: Option<Categories<'a>>,
    /// The time is in seconds.
    consenttime: Option<u64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Categories<'a> {
    Text(#[serde(borrow)] Cow<'a, str>),
    List(Vec<Str<'a>>),
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = json::decode(value)?;
    let cookie: Cookie<'_> = json::parse(&json)?;
    if let Some(seconds) = cookie.consenttime {
        statement.made_at(time::seconds(seconds)?);
    }
    statement.refuse_rest();
    match &*cookie.action.0 {
        "reject" => return Some(()),
        "accept" => {}
        _ => return None,
    }
    let grant = |Str(category): &Str<'_>| statement.decide(category, true);
    match cookie.categories? {
        Categories::List(list) => list.iter().for_each(grant),
        Categories::Text(text) => {
            json::parse::<Vec<Str<'_>>>(text.as_bytes())?.iter().for_each(grant);
        }
    }
    Some(())
}
