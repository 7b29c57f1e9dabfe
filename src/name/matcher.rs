//! Finds the declaration that a cookie's name falls under (rule R5).

mod edge_index;
mod inner_index;

use std::cmp::Reverse;
use std::fmt;

use aho_corasick::BuildError;

use crate::bit_set::BitSet;
use crate::lifetime::MaxLifetime;
use crate::name::exact_index::ExactIndex;
use crate::name::matcher::edge_index::{Edge, EdgeIndex};
use crate::name::matcher::inner_index::InnerIndex;
use crate::name::pattern::{Anchor, Pattern};

/// Exact names in an index of their own, and patterns in indexes of their longest literal runs.
///
/// The cost of a look-up follows the name's length, not the number of declarations: it takes one
/// hash for the exact names, one more for each length of start or end that the name's outermost
/// bytes allow, and one pass over the name where some pattern is bounded by neither. Nothing is
/// allocated unless such a pattern fails.
#[derive(Clone)]
pub(crate) struct Matcher {
    exact: ExactIndex,
    patterns: Option<Patterns>,
}

#[derive(Clone)]
struct Patterns {
    /// Patterns and their declarations. The strongest claim comes first, so that the lowest rank
    /// wins.
    ranked: Box<[(Pattern, u32)]>,
    edges: Box<[EdgeIndex]>,
    inner: Option<InnerIndex>,
}

/// A pattern as it enters the matcher. It has a literal byte, since the checks refuse a bare `*`.
pub(crate) struct Claim {
    pub(crate) pattern: Pattern,
    pub(crate) cap: Option<MaxLifetime>,
    pub(crate) declaration: u32,
}

impl Matcher {
    /// Makes a matcher of exact names with their declarations, and of patterns.
    ///
    /// # Errors
    ///
    /// When there are more patterns than the automaton can number.
    pub(crate) fn new(
        exact: impl Iterator<Item = (Box<[u8]>, u32)>,
        claims: Vec<Claim>,
    ) -> Result<Self, BuildError> {
        let patterns = if claims.is_empty() { None } else { Some(Patterns::new(claims)?) };
        Ok(Self { exact: ExactIndex::new(exact), patterns })
    }

    /// Finds the declaration that `name` falls under.
    #[inline]
    pub(crate) fn find(&self, name: &[u8]) -> Option<u32> {
        self.exact.find(name).or_else(|| self.patterns.as_ref()?.find(name))
    }
}

impl Patterns {
    fn new(mut claims: Vec<Claim>) -> Result<Self, BuildError> {
        // More literal bytes win. Equal claims to one name exist inside one service or category
        // only: there the shorter lifetime wins (none being the longest), then the first declared.
        claims.sort_by_key(|claim| {
            (Reverse(claim.pattern.literals()), claim.cap.is_none(), claim.cap, claim.declaration)
        });
        let (mut starts, mut ends, mut inner) = (Vec::new(), Vec::new(), Vec::new());
        for (rank, claim) in (0..).zip(&claims) {
            match claim.pattern.anchor() {
                Anchor::Prefix(literal) => starts.push((literal, rank)),
                Anchor::Suffix(literal) => ends.push((literal, rank)),
                Anchor::Inner(literal) => inner.push((literal, rank)),
            }
        }
        let edges = [EdgeIndex::new(Edge::Start, &starts), EdgeIndex::new(Edge::End, &ends)];
        Ok(Self {
            edges: edges.into_iter().flatten().collect(),
            inner: InnerIndex::new(&inner)?,
            ranked: claims.into_iter().map(|claim| (claim.pattern, claim.declaration)).collect(),
        })
    }

