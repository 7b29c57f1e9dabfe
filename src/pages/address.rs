//! The path under which the pages lie, and paths of the site in general.

use std::fmt;

use crate::pages::route::Route;

/// The error of [`Pages::at`](crate::pages::Pages::at): what was given is no path of a site, or one that
/// the service has below itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidPath {
    path: String,
}

impl fmt::Display for InvalidPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is no path for the pages: write one like \"/cookies\", with one slash in front and \
             neither query nor fragment, and no address that they have below it, such as \"/choice\"",
            self.path
        )
    }
}

impl std::error::Error for InvalidPath {}

/// Returns a site's path without the slash at its end.
///
/// A router may pass requests on with that path in front or without it, so that it must not be an
/// address of the service's own: of `/choice` nobody could say which of both is meant.
pub(super) fn base(path: &str) -> Result<String, InvalidPath> {
    let is_path = is_local(path) && !path.contains(['?', '#']);
    let base = path.strip_suffix('/').unwrap_or(path);
    let is_taken = !base.is_empty() && Route::of(base, "").is_some();
    if is_path && !is_taken {
        Ok(base.to_owned())
    } else {
        Err(InvalidPath { path: path.to_owned() })
    }
}

/// Returns `true` if a browser that is sent there stays on the site. Browsers take `//host` and `/\host` for
/// another host's address, and leave out tabs and line ends before they look.
pub(super) fn is_local(path: &str) -> bool {
    let visible = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    path.starts_with('/') && !path.starts_with("//") && path.bytes().all(visible)
}

#[cfg(test)]
mod tests {
    use crate::pages::assets::SCRIPT;

    use super::*;

    #[test]
    fn a_path_leads_to_another_host_in_no_way() {
        for (path, want) in [
            ("/", true),
            ("/a/b?c=d#e", true),
            ("/a//b", true),
            ("/%2F/other.example", true),
            ("//other.example", false),
            ("/\\other.example", false),
            ("\\\\other.example", false),
            ("/\t/other.example", false),
            ("/a b", false),
            ("/é", false),
            ("https://other.example/", false),
            ("a", false),
            ("", false),
        ] {
            assert_eq!(is_local(path), want, "{path:?}");
        }
    }

    #[test]
    fn the_pages_lie_under_a_path() {
        for (path, want) in [
            ("/cookies", "/cookies"),
            ("/a/b/", "/a/b"),
            ("/", ""),
            ("/a/choice", "/a/choice"),
            ("/choices", "/choices"),
        ] {
            assert_eq!(base(path).as_deref(), Ok(want), "{path}");
        }
        let script = SCRIPT.address("");
        for path in [
            "cookies",
            "//a",
            "/a?b",
            "/a#b",
            "/a b",
            "",
            "/choice",
            "/choice/",
            "/openapi.json",
            &script,
        ] {
            let error = base(path).unwrap_err().to_string();
            assert!(error.contains(&format!("{path:?}")), "{error}");
        }
    }
}
