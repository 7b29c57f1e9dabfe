//! Models R7 and R17: what a visitor's choice allows.

use std::collections::{BTreeMap, BTreeSet};

use tower_cookie_consent::registry::Combine;

use crate::reader;
use crate::site::{Site, Source};
use crate::tally::reached;
use crate::visit::Visit;

/// A statement of a visitor: a copy of the consent cookie, or that of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) decided: bool,
    /// The ids that are granted, and those that are refused.
    pub(crate) said: BTreeMap<String, bool>,
}

/// Reads the value of the consent cookie, as the documentation of `OwnCookie` shows it. A value
/// that is not a choice refuses nothing either.
#[derive(Default)]
pub(crate) struct Form {
    version: Option<String>,
    time: Option<i64>,
    is_malformed: bool,
    said: BTreeMap<String, bool>,
}

impl Form {
    pub(crate) fn read(value: &[u8], site: &Site) -> Self {
        let mut form = Self { is_malformed: value.len() > 4096, ..Self::default() };
        for pair in value.split(|&byte| byte == b'&').filter(|pair| !pair.is_empty()) {
            let (key, value) = reader::cut(pair).unwrap_or((pair, b""));
            let (key, value) = (decoded(key), decoded(value));
            match key.as_str() {
                "version" => form.is_malformed |= form.version.replace(value).is_some(),
                "time" => {
                    let time = seconds(&value);
                    form.is_malformed |= time.is_none() || form.time.is_some();
                    form.time = time;
                }
                id if site.ids().any(|(group, _)| group.id == id) => match value.as_str() {
                    "true" => _ = form.said.entry(key).or_insert(true),
                    "false" => _ = form.said.insert(key, false),
                    _ => form.is_malformed = true,
                },
                _ => {}
            }
        }
        form
    }

    /// Returns whether it is a choice, of any version and time.
    pub(crate) fn is_choice(&self) -> bool {
        !self.is_malformed && self.version.is_some() && self.time.is_some()
    }

    /// Returns whether it counts (R7).
    fn counts(&self, site: &Site) -> bool {
        let age = site.clock_seconds() - self.time.unwrap_or_default();
        if self.version.as_ref() != Some(&site.version) {
            reached("R7: another version");
            false
        } else if age < -60 {
            reached("R7: from the future");
            false
        } else if age > i64::try_from(site.consent_lifetime).unwrap() {
            reached("R7: too old");
            false
        } else {
            reached(if age < 0 { "R7: a little ahead" } else { "R7: counts" });
            true
        }
    }
}

