//! German.

use crate::lifetime::unit::Unit;
use crate::lifetime::words::{Language, Role, Words, one_or_more};

impl Language {
    /// German: `de`.
    pub const GERMAN: Self = Self(&WORDS);
}

#[rustfmt::skip]
pub(super) const WORDS: Words = Words {
    tag: "de",
    name: "German",
    phrases: &[
        (Role::Unit(Unit::Second), "s, sec, sek, Sekunde, Sekunden"),
        (Role::Unit(Unit::Minute), "min, Minute, Minuten"),
        (Role::Unit(Unit::Hour), "h, Std, Stunde, Stunden"),
        (Role::Unit(Unit::Day), "Tag, Tage, Tagen"),
        (Role::Unit(Unit::Week), "Woche, Wochen"),
        (Role::Unit(Unit::Month), "Monat, Monate, Monaten"),
        (Role::Unit(Unit::Year), "Jahr, Jahre, Jahren"),
        (Role::One, "ein, eine, einem, einen, einer"),
        (Role::And, "und"),
        (Role::Or, "oder"),
        (Role::UpTo, "bis zu, bis"),
        (Role::AtMost, "maximal, max"),
        (Role::Most, "maximal, max"),
        (Role::Session, "*session*, *Sitzung*"),
        (Role::Browser, "*browser*"),
        (Role::Closing, "*schließ*, *schloss*"),
        (Role::Unlimited, "persist*, permanen*, unbegrenzt*, unbefristet*, dauerhaft*, nie, niemals"),
        (Role::Unlimited, "kein Ablauf*"),
        (Role::Vague, "einige, wenige, mehrere"),
        (Role::Over, "abgelaufen, sofort"),
        (Role::Unstated, "unbekannt, keine Angabe, k a"),
    ],
    session: "Sitzung",
    form: one_or_more,
    forms: [
        &["# Sekunde", "# Sekunden"],
        &["# Minute", "# Minuten"],
        &["# Stunde", "# Stunden"],
        &["# Tag", "# Tage"],
        &["# Woche", "# Wochen"],
        &["# Monat", "# Monate"],
        &["# Jahr", "# Jahre"],
    ],
};
