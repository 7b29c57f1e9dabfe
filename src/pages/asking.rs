//! The categories that a visitor is asked about.

use crate::registry::{Basis, CategoryRef, Registry};

/// The categories that ask, in the registry's order.
pub(super) fn asking_categories(registry: &Registry) -> impl Iterator<Item = CategoryRef<'_>> {
    registry.categories().filter(|category| asks(category.basis()))
}

fn asks(basis: Basis) -> bool {
    matches!(basis, Basis::Consent | Basis::OptOut)
}
