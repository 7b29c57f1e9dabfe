//! Reads what a request says of the page that it is for: its host, whose parents hold cookies too (R20),
//! and how the browser came to ask (R19).

use http::header::{HOST, HeaderMap, HeaderName, HeaderValue};
use http::uri::{Authority, Uri};

use crate::registry::{ConsentCookie, is_domain};
use crate::set_cookie::SameSite;

static SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
static SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The most domains of a host that are looked at, the widest first. Hosts of more than six labels
/// are rare, and each domain is a line for each cookie that is deleted.
pub(super) const MAX_DOMAINS: usize = 5;

/// The host of a request, and, where a policy sweeps, how the browser navigates.
#[derive(Clone, Default)]
pub(crate) struct Page {
    host: Option<Host>,
    navigation: Option<Navigation>,
}

/// The host is kept as it came, since a copy would cost every request an allocation.
#[derive(Clone)]
enum Host {
    Header(HeaderValue),
    Target(Authority),
}

/// A browser that opens a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Navigation {
    /// Is `true` if the document lies inside another one, which may be of another site.
    pub(super) is_framed: bool,
    /// Is `true` if the consent cookie, if there were one, would have come with the request.
    pub(super) brings_choice: bool,
}

impl Page {
    /// The page's host alone. A request target that names one is believed before the header (RFC
    /// 9112, section 3.2.2), and HTTP/2 has no other.
    #[inline]
    pub(crate) fn of(headers: &HeaderMap, target: Option<&Uri>) -> Self {
        let host = match target.and_then(Uri::authority) {
            Some(authority) => Some(Host::Target(authority.clone())),
            None => host(headers).cloned().map(Host::Header),
        };
        Page { host, navigation: None }
    }

    /// The page, and how the browser came to it; `None` if it opens no document, or does not say so.
    pub(crate) fn navigated(
        headers: &HeaderMap,
        target: Option<&Uri>,
        own: &ConsentCookie,
    ) -> Option<Self> {
        let (dest, site) = fetched(headers);
        let is_framed = match dest?.as_bytes() {
            b"document" => false,
            b"iframe" | b"frame" => true,
            _ => return None,
        };
        let mut page = Page::of(headers, target);
        // The site that asks for a frame is known, and the sites around the frame are not.
        let travels = !is_framed || own.is_partitioned() && own.same_site() == SameSite::None;
        let is_own_site =
            site.is_some_and(|site| matches!(site.as_bytes(), b"same-origin" | b"none"));
        let path = target.map_or("/", Uri::path);
        let is_in_reach =
            reaches(own.path(), path) && own.domain().is_none_or(|domain| page.is_within(domain));
        let brings_choice = travels && is_own_site && is_in_reach;
        page.navigation = Some(Navigation { is_framed, brings_choice });
        Some(page)
    }

    pub(super) fn navigation(&self) -> Option<Navigation> {
        self.navigation
    }

    /// The host itself and its parents, as domains of which it can set cookies: none of an address
    /// or of what is no host name. A whole top-level domain is left out. Longer public suffixes are
    /// not known, and browsers refuse them.
    pub(super) fn domains(&self) -> impl Iterator<Item = &str> + Clone {
        let host = self.name().unwrap_or_default();
        let (mut domains, mut unused) = ([""; MAX_DOMAINS], MAX_DOMAINS);
        let mut left = before_last_dot(host);
        while let Some(text) = left
            && let Some(at) = unused.checked_sub(1)
        {
            left = before_last_dot(text);
            let start = left.map_or(0, |left| left.len() + 1);
            domains[at] = host.get(start..).unwrap_or_default();
            unused = at;
        }
        domains.into_iter().skip(unused)
    }

    /// The host name, without a port.
    fn name(&self) -> Option<&str> {
        let host = match self.host.as_ref()? {
            Host::Header(value) => value.as_bytes(),
            Host::Target(authority) => authority.host().as_bytes(),
        };
        let port = host.iter().position(|byte| *byte == b':').unwrap_or(host.len());
        let name = str::from_utf8(host.get(..port)?).ok()?;
        let last_label = name.as_bytes().rsplit(|byte| *byte == b'.').next()?;
        let is_address = last_label.iter().all(u8::is_ascii_digit);
        (is_domain(name) && !name.starts_with('.') && !is_address).then_some(name)
    }

    fn is_within(&self, domain: &str) -> bool {
        let domain = domain.strip_prefix('.').unwrap_or(domain);
        let Some(name) = self.name() else { return false };
        let Some(start) = name.len().checked_sub(domain.len()) else { return false };
        let (before, end) = name.as_bytes().split_at(start);
        end.eq_ignore_ascii_case(domain.as_bytes()) && matches!(before, [] | [.., b'.'])
    }
}

