//! The attributes behind a `Set-Cookie`'s name-value pair (R1).

use std::ops::Range;

use crate::set_cookie::{find, split_at_equals, trim, trim_end, trim_start};

/// One attribute of a `Set-Cookie` line: `; name=value`, trimmed.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attribute<'a> {
    /// The name as written; attribute names are case-insensitive.
    pub name: &'a [u8],
    /// The value as written; empty where the attribute has no `=`.
    pub value: &'a [u8],
}

impl Attribute<'_> {
    /// Returns `true` if the attribute is a `Max-Age`.
    pub fn is_max_age(&self) -> bool {
        self.name.eq_ignore_ascii_case(b"max-age")
    }

    /// Returns `true` if the attribute is an `Expires`.
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
    /// The attributes in the text behind a line's name and value: none, or it starts with a `;`.
    pub(crate) fn new(tail: &'a [u8]) -> Self {
        Attributes { tail }
    }

    /// The text of those that are left.
    pub(crate) fn as_bytes(&self) -> &'a [u8] {
        self.tail
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

/// One of the two attributes that set a lifetime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    MaxAge,
    Expires,
}

/// Calls `found` with the attributes that set a lifetime, in their order: the kind, the value, and
/// the bytes of the text that the attribute takes, from its `;` to just before the next. The text may
/// begin with a cookie's value: what stands before the first `;` is no attribute.
///
/// Cutting a line into all its attributes takes longer than everything else that is done to it.
/// Both names have an `x`, and little else in a line has one: so those are looked at alone.
#[inline]
pub(super) fn for_each_lifetime<'a>(
    text: &'a [u8],
    mut found: impl FnMut(Kind, &'a [u8], Range<usize>),
) {
    let mut from = 0;
    while let Some(x) = find::x(text, from) {
        from = x + 1;
        if let Some((kind, name)) = lifetime_with_x_at(text, x)
            && let Some((value, taken)) = attribute_named_at(text, name)
        {
            from = taken.end;
            found(kind, value, taken);
        }
    }
}

/// The place of the name that has its `x` here, if it is one that sets a lifetime. What stands before
/// the name is not looked at.
#[inline]
fn lifetime_with_x_at(text: &[u8], x: usize) -> Option<(Kind, usize)> {
    // The byte behind it tells which of the two it can be; in `SameSite=Lax`, neither. There is a byte
    // before a name, since a `;` has to be there.
    let (kind, name, before) = match text.get(x + 1)? {
        b'-' => (Kind::MaxAge, MAX_AGE, x.checked_sub(3)?),
        b'p' | b'P' => (Kind::Expires, EXPIRES, x.checked_sub(2)?),
        _ => return None,
    };
    name.stands_behind_first(*text.get(before..)?.first_chunk()?).then_some((kind, before + 1))
}

/// The value of an attribute whose name stands here, and the bytes that it takes; `None` if this is no
/// whole name of an attribute.
#[inline]
fn attribute_named_at(text: &[u8], name: usize) -> Option<(&[u8], Range<usize>)> {
    let [before @ .., b';'] = trim_end(&text[..name]) else { return None };
    let name_end = name + LifetimeName::LENGTH;
    let end = find::semicolon(text, name_end).unwrap_or(text.len());
    let value = match trim(&text[name_end..end]) {
        [] => &[],
        [b'=', value @ ..] => trim_start(value),
        _ => return None,
    };
    Some((value, before.len()..end))
}

/// The name of an attribute, as one word behind any byte. So a name is compared in any case by three
/// operations, where byte for byte they would be the most of reading a line.
struct LifetimeName {
    lowercase: u64,
    /// The bits by which its letters differ in case.
    case: u64,
}

const MAX_AGE: LifetimeName = LifetimeName::new(*b"\0max-age");
const EXPIRES: LifetimeName = LifetimeName::new(*b"\0expires");

impl LifetimeName {
    /// Both names have as many bytes.
    const LENGTH: usize = 7;

    const fn new(lowercase: [u8; 8]) -> Self {
        let mut case = [0; 8];
        let mut at = 0;
        while at < case.len() {
            if lowercase[at].is_ascii_lowercase() {
                case[at] = 0x20;
            }
            at += 1;
        }
        LifetimeName { lowercase: u64::from_le_bytes(lowercase), case: u64::from_le_bytes(case) }
    }

    /// Returns `true` if this name stands behind the first of these bytes, whatever that is.
    fn stands_behind_first(self, word: [u8; 8]) -> bool {
        const NAME: u64 = !0xff;
        (u64::from_le_bytes(word) | self.case) & NAME == self.lowercase
    }
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
