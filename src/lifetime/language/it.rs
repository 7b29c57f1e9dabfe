//! Italian.

use crate::lifetime::unit::Unit;
use crate::lifetime::words::{Language, Role, Words, one_or_more};

impl Language {
    /// Italian: `it`.
    pub const ITALIAN: Self = Self(&WORDS);
}

#[rustfmt::skip]
pub(super) const WORDS: Words = Words {
    tag: "it",
    name: "Italian",
    phrases: &[
        (Role::Unit(Unit::Second), "s, secondo, secondi"),
        (Role::Unit(Unit::Minute), "min, minuto, minuti"),
        (Role::Unit(Unit::Hour), "h, ora, ore"),
        (Role::Unit(Unit::Day), "giorno, giorni"),
        (Role::Unit(Unit::Week), "settimana, settimane"),
        (Role::Unit(Unit::Month), "mese, mesi"),
        (Role::Unit(Unit::Year), "anno, anni"),
        (Role::One, "un, un', uno, una"),
        (Role::And, "e"),
        (Role::Or, "o"),
        (Role::To, "a"),
        (Role::UpTo, "fino a"),
        (Role::AtMost, "massimo"),
        (Role::Most, "massimo"),
        (Role::Session, "*session*"),
        (Role::Browser, "*browser*"),
        (Role::Closing, "chiu*"),
        (Role::Unlimited, "persist*, permanen*, illimit*, infini*, indefini*, mai, non scade, senza scadenza"),
        (Role::Vague, "alcuni, alcune, qualche, pochi, poche"),
        (Role::Over, "scaduto, immediatamente"),
        (Role::Unstated, "sconosciuto, n/d, nd, n d"),
    ],
    session: "sessione",
    form: one_or_more,
    forms: [
        &["# secondo", "# secondi"],
        &["# minuto", "# minuti"],
        &["# ora", "# ore"],
        &["# giorno", "# giorni"],
        &["# settimana", "# settimane"],
        &["# mese", "# mesi"],
        &["# anno", "# anni"],
    ],
};
