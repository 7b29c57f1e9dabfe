//! Decides what may leave without using the crate: it looks for words in the text of the consent
//! cookie.

use std::time::SystemTime;

enum Needs {
    Nothing,
    Consent(&'static str),
    /// The cookie is prohibited, or not declared.
    Never,
}

/// The site's cookies, what they need, and how what they ask for is shortened.
const COOKIES: [(&str, Needs, Option<[&str; 2]>); 9] = [
    ("id", Needs::Nothing, Some(["; Max-Age=7776000", "; Max-Age=2592000"])),
    ("auth", Needs::Nothing, Some(["; Max-Age=31536000", "; Max-Age=2592000"])),
    ("csrf", Needs::Nothing, None),
    ("cookie_consent", Needs::Nothing, None),
    ("theme", Needs::Consent("functional"), None),
    ("_ga", Needs::Consent("analytics"), None),
    ("_gid", Needs::Consent("analytics"), Some(["; Max-Age=172800", "; Max-Age=86400"])),
    ("_fbp", Needs::Never, None),
    ("unheard-of", Needs::Never, None),
];

pub(crate) struct Oracle {
    /// The time before which choices are too old, in seconds.
    pub(crate) since: u64,
}

impl Oracle {
    /// The lines that may leave of those that the site set, for a visitor with these cookies.
    pub(crate) fn expected(&self, cookies: &[String], set: &[String]) -> Vec<String> {
        let pairs = cookies.iter().flat_map(|line| line.split("; "));
        let mut choices = values_of("cookie_consent", pairs);
        // The choice that the response itself stores counts already, and alone.
        let stored = values_of("cookie_consent", set.iter().map(String::as_str));
        if !stored.is_empty() {
            choices = stored;
        }
        set.iter().filter_map(|line| self.left_of(line, &choices)).collect()
    }

    /// Returns what is left of a line.
    fn left_of(&self, line: &str, choices: &[&str]) -> Option<String> {
        if line.contains("; Max-Age=0") {
            return Some(line.to_owned());
        }
        let (name, _) = line.split_once('=').unwrap();
        let (_, needs, shortened) = COOKIES.iter().find(|cookie| cookie.0 == name).unwrap();
        let passes = match needs {
            Needs::Nothing => true,
            Needs::Consent(category) => self.is_granted(category, choices),
            Needs::Never => false,
        };
        passes.then(|| match shortened {
            // The lifetime stands right behind name and value.
            Some([asked, allowed]) => {
                let rest = line.replace(asked, "");
                let (pair, attributes) = rest.split_at(rest.find(';').unwrap_or(rest.len()));
                format!("{pair}{allowed}{attributes}")
            }
            None => line.to_owned(),
        })
    }

    /// Returns whether every copy of the consent cookie counts and grants it.
    fn is_granted(&self, category: &str, choices: &[&str]) -> bool {
        !choices.is_empty()
            && choices.iter().all(|choice| {
                let words: Vec<&str> = choice.split('&').collect();
                let time = words.iter().find_map(|word| word.strip_prefix("time="));
                words.contains(&"version=7")
                    && words.contains(&format!("{category}=true").as_str())
                    && time
                        .and_then(|time| time.parse().ok())
                        .is_some_and(|time: u64| time >= self.since)
            })
    }
}

/// The values of all cookies of a name, in `Cookie` pairs or `Set-Cookie` lines.
fn values_of<'a>(name: &str, pairs: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    pairs.filter_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.split(';').next()).collect()
}

pub(crate) fn now() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs()
}
