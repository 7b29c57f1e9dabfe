//! Warns of cookies that no declaration covers, since a login may be lost with one.

use crate::policy::Policy;
use crate::registry::{KeyPath, Registry};
use crate::report::{Escaped, JudgedLine};
use crate::set_cookie::prefix;
use crate::told::Told;

/// The names that no declaration covers and that were told.
static UNDECLARED: Told = Told::new();

/// Returns `true` if the log takes warnings.
pub(super) fn warnings_are_wanted() -> bool {
    tracing::event_enabled!(tracing::Level::WARN)
}

/// Warns of a line that was stripped since the registry declares it nowhere: once for each name in a process.
/// A line without a name is left out, since its name would be its value (R15).
#[cold]
pub(super) fn warn(line: &JudgedLine<'_>, policy: &Policy) {
    if !warnings_are_wanted() {
        return;
    }
    let name = line.name();
    if name.is_empty() || !UNDECLARED.is_new(&name) {
        return;
    }
    let happens = if policy.is_report_only() { "would be" } else { "is" };
    let similar = similar(&name, policy.registry()).map(|similar| {
        format!("; to browsers, {} of the registry is another cookie", KeyPath::root().at(similar))
    });
    tracing::warn!(
        "the cookie {} {happens} stripped, since the registry declares it nowhere; if the site \
         needs it, add to [cookies]: {} = {{ category = \"…\" }}{}",
        Escaped(&name),
        KeyPath::root().at(&*name),
        similar.unwrap_or_default(),
    );
}

/// Returns the declared name that differs from this one by capitals or a prefix alone, such as `id`
/// from `__Host-id`. A site that turns prefixes on often forgets its registry.
fn similar<'r>(name: &str, registry: &'r Registry) -> Option<&'r str> {
    let mut declared = registry.declarations().map(|declaration| declaration.name());
    let bare = prefix::without(name);
    declared.find(|declared| prefix::without(declared).eq_ignore_ascii_case(bare))
}
