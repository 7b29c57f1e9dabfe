//! The host and the path by which an upstream gets requests.

use std::cmp::Reverse;
use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

/// A host as a configuration names it: lower case, without a port.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Host(String);

/// The beginning of a path, of whole segments: `/api` is the beginning of `/api` and `/api/x`, and
/// not of `/apis`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct PathPrefix(String);

/// The requests that an upstream takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) host: Option<Host>,
    pub(crate) path: PathPrefix,
}

impl Route {
    /// Returns `true` if the upstream takes a request to this `Host` and path.
    pub(crate) fn matches(&self, host: &str, path: &str) -> bool {
        self.host.as_ref().is_none_or(|own| own.is(host)) && self.path.covers(path)
    }

    /// Returns the order in which routes are tried: first those that name a host, and of those with the same
    /// host the longest path.
    pub(crate) fn order(&self) -> impl Ord + use<> {
        (self.host.is_none(), Reverse(self.path.0.len()))
    }
}

impl Host {
    fn is(&self, host: &str) -> bool {
        let end = host.rfind(':').filter(|end| !host[*end..].contains(']'));
        let name = &host[..end.unwrap_or(host.len())];
        name.strip_suffix('.').unwrap_or(name).eq_ignore_ascii_case(&self.0)
    }
}

impl PathPrefix {
    pub(crate) fn new(text: &str) -> Self {
        PathPrefix(text.trim_end_matches('/').to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns `true` if the path is this one or below it.
    pub(crate) fn covers(&self, path: &str) -> bool {
        let rest = path.strip_prefix(&self.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || self.0.is_empty())
    }
}

impl TryFrom<String> for Host {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_name = !text.is_empty() && !text.contains(['/', '@', '*', ' ']);
        let has_port = text.contains(':') && !text.ends_with(']');
        if !is_name || has_port {
            return Err(format!("{text:?} is no host: write a name without a port"));
        }
        Ok(Host(text.trim_end_matches('.').to_ascii_lowercase()))
    }
}

impl FromStr for PathPrefix {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if !text.starts_with('/') || text.contains(['?', '#', ' ', '*']) {
            return Err(format!("{text:?} is no path: write one that starts with a slash"));
        }
        Ok(PathPrefix::new(text))
    }
}

impl TryFrom<String> for PathPrefix {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.host.as_ref().map_or("every host", |host| &host.0);
        write!(f, "{host}{}/", self.path.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(host: &str, path: &str) -> Route {
        let host = Some(host.to_owned()).filter(|host| !host.is_empty());
        Route {
            host: host.map(|host| host.try_into().unwrap()),
            path: path.to_owned().try_into().unwrap(),
        }
    }

    #[test]
    fn a_route_takes_a_host_with_any_port_and_whole_segments_of_a_path() {
        for (host, path, asked, on, want) in [
            ("", "/", "any", "/", true),
            ("", "/", "any", "/x", true),
            ("", "/", "any", "*", true),
            ("", "/api", "any", "/api", true),
            ("", "/api/", "any", "/api/x", true),
            ("", "/api", "any", "/apis", false),
            ("", "/api", "any", "/", false),
            ("a.example", "/", "A.example:8080", "/", true),
            ("a.example", "/", "a.example.", "/", true),
            ("A.example.", "/", "a.example", "/", true),
            ("a.example", "/", "b.a.example", "/", false),
            ("[::1]", "/", "[::1]:8080", "/", true),
            ("[::1]", "/", "[::1]", "/", true),
        ] {
            assert_eq!(route(host, path).matches(asked, on), want, "{host}{path} {asked}{on}");
        }
    }

    #[test]
    fn a_named_host_and_then_the_longest_path_come_first() {
        let mut routes =
            [route("", "/"), route("", "/a/b"), route("a.example", "/"), route("a.example", "/a")];
        routes.sort_by_key(Route::order);
        let shown = routes.map(|route| route.to_string());
        assert_eq!(shown, ["a.example/a/", "a.example/", "every host/a/b/", "every host/"]);
    }

    #[test]
    fn what_is_no_host_or_path_is_told() {
        for text in ["", "a.example:80", "http://a.example", "*.example"] {
            assert!(Host::try_from(text.to_owned()).is_err(), "{text}");
        }
        for text in ["", "api", "/api?x", "/*"] {
            assert!(PathPrefix::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
