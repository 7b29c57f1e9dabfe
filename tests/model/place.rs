//! Models R8: the place of the consent cookie, and the lines that carry the choice.

use crate::choice::Form;
use crate::reader::Line;
use crate::site::Site;

/// Returns whether a line carries the choice (R8).
pub(crate) fn carries(site: &Site, line: &Line) -> bool {
    place_of(site, line) == Where::There && Form::read(line.value, site).is_choice()
}

/// The place of a line's cookie, compared with that of the consent cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    There,
    Perhaps,
    Elsewhere,
}

/// Returns whether every browser, or only some browser, keeps the line's cookie in the place that
/// the registry sets (R8).
pub(crate) fn place_of(site: &Site, line: &Line) -> Where {
    let place = &site.consent_cookie;
    if line.request_name() != place.name().as_bytes() {
        return Where::Elsewhere;
    }
    let values = |name| line.named(name).map(|attribute| attribute.value).collect::<Vec<_>>();
    let (paths, domains) = (values("path"), values("domain"));
    let secure = !values("secure").is_empty();
    let partitioned = !values("partitioned").is_empty();
    let has_tab = [line.value]
        .into_iter()
        .chain(line.attributes.iter().flat_map(|attribute| [attribute.name, attribute.value]))
        .any(|text| text.contains(&b'\t'));
    let is_cross_site = values("samesite").last().is_some_and(|v| v.eq_ignore_ascii_case(b"none"));
    let is_host = place.name().starts_with("__Host-");
    let is_sure = line.name.is_some()
        && matches!(paths[..], [[b'/', ..]])
        && matches!(domains[..], [] | [[_, ..]])
        && paths.iter().chain(&domains).all(|value| value.len() <= 1024)
        && !has_tab
        && place.name().len() + line.value.len() <= 4096
        && (secure || !is_cross_site && !partitioned)
        && (!is_host || secure && domains.is_empty() && paths == [b"/"]);
    if !is_sure {
        return Where::Perhaps;
    }
    let same_domain = match (&place.domain, domains.first()) {
        (None, None) => true,
        (Some(ours), Some(theirs)) => {
            let theirs = theirs.strip_prefix(b".").unwrap_or(theirs);
            theirs.eq_ignore_ascii_case(ours.as_bytes())
        }
        _ => false,
    };
    if !same_domain || paths[0] != place.path().as_bytes() {
        Where::Elsewhere
    } else if (secure, partitioned) == (place.secure, place.partitioned) {
        Where::There
    } else {
        Where::Perhaps
    }
}
