//! Spanish.

use crate::lifetime::unit::Unit;
use crate::lifetime::words::{Language, Role, Words, one_or_more};

impl Language {
    /// Spanish: `es`.
    pub const SPANISH: Self = Self(&WORDS);
}

#[rustfmt::skip]
pub(super) const WORDS: Words = Words {
    tag: "es",
    name: "Spanish",
    phrases: &[
        (Role::Unit(Unit::Second), "s, seg, segundo, segundos"),
        (Role::Unit(Unit::Minute), "min, minuto, minutos"),
        (Role::Unit(Unit::Hour), "h, hora, horas"),
        (Role::Unit(Unit::Day), "d, día, días"),
        (Role::Unit(Unit::Week), "semana, semanas"),
        (Role::Unit(Unit::Month), "mes, meses"),
        (Role::Unit(Unit::Year), "año, años"),
        (Role::One, "un, uno, una"),
        (Role::And, "y"),
        (Role::Or, "o"),
        (Role::To, "a"),
        (Role::UpTo, "hasta"),
        (Role::AtMost, "máximo de, máximo"),
        (Role::Most, "máximo"),
        (Role::Session, "sesion*"),
        (Role::Browser, "*browser*, navegador*"),
        (Role::Closing, "cerr*, cierr*"),
        (Role::Unlimited, "persist*, permanen*, ilimit*, indefini*, nunca, sin caducidad, sin límite"),
        (Role::Unlimited, "no caduca"),
        (Role::Vague, "algunos, algunas, pocos, pocas, varios, varias"),
        (Role::Over, "caducada, caducado, inmediato, inmediatamente"),
        (Role::Unstated, "desconocido"),
    ],
    session: "sesión",
    form: one_or_more,
    forms: [
        &["# segundo", "# segundos"],
        &["# minuto", "# minutos"],
        &["# hora", "# horas"],
        &["# día", "# días"],
        &["# semana", "# semanas"],
        &["# mes", "# meses"],
        &["# año", "# años"],
    ],
};
