//! Finds names that no cookie has, and says what was probably meant (R5).
//!
//! A registry is often copied from a policy page that was written for people, with placeholders,
//! lists and remarks. Taken literally, such a name would match nothing, and the cookie that is
//! meant would be stripped, even a login. So these names are errors, and the error says which name
//! or pattern would match.
//!
//! A few real cookies have names that look like such a mistake. They are declared by a pattern with
//! `*` in place of the part that looks wrong.

mod expression;
mod markup;
mod mistake;
mod placeholder;
mod prose;

use std::fmt;

use crate::name::check::mistake::{ALONE, Mistake};
use crate::set_cookie::limits::MAX_COOKIE;

/// The problem with the name or pattern of a declaration. `Display` describes it, and says what to
/// write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameProblem {
    mistake: Mistake,
    /// The names and patterns that were probably meant. It is empty if the text does not show it.
    meant: Vec<String>,
}

impl NameProblem {
    /// Returns the kind of problem, for programs.
    pub(crate) const fn code(&self) -> &'static str {
        self.mistake.code
    }
}

impl fmt::Display for NameProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.mistake.wrong)?;
        if self.meant.is_empty() {
            return f.write_str("; write a name, or a part of one and `*`");
        }
        let advice = match self.mistake.advice {
            ALONE if self.meant.len() > 1 => "write each by itself",
            advice => advice,
        };
        let names: Vec<_> = self.meant.iter().map(|name| format!("{name:?}")).collect();
        write!(f, "; {advice}: {}", names.join(", "))
    }
}

/// Checks the name or pattern of a declaration.
///
/// # Errors
///
/// Returns a problem if no cookie can have this name, or if it looks as if it were copied from a
/// page.
pub(crate) fn check_name(name: &str) -> Result<(), NameProblem> {
    let Some(mistake) = find(name) else { return Ok(()) };
    let mut meant = Vec::new();
    settle(&mistake, MISTAKES, &mut meant);
    Err(NameProblem { mistake, meant })
}

/// The number of mistakes in one name that are corrected one after the other.
const MISTAKES: usize = 16;

/// Adds the names that a mistake stands for to `meant`, after correcting further mistakes in them.
fn settle(mistake: &Mistake, left: usize, meant: &mut Vec<String>) {
    for name in &mistake.meant {
        match find(name) {
            None if !meant.contains(name) => meant.push(name.clone()),
            Some(further) if left > 0 => settle(&further, left - 1, meant),
            _ => {}
        }
    }
}

/// Returns the first mistake in a name. Each check corrects its own mistake, and leaves others to
/// the checks behind it. So their order matters: quotes are removed before a list is split, and a
/// list is split before its parts are read.
fn find(name: &str) -> Option<Mistake> {
    const CHECKS: [fn(&str) -> Option<Mistake>; 21] = [
        empty,
        bare_wildcard,
        too_long,
        markup::outer_space,
        prose::nothing,
        markup::invisible,
        markup::entity,
        markup::tag,
        markup::emphasis,
        markup::quotes,
        prose::bullet,
        prose::gap,
        prose::list,
        prose::remark,
        expression::expression,
        ended_early,
        placeholder::placeholder,
        prose::punctuation,
        prose::phrase,
        markup::sign,
        prose::unfinished,
    ];
    CHECKS.iter().find_map(|check| check(name))
}

fn empty(name: &str) -> Option<Mistake> {
    name.is_empty().then(|| Mistake::new("empty-name", "has no name"))
}

fn bare_wildcard(name: &str) -> Option<Mistake> {
    let wrong = "matches every cookie, and `undeclared` says what happens to those not declared";
    name.bytes().all(|byte| byte == b'*').then(|| Mistake::new("bare-wildcard", wrong))
}

/// Finds names that are longer than the name and value of a cookie may be together.
fn too_long(name: &str) -> Option<Mistake> {
    let literals = name.bytes().filter(|byte| *byte != b'*').count();
    (literals > MAX_COOKIE).then(|| Mistake::impossible("is above 4,096 bytes", ""))
}

