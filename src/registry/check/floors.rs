//! Checks the attributes that cookies must have at least (rule R21).

use crate::registry::check::problems::Problems;
use crate::registry::declare::floors::DeclaredFloor;
use crate::registry::problem::key_path::KeyPath;
use crate::set_cookie::{Floor, SameSite};

/// Reports attributes that weaken those demanded around them, and combinations that browsers
/// refuse.
pub(crate) fn check(own: DeclaredFloor, around: Floor, path: &KeyPath, problems: &mut Problems) {
    let takes_back = [
        ("secure", own.secure, around.secure),
        ("http-only", own.http_only, around.http_only),
        ("partitioned", own.partitioned, around.partitioned),
    ];
    for (key, own, around) in takes_back {
        if own == Some(false) && around {
            let message = "is demanded around it, and cannot be taken back inside; leave it out, or \
                           move it to those that need it";
            problems.add(path.at(key), "weaker-attribute", message);
        }
    }
    if let (Some(own), Some(around)) = (own.same_site, around.same_site)
        && around.is_stricter_than(own)
    {
        let message = format!(
            "is weaker than the `{}` that is demanded around it; leave it out, or lower the other",
            around.as_str().to_ascii_lowercase()
        );
        problems.add(path.at("same-site"), "weaker-attribute", message);
    }
    let whole = own.demanded().and(around);
    if own.same_site == Some(SameSite::None) && !whole.secure {
        let message = "browsers refuse `SameSite=None` without `Secure`; write `secure = true` too, \
                       or `lax`";
        problems.add(path.at("same-site"), "insecure-attribute", message);
    }
    if own.partitioned == Some(true) && !whole.secure {
        let message = "browsers refuse `Partitioned` without `Secure`; write `secure = true` too";
        problems.add(path.at("partitioned"), "insecure-attribute", message);
    }
}
