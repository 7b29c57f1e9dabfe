//! Who is at the other end of a visitor's connection.

use std::net::IpAddr;
use std::sync::OnceLock;

use http::HeaderValue;
use ipnet::IpNet;

/// The visitor, or the proxy through which they come.
#[derive(Debug)]
pub(crate) struct Peer {
    pub(crate) address: IpAddr,
    /// The address as a header says it.
    pub(crate) text: HeaderValue,
    /// The same in an element of `Forwarded`.
    element: Box<str>,
    /// That element with the host of the first request, since the next ones are mostly to the same.
    first: OnceLock<(HeaderValue, HeaderValue)>,
    is_tls: bool,
}

impl Peer {
    pub(crate) fn new(address: IpAddr, is_tls: bool) -> Self {
        // An IPv4 visitor of an IPv6 socket is that visitor all the same.
        let address = address.to_canonical();
        let text = HeaderValue::try_from(address.to_string());
        let text = text.unwrap_or(HeaderValue::from_static("unknown"));
        let element = match address {
            IpAddr::V4(address) => format!("for={address}"),
            // Colons are no part of a token.
            IpAddr::V6(address) => format!("for=\"[{address}]\""),
        };
        Peer { address, text, element: element.into(), first: OnceLock::new(), is_tls }
    }

    pub(crate) fn scheme(&self) -> &'static str {
        if self.is_tls { "https" } else { "http" }
    }

    /// What `Forwarded` says of a request to this host.
    pub(crate) fn element(&self, host: Option<&HeaderValue>) -> Option<HeaderValue> {
        let Some(host) = host else { return self.element_with("") };
        if let Some((first, element)) = self.first.get()
            && first == host
        {
            return Some(element.clone());
        }
        let element = self.element_with(&format!(";host=\"{}\"", host.to_str().ok()?))?;
        // Another request may have been the first one meanwhile.
        let _ = self.first.set((host.clone(), element.clone()));
        Some(element)
    }

    fn element_with(&self, host: &str) -> Option<HeaderValue> {
        HeaderValue::try_from([&*self.element, host, ";proto=", self.scheme()].concat()).ok()
    }

    /// Whether what it says of those in front of it is believed.
    pub(crate) fn is_trusted(&self, proxies: &[IpNet]) -> bool {
        contains(proxies, self.address)
    }
}

pub(crate) fn contains(proxies: &[IpNet], address: IpAddr) -> bool {
    proxies.iter().any(|network| network.contains(&address))
}
