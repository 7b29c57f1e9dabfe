//! The place where browsers keep the cookie of a line.

use crate::set_cookie::SetCookie;
use crate::set_cookie::limits::{MAX_ATTRIBUTE_VALUE, MAX_COOKIE};
use crate::set_cookie::prefix::Demands;

/// The place where a line puts its cookie. The line replaces or deletes the cookie of its name
/// there, and no other.
pub(super) struct Place<'a> {
    pub(super) domain: Option<&'a [u8]>,
    pub(super) path: &'a [u8],
    pub(super) secure: bool,
    /// Is `true` for the jar that browsers keep for each site that embeds this one.
    pub(super) partitioned: bool,
}

impl<'a> Place<'a> {
    /// The place where every browser puts the cookie; `None` where some browser might put it
    /// elsewhere or leave it out.
    ///
    /// The line has to name its path, since without one that starts with `/` the cookie lies under the
    /// path of the request. It has to name path and domain once, since browsers might not take the
    /// same of several, and an empty domain may be none. A line with control characters puts it in no
    /// place.
    pub(super) fn of(cookie: &SetCookie<'a>) -> Option<Self> {
        let (name, value) = (cookie.name(), cookie.value());
        let (mut domain, mut path) = (Once::default(), Once::default());
        let (mut secure, mut http_only, mut same_site_none) = (false, false, false);
        let mut partitioned = false;
        let mut is_storable =
            !has_control(name) && !has_control(value) && name.len() + value.len() <= MAX_COOKIE;
        for attribute in cookie.attributes() {
            let is = |name: &str| attribute.name.eq_ignore_ascii_case(name.as_bytes());
            is_storable &= !has_control(attribute.name) && !has_control(attribute.value);
            partitioned |= is("partitioned");
            secure |= is("secure");
            http_only |= is("httponly");
            if is("path") {
                path.add(attribute.value);
            } else if is("domain") {
                domain.add(attribute.value);
            } else if is("samesite") {
                same_site_none = attribute.value.eq_ignore_ascii_case(b"none");
            }
        }
        is_storable &= domain.is_certain() && path.is_certain();
        is_storable &= domain.value.is_none_or(|domain| !domain.is_empty());
        let (domain, path) = (domain.value, path.value.filter(|path| path.starts_with(b"/"))?);
        let demands = Demands::of(name);
        let is_stored = is_storable
            && (secure || !(demands.secure || same_site_none || partitioned))
            && (http_only || !demands.http_only)
            && (domain.is_none() && path == b"/" || !demands.host);
        is_stored.then_some(Place { domain, path, secure, partitioned })
    }

    /// Returns `true` if cookies for this domain, or for the host alone, lie there under this path.
    pub(super) fn is_at(&self, domain: Option<&str>, path: &str) -> bool {
        // A dot in front of a domain means nothing (RFC 6265bis, section 5.6.3).
        let without_dot = |domain: &[u8]| domain.strip_prefix(b".").unwrap_or(domain).to_vec();
        let same_domain = match (self.domain, domain) {
            (None, None) => true,
            (Some(one), Some(other)) => {
                without_dot(one).eq_ignore_ascii_case(&without_dot(other.as_bytes()))
            }
            _ => false,
        };
        same_domain && self.path == path.as_bytes()
    }
}

/// The value of an attribute, and whether the line gives it more than once.
#[derive(Default)]
struct Once<'a> {
    value: Option<&'a [u8]>,
    is_repeated: bool,
}

impl<'a> Once<'a> {
    fn add(&mut self, value: &'a [u8]) {
        self.is_repeated |= self.value.is_some();
        self.value = Some(value);
    }

    /// Returns `true` if the line gives it once or not at all, and browsers do not pass over it for its length.
    fn is_certain(&self) -> bool {
        !self.is_repeated && self.value.is_none_or(|value| value.len() <= MAX_ATTRIBUTE_VALUE)
    }
}

