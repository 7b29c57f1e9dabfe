//! The modes that a policy may be in, each off and on, around the same request and response.

use http::header::{COOKIE, HeaderName};
use tower_cookie_consent::registry::{Category, RegistryBuilder, RequestFilter};

use super::registries::site_with;
use super::shape::{REFUSED, Shape};
use super::traffic::{consent, request_head};

impl Shape {
    /// A request of ten cookies, under a policy without a mode.
    pub(crate) fn filter_off() -> Self {
        Shape::request_of("filter_off", TEN_WITH_THREE_REFUSED, |registry| registry)
    }

    /// The same under a policy that filters requests (R22), all of whose cookies may be read.
    pub(crate) fn filter_none() -> Self {
        Shape::filtered("filter_none", TEN_COOKIES)
    }

    /// The same with three cookies that may not.
    pub(crate) fn filter_three() -> Self {
        Shape::filtered("filter_three", TEN_WITH_THREE_REFUSED)
    }

    /// A document for a browser of ten cookies, three of which are refused, under a policy without a mode.
    pub(crate) fn sweep_off() -> Self {
        let off = Shape::request_of("sweep_off", TEN_WITH_THREE_REFUSED, |registry| registry);
        off.opening_document()
    }

    /// The same under a policy that sweeps (R19), without a cookie that is refused.
    pub(crate) fn sweep_none() -> Self {
        Shape::swept("sweep_none", TEN_COOKIES, &[])
    }

    /// The same with three that are refused. Each is deleted in three places, and remembered.
    pub(crate) fn sweep_three() -> Self {
        let gone = ["_ga", "_gid", "_ga_1A2B3C4D5E"].map(|name| [name; 3]);
        let leaves = [gone.as_flattened(), &["__Host-cookie_sweep"]].concat();
        Shape::swept("sweep_three", TEN_WITH_THREE_REFUSED, &leaves)
    }

    /// The same with three that lie in one place each, as their names demand: a line deletes each.
    pub(crate) fn sweep_three_of_host() -> Self {
        let leaves = OF_HOST.iter().chain(&["__Host-cookie_sweep"]).map(|name| (*name).to_owned());
        let statistics =
            OF_HOST.into_iter().fold(Category::consent("statistics"), Category::cookie);
        let set = |registry: RegistryBuilder| registry.sweep(true).category(statistics);
        let mut names = TEN_COOKIES;
        [names[1], names[4], names[7]] = OF_HOST;
        let swept = Shape::request_of("sweep_three_of_host", names, set);
        Shape { leaves: leaves.collect(), ..swept.opening_document() }
    }

    fn filtered(name: &'static str, cookies: [&str; 9]) -> Self {
        Shape::request_of(name, cookies, |registry| registry.filter_requests(RequestFilter::All))
    }

    fn swept(name: &'static str, cookies: [&str; 9], leaves: &[&str]) -> Self {
        let swept = Shape::request_of(name, cookies, |registry| registry.sweep(true));
        let leaves = leaves.iter().map(|name| (*name).to_owned()).collect();
        Shape { leaves, ..swept.opening_document() }
    }

    fn request_of(
        name: &'static str,
        names: [&str; 9],
        set: impl FnOnce(RegistryBuilder) -> RegistryBuilder,
    ) -> Self {
        let mut request = request_head("");
        let line = request.iter_mut().find(|(name, _)| *name == COOKIE).expect("a line");
        line.1 = cookies(names);
        let (set_cookie, leaves) = (Vec::new(), Vec::new());
        Shape { name, registry: site_with(set), request, set_cookie, leaves, capped: 0 }
    }

    fn opening_document(mut self) -> Self {
        self.request.push((HeaderName::from_static("sec-fetch-dest"), "document".to_owned()));
        self
    }
}

/// Three names that browsers keep for their host alone, of a category that the visitor does not know.
const OF_HOST: [&str; 3] = ["__Host-variant", "__Host-visits", "__Host-campaign"];

/// A request's ten cookies by their names, of which the site of [`site_with`] lets the application
/// read all.
pub(crate) const TEN_COOKIES: [&str; 9] =
    ["session", "auth_token", "csrf", "theme", "session", "csrf", "theme", "auth_token", "session"];

/// The same number, of which three are analytics that the visitor refused.
pub(crate) const TEN_WITH_THREE_REFUSED: [&str; 9] =
    ["session", "_ga", "csrf", "theme", "_gid", "csrf", "theme", "_ga_1A2B3C4D5E", "session"];

/// A `Cookie` line of these cookies, and of the choice among them.
pub(crate) fn cookies(names: [&str; 9]) -> String {
    let mut pairs: Vec<_> =
        names.iter().map(|name| format!("{name}=GA1.1.1187360463.1763717049")).collect();
    pairs.insert(4, format!("__Host-cookie_consent={}", consent(REFUSED)));
    pairs.join("; ")
}
