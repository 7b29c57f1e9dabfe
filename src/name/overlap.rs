//! Patterns that claim one name with equal right (rule R5).

use std::collections::BTreeSet;

use crate::name::pattern::Pattern;

/// A pattern with what decides whether it may share names with another.
pub(crate) struct Candidate<'a> {
    pub(crate) pattern: &'a Pattern,
    /// Its category and service: inside one, patterns may overlap.
    pub(crate) home: Home,
}

/// The category and, where there is one, the service that a declaration belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Home {
    pub(crate) category: usize,
    pub(crate) service: Option<usize>,
}

/// So many pairs are listed at most: thousands of overlapping patterns make millions of pairs, and
/// nobody reads on.
const LISTED: usize = 1_000;

/// Pairs of candidates, as indices in ascending order, that both match some name, with as many
/// literal bytes, from different homes. All of them, up to 1,000.
///
/// Two patterns overlap exactly if their starts agree as far as both reach, and their ends too
/// ([`Pattern::common_name`]). Sorted by start and then by reversed end, the partners of a pattern
/// whose start is no longer than its own stand in few unbroken ranges: one for each shorter start
/// and end.
pub(crate) fn ambiguous_pairs(candidates: &[Candidate<'_>]) -> BTreeSet<(usize, usize)> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    let literals = |index: &usize| candidates[*index].pattern.literals();
    order.sort_by_key(literals);
    let mut pairs = BTreeSet::new();
    for group in order.chunk_by(|a, b| literals(a) == literals(b)) {
        let group = Group::new(candidates, group);
        for member in &group.members {
            for partner in group.partners(member) {
                pairs.insert((member.index.min(partner), member.index.max(partner)));
                if pairs.len() == LISTED {
                    return pairs;
                }
            }
        }
    }
    pairs
}

/// Candidates of equal literal length.
struct Group {
    /// Sorted by start, then reversed end.
    members: Vec<Member>,
    start_lengths: Vec<usize>,
    end_lengths: Vec<usize>,
}

struct Member {
    start: Vec<u8>,
    /// The end, reversed, so that common ends sort together.
    end: Vec<u8>,
    home: Home,
    index: usize,
    /// The next member of another home: steps over any number of one service's patterns.
    next_home: usize,
}

impl Group {
    fn new(candidates: &[Candidate<'_>], group: &[usize]) -> Self {
        let member = |index: &usize| {
            let Candidate { pattern, home } = &candidates[*index];
            let end = pattern.suffix().iter().rev().copied().collect();
            let start = pattern.prefix().to_vec();
            Member { start, end, home: *home, index: *index, next_home: usize::MAX }
        };
        let mut members: Vec<Member> = group.iter().map(member).collect();
        members.sort_by(|a, b| (&a.start, &a.end, a.index).cmp(&(&b.start, &b.end, b.index)));
        for index in (0..members.len().saturating_sub(1)).rev() {
            let next = &members[index + 1];
            members[index].next_home =
                if next.home == members[index].home { next.next_home } else { index + 1 };
        }
        let lengths = |of: fn(&Member) -> usize| {
            let mut lengths: Vec<usize> = members.iter().map(of).collect();
            lengths.sort_unstable();
            lengths.dedup();
            lengths
        };
        let start_lengths = lengths(|member| member.start.len());
        let end_lengths = lengths(|member| member.end.len());
        Self { members, start_lengths, end_lengths }
    }

    /// The candidates whose start is no longer than the member's, and which overlap with it.
    fn partners<'g>(&'g self, member: &'g Member) -> impl Iterator<Item = usize> + 'g {
        let starts = self.start_lengths.iter().filter_map(|length| member.start.get(..*length));
        starts.flat_map(move |start| {
            // Ends that the member's own end starts with, then those that go on from it.
            let shorter = self
                .end_lengths
                .iter()
                .take_while(|length| **length < member.end.len())
                .map(|length| (&member.end[..*length], false));
            shorter
                .chain([(member.end.as_slice(), true)])
                .flat_map(move |(end, longer_too)| self.range(start, end, longer_too, member.home))
        })
    }

    /// The candidates of this start and end, or an end that goes on from it, of other homes.
    fn range<'g>(
        &'g self,
        start: &'g [u8],
        end: &'g [u8],
        longer_too: bool,
        home: Home,
    ) -> impl Iterator<Item = usize> + 'g {
        let mut at = self.members.partition_point(|member| {
            (member.start.as_slice(), member.end.as_slice()) < (start, end)
        });
        let next = move || {
            let member = self.members.get(at)?;
            let fits = member.end == end || longer_too && member.end.starts_with(end);
            if member.start != start || !fits {
                return None;
            }
            let other = (member.home != home).then_some(member.index);
            at = if other.is_some() { at + 1 } else { member.next_home };
            Some(other)
        };
        std::iter::from_fn(next).flatten()
    }
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
        let candidates: Vec<_> = parsed
            .iter()
            .zip(patterns)
            .map(|(pattern, (_, home))| Candidate {
                pattern,
                home: Home { category: *home, service: None },
            })
            .collect();
        ambiguous_pairs(&candidates)
    }

    /// Patterns with their homes, and the pairs among them.
    type Case = (&'static [(&'static str, usize)], &'static [(usize, usize)]);

    #[test]
    fn r5_equal_claims_of_different_homes_are_ambiguous() {
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
