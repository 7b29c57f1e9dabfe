//! The headers that tell an upstream about the visitor: `Forwarded` (RFC 7239) and the older
//! `X-Forwarded-*`.
//!
//! Applications believe these headers, so those that a visitor sends are removed. Those of a trusted proxy
//! stay, and the gateway adds to them.

use std::net::IpAddr;

use http::header::{FORWARDED, HeaderMap, HeaderName, HeaderValue};
use ipnet::IpNet;

use crate::peer::{Peer, contains};

const FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const PORT: HeaderName = HeaderName::from_static("x-forwarded-port");
const PREFIX: HeaderName = HeaderName::from_static("x-forwarded-prefix");
const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const REAL_IP: HeaderName = HeaderName::from_static("x-real-ip");

const ALL: [HeaderName; 7] = [FORWARDED, FOR, HOST, PORT, PREFIX, PROTO, REAL_IP];

/// Says on whose behalf the request comes, through which scheme, and to which host.
pub(crate) fn add(
    headers: &mut HeaderMap,
    peer: &Peer,
    host: Option<&HeaderValue>,
    proxies: &[IpNet],
) {
    let is_trusted = peer.is_trusted(proxies);
    remove_lies(headers, is_trusted);
    let element = peer.element(host);
    if is_trusted {
        // A proxy that names its visitor by `X-Forwarded-For` alone may have ended TLS, too. A `Forwarded`
        // begun here would call that proxy the visitor, and its scheme the visitor's.
        let goes_on = headers.contains_key(FORWARDED) || !headers.contains_key(FOR);
        append(headers, FOR, &peer.text);
        headers.entry(PROTO).or_insert(HeaderValue::from_static(peer.scheme()));
        if let Some(host) = host {
            headers.entry(HOST).or_insert(host.clone());
        }
        if let Some(element) = element.filter(|_| goes_on) {
            append(headers, FORWARDED, &element);
        }
        return;
    }
    headers.insert(FOR, peer.text.clone());
    headers.insert(PROTO, HeaderValue::from_static(peer.scheme()));
    for (name, value) in [(HOST, host.cloned()), (FORWARDED, element)] {
        match value {
            Some(value) => drop(headers.insert(name, value)),
            None => drop(headers.remove(name)),
        }
    }
}

/// Returns the address of the visitor. If the request came through trusted proxies, it is the last address in
/// their list that is not one of them.
pub(crate) fn client(headers: &HeaderMap, peer: &Peer, proxies: &[IpNet]) -> IpAddr {
    let mut client = peer.address;
    if !contains(proxies, client) {
        return client;
    }
    let lines: Vec<_> = headers.get_all(FOR).iter().filter_map(|line| line.to_str().ok()).collect();
    for text in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        let Ok(address) = text.trim().parse::<IpAddr>() else { break };
        client = address.to_canonical();
        if !contains(proxies, client) {
            break;
        }
    }
    client
}

/// Removes the headers that only a trusted proxy may send, and names that CGI and WSGI programs cannot tell from
/// the real ones, since these write both `-` and `_` as `_`.
fn remove_lies(headers: &mut HeaderMap, is_trusted: bool) {
    let is_untrusted = |name: &HeaderName| !is_trusted && [PORT, PREFIX, REAL_IP].contains(name);
    let is_look_alike = |name: &HeaderName| {
        name.as_str().contains('_') && {
            let meant = name.as_str().replace('_', "-");
            ALL.iter().any(|name| name.as_str() == meant)
        }
    };
    let found: Vec<_> =
        headers.keys().filter(|name| is_untrusted(name) || is_look_alike(name)).cloned().collect();
    for name in found {
        headers.remove(name);
    }
}

