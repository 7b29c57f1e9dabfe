//! The only code that edits a `HeaderMap`.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::{Entry, HeaderValue, SET_COOKIE};

use crate::bit_set::BitSet;
use crate::few::Few;
use crate::set_cookie::Edit;

/// Asks `decide` about every `Set-Cookie` line, in order, and does what it says (R12).
///
/// The lines that stay keep their order and their `is_sensitive` flag. Other headers keep their
/// values, and the values of one name keep their order; the order of different names means nothing
/// (RFC 9110, section 5.3) and may change.
pub(crate) fn edit_set_cookies(headers: &mut HeaderMap, mut decide: impl FnMut(&[u8]) -> Edit) {
    let mut lines = 0;
    let mut stripped = BitSet::default();
    // A look-up by `entry` would make room for the name before it looks, and so may allocate.
    for value in set_cookies(headers) {
        if !edit(value, decide(value.as_bytes())) {
            stripped.insert(lines);
        }
        lines += 1;
    }
    if stripped.is_empty() {
        return;
    }
    let left = lines - stripped.len();
    if lines <= FEW_LINES && left <= 1 {
        return leave_one(headers, &stripped);
    }
    let mut kept = kept(headers, &stripped, left);
    if lines > FEW_LINES && headers.keys_len() <= FEW_NAMES {
        *headers = without_set_cookies(headers);
        append_set_cookies(headers, kept.drain());
    } else {
        replace_set_cookies(headers, kept.drain());
    }
}

/// Leaves the line that is not stripped, if there is one. Most responses of which a line is stripped have no
/// more left.
fn leave_one(headers: &mut HeaderMap, stripped: &BitSet) {
    let mut lines = set_cookies(headers).enumerate();
    let kept = lines.find(|(index, _)| !stripped.contains(*index)).map(|(_, line)| take(line));
    drop(lines);
    replace_set_cookies(headers, kept);
}

/// Above this, the lines are not removed, but all other headers are moved into a new map.
/// `HeaderMap::remove` takes the values out one by one, and debug builds of http look through all
/// that remain each time, which is quadratic.
const FEW_LINES: usize = 64;

/// Up to here, a new map can surely hold all names. Near http's limit of 32,768 it could refuse.
const FEW_NAMES: usize = 4096;

fn set_cookies(headers: &mut HeaderMap) -> impl Iterator<Item = &mut HeaderValue> {
    headers.iter_mut().filter(|(name, _)| *name == SET_COOKIE).map(|(_, value)| value)
}

fn without_set_cookies(headers: &mut HeaderMap) -> HeaderMap {
    let others = headers.iter_mut().filter(|(name, _)| *name != SET_COOKIE);
    others.map(|(name, value)| (name.clone(), take(value))).collect()
}

/// The lines that are not stripped, of which there are so many, moved out of the map.
fn kept(headers: &mut HeaderMap, stripped: &BitSet, number: usize) -> Few<HeaderValue> {
    let mut kept = Few::with_capacity(number);
    for (index, line) in set_cookies(headers).enumerate() {
        if !stripped.contains(index) {
            kept.push(take(line));
        }
    }
    kept
}

/// Returns `true` if anything is left of the line. What is left fits into a header, as the edit adds nothing
/// but ASCII. Should a header value ever hold bytes that it would not take again, the line goes
/// rather than passes.
#[inline]
fn edit(value: &mut HeaderValue, edit: Edit) -> bool {
    match edit {
        Edit::Keep => true,
        Edit::Strip => false,
        edit => replace(value, edit),
    }
}

/// [`edit`], of a line that is left and changed.
fn replace(value: &mut HeaderValue, edit: Edit) -> bool {
    let mut edited = match edit.apply(value.as_bytes()) {
        None => return false,
        Some(Cow::Borrowed(_)) => return true,
        Some(Cow::Owned(edited)) => match HeaderValue::try_from(edited) {
            Ok(edited) => edited,
            Err(_) => return false,
        },
    };
    edited.set_sensitive(value.is_sensitive());
    *value = edited;
    true
}

/// Adds lines behind those that are there; none to a map that is full of other names, where `append`
/// would panic.
pub(crate) fn append_set_cookies(
    headers: &mut HeaderMap,
    lines: impl IntoIterator<Item = HeaderValue>,
) {
    put_set_cookies(headers, lines.into_iter(), false);
}

/// Puts lines into the place of all that are there.
fn replace_set_cookies(headers: &mut HeaderMap, lines: impl IntoIterator<Item = HeaderValue>) {
    let mut lines = lines.into_iter().peekable();
    if lines.peek().is_none() || headers.keys_len() == headers.capacity() {
        // Into a full map, an insertion would make room for another name before it looks.
        headers.remove(SET_COOKIE);
    }
    put_set_cookies(headers, lines, true);
}

