//! French.

use crate::lifetime::unit::Unit;
use crate::lifetime::words::{Language, Role, Words};

impl Language {
    /// French: `fr`.
    pub const FRENCH: Self = Self(&WORDS);
}

#[rustfmt::skip]
pub(super) const WORDS: Words = Words {
    tag: "fr",
    name: "French",
    phrases: &[
        (Role::Unit(Unit::Second), "s, sec, seconde, secondes"),
        (Role::Unit(Unit::Minute), "min, mn, minute, minutes"),
        (Role::Unit(Unit::Hour), "h, heure, heures"),
        (Role::Unit(Unit::Day), "j, jour, jours"),
        (Role::Unit(Unit::Week), "semaine, semaines"),
        (Role::Unit(Unit::Month), "mois"),
        (Role::Unit(Unit::Year), "an, ans, année, années"),
        (Role::One, "un, une"),
        (Role::And, "et"),
        (Role::Or, "ou"),
        (Role::To, "à"),
        (Role::UpTo, "jusqu’à"),
        (Role::AtMost, "moins de, moins d’, maximum de, maximum d’, maximum, max, maximal"),
        (Role::Most, "maximum, max, maximal"),
        (Role::Session, "*session*, séance*"),
        (Role::Browser, "*browser*, navigateur*"),
        (Role::Closing, "ferm*"),
        (Role::Unlimited, "persist*, permanen*, illimit*, infini*, jamais, toujours, expire pas"),
        (Role::Unlimited, "sans expiration, sans limite"),
        (Role::Vague, "quelques, plusieurs, variable"),
        (Role::Over, "passé, dans le passé, expiré, expirée, immédiat, immédiatement"),
        (Role::Unstated, "inconnu, inconnue, non précisé, non précisée, non spécifié, non spécifiée"),
        (Role::Unstated, "n/d, nd, n d, sans objet"),
    ],
    session: "session",
    form: |count| usize::from(count > 1),
    forms: [
        &["# seconde", "# secondes"],
        &["# minute", "# minutes"],
        &["# heure", "# heures"],
        &["# jour", "# jours"],
        &["# semaine", "# semaines"],
        &["# mois", "# mois"],
        &["# an", "# ans"],
    ],
};