fn has_control(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(line: &str) -> Option<(Option<&str>, &str, bool)> {
        let text = |bytes| std::str::from_utf8(bytes).unwrap();
        let place = Place::of(&SetCookie::parse(line.as_bytes()))?;
        Some((place.domain.map(text), text(place.path), place.secure))
    }

    #[test]
    fn r9_a_place_is_where_every_browser_puts_the_cookie() {
        for (line, want) in [
            ("a=1; Path=/", Some((None, "/", false))),
            ("a=1 ;PATH = /x ; secure=no;HttpOnly; X=y", Some((None, "/x", true))),
            ("a=1; Path=/; Domain=.Example.org", Some((Some(".Example.org"), "/", false))),
            ("a=1", None),
            ("a=1; Path", None),
            ("a=1; Path=x", None),
            ("a=1; Path=/; Domain=", None),
            ("a=1; Path=/; Path=/", None),
            ("a=1; Path=/; Domain=a.example; Domain=b.example", None),
            ("a=1; Path=/; Partitioned", None),
            ("a=1; Path=/; Secure; Partitioned", Some((None, "/", true))),
            ("a=1; Path=/; SameSite=None", None),
            ("a=1; Path=/; SameSite=None; SameSite=Lax", Some((None, "/", false))),
            ("a=1; Path=/; SameSite=none; Secure", Some((None, "/", true))),
            ("a=1; Path=/; x\ty", None),
            ("a=1\u{1}; Path=/", None),
            ("__Secure-a=1; Path=/", None),
            ("__Secure-a=1; Path=/x; Secure", Some((None, "/x", true))),
            ("__Host-a=1; Path=/; Secure", Some((None, "/", true))),
            ("__Host-a=1; Path=/; Secure; Domain=a.example", None),
            ("__Host-a=1; Path=/x; Secure", None),
            ("__Http-a=1; Path=/; Secure", None),
            ("__Http-a=1; Path=/; Secure; HttpOnly", Some((None, "/", true))),
        ] {
            assert_eq!(place(line), want, "{line}");
        }
        let jar = |line: &str| Place::of(&SetCookie::parse(line.as_bytes())).unwrap().partitioned;
        assert!(jar("a=1; Path=/; Secure; partitioned=no") && !jar("a=1; Path=/; Secure"));
        let long = |length: usize| format!("a={}; Path=/", "x".repeat(length));
        assert!(place(&long(4095)).is_some() && place(&long(4096)).is_none());
        // Browsers pass over a longer path or domain, so that the cookie lies elsewhere.
        let long = |length: usize| format!("a=1; Path=/{}", "x".repeat(length));
        assert!(place(&long(1023)).is_some() && place(&long(1024)).is_none());
        let long =
            |name: &str, length: usize| format!("a=1; Path=/; {name}={}", "x".repeat(length));
        assert!(place(&long("Domain", 1024)).is_some() && place(&long("Domain", 1025)).is_none());
        assert!(place(&long("Max-Age", 1025)).is_some());
    }

    #[test]
    fn r9_places_are_compared_as_browsers_compare_them() {
        let is_at = |line: &str, domain, path| {
            Place::of(&SetCookie::parse(line.as_bytes())).unwrap().is_at(domain, path)
        };
        for line in ["a=1; Path=/x; Domain=example.org", "a=1; domain=.EXAMPLE.org; path=/x"] {
            assert!(is_at(line, Some("example.org"), "/x"), "{line}");
            assert!(is_at(line, Some(".Example.org"), "/x"), "{line}");
            assert!(!is_at(line, None, "/x"), "{line}");
            assert!(!is_at(line, Some("www.example.org"), "/x"), "{line}");
            assert!(!is_at(line, Some("example.org"), "/X"), "{line}");
        }
        assert!(is_at("a=1; Path=/", None, "/"));
        assert!(!is_at("a=1; Path=/", Some("example.org"), "/"));
    }
}
