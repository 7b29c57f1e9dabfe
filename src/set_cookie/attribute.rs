//! The attributes behind a `Set-Cookie`'s name-value pair.

use super::{split_at_equals, trim};

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

    pub(super) fn is_lifetime(&self) -> bool {
        // Both names have seven letters, which tells most other attributes apart at once.
        self.name.len() == 7 && (self.is_max_age() || self.is_expires())
    }
}

/// The attributes of a line in their order; made by
/// [`SetCookie::attributes`](super::SetCookie::attributes).
#[derive(Clone, Debug)]
pub struct Attributes<'a> {
    segments: Segments<'a>,
}

impl<'a> Attributes<'a> {
    pub(super) fn new(tail: &'a [u8]) -> Self {
        Attributes { segments: Segments { tail } }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        self.segments.next().map(Segment::attribute)
    }
}

/// An attribute with all its bytes, from its `;` to just before the next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment<'a>(pub(super) &'a [u8]);

impl<'a> Segment<'a> {
    pub(super) fn attribute(self) -> Attribute<'a> {
        let inside = &self.0[1..];
        let (name, value) = split_at_equals(inside).unwrap_or((inside, &[]));
        Attribute { name: trim(name), value: trim(value) }
    }
}

/// Cuts a line's tail into [`Segment`]s: every byte belongs to exactly one.
#[derive(Clone, Debug)]
pub(super) struct Segments<'a> {
    /// Empty, or starts with `;`.
    pub(super) tail: &'a [u8],
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        let inside = self.tail.get(1..)?;
        let end = memchr::memchr(b';', inside).map_or(self.tail.len(), |at| at + 1);
        let (segment, rest) = self.tail.split_at(end);
        self.tail = rest;
        Some(Segment(segment))
    }
}

#[cfg(test)]
mod tests {
    use super::super::SetCookie;

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
        let max_age = line.attributes().filter(super::Attribute::is_max_age).count();
        let expires = line.attributes().filter(super::Attribute::is_expires).count();
        assert_eq!((max_age, expires), (2, 1));
    }
}