/// Appends a value to a header that is a list, in one line.
pub(crate) fn append(headers: &mut HeaderMap, name: HeaderName, value: &HeaderValue) {
    let mut lines = headers.get_all(&name).iter();
    let Some(first) = lines.next() else {
        headers.insert(name, value.clone());
        return;
    };
    let mut joined = first.as_bytes().to_vec();
    for line in lines.chain([value]) {
        joined.extend_from_slice(b", ");
        joined.extend_from_slice(line.as_bytes());
    }
    // This does not fail, since a list of valid values is valid.
    if let Ok(joined) = HeaderValue::try_from(joined) {
        headers.insert(name, joined);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: [(&str, &str); 7] = [
        ("x-forwarded-for", "10.9.9.9"),
        ("x-forwarded-for", "192.0.2.7"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "public.example"),
        ("forwarded", "for=192.0.2.7"),
        ("x-real-ip", "192.0.2.7"),
        ("x_forwarded_for", "10.9.9.9"),
    ];

    fn sent() -> HeaderMap {
        let line = |(name, value): (&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        SENT.map(line).into_iter().collect()
    }

    fn shown(headers: &HeaderMap) -> Vec<String> {
        let line = |(name, value): (&HeaderName, &HeaderValue)| {
            format!("{name}: {}", value.to_str().unwrap())
        };
        let mut lines: Vec<_> = headers.iter().map(line).collect();
        lines.sort_unstable();
        lines
    }

    fn networks(texts: &[&str]) -> Vec<IpNet> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn what_a_visitor_says_of_themselves_does_not_count() {
        let peer = Peer::new("203.0.113.5".parse().unwrap(), false);
        let mut headers = sent();
        add(&mut headers, &peer, Some(&HeaderValue::from_static("a.example:80")), &[]);
        assert_eq!(
            shown(&headers),
            [
                "forwarded: for=203.0.113.5;host=\"a.example:80\";proto=http",
                "x-forwarded-for: 203.0.113.5",
                "x-forwarded-host: a.example:80",
                "x-forwarded-proto: http",
            ]
        );
    }

    #[test]
    fn a_request_without_a_host_has_none_that_its_visitor_made_up() {
        let peer = Peer::new("203.0.113.5".parse().unwrap(), false);
        let mut headers = sent();
        add(&mut headers, &peer, None, &[]);
        assert_eq!(
            shown(&headers),
            [
                "forwarded: for=203.0.113.5;proto=http",
                "x-forwarded-for: 203.0.113.5",
                "x-forwarded-proto: http",
            ]
        );
    }

    #[test]
    fn what_a_trusted_proxy_says_is_gone_on_with() {
        let peer = Peer::new("2001:db8::5".parse().unwrap(), true);
        let mut headers = sent();
        let proxies = networks(&["2001:db8::/32"]);
        add(&mut headers, &peer, Some(&HeaderValue::from_static("inner")), &proxies);
        assert_eq!(
            shown(&headers),
            [
                "forwarded: for=192.0.2.7, for=\"[2001:db8::5]\";host=\"inner\";proto=https",
                "x-forwarded-for: 10.9.9.9, 192.0.2.7, 2001:db8::5",
                "x-forwarded-host: public.example",
                "x-forwarded-proto: https",
                "x-real-ip: 192.0.2.7",
            ]
        );
    }

    #[test]
    fn a_forwarded_is_not_begun_behind_a_proxy_that_writes_none() {
        let peer = Peer::new("10.0.0.1".parse().unwrap(), false);
        let proxies = networks(&["10.0.0.0/8"]);
        let host = HeaderValue::from_static("a.example");
        let mut headers = sent();
        headers.remove(FORWARDED);
        add(&mut headers, &peer, Some(&host), &proxies);
        assert_eq!(headers.get(FORWARDED), None);
        assert_eq!(headers[PROTO], "https");

        let mut headers = HeaderMap::new();
        add(&mut headers, &peer, Some(&host), &proxies);
        assert_eq!(headers[FORWARDED], "for=10.0.0.1;host=\"a.example\";proto=http");
    }

    #[test]
    fn the_client_is_the_last_that_no_trusted_proxy_is() {
        let peer = Peer::new("::ffff:10.0.0.1".parse().unwrap(), false);
        for (proxies, want) in [
            (&[] as &[_], "10.0.0.1"),
            (&["10.0.0.0/24"], "192.0.2.7"),
            (&["10.0.0.0/24", "192.0.2.0/24"], "10.9.9.9"),
            (&["0.0.0.0/0"], "10.9.9.9"),
        ] {
            let found = client(&sent(), &peer, &networks(proxies));
            assert_eq!(found.to_string(), want, "{proxies:?}");
        }
    }
}
