//! Patterns of cookie names, in which `*` stands for any run of bytes.

use memchr::memmem::Finder;

/// A pattern of rule R5: runs of literal bytes, with at least one `*` between, before or after
/// them.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    /// The bytes with which a name must start. It is empty if the pattern starts with `*`.
    prefix: Box<[u8]>,
    /// The runs that must follow in this order, without overlapping.
    inner: Box<[Finder<'static>]>,
    /// The bytes with which a name must end. It is empty if the pattern ends with `*`.
    suffix: Box<[u8]>,
    literals: usize,
}

/// The longest literal run of a pattern, which is searched for first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor<'a> {
    /// The run stands at the start of the name.
    Prefix(&'a [u8]),
    /// The run stands at the end of the name.
    Suffix(&'a [u8]),
    /// The run may stand anywhere in the name.
    Inner(&'a [u8]),
}

impl Pattern {
    /// Parses a pattern. Returns `None` for a text without `*`, which is an exact name.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        let mut runs = text.split(|byte| *byte == b'*');
        let prefix: Box<[u8]> = runs.next()?.into();
        let suffix: Box<[u8]> = runs.next_back()?.into();
        let inner: Box<[_]> =
            runs.filter(|run| !run.is_empty()).map(|run| Finder::new(run).into_owned()).collect();
        let literals = text.iter().filter(|byte| **byte != b'*').count();
        Some(Self { prefix, inner, suffix, literals })
    }

    /// Returns whether the pattern matches a name. The time is linear in the length of the name,
    /// however many `*` there are: taking the leftmost place for each run leaves the most room for
    /// the runs after it.
    pub(crate) fn matches(&self, name: &[u8]) -> bool {
        // An empty run is not compared: its address points to no memory, and `memcmp` with AVX-512
        // takes 100 ns to find out that it need not read there.
        let mut rest = name;
        if !self.prefix.is_empty() {
            let Some(after) = rest.strip_prefix(&*self.prefix) else {
                return false;
            };
            rest = after;
        }
        if !self.suffix.is_empty() {
            let Some(before) = rest.strip_suffix(&*self.suffix) else {
                return false;
            };
            rest = before;
        }
        for run in &self.inner {
            let Some(at) = run.find(rest) else {
                return false;
            };
            rest = &rest[at + run.needle().len()..];
        }
        true
    }

    /// Returns the number of bytes that are not `*`. Of two patterns that match a name, the one
    /// with more of them wins.
    pub(crate) const fn literals(&self) -> usize {
        self.literals
    }

    pub(crate) fn prefix(&self) -> &[u8] {
        &self.prefix
    }

    pub(crate) fn suffix(&self) -> &[u8] {
        &self.suffix
    }

    /// Returns the longest literal run. If several are equally long, the start is preferred, then
    /// the end, since they are cheaper to search for.
    pub(crate) fn anchor(&self) -> Anchor<'_> {
        let inner = self.inner.iter().map(Finder::needle).max_by_key(|run| run.len());
        let inner = inner.unwrap_or_default();
        if self.prefix.len() >= self.suffix.len().max(inner.len()) {
            Anchor::Prefix(&self.prefix)
        } else if self.suffix.len() >= inner.len() {
            Anchor::Suffix(&self.suffix)
        } else {
            Anchor::Inner(inner)
        }
    }

    /// Returns a name that both patterns match, or `None` if there is none.
    ///
    /// Between its fixed start and end, each pattern has a `*`, which can hold everything that the
    /// other one demands. So a common name exists exactly if one of the two starts begins with the
    /// other, and one of the two ends finishes with the other.
    pub(crate) fn common_name(&self, other: &Self) -> Option<Vec<u8>> {
        let prefix = longer(&self.prefix, &other.prefix, <[u8]>::starts_with)?;
        let suffix = longer(&self.suffix, &other.suffix, <[u8]>::ends_with)?;
        let inner = self.inner.iter().chain(&other.inner).flat_map(Finder::needle);
        Some(prefix.iter().chain(inner).chain(suffix).copied().collect())
    }
}

/// Returns the longer of two runs if `fits` accepts the shorter one as a part of it.
fn longer<'a>(a: &'a [u8], b: &'a [u8], fits: fn(&[u8], &[u8]) -> bool) -> Option<&'a [u8]> {
    let (longer, shorter) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    fits(longer, shorter).then_some(longer)
}

