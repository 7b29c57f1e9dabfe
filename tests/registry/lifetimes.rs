//! Tests how lifetimes are read as policy pages print them, or why they are refused.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tower_cookie_consent::registry::{LifetimeError as E, MaxLifetime};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const MONTH: u64 = 30 * DAY;
const YEAR: u64 = 365 * DAY;

/// Times, in the languages that are read most often.
const TIMES: &[(&str, u64)] = &[
    // English.
    ("1 second", 1),
    ("45 s", 45),
    ("1 sec", 1),
    ("30 secs", 30),
    ("10 min", 10 * MINUTE),
    ("30 min.", 30 * MINUTE),
    ("30 mins", 30 * MINUTE),
    ("1 hr", HOUR),
    ("2 hrs", 2 * HOUR),
    ("24h", DAY),
    ("24H", DAY),
    ("1h30min", HOUR + 30 * MINUTE),
    ("1 day", DAY),
    ("30 days", 30 * DAY),
    ("90d", 90 * DAY),
    ("One day", DAY),
    ("an hour", HOUR),
    ("a year", YEAR),
    ("2 weeks", 14 * DAY),
    ("1 month", MONTH),
    ("12 month(s)", YEAR),
    ("6 months", 6 * MONTH),
    ("13 Months.", YEAR + MONTH),
    ("25 months", 2 * YEAR + MONTH),
    ("1 yr", YEAR),
    ("2 yrs", 2 * YEAR),
    ("1y", YEAR),
    ("1 yr 6 mos", YEAR + 6 * MONTH),
    ("2w", 14 * DAY),
    ("1 year 1 month 4 days", YEAR + MONTH + 4 * DAY),
    ("1 year, 1 month and 4 days", YEAR + MONTH + 4 * DAY),
    ("1 year, 1 month, and 4 days", YEAR + MONTH + 4 * DAY),
    ("a year and a month", YEAR + MONTH),
    ("100 years", 100 * YEAR),
    (" 1\u{2009}year ", YEAR),
    // French.
    ("30 jours", 30 * DAY),
    ("30\u{a0}jours", 30 * DAY),
    ("30\u{202f}jours", 30 * DAY),
    ("7j", 7 * DAY),
    ("30 mn", 30 * MINUTE),
    ("1 heure", HOUR),
    ("2 semaines", 14 * DAY),
    ("13 MOIS", YEAR + MONTH),
    ("1 an", YEAR),
    ("un an", YEAR),
    ("Une Année", YEAR),
    ("2 années", 2 * YEAR),
    ("2 ANNE\u{301}ES", 2 * YEAR),
    ("1 an et 1 mois", YEAR + MONTH),
];

/// Times in the other languages.
const TIMES_ELSEWHERE: &[(&str, u64)] = &[
    // German.
    ("einen Tag", DAY),
    ("1 Tag", DAY),
    ("30 Tage", 30 * DAY),
    ("3 Tag(e)", 3 * DAY),
    ("2 Wochen", 14 * DAY),
    ("13 Monate", YEAR + MONTH),
    ("ein Jahr", YEAR),
    ("2 Jahre", 2 * YEAR),
    ("1 Jahr und 1 Monat", YEAR + MONTH),
    ("24 Std.", DAY),
    // Spanish.
    ("30 días", 30 * DAY),
    ("30 DIAS", 30 * DAY),
    ("una semana", 7 * DAY),
    ("13 meses", YEAR + MONTH),
    ("un año", YEAR),
    ("1 año y 1 mes", YEAR + MONTH),
    ("2 horas", 2 * HOUR),
    // Italian.
    ("30 giorni", 30 * DAY),
    ("un'ora", HOUR),
    ("6 mesi", 6 * MONTH),
    ("un anno", YEAR),
    ("1 anno e 1 mese", YEAR + MONTH),
    ("2 settimane", 14 * DAY),
    // Dutch.
    ("een dag", DAY),
    ("30 dagen", 30 * DAY),
    ("2 weken", 14 * DAY),
    ("13 maanden", YEAR + MONTH),
    ("2 jaar", 2 * YEAR),
    ("1 jaar en 1 maand", YEAR + MONTH),
    ("24 uur", DAY),
    // Portuguese.
    ("30 dias", 30 * DAY),
    ("1 mês", MONTH),
    ("uma hora", HOUR),
    ("um ano e um mês", YEAR + MONTH),
    ("2 anos", 2 * YEAR),
];

