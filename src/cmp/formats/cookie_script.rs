//! Reads CookieScript's JSON object with the button that was clicked and the granted categories.
//!
//! Before an answer there is no `action`, and `close` is not an answer. The categories are a list
//! or, in most versions, a text that contains a list. An acceptance without categories does not say
//! what was accepted. The members come from captures in public repositories, and from plugins there
//! that read them.

use std::borrow::Cow;

use crate::choice::Choice;
use crate::cmp::json::{self, Cursor, FromJson, Json, Whole, objects};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::time;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

objects! {
    struct Cookie<'a> {
        "action" => action: Cow<'a, str>,
        "categories" => categories: Option<Categories<'a>>,
        /// The time is in seconds.
        "consenttime" => consenttime: Option<Whole<'a>>,
    }
}

enum Categories<'a> {
    Text(Cow<'a, str>),
    List(Vec<Cow<'a, str>>),
}

impl<'a> FromJson<'a> for Categories<'a> {
    fn from_json(json: &mut Cursor<'a>) -> Option<Self> {
        match json.peek() {
            b'"' => json.text().map(Categories::Text),
            _ => Vec::from_json(json).map(Categories::List),
        }
    }
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = Json::of(value);
    let cookie: Cookie<'_> = json.read()?;
    if let Some(seconds) = cookie.consenttime {
        statement.made_at(time::seconds(seconds.number)?);
    }
    statement.refuse_rest();
    match &*cookie.action {
        "reject" => return Some(()),
        "accept" => {}
        _ => return None,
    }
    let grant = |category: &Cow<'_, str>| statement.decide(category, true);
    match cookie.categories? {
        Categories::List(list) => list.iter().for_each(grant),
        Categories::Text(text) => {
            json::parse::<Vec<Cow<'_, str>>>(text.as_bytes())?.iter().for_each(grant);
        }
    }
    Some(())
}
