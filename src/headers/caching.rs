//! The headers that tell shared caches whether, and for whom, they may keep a response (R23).

use http::HeaderMap;
use http::header::{CACHE_CONTROL, COOKIE, HeaderName, HeaderValue, VARY};

use crate::set_cookie::trim;

/// One header by which caches are told what to keep.
struct Field {
    /// The directive that keeps a response out of shared caches.
    forbids: &'static str,
    /// The directives that contradict it.
    allow: &'static [&'static str],
    /// The lines that are often sent, and what takes their place: ready-made, so that it costs no allocation.
    usual: &'static [(&'static str, HeaderValue)],
}

/// `Cache-Control` (RFC 9111, section 5.2.2) and the fields that target some caches and come before
/// it there (RFC 9213). A `private` with an argument is about the headers that it names alone, so the
/// bare one takes its place. It is added to `no-store` as well, which
/// `must-understand` lifts (RFC 9111, section 5.2.2.3).
static CACHES: Field =
    Field { forbids: "private", allow: &["public", "s-maxage", "private"], usual: &USUAL };

static USUAL: [(&str, HeaderValue); 3] = [
    ("no-store", HeaderValue::from_static("private, no-store")),
    ("no-cache", HeaderValue::from_static("private, no-cache")),
    ("public", PRIVATE),
];

/// `Surrogate-Control` (Varnish, Fastly) and `Edge-Control` (Akamai), which come before
/// `Cache-Control` for the caches that read them. Their other directives stay: `content="ESI/1.0"`.
static SURROGATES: Field = Field {
    forbids: "no-store",
    allow: &[
        "max-age",
        "cache-maxage",
        "stale-while-revalidate",
        "stale-if-error",
        "no-store",
        "!no-store",
    ],
    usual: &[],
};

/// Constants are checked when they are compiled, and other calls of `from_static` whenever they are made.
const PRIVATE: HeaderValue = HeaderValue::from_static("private");
const NEVER: HeaderValue = HeaderValue::from_static("0");
const BY_COOKIE: HeaderValue = HeaderValue::from_static("cookie");

/// Keeps a response out of every shared cache. A response that is kept out already stays as it is.
pub(crate) fn make_private(headers: &mut HeaderMap) {
    let mut has_cache_control = false;
    for (name, value) in headers.iter_mut() {
        match name.as_str() {
            "cache-control" => {
                has_cache_control = true;
                CACHES.forbid(value);
            }
            "surrogate-control" | "edge-control" => SURROGATES.forbid(value),
            // nginx goes by this one before `Cache-Control`; 0 keeps nothing.
            "x-accel-expires" if value != "0" => *value = NEVER,
            name if name.ends_with("-cache-control") => CACHES.forbid(value),
            _ => {}
        }
    }
    if !has_cache_control {
        insert(headers, CACHE_CONTROL, PRIVATE);
    }
}

/// Returns `true` if shared caches are told something by a header of this name, whatever its case.
pub(crate) fn tells_caches(name: &[u8]) -> bool {
    let is = |it: &str| name.eq_ignore_ascii_case(it.as_bytes());
    let targets_some = |end: &[u8]| end.eq_ignore_ascii_case(b"-cache-control");
    let all = ["cache-control", "vary", "surrogate-control", "edge-control", "x-accel-expires"];
    all.into_iter().any(is) || name.last_chunk::<14>().is_some_and(|end| targets_some(end))
}

/// Says that a response depends on these headers of the request, beside those that it names
/// already. `Vary: *` says more than that, and stays.
pub(crate) fn vary_by<'n>(
    headers: &mut HeaderMap,
    names: impl Iterator<Item = &'n HeaderName> + Clone,
) {
    let there = || {
        headers.get_all(VARY).iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
    };
    if there().any(|name| trim(name) == b"*") {
        return;
    }
    let is_new = |name: &&HeaderName| {
        !there().any(|listed| trim(listed).eq_ignore_ascii_case(name.as_str().as_bytes()))
    };
    let missing: Vec<_> = names.filter(is_new).map(HeaderName::as_str).collect();
    if missing.is_empty() {
        return;
    }
    let missing = missing.join(", ");
    // The last line: nginx before 1.23 reads no other.
    let last = headers.iter_mut().filter(|(name, _)| *name == VARY).map(|(_, value)| value).last();
    match last {
        Some(last) => {
            let there = last.as_bytes().trim_ascii_end();
            let there = there.strip_suffix(b",").unwrap_or(there);
            let between: &[u8] = if there.is_empty() { b"" } else { b", " };
            let merged = [there, between, missing.as_bytes()].concat();
            // The value that a header held and the letters of header names fit into one.
            if let Ok(merged) = HeaderValue::try_from(merged) {
                *last = merged;
            }
        }
        None if missing == COOKIE.as_str() => {
            insert(headers, VARY, BY_COOKIE);
        }
        None => {
            if let Ok(value) = HeaderValue::try_from(missing) {
                insert(headers, VARY, value);
            }
        }
    }
}

