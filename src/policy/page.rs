//! Reads what a request says of the page that it is for: its host, whose parents hold cookies too (R20),
//! and how the browser came to ask (R19).

mod host_name;

use http::header::{HOST, HeaderMap, HeaderName, HeaderValue};
use http::uri::{Authority, Uri};

pub(super) use crate::policy::page::host_name::HostName;
#[cfg(feature = "tracing")]
pub(crate) use crate::policy::page::host_name::is_within;
use crate::registry::ConsentCookie;
use crate::set_cookie::SameSite;

static SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
static SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

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

    /// The host, if it is known by a name.
    pub(super) fn host_name(&self) -> Option<HostName<'_>> {
        HostName::of(match self.host.as_ref()? {
            Host::Header(value) => value.as_bytes(),
            Host::Target(authority) => authority.host().as_bytes(),
        })
    }

    fn is_within(&self, domain: &str) -> bool {
        self.host_name().is_some_and(|name| name.is_within(domain))
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

    #[test]
    fn r20_the_host_of_the_target_comes_before_that_of_the_header() {
        let header = HeaderMap::from_iter([(HOST, HeaderValue::from_static("b.test:80"))]);
        let target = "https://shop.example.org:443/x".parse().unwrap();
        for (target, want) in
            [(None, &[&b"b.test"[..]][..]), (Some(&target), &[b"shop.example.org", b"example.org"])]
        {
            let page = Page::of(&header, target);
            let domains: Vec<_> = page.host_name().unwrap().domains().collect();
            assert_eq!(domains, want);
        }
        assert!(Page::of(&HeaderMap::new(), None).host_name().is_none());
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
