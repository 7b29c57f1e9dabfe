//! Remembers what was swept before, so that a deletion that did not work does not come back for ever (R19).
//!
//! The server keeps nothing of a visitor, so the browser does: a cookie holds a short mark of the
//! name of each cookie that was deleted. What is marked is not deleted again. Cookies that need a
//! consent are marked for one choice, so that another one starts anew; so does a registry that
//! declares other places.

use crate::registry::fnv1a_from;

/// Twenty-four bits of a hash, in base64url.
pub(super) type Mark = [u8; 4];

/// So many names are marked of each kind; beyond them nothing is swept.
const MAX_MARKS: usize = 32;

/// The longest text that a memory is written as.
pub(super) const MAX_TEXT: usize = 2 * (MAX_MARKS + 1) * size_of::<Mark>() + 1;

/// The basis of the cookies that a list of marks is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The policy prohibits them, whatever the visitor chose.
    Prohibited = 0,
    /// They need the visitor's leave.
    Asking = 1,
}

/// The marks of both kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Memory {
    kinds: [Marks; 2],
    /// Is `true` if the browser remembers something else.
    is_changed: bool,
}

/// The marks of one kind, and what they hold for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Marks {
    epoch: Mark,
    /// The first `count` of them are set.
    names: [Mark; MAX_MARKS],
    count: usize,
}

/// The hash of some bytes, which is the same on every machine, since any may answer the next request.
#[derive(Clone, Copy)]
pub(super) struct Hash(u64);

impl Hash {
    /// The hash of nothing behind those bytes whose hash is the seed.
    pub(super) fn new(seed: u64) -> Self {
        Hash(seed)
    }

    /// The hash of these bytes behind those before.
    #[inline]
    pub(super) fn and(self, bytes: &[u8]) -> Self {
        Hash(fnv1a_from(self.0, bytes.iter().copied()))
    }

    /// The hash of eight bytes behind those before, taken at once.
    #[inline]
    pub(super) fn and_word(self, word: u64) -> Self {
        // Each bit of the word reaches the higher bits of the product, and from there the lower ones.
        let product = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Hash(product ^ (product >> 32))
    }

    /// What stands for the bytes.
    pub(super) fn mark(self) -> Mark {
        const LETTERS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        // The higher bits of this hash depend on all bytes; the lowest on the lowest of each alone.
        let [a, b, c, ..] = self.0.to_be_bytes();
        let sextets = [a >> 2, a << 4 | b >> 4, b << 2 | c >> 6, c];
        sextets.map(|sextet| LETTERS[usize::from(sextet & 63)])
    }
}

impl Memory {
    /// Adds what a copy of the cookie remembers; nothing of what is no memory.
    pub(super) fn add_text(&mut self, text: &[u8]) {
        let mut lists = text.split(|&byte| byte == b'.');
        for marks in &mut self.kinds {
            let list = lists.next();
            if marks.count == 0 {
                let epoch = list.and_then(|list| list.first_chunk());
                marks.epoch = epoch.copied().unwrap_or(marks.epoch);
            }
            marks.add_list(list);
        }
    }

    /// Forgets what is remembered of a kind for something else than this epoch, and takes in its place
    /// what some copy of the cookie remembers for it.
    pub(super) fn begin(&mut self, kind: Kind, epoch: Mark, copies: &[&[u8]]) {
        let marks = &mut self.kinds[kind as usize];
        if marks.epoch == epoch {
            return;
        }
        let knew = marks.count > 0;
        *marks = Marks { epoch, ..Marks::default() };
        for text in copies {
            marks.add_list(text.split(|&byte| byte == b'.').nth(kind as usize));
        }
        self.is_changed |= knew && marks.count == 0;
    }

    /// Returns `true` if anything is remembered of a kind.
    pub(super) fn knows(&self, kind: Kind) -> bool {
        self.kinds[kind as usize].count > 0
    }

    /// Returns `true` if the browser is to remember something else than it does.
    pub(super) fn is_changed(&self) -> bool {
        self.is_changed
    }

    pub(super) fn has(&self, kind: Kind, name: Mark) -> bool {
        self.kinds[kind as usize].has(name)
    }

    /// Returns `true` if one more name can be remembered.
    pub(super) fn has_room(&self, kind: Kind) -> bool {
        self.kinds[kind as usize].count < MAX_MARKS
    }

