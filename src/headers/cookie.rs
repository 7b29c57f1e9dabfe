//! The edit of a request's `Cookie` lines (R22).

use http::HeaderMap;
use http::header::{COOKIE, HeaderValue};

use crate::bit_set::BitSet;
use crate::set_cookie::{split_at_equals, trim};

/// Keeps the cookies of a request whose names `keeps` says yes to, in their order.
///
/// Where all stay, nothing is touched. Where one goes, the others leave in a single line, joined as
/// RFC 6265 (section 4.2.1) has it: HTTP/2 clients send several lines (RFC 9113, section 8.2.3), and
/// a map gives up no single one of them. A request of which no cookie stays has no `Cookie`.
pub(crate) fn retain_cookies(headers: &mut HeaderMap, mut keeps: impl FnMut(&[u8]) -> bool) {
    let mut removed = BitSet::default();
    let (mut number, mut length, mut lines, mut sensitive) = (0, 0, 0, false);
    for line in headers.get_all(COOKIE) {
        for pair in pairs(line.as_bytes()) {
            if keeps(name_of(pair)) {
                length += BETWEEN.len() + pair.len();
            } else {
                removed.insert(number);
            }
            number += 1;
        }
        lines += 1;
        sensitive |= line.is_sensitive();
    }
    if removed.is_empty() {
        return;
    }
    // As long as what it will hold, so that the header value takes it over as it is.
    let mut left = Vec::with_capacity(length.saturating_sub(BETWEEN.len()));
    let all = headers.get_all(COOKIE).into_iter().flat_map(|line| pairs(line.as_bytes()));
    for (_, pair) in (0..).zip(all).filter(|(number, _)| !removed.contains(*number)) {
        if !left.is_empty() {
            left.extend_from_slice(BETWEEN);
        }
        left.extend_from_slice(pair);
    }
    // Parts of header values fit into one.
    let left = HeaderValue::try_from(left).ok().filter(|left| !left.is_empty());
    match (left, headers.get_mut(COOKIE)) {
        (Some(mut left), Some(line)) => {
            left.set_sensitive(sensitive);
            if lines == 1 {
                *line = left;
            } else {
                headers.remove(COOKIE);
                // The map has just given up this very name.
                let _ = headers.try_insert(COOKIE, left);
            }
        }
        _ => drop(headers.remove(COOKIE)),
    }
}

const BETWEEN: &[u8] = b"; ";

/// The cookies of a line: what stands between `;`, trimmed and not empty.
fn pairs(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        loop {
            let line = rest?;
            let end = memchr::memchr(b';', line).unwrap_or(line.len());
            rest = line.get(end + 1..);
            let pair = trim(&line[..end]);
            if !pair.is_empty() {
                return Some(pair);
            }
        }
    })
}

/// The request name (R2): that of a cookie without a name is in its value.
fn name_of(pair: &[u8]) -> &[u8] {
    let before_equals = |bytes| trim(split_at_equals(bytes).map_or(bytes, |(name, _)| name));
    match before_equals(pair) {
        [] => before_equals(pair.get(1..).unwrap_or_default()),
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn map(lines: &[&str]) -> HeaderMap {
        let mut map = HeaderMap::new();
        map.insert("host", HeaderValue::from_static("example.org"));
        for line in lines {
            map.append(COOKIE, HeaderValue::from_str(line).unwrap());
        }
        map
    }

    fn lines(map: &HeaderMap) -> Vec<&str> {
        map.get_all(COOKIE).iter().map(|line| line.to_str().unwrap()).collect()
    }

    /// Names that begin with `x` go.
    fn keeps(name: &[u8]) -> bool {
        !name.starts_with(b"x")
    }

    #[test]
    fn r22_what_stays_keeps_its_order_and_its_bytes() {
        for (given, want) in [
            (&["a=1; b=2"][..], &["a=1; b=2"][..]),
            (&["a=1;b = 2 ;; ;c", "d=\"x; y\""], &["a=1;b = 2 ;; ;c", "d=\"x; y\""]),
            (&[" ; ;"], &[" ; ;"]),
            (&[], &[]),
            (&["x=1"], &[]),
            (&["x", "x=1; x2"], &[]),
            (&["x=1; a=1"], &["a=1"]),
            (&["a=1;x=1;b =\t2\t;;c"], &["a=1; b =\t2; c"]),
            (&["a=1; x=1"], &["a=1"]),
            (&["a=x; ax=1; X=1; x =1; \tx\t=1"], &["a=x; ax=1; X=1"]),
            (&["a=1", "x=1", "b=2", "x=2", "c"], &["a=1; b=2; c"]),
            // Without a name.
            (&["=x=1; =a=1; =; ="], &["=a=1; =; ="]),
            (&["=x; a"], &["a"]),
        ] {
            let mut headers = map(given);
            retain_cookies(&mut headers, keeps);
            assert_eq!(lines(&headers), want, "{given:?}");
            assert_eq!(headers.len(), 1 + want.len());
        }
    }

    #[test]
    fn r22_sensitive_stays_sensitive() {
        let mut headers = map(&["a=1", "x=1"]);
        headers.get_mut(COOKIE).unwrap().set_sensitive(true);
        retain_cookies(&mut headers, keeps);
        assert!(headers[COOKIE].is_sensitive());
    }

    proptest! {
        #[test]
        fn r22_leaves_what_a_list_of_cookies_would(
            given in prop::collection::vec("[ax;= ]{0,16}", 0..5)
        ) {
            let given: Vec<_> = given.iter().map(String::as_str).collect();
            let mut headers = map(&given);
            retain_cookies(&mut headers, keeps);
            let all = given.iter().flat_map(|line| line.split(';')).map(|pair| pair.trim_matches(' '));
            let all: Vec<_> = all.filter(|pair| !pair.is_empty()).collect();
            let name = |pair: &str| {
                let mut parts = pair.split('=').map(|part| part.trim_matches(' '));
                let first = parts.next().unwrap_or_default().to_owned();
                if first.is_empty() { parts.next().unwrap_or_default().to_owned() } else { first }
            };
            let stay: Vec<_> = all.iter().copied().filter(|it| keeps(name(it).as_bytes())).collect();
            if stay.len() == all.len() {
                prop_assert_eq!(lines(&headers), given);
            } else {
                prop_assert_eq!(lines(&headers).join(""), stay.join("; "));
            }
        }
    }
}
