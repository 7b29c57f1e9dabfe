//! The categories that a visitor is asked about.

use crate::policy::Consent;
use crate::registry::{Basis, CategoryRef, Registry};

/// Returns `true` if the pages ask: some category does, and the answer would be read. Where the policy
/// reads the choice from another banner alone, that one asks, and an answer given here would be told
/// and recorded without being kept.
pub(super) fn pages_ask(consent: &Consent) -> bool {
    consent.policy().reads_what_is_stored() && registry_asks(consent.registry())
}

/// Returns `true` if there is anything to choose.
pub(super) fn registry_asks(registry: &Registry) -> bool {
    asking_categories(registry).next().is_some()
}

/// Returns the categories that ask, in the registry's order.
pub(super) fn asking_categories(registry: &Registry) -> impl Iterator<Item = CategoryRef<'_>> {
    registry.categories().filter(|category| asks(category.basis()))
}

fn asks(basis: Basis) -> bool {
    matches!(basis, Basis::Consent | Basis::OptOut)
}
