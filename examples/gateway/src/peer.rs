//! The other end of a visitor's connection.

use std::net::IpAddr;
use std::sync::OnceLock;

use http::HeaderValue;
use ipnet::IpNet;

/// The address of a visitor, or of the proxy through which they come.
#[derive(Debug)]
pub(crate) struct Peer {
    pub(crate) address: IpAddr,
    /// The address as the value of a header.
    pub(crate) text: HeaderValue,
    /// The address in an element of `Forwarded`, without a host.
    element: Box<str>,
    /// The element with the host of the first request, since most of the next ones are to the same host.
    first: OnceLock<(HeaderValue, HeaderValue)>,
    is_tls: bool,
}

impl Peer {
    pub(crate) fn new(address: IpAddr, is_tls: bool) -> Self {
        // An IPv6 socket shows the address of an IPv4 visitor in the form of IPv6.
        let address = address.to_canonical();
        let text = HeaderValue::try_from(address.to_string());
        let text = text.unwrap_or(HeaderValue::from_static("unknown"));
        let element = match address {
            IpAddr::V4(address) => format!("for={address}"),
            // A token may hold no colon, so the address is quoted.
            IpAddr::V6(address) => format!("for=\"[{address}]\""),
        };
        Peer { address, text, element: element.into(), first: OnceLock::new(), is_tls }
    }

    pub(crate) fn scheme(&self) -> &'static str {
        if self.is_tls { "https" } else { "http" }
    }

    /// Returns the element of `Forwarded` for a request to this host.
    pub(crate) fn element(&self, host: Option<&HeaderValue>) -> Option<HeaderValue> {
        let Some(host) = host else { return self.element_with("") };
        if let Some((first, element)) = self.first.get()
            && first == host
        {
            return Some(element.clone());
        }
        let element = self.element_with(&format!(";host=\"{}\"", host.to_str().ok()?))?;
        // This does nothing if another request was the first one meanwhile.
        let _ = self.first.set((host.clone(), element.clone()));
        Some(element)
    }

    fn element_with(&self, host: &str) -> Option<HeaderValue> {
        HeaderValue::try_from([&*self.element, host, ";proto=", self.scheme()].concat()).ok()
    }

    /// Returns `true` if this is a trusted proxy, whose headers about the visitor are believed.
    pub(crate) fn is_trusted(&self, proxies: &[IpNet]) -> bool {
        contains(proxies, self.address)
    }
}

pub(crate) fn contains(proxies: &[IpNet], address: IpAddr) -> bool {
    proxies.iter().any(|network| network.contains(&address))
}
