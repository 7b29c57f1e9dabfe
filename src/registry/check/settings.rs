//! Checks the settings of a registry.

use std::time::Duration;

use crate::lifetime::{MONTH, MaxLifetime};
use crate::registry::check::names::is_date;
use crate::registry::check::problems::Problems;
use crate::registry::declare::settings::Settings;
use crate::registry::problem::key_path::KeyPath;

/// The time for which a consent counts if the registry does not set it: six months, as the CNIL
/// recommends (guidelines of 17 September 2020 and the recommendation with them).
const DEFAULT_CONSENT: Duration = Duration::from_secs(6 * MONTH);

/// Reports problems with version, date, title and consent lifetime, and returns the latter.
pub(crate) fn check(settings: &Settings, problems: &mut Problems) -> Duration {
    let root = KeyPath::root();
    if settings.version.trim().is_empty() && !problems.has_misread(&root.at("version")) {
        let message = "has no `version`; write one, such as the policy's date, and change it \
                       whenever visitors must be asked again";
        problems.add(root.at("version"), "missing-version", message);
    }
    if let Some(found) = settings.updated.as_ref().filter(|date| !is_date(date)) {
        let message = format!("{found:?} is no date; write year-month-day, as in 2025-01-15");
        problems.add(root.at("updated"), "invalid-date", message);
    }
    problems.texts(&root, [("title", &settings.title)]);
    consent_lifetime(settings, problems)
}

/// Returns the time for which a consent counts, and reports one that cannot be read or has no
/// length.
fn consent_lifetime(settings: &Settings, problems: &mut Problems) -> Duration {
    let key = "consent-lifetime";
    let spec = settings.consent_lifetime.as_ref();
    match problems.lifetime(&KeyPath::root(), key, spec) {
        Some(MaxLifetime::Seconds(seconds)) => return Duration::from_secs(seconds),
        Some(MaxLifetime::Session) => {
            let message = "a consent cannot last for a session, whose length nobody knows; write \
                           a time such as `6 months`, and `lifetime = \"session\"` under \
                           `consent` for the cookie";
            problems.add(KeyPath::root().at(key), "session-consent", message);
        }
        None => {}
    }
    DEFAULT_CONSENT
}
