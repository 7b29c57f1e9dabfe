//! Polish.

use crate::lifetime::unit::Unit;
use crate::lifetime::words::{Language, Role, Words};

impl Language {
    /// Polish: `pl`.
    pub const POLISH: Self = Self(&WORDS);
}

#[rustfmt::skip]
pub(super) const WORDS: Words = Words {
    tag: "pl",
    name: "Polish",
    phrases: &[
        (Role::Unit(Unit::Second), "s, sek, sekunda, sekundę, sekundy, sekund"),
        (Role::Unit(Unit::Minute), "min, minuta, minutę, minuty, minut, minutach"),
        (Role::Unit(Unit::Hour), "h, godz, godzina, godzinę, godziny, godzin, godzinach"),
        (Role::Unit(Unit::Day), "doba, dobę, doby, dzień, dnia, dni, dniach"),
        (Role::Unit(Unit::Week), "tyg, tydzień, tygodnia, tygodnie, tygodni, tygodniach"),
        (Role::Unit(Unit::Month), "mies, miesiąc, miesiąca, miesiące, miesięcy, miesiącach"),
        (Role::Unit(Unit::Year), "rok, roku, lata, lat, latach"),
        (Role::Alone(1), "sekunda, sekundę, minuta, minutę, godzina, godzinę, doba, dobę, dzień"),
        (Role::Alone(1), "tydzień, miesiąc, miesiąca, rok, roku"),
        (Role::One, "jeden, jedna, jedną, jedno, jednego, jednej"),
        (Role::Number(2), "dwa, dwie, dwóch"), (Role::Number(3), "trzy, trzech"),
        (Role::Number(4), "cztery, czterech"), (Role::Number(5), "pięć, pięciu"),
        (Role::Number(6), "sześć, sześciu"), (Role::Number(7), "siedem, siedmiu"),
        (Role::Number(8), "osiem, ośmiu"), (Role::Number(9), "dziewięć, dziewięciu"),
        (Role::Number(10), "dziesięć, dziesięciu"), (Role::Number(11), "jedenaście, jedenastu"),
        (Role::Number(12), "dwanaście, dwunastu"), (Role::Number(13), "trzynaście, trzynastu"),
        (Role::Number(14), "czternaście, czternastu"), (Role::Number(15), "piętnaście, piętnastu"),
        (Role::Number(18), "osiemnaście, osiemnastu"),
        (Role::Number(20), "dwadzieścia, dwudziestu"),
        (Role::Number(24), "dwadzieścia cztery, dwudziestu czterech"),
        (Role::Number(30), "trzydzieści, trzydziestu"), (Role::Number(31), "trzydzieści jeden"), (Role::Number(60), "sześćdziesiąt"),
        (Role::Number(90), "dziewięćdziesiąt"),
        (Role::Half, "pół, półtora, półtorej, połowa, półrocze"),
        (Role::And, "i, oraz"),
        (Role::Or, "lub, albo, bądź"),
        (Role::UpTo, "aż do, do"),
        (Role::Between, "między, pomiędzy"),
        (Role::Equals, "czyli, tj, to jest"),
        (Role::AtMost, "maksymalnie do, maksymalnie, maksymalny, maks, max, najwyżej, co najwyżej"),
        (Role::AtMost, "nie więcej niż, nie dłużej niż, nie przekracza, mniej niż, krócej niż"),
        (Role::AtMost, "poniżej, w ciągu, lub mniej, lub krócej"),
        (Role::Vague, "kilka, kilkanaście, różny, różnie, zmienny, około, ok, mniej więcej"),
        (Role::Vague, "co najmniej, przynajmniej, minimum, minimalnie, min od, więcej niż"),
        (Role::Vague, "dłużej niż, ponad, powyżej, nie mniej niż, lub więcej, lub dłużej"),
        (Role::Vague, "tymczasowy, tymczasowe"),
        (Role::Lead, "przez, na, na okres, przez okres, okres, czas, w, po upływie, plik"),
        (Role::Lead, "pliki, cookie, cookies, ciasteczko, ważny, ważne, ważność, ważności, wygasa"),
        (Role::Lead, "wygasają, wygaśnięcia, wygaśnięcie, trwania, życia, przechowywania"),
        (Role::Lead, "przechowywany, przechowywane, retencji, data, termin, domyślnie, usuwany"),
        (Role::Lead, "wynosi"),
        (Role::Note, "bezczynności, nieaktywności, braku aktywności, domyślnie, łącznie"),
        (Role::Persistent, "persist*, stały, stała, stałe, trwał*"),
        (Role::From, "od, od dnia, od momentu, od czasu, od chwili, licząc od, począwszy od"),
        (Role::After, "po"),
        (Role::Event, "ostatni*, ustawien*, aktualizac*, utworzen*, wizyt*, użyc*, aktywno*"),
        (Role::Event, "zapisan*, odwiedzin, zainstalowan*, dostęp*"),
        (Role::Once, "pierwsz*, początk*, zgod*, zaakcept*, kont*, rejestrac*"),
        (Role::Session, "sesj*, sesyjn*, *session*"),
        (Role::OtherSession, "taka jak, równy, zalogow*, wylogow*, logow*, login, serwer*"),
        (Role::OtherSession, "uwierzyteln*"),
        (Role::Browser, "przeglądark*, *browser*"),
        (Role::Closing, "zamkn*, zamyk*, wyłącz*"),
        (Role::Unlimited, "bezterminow*, nieograniczon*, nieokreślon*, nigdy, zawsze, nie wygasa"),
        (Role::Unlimited, "nie wygasają, bez ograniczeń, bez terminu, na zawsze"),
        (Role::Until, "do, aż, dopóki, chyba że"),
        (Role::Deletion, "usun*, usuw*, skasow*, kasow*, wycof*, cofn*, odinstal*, wyczyszcz*"),
        (Role::Over, "wygasł, wygasły, natychmiast, natychmiastowo"),
        (Role::Unstated, "nie dotyczy, brak, brak danych, brak informacji, nieznany, nieznana"),
        (Role::Unstated, "niedostępne, nie określono, n d"),
    ],
    session: "sesja",
    form,
    forms: [
        &["# sekunda", "# sekundy", "# sekund"],
        &["# minuta", "# minuty", "# minut"],
        &["# godzina", "# godziny", "# godzin"],
        &["# dzień", "# dni", "# dni"],
        &["# tydzień", "# tygodnie", "# tygodni"],
        &["# miesiąc", "# miesiące", "# miesięcy"],
        &["# rok", "# lata", "# lat"],
    ],
};

/// One, the few that end in 2 to 4 but not in 12 to 14, and many.
const fn form(count: u64) -> usize {
    match (count, count % 10, count % 100) {
        (1, ..) => 0,
        (_, 2..=4, 0..=11 | 15..) => 1,
        _ => 2,
    }
}
