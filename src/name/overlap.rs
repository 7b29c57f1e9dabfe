//! Finds patterns that match a common name and have an equal claim to it (rule R5).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::name::pattern::Pattern;

/// The largest number of pairs that are listed: thousands of overlapping patterns make millions of
/// pairs, and nobody reads that many.
const LISTED: usize = 1_000;

/// Returns the pairs of patterns that match a common name, have equally many literal bytes, and
/// belong to different owners. Each pair consists of two indices in ascending order, and at most
/// 1,000 pairs are listed.
///
/// Patterns of the same owner may overlap.
pub(crate) fn ambiguous_pairs<Owner: Ord>(
    patterns: &[(&Pattern, Owner)],
) -> BTreeSet<(usize, usize)> {
    let literals = |index: &usize| patterns[*index].0.literals();
    let owner = |index: &usize| &patterns[*index].1;
    let mut order: Vec<usize> = (0..patterns.len()).collect();
    order.sort_by_key(|index| (literals(index), owner(index)));
    let mut pairs = BTreeSet::new();
    for equals in order.chunk_by(|a, b| literals(a) == literals(b)) {
        // Each owner's patterns are compared with those of the owners before it. Such a search
        // finds only partners whose start is no longer than that of the pattern. The second pass
        // goes through the owners in reverse, and finds the others.
        let mut owners: Vec<&[usize]> = equals.chunk_by(|a, b| owner(a) == owner(b)).collect();
        for _ in 0..2 {
            let mut before = Edges::default();
            for indices in &owners {
                for index in *indices {
                    for other in before.overlapping(patterns[*index].0) {
                        pairs.insert((other.min(*index), other.max(*index)));
                        if pairs.len() == LISTED {
                            return pairs;
                        }
                    }
                }
                for index in *indices {
                    before.insert(patterns[*index].0, *index);
                }
            }
            owners.reverse();
        }
    }
    pairs
}

/// The indices of patterns, by the start of their names and then by the end.
#[derive(Default)]
struct Edges<'a>(HashMap<&'a [u8], BTreeMap<Reversed, Vec<usize>>>);

/// The end of a pattern in reverse, so that sorting puts equal ends next to each other.
type Reversed = Vec<u8>;

impl<'a> Edges<'a> {
    fn insert(&mut self, pattern: &'a Pattern, index: usize) {
        let ends = self.0.entry(pattern.prefix()).or_default();
        ends.entry(reversed(pattern.suffix())).or_default().push(index);
    }

    /// Returns the patterns that overlap with this one and whose start is no longer.
    ///
    /// Two patterns overlap exactly if their starts agree as far as both reach, and their ends too
    /// ([`Pattern::common_name`]). Take `ab*yz`, whose end is `zy` when reversed. The starts that
    /// agree are the empty one, `a` and `ab`, and each is looked up. Under each, the ends that
    /// agree are the empty one and `z`, which are looked up, and then all from `zy` on as long as
    /// they begin with it: `zy`, `zyx`, … So `a*z`, `ab*` and `*xyz` are found; `ac*z` and `a*y`
    /// are not. Nor is `abc*z`, whose start is longer: it finds `ab*yz` in its own turn.
    fn overlapping(&self, pattern: &Pattern) -> Vec<usize> {
        let start = pattern.prefix();
        let end = reversed(pattern.suffix());
        let mut found = Vec::new();
        for ends in (0..=start.len()).filter_map(|length| self.0.get(&start[..length])) {
            let shorter = (0..end.len()).filter_map(|length| ends.get(&end[..length]));
            let not_shorter = ends.range(end.clone()..).take_while(|(it, _)| it.starts_with(&end));
            found.extend(shorter.chain(not_shorter.map(|(_, indices)| indices)).flatten());
        }
        found
    }
}

fn reversed(end: &[u8]) -> Reversed {
    end.iter().rev().copied().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs(patterns: &[(String, usize)]) -> BTreeSet<(usize, usize)> {
        let parsed: Vec<_> = patterns
            .iter()
            .map(|(text, _)| Pattern::parse(text.as_bytes()).expect("a pattern"))
            .collect();
        let owned: Vec<_> =
            parsed.iter().zip(patterns).map(|(pattern, (_, owner))| (pattern, *owner)).collect();
        ambiguous_pairs(&owned)
    }

    /// Patterns with their owners, and the ambiguous pairs among them.
    type Case = (&'static [(&'static str, usize)], &'static [(usize, usize)]);

    #[test]
    fn r5_equal_claims_of_different_owners_are_ambiguous() {
        let cases: [Case; 7] = [
            (&[("ab*", 0), ("*cd", 1)], &[(0, 1)]),
            (&[("ab*", 0), ("*cd", 0)], &[]),
            (&[("ab*", 0), ("*cde", 1)], &[]),
            (&[("ab*", 0), ("cd*", 1)], &[]),
            (&[("a*b", 0), ("a*c", 1)], &[]),
            (&[("a*b*", 0), ("a*c*", 1)], &[(0, 1)]),
            (&[("x*y", 0), ("xy*", 0), ("*xy", 1)], &[(0, 2), (1, 2)]),
        ];
        for (patterns, want) in cases {
            let owned: Vec<_> = patterns.iter().map(|(p, home)| ((*p).to_owned(), *home)).collect();
            assert_eq!(pairs(&owned), want.iter().copied().collect(), "{patterns:?}");
        }
    }

    proptest! {
        #[test]
        fn r5_all_ambiguous_pairs_are_listed(
            patterns in proptest::collection::vec(("[ab]{0,2}\\*([ab]\\*)?[ab]{0,2}", 0..3_usize), 0..12),
        ) {
            let found = pairs(&patterns);
            let ambiguous = |a: usize, b: usize| {
                let parse = |i: usize| Pattern::parse(patterns[i].0.as_bytes()).expect("a pattern");
                let (first, second) = (parse(a), parse(b));
                patterns[a].1 != patterns[b].1
                    && first.literals() == second.literals()
                    && first.common_name(&second).is_some()
            };
            let all = 0..patterns.len();
            let want = all.clone().flat_map(|b| (0..b).map(move |a| (a, b)));
            prop_assert_eq!(found, want.filter(|(a, b)| ambiguous(*a, *b)).collect());
        }
    }
}
