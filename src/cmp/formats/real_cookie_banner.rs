//! Reads the cookie of Real Cookie Banner: time, ids of the consent, revision and, as JSON, the
//! granted services of each group, all percent-encoded and joined by `:`.
//!
//! The ids are numbers of the site's database, in the forms `group:45` and `service:610`. Groups
//! and services that are not listed were refused.
//!
//! The JSON also says which button was clicked (`bc`). With `implicit_all` or `implicit_essential` it was none:
//! the plugin decided for visitors from other countries, for those who send `DNT`, or because the site has no
//! banner. Then nothing is granted. The plugin's code is at
//! <https://wordpress.org/plugins/real-cookie-banner/>, and was read in version 5.2.23.

use std::borrow::Cow;

use crate::choice::Choice;
use crate::cmp::json::{Json, Object, Whole, objects};
use crate::cmp::reader::Reader;
use crate::cmp::statement::Statement;
use crate::cmp::{number, percent, time, words};
use crate::set_cookie::has_byte;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.choice(read)
}

type Groups<'a> = Object<'a, Vec<Whole<'a>>>;

objects! {
    struct Decision<'a> {
        "d" => d: Groups<'a>,
        "bc" => button: Option<Cow<'a, str>>,
    }
}

/// What stands before the numbers in the ids.
const GROUP: &str = "group:";
const SERVICE: &str = "service:";

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let (head, json) = value.split_at(percent::find(value, b'{')?);
    let head = percent::decode_text(head)?;
    let (head, revision) = head.strip_suffix(':')?.rsplit_once(':')?;
    if revision.len() != 32 || has_byte(revision.as_bytes(), |byte| !byte.is_ascii_hexdigit()) {
        return None;
    }
    statement.revision(revision);
    // Older versions without a time begin with the ids.
    if let Some((seconds, _)) = words::split_once(head, b':') {
        statement.made_at(time::seconds(number::whole(seconds)?)?);
    }
    let json = Json::encoded(json);
    // Still older values have only the groups.
    let groups = match json.read::<Decision<'_>>() {
        Some(Decision { d, button }) => {
            if button.is_some_and(|button| button.starts_with("implicit_")) {
                statement.only_object();
            }
            d
        }
        None => json.read::<Groups<'_>>()?,
    };
    // They are made in the same room, one after the other.
    let (mut group, mut service) = (String::from(GROUP), String::from(SERVICE));
    for (number, services) in groups.iter().filter(|(_, services)| !services.is_empty()) {
        group.truncate(GROUP.len());
        group.push_str(number);
        for whole in services {
            service.truncate(SERVICE.len());
            service.push_str(whole.digits);
            statement.grant_service(&group, &service);
        }
        statement.decide(&group, true);
        statement.itemize(&group);
    }
    statement.refuse_rest();
    Some(())
}
