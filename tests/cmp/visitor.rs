//! A visitor whose cookies are read by a single source.

use std::sync::LazyLock;

use http::header::{COOKIE, HeaderName, HeaderValue};
use tower_cookie_consent::registry::{Category, Cmp, CmpSource, Service};
use tower_cookie_consent::{Choice, ConsentSource, Registry, RequestHeaders};

/// The registry, with the four usual categories and services in two of them. It is built once,
/// since some tests read hundreds of thousands of cookies.
pub(super) fn registry() -> Registry {
    static REGISTRY: LazyLock<Registry> = LazyLock::new(built);
    REGISTRY.clone()
}

fn built() -> Registry {
    Registry::builder()
        .version("1")
        .category(Category::necessary("necessary").cookie("sid"))
        .category(Category::consent("functional").cookie("lang"))
        .category(
            Category::consent("analytics")
                .cookie("stats")
                .service(Service::new("google-analytics").cookie("_ga").cookie("_ga_*"))
                .service(Service::new("hotjar").cookie("_hj*")),
        )
        .category(Category::consent("marketing").service(Service::new("facebook").cookie("_fbp")))
        .build()
        .unwrap()
}

/// Returns the request with this `Cookie` line.
pub(super) fn request(cookies: impl AsRef<[u8]>) -> RequestHeaders {
    let value = HeaderValue::from_bytes(cookies.as_ref()).expect("no control bytes");
    std::iter::once((COOKIE, value)).collect()
}

/// Returns the choice that a source for this CMP without settings reads from a `Cookie` line.
pub(super) fn read(cmp: Cmp, cookies: impl AsRef<[u8]>) -> Choice {
    read_by(&CmpSource::new(cmp), cookies)
}

pub(super) fn read_by(source: &CmpSource, cookies: impl AsRef<[u8]>) -> Choice {
    source.read(&request(cookies), &registry())
}

/// Returns a request with one other header.
pub(super) fn with_header(name: &'static str, value: &'static str) -> RequestHeaders {
    let name = HeaderName::from_static(name);
    std::iter::once((name, HeaderValue::from_static(value))).collect()
}
