//! The words for times on policy pages: English, French, German, Spanish, Italian, Dutch,
//! Portuguese.
//!
//! Words stand here as [`fold`](crate::lifetime::token::fold) leaves them: in lower case, without accents,
//! and cut behind apostrophes. A `*` stands for any beginning or ending.

use crate::lifetime::max::{DAY, HOUR, MINUTE, MONTH, MONTHS_IN_YEAR};

/// Years and months are counted apart from days: 12 months make a year of 365 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Months(u64),
    Seconds(u64),
}

impl Unit {
    pub(super) fn named(word: &str) -> Option<Self> {
        UNITS.iter().find(|(_, words)| words.contains(&word)).map(|(unit, _)| *unit)
    }

    /// Comparable size: no sum of units is made from it.
    pub(super) const fn size(self) -> u64 {
        match self {
            Self::Months(months) => months * MONTH,
            Self::Seconds(seconds) => seconds,
        }
    }

    /// The English name of the unit below it, for one: what `30` means in `1h30`.
    pub(super) const fn next_smaller(self) -> &'static str {
        match self {
            Self::Months(MONTHS_IN_YEAR) => "month",
            Self::Months(_) | Self::Seconds(WEEK) => "day",
            Self::Seconds(DAY) => "hour",
            Self::Seconds(HOUR) => "minute",
            Self::Seconds(_) => "second",
        }
    }
}

const WEEK: u64 = 7 * DAY;

#[rustfmt::skip]
const UNITS: &[(Unit, &[&str])] = &[
    (Unit::Seconds(1), &[
        "s", "sec", "secs", "second", "seconds", "seconde", "secondes", "sek", "sekunde",
        "sekunden", "seg", "segundo", "segundos", "secondo", "secondi", "seconden",
    ]),
    (Unit::Seconds(MINUTE), &[
        "min", "mins", "mn", "minute", "minutes", "minuten", "minuto", "minutos", "minuti",
        "minuut",
    ]),
    (Unit::Seconds(HOUR), &[
        "h", "hr", "hrs", "hour", "hours", "heure", "heures", "std", "stunde", "stunden", "hora",
        "horas", "ora", "ore", "uur", "uren",
    ]),
    (Unit::Seconds(DAY), &[
        "d", "j", "day", "days", "jour", "jours", "tag", "tage", "tagen", "dia", "dias", "giorno",
        "giorni", "dag", "dagen",
    ]),
    (Unit::Seconds(WEEK), &[
        "w", "wk", "wks", "week", "weeks", "semaine", "semaines", "woche", "wochen", "semana",
        "semanas", "settimana", "settimane", "weken",
    ]),
    (Unit::Months(1), &[
        "mo", "mos", "mth", "mths", "month", "months", "mois", "monat", "monate",
        "monaten", "mes", "meses", "mese", "mesi", "maand", "maanden",
    ]),
    (Unit::Months(MONTHS_IN_YEAR), &[
        "y", "yr", "yrs", "year", "years", "an", "ans", "annee", "annees", "jahr", "jahre",
        "jahren", "ano", "anos", "anno", "anni", "jaar", "jaren",
    ]),
];

/// Words for one, before a unit.
#[rustfmt::skip]
pub(super) const ONE: &[&str] = &[
    "a", "an", "one", "un", "une", "ein", "eine", "einem", "einen", "einer", "uno", "una",
    "een", "um", "uma", "un'",
];

/// What joins the parts of one time.
pub(super) const AND: &[&str] = &[",", "and", "et", "und", "y", "e", "en"];

/// What joins alternatives.
pub(super) const OR: &[&str] = &["/", "or", "ou", "oder", "o", "of"];

/// What joins the two ends of a range.
pub(super) const TO: &[&str] = &["-", "to", "a"];

/// What joins the two ends of a range, and before a single time says that it is the longest.
#[rustfmt::skip]
pub(super) const UP_TO: &[&str] = &[
    "up to", "jusqu' a", "bis zu", "bis", "hasta", "fino a", "tot", "ate a", "ate",
];

/// What says before a time that it is the longest, as every lifetime is.
#[rustfmt::skip]
pub(super) const AT_MOST: &[&str] = &[
    "<", "≤", "at most", "less than", "moins de", "moins d'", "maximum of", "maximum de",
    "maximum d'", "maximum", "max", "maximal", "maximaal", "maximo de", "maximo", "massimo",
];

/// What says the same behind a time.
pub(super) const MOST: &[&str] =
    &["max", "maximum", "maximal", "maximaal", "maximo", "massimo", "at most"];

/// A browser session.
pub(super) const SESSION: &[&str] =
    &["*session*", "seance*", "*sitzung*", "sesion*", "*sessie*", "sessao", "sessoes"];

pub(super) const BROWSER: &[&str] = &["*browser*", "navigateur*", "navegador*"];

/// Closing a browser.
#[rustfmt::skip]
pub(super) const CLOSING: &[&str] = &[
    "clos*", "ferm*", "*schliess*", "*schloss*", "cerr*", "cierr*", "chiu*", "*sluit*",
    "*sloten*", "fech*",
];

/// No stated end.
#[rustfmt::skip]
pub(super) const UNLIMITED: &[&str] = &[
    "persist*", "permanen*", "unlimited", "illimit*", "ilimit*", "unbegrenzt*",
    "unbefristet*", "onbeperkt*", "dauerhaft*", "indefini*", "infini*", "forever",
    "eternal*", "never", "jamais", "nie", "niemals", "nunca", "nooit", "mai", "none",
    "no expir*", "no end", "no limit*", "not expire", "until deleted", "until cleared",
    "always", "toujours", "doesn' t expire", "expire pas", "sans expiration", "sans limite",
    "sin caducidad", "sin limite", "no caduca", "non scade", "senza scadenza",
    "sem expiracao", "sem limite", "nao expira", "kein ablauf*", "verloopt niet",
];

/// A time that only the reader's patience bounds.
#[rustfmt::skip]
pub(super) const VAGUE: &[&str] = &[
    "few", "several", "some", "varies", "variable", "quelques", "plusieurs", "einige",
    "wenige", "mehrere", "algunos", "algunas", "pocos", "pocas", "varios", "varias",
    "alcuni", "alcune", "qualche", "pochi", "poche", "enkele", "alguns", "algumas",
    "poucos", "poucas",
];

/// Over already: the whole text.
#[rustfmt::skip]
pub(super) const OVER: &[&str] = &[
    "past", "in the past", "expired", "already expired", "immediate", "immediately",
    "expires immediately", "immediat", "immediatement", "passe", "dans le passe", "expire",
    "expiree", "abgelaufen", "sofort", "caducada", "caducado", "inmediato",
    "inmediatamente", "scaduto", "immediatamente", "verlopen", "onmiddellijk", "expirado",
    "imediatamente",
];

/// Not stated: the whole text. So is a text of nothing but punctuation.
#[rustfmt::skip]
pub(super) const UNSTATED: &[&str] = &[
    "n / a", "na", "n a", "n / d", "nd", "n d", "k a", "n v t", "unknown", "unspecified",
    "not applicable", "not specified", "not stated", "inconnu", "inconnue", "non precise",
    "non precisee", "non specifie", "non specifiee", "sans objet", "unbekannt",
    "keine angabe", "desconocido", "sconosciuto", "onbekend", "desconhecido",
];
