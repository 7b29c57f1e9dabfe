//! Axeptio: a JSON object with each of the site's vendors, and two lists of vendors beside it.
//!
//! `$$completed` says whether the visitor answered. Where the object is compressed, the lists are
//! read: who is in that of all vendors and not in that of the authorized was refused.

use super::json::{self, Object, Value};
use super::reader::Reader;
use super::statement::Statement;
use super::{Format, percent, time, usual};

pub(super) const FORMAT: Format = Format {
    owns: |name| name.starts_with(b"axeptio_") || name == b"_ax_token",
    usual: usual::none,
    read: |reader| {
        let object = reader.source.cookie_name().map_or(COOKIES, str::as_bytes);
        let compressed = |value: &[u8]| value.starts_with(b"lzc1.");
        if reader.request.cookie(object).all(compressed) {
            return reader.joint_choice(|statement| read_lists(reader, statement));
        }
        reader.choice(|name| name == COOKIES, read)
    },
};

const COOKIES: &[u8] = b"axeptio_cookies";

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let Object(mut members) = json::read::<Object<Value>>(value)?;
    let Some(Value::Bool(true)) = members.remove("$$completed") else { return None };
    if let Some(date) = members.remove("$$date") {
        let Value::Text(date) = date else { return None };
        statement.made_at(time::iso(&date)?);
    }
    for (vendor, decision) in &members {
        if vendor.starts_with("$$") {
            continue;
        }
        let Value::Bool(granted) = decision else { return None };
        statement.decide(vendor, *granted);
    }
    Some(())
}

/// All copies together: a vendor is authorized if every copy of that list has it.
fn read_lists(reader: &Reader<'_>, statement: &mut Statement<'_>) -> Option<()> {
    let lists = |name| {
        let copies = reader.request.cookie(name);
        copies.map(percent::decode_text).collect::<Option<Vec<_>>>().filter(|l| !l.is_empty())
    };
    let all = lists(b"axeptio_all_vendors")?;
    let authorized = lists(b"axeptio_authorized_vendors")?;
    let mut answered = false;
    for vendor in all.iter().flat_map(|list| vendors(list)) {
        let granted = authorized.iter().all(|list| vendors(list).any(|other| other == vendor));
        statement.decide(vendor, granted);
        answered = true;
    }
    answered.then_some(())
}

fn vendors(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').filter(|vendor| !vendor.is_empty())
}
