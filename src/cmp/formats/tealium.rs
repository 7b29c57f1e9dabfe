//! Reads Tealium iQ's list of `key:word`, joined by `|`, with the answer, its time and the
//! categories `c1` to `c15`, whose ids here are their names.
//!
//! If the site has no prompt, the script writes its default for all categories as the page loads,
//! with `consent` and a time, as if the visitor had given the same answer to all. So a choice is
//! either `consent` without categories, as the prompt writes it, or categories that differ. If all
//! categories were refused, they are refused, but the visitor stays undecided. If all were granted,
//! that says nothing. `dns` is an objection to the sale of data. The format is that of
//! <https://docs.tealium.com/platforms/javascript/api/gdpr-functions/>. The script's own behaviour
//! was read in copies of it in public repositories.

use crate::choice::Choice;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::{number, percent, time, words};

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

/// The names of `c1` to `c15`, as on the vendor's page.
const CATEGORIES: [&str; 15] = [
    "analytics",
    "affiliates",
    "display_ads",
    "search",
    "email",
    "personalization",
    "social",
    "big_data",
    "misc",
    "cookiematch",
    "cdp",
    "mobile",
    "engagement",
    "monitoring",
    "crm",
];

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let text = percent::decode_text(value)?;
    let mut consent = None;
    let (mut is_timed, mut objects) = (false, false);
    let (mut granted, mut refused) = (0_u16, 0_u16);
    for pair in words::split_text(&text, b'|') {
        match words::split_once(pair, b':')? {
            ("consent", _) if consent.is_some() => return None,
            ("consent", word) => consent = Some(truth(word)?),
            ("ts", millis) => {
                statement.made_at(time::millis(number::whole(millis)?)?);
                is_timed = true;
            }
            ("dns", word) => objects |= truth(word)?,
            (key, word) => {
                let Some(at) = place(key) else { continue };
                let answers = match word {
                    "1" => &mut granted,
                    "0" => &mut refused,
                    _ => return None,
                };
                *answers |= 1 << at;
                statement.decide(CATEGORIES[at], word == "1");
            }
        }
    }
    if objects {
        statement.decide("sale", false);
    }
    match consent.filter(|_| is_timed && granted & refused == 0) {
        Some(answer) if granted | refused == 0 => {
            for category in CATEGORIES {
                statement.decide(category, answer);
            }
            statement.decide_all(answer);
        }
        Some(false) if granted > 0 => statement.decide_all(false),
        Some(true) if granted > 0 && refused > 0 => {}
        _ if !objects && refused == 0 => return None,
        _ => {
            statement.only_object();
            if granted == 0 && refused > 0 {
                statement.decide_all(false);
            }
        }
    }
    Some(())
}

fn truth(word: &str) -> Option<bool> {
    match word {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// Returns the index of a key's category among the names, or `None` if it is not a category.
fn place(key: &str) -> Option<usize> {
    let number = usize::try_from(number::whole(key.strip_prefix('c')?)?).ok()?;
    (1..=CATEGORIES.len()).contains(&number).then(|| number - 1)
}
