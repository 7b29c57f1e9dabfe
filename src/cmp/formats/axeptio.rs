//! Reads Axeptio's cookies: a JSON object with each of the site's vendors, and two lists of
//! vendors.
//!
//! `$$completed` says whether the visitor answered. A vendor that is in the list of all vendors,
//! but not in that of the authorized ones, was refused. If the object is compressed, only the lists
//! are read.

use std::borrow::Cow;

use crate::choice::Choice;
use crate::cmp::json::{Json, Object, Value, objects};
use crate::cmp::reader::Reader;
use crate::cmp::sorted::Sorted;
use crate::cmp::statement::Statement;
use crate::cmp::{percent, time, words};

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    let compressed = |value: &[u8]| value.starts_with(b"lzc1.");
    let lists = reader.joint_choice(|statement| read_lists(reader, statement));
    if reader.carried().all(compressed) {
        return lists;
    }
    reader.with_refusals(reader.choice(read), &lists)
}

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let json = Json::of(value);
    let members: Object<'_, Value<'_>> = json.read()?;
    let Some(Value::Bool(true)) = members.get("$$completed") else { return None };
    if let Some(date) = members.get("$$date") {
        let Value::Text(date) = date else { return None };
        statement.made_at(time::iso(date)?);
    }
    if statement.requires_revision() {
        statement.revision(&json.read::<Versioned>()?.version.identifier);
    }
    for (vendor, decision) in members.iter() {
        if vendor.starts_with("$$") {
            continue;
        }
        let Value::Bool(granted) = decision else { return None };
        statement.decide(vendor, *granted);
    }
    Some(())
}

objects! {
    /// The site's name for its banner, and the id of the question that it asked.
    struct Versioned<'a> {
        "$$cookiesVersion" => version: Version<'a>,
    }

    struct Version<'a> {
        "identifier" => identifier: Cow<'a, str>,
    }
}

/// Combines all copies of the lists: a vendor is authorized if every copy of that list has it. A copy that
/// cannot be read takes the grants back, and leaves what the others refuse.
fn read_lists(reader: &Reader<'_>, statement: &mut Statement<'_>) -> Option<()> {
    let mut lists = |name| -> Vec<_> {
        let copies = reader.cookie(name).map(percent::decode_text);
        let copies = copies.inspect(|list| {
            if list.is_none() {
                statement.only_object();
            }
        });
        copies.flatten().collect()
    };
    let authorized = lists(b"axeptio_authorized_vendors");
    let all = lists(b"axeptio_all_vendors");
    let authorized = authorized.iter().map(|list| vendors(list).collect::<Sorted<_>>());
    let authorized = authorized.reduce(|one, other| one.and(&other))?;
    let mut answered = false;
    for vendor in all.iter().flat_map(|list| vendors(list)) {
        statement.decide(vendor, authorized.contains(&vendor));
        answered = true;
    }
    answered.then_some(())
}

fn vendors(list: &str) -> impl Iterator<Item = &str> {
    words::split_text(list, b',').filter(|vendor| !vendor.is_empty())
}
