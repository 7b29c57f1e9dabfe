//! The way back, which a visitor takes after a choice.

use http::request::Parts;

use crate::pages::address::is_local;
use crate::pages::origin::path_of_referer;
use crate::pages::query;

/// Returns the path of the site from which the visitor came: as the form says it, else as the browser does.
/// Neither is taken at its word, since both come with the request.
pub(super) fn back(request: &Parts, field: Option<&str>) -> Option<String> {
    let field = field.map(str::to_owned);
    field.into_iter().chain(path_of_referer(request)).find(|path| is_local(path))
}

/// Returns the page to which the service's own page leads back: not to itself, but to where it led before.
/// `root` is its path.
pub(super) fn back_from_own_page(
    request: &Parts,
    field: Option<&str>,
    root: &str,
) -> Option<String> {
    let is_own = |address: &str| address.split('?').next() == Some(root);
    let from = back(request, field)?;
    if !is_own(&from) {
        return Some(from);
    }
    let before = query::value_in(from.split_once('?')?.1, "back")?;
    (is_local(&before) && !is_own(&before)).then_some(before)
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    #[test]
    fn nobody_is_sent_to_another_host() {
        for (field, referer, want) in [
            (None, "https://shop.example/a", Some("/a")),
            (Some("/b"), "https://shop.example/a", Some("/b")),
            (Some("//other.example"), "https://shop.example/a", Some("/a")),
            (Some("https://other.example"), "https://shop.example//other.example", None),
            (None, "https://other.example/a", None),
        ] {
            let request = Request::post("/").header("host", "shop.example");
            let request = request.header("referer", referer).body(()).unwrap().into_parts().0;
            assert_eq!(back(&request, field).as_deref(), want, "{field:?} from {referer}");
        }
    }

    #[test]
    fn the_own_page_leads_back_to_where_it_led_before() {
        for (field, referer, want) in [
            (None, "https://shop.example/a?b=1", Some("/a?b=1")),
            (Some("/cookies?lang=fr&back=%2Fa%3Fb%3D1"), "", Some("/a?b=1")),
            (None, "https://shop.example/cookies?back=/a", Some("/a")),
            (Some("/cookies?back=//other.example"), "", None),
            (Some("/cookies?back=/cookies?back=/a"), "", None),
            (Some("/cookies"), "https://shop.example/a", None),
            (Some("/cookies?lang=fr"), "", None),
        ] {
            let request = Request::post("/").header("host", "shop.example");
            let request = request.header("referer", referer).body(()).unwrap().into_parts().0;
            let back = back_from_own_page(&request, field, "/cookies");
            assert_eq!(back.as_deref(), want, "{field:?} from {referer}");
        }
    }
}
