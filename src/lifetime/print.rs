//! Prints lifetimes in words, in each language.

use std::fmt;

use crate::lifetime::max::MaxLifetime;
use crate::lifetime::unit::{DAY, HOUR, MINUTE, MONTH, MONTHS_IN_YEAR, Unit, YEAR};
use crate::lifetime::words::{Language, Words};

impl MaxLifetime {
    /// Prints the lifetime in a language, as a policy page would write it. The printed text parses
    /// to the same lifetime.
    ///
    /// ```
    /// use tower_cookie_consent::registry::{Language, MaxLifetime};
    ///
    /// let lifetime: MaxLifetime = "13 months".parse()?;
    /// assert_eq!(lifetime.display_in(Language::FRENCH).to_string(), "13 mois");
    /// assert_eq!(lifetime.display_in(Language::GERMAN).to_string(), "13 Monate");
    /// assert_eq!(MaxLifetime::Session.display_in("nl-BE".parse()?).to_string(), "sessie");
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn display_in(self, language: Language) -> impl fmt::Display {
        InWords { lifetime: self, words: language.0 }
    }
}

/// Prints the lifetime in English. [`display_in`](MaxLifetime::display_in) prints it in other
/// languages.
impl fmt::Display for MaxLifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.display_in(Language::ENGLISH).fmt(f)
    }
}

struct InWords {
    lifetime: MaxLifetime,
    words: &'static Words,
}

impl fmt::Display for InWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let MaxLifetime::Seconds(seconds) = self.lifetime else {
            return f.write_str(self.words.session);
        };
        for (index, (count, unit)) in counts(seconds).into_iter().enumerate() {
            f.write_str(if index > 0 { " " } else { "" })?;
            let form = self.words.form(count, unit);
            match form.split_once('#') {
                Some((before, after)) => write!(f, "{before}{count}{after}")?,
                None => f.write_str(form)?,
            }
        }
        Ok(())
    }
}

/// Returns the numbers and units in which people write this many seconds: whole years, whole
/// months, or days and the units below them.
fn counts(seconds: u64) -> Vec<(u64, Unit)> {
    let (years, rest) = (seconds / YEAR, seconds % YEAR);
    if years > 0 && rest == 0 {
        return vec![(years, Unit::Year)];
    }
    let months = years * MONTHS_IN_YEAR + rest / MONTH;
    // One month reads better as `30 days`. And 360 days cannot be printed as "12 months", which
    // reads as a year of 365 days.
    if rest % MONTH == 0 && rest / MONTH < MONTHS_IN_YEAR && months > 1 {
        return vec![(months, Unit::Month)];
    }
    let mut counts = vec![
        (seconds / DAY, Unit::Day),
        (seconds % DAY / HOUR, Unit::Hour),
        (seconds % HOUR / MINUTE, Unit::Minute),
        (seconds % MINUTE, Unit::Second),
    ];
    counts.retain(|(count, unit)| *count > 0 || (seconds, *unit) == (0, Unit::Second));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::max::LONGEST;

    #[test]
    fn displays_as_people_write() {
        for (seconds, want) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (90_061, "1 day 1 hour 1 minute 1 second"),
            (HOUR, "1 hour"),
            (7 * DAY, "7 days"),
            (MONTH, "30 days"),
            (6 * MONTH, "6 months"),
            (12 * MONTH, "360 days"),
            (YEAR, "1 year"),
            (395 * DAY, "13 months"),
            (400 * DAY, "400 days"),
            (2 * YEAR, "2 years"),
        ] {
            assert_eq!(MaxLifetime::Seconds(seconds).to_string(), want);
        }
        assert_eq!(MaxLifetime::Session.to_string(), "session");
    }

    #[test]
    fn plurals_are_those_of_the_language() {
        for (language, seconds, want) in [
            (Language::FRENCH, 0, "0 seconde"),
            (Language::FRENCH, 13 * MONTH + 5 * DAY, "13 mois"),
            (Language::GERMAN, 30 * DAY, "30 Tage"),
            (Language::GERMAN, DAY + HOUR, "1 Tag 1 Stunde"),
            (Language::SPANISH, 2 * YEAR, "2 años"),
            (Language::ITALIAN, HOUR, "1 ora"),
            (Language::DUTCH, 2 * YEAR, "2 jaar"),
            (Language::PORTUGUESE, 6 * MONTH, "6 meses"),
            (Language::POLISH, YEAR, "1 rok"),
            (Language::POLISH, 4 * YEAR, "4 lata"),
            (Language::POLISH, 5 * YEAR, "5 lat"),
            (Language::POLISH, 12 * YEAR, "12 lat"),
            (Language::POLISH, 22 * YEAR, "22 lata"),
            (Language::POLISH, 21 * YEAR, "21 lat"),
            (Language::POLISH, 13 * MONTH + 5 * DAY, "13 miesięcy"),
            (Language::ARABIC, YEAR, "سنة واحدة"),
            (Language::ARABIC, 2 * YEAR, "سنتان"),
            (Language::ARABIC, 3 * YEAR, "3 سنوات"),
            (Language::ARABIC, 11 * YEAR, "11 سنة"),
            (Language::ARABIC, 13 * MONTH + 5 * DAY, "13 شهرًا"),
            (Language::ARABIC, 30 * DAY, "30 يومًا"),
            (Language::ARABIC, 7 * DAY, "7 أيام"),
            (Language::ARABIC, 100 * DAY, "100 يوم"),
            (Language::ARABIC, 102 * DAY, "102 يوم"),
            (Language::ARABIC, 103 * DAY, "103 أيام"),
            (Language::ARABIC, 111 * DAY, "111 يومًا"),
        ] {
            let lifetime = MaxLifetime::Seconds(seconds);
            assert_eq!(lifetime.display_in(language).to_string(), want);
        }
        assert_eq!(MaxLifetime::Session.display_in(Language::ARABIC).to_string(), "جلسة");
    }

    /// The counts include one, two and many, since languages have different plural forms for them.
    #[test]
    fn r10_every_language_reads_what_it_prints() {
        let units = [1, MINUTE, HOUR, DAY, MONTH, YEAR];
        let counts = [1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 20, 21, 22, 25, 99, 100];
        let times = units.into_iter().flat_map(|unit| counts.map(|count| count * unit));
        let times = times.filter(|seconds| *seconds <= LONGEST).map(MaxLifetime::Seconds);
        for lifetime in times.chain([MaxLifetime::Session]) {
            for language in Language::ALL {
                let printed = lifetime.display_in(*language).to_string();
                assert_eq!(printed.parse(), Ok(lifetime), "{language}: {printed}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn r10_what_is_printed_reads_back(
            seconds in 1..=LONGEST,
            days in 1..=36_500_u64,
            language in proptest::sample::select(Language::ALL),
        ) {
            for lifetime in [seconds, days * DAY].map(MaxLifetime::Seconds) {
                let printed = lifetime.display_in(language).to_string();
                proptest::prop_assert_eq!(printed.parse(), Ok(lifetime), "{}: {}", language, printed);
            }
        }
    }
}
