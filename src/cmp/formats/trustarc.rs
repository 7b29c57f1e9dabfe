//! Reads TrustArc's cookie `notice_gdpr_prefs`: the numbers of the granted categories, then a sum
//! and the way in which the site asked, separated by `:`.
//!
//! `0` is required, `1` functional and `2` advertising, unless the site has other categories. If
//! consent was `implied`, nothing is granted, and of `1` and `2` those that are missing were
//! refused. The way in which the site asked is also in `notice_behavior`. Grants count only if at
//! least one of the two places states it, and if each that does says `expressed`. If only some say so, what was not
//! granted is refused all the same. The cookie exists
//! only after a decision, as copies of the vendor's script in public repositories show, and as
//! <https://docs.tealium.com/consent/client-side/consent-integrations/supported-vendors/> reads it.

use crate::choice::Choice;
use crate::cmp::percent;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(|value, statement| read(value, reader, statement))
}

fn read(value: &[u8], reader: &Reader<'_>, statement: &mut Statement<'_>) -> Option<()> {
    let text = percent::decode_text(value)?;
    let mut fields = text.split(':');
    let levels: Vec<&str> = fields.next()?.split([',', '|']).collect();
    let is_number = |level: &&str| !level.is_empty() && level.bytes().all(|b| b.is_ascii_digit());
    if !levels.iter().all(is_number) {
        return None;
    }
    let stated = fields.nth(1).filter(|behavior| !behavior.is_empty()).map(str::as_bytes);
    let beside = reader.cookie(b"notice_behavior");
    let (mut some, mut all) = (false, true);
    for behavior in stated.into_iter().chain(beside) {
        let is_expressed = behavior.starts_with(b"expressed");
        some |= is_expressed;
        all &= is_expressed;
    }
    if !(some && all) {
        statement.only_object();
    }
    if some {
        for level in levels {
            statement.decide(level, true);
        }
        statement.refuse_rest();
        return Some(());
    }
    if levels == ["0"] {
        statement.decide_all(false);
    }
    for level in ["1", "2"].into_iter().filter(|level| !levels.contains(level)) {
        statement.decide(level, false);
    }
    Some(())
}
