//! A request's `Cookie` lines: how they are cut, and how cookies are taken away (R22).

use http::HeaderMap;
use http::header::{COOKIE, HeaderValue};

use crate::bit_set::BitSet;
use crate::set_cookie::find::{equals, far_semicolon};
use crate::set_cookie::{split_at_equals, trim, trim_end};

/// Keeps the cookies of a request whose names `keeps` says yes to, in their order.
///
/// Where all stay, nothing is touched. Where one goes, the others leave in a single line, joined as
/// RFC 6265 (section 4.2.1) has it: HTTP/2 clients send several lines (RFC 9113, section 8.2.3), and
/// a map gives up no single one of them. A request of which no cookie stays has no `Cookie`.
pub(crate) fn retain_cookies(headers: &mut HeaderMap, mut keeps: impl FnMut(&[u8]) -> bool) {
    let lines = headers.get_all(COOKIE);
    let lines = || lines.iter().map(HeaderValue::as_bytes);
    if let Some(left) = left_of(lines, |_, name| keeps(name)) {
        replace_cookies(headers, left);
    }
}

/// What is left of `Cookie` lines in a single one, if only the cookies stay whose numbers and names `keeps` says
/// yes to; `None` where all do.
#[inline]
pub(crate) fn left_of<'l, L: Iterator<Item = &'l [u8]>>(
    lines: impl Fn() -> L,
    mut keeps: impl FnMut(usize, &[u8]) -> bool,
) -> Option<Vec<u8>> {
    let mut left = Left::default();
    let mut number = 0;
    let mut are_plain = true;
    for line in lines() {
        // The start of what stays since the last cookie that goes, and that of the next cookie, if it stands as
        // it is to leave.
        let (mut from, mut next) = (0, 0);
        let mut segments = Segments::of(line);
        while let Some(segment) = segments.next() {
            let pair = Pair::of(segment);
            let start = line.len() - segments.rest.len() - segment.len();
            are_plain &= start == next;
            next = start + pair.text.len() + BETWEEN.len();
            if !keeps(number, pair.request_name()) {
                left.remove(number, line, from, start);
                from = next;
            }
            number += 1;
        }
        are_plain &= segments.are_plain && next == line.len() + BETWEEN.len();
        left.keep(line, from, next);
    }
    left.joined(are_plain, lines)
}

/// Puts a line in the place of all `Cookie` lines; none if it is empty.
pub(crate) fn replace_cookies(headers: &mut HeaderMap, line: Vec<u8>) {
    let lines = headers.get_all(COOKIE);
    let is_sensitive = lines.iter().any(HeaderValue::is_sensitive);
    let is_single = lines.iter().nth(1).is_none();
    // Parts of header values fit into one.
    let line = HeaderValue::try_from(line).ok().filter(|line| !line.is_empty());
    match (line, headers.get_mut(COOKIE)) {
        (Some(mut line), Some(there)) => {
            line.set_sensitive(is_sensitive);
            if is_single {
                *there = line;
            } else {
                headers.remove(COOKIE);
                // The map has just given up this very name.
                let _ = headers.try_insert(COOKIE, line);
            }
        }
        _ => drop(headers.remove(COOKIE)),
    }
}

const BETWEEN: &[u8] = b"; ";

/// So many pieces of lines are remembered. If more stay, the lines are cut once more.
const FEW: usize = 8;

/// What is left of lines from which cookies go.
#[derive(Default)]
struct Left<'l> {
    /// The numbers of the cookies that go.
    removed: BitSet,
    /// What stays of lines whose cookies stand as they are to leave, which is how browsers send them: a piece
    /// between any two cookies that go.
    pieces: [&'l [u8]; FEW],
    number: usize,
}

impl<'l> Left<'l> {
    /// Removes the cookie of this number, which starts here in a line; the last one that went ended at `from`.
    #[inline(never)]
    fn remove(&mut self, number: usize, line: &'l [u8], from: usize, start: usize) {
        self.removed.insert(number);
        self.keep(line, from, start);
    }

    /// Keeps the piece of a line from a cookie up to the start of another one, unless it is the same.
    fn keep(&mut self, line: &'l [u8], from: usize, start: usize) {
        if start <= from {
            return;
        }
        let piece = line.get(from..start.saturating_sub(BETWEEN.len()));
        if let (Some(place), Some(piece)) = (self.pieces.get_mut(self.number), piece) {
            *place = piece;
        }
        self.number += 1;
    }

    /// What is left in one line; `None` if nothing goes. The pieces tell it if the lines `are_plain`, so that each
    /// cookie stands as it is to leave.
    fn joined<L: Iterator<Item = &'l [u8]>>(
        &self,
        are_plain: bool,
        lines: impl Fn() -> L,
    ) -> Option<Vec<u8>> {
        if self.removed.is_empty() {
            return None;
        }
        Some(match self.pieces.get(..self.number).filter(|_| are_plain) {
            Some(pieces) => joined(|| pieces.iter().copied()),
            None => joined(|| texts_but(lines(), &self.removed)),
        })
    }
}

/// The cookies of these lines but those with these numbers.
fn texts_but<'l>(
    lines: impl Iterator<Item = &'l [u8]>,
    removed: &BitSet,
) -> impl Iterator<Item = &'l [u8]> {
    let stay = lines.flat_map(Pairs::of).enumerate().filter(|(at, _)| !removed.contains(*at));
    stay.map(|(_, pair)| pair.text)
}

/// The pieces in one line.
fn joined<'l, P: Iterator<Item = &'l [u8]>>(pieces: impl Fn() -> P) -> Vec<u8> {
    let length: usize = pieces().map(|piece| piece.len() + BETWEEN.len()).sum();
    // It is made as long as its content, so that the header value takes it over as it is.
    let mut line = Vec::with_capacity(length.saturating_sub(BETWEEN.len()));
    for piece in pieces() {
        if !line.is_empty() {
            line.extend_from_slice(BETWEEN);
        }
        line.extend_from_slice(piece);
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
        Pair { text: trim_end(segment), equals: equals(segment) }
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
    /// Is `true` if nothing stood before these texts but `; `.
    are_plain: bool,
}

impl<'a> Segments<'a> {
    pub(crate) fn of(line: &'a [u8]) -> Self {
        Segments { rest: line, are_plain: true }
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        let mut line = self.rest.strip_prefix(BETWEEN).unwrap_or(self.rest);
        while let [b' ' | b'\t' | b';', rest @ ..] = line {
            line = rest;
            self.are_plain = false;
        }
        let (segment, rest) = line.split_at(far_semicolon(line));
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
    fn r22_any_number_of_cookies_may_go_between_others() {
        for number in 1..20 {
            let given: Vec<_> = (0..number).map(|n| format!("a{n}=1; x{n}=2; b{n}=3")).collect();
            let want: Vec<_> = (0..number).map(|n| format!("a{n}=1; b{n}=3")).collect();
            let mut headers = map(&[&given.join("; ")]);
            retain_cookies(&mut headers, keeps);
            assert_eq!(lines(&headers), [want.join("; ")], "{number}");
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
