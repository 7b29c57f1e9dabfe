//! The address of an upstream.

use std::fmt;
use std::str::FromStr;

use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};
use serde::Deserialize;

/// An address that has a scheme, a host and a port, and nothing else: `http://127.0.0.1:8080`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Origin {
    pub(crate) scheme: Scheme,
    pub(crate) authority: Authority,
}

impl Origin {
    pub(crate) fn uri(&self) -> Uri {
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(PathAndQuery::from_static("/"));
        // This does not fail, since scheme, host and path are all there.
        Uri::from_parts(parts).unwrap_or_default()
    }
}

/// The error of reading an [`Origin`] from a text that is none.
#[derive(Debug)]
pub(crate) struct NotAnOrigin(String);

impl FromStr for Origin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || NotAnOrigin(text.to_owned());
        let parts = text.parse::<Uri>().map_err(|_| error())?.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(error());
        };
        let path = parts.path_and_query.as_ref().map_or("/", |path| path.as_str());
        let is_web = scheme == Scheme::HTTP || scheme == Scheme::HTTPS;
        if !is_web || path != "/" || authority.as_str().contains('@') {
            return Err(error());
        }
        Ok(Origin { scheme, authority })
    }
}

impl TryFrom<String> for Origin {
    type Error = NotAnOrigin;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

impl fmt::Display for NotAnOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is no upstream: write scheme, host and port alone, such as \
             http://127.0.0.1:8080",
            self.0
        )
    }
}

impl std::error::Error for NotAnOrigin {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upstream_is_scheme_host_and_port() {
        for text in ["http://127.0.0.1:8080", "http://[::1]:80/", "https://shop.example"] {
            let origin: Origin = text.parse().unwrap();
            assert_eq!(origin.to_string(), text.trim_end_matches('/'));
            assert_eq!(origin.uri().to_string(), format!("{origin}/"));
        }
        for text in [
            "",
            "/",
            "127.0.0.1:8080",
            "localhost",
            "ftp://example.org",
            "http://example.org/path",
            "http://example.org/?query",
            "http://user@example.org",
        ] {
            let error = text.parse::<Origin>().unwrap_err().to_string();
            assert!(error.contains("http://127.0.0.1:8080"), "{error}");
        }
    }
}