/// Inserts a header that a map does not have. One that is full of names, of which http allows 32,768,
/// is left as it is: no server sends such a head.
fn insert(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    let _ = headers.try_insert(name, value);
}

impl Field {
    /// Puts the directive that forbids in front, where no quote that is left open hides it, and
    /// takes away those that contradict it. All others stay, in their order.
    fn forbid(&self, value: &mut HeaderValue) {
        let line = value.as_bytes();
        // None of these forbids already, and most responses have one of them.
        if let Some((_, edited)) = self.usual.iter().find(|(usual, _)| usual.as_bytes() == line) {
            *value = edited.clone();
            return;
        }
        let (mut is_forbidden, mut is_contradicted) = (false, false);
        for directive in directives(line) {
            if directive.eq_ignore_ascii_case(self.forbids.as_bytes()) {
                is_forbidden = true;
            } else {
                is_contradicted |= self.takes_away(directive);
            }
        }
        if is_forbidden && !is_contradicted {
            return;
        }
        let stay = || directives(line).filter(|one| !one.is_empty() && !self.takes_away(one));
        // It is made as long as its content, so that the header value takes it over as it is.
        let length = self.forbids.len() + stay().map(|one| 2 + one.len()).sum::<usize>();
        let mut edited = Vec::with_capacity(length);
        edited.extend_from_slice(self.forbids.as_bytes());
        for directive in stay() {
            edited.extend_from_slice(b", ");
            edited.extend_from_slice(directive);
        }
        // Parts of a header value fit into one.
        *value = HeaderValue::try_from(edited).unwrap_or(HeaderValue::from_static("no-store"));
    }

    /// Returns `true` if a directive, with or without an argument, is among those that do not stay.
    fn takes_away(&self, directive: &[u8]) -> bool {
        let end = directive.iter().position(|byte| matches!(byte, b'=' | b';'));
        let name = trim(&directive[..end.unwrap_or(directive.len())]);
        self.allow.iter().any(|allowed| name.eq_ignore_ascii_case(allowed.as_bytes()))
    }
}

/// The directives of a line, trimmed. A comma between quotes parts none. From a quote on that is left
/// open, quotes mean nothing, as to caches that know none.
fn directives(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(line);
    let mut knows_quotes = true;
    std::iter::from_fn(move || {
        let line = rest?;
        let end = end_of_directive(line, &mut knows_quotes);
        rest = line.get(end + 1..);
        Some(trim(&line[..end]))
    })
}

/// Returns where the first directive ends.
fn end_of_directive(line: &[u8], knows_quotes: &mut bool) -> usize {
    let mut at = 0;
    while let Some(byte) = line.get(at) {
        match byte {
            b',' => return at,
            b'"' if *knows_quotes => match end_of_quotes(line, at) {
                Some(end) => at = end + 1,
                None => *knows_quotes = false,
            },
            _ => at += 1,
        }
    }
    line.len()
}