fn seconds(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// Decodes a key or a value of a form (WHATWG URL, section 5.1).
fn decoded(text: &[u8]) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((&byte, behind)) = rest.split_first() {
        let hex = behind.get(..2).and_then(|hex| {
            let hex = std::str::from_utf8(hex)
                .ok()
                .filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
            u8::from_str_radix(hex, 16).ok()
        });
        match (byte, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            (b'+', _) => {
                bytes.push(b' ');
                rest = behind;
            }
            _ => {
                bytes.push(byte);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns one copy, as far as it counts (R7).
fn counted(copy: &[u8], site: &Site) -> Choice {
    let form = Form::read(copy, site);
    if !form.is_choice() {
        reached("R7: malformed");
        return Choice::default();
    }
    Choice { decided: form.counts(site), said: form.said }.without_empty_grants()
}

/// Returns the most restrictive combination of all copies (R7).
fn of_copies(copies: &[&[u8]], site: &Site) -> Choice {
    let mut different: Vec<&[u8]> = Vec::new();
    for copy in copies {
        if !different.contains(copy) {
            different.push(copy);
        }
    }
    reached(match different.len() {
        0 => "R7: no consent cookie",
        1 => "R7: one copy, or equal ones",
        2..=16 => "R7: different copies",
        _ => "R7: too many copies",
    });
    if different.len() > 16 {
        let all = site.ids().map(|(group, _)| (group.id.clone(), false));
        return Choice { decided: false, said: all.collect() };
    }
    let choices = different.iter().map(|copy| counted(copy, site));
    choices.reduce(|one, other| one.and(&other)).unwrap_or_default()
}

impl Choice {
    /// Returns the most restrictive combination of two copies, by what each says by its own name.
    fn and(&self, other: &Self) -> Self {
        let ids: BTreeSet<&String> = self.said.keys().chain(other.said.keys()).collect();
        let said = ids.into_iter().filter_map(|id| match (self.said.get(id), other.said.get(id)) {
            (Some(false), _) | (_, Some(false)) => Some((id.clone(), false)),
            (Some(true), Some(true)) => Some((id.clone(), true)),
            _ => None,
        });
        let decided = self.decided && other.decided;
        Self { decided, said: said.collect() }.without_empty_grants()
    }

    /// Somebody who is undecided grants nothing.
    fn without_empty_grants(mut self) -> Self {
        let decided = self.decided;
        self.said.retain(|_, granted| decided || !*granted);
        self
    }

    /// Returns what remains if some browser may have deleted the choice (R9).
    pub(crate) fn without_grants(self, site: &Site) -> Self {
        Self { decided: false, ..self }.without_empty_grants().meant(site)
    }

    /// Returns what is said about every category and service: about a service first by its own
    /// name, then by its category's (R6).
    fn meant(&self, site: &Site) -> Self {
        let said = site.ids().filter_map(|(group, category)| {
            let of_category = self.said.get(&site.categories[category].id);
            Some((group.id.clone(), *self.said.get(&group.id).or(of_category)?))
        });
        Self { decided: self.decided, said: said.collect() }
    }
}

/// Returns what the sources say together (R17), with these copies of the crate's own cookie.
pub(crate) fn of_sources(copies: &[&[u8]], visit: &Visit, site: &Site) -> Choice {
    let sources = if site.sources.is_empty() { &[Source::Own][..] } else { &site.sources };
    let choices = sources.iter().map(|source| match source {
        Source::Own => of_copies(copies, site).meant(site),
        Source::Gpc => objection(&visit.gpc, site).meant(site),
        Source::Dnt => objection(&visit.dnt, site).meant(site),
    });
    // Only the crate's own cookie can grant, so the order counts unless the site says otherwise.
    if site.combine == Some(Combine::MostRestrictive) {
        reached("R17: all sources are asked");
        return most_restrictive(&choices.collect::<Vec<_>>());
    }
    let mut refused = BTreeMap::new();
    for choice in choices {
        if choice.decided {
            if !refused.is_empty() {
                reached("R17: what a source before refuses stays refused");
            }
            let mut said = choice.said;
            said.extend(refused);
            return Choice { decided: true, said };
        }
        refused.extend(choice.said);
    }
    Choice { decided: false, said: refused }
}

fn most_restrictive(choices: &[Choice]) -> Choice {
    let ids: BTreeSet<&String> = choices.iter().flat_map(|choice| choice.said.keys()).collect();
    let said = ids.into_iter().filter_map(|id| {
        if choices.iter().any(|choice| choice.said.get(id) == Some(&false)) {
            return Some((id.clone(), false));
        }
        let mut decided = choices.iter().filter(|choice| choice.decided);
        decided.all(|choice| choice.said.get(id) == Some(&true)).then(|| (id.clone(), true))
    });
    Choice { decided: choices.iter().any(|choice| choice.decided), said: said.collect() }
}

/// Returns what `Sec-GPC: 1` or `DNT: 1` refuses.
fn objection(values: &[Vec<u8>], site: &Site) -> Choice {
    if !values.iter().any(|value| value == b"1") {
        return Choice::default();
    }
    reached("R17: an objection");
    let marked = site.ids().filter(|(group, _)| group.refused_by_signals);
    Choice { decided: false, said: marked.map(|(group, _)| (group.id.clone(), false)).collect() }
}
