//! The attributes behind a `Set-Cookie`'s name-value pair (R1).

use std::ops::Range;

use crate::set_cookie::{split_at_equals, trim};

/// One attribute of a `Set-Cookie` line: `; name=value`, trimmed.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attribute<'a> {
    /// As written; attribute names are case-insensitive.
    pub name: &'a [u8],
    /// As written; empty where the attribute has no `=`.
    pub value: &'a [u8],
}

impl Attribute<'_> {
    /// Whether the attribute is a `Max-Age`.
    pub fn is_max_age(&self) -> bool {
        self.name.eq_ignore_ascii_case(b"max-age")
    }

    /// Whether the attribute is an `Expires`.
    pub fn is_expires(&self) -> bool {
        self.name.eq_ignore_ascii_case(b"expires")
    }
}

/// The attributes of a line in their order; made by
/// [`SetCookie::attributes`](crate::set_cookie::SetCookie::attributes).
#[derive(Clone, Debug)]
pub struct Attributes<'a> {
    /// Empty, or starts with `;`.
    tail: &'a [u8],
}

impl<'a> Attributes<'a> {
    pub(super) fn new(tail: &'a [u8]) -> Self {
        Attributes { tail }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let inside = self.tail.get(1..)?;
        let end = memchr::memchr(b';', inside).unwrap_or(inside.len());
        let (inside, rest) = inside.split_at(end);
        self.tail = rest;
        let (name, value) = name_and_value(inside);
        Some(Attribute { name: trim(name), value: trim(value) })
    }
}

/// The text between two `;`, cut at its first `=`; without one, it is all name.
pub(super) fn name_and_value(text: &[u8]) -> (&[u8], &[u8]) {
    split_at_equals(text).unwrap_or((text, &[]))
}

/// Which of the two attributes that set a lifetime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    MaxAge,
    Expires,
}

/// Calls `found` with the attributes that set a lifetime, in their order: the kind, the value, and
/// the bytes of the tail that the attribute takes, from its `;` to just before the next.
///
/// Cutting a line into all its attributes takes longer than everything else that is done to it.
/// Both names have an `x`, and little else in a line has one: so those are looked at alone, found
/// eight bytes at a time.
pub(super) fn for_each_lifetime<'a>(
    tail: &'a [u8],
    mut found: impl FnMut(Kind, &'a [u8], Range<usize>),
) {
    // With less than eight bytes there is no room for `;` and a name.
    let Some(last) = tail.last_chunk() else { return };
    let mut look = |start: usize, mut places: u64| {
        while places != 0 {
            let x = start + places.trailing_zeros() as usize / 8;
            places &= places - 1;
            if let Some((kind, value, taken)) = lifetime_with_x_at(tail, x) {
                found(kind, value, taken);
            }
        }
    };
    let (words, rest) = tail.as_chunks();
    for (at, word) in words.iter().enumerate() {
        let places = places_of_x(*word);
        if places != 0 {
            look(at * 8, places);
        }
    }
    if !rest.is_empty() {
        // Those of the last eight bytes that no word had.
        let new = u64::MAX << (64 - 8 * rest.len());
        look(tail.len() - 8, places_of_x(*last) & new);
    }
}

/// The high bit of each byte that is an `x` or `X`; at times also that of a byte behind one, which
/// is then looked at in vain.
fn places_of_x(word: [u8; 8]) -> u64 {
    const EACH: u64 = u64::MAX / 0xff;
    const X: u64 = u64::from_ne_bytes([b'x'; 8]);
    // Zero where there is one.
    let x = (u64::from_le_bytes(word) | (EACH * 0x20)) ^ X;
    x.wrapping_sub(EACH) & !x & (EACH * 0x80)
}

/// The attribute whose name has its `x` here, if it sets a lifetime.
fn lifetime_with_x_at(tail: &[u8], x: usize) -> Option<(Kind, &[u8], Range<usize>)> {
    // The letter before it tells which of the two it can be.
    let (kind, its_name, start) = match tail.get(x.checked_sub(1)?)? {
        b'a' | b'A' => (Kind::MaxAge, b"max-age", x.checked_sub(2)?),
        b'e' | b'E' => (Kind::Expires, b"expires", x - 1),
        _ => return None,
    };
    let (before, rest) = tail.split_at(start);
    let (name, rest) = rest.split_first_chunk::<7>()?;
    let [before @ .., b';'] = trim(before) else { return None };
    if name.map(|byte| byte.to_ascii_lowercase()) != *its_name {
        return None;
    }
    let length = rest.iter().position(|&b| b == b';').unwrap_or(rest.len());
    let value = match trim(&rest[..length]) {
        [] => &[],
        [b'=', value @ ..] => trim(value),
        _ => return None,
    };
    Some((kind, value, before.len()..start + name.len() + length))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::set_cookie::SetCookie;
    use crate::set_cookie::attribute::{Kind, for_each_lifetime};

    #[test]
    fn r1_attributes_are_cut_at_semicolons_and_trimmed() {
        let line = SetCookie::parse(b"a=b;PATH = / ; HttpOnly;;x=y=z;\"q;");
        let got: Vec<_> = line.attributes().map(|a| (a.name, a.value)).collect();
        let want: [(&[u8], &[u8]); 6] = [
            (b"PATH", b"/"),
            (b"HttpOnly", b""),
            (b"", b""),
            (b"x", b"y=z"),
            (b"\"q", b""),
            (b"", b""),
        ];
        assert_eq!(got, want);
    }

    #[test]
    fn r1_attribute_names_ignore_case() {
        let line = SetCookie::parse(b"a=b; mAx-AgE=1; EXPIRES=x; max-age =2; maxage=3");
        let max_age =
            line.attributes().filter(crate::set_cookie::attribute::Attribute::is_max_age).count();
        let expires =
            line.attributes().filter(crate::set_cookie::attribute::Attribute::is_expires).count();
        assert_eq!((max_age, expires), (2, 1));
    }

    proptest! {
        #[test]
        fn r1_lifetimes_are_found_without_cutting_the_line(
            tail in "(;[ \t]?(max-age|Expires|MAX-age|xx|eX|Lax|[maxe-]{1,8})?[ \t=x]?[=;x ]?[0-9a-x]?){0,5}"
        ) {
            let line = format!("a=b{tail}");
            let all: Vec<_> = SetCookie::parse(line.as_bytes())
                .attributes()
                .filter_map(|attribute| match attribute {
                    _ if attribute.is_max_age() => Some((Kind::MaxAge, attribute.value)),
                    _ if attribute.is_expires() => Some((Kind::Expires, attribute.value)),
                    _ => None,
                })
                .collect();
            let mut found = Vec::new();
            let mut whole = true;
            for_each_lifetime(tail.as_bytes(), |kind, value, taken| {
                found.push((kind, value));
                let bytes = &tail.as_bytes()[taken.clone()];
                whole &= bytes.starts_with(b";") && !bytes[1..].contains(&b';');
                whole &= matches!(tail.as_bytes().get(taken.end), None | Some(b';'));
            });
            prop_assert_eq!(found, all);
            prop_assert!(whole);
        }
    }
}