/// Returns where the quotes end that begin here; `None` if they are left open.
fn end_of_quotes(line: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match line.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(lines: &[(&'static str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in lines {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        map
    }

    fn lines(map: &HeaderMap) -> Vec<(&str, &str)> {
        map.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect()
    }

    #[test]
    fn r23_private_takes_the_place_of_what_lets_shared_caches_store() {
        for (given, want) in [
            ("", "private"),
            ("public", "private"),
            ("max-age=60", "private, max-age=60"),
            ("public, max-age=60, immutable", "private, max-age=60, immutable"),
            ("max-age=60 , S-MaxAge=600,PUBLIC", "private, max-age=60"),
            ("s-maxage=\"600\", no-cache", "private, no-cache"),
            ("no-store", "private, no-store"),
            ("must-understand, no-store", "private, must-understand, no-store"),
            ("private", "private"),
            ("Private, max-age=60", "Private, max-age=60"),
            ("max-age=60, private", "max-age=60, private"),
            ("private, public", "private"),
            ("private=\"x-user\", max-age=60", "private, max-age=60"),
            ("private=\"x-user\", private", "private"),
            ("x=\"a, public, b\", max-age=1", "private, x=\"a, public, b\", max-age=1"),
            ("x=\"a\\\", public\"", "private, x=\"a\\\", public\""),
            ("x=\"a, public, max-age=1", "private, x=\"a, max-age=1"),
            ("x=\"\\\"\\\", public", "private, x=\"\\\"\\\""),
            (",, max-age=1 ,", "private, max-age=1"),
            ("x-private, unpublic, public-x=1", "private, x-private, unpublic, public-x=1"),
        ] {
            let mut headers = map(&[("cache-control", given)]);
            make_private(&mut headers);
            assert_eq!(lines(&headers), [("cache-control", want)], "{given}");
            let once = headers.clone();
            make_private(&mut headers);
            assert_eq!(headers, once, "{given}, once more");
        }
    }

    #[test]
    fn r23_each_line_of_every_header_that_caches_go_by() {
        let mut headers = map(&[
            ("cache-control", "max-age=60"),
            ("cache-control", "public"),
            ("cdn-cache-control", "max-age=600"),
            ("cloudflare-cdn-cache-control", "public, s-maxage=9"),
            ("surrogate-control", "max-age=600, content=\"ESI/1.0\", stale-if-error=9;varnish"),
            ("edge-control", "!no-store, cache-maxage=1d, dca=esi"),
            ("x-accel-expires", "600"),
            ("expires", "Thu, 26 Nov 2026 12:00:00 GMT"),
            ("vary", "accept-encoding"),
        ]);
        make_private(&mut headers);
        let want = [
            ("cache-control", "private, max-age=60"),
            ("cache-control", "private"),
            ("cdn-cache-control", "private, max-age=600"),
            ("cloudflare-cdn-cache-control", "private"),
            ("surrogate-control", "no-store, content=\"ESI/1.0\""),
            ("edge-control", "no-store, dca=esi"),
            ("x-accel-expires", "0"),
            ("expires", "Thu, 26 Nov 2026 12:00:00 GMT"),
            ("vary", "accept-encoding"),
        ];
        assert_eq!(lines(&headers), want);

        let mut headers = map(&[("x-a", "1"), ("cdn-cache-control", "max-age=1")]);
        make_private(&mut headers);
        let want = [
            ("x-a", "1"),
            ("cdn-cache-control", "private, max-age=1"),
            ("cache-control", "private"),
        ];
        assert_eq!(lines(&headers), want, "the field of one cache says nothing to the others");
    }

    #[test]
    fn r23_what_tells_caches_is_told_by_its_name() {
        for (name, want) in [
            ("cache-control", true),
            ("Cache-Control", true),
            ("cdn-cache-control", true),
            ("CDN-Cache-Control", true),
            ("-cache-control", true),
            ("surrogate-control", true),
            ("edge-control", true),
            ("X-Accel-Expires", true),
            ("xcache-control", false),
            ("cache-controls", false),
            ("expires", false),
            ("x-edge-control", false),
            ("age", false),
        ] {
            assert_eq!(tells_caches(name.as_bytes()), want, "{name}");
            let before = HeaderMap::from_iter([
                (CACHE_CONTROL, PRIVATE),
                (name.parse().unwrap(), HeaderValue::from_static("public, max-age=6")),
            ]);
            let mut headers = before.clone();
            make_private(&mut headers);
            assert_eq!(headers != before, want, "{name}");
        }
        assert!(tells_caches(b"Vary"));
    }

    #[test]
    fn r23_vary_is_merged_with_what_is_there() {
        const GPC: HeaderName = HeaderName::from_static("sec-gpc");
        for (given, want) in [
            (&[][..], &["cookie, sec-gpc"][..]),
            (&[""], &["cookie, sec-gpc"]),
            (&["accept-encoding"], &["accept-encoding, cookie, sec-gpc"]),
            (&["Accept , Sec-GPC,"], &["Accept , Sec-GPC, cookie"]),
            (&["COOKIE, sec-gpc"], &["COOKIE, sec-gpc"]),
            (&["cookie", "sec-gpc"], &["cookie", "sec-gpc"]),
            (&["a", "b"], &["a", "b, cookie, sec-gpc"]),
            (&["*"], &["*"]),
            (&["a, *", "b"], &["a, *", "b"]),
            (&["set-cookie2, cookies"], &["set-cookie2, cookies, cookie, sec-gpc"]),
        ] {
            let mut headers = HeaderMap::new();
            for line in given {
                headers.append(VARY, HeaderValue::from_static(line));
            }
            for _ in 0..2 {
                vary_by(&mut headers, [COOKIE, GPC].iter());
                let got: Vec<_> = headers.get_all(VARY).iter().collect();
                assert_eq!(got, want, "{given:?}");
            }
        }
        let mut headers = HeaderMap::new();
        vary_by(&mut headers, [COOKIE].iter());
        assert_eq!(lines(&headers), [("vary", "cookie")]);
    }

    #[test]
    fn r14_a_map_full_of_names_does_not_panic() {
        let mut headers = HeaderMap::new();
        let name = |n: usize| HeaderName::try_from(format!("x-{n}")).unwrap();
        let full = |headers: &mut HeaderMap, n| {
            headers.try_insert(name(n), HeaderValue::from_static("1")).is_err()
        };
        let names = (0..=usize::from(u16::MAX)).find(|n| full(&mut headers, *n)).unwrap();
        make_private(&mut headers);
        vary_by(&mut headers, [COOKIE].iter());
        assert_eq!(headers.len(), names);
    }
}
