//! Several choices become one (R7, R17). There are two ways, for two things that must not be mixed up.
//!
//! **Copies** are cookies in which *one* source wrote the choice, so all of them claim to be the
//! same statement. Where they do not say the same, somebody else wrote one of them, and only what
//! all of them say is believed ([`Choice::merge_copy`], R7).
//!
//! **Sources** are different statements of one visitor, such as a banner's and a browser's. One
//! that is silent takes nothing from the other ([`Choice::merge_source`], R17).
//!
//! This table says for both what results for one category:
//!
//! | one | other | copies | sources |
//! |---|---|---|---|
//! | granted | granted | granted | granted |
//! | granted | refused | refused | refused |
//! | granted | decided, silent on it | not granted | not granted |
//! | granted | undecided | undecided | **granted** |
//! | granted | undecided, refused | undecided, refused | **decided**, refused |
//! | refused | refused, or decided and silent | refused | refused |
//! | refused | undecided, refused or not | undecided, refused | **decided**, refused |
//! | decided, silent on it | decided, silent on it | not granted | not granted |
//! | decided, silent on it | undecided | undecided | **decided**, not granted |
//! | undecided | undecided | undecided | undecided |
//!
//! For a service, copies are compared by their decisions on the service's own name, and sources by
//! the decision that they mean for it, which is the category's where the service has none.

use crate::choice::{Choice, Decision};

/// The most different copies of one consent cookie that are read. Browsers keep one for each path and
/// domain, so that more of them are somebody's attempt.
const MOST_COPIES: usize = 16;

/// The choice in all copies of a source's cookie; `None` if there are none (R7).
///
/// Equal copies are read once. More than [`MOST_COPIES`] different ones are undecided, and refuse
/// everything: the visitor's refusal may be among those that are not read, behind copies that
/// somebody planted. So the work is linear in the size of the request, whatever it costs to `read` a
/// copy.
pub(crate) fn read_copies<'a>(
    mut copies: impl Iterator<Item = &'a [u8]>,
    mut read: impl FnMut(&'a [u8]) -> Choice,
) -> Option<Choice> {
    let first = copies.next()?;
    let mut choice = read(first);
    let mut others = Vec::new();
    for copy in copies {
        if copy == first || others.contains(&copy) {
            continue;
        }
        if others.len() == MOST_COPIES - 1 {
            choice.take_back();
            return Some(choice.refuse_all());
        }
        others.push(copy);
        choice = choice.merge_copy(&read(copy));
    }
    Some(choice)
}

impl Choice {
    /// Combines this choice with another copy of it, which the same source found in a further
    /// cookie ([R7](crate::rules#r7)).
    ///
    /// The result is granted where both grant, refused where one refuses, and decided if both
    /// are: a cookie that somebody else planted can take away, and never adds.
    ///
    /// Choices of several sources are combined by the policy itself
    /// ([`Combine`](crate::registry::Combine)).
    pub fn merge_copy(mut self, copy: &Choice) -> Self {
        let copy = copy.translated_to(&self.registry);
        self.decided &= copy.decided;
        self.granted.intersect(&copy.granted);
        self.refused.unite(&copy.refused);
        self.stated.add(copy.stated);
        copy.unknown.iter().for_each(|id| self.unknown.add(id));
        self
    }

