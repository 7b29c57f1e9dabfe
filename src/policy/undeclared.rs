//! Warns of cookies that no declaration covers, since a login may be lost with one.

use crate::registry::KeyPath;
use crate::report::{Escaped, JudgedLine};
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
pub(super) fn warn(line: &JudgedLine<'_>, report_only: bool) {
    if !warnings_are_wanted() {
        return;
    }
    let name = line.name();
    if name.is_empty() || !UNDECLARED.is_new(&name) {
        return;
    }
    let happens = if report_only { "would be" } else { "is" };
    tracing::warn!(
        "the cookie {} {happens} stripped, since the registry declares it nowhere; if the site \
         needs it, add to [cookies]: {} = {{ category = \"…\" }}",
        Escaped(&name),
        KeyPath::root().at(&*name),
    );
}
