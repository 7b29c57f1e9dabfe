//! Compares the cookies of a line with the layer and without.

use super::visit::Seen;
use test_support::browser::JarCookie;

/// The seconds between a browser's clock and the server's.
pub(crate) const TOLERANCE: f64 = 5.0;

/// Returns how what was stored differs from what is stored without the layer, if both are, their lives
/// aside.
pub(crate) fn differ(bare: &Seen, seen: &Seen) -> Option<String> {
    let lifeless = |seen: &Seen| -> Vec<JarCookie> {
        let cookies = seen.cookies.iter().cloned();
        cookies.map(|cookie| JarCookie { expires: None, ..cookie }).collect()
    };
    let came_back =
        |seen: &Seen| seen.served.came_back.as_ref().map(|bytes| bytes.escape_ascii().to_string());
    if bare.cookies.is_empty() || seen.cookies.is_empty() {
        return None;
    }
    let of = |seen| (lifeless(seen), came_back(seen));
    (of(bare) != of(seen))
        .then(|| format!("{:?} without the layer, {:?} with it", of(bare), of(seen)))
}

/// Returns how the lives of alike cookies differ.
pub(crate) fn lives_alike(bare: &Seen, seen: &Seen) -> Option<String> {
    let alike = |pair: &(Option<f64>, Option<f64>)| match pair {
        (None, None) => true,
        (Some(bare), Some(seen)) => (bare - seen).abs() <= TOLERANCE,
        _ => false,
    };
    // An Expires names a time, and both were not served at once.
    let ends = |seen: &Seen| -> Vec<_> { seen.cookies.iter().map(|it| it.expires).collect() };
    if ends(bare).into_iter().zip(ends(seen)).all(|pair| alike(&pair)) {
        return None;
    }
    pairs(bare, seen).find(|pair| !alike(pair)).map(told)
}

/// Returns how the lives of alike cookies are longer than without the layer. A session cookie is the one
/// that lives shortest.
pub(crate) fn lives_no_longer(bare: &Seen, seen: &Seen) -> Option<String> {
    let longer = |pair: &(Option<f64>, Option<f64>)| match pair {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(bare), Some(seen)) => *seen > bare + TOLERANCE,
    };
    pairs(bare, seen).find(longer).map(told)
}

fn pairs(bare: &Seen, seen: &Seen) -> impl Iterator<Item = (Option<f64>, Option<f64>)> {
    bare.lifetimes().zip(seen.lifetimes())
}

fn told((bare, seen): (Option<f64>, Option<f64>)) -> String {
    let life = |seconds: Option<f64>| match seconds {
        Some(seconds) => format!("{seconds:.0} s"),
        None => "for the session".to_owned(),
    };
    format!("lives {} without the layer, {} with it", life(bare), life(seen))
}
