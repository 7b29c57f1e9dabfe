//! Portuguese.

use crate::lifetime::unit::Unit;
use crate::lifetime::words::{Language, Role, Words, one_or_more};

impl Language {
    /// Portuguese: `pt`.
    pub const PORTUGUESE: Self = Self(&WORDS);
}

#[rustfmt::skip]
pub(super) const WORDS: Words = Words {
    tag: "pt",
    name: "Portuguese",
    phrases: &[
        (Role::Unit(Unit::Second), "s, seg, segundo, segundos"),
        (Role::Unit(Unit::Minute), "min, minuto, minutos"),
        (Role::Unit(Unit::Hour), "h, hora, horas"),
        (Role::Unit(Unit::Day), "d, dia, dias"),
        (Role::Unit(Unit::Week), "semana, semanas"),
        (Role::Unit(Unit::Month), "mês, meses"),
        (Role::Unit(Unit::Year), "ano, anos"),
        (Role::One, "um, uma"),
        (Role::And, "e"),
        (Role::Or, "ou"),
        (Role::To, "a"),
        (Role::UpTo, "até a, até"),
        (Role::AtMost, "máximo de, máximo"),
        (Role::Most, "máximo"),
        (Role::Session, "sessão, sessões"),
        (Role::Browser, "*browser*, navegador*"),
        (Role::Closing, "fech*"),
        (Role::Unlimited, "persist*, permanen*, ilimit*, indefini*, nunca, sem expiração, sem limite"),
        (Role::Unlimited, "não expira"),
        (Role::Vague, "alguns, algumas, poucos, poucas"),
        (Role::Over, "expirado, imediatamente"),
        (Role::Unstated, "desconhecido"),
    ],
    session: "sessão",
    form: one_or_more,
    forms: [
        &["# segundo", "# segundos"],
        &["# minuto", "# minutos"],
        &["# hora", "# horas"],
        &["# dia", "# dias"],
        &["# semana", "# semanas"],
        &["# mês", "# meses"],
        &["# ano", "# anos"],
    ],
};
