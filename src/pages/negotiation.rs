//! The language that a browser asks for.

use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;

use crate::registry::Language;

/// Returns the first of the site's languages that the visitor wants most (RFC 9110, section 12.5.4), or the
/// site's first one.
pub(super) fn negotiate(request: &HeaderMap, languages: &[Language]) -> Language {
    let mut best = None;
    for value in request.get_all(ACCEPT_LANGUAGE) {
        for range in value.to_str().unwrap_or_default().split(',') {
            let Some((language, weight)) = wanted(range, languages) else { continue };
            // Two that are wanted as much go by the order in which they are named.
            if best.is_none_or(|(_, heaviest)| weight > heaviest) {
                best = Some((language, weight));
            }
        }
    }
    best.map(|(language, _)| language).or(languages.first().copied()).unwrap_or(Language::ENGLISH)
}

/// Returns a language by its tag, if the site has it.
pub(super) fn by_tag(tag: &str, languages: &[Language]) -> Option<Language> {
    tag.parse().ok().filter(|language| languages.contains(language))
}

/// Reads the language of a range such as `fr-CA;q=0.8`, with its weight in thousandths.
fn wanted(range: &str, languages: &[Language]) -> Option<(Language, u16)> {
    let mut parts = range.split(';').map(str::trim);
    let tag = parts.next()?;
    let mut weight = 1_000;
    for parameter in parts {
        let (name, value) = parameter.split_once('=')?;
        if name.trim().eq_ignore_ascii_case("q") {
            weight = thousandths(value.trim())?;
        }
    }
    let language = match tag {
        "*" => languages.first().copied(),
        tag => by_tag(tag, languages),
    };
    language.filter(|_| weight > 0).map(|language| (language, weight))
}

/// Reads a weight from 0 to 1, with at most three digits behind the point.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    match (whole, fraction) {
        ("0", _) => Some(fraction),
        ("1", 0) => Some(1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_that_is_wanted_most() {
        let languages = [Language::ENGLISH, Language::FRENCH, Language::ARABIC];
        for (header, want) in [
            ("fr", "fr"),
            ("FR-ca", "fr"),
            ("de, fr;q=0.5", "fr"),
            ("fr;q=0.5, ar;q=0.8, en;q=0.1", "ar"),
            ("fr;q=0.5, ar;q=0.5", "fr"),
            ("fr; q = 0.3 , ar;q=0.300", "fr"),
            ("fr;q=0, ar;q=0.001", "ar"),
            ("fr;q=0", "en"),
            ("tlh", "en"),
            ("*", "en"),
            ("*;q=0.1, ar;q=0.2", "ar"),
            ("fr;q=2, ar", "ar"),
            ("fr;q=x", "en"),
            ("fr;q=0.1234", "en"),
            ("fr;q=é", "en"),
            (",;,=;q", "en"),
            ("", "en"),
        ] {
            let mut request = HeaderMap::new();
            request.insert(ACCEPT_LANGUAGE, header.parse().unwrap());
            assert_eq!(negotiate(&request, &languages).tag(), want, "{header:?}");
        }
        assert_eq!(negotiate(&HeaderMap::new(), &languages), Language::ENGLISH);
        assert_eq!(negotiate(&HeaderMap::new(), &[]), Language::ENGLISH);
    }
}