/// The first `Sec-Fetch-Dest` and the first `Sec-Fetch-Site`. To go through the headers once takes less time than
/// to look up two names that `http` does not know.
fn fetched(headers: &HeaderMap) -> (Option<&HeaderValue>, Option<&HeaderValue>) {
    let (mut dest, mut site) = (None, None);
    for (name, value) in headers {
        if *name == SEC_FETCH_DEST {
            dest.get_or_insert(value);
        } else if *name == SEC_FETCH_SITE {
            site.get_or_insert(value);
        }
    }
    (dest, site)
}

/// The text before the last dot of a host name.
fn before_last_dot(host: &str) -> Option<&str> {
    // Labels are short: a plain loop beats a vectorised search here.
    host.get(..host.bytes().rposition(|byte| byte == b'.')?)
}

/// The `Host` header. Clients send it first (RFC 9110, section 7.2), so it is looked at there before its name
/// is hashed.
fn host(headers: &HeaderMap) -> Option<&HeaderValue> {
    match headers.iter().next() {
        Some((name, value)) if name == HOST => Some(value),
        _ => headers.get(HOST),
    }
}

/// Returns `true` if a cookie under `path` comes with a request for `asked` (RFC 6265bis, section 5.1.4).
fn reaches(path: &str, asked: &str) -> bool {
    asked
        .strip_prefix(path)
        .is_some_and(|rest| rest.is_empty() || path.ends_with('/') || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(host: &str) -> Page {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_str(host).unwrap());
        Page::of(&headers, None)
    }

    #[test]
    fn r20_the_domains_of_a_host_are_itself_and_its_parents() {
        for (host, domains) in [
            ("www.example.org", &["www.example.org", "example.org"][..]),
            ("Example.org:8080", &["Example.org"]),
            (
                "a.b.c.d.e.f.example.org",
                &["d.e.f.example.org", "e.f.example.org", "f.example.org", "example.org"],
            ),
            ("localhost", &[]),
            ("127.0.0.1:3000", &[]),
            ("[::1]:3000", &[]),
            ("", &[]),
            (".example.org", &[]),
            ("a..b", &[]),
            ("a;b.example.org", &[]),
            ("example.org.", &[]),
        ] {
            let page = page(host);
            let got: Vec<_> = page.domains().collect();
            let want = if host.starts_with("a.b.c") {
                let mut all = vec!["c.d.e.f.example.org"];
                all.extend(domains);
                all
            } else {
                domains.to_vec()
            };
            assert_eq!(got, want, "{host}");
        }
        let target = "https://shop.example.org/x".parse().unwrap();
        let asked = Page::of(
            &HeaderMap::from_iter([(HOST, HeaderValue::from_static("b.test"))]),
            Some(&target),
        );
        assert!(asked.domains().eq(["shop.example.org", "example.org"]));
    }

    #[test]
    fn r19_the_choice_comes_where_its_cookie_would() {
        let host = ConsentCookie::new();
        let domain = || ConsentCookie::new().with_domain("example.org");
        let shop = || ConsentCookie::new().with_path("/shop");
        let frames = || ConsentCookie::new().with_same_site(SameSite::None);
        let parts = || frames().with_partitioned(true);
        for (dest, site, target, own, want) in [
            ("document", "none", "/", host.clone(), Some(true)),
            ("document", "same-origin", "/x", host.clone(), Some(true)),
            ("document", "same-site", "/", host.clone(), Some(false)),
            ("document", "cross-site", "/", host.clone(), Some(false)),
            ("document", "", "/", host.clone(), Some(false)),
            ("image", "same-origin", "/", host.clone(), None),
            ("empty", "same-origin", "/", host.clone(), None),
            ("iframe", "same-origin", "/", host, Some(false)),
            ("iframe", "same-origin", "/", frames(), Some(false)),
            ("frame", "same-origin", "/", parts(), Some(true)),
            ("document", "none", "/shop/a", shop(), Some(true)),
            ("document", "none", "/shopping", shop(), Some(false)),
            ("document", "none", "/", shop(), Some(false)),
            ("document", "none", "https://www.example.org/", domain(), Some(true)),
            ("document", "none", "https://example.org/", domain(), Some(true)),
            ("document", "none", "https://badexample.org/", domain(), Some(false)),
            ("document", "none", "/", domain(), Some(false)),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(&SEC_FETCH_DEST, HeaderValue::from_static(dest));
            headers.insert(&SEC_FETCH_SITE, HeaderValue::from_static(site));
            let page = Page::navigated(&headers, Some(&target.parse().unwrap()), &own);
            let brings = page.map(|page| page.navigation().unwrap().brings_choice);
            assert_eq!(brings, want, "{dest} {site} {target}");
        }
        assert!(Page::navigated(&HeaderMap::new(), None, &ConsentCookie::new()).is_none());
    }
}
