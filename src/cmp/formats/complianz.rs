//! Complianz: a cookie for each category, `allow` or `deny`.
//!
//! No cookie of a category means no choice, whatever `cmplz_banner-status` says. What Complianz
//! calls functional is necessary. `cmplz_policy_id` is the revision, and `cmplz_consented_services`
//! names services that were allowed one by one.

use crate::choice::Choice;
use crate::cmp::json;
use crate::cmp::json::Object;
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.joint_choice(|statement| read(reader, statement))
}

const CATEGORIES: [&[u8]; 4] = [b"functional", b"preferences", b"statistics", b"marketing"];

/// A name without the CMP's prefix; that of a network's main site is longer.
fn fact(name: &[u8]) -> Option<&[u8]> {
    name.strip_prefix(b"cmplz_rt_").or_else(|| name.strip_prefix(b"cmplz_"))
}

fn read(reader: &Reader<'_>, statement: &mut Statement<'_>) -> Option<()> {
    let mut answered = false;
    for (name, value) in reader.request.cookies() {
        let Some(fact) = fact(name) else { continue };
        if CATEGORIES.contains(&fact) {
            let granted = match value {
                b"allow" => true,
                b"deny" => false,
                _ => return None,
            };
            statement.decide(std::str::from_utf8(fact).ok()?, granted);
            answered = true;
        } else if fact == b"policy_id" {
            statement.revision(std::str::from_utf8(value).ok()?);
        } else if fact == b"consented_services" && !value.is_empty() {
            let json = json::decode(value)?;
            for (service, granted) in json::parse::<Object<'_, bool>>(&json)?.iter() {
                statement.decide(service, *granted);
            }
        }
    }
    answered.then_some(())
}