    pub(super) fn add(&mut self, kind: Kind, name: Mark) {
        self.kinds[kind as usize].add(name);
        self.is_changed = true;
    }

    /// Writes both lists, each behind its epoch unless it is empty, with a dot between them.
    pub(super) fn write(&self, text: &mut Vec<u8>) {
        for (index, marks) in self.kinds.iter().enumerate() {
            if index > 0 {
                text.push(b'.');
            }
            if marks.count == 0 {
                continue;
            }
            text.extend_from_slice(&marks.epoch);
            text.extend_from_slice(marks.names[..marks.count].as_flattened());
        }
    }
}

impl Marks {
    fn has(&self, name: Mark) -> bool {
        self.names[..self.count].contains(&name)
    }

    /// Adds the names of a list that holds for the same.
    fn add_list(&mut self, list: Option<&[u8]>) {
        let Some((epoch, names)) = list.and_then(|list| list.split_first_chunk()) else { return };
        if *epoch != self.epoch {
            return;
        }
        for name in names.as_chunks().0 {
            if !self.has(*name) {
                self.add(*name);
            }
        }
    }

    fn add(&mut self, name: Mark) {
        if let Some(place) = self.names.get_mut(self.count) {
            *place = name;
            self.count += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(memory: &Memory) -> Vec<u8> {
        let mut text = Vec::new();
        memory.write(&mut text);
        text
    }

    fn mark(seed: u64, bytes: impl AsRef<[u8]>) -> Mark {
        Hash::new(seed).and(bytes.as_ref()).mark()
    }

    #[test]
    fn r19_what_is_remembered_reads_back() {
        let mut memory = Memory::default();
        let (one, two) = (mark(1, *b"registry"), mark(1, *b"choice"));
        memory.begin(Kind::Prohibited, one, &[]);
        memory.begin(Kind::Asking, two, &[]);
        for n in 0..40_u8 {
            memory.add(Kind::Asking, mark(1, [n]));
        }
        memory.add(Kind::Prohibited, mark(1, *b"_fbp"));
        assert!(!memory.has_room(Kind::Asking) && memory.has_room(Kind::Prohibited));
        assert!(text(&memory).len() <= MAX_TEXT);
        let mut read = Memory::default();
        read.add_text(&text(&memory));
        assert_eq!(text(&read), text(&memory));
        assert!(read.has(Kind::Prohibited, mark(1, *b"_fbp")));
        assert!(!read.has(Kind::Asking, mark(1, *b"_fbp")));
        assert!(read.has(Kind::Asking, mark(1, [31])) && !read.has(Kind::Asking, mark(1, [32])));

        read.begin(Kind::Prohibited, one, &[]);
        assert!(!read.is_changed());
        read.begin(Kind::Asking, one, &[]);
        assert!(read.is_changed() && !read.knows(Kind::Asking) && read.knows(Kind::Prohibited));
    }

    #[test]
    fn r19_one_kind_alone_is_remembered_too() {
        for (kind, other) in [(Kind::Prohibited, Kind::Asking), (Kind::Asking, Kind::Prohibited)] {
            let mut memory = Memory::default();
            memory.begin(kind, mark(1, []), &[]);
            memory.add(kind, mark(1, *b"_ga"));
            let mut read = Memory::default();
            read.add_text(&text(&memory));
            assert!(text(&memory).iter().all(u8::is_ascii_graphic));
            assert!(read.has(kind, mark(1, *b"_ga")) && !read.knows(other), "{kind:?}");
        }
    }

    #[test]
    fn r19_marks_differ_by_name_and_by_registry() {
        let marks = [mark(1, *b"_ga"), mark(2, *b"_ga"), mark(1, *b"_gb"), mark(1, *b"_ga1")];
        assert_eq!(Hash::new(1).and(b"_g").and(b"").and(b"a").mark(), marks[0], "in parts");
        for (at, one) in marks.iter().enumerate() {
            assert!(!marks[at + 1..].contains(one), "{marks:?}");
        }
    }

    proptest! {
        #[test]
        fn r14_any_bytes_are_a_memory(texts in prop::collection::vec(any::<Vec<u8>>(), 0..4)) {
            let mut memory = Memory::default();
            for text in &texts {
                memory.add_text(text);
            }
            prop_assert!(text(&memory).len() <= MAX_TEXT);
        }
    }
}
