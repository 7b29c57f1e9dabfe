//! Matches names of CMPs' cookies with the forms in the table of CMPs.

#[cfg(feature = "cmp")]
use memchr::memmem::Finder;

use crate::set_cookie::has_byte;

/// Returns whether the name of a cookie has this form.
///
/// A form is a name in which each `#` stands for one or more digits, and a single `*` for one or
/// more letters, digits, `_`, `-` and `:`.
pub(crate) fn has_form(mut name: &[u8], form: &str) -> bool {
    let mut form = form.as_bytes();
    // Forms that begin alike mostly end otherwise.
    let end = form.last().filter(|sign| !matches!(sign, b'#' | b'*'));
    if end.is_some() && end != name.last() {
        return false;
    }
    if name == form && !has_byte(form, |sign| matches!(sign, b'#' | b'*')) {
        return true;
    }
    loop {
        let is_open = |sign: &u8| matches!(sign, b'#' | b'*');
        let (plain, open) = form.split_at(form.iter().position(is_open).unwrap_or(form.len()));
        let Some(rest) = name.strip_prefix(plain) else { return false };
        (name, form) = (rest, open);
        match form {
            [] => return name.is_empty(),
            [b'#', rest @ ..] => {
                let digits = name.iter().take_while(|byte| byte.is_ascii_digit()).count();
                (name, form) = (&name[digits..], rest);
                if digits == 0 {
                    return false;
                }
            }
            [b'*', end @ ..] => return name.strip_suffix(end).is_some_and(is_word),
            _ => return false,
        }
    }
}

/// Returns whether this may stand in place of a `*`.
fn is_word(text: &[u8]) -> bool {
    let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-:".contains(byte);
    !text.is_empty() && text.iter().all(in_word)
}

/// The text with which all names begin that have one of several forms, ready to be searched for; `None` if it
/// is so short that it stands in many other cookies, too.
#[cfg(feature = "cmp")]
#[derive(Clone, Debug)]
pub(crate) struct Beginning(Option<Box<Finder<'static>>>);

#[cfg(feature = "cmp")]
impl Beginning {
    pub(crate) fn of<'a>(forms: impl Iterator<Item = &'a str>) -> Self {
        let plain = |form: &'a str| form.split(['#', '*']).next().unwrap_or_default();
        let common = |one: &'a str, other: &'a str| {
            let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other);
            one.get(..same.count()).unwrap_or_default()
        };
        let beginning = forms.map(plain).reduce(common).unwrap_or_default();
        let is_telling = beginning.len() > 3;
        Beginning(is_telling.then(|| Box::new(Finder::new(beginning).into_owned())))
    }

    pub(crate) fn finder(&self) -> Option<&Finder<'static>> {
        self.0.as_deref()
    }
}

#[cfg(feature = "cmp")]
impl PartialEq for Beginning {
    fn eq(&self, other: &Self) -> bool {
        self.finder().map(Finder::needle) == other.finder().map(Finder::needle)
    }
}

#[cfg(feature = "cmp")]
impl Eq for Beginning {}

/// The first bytes of names that have one of several forms, and their second bytes.
///
/// They tell most other cookies apart, and do not cost more if there are many forms.
#[cfg(feature = "cmp")]
#[derive(Clone, Copy)]
pub(crate) struct Beginnings {
    first: u64,
    second: u64,
}

#[cfg(feature = "cmp")]
impl Beginnings {
    /// Takes them from the forms, each of which begins with two letters at least.
    pub(crate) const fn of(forms: &[&[&str]]) -> Self {
        let mut beginnings = Self { first: 0, second: 0 };
        let mut list = 0;
        while list < forms.len() {
            let mut form = 0;
            while form < forms[list].len() {
                let letters = forms[list][form].as_bytes();
                beginnings.first |= bit(letters[0]);
                beginnings.second |= bit(letters[1]);
                form += 1;
            }
            list += 1;
        }
        beginnings
    }

    /// Returns `false` for most names that have none of the forms.
    #[inline]
    pub(crate) fn may_begin(self, name: &[u8]) -> bool {
        matches!(name, [first, second, ..]
            if self.first & bit(*first) != 0 && self.second & bit(*second) != 0)
    }
}

/// The place of a byte in a set, which it shares with three others.
#[cfg(feature = "cmp")]
const fn bit(byte: u8) -> u64 {
    1 << (byte % 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r8_names_have_forms() {
        for (form, names, others) in [
            ("klaro", &["klaro"][..], &["", "klar", "klaro2", "Klaro"][..]),
            ("_iub_cs-#", &["_iub_cs-1", "_iub_cs-7725"], &["_iub_cs-", "_iub_cs-a", "_iub_cs-1a"]),
            ("_iub_cs-#-granular", &["_iub_cs-12-granular"], &["_iub_cs--granular", "_iub_cs-12"]),
            ("x-#", &["x-1"], &["x-#", "x-"]),
            ("x-#-*-tcf", &["x-1-a-tcf", "x-1--tcf-tcf"], &["x-1-tcf", "x-1-a-tcf2", "x--a-tcf"]),
            (
                "box-*",
                &["box-a", "box-non-necessary", "box-A_1:b"],
                &["box-", "box", "box-é", "box-a.b"],
            ),
        ] {
            for name in names {
                assert!(has_form(name.as_bytes(), form), "{name} is no {form}");
            }
            for name in others {
                assert!(!has_form(name.as_bytes(), form), "{name} is a {form}");
            }
        }
    }

    #[cfg(feature = "cmp")]
    #[test]
    fn r8_names_begin_with_what_their_forms_have_in_common() {
        for (forms, want) in [
            (&["klaro"][..], Some("klaro")),
            (&["x-form-#", "x-form-#-*", "x-formless"], Some("x-form")),
            (&["box-#-a", "box-*-b"], Some("box-")),
            (&["box*", "boxes"], None),
            (&["klaro", "box"], None),
            (&["caf\u{e9}", "caf\u{ea}"], None),
            (&[""], None),
            (&[], None),
        ] {
            let beginning = Beginning::of(forms.iter().copied());
            assert_eq!(
                beginning.finder().map(Finder::needle),
                want.map(str::as_bytes),
                "{forms:?}"
            );
        }
    }

    #[cfg(feature = "cmp")]
    #[test]
    fn r8_most_other_names_begin_otherwise() {
        let beginnings = Beginnings::of(&[&["klaro", "x-#"], &["box-*"]]);
        for (name, want) in [
            ("klaro", true),
            ("x-1", true),
            ("box-a", true),
            ("x", false),
            ("", false),
            ("cart", false),
            ("kart", false),
            ("Klaro", false),
            ("clock", false),
            ("\u{e9}l", false),
            ("k\u{e9}", false),
        ] {
            assert_eq!(beginnings.may_begin(name.as_bytes()), want, "{name}");
        }
    }
}