/// Adds lines behind those that are there, or into their place. The name is looked up once for all lines.
fn put_set_cookies(
    headers: &mut HeaderMap,
    mut lines: impl Iterator<Item = HeaderValue>,
    replaces: bool,
) {
    let Some(first) = lines.next() else { return };
    let mut set_cookie = match headers.try_entry(SET_COOKIE) {
        Ok(Entry::Occupied(mut there)) => {
            if replaces {
                there.insert(first);
            } else {
                there.append(first);
            }
            there
        }
        Ok(Entry::Vacant(place)) => match place.try_insert_entry(first) {
            Ok(inserted) => inserted,
            Err(_) => return,
        },
        Err(_) => return,
    };
    lines.for_each(|line| set_cookie.append(line));
}

/// Moves a value out: the first clone of one built from a `String` would allocate.
fn take(value: &mut HeaderValue) -> HeaderValue {
    std::mem::replace(value, HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::lifetime::MaxLifetime;

    const NAMES: [&str; 5] = ["set-cookie", "vary", "x-a", "content-type", "x-b"];

    fn map(lines: &[(usize, String, bool)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value, sensitive) in lines {
            let mut value = HeaderValue::from_str(value).unwrap();
            value.set_sensitive(*sensitive);
            map.append(NAMES[*name], value);
        }
        map
    }

    /// The values of each name in their order. The order of the names is no part of it (R12).
    type Values = BTreeMap<String, Vec<(Vec<u8>, bool)>>;

    fn values(map: &HeaderMap) -> Values {
        let mut values = Values::new();
        for (name, value) in map {
            let seen = (value.as_bytes().to_vec(), value.is_sensitive());
            values.entry(name.to_string()).or_default().push(seen);
        }
        values
    }

    /// The last byte of the line says what to do with it.
    fn decide(line: &[u8]) -> Edit {
        match line.last() {
            Some(b'k') => Edit::Keep,
            Some(b'c') => Edit::ReplaceLifetime(MaxLifetime::Seconds(5)),
            Some(b's') => Edit::ReplaceLifetime(MaxLifetime::Session),
            _ => Edit::Strip,
        }
    }

    proptest! {
        #[test]
        fn r12_edits_like_a_list_of_values_for_each_name(
            given in prop::collection::vec(
                (prop_oneof![2 => Just(0_usize), 3 => 1..NAMES.len()],
                 "a=[a-z]{0,3}(; Max-Age=9)?(; x=)?[kcsx]?", any::<bool>()),
                0..250,
            )
        ) {
            let mut got = map(&given);
            let mut want = values(&got);
            let lines = want.remove("set-cookie").unwrap_or_default();
            let left: Vec<_> = lines
                .into_iter()
                .filter_map(|(line, sensitive)| {
                    Some((decide(&line).apply(&line)?.into_owned(), sensitive))
                })
                .collect();
            if !left.is_empty() {
                want.insert("set-cookie".to_owned(), left);
            }
            edit_set_cookies(&mut got, decide);
            prop_assert_eq!(&values(&got), &want);
            // A look-up finds what going through the map does.
            for (name, values) in want {
                let found = got.get_all(name).iter().map(HeaderValue::as_bytes);
                prop_assert!(found.eq(values.iter().map(|(value, _)| &value[..])));
            }
        }
    }

    #[test]
    fn r14_a_map_full_of_names_loses_nothing_and_does_not_panic() {
        let mut headers = HeaderMap::new();
        for value in ["a=k", "b=x", "c=k"] {
            headers.append(SET_COOKIE, HeaderValue::from_static(value));
        }
        let mut n = 0;
        while headers
            .try_insert(
                http::HeaderName::try_from(format!("x-{n}")).unwrap(),
                HeaderValue::from_static("1"),
            )
            .is_ok()
        {
            n += 1;
        }
        edit_set_cookies(&mut headers, decide);
        assert_eq!(headers.get_all(SET_COOKIE).iter().collect::<Vec<_>>(), ["a=k", "c=k"]);
        let first = |line: &[u8]| if line == b"a=k" { Edit::Keep } else { Edit::Strip };
        edit_set_cookies(&mut headers, first);
        assert_eq!(headers.get_all(SET_COOKIE).iter().collect::<Vec<_>>(), ["a=k"]);
        edit_set_cookies(&mut headers, |_| Edit::Strip);
        assert_eq!(headers.len(), n);
        append_set_cookies(&mut headers, vec![HeaderValue::from_static("a=1"); 3]);
        assert!((n..=n + 3).contains(&headers.len()), "what does not fit is left out");
    }
}