/// Replaces every run of `*` by a single one, so that each pattern has only one spelling.
pub(crate) fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for char in text.chars() {
        if !(char == '*' && collapsed.ends_with('*')) {
            collapsed.push(char);
        }
    }
    collapsed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::parse(text.as_bytes()).expect("a pattern")
    }

    #[test]
    fn r5_star_is_any_run_anywhere() {
        for (text, name, want) in [
            ("_ga_*", "_ga_ABC", true),
            ("_ga_*", "_ga_", true),
            ("_ga_*", "_ga", false),
            ("_ga_*", "_GA_ABC", false),
            ("_ga_*", "x_ga_ABC", false),
            ("*_id", "my_id", true),
            ("*_id", "_id", true),
            ("*_id", "_idx", false),
            ("a*b", "ab", true),
            ("a*a", "a", false),
            ("a*a", "aa", true),
            ("ab*ba", "aba", false),
            ("*b*", "abc", true),
            ("*b*", "ac", false),
            ("*a*b*", "xaxbx", true),
            ("*a*b*", "ba", false),
            ("a*b*b", "ab", false),
            ("a*b*b", "abb", true),
            ("*ab*ab*", "abab", true),
            ("*ab*ba*", "aba", false),
            ("**a**", "a", true),
            ("*", "", true),
        ] {
            assert_eq!(pattern(text).matches(name.as_bytes()), want, "{text} on {name}");
        }
        assert!(Pattern::parse(b"_ga").is_none());
        assert!(pattern("a*é").matches(b"a\xff\xfe\xc3\xa9"));
    }

    #[test]
    fn r5_anchor_is_the_longest_run() {
        for (text, want) in [
            ("abc*de*fg", Anchor::Prefix(b"abc")),
            ("ab*cd*ef", Anchor::Prefix(b"ab")),
            ("a*cd*ef", Anchor::Suffix(b"ef")),
            ("a*cde*ef", Anchor::Inner(b"cde")),
            ("*a*", Anchor::Inner(b"a")),
        ] {
            assert_eq!(pattern(text).anchor(), want, "{text}");
        }
        assert_eq!(pattern("a**bc*").literals(), 3);
    }

    #[test]
    fn r5_runs_of_stars_collapse() {
        for (text, want) in [("a**b***", "a*b*"), ("***", "*"), ("ab", "ab"), ("é**é", "é*é")] {
            assert_eq!(collapse(text), want);
        }
    }

    /// Matches literally as the rule is written: `*` takes nothing, or one more byte.
    fn naive(pattern: &[u8], name: &[u8]) -> bool {
        match (pattern, name) {
            ([], []) => true,
            ([b'*', rest @ ..], _) => {
                naive(rest, name) || !name.is_empty() && naive(pattern, &name[1..])
            }
            ([p, pattern @ ..], [n, name @ ..]) => p == n && naive(pattern, name),
            _ => false,
        }
    }

    /// Returns every name of up to `length` bytes over `a` and `b`.
    fn names(length: usize) -> impl Iterator<Item = Vec<u8>> {
        (0..=length).flat_map(|length| {
            (0..1_usize << length)
                .map(move |bits| (0..length).map(|i| b"ab"[bits >> i & 1]).collect())
        })
    }

    proptest! {
        #[test]
        fn r5_matches_as_the_naive_glob(
            text in "[ab*]{0,4}\\*[ab*]{0,4}",
            name in proptest::collection::vec(prop_oneof![Just(b'a'), Just(b'b'), Just(b'*')], 0..9),
        ) {
            let want = naive(text.as_bytes(), &name);
            prop_assert_eq!(pattern(&text).matches(&name), want);
            prop_assert_eq!(pattern(&collapse(&text)).matches(&name), want);
        }

        #[test]
        fn r5_common_names_are_found_exactly(
            a in "[ab*]{0,3}\\*[ab*]{0,3}",
            b in "[ab*]{0,3}\\*[ab*]{0,3}",
        ) {
            let (first, second) = (pattern(&a), pattern(&b));
            match first.common_name(&second) {
                Some(name) => {
                    prop_assert!(naive(a.as_bytes(), &name));
                    prop_assert!(naive(b.as_bytes(), &name));
                }
                // The shortest common name has at most the literal bytes of both.
                None => for name in names(first.literals() + second.literals()) {
                    prop_assert!(!(naive(a.as_bytes(), &name) && naive(b.as_bytes(), &name)));
                },
            }
        }
    }
}
