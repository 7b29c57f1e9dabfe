//! Checks the cookies that carry the choice, which are kept whatever the choice is (rule R8).

use crate::registry::check::problems::Problems;
use crate::registry::declare::basis::Basis;
use crate::registry::declare::settings::Settings;
use crate::registry::resolved::Resolved;

/// Reports each of these cookies that is declared by its name in a category that is not necessary.
pub(crate) fn check(settings: &Settings, resolved: &Resolved, problems: &mut Problems) {
    for placed in &resolved.declarations {
        let (_, category) = resolved.around(placed.home);
        if category.basis == Basis::Necessary {
            continue;
        }
        let name = placed.declared.name.as_str();
        let carrier = if name == settings.consent_cookie.name() {
            "the consent cookie".to_owned()
        } else if let Some(source) = settings.consent_sources.iter().find(|it| it.owns(name)) {
            format!("a cookie of `{source}`, from which the choice is read")
        } else {
            continue;
        };
        let message = format!(
            "is {carrier}, which must be kept to be respected, but category {:?} is not necessary; \
             move it to one that is, or leave it out",
            category.id
        );
        problems.add(placed.key_path.clone(), "consent-cookie-not-necessary", message);
    }
}
