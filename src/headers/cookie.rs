//! A request's `Cookie` lines: how they are cut, and how cookies are taken away (R22).

use http::HeaderMap;
use http::header::{COOKIE, HeaderValue};

use crate::bit_set::BitSet;
use crate::set_cookie::{split_at_equals, trim, trim_end};

/// Keeps the cookies of a request whose names `keeps` says yes to, in their order.
///
/// Where all stay, nothing is touched. Where one goes, the others leave in a single line, joined as
/// RFC 6265 (section 4.2.1) has it: HTTP/2 clients send several lines (RFC 9113, section 8.2.3), and
/// a map gives up no single one of them. A request of which no cookie stays has no `Cookie`.
pub(crate) fn retain_cookies(headers: &mut HeaderMap, mut keeps: impl FnMut(&[u8]) -> bool) {
    let mut removed = BitSet::default();
    let mut kept = [&b""[..]; FEW];
    let (mut stay, mut length, mut lines, mut sensitive) = (0, 0, 0, false);
    let mut number = 0;
    for line in headers.get_all(COOKIE) {
        for pair in Pairs::of(line.as_bytes()) {
            if keeps(pair.request_name()) {
                if let Some(place) = kept.get_mut(stay) {
                    *place = pair.text;
                }
                stay += 1;
                length += BETWEEN.len() + pair.text.len();
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
    let left = match kept.get(..stay) {
        Some(kept) => joined(kept.iter().copied(), length),
        None => joined(texts_but(headers, &removed), length),
    };
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

/// So many cookies are remembered where they are. If more stay, the lines are cut once more.
const FEW: usize = 24;

/// The cookies of a request but those with these numbers.
fn texts_but<'h>(headers: &'h HeaderMap, removed: &BitSet) -> impl Iterator<Item = &'h [u8]> {
    let all = headers.get_all(COOKIE).into_iter().flat_map(|line| Pairs::of(line.as_bytes()));
    let stay = all.enumerate().filter(|(number, _)| !removed.contains(*number));
    stay.map(|(_, pair)| pair.text)
}

/// The cookies in one line. `length` is that of all with what stands between them and behind the last.
fn joined<'h>(cookies: impl Iterator<Item = &'h [u8]>, length: usize) -> Vec<u8> {
    // It is made as long as its content, so that the header value takes it over as it is.
    let mut line = Vec::with_capacity(length.saturating_sub(BETWEEN.len()));
    for cookie in cookies {
        if !line.is_empty() {
            line.extend_from_slice(BETWEEN);
        }
        line.extend_from_slice(cookie);
    }
    line
}

/// A cookie as a `Cookie` line has it.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'a> {
    /// The name, its `=` and the value, trimmed and not empty.
    pub(crate) text: &'a [u8],
    /// The place of the first `=`.
    equals: Option<usize>,
}

impl<'a> Pair<'a> {
    /// Cuts one of the [`Segments`] of a line.
    #[inline]
    pub(crate) fn of(segment: &'a [u8]) -> Self {
        // Names are short: a plain loop beats a vectorised search here.
        let equals = segment.iter().position(|byte| *byte == b'=');
        Pair { text: trim_end(segment), equals }
    }

    /// The name; what came without a `=` is a name alone.
    #[inline]
    pub(crate) fn name(self) -> &'a [u8] {
        self.equals.map_or(self.text, |at| trim_end(&self.text[..at]))
    }

    /// The value; empty where it came without a `=`.
    #[inline]
    pub(crate) fn value(self) -> &'a [u8] {
        self.equals.map_or(&[], |at| trim(&self.text[at + 1..]))
    }

    /// Returns `true` if something stands before a `=`.
    pub(crate) fn has_name(self) -> bool {
        self.equals.is_some_and(|at| at > 0)
    }

    /// The request name (R2): that of a cookie without a name is in its value.
    #[inline]
    pub(crate) fn request_name(self) -> &'a [u8] {
        match self.name() {
            [] => self.name_in_value(),
            name => name,
        }
    }

    #[cold]
    fn name_in_value(self) -> &'a [u8] {
        split_at_equals(self.value()).map_or(self.value(), |(name, _)| trim(name))
    }
}

/// The texts of a line that stand between `;`, trimmed at their start and not empty.
pub(crate) struct Segments<'a> {
    rest: &'a [u8],
}

impl<'a> Segments<'a> {
    pub(crate) fn of(line: &'a [u8]) -> Self {
        Segments { rest: line }
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        let mut line = self.rest;
        while let [b' ' | b'\t' | b';', rest @ ..] = line {
            line = rest;
        }
        let (segment, rest) = line.split_at(memchr::memchr(b';', line).unwrap_or(line.len()));
        self.rest = rest;
        (!segment.is_empty()).then_some(segment)
    }
}

/// The cookies of a line.
pub(crate) struct Pairs<'a>(Segments<'a>);

impl<'a> Pairs<'a> {
    pub(crate) fn of(line: &'a [u8]) -> Self {
        Pairs(Segments::of(line))
    }
}

impl<'a> Iterator for Pairs<'a> {
    type Item = Pair<'a>;

    #[inline]
    fn next(&mut self) -> Option<Pair<'a>> {
        self.0.next().map(Pair::of)
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
