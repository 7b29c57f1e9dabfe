//! The way back, which a visitor takes after a choice.

use http::request::Parts;

use crate::pages::address::is_local;
use crate::pages::origin::path_of_referer;

/// The path of the site from which the visitor came: as the form says it, else as the browser does.
/// Neither is taken at its word, since both come with the request.
pub(super) fn back(request: &Parts, field: Option<&str>) -> Option<String> {
    let field = field.map(str::to_owned);
    field.into_iter().chain(path_of_referer(request)).find(|path| is_local(path))
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
}
