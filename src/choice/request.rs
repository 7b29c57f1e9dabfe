//! The part of a request that the choice can be read from.

use std::collections::HashMap;
use std::fmt;
use std::slice;

use http::header::{COOKIE, HeaderName, HeaderValue};
use memchr::memmem::Finder;

#[cfg(feature = "cmp")]
use crate::headers::cookie::Segments;
use crate::headers::cookie::{Pair, Pairs};
use crate::set_cookie::trim;

/// A visitor's cookies, and the other headers that the consent source asked for.
///
/// The values are shared with the request, not copied. All `Cookie` lines are kept, since HTTP/2
/// clients split them (RFC 9113, section 8.2.3), and they are bytes: browsers send raw UTF-8 where
/// a script stored it.
///
/// A [`ConsentSource`](crate::ConsentSource) reads the visitor's choice from it. A policy fills it
/// from the request; in a test of a source, it is collected from header lines:
///
/// ```
/// use http::header::{COOKIE, HeaderValue};
/// use tower_cookie_consent::RequestHeaders;
///
/// let lines = ["session=1; theme=dark", "theme = light"];
/// let request: RequestHeaders =
///     lines.into_iter().map(|line| (COOKIE, HeaderValue::from_static(line))).collect();
///
/// assert!(request.cookie(b"theme").eq([b"dark".as_slice(), b"light"]));
/// assert_eq!(request.cookies().count(), 3);
/// assert_eq!(request.header(&COOKIE).count(), 2);
/// ```
#[derive(Clone, Default)]
pub struct RequestHeaders {
    /// The first `Cookie` line, which in most requests is all there is.
    cookie: Option<HeaderValue>,
    rest: Option<Box<Rest>>,
}

#[derive(Clone, Default)]
struct Rest {
    /// Further `Cookie` lines, and headers of other names.
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Cookies that the response sets or, where no value is left, deletes (R9). They replace what
    /// the request carries under the same name.
    replaced: HashMap<Box<[u8]>, Vec<Box<[u8]>>>,
}

impl RequestHeaders {
    /// A request without cookies.
    pub fn new() -> Self {
        RequestHeaders::default()
    }

    /// A request with one `Cookie` line, or with none.
    pub(crate) fn of_cookie(cookie: Option<HeaderValue>) -> Self {
        RequestHeaders { cookie, rest: None }
    }

    /// Adds a header line.
    pub fn push(&mut self, name: HeaderName, value: HeaderValue) {
        if name == COOKIE && self.cookie.is_none() {
            self.cookie = Some(value);
        } else {
            self.rest.get_or_insert_default().headers.push((name, value));
        }
    }

