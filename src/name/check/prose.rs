//! Finds text that people write around names, or instead of them: lists, remarks, punctuation,
//! sentences.

use crate::name::check::mistake::{ALONE, Mistake};
use crate::name::check::placeholder::enclosed;

/// Finds `-` and `N/A`, which stand in the rows of tables that list no cookie.
pub(crate) fn nothing(name: &str) -> Option<Mistake> {
    const WORDS: [&str; 13] = [
        "n/a", "n.a.", "none", "aucun", "aucune", "keine", "keiner", "nessuno", "ninguna",
        "ninguno", "nenhum", "geen", "brak",
    ];
    let names = |char: char| char.is_alphanumeric() || matches!(char, '_' | '*');
    let nothing = !name.contains(names) || WORDS.iter().any(|it| name.eq_ignore_ascii_case(it));
    nothing.then(|| Mistake::new("phrase", "says that there is no name"))
}

/// Finds the bullet or number of a list item: `• _ga`, `1. _ga`.
pub(crate) fn bullet(name: &str) -> Option<Mistake> {
    let (first, rest) = name.split_once(' ')?;
    let is_sign = !first.contains(|char: char| char.is_alphanumeric() || char == '_');
    let number = first.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let wrong = || format!("starts with {first:?}, which is no part of a name");
    (is_sign || is_number).then(|| Mistake::of_page(wrong(), rest.trim_start()))
}

/// Finds spaces beside placeholders and stars, as in `wp-settings- {time} - [UID]` and `_pk_ *`.
pub(crate) fn gap(name: &str) -> Option<Mistake> {
    let mut text = name.to_owned();
    for part in ['_', '-', '.'] {
        text = text.replace(&format!("{part} *"), &format!("{part}*"));
        for open in ['{', '[', '<', '('] {
            text = text.replace(&format!("{part} {open}"), &format!("{part}{open}"));
        }
        for close in ['}', ']', '>'] {
            text = text.replace(&format!("{close} {part}"), &format!("{close}{part}"));
        }
    }
    let wrong = "holds a space beside a placeholder";
    (text != name).then(|| Mistake::of_page(wrong, text))
}

/// Finds lists: `_ga, _gid`, `_ga / _gid`, `_ga et _gid`.
pub(crate) fn list(name: &str) -> Option<Mistake> {
    let names = marked_off(name).or_else(|| joined(name))?;
    let advice = "write each by itself";
    Some(Mistake::new("several-names", "looks like several names").meant(advice, names))
}

/// The signs that separate names.
const SEPARATORS: [&str; 14] =
    ["\n", "\r", ",", ";", " /", "/ ", " |", "| ", " • ", " · ", "、", "，", "；", "،"];
/// The signs and words that separate names, but also occur in sentences.
const CONJUNCTIONS: [&str; 20] = [
    " & ", " + ", " and ", " or ", " et ", " ou ", " und ", " oder ", " sowie ", " y ", " o ",
    " e ", " en ", " i ", " oraz ", " och ", " og ", " ja ", " és ", " и ",
];

/// Splits a list at its signs and words.
fn marked_off(name: &str) -> Option<Vec<&str>> {
    let (mut parts, mut start, mut at, mut only_conjunctions) = (Vec::new(), 0, 0, true);
    while let Some(char) = name[at..].chars().next() {
        let Some((length, is_conjunction)) = separator(&name[at..]) else {
            // A remark in brackets is not split.
            at += enclosed(&name[at..]).unwrap_or(char.len_utf8());
            continue;
        };
        only_conjunctions &= is_conjunction;
        // Two signs may share a space. Then nothing stands between them.
        parts.push(name.get(start..at).unwrap_or_default().trim());
        start = at + length;
        // The space behind a word may also be the space before the next word.
        at = start - usize::from(length > 1 && name[..start].ends_with(' '));
    }
    parts.push(name[start..].trim());
    parts.retain(|part| !part.is_empty());
    let are_words = parts.iter().all(|part| !part.contains(' '));
    let is_sentence = only_conjunctions && !has_name(name) && !are_words;
    // `_ga=1; Path=/` lists the attributes of a cookie, not several cookies.
    let are_attributes = parts.first().is_some_and(|first| first.contains('='));
    if parts.len() < 2 || is_sentence || are_attributes {
        return None;
    }
    parts.retain(|part| !part.trim_matches('.').eq_ignore_ascii_case("etc") && *part != "...");
    Some(parts)
}

