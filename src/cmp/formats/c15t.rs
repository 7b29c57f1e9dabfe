//! Reads c15t's list of `key:value`, in which `c.` begins categories, and `i.` further facts about
//! the choice.
//!
//! A granted category is `1`. A refused one is left out, or is `0` in cookies of older versions. An
//! answer always grants `necessary`. Without it, the cookie only identifies the visitor, and
//! contains no choice. The format is that of `libs/cookie` in <https://www.npmjs.com/package/c15t>
//! 2.2.1 and in <https://github.com/c15t/c15t>.

use crate::choice::Choice;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::{number, percent, time, words};

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    // c15t does not encode its colons, but servers that set the cookie for it do.
    let text = if value.contains(&b':') {
        std::str::from_utf8(value).ok()?.into()
    } else {
        percent::decode_text(value)?
    };
    let (mut is_answer, mut is_timed) = (false, false);
    for pair in words::split_text(&text, b',') {
        let Some((key, word)) = words::split_once(pair, b':') else {
            // The site's own id of a visitor may contain a comma. c15t passes over what is behind it, too.
            if pair.starts_with("c.") {
                return None;
            }
            continue;
        };
        match (words::split_once(key, b'.'), word) {
            (Some(("c", category)), "1") => {
                statement.decide(category, true);
                is_answer |= category == "necessary";
            }
            (Some(("c", category)), "0") => statement.decide(category, false),
            (Some(("c", _)), _) => return None,
            (Some(("i", "t")), millis) => {
                statement.made_at(time::millis(number::whole(millis)?)?);
                is_timed = true;
            }
            _ => {}
        }
    }
    statement.refuse_rest();
    (is_answer && is_timed).then_some(())
}