/// Ranges and alternatives: the longest counts.
const RANGES: &[(&str, u64)] = &[
    ("session to 1 year", YEAR),
    ("session to one year", YEAR),
    ("Session à 1 an", YEAR),
    ("Sitzung bis 1 Jahr", YEAR),
    ("Sitzung bis zu 1 Jahr", YEAR),
    ("sesión a 1 año", YEAR),
    ("sessione a un anno", YEAR),
    ("sessie tot 1 jaar", YEAR),
    ("sessão até 1 ano", YEAR),
    ("1 day - 2 years", 2 * YEAR),
    ("1 day – 2 years", 2 * YEAR),
    ("1 day—2 years", 2 * YEAR),
    ("1 to 2 years", 2 * YEAR),
    ("1 a 2 años", 2 * YEAR),
    ("1-2 ans", 2 * YEAR),
    ("30/60 days", 60 * DAY),
    ("1 day / 2 years", 2 * YEAR),
    ("session or 14 days", 14 * DAY),
    ("14 days or session", 14 * DAY),
    ("Session / 1 year", YEAR),
    ("Session ou 13 mois", YEAR + MONTH),
    ("Sitzung oder 1 Tag", DAY),
    ("sessione o 1 giorno", DAY),
    ("sessie of 1 dag", DAY),
    ("End of session or 30 days", 30 * DAY),
    ("session, until the browser is closed, or 1 hour", HOUR),
    ("1 day, 1 hour or 2 days", 2 * DAY),
    ("session - 1 day - 2 years", 2 * YEAR),
];

/// Remarks that do not change the time before them.
const REMARKS: &[(&str, u64)] = &[
    ("2-years", 2 * YEAR),
    ("Persistent (2 years)", 2 * YEAR),
    ("1 year (365 days)", YEAR),
    ("13 mois (395 jours)", YEAR + MONTH),
    ("1 day (max)", DAY),
    ("2 years from last visit", 2 * YEAR),
    ("13 months (from the last visit)", YEAR + MONTH),
    ("1 Jahr ab dem letzten Besuch", YEAR),
    ("2 años desde la última visita", 2 * YEAR),
    ("13 mois à compter de la visite", YEAR + MONTH),
    ("between 1 and 2 years", 2 * YEAR),
    // Invisible characters make no difference.
    ("30\u{200b} days", 30 * DAY),
    ("3\u{ad}0 da\u{2060}ys", 30 * DAY),
    ("\u{200f}30 يومًا\u{200f}", 30 * DAY),
    ("\u{feff}1 \u{202a}year\u{202c}", YEAR),
];

/// Words for a maximum, which every lifetime is.
const BOUNDS: &[(&str, u64)] = &[
    ("up to 2 years", 2 * YEAR),
    ("Max. 2 years", 2 * YEAR),
    ("max 1 day", DAY),
    ("maximum 13 months", YEAR + MONTH),
    ("maximum of 13 months", YEAR + MONTH),
    ("at most 30 days", 30 * DAY),
    ("less than a minute", MINUTE),
    ("< 1 day", DAY),
    ("<1 day", DAY),
    ("jusqu'à 13 mois", YEAR + MONTH),
    ("Jusqu’à 13 mois", YEAR + MONTH),
    ("maximum de 13 mois", YEAR + MONTH),
    ("moins de 24h", DAY),
    ("moins d'un jour", DAY),
    ("moins d’une minute", MINUTE),
    ("bis zu 2 Jahre", 2 * YEAR),
    ("bis zu einem Jahr", YEAR),
    ("maximal 2 Jahre", 2 * YEAR),
    ("hasta 2 años", 2 * YEAR),
    ("fino a 2 anni", 2 * YEAR),
    ("tot 2 jaar", 2 * YEAR),
    ("até 2 anos", 2 * YEAR),
    ("2 years maximum", 2 * YEAR),
    ("13 mois max.", YEAR + MONTH),
    ("2 Jahre maximal", 2 * YEAR),
    ("session or up to 1 year", YEAR),
];

