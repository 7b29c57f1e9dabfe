//! Tells which headers of a message matter to a policy, for programs that have them in another form.

use http::header::HeaderName;

use crate::headers::caching::tells_caches;
use crate::policy::Policy;

/// The headers of requests that every policy reads, beside those of its sources.
const OF_REQUEST: [&str; 4] = ["cookie", "host", "sec-fetch-dest", "sec-fetch-site"];
/// The headers of responses that every policy reads, beside those that tell caches.
const OF_RESPONSE: [&str; 2] = ["set-cookie", "date"];

impl Policy {
    /// Returns `true` if a request's header of this name can make a difference to
    /// [`consent`](Self::consent) or [`filter_request`](Self::filter_request); the name's case does not matter.
    ///
    /// This is for programs that have a request's headers in another form than a `HeaderMap`, such as a proxy's
    /// filter: they make a map of these alone. Sites' own closures may read others:
    /// those of a policy that is [picked by the request](Self::by) or
    /// [exempts requests](crate::PolicyBuilder::dangerously_exempt).
    pub fn reads_of_request(&self, name: impl AsRef<[u8]>) -> bool {
        let of_sources = self.0.sources.headers().iter().map(HeaderName::as_str);
        is_among(name.as_ref(), OF_REQUEST.into_iter().chain(of_sources))
    }

    /// Returns `true` if a response's header of this name can make a difference to [`enforce`](Self::enforce), or be
    /// changed by it; the name's case does not matter.
    ///
    /// A program that has a response's headers in another form than a `HeaderMap` makes a map of these alone. It
    /// looks for headers that were added there, too.
    ///
    /// ```
    /// use tower_cookie_consent::{Policy, Registry};
    ///
    /// let policy = Policy::new(Registry::from_toml("version = '1'\ncategories.essential.basis = 'necessary'")?);
    /// assert!(policy.reads_of_response("Set-Cookie"));
    /// assert!(policy.reads_of_response("cache-control"));
    /// assert!(!policy.reads_of_response("content-type"));
    /// # Ok::<(), tower_cookie_consent::ConfigError>(())
    /// ```
    pub fn reads_of_response(&self, name: impl AsRef<[u8]>) -> bool {
        let name = name.as_ref();
        is_among(name, OF_RESPONSE.into_iter()) || tells_caches(name)
    }
}

fn is_among<'n>(name: &[u8], mut headers: impl Iterator<Item = &'n str>) -> bool {
    headers.any(|it| it.as_bytes().eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use http::header::HeaderValue;
    use proptest::prelude::*;

    use super::*;
    use crate::choice::{Gpc, OwnCookie};
    use crate::registry::{Category, Declaration, Registry, RequestFilter};

    /// Headers of which a policy may read some, with values that make a difference.
    const REQUEST: [(&str, &str); 8] = [
        ("cookie", "_ga=1; _gid=2"),
        ("cookie", "cookie_consent=x"),
        ("host", "www.example.org"),
        ("sec-fetch-dest", "document"),
        ("sec-fetch-site", "same-origin"),
        ("sec-gpc", "1"),
        ("accept", "text/html"),
        ("referer", "https://example.org/"),
    ];
    const RESPONSE: [(&str, &str); 12] = [
        ("set-cookie", "sid=1"),
        ("set-cookie", "_ga=1; Max-Age=60"),
        ("set-cookie", "sid=2; Expires=Tue, 01 Jan 2030 00:00:00 GMT"),
        ("date", "Mon, 31 Dec 2029 23:00:00 GMT"),
        ("cache-control", "public"),
        ("cdn-cache-control", "max-age=60"),
        ("surrogate-control", "max-age=60"),
        ("edge-control", "cache-maxage=1d"),
        ("x-accel-expires", "60"),
        ("vary", "accept"),
        ("content-type", "text/html"),
        ("expires", "0"),
    ];

    /// A policy that reads all that one can, and has a lifetime to enforce.
    fn policy() -> Policy {
        let essential =
            Category::necessary("essential").cookie(Declaration::new("sid").lifetime("1 hour"));
        let analytics = Category::opt_out("analytics").cookie("_ga").cookie("_gid");
        let registry = Registry::builder()
            .version("1")
            .category(essential)
            .category(analytics.refused_by_gpc(true))
            .filter_requests(RequestFilter::All)
            .sweep(true);
        Policy::builder(registry.build().unwrap()).source(OwnCookie).source(Gpc).build()
    }

    fn map(lines: &[(&str, &'static str)], reads: impl Fn(&str) -> bool) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in lines.iter().filter(|(name, _)| reads(name)) {
            let name: HeaderName = name.parse().unwrap();
            map.append(name, HeaderValue::from_static(value));
        }
        map
    }

    /// The request and the response after the policy, and how many cookies were withheld.
    fn kept(policy: &Policy, mut request: HeaderMap, mut response: HeaderMap, asks: bool) -> Kept {
        let consent = policy.consent(&request);
        let withheld = policy.filter_request(&consent, &mut request).len();
        if asks {
            consent.is_decided();
        }
        policy.enforce_unreported(&consent, &mut response);
        (request, response, withheld)
    }

    type Kept = (HeaderMap, HeaderMap, usize);

    proptest! {
        #[test]
        fn what_is_not_read_makes_no_difference(
            request in prop::sample::subsequence(&REQUEST[..], 0..=REQUEST.len()),
            response in prop::sample::subsequence(&RESPONSE[..], 0..=RESPONSE.len()),
            asks: bool,
        ) {
            let policy = policy();
            let of_request = |name: &str| policy.reads_of_request(name.to_ascii_uppercase());
            let of_response = |name: &str| policy.reads_of_response(name.to_ascii_uppercase());
            let of_all = kept(&policy, map(&request, |_| true), map(&response, |_| true), asks);
            let read = kept(&policy, map(&request, of_request), map(&response, of_response), asks);
            let (mut request_left, mut response_left, withheld) = read;
            request_left.extend(map(&request, |name| !of_request(name)));
            response_left.extend(map(&response, |name| !of_response(name)));
            prop_assert_eq!((request_left, response_left, withheld), of_all);
        }
    }
}
