//! Reads Complianz's cookies: one for each category, with `allow` or `deny`, and one with the state
//! of the banner.
//!
//! Before an answer, or without a banner, Complianz allows everything that needs no consent: all
//! categories if no law demands consent, and statistics if the site has set them to be exempt. The
//! banner can also be closed without an answer. So the cookies are a choice only if the banner was
//! dismissed, and if more than statistics are granted. A `deny` is always the visitor's own. It stays one
//! while the visitor has the banner open again, when its state is `show`. The category that Complianz calls functional
//! is necessary. `cmplz_policy_id` is the revision, and `cmplz_consented_services` names services
//! that were allowed one by one.

use crate::choice::Choice;
use crate::cmp::json::{Json, Object};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;

/// The second prefix is that of the main site of a WordPress network, whose cookies are sent to the
/// other sites too.
const PREFIXES: [&[u8]; 2] = [b"cmplz_", b"cmplz_rt_"];

const CATEGORIES: [&str; 4] = ["functional", "preferences", "statistics", "marketing"];

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice_of_versions(PREFIXES.map(|prefix| {
        let mut facts = facts(reader, prefix).peekable();
        facts.peek()?;
        Some(reader.joint_choice(|statement| {
            read(facts, statement);
            Some(())
        }))
    }))
}

/// Returns the names without the prefix, and the values.
fn facts<'a>(
    reader: &Reader<'a>,
    prefix: &'static [u8],
) -> impl Iterator<Item = (&'a str, &'a [u8])> + use<'a> {
    reader.cookies.iter().filter_map(move |&(name, value)| {
        let fact = std::str::from_utf8(name.strip_prefix(prefix)?).ok()?;
        // One prefix is the beginning of the other.
        (!fact.starts_with("rt_")).then_some((fact, value))
    })
}

fn read<'a>(facts: impl Iterator<Item = (&'a str, &'a [u8])>, statement: &mut Statement<'_>) {
    let (mut is_dismissed, mut is_answered) = (false, false);
    // While the banner is open, or beside a cookie that cannot be read, only refusals count.
    for (fact, value) in facts {
        match fact {
            "banner-status" if value == b"dismissed" => is_dismissed = true,
            "banner-status" => statement.only_object(),
            "policy_id" => statement.revision(&String::from_utf8_lossy(value)),
            "consented_services" if !value.is_empty() => {
                let json = Json::of(value);
                match json.read::<Object<'_, bool>>() {
                    Some(services) => {
                        for (service, granted) in services.iter() {
                            statement.decide(service, *granted);
                        }
                    }
                    None => statement.only_object(),
                }
            }
            category if CATEGORIES.contains(&category) => match allows(value) {
                Some(granted) => {
                    statement.decide(category, granted);
                    is_answered |= category != "statistics" || !granted;
                }
                None => statement.only_object(),
            },
            _ => {}
        }
    }
    if !is_dismissed || !is_answered {
        statement.only_object();
    }
}

fn allows(value: &[u8]) -> Option<bool> {
    match value {
        b"allow" => Some(true),
        b"deny" => Some(false),
        _ => None,
    }
}