/// Finds `;`, which ends a cookie, and `=`, which ends a name (RFC 6265bis, section 5.6).
fn ended_early(name: &str) -> Option<Mistake> {
    let at = name.find(['=', ';'])?;
    let why = format!("contains `{}`", &name[at..=at]);
    Some(Mistake::impossible(&why, name[..at].trim()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_told(name: &str, want: Option<(&str, &str)>) {
        match (check_name(name), want) {
            (Ok(()), None) => {}
            (Err(problem), Some((code, part))) if problem.to_string().contains(part) => {
                assert_eq!(problem.code(), code, "{name:?}: {problem}");
            }
            (found, want) => panic!("{name:?}: {found:?} instead of {want:?}"),
        }
    }

    #[test]
    fn r5_names_that_no_cookie_has_are_refused() {
        for (name, want) in [
            ("_ga", None),
            ("_ga_*", None),
            ("*a*", None),
            ("café", None),
            ("a\"b", None),
            ("_kuid_", None),
            ("cebsp_", None),
            ("a_*_", None),
            // These could be names, but are more likely the text of a page.
            ("a b", Some(("phrase", "\"a*b\""))),
            ("a\tb", Some(("copied-text", "U+0009"))),
            ("\"a\"", Some(("copied-text", "\"a\""))),
            ("a,b", Some(("several-names", "\"a\", \"b\""))),
            ("", Some(("empty-name", "has no name"))),
            ("*", Some(("bare-wildcard", "every"))),
            ("***", Some(("bare-wildcard", "every"))),
            ("a;b", Some(("several-names", "each"))),
            ("a;", Some(("impossible-name", "`;`"))),
            ("a=b", Some(("impossible-name", "`=`"))),
            ("a=b;c", Some(("impossible-name", "`=`"))),
            ("a\nb", Some(("several-names", "each"))),
            ("a\u{7f}", Some(("impossible-name", "control"))),
            ("a\0b", Some(("impossible-name", "control"))),
            (" a", Some(("impossible-name", "white space"))),
            ("a*\t", Some(("impossible-name", "white space"))),
            ("_ga, _gid", Some(("several-names", "each"))),
            (
                "a_[id]",
                Some((
                    "placeholder",
                    "\"[id]\" looks like a placeholder; write `*` for the part that varies: \"a_*\"",
                )),
            ),
        ] {
            is_told(name, want);
        }
        is_told(&"a".repeat(4_096), None);
        is_told(&"a".repeat(4_097), Some(("impossible-name", "above 4,096 bytes")));
    }

    /// Both names are found whatever stands around them, and nothing else is.
    #[test]
    fn r5_mistakes_are_undone_one_after_the_other() {
        for text in ["„<b>_ga</b>“ (Google),\u{a0}• _gid.", "1. `_ga` / `_gid`", "(_ga; _gid etc.)"]
        {
            let problem = check_name(text).expect_err(text);
            assert_eq!(problem.meant.first().map(String::as_str), Some("_ga"), "{text}");
            assert_eq!(problem.meant.get(1).map(String::as_str), Some("_gid"), "{text}");
        }
    }

    /// Two signs share one space here, so that nothing stands between them.
    #[test]
    fn r14_signs_that_share_a_space_are_cut() {
        for text in ["a &\u{a0}/", "a & / b", "_ga & | _gid", "a + / "] {
            let _ = check_name(text);
        }
        let problem = check_name("_ga & / _gid").expect_err("a list");
        assert_eq!(problem.meant, ["_ga", "_gid"]);
    }

    proptest! {
        /// A name that is written as advised has no other problem.
        #[test]
        fn r5_what_is_advised_is_sound(
            words in proptest::collection::vec(
                prop_oneof!["[a-zA-Z_.*-]{1,4}", "[ ,;:/|()\\[\\]{}<>^$.*+?\\\\%#\"'&xX0-9\n\u{a0}…é-]{1,3}"],
                0..8,
            ),
        ) {
            if let Err(problem) = check_name(&words.concat()) {
                for name in &problem.meant {
                    prop_assert!(check_name(name).is_ok(), "{name:?}: {problem}");
                }
            }
        }
    }
}
