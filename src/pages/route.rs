//! The addresses, and the methods that each of them has.

use http::Method;

use crate::pages::assets::{self, Asset};

/// The thing that a path leads to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Route {
    /// The preferences and the policy.
    Page,
    /// The choice as JSON.
    Choice,
    /// The description of all this.
    OpenApi,
    /// Script or style, and whether the name is that of what there is now.
    Asset(&'static Asset, bool),
}

impl Route {
    /// Returns the route of a request's path, with or without the path of the service in front.
    pub(super) fn of(path: &str, base: &str) -> Option<Self> {
        let below = path.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        match below.unwrap_or(path) {
            "" | "/" => Some(Route::Page),
            "/choice" => Some(Route::Choice),
            "/openapi.json" => Some(Route::OpenApi),
            path => {
                let (asset, is_current) = assets::find(path.strip_prefix('/')?)?;
                Some(Route::Asset(asset, is_current))
            }
        }
    }

    /// Returns the methods that it has, as the header `Allow` lists them.
    pub(super) fn allow(self) -> &'static str {
        match self {
            Route::Page => "GET, HEAD, POST, OPTIONS",
            Route::Choice => "GET, HEAD, PUT, DELETE, OPTIONS",
            Route::OpenApi | Route::Asset(..) => "GET, HEAD, OPTIONS",
        }
    }

    pub(super) fn has(self, method: &Method) -> bool {
        self.allow().split(", ").any(|allowed| allowed == method.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_with_and_without_that_of_the_service() {
        for (path, want) in [
            ("/", "Page"),
            ("/cookies", "Page"),
            ("/cookies/", "Page"),
            ("/choice", "Choice"),
            ("/cookies/choice", "Choice"),
            ("/cookies/openapi.json", "OpenApi"),
            ("/cookiesx", "None"),
            ("/cookies/choice/", "None"),
            ("/Choice", "None"),
            ("/%63hoice", "None"),
            ("*", "None"),
        ] {
            let route = Route::of(path, "/cookies");
            let name = route.map_or_else(|| "None".to_owned(), |route| format!("{route:?}"));
            assert_eq!(name, want, "{path}");
        }
        assert!(matches!(Route::of("/", ""), Some(Route::Page)));
        assert!(matches!(Route::of("/choice", ""), Some(Route::Choice)));
        let script = assets::SCRIPT.address("/cookies");
        assert!(matches!(Route::of(&script, "/cookies"), Some(Route::Asset(_, true))));
    }
}