    /// Combines this choice with that of another source, each as it counts now (R17): one refusal
    /// is enough to refuse, and a grant needs that of every choice that is decided.
    pub(crate) fn merge_source(&self, other: &Choice) -> Self {
        let mut both = Choice::undecided(&self.registry);
        both.decided = self.decided || other.decided;
        both.stated.add_times(self.stated);
        both.stated.add_times(other.stated);
        [self, other].iter().flat_map(|one| one.unknown.iter()).for_each(|id| both.unknown.add(id));
        for (id, _) in self.registry.ids() {
            let decisions = [self.decision_meant_for(id), other.decision_meant_for(id)];
            let grants =
                |choice: &Choice, decision| decision == Some(Decision::Granted) || !choice.decided;
            if decisions.contains(&Some(Decision::Refused)) {
                both.refuse_id(id);
            } else if both.decided && grants(self, decisions[0]) && grants(other, decisions[1]) {
                both.grant_id(id);
            }
        }
        both
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::{Category, Registry, Service};

    fn registry() -> Registry {
        let ads = Category::consent("ads").service(Service::new("pixel"));
        Registry::builder().version("1").category(ads).build().unwrap()
    }

    /// The table above: `+` granted, `-` refused, `?` decided and silent, `.` undecided, `!`
    /// undecided with a refusal.
    #[test]
    fn r7_r17_the_truth_table() {
        let registry = registry();
        let choice = |sign: char| match sign {
            '+' => Choice::decided(&registry).grant("ads"),
            '-' => Choice::decided(&registry).refuse("ads"),
            '?' => Choice::decided(&registry),
            '.' => Choice::undecided(&registry),
            _ => Choice::undecided(&registry).refuse("ads"),
        };
        let sign = |choice: &Choice| match (choice.is_decided(), choice.decision("ads")) {
            (true, Some(Decision::Granted)) => '+',
            (true, Some(Decision::Refused)) => '-',
            (true, None) => '?',
            (false, None) => '.',
            (false, _) => '!',
        };
        for (one, row) in [
            (
                '+',
                [
                    ('+', '+', '+'),
                    ('-', '-', '-'),
                    ('?', '?', '?'),
                    ('.', '.', '+'),
                    ('!', '!', '-'),
                ],
            ),
            (
                '-',
                [
                    ('+', '-', '-'),
                    ('-', '-', '-'),
                    ('?', '-', '-'),
                    ('.', '!', '-'),
                    ('!', '!', '-'),
                ],
            ),
            (
                '?',
                [
                    ('+', '?', '?'),
                    ('-', '-', '-'),
                    ('?', '?', '?'),
                    ('.', '.', '?'),
                    ('!', '!', '-'),
                ],
            ),
            (
                '.',
                [
                    ('+', '.', '+'),
                    ('-', '!', '-'),
                    ('?', '.', '?'),
                    ('.', '.', '.'),
                    ('!', '!', '!'),
                ],
            ),
            (
                '!',
                [
                    ('+', '!', '-'),
                    ('-', '!', '-'),
                    ('?', '!', '-'),
                    ('.', '!', '!'),
                    ('!', '!', '!'),
                ],
            ),
        ] {
            for (other, copies, sources) in row {
                let (a, b) = (choice(one), choice(other));
                assert_eq!(sign(&a.clone().merge_copy(&b)), copies, "copies {one} and {other}");
                assert_eq!(sign(&a.merge_source(&b)), sources, "sources {one} and {other}");
            }
        }
    }

    /// Each copy is the name of an id that it grants, or `-` and the name of one that it refuses.
    #[test]
    fn r7_copies_are_read_once_and_sixteen_at_most() {
        let registry = registry();
        let repeated = |copies: &[&'static str], times| copies.repeat(times);
        let padded: Vec<String> = (0..17).map(|n| format!("ads{}", " ".repeat(n))).collect();
        let padded: Vec<&str> = padded.iter().map(String::as_str).collect();
        for (copies, want, reads) in [
            (repeated(&["ads"], 1), Some((true, Some(Decision::Granted))), 1),
            (repeated(&["ads"], 20_000), Some((true, Some(Decision::Granted))), 1),
            (repeated(&["ads", "-ads"], 20_000), Some((true, Some(Decision::Refused))), 2),
            (padded[..16].to_vec(), Some((true, Some(Decision::Granted))), 16),
            ([&padded[..16], &padded[..16]].concat(), Some((true, Some(Decision::Granted))), 16),
            (padded.clone(), Some((false, Some(Decision::Refused))), 16),
            ([&["-ads"], &padded[..]].concat(), Some((false, Some(Decision::Refused))), 16),
            ([&padded[..], &["-ads"]].concat(), Some((false, Some(Decision::Refused))), 16),
            (vec![], None, 0),
        ] {
            let mut count = 0;
            let choice = read_copies(copies.iter().map(|copy| copy.as_bytes()), |copy| {
                count += 1;
                let word = std::str::from_utf8(copy).unwrap().trim_end();
                match word.strip_prefix('-') {
                    Some(id) => Choice::decided(&registry).refuse(id),
                    None => Choice::decided(&registry).grant(word),
                }
            });
            let got = choice.map(|choice| (choice.is_decided(), choice.decision("ads")));
            assert_eq!(
                (got, count),
                (want, reads),
                "{} copies, {:?}",
                copies.len(),
                copies.first()
            );
        }
    }

    #[test]
    fn r7_r17_a_service_by_its_name_or_by_what_is_meant_for_it() {
        let registry = registry();
        let [category, service] = ["ads", "pixel"].map(|id| Choice::decided(&registry).grant(id));
        assert_eq!(category.clone().merge_copy(&service).decisions().count(), 0);
        let both = category.merge_source(&service);
        assert_eq!(both.decisions().collect::<Vec<_>>(), [("pixel", Decision::Granted)]);
    }
}
