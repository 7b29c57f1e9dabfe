//! The check that a request comes from the site itself.
//!
//! A page of any other site can send a form here, and would consent for the visitor. Browsers say
//! where a request comes from in `Sec-Fetch-Site` (Fetch Metadata), older ones and those on plain
//! HTTP in `Origin` (RFC 6454). These are the rules of tower-http's `csrf`, which asks for a layer
//! around the whole service.

use http::Uri;
use http::header::{HOST, HeaderName, ORIGIN, REFERER};
use http::request::Parts;
use http::uri::Authority;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Returns `true` if no page of another site sent the request: one of the site did, the visitor (`none`), or a
/// program that is no browser, which has no visitor's cookies to misuse.
pub(super) fn is_from_site(request: &Parts) -> bool {
    let mut sites = request.headers.get_all(SEC_FETCH_SITE).iter().peekable();
    if sites.peek().is_some() {
        return sites.all(|site| site == "same-origin" || site == "none");
    }
    let mut origins = request.headers.get_all(ORIGIN).iter();
    let host = host(request);
    origins.all(|origin| {
        let authority = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
        authority.is_some_and(|(_, authority)| is_host(authority, host))
    })
}

/// Reads the path and query of the page from which the visitor came, if it belongs to the site.
pub(super) fn path_of_referer(request: &Parts) -> Option<String> {
    let referer = request.headers.get(REFERER)?.to_str().ok()?;
    let referer: Uri = referer.parse().ok()?;
    let is_site = referer.authority().is_some_and(|from| is_host(from.as_str(), host(request)));
    is_site.then(|| referer.path_and_query().map_or("/", |path| path.as_str()).to_owned())
}

/// Returns the host that the request was sent to: HTTP/2 has it in the address, HTTP/1 in a header.
fn host(request: &Parts) -> Option<&str> {
    let in_address = request.uri.authority().map(Authority::as_str);
    in_address.or_else(|| request.headers.get(HOST)?.to_str().ok())
}

fn is_host(authority: &str, host: Option<&str>) -> bool {
    host.is_some_and(|host| host.eq_ignore_ascii_case(authority))
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn parts(uri: &str, headers: &[(&str, &str)]) -> Parts {
        let request = headers
            .iter()
            .fold(Request::post(uri), |request, (name, value)| request.header(*name, *value));
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn a_page_of_another_site_is_told_by_what_browsers_send() {
        let host = ("host", "shop.example:8080");
        for (headers, want) in [
            (&[][..], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "other")], false),
            (&[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")], false),
            // A page that names itself to nobody has the origin `null`; the browser knows better.
            (&[("sec-fetch-site", "same-origin"), ("origin", "null")], true),
            (&[("origin", "https://shop.example:8080")], true),
            (&[("origin", "https://SHOP.example:8080")], true),
            (&[("origin", "https://shop.example")], false),
            (&[("origin", "https://shop.example:8080.other.example")], false),
            (&[("origin", "https://other.example")], false),
            (&[("origin", "null")], false),
            (&[("origin", "shop.example:8080")], false),
            (&[("origin", "")], false),
        ] {
            let headers: Vec<_> = headers.iter().copied().chain([host]).collect();
            assert_eq!(is_from_site(&parts("/", &headers)), want, "{headers:?}");
        }
        let own = ("origin", "https://shop.example");
        assert!(is_from_site(&parts("https://shop.example/cookies", &[own])), "HTTP/2");
        assert!(!is_from_site(&parts("/", &[own])), "no host");
    }

    #[test]
    fn the_page_that_the_visitor_came_from_is_one_of_the_site() {
        for (referer, want) in [
            ("https://shop.example/a?b=c", Some("/a?b=c")),
            ("https://shop.example", Some("/")),
            ("https://shop.example//other.example", Some("//other.example")),
            ("https://other.example/a", None),
            ("/a", None),
            ("", None),
        ] {
            let request = parts("/", &[("host", "shop.example"), ("referer", referer)]);
            assert_eq!(path_of_referer(&request).as_deref(), want, "{referer:?}");
        }
    }
}
