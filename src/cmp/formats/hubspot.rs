//! Reads the cookie of HubSpot's banner: a list of `number:word` with `true` or `false`, joined by
//! `,` or `_`.
//!
//! `1` is analytics, `2` advertisement, `3` functionality. A banner without categories writes
//! `__hs_opt_out` instead: `yes` refuses everything, and `no` may only mean that a notice was
//! closed. HubSpot lists both in "What cookies does HubSpot set in a visitor's browser?"
//! (<https://knowledge.hubspot.com>). Scripts in public repositories that read or write the list
//! agree on the numbers.

use crate::choice::Choice;
use crate::cmp::percent;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    let opt_out = |name: &[u8]| name == b"__hs_opt_out";
    reader.with_objections(reader.choice(read), opt_out, |value, statement| {
        statement.only_object();
        (value == b"yes").then(|| statement.decide_all(false))
    })
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    for pair in percent::decode_text(value)?.split([',', '_']) {
        match pair.split_once(':')? {
            ("", _) => return None,
            (category, "true") => statement.decide(category, true),
            (category, "false") => statement.decide(category, false),
            _ => return None,
        }
    }
    Some(())
}
