//! Reads the cookies of EU Cookie Compliance, a module of Drupal. `cookie-agreed` is `0` for a
//! refusal and `1` or `2` for an agreement, and `cookie-agreed-categories` is a JSON list of the
//! granted categories.
//!
//! Without categories, an agreement may be a click on any link of the page. So an agreement, with
//! the id `all`, grants only what the site maps it to. `cookie-agreed-version` is the revision. The
//! module is at <https://www.drupal.org/project/eu_cookie_compliance>, and its script also in
//! <https://github.com/backdrop-contrib/eu_cookie_compliance>.

use std::borrow::Cow;

use crate::choice::Choice;
use crate::cmp::json::Json;
use crate::cmp::reader::Reader;
use crate::cmp::sorted::Sorted;
use crate::cmp::statement::Statement;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    reader.joint_choice(|statement| read(reader, statement))
}

/// A copy that cannot be read takes the grants back, and leaves what the others refuse.
fn read(reader: &Reader<'_>, statement: &mut Statement<'_>) -> Option<()> {
    for version in reader.cookie(b"cookie-agreed-version") {
        statement.revision(&String::from_utf8_lossy(version));
    }
    let (mut is_answered, mut is_refused) = (false, false);
    for status in reader.cookie(b"cookie-agreed") {
        match status {
            b"0" => is_refused = true,
            b"1" | b"2" => is_answered = true,
            _ => statement.only_object(),
        }
    }
    let lists = reader.cookie(b"cookie-agreed-categories").map(categories);
    let lists = lists.inspect(|list| {
        if list.is_none() {
            statement.only_object();
        }
    });
    let in_all = lists.flatten().reduce(|one, other| one.and(&other));
    if is_refused {
        statement.decide_all(false);
        statement.refuse_rest();
        return Some(());
    }
    match in_all {
        Some(in_all) => {
            for category in in_all.iter() {
                statement.decide(category, true);
            }
            statement.refuse_rest();
        }
        None if reader.context.source.mapping("all").is_some() => statement.decide("all", true),
        None => return None,
    }
    is_answered.then_some(())
}

fn categories(value: &[u8]) -> Option<Sorted<String>> {
    let json = Json::of(value);
    let list: Vec<Cow<'_, str>> = json.read()?;
    Some(list.into_iter().map(Cow::into_owned).collect())
}
