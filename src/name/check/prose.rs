//! Finds what people write around names, or instead of them: lists, remarks, full stops, sentences.

use crate::name::check::mistake::{ALONE, Mistake};
use crate::name::check::placeholder::enclosed;

/// Finds `-` and `N/A`, from a row of a table that has no cookie.
pub(crate) fn nothing(name: &str) -> Option<Mistake> {
    const WORDS: [&str; 13] = [
        "n/a", "n.a.", "none", "aucun", "aucune", "keine", "keiner", "nessuno", "ninguna",
        "ninguno", "nenhum", "geen", "brak",
    ];
    let names = |char: char| char.is_alphanumeric() || matches!(char, '_' | '*');
    let nothing = !name.contains(names) || WORDS.iter().any(|it| name.eq_ignore_ascii_case(it));
    nothing.then(|| Mistake::new("phrase", "says that there is no name"))
}

/// Finds the sign or number of a list: `• _ga`, `1. _ga`.
pub(crate) fn bullet(name: &str) -> Option<Mistake> {
    let (first, rest) = name.split_once(' ')?;
    let is_sign = !first.contains(|char: char| char.is_alphanumeric() || char == '_');
    let number = first.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let wrong = || format!("starts with {first:?}, which is no part of a name");
    (is_sign || is_number).then(|| Mistake::of_page(wrong(), rest.trim_start()))
}

/// Finds spaces beside placeholders, as in `wp-settings- {time} - [UID]`.
pub(crate) fn gap(name: &str) -> Option<Mistake> {
    let mut text = name.to_owned();
    for part in ['_', '-', '.'] {
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

/// Signs that stand between names.
const SEPARATORS: [&str; 14] =
    ["\n", "\r", ",", ";", " /", "/ ", " |", "| ", " • ", " · ", "、", "，", "；", "،"];
/// Signs and words that stand between names, and in sentences as well.
const CONJUNCTIONS: [&str; 20] = [
    " & ", " + ", " and ", " or ", " et ", " ou ", " und ", " oder ", " sowie ", " y ", " o ",
    " e ", " en ", " i ", " oraz ", " och ", " og ", " ja ", " és ", " и ",
];

/// Cuts a list at its signs and words.
fn marked_off(name: &str) -> Option<Vec<&str>> {
    let (mut parts, mut start, mut at, mut sentence) = (Vec::new(), 0, 0, true);
    while let Some(char) = name[at..].chars().next() {
        let first = |separators: &[&'static str]| {
            separators.iter().find(|it| name[at..].starts_with(**it)).map(|it| it.len())
        };
        let separator = first(&SEPARATORS);
        sentence &= separator.is_none();
        if let Some(length) = separator.or_else(|| first(&CONJUNCTIONS)) {
            // Two signs may share a space, and then nothing stands between them.
            parts.push(name.get(start..at).unwrap_or_default().trim());
            start = at + length;
            // The space behind a word may be the one before the next word.
            at = start - usize::from(length > 1 && name[..start].ends_with(' '));
        } else {
            // A remark in brackets is not cut.
            at += enclosed(&name[at..]).unwrap_or(char.len_utf8());
        }
    }
    parts.push(name[start..].trim());
    parts.retain(|part| !part.is_empty());
    let one_word = |part: &&str| !part.contains(' ');
    let sentence = sentence && !has_name(name) && !parts.iter().all(one_word);
    // In `_ga=1; Path=/` a cookie's attributes are listed, not cookies.
    let attributes = parts.first().is_some_and(|first| first.contains('='));
    let several = parts.len() > 1 && !sentence && !attributes;
    parts.retain(|part| !part.trim_matches('.').eq_ignore_ascii_case("etc") && *part != "...");
    several.then_some(parts)
}

/// Cuts `_ga/_gid`, where each part can only be a name. `crisp-client/session` is one name.
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

/// Finds the signs of a sentence, as in `_ga:` and `_ga.`. A last dot may be the name's, too.
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

/// Finds words instead of a name, or around it: `Aucun cookie`.
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

/// Tells whether a word of a sentence can only be a name, as `_ga` and `PHPSESSID`.
fn is_name(word: &str) -> bool {
    is_capitals(word) || word.contains('_') && word.contains(char::is_alphanumeric)
}

fn is_capitals(word: &str) -> bool {
    word.len() > 5 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Finds the starts of names, such as `wordpress_logged_in_`. A name like `_kuid_` has an underscore
/// on both sides.
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