#[test]
fn r10_times_read_as_written_on_the_page() {
    for (text, seconds) in [TIMES, TIMES_ELSEWHERE, RANGES, BOUNDS, REMARKS].into_iter().flatten() {
        assert_eq!(text.parse(), Ok(MaxLifetime::Seconds(*seconds)), "{text}");
    }
}

#[test]
fn r10_sessions_are_told_in_many_words() {
    for text in [
        "session",
        " Session ",
        "Session(s)",
        "End of session",
        "Session cookie",
        "Session-Cookie",
        "Until the user's browser is closed",
        "When you close your browser",
        "session (deleted when the browser closes)",
        "a session",
        "up to the end of the session",
        "session or until browser is closed",
        "Fin de session",
        "Cookie de session",
        "Session utilisateur",
        "séance",
        "Jusqu'à la fin de la session",
        "Supprimé à la fermeture du navigateur",
        "Navigateur fermé",
        "Sitzung",
        "Ende der Sitzung",
        "Sitzungsende",
        "Browsersitzung",
        "Bis zum Schließen des Browsers",
        "bis der Browser geschlossen wird",
        "sesión",
        "Sesion",
        "Hasta cerrar el navegador",
        "Al cierre del navegador",
        "sessione",
        "Chiusura del browser",
        "sessie",
        "Bij sluiten van de browser",
        "Totdat de browser wordt gesloten",
        "sessão",
        "Sessao",
        "Até fechar o navegador",
    ] {
        assert_eq!(text.parse(), Ok(MaxLifetime::Session), "{text}");
    }
}

#[test]
fn r14_what_states_no_time_is_refused_with_advice() {
    let unlimited = |word: &str| E::Unlimited { word: word.into() };
    let vague = |found: &str| E::Vague { found: found.into() };
    for (text, want) in [
        ("", E::Unstated),
        (" \t", E::Unstated),
        ("-", E::Unstated),
        ("—", E::Unstated),
        ("?", E::Unstated),
        ("N/A", E::Unstated),
        ("n/a", E::Unstated),
        ("n.a.", E::Unstated),
        ("Not specified", E::Unstated),
        ("Non précisé", E::Unstated),
        ("persistent", unlimited("persistent")),
        ("Persistant", unlimited("Persistant")),
        ("persistente", unlimited("persistente")),
        ("Cookie persistant", unlimited("persistant")),
        ("permanent", unlimited("permanent")),
        ("Permanent(e)", unlimited("Permanent(e)")),
        ("Illimité", unlimited("Illimité")),
        ("dauerhaft", unlimited("dauerhaft")),
        ("unbegrenzt", unlimited("unbegrenzt")),
        ("Never", unlimited("Never")),
        ("never expires", unlimited("never")),
        ("No expiry", unlimited("No expiry")),
        ("Does not expire", unlimited("not expire")),
        ("Doesn’t expire", unlimited("Doesn’t expire")),
        ("N'expire pas", unlimited("expire pas")),
        ("Until deleted", unlimited("Until deleted")),
        ("No limit", unlimited("No limit")),
        ("indefinite", unlimited("indefinite")),
        ("session to unlimited", unlimited("unlimited")),
        ("1 day to unlimited", unlimited("unlimited")),
        ("1 year or never", unlimited("never")),
        ("persistent session", unlimited("persistent")),
        ("past", E::Over),
        ("Expired", E::Over),
        ("Expiré", E::Over),
        ("immediately", E::Over),
        ("0 days", E::Over),
        ("0", E::Over),
        ("0 to 1 day", E::Over),
        ("a few seconds", vague("few")),
        ("quelques secondes", vague("quelques")),
        ("einige Tage", vague("einige")),
        ("Several years", vague("Several")),
    ] {
        assert_eq!(text.parse::<MaxLifetime>(), Err(want), "{text}");
    }
}