    /// The values of all lines of a header, of those that were kept.
    pub fn header<'a>(&'a self, name: &HeaderName) -> impl Iterator<Item = &'a [u8]> {
        let first = self.cookie.iter().filter(move |_| *name == COOKIE);
        let rest = self.rest.iter().flat_map(|rest| &rest.headers);
        first
            .chain(rest.filter(move |(n, _)| n == name).map(|(_, value)| value))
            .map(HeaderValue::as_bytes)
    }

    /// The cookies as name and value, in their order, every copy of each.
    ///
    /// Lines are cut at `;`, then at the first `=`, and trimmed of space and tab; nothing is
    /// decoded. A cookie without `=` is a name with an empty value.
    pub fn cookies(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let replaced = self.rest.as_deref().map(|rest| &rest.replaced);
        let set = replaced.into_iter().flatten().flat_map(|(name, values)| {
            values.iter().map(move |value| (name.as_ref(), value.as_ref()))
        });
        self.carried()
            .filter(move |(name, _)| !replaced.is_some_and(|replaced| replaced.contains_key(*name)))
            .chain(set)
    }

    /// Takes the [`cookies`](Self::cookies) whose names may be wanted. `may_begin` is asked of each as
    /// it stands in its line, so that those of other people, which are most, are not cut.
    #[cfg(feature = "cmp")]
    pub(crate) fn take_beginning<'a>(
        &'a self,
        may_begin: impl Fn(&[u8]) -> bool,
        take: impl FnMut(&'a [u8], &'a [u8]),
    ) {
        let segments = |line| Segments::of(line).filter(|segment| may_begin(segment));
        self.take_segments(segments, &may_begin, take);
    }

    /// Takes the cookies whose names begin with a text, which is not empty: it is searched for, as by
    /// [`search`](Self::search), in a third of the time that it takes to look at each.
    #[cfg(feature = "cmp")]
    pub(crate) fn take_beginning_with<'a>(
        &'a self,
        text: &Finder<'_>,
        take: impl FnMut(&'a [u8], &'a [u8]),
    ) {
        let segments = |mut line| std::iter::from_fn(move || next_segment(text, &mut line));
        self.take_segments(segments, |name| name.starts_with(text.needle()), take);
    }

    /// Takes those cookies of each line that stand in these segments, and those that the response sets
    /// whose names may be wanted.
    #[cfg(feature = "cmp")]
    fn take_segments<'a, S: Iterator<Item = &'a [u8]>>(
        &'a self,
        segments: impl Fn(&'a [u8]) -> S,
        may_begin: impl Fn(&[u8]) -> bool,
        mut take: impl FnMut(&'a [u8], &'a [u8]),
    ) {
        let replaced = self.rest.as_deref().map(|rest| &rest.replaced);
        let replaced = replaced.filter(|replaced| !replaced.is_empty());
        for line in self.cookie_lines() {
            for segment in segments(line) {
                let pair = Pair::of(segment);
                if !replaced.is_some_and(|replaced| replaced.contains_key(pair.name())) {
                    take(pair.name(), pair.value());
                }
            }
        }
        for (name, values) in replaced.into_iter().flatten().filter(|(name, _)| may_begin(name)) {
            for value in values {
                take(name, value);
            }
        }
    }

    /// The values of all copies of one cookie.
    pub fn cookie<'a>(&'a self, name: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        let replaced = self.rest.as_deref().and_then(|rest| rest.replaced.get(name));
        let carried = self.pairs().filter(move |pair| replaced.is_none() && pair.name() == name);
        carried.map(Pair::value).chain(replaced.into_iter().flatten().map(|value| &**value))
    }

    /// [`cookie`](Self::cookie) of a name that is not empty: it is searched for, and the other cookies
    /// are not cut, which is most of the work.
    pub(crate) fn search<'a>(&'a self, name: &'a Finder<'_>) -> Search<'a> {
        let rest = self.rest.as_deref();
        match rest.and_then(|rest| rest.replaced.get(name.needle())) {
            Some(replaced) => {
                Search { name, line: &[], lines: [].iter(), replaced: replaced.iter() }
            }
            None => Search {
                name,
                line: self.cookie.as_ref().map_or(&[], |line| line.as_bytes()),
                lines: rest.map_or(&[][..], |rest| &rest.headers).iter(),
                replaced: [].iter(),
            },
        }
    }

    /// The cookies that the request itself carried, whatever the response sets.
    pub(crate) fn carried(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.pairs().map(|pair| (pair.name(), pair.value()))
    }

    /// The cookies that the request itself carried, as they stand in its lines.
    #[inline]
    pub(crate) fn pairs(&self) -> Carried<'_> {
        let rest = self.rest.as_deref();
        Carried {
            line: Pairs::of(self.cookie.as_ref().map_or(&[], HeaderValue::as_bytes)),
            lines: rest.map_or(&[][..], |rest| &rest.headers).iter(),
        }
    }

    /// The `Cookie` lines that the request itself carried.
    pub(crate) fn cookie_lines(&self) -> impl Iterator<Item = &[u8]> {
        let further = self.rest.iter().flat_map(|rest| &rest.headers);
        let further = further.filter(|(name, _)| *name == COOKIE).map(|(_, line)| line);
        self.cookie.iter().chain(further).map(HeaderValue::as_bytes)
    }

    /// Counts a cookie that the response sets as if the request had carried it instead.
    pub(crate) fn replace(&mut self, name: &[u8], value: &[u8]) {
        self.replaced(name).push(value.into());
    }

    /// Counts a cookie that the response deletes as if the request had not carried it.
    pub(crate) fn delete(&mut self, name: &[u8]) {
        self.replaced(name).clear();
    }

    fn replaced(&mut self, name: &[u8]) -> &mut Vec<Box<[u8]>> {
        self.rest.get_or_insert_default().replaced.entry(name.into()).or_default()
    }
}

impl FromIterator<(HeaderName, HeaderValue)> for RequestHeaders {
    fn from_iter<T: IntoIterator<Item = (HeaderName, HeaderValue)>>(lines: T) -> Self {
        let mut request = RequestHeaders::new();
        lines.into_iter().for_each(|(name, value)| request.push(name, value));
        request
    }
}

/// Shows the names of headers only, since their values are the visitor's.
impl fmt::Debug for RequestHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = self.rest.iter().flat_map(|rest| &rest.headers).map(|(name, _)| name);
        f.debug_list().entries(self.cookie.iter().map(|_| &COOKIE).chain(rest)).finish()
    }
}

/// The cookies of all lines; made by [`RequestHeaders::pairs`].
pub(crate) struct Carried<'a> {
    line: Pairs<'a>,
    /// The lines behind it, among other headers.
    lines: slice::Iter<'a, (HeaderName, HeaderValue)>,
}

impl<'a> Iterator for Carried<'a> {
    type Item = Pair<'a>;

    #[inline]
    fn next(&mut self) -> Option<Pair<'a>> {
        loop {
            if let Some(pair) = self.line.next() {
                return Some(pair);
            }
            let (_, line) = self.lines.find(|(name, _)| *name == COOKIE)?;
            self.line = Pairs::of(line.as_bytes());
        }
    }
}

/// The values of all copies of one cookie; made by [`RequestHeaders::search`].
pub(crate) struct Search<'a> {
    name: &'a Finder<'a>,
    /// The rest of the line that is searched, which begins where a segment does.
    line: &'a [u8],
    /// The lines behind it, among other headers.
    lines: slice::Iter<'a, (HeaderName, HeaderValue)>,
    replaced: slice::Iter<'a, Box<[u8]>>,
}

