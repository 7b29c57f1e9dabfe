//! The only code that edits a `HeaderMap`.

use http::HeaderMap;
use http::header::{Entry, HeaderValue, SET_COOKIE};

use crate::bit_set::BitSet;
use crate::set_cookie::replace_lifetime;

/// What to do to one `Set-Cookie` line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edit {
    /// Leaves every byte as it is.
    Keep,
    /// Replaces the lifetime by seconds, or by none for a session cookie.
    ReplaceLifetime(Option<u64>),
    /// Takes the line out.
    Strip,
}

/// Asks `decide` about every `Set-Cookie` line, in order, and does what it says (R12).
///
/// Kept lines stay where and as they are, `is_sensitive` flag included; no other header changes
/// its value or its place.
pub(crate) fn edit_set_cookies(headers: &mut HeaderMap, mut decide: impl FnMut(&[u8]) -> Edit) {
    let mut lines = 0;
    let mut stripped = BitSet::default();
    let mut are_last = false;
    // Not by `entry`, which makes room before it looks and so may allocate.
    for (name, value) in headers.iter_mut() {
        are_last = name == SET_COOKIE;
        if !are_last {
            continue;
        }
        let keep = match decide(value.as_bytes()) {
            Edit::Keep => true,
            Edit::ReplaceLifetime(max_age) => set_lifetime(value, max_age),
            Edit::Strip => false,
        };
        if !keep {
            stripped.insert(lines);
        }
        lines += 1;
    }
    if stripped.is_empty() {
        return;
    }
    let kept = lines - stripped.len();
    if headers.keys_len() > FEW_NAMES || lines <= FEW_LINES && (kept > 0 || are_last) {
        let mut keep = Vec::with_capacity(kept);
        let set_cookies = headers.iter_mut().filter(|(name, _)| *name == SET_COOKIE);
        for (index, (_, value)) in set_cookies.enumerate() {
            if !stripped.contains(index) {
                keep.push(take(value));
            }
        }
        replace_all(headers, keep, are_last);
    } else {
        refill(headers, &stripped);
    }
}

/// Up to here, lines are taken out one by one. Debug builds of http check all further values of
/// all headers whenever one goes, which makes taking out many quadratic.
const FEW_LINES: usize = 64;

/// Up to here, a map can be emptied and filled again. One near http's limit of 32,768 names could
/// refuse, so there the order of other headers is given up instead.
const FEW_NAMES: usize = 4096;

/// Whether the line could be edited. It always can: the edit adds nothing but ASCII. Should a
/// header value ever hold bytes that it would not take again, the line goes rather than passes.
fn set_lifetime(value: &mut HeaderValue, max_age: Option<u64>) -> bool {
    let Ok(mut edited) = HeaderValue::try_from(replace_lifetime(value.as_bytes(), max_age)) else {
        return false;
    };
    edited.set_sensitive(value.is_sensitive());
    *value = edited;
    true
}

/// Adds lines behind those that are there.
pub(crate) fn append_set_cookies(headers: &mut HeaderMap, lines: Vec<HeaderValue>) {
    for line in lines {
        headers.append(SET_COOKIE, line);
    }
}

/// Moves a value out: the first clone of one built from a `String` would allocate.
fn take(value: &mut HeaderValue) -> HeaderValue {
    std::mem::replace(value, HeaderValue::from_static(""))
}

/// Puts these lines in the place of all.
fn replace_all(headers: &mut HeaderMap, keep: Vec<HeaderValue>, are_last: bool) {
    // What is last comes back last. To look a name up, a map makes room before it looks: a full
    // one would grow, and one at http's limit of names refuses, where the cookies matter more than
    // their place.
    if are_last || keep.is_empty() || headers.try_entry(SET_COOKIE).is_err() {
        headers.remove(SET_COOKIE);
    }
    let mut keep = keep.into_iter();
    let Some(first) = keep.next() else { return };
    // Not `insert_mult`, which panics on three or more values.
    let mut lines = match headers.try_entry(SET_COOKIE) {
        Ok(Entry::Occupied(mut lines)) => {
            lines.insert(first);
            lines
        }
        Ok(Entry::Vacant(place)) => place.insert_entry(first),
        Err(_) => return,
    };
    for value in keep {
        lines.append(value);
    }
}

/// Takes these lines out by filling the map again with all the rest. `HeaderMap::remove` would move
/// the last header into the gap that the lines leave.
fn refill(headers: &mut HeaderMap, stripped: &BitSet) {
    let mut rest = Vec::with_capacity(headers.len() - stripped.len());
    let mut index = 0;
    for (name, value) in headers.iter_mut() {
        let is_stripped = name == SET_COOKIE && {
            index += 1;
            stripped.contains(index - 1)
        };
        if !is_stripped {
            rest.push((name.clone(), take(value)));
        }
    }
    headers.clear();
    for (name, value) in rest {
        headers.append(name, value);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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

    type Line = (String, Vec<u8>, bool);

    fn lines(map: &HeaderMap) -> Vec<Line> {
        map.iter()
            .map(|(name, value)| {
                (name.to_string(), value.as_bytes().to_vec(), value.is_sensitive())
            })
            .collect()
    }

    /// The last byte of the line says what to do with it.
    fn decide(line: &[u8]) -> Edit {
        match line.last() {
            Some(b'k') => Edit::Keep,
            Some(b'c') => Edit::ReplaceLifetime(Some(5)),
            Some(b's') => Edit::ReplaceLifetime(None),
            _ => Edit::Strip,
        }
    }

    proptest! {
        #[test]
        fn r12_edits_like_a_list_of_lines(
            given in prop::collection::vec(
                (prop_oneof![2 => Just(0_usize), 3 => 1..NAMES.len()],
                 "a=[a-z]{0,3}(; Max-Age=9)?(; x=)?[kcsx]?", any::<bool>()),
                0..150,
            )
        ) {
            let mut got = map(&given);
            let want: Vec<Line> = lines(&got)
                .into_iter()
                .filter_map(|(name, value, sensitive)| {
                    if name != "set-cookie" {
                        return Some((name, value, sensitive));
                    }
                    match decide(&value) {
                        Edit::Keep => Some((name, value, sensitive)),
                        Edit::ReplaceLifetime(to) => {
                            Some((name, replace_lifetime(&value, to), sensitive))
                        }
                        Edit::Strip => None,
                    }
                })
                .collect();
            edit_set_cookies(&mut got, decide);
            prop_assert_eq!(lines(&got), want);
            let fresh = lines(&got);
            for name in NAMES {
                let values = got.get_all(name).iter().count();
                prop_assert_eq!(values, fresh.iter().filter(|line| line.0 == name).count());
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
        edit_set_cookies(&mut headers, |_| Edit::Strip);
        assert_eq!(headers.len(), n);
    }
}