/// Returns the length of the separator at the start of a text, and whether it is a conjunction.
fn separator(text: &str) -> Option<(usize, bool)> {
    let length = |separators: &[&str]| {
        separators.iter().find(|separator| text.starts_with(**separator)).map(|it| it.len())
    };
    let sign = length(&SEPARATORS).map(|length| (length, false));
    sign.or_else(|| length(&CONJUNCTIONS).map(|length| (length, true)))
}

/// Splits `_ga/_gid`, where each part can only be a name. `crisp-client/session` is a single name.
fn joined(name: &str) -> Option<Vec<&str>> {
    let parts: Vec<_> = name.split(['/', '|', '&', '+']).collect();
    let is_first = |part: &&str| part.starts_with('_') || is_capitals(part);
    (parts.len() > 1 && parts.iter().all(is_first)).then_some(parts)
}

/// Finds remarks and headings: `_ga (Google Analytics)`, `_ga: used for statistics`, `Google: _ga`.
pub(crate) fn remark(name: &str) -> Option<Mistake> {
    const STARTS: [&str; 9] = [" (", " [", "（", ": ", " - ", " = ", " → ", " -> ", " > "];
    let start = |start: &&str| name.find(*start).map(|at| (at, start.len()));
    let (at, length) = STARTS.iter().filter_map(start).min()?;
    let (before, after) = (name[..at].trim(), name[at + length..].trim());
    let heading = before.contains(' ') || before.starts_with(char::is_uppercase);
    let name = if heading && !has_name(before) && has_name(after) {
        after.trim_end_matches([')', ']', '）'])
    } else {
        before
    };
    Some(Mistake::of_page("holds a remark", name))
}

/// Finds punctuation around a name, as in `_ga:` and `_ga.`. A dot at the end may also belong to
/// the name.
pub(crate) fn punctuation(name: &str) -> Option<Mistake> {
    let inside = name.trim_start_matches([',', ':', '!']).trim_end_matches(['.', ':', ',', '!']);
    if inside.len() == name.len() {
        return None;
    }
    let wrong = "starts or ends with a punctuation mark";
    let longer = (name.ends_with('.') || name.ends_with("::")) && !name.contains('*');
    let longer = longer.then(|| format!("{name}*"));
    let Some(longer) = longer else { return Some(Mistake::of_page(wrong, inside)) };
    let advice = "write the name without it, or with `*` where it goes on";
    Some(Mistake::new("copied-text", wrong).meant(advice, [inside, &longer]))
}

/// Finds a sentence in place of a name or around it: `Aucun cookie`.
pub(crate) fn phrase(name: &str) -> Option<Mistake> {
    if !name.contains(char::is_whitespace) {
        return None;
    }
    let names: Vec<_> = name.split_whitespace().filter(|word| is_name(word)).collect();
    let phrase = Mistake::new("phrase", "is a phrase");
    Some(if names.is_empty() {
        let advice = "write the name that browsers store, with `*` for spaces if it has any";
        phrase.meant(advice, [name.split_whitespace().collect::<Vec<_>>().join("*")])
    } else {
        phrase.meant(ALONE, names)
    })
}

fn has_name(text: &str) -> bool {
    text.split_whitespace().any(is_name)
}

/// Returns whether a word of a sentence can only be a name, such as `_ga` or `PHPSESSID`.
fn is_name(word: &str) -> bool {
    is_capitals(word) || word.contains('_') && word.contains(char::is_alphanumeric)
}

fn is_capitals(word: &str) -> bool {
    word.len() > 5 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Finds beginnings of names, such as `wordpress_logged_in_`. A name like `_kuid_`, with an
/// underscore on both sides, is complete.
pub(crate) fn unfinished(name: &str) -> Option<Mistake> {
    const FINISHED: [&str; 3] = ["MOODLEID_", "MOODLEID1_", "cebsp_"];
    let unfinished = name.ends_with(['_', '-'])
        && !(name.starts_with('_') || name.contains('*') || FINISHED.contains(&name));
    let advice = "write `*` for the part that varies";
    unfinished.then(|| {
        Mistake::new("unfinished-name", "ends like the start of a name")
            .meant(advice, [format!("{name}*")])
    })
}
