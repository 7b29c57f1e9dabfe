//! Dutch.

use crate::lifetime::unit::Unit;
use crate::lifetime::words::{Language, Role, Words, one_or_more};

impl Language {
    /// Dutch: `nl`.
    pub const DUTCH: Self = Self(&WORDS);
}

#[rustfmt::skip]
pub(super) const WORDS: Words = Words {
    tag: "nl",
    name: "Dutch",
    phrases: &[
        (Role::Unit(Unit::Second), "s, sec, seconde, seconden"),
        (Role::Unit(Unit::Minute), "min, minuut, minuten"),
        (Role::Unit(Unit::Hour), "uur, uren"),
        (Role::Unit(Unit::Day), "dag, dagen"),
        (Role::Unit(Unit::Week), "week, weken"),
        (Role::Unit(Unit::Month), "maand, maanden"),
        (Role::Unit(Unit::Year), "jaar, jaren"),
        (Role::One, "een"),
        (Role::And, "en"),
        (Role::Or, "of"),
        (Role::UpTo, "tot"),
        (Role::AtMost, "maximaal, maximum, max"),
        (Role::Most, "maximaal, maximum, max"),
        (Role::Session, "*session*, *sessie*"),
        (Role::Browser, "*browser*"),
        (Role::Closing, "*sluit*, *sloten*"),
        (Role::Unlimited, "persist*, permanen*, onbeperkt*, nooit, verloopt niet"),
        (Role::Vague, "enkele"),
        (Role::Over, "verlopen, onmiddellijk"),
        (Role::Unstated, "onbekend, n v t"),
    ],
    session: "sessie",
    form: one_or_more,
    forms: [
        &["# seconde", "# seconden"],
        &["# minuut", "# minuten"],
        &["# uur", "# uur"],
        &["# dag", "# dagen"],
        &["# week", "# weken"],
        &["# maand", "# maanden"],
        &["# jaar", "# jaar"],
    ],
};