impl<'a> Search<'a> {
    /// The value of the next copy in this line.
    fn next_in_line(&mut self) -> Option<&'a [u8]> {
        while let Some(segment) = next_segment(self.name, &mut self.line) {
            match trim(&segment[self.name.needle().len()..]) {
                [] => return Some(&[]),
                [b'=', value @ ..] => return Some(trim(value)),
                // It is a longer name that begins like this one.
                _ => {}
            }
        }
        None
    }
}

/// The next segment that begins with a text in a line, which begins where a segment does; the line is
/// shortened to what is behind it.
#[inline]
fn next_segment<'a>(text: &Finder<'_>, line: &mut &'a [u8]) -> Option<&'a [u8]> {
    while let Some(at) = text.find(line) {
        let (before, rest) = line.split_at(at);
        let (segment, behind) = match memchr::memchr(b';', rest) {
            Some(end) => (&rest[..end], &rest[end + 1..]),
            None => (rest, &[][..]),
        };
        *line = behind;
        if matches!(trim(before), [] | [.., b';']) {
            return Some(segment);
        }
    }
    None
}

impl<'a> Iterator for Search<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        loop {
            if let Some(value) = self.next_in_line() {
                return Some(value);
            }
            match self.lines.find(|(name, _)| *name == COOKIE) {
                Some((_, line)) => self.line = line.as_bytes(),
                None => return self.replaced.next().map(|value| &**value),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A header of another name, whatever its value looks like.
    const COOKIE_LIKE: HeaderName = HeaderName::from_static("x-cookie");

    fn request(lines: &[&'static [u8]]) -> RequestHeaders {
        let mut request = RequestHeaders::new();
        for line in lines {
            request.push(COOKIE, HeaderValue::from_bytes(line).unwrap());
        }
        request
    }

    #[test]
    fn r7_all_cookie_lines_and_copies_count() {
        let request = request(&[b"a=1; b =2;;c", b"a=\xff= ;", b""]);
        let cookies: Vec<_> = request.cookies().collect();
        let want: [(&[u8], &[u8]); 4] = [(b"a", b"1"), (b"b", b"2"), (b"c", b""), (b"a", b"\xff=")];
        assert_eq!(cookies, want);
        assert_eq!(request.cookie(b"a").count(), 2);
        assert_eq!(request.cookie(b"A").count(), 0);
    }

    proptest! {
        #[test]
        fn r7_a_search_finds_what_cutting_finds(
            lines in prop::collection::vec("[ab;=; \t\"]{0,24}", 0..4),
            name in "[ab]{1,3}",
            set in prop::collection::vec(("[ab]{1,2}", "[ab]{0,2}"), 0..2),
        ) {
            let mut request = RequestHeaders::new();
            for line in &lines {
                request.push(COOKIE, HeaderValue::from_str(line).unwrap());
                request.push(COOKIE_LIKE, HeaderValue::from_str(line).unwrap());
            }
            for (name, value) in &set {
                request.replace(name.as_bytes(), value.as_bytes());
            }
            let name = name.as_bytes();
            let wanted: Vec<_> = request.cookies().filter(|(it, _)| *it == name).collect();
            let wanted: Vec<_> = wanted.into_iter().map(|(_, value)| value).collect();
            prop_assert_eq!(request.cookie(name).collect::<Vec<_>>(), wanted.clone());
            let finder = Finder::new(name);
            prop_assert_eq!(request.search(&finder).collect::<Vec<_>>(), wanted);
            #[cfg(feature = "cmp")]
            for start in ["", "a", "ab"] {
                let may_begin = |name: &[u8]| name.starts_with(start.as_bytes());
                let wanted = request.cookies().filter(|(name, _)| may_begin(name));
                let mut found = Vec::new();
                request.take_beginning(may_begin, |name, value| found.push((name, value)));
                found.retain(|(name, _)| may_begin(name));
                let wanted: Vec<_> = wanted.collect();
                prop_assert_eq!(&found, &wanted);
                if !start.is_empty() {
                    found.clear();
                    let take = |name, value| found.push((name, value));
                    request.take_beginning_with(&Finder::new(start), take);
                    prop_assert_eq!(found, wanted);
                }
            }
        }
    }

    #[test]
    fn r9_what_the_response_sets_replaces_every_copy() {
        let mut request = request(&[b"a=1; b=2", b"a=3"]);
        request.replace(b"a", b"x");
        request.replace(b"a", b"y");
        assert_eq!(request.cookie(b"a").collect::<Vec<_>>(), [b"x", b"y"]);
        request.delete(b"a");
        request.replace(b"a", b"z");
        assert_eq!(request.cookie(b"a").collect::<Vec<_>>(), [b"z"]);
        request.delete(b"a");
        assert_eq!(request.cookies().collect::<Vec<_>>(), [(&b"b"[..], &b"2"[..])]);
        assert_eq!(request.carried().count(), 3, "the request itself is unchanged");
    }

    #[test]
    fn r15_debug_shows_no_value() {
        let debug = format!("{:?}", request(&[b"sid=secret", b"x=secret"]));
        assert!(!debug.contains("secret"), "{debug}");
    }
}