    #[inline(never)]
    fn find(&self, name: &[u8]) -> Option<u32> {
        let mut best = u32::MAX;
        let matches = |rank: u32| self.ranked[rank as usize].0.matches(name);
        for edge in &self.edges {
            edge.search(name, |rank| {
                if rank < best && matches(rank) {
                    best = rank;
                }
            });
        }
        if let Some(inner) = &self.inner {
            // A literal may occur many times, but its pattern fails for a name once and for all.
            let mut failed = BitSet::default();
            inner.search(name, |rank| {
                if rank < best && !failed.contains(rank as usize) {
                    if matches(rank) {
                        best = rank;
                    } else {
                        failed.insert(rank as usize);
                    }
                }
            });
        }
        self.ranked.get(best as usize).map(|(_, declaration)| *declaration)
    }
}

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let patterns = self.patterns.as_ref().map_or(0, |patterns| patterns.ranked.len());
        f.debug_struct("Matcher")
            .field("names", &self.exact.len())
            .field("patterns", &patterns)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use proptest::prelude::*;

    use super::*;

    /// Declarations are numbered in their order; `cap` in seconds.
    fn matcher(declarations: &[(&str, Option<u64>)]) -> Matcher {
        let (mut exact, mut claims) = (Vec::new(), Vec::new());
        for (declaration, (name, cap)) in (0..).zip(declarations) {
            match Pattern::parse(name.as_bytes()) {
                Some(pattern) => {
                    let cap = cap.map(MaxLifetime::Seconds);
                    claims.push(Claim { pattern, cap, declaration });
                }
                None => exact.push((name.as_bytes().into(), declaration)),
            }
        }
        Matcher::new(exact.into_iter(), claims).expect("few enough")
    }

    fn uncapped(names: &[&str]) -> Matcher {
        matcher(&names.iter().map(|name| (*name, None)).collect::<Vec<_>>())
    }

    #[test]
    fn r5_exact_name_before_pattern() {
        let matcher = uncapped(&["_ga_*", "_ga_1*", "_ga_1"]);
        for (name, want) in [
            ("_ga_1", Some(2)),
            ("_ga_12", Some(1)),
            ("_ga_2", Some(0)),
            ("", None),
            ("_GA_1", None),
        ] {
            assert_eq!(matcher.find(name.as_bytes()), want, "{name}");
        }
    }

    #[test]
    fn r5_more_literal_bytes_win_wherever_they_stand() {
        let matcher = uncapped(&["ab*", "*xyz", "*cdef*", "a*b*c*d*e*", "abx*x*z"]);
        for (name, want) in [
            ("ab", Some(0)),
            ("abxyz", Some(1)),
            ("abcdef", Some(3)),
            ("abcdefxyz", Some(3)),
            ("cdefxyz", Some(2)),
            ("abxxxz", Some(4)),
            ("xyz!", None),
            ("", None),
        ] {
            assert_eq!(matcher.find(name.as_bytes()), want, "{name}");
        }
    }

    #[test]
    fn r5_literals_of_any_length_are_found_at_both_edges() {
        for length in 1..=130 {
            let (start, end) = (format!("a{}", "b".repeat(length - 1)), "z".repeat(length));
            let matcher = uncapped(&[&format!("{start}*"), &format!("*{end}")]);
            assert_eq!(matcher.find(start.as_bytes()), Some(0), "{length}");
            assert_eq!(matcher.find(format!("{start}z").as_bytes()), Some(0), "{length}");
            assert_eq!(matcher.find(end.as_bytes()), Some(1), "{length}");
            assert_eq!(matcher.find(format!("b{end}").as_bytes()), Some(1), "{length}");
            assert_eq!(matcher.find(&start.as_bytes()[..length - 1]), None, "{length}");
            assert_eq!(matcher.find(&end.as_bytes()[1..]), None, "{length}");
        }
    }

    #[test]
    fn r5_among_equal_claims_the_shorter_lifetime_wins_then_the_first() {
        let matcher =
            matcher(&[("ab*", None), ("*yz", Some(20)), ("*cd*", Some(10)), ("*dc*", Some(10))]);
        for (name, want) in [("abyz", 1), ("abcdyz", 2), ("dcd", 2), ("ab", 0)] {
            assert_eq!(matcher.find(name.as_bytes()), Some(want), "{name}");
        }
    }

    #[test]
    fn r5_names_are_bytes() {
        let matcher = uncapped(&["é*", "*\u{7f}", "x*y"]);
        assert_eq!(matcher.find(b"\xc3\xa9\xff"), Some(0));
        assert_eq!(matcher.find(b"\xc3"), None);
        assert_eq!(matcher.find(b"\xff\x7f"), Some(1));
        assert_eq!(matcher.find(b"x\0\xffy"), Some(2));
        assert_eq!(uncapped(&[]).find(b"x"), None);
    }

    /// Names of 64 KiB that keep every pattern hoping: quadratic work would take minutes.
    #[test]
    fn r14_near_matches_of_long_names_cost_linear_time() {
        let patterns: Vec<String> = (0..100)
            .flat_map(|i| [format!("*a*b*c{i}*"), format!("a*{}*b{i}", "a".repeat(i % 9 + 1))])
            .collect();
        let matcher = uncapped(&patterns.iter().map(String::as_str).collect::<Vec<_>>());
        for fill in ["a", "ab", "abc"] {
            let name = fill.repeat(65_536 / fill.len());
            let start = Instant::now();
            assert_eq!(matcher.find(name.as_bytes()), None, "{fill}");
            assert!(start.elapsed() < Duration::from_secs(30), "{fill}: {:?}", start.elapsed());
        }
    }

    proptest! {
        /// Against trying every declaration in turn.
        #[test]
        fn r5_finds_what_a_search_of_all_finds(
            declarations in proptest::collection::btree_set("[ab*]{0,2}[ab][ab*]{0,3}", 1..20),
            name in "[abc]{0,7}",
        ) {
            let declarations: Vec<_> = declarations.iter().map(String::as_str).collect();
            let claim = |declaration: &(u32, &&str)| {
                let (at, text) = *declaration;
                match Pattern::parse(text.as_bytes()) {
                    Some(pattern) => {
                        let matches = pattern.matches(name.as_bytes());
                        matches.then(|| (0, pattern.literals(), std::cmp::Reverse(at)))
                    }
                    None => (**text == *name).then_some((1, 0, std::cmp::Reverse(at))),
                }
            };
            let want = (0..).zip(&declarations).filter_map(|declaration| claim(&declaration)).max();
            let found = uncapped(&declarations).find(name.as_bytes());
            prop_assert_eq!(found, want.map(|(_, _, std::cmp::Reverse(at))| at));
        }
    }
}