#[test]
fn r14_other_notations_are_refused_with_advice() {
    let vague = |found: &str| E::Vague { found: found.into() };
    let number = |found: &str| E::ExpectedNumber { found: found.into() };
    let trailing = |found: &str| E::Trailing { found: found.into() };
    let no_unit = |number, unit: &str| E::MissingUnit { number, unit: unit.into() };
    let unknown = |unit: &str| E::UnknownUnit { unit: unit.into() };
    let order = |unit: &str| E::UnitOrder { unit: unit.into() };
    let separated = |found: &str| E::Separated { found: found.into() };
    let date = |found: &str| E::Date { found: found.into() };
    for (text, want) in [
        ("to", number("to")),
        ("to 1 day", number("to")),
        ("days", number("days")),
        ("about 1 year", vague("about")),
        ("> 1 year", vague(">")),
        (", 1 day", number(",")),
        ("up to", number("up to")),
        ("3600", no_unit(3600, "seconds")),
        ("30", no_unit(30, "days")),
        ("1h30", no_unit(30, "minutes")),
        ("1 year 3", no_unit(3, "months")),
        ("1 to session", no_unit(1, "day")),
        ("3 fortnights", unknown("fortnights")),
        ("3 Business days", unknown("Business")),
        ("13m", E::AmbiguousUnit { number: 13, unit: "m".into() }),
        ("1 day 1 year", order("year")),
        ("1 year 2 years", order("years")),
        ("One year after the session", trailing("after the session")),
        ("session 1 day", trailing("1 day")),
        ("13 months,", trailing(",")),
        ("1 year and", trailing("and")),
        ("1 day to", trailing("to")),
        ("-1 day", E::Negative),
        ("−1 day", E::Negative),
        ("1 day to -2 days", E::Negative),
        ("1.5 years", E::Fractional),
        ("1,5 an", E::Fractional),
        ("0.125 years", E::Fractional),
        ("1/2 year", E::Fractional),
        ("7,986 days", separated("7,986")),
        ("1.000.000 s", separated("1.000.000")),
        ("1 000 days", separated("1 000")),
        ("1\u{202f}000 jours", separated("1\u{202f}000")),
        ("2025-12-31", date("2025-12-31")),
        ("until 31/12/2025", date("31/12/2025")),
        ("31.12.2025", date("31.12.2025")),
        ("P13M", E::Iso8601),
        ("PT1H", E::Iso8601),
        ("p13m", E::Iso8601),
        ("Session (1 year)", trailing("(1 year)")),
        ("1\u{200b}.5 years", E::Fractional),
        ("1 an et demi", E::Fractional),
        ("31 December 2025", date("31 December 2025")),
        ("13 mois, 30 minutes", E::SeveralTimes { found: "13 mois, 30 minutes".into() }),
        ("1 year (360 days)", E::SeveralTimes { found: "1 year (360 days)".into() }),
        (
            "13 mois à compter du premier dépôt",
            E::StartsOnce { found: "à compter du premier dépôt".into() },
        ),
        ("from 1 year", vague("from")),
        ("101 years", E::TooLong),
        ("99999999999999999999 s", E::TooLong),
        ("18446744073709551615 years", E::TooLong),
        ("18446744073709551615 months", E::TooLong),
        ("1 month 18446744073709551615 s", E::TooLong),
        ("2 years to 1 year", E::ReversedRange),
        ("1 day to session", E::ReversedRange),
    ] {
        assert_eq!(text.parse::<MaxLifetime>(), Err(want), "{text}");
    }
}

/// The words that a message quotes are in the text, and the lifetimes that it suggests can be read.
#[test]
fn r14_advice_can_be_followed() {
    for (text, advice) in [
        ("3600", "`3600 seconds`"),
        ("1h30", "`30 minutes`"),
        ("13m", "`13 min` or `13 mos`"),
        ("7,986 days", "`7986`"),
        ("1 000 days", "`1000`"),
        ("2 years for members", "`refresh`"),
        ("13 months from the first visit", "`refresh = false`"),
        ("Celle de la session", "`session` if the cookie goes when the browser closes"),
        ("13 mois, 30 minutes", "`1 year or 30 minutes`"),
        ("half a year", "`6 months`"),
        ("persistent", "leave `lifetime` out"),
        ("persistent", "`name = {}`"),
        ("N/A", "leave `lifetime` out"),
        ("expired", "basis `prohibited`"),
        ("a few seconds", "upper bound, such as `1 minute`"),
        ("2025-12-31", "`1 year`"),
        ("P13M", "`13 months`"),
        ("1.5 years", "`18 months`"),
    ] {
        let error = text.parse::<MaxLifetime>().unwrap_err().to_string();
        assert!(error.contains(advice), "{text}: {error}");
    }
}

/// Returns the phrases of `lifetimes.txt`, each with its meaning.
fn phrases() -> Vec<(&'static str, &'static str)> {
    let lines = include_str!("lifetimes.txt").lines();
    let phrases: Vec<_> = lines.filter_map(|line| line.rsplit_once(" => ")).collect();
    assert!(phrases.len() > 1_000, "{}", phrases.len());
    phrases
}

/// Returns the lifetime as it is printed, or `!` and the code of the error.
fn reading(phrase: &str) -> String {
    match phrase.parse::<MaxLifetime>() {
        Ok(lifetime) => lifetime.to_string(),
        Err(error) => format!("!{}", error.code()),
    }
}

#[test]
fn r10_phrases_of_policy_pages_read_as_their_readers_take_them() {
    for (phrase, want) in phrases() {
        assert_eq!(reading(phrase), want, "{phrase}");
    }
}

#[test]
fn r10_case_spaces_digits_and_what_nobody_sees_make_no_difference() {
    let arabic = |char: char| match char.to_digit(10) {
        Some(digit) => char::from_u32('٠' as u32 + digit).unwrap(),
        None => char,
    };
    for (phrase, want) in phrases() {
        for variant in [
            phrase.to_uppercase(),
            phrase.to_lowercase(),
            phrase.replace(' ', "\u{a0}"),
            phrase.replace(' ', " \u{202f}"),
            phrase.chars().flat_map(|char| [char, '\u{200b}']).collect(),
            format!("\u{202b}{phrase}\u{202c}\u{feff}"),
            phrase.chars().map(arabic).collect(),
        ] {
            assert_eq!(reading(&variant), want, "{variant:?}");
        }
    }
}

proptest! {
    /// Whatever text stands around times, the result is not longer than all of them together.
    #[test]
    fn r10_no_text_is_longer_than_its_times(parts in vec(part(), 1..6)) {
        let text: Vec<_> = parts.iter().map(|(text, _)| text.as_str()).collect();
        let text = text.join(" ");
        let together: u64 = parts.iter().map(|(_, seconds)| seconds).sum();
        if let Ok(MaxLifetime::Seconds(seconds)) = text.parse() {
            prop_assert!(seconds <= together, "{text}: {seconds} s");
        }
    }
}

/// Returns a time with its length, or other words with a length of zero.
fn part() -> impl Strategy<Value = (String, u64)> {
    let units = [("minutes", MINUTE), ("Stunden", HOUR), ("jours", DAY), ("miesięcy", 31 * DAY)];
    let time = (1..40_u64, select(units.to_vec()))
        .prop_map(|(number, (unit, seconds))| (format!("{number} {unit}"), number * seconds));
    let words = [
        "session",
        "persistent",
        "up to",
        "max.",
        "or",
        "and",
        ",",
        "-",
        "to",
        "between",
        "from",
        "after",
        "last visit",
        "first visit",
        "(",
        ")",
        "=",
        "until deletion",
        "more than",
        "never",
        "a",
        "expires",
        ":",
    ];
    prop_oneof![time, select(words.to_vec()).prop_map(|words| (words.to_owned(), 0))]
}
