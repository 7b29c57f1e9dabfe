//! The IAB's encoding of bit strings: six bits to a letter, most significant first, in the alphabet
//! of Base64url.

/// The bits of a text, from its start on.
pub(crate) struct Sextets<'a> {
    text: &'a [u8],
    /// In bits.
    at: usize,
}

impl<'a> Sextets<'a> {
    /// `None` if a letter is not of the alphabet; `=` at the end is padding.
    pub(crate) fn new(text: &'a [u8]) -> Option<Self> {
        let padding = text.iter().rev().take_while(|&&letter| letter == b'=').count();
        let text = &text[..text.len() - padding];
        text.iter().all(|&letter| sextet(letter).is_some()).then_some(Sextets { text, at: 0 })
    }

    /// The next `count` bits as a number, at most 64; `None` beyond the end.
    pub(crate) fn take(&mut self, count: usize) -> Option<u64> {
        let mut number = 0;
        for _ in 0..count {
            number = number << 1 | u64::from(self.bit()?);
        }
        Some(number)
    }

    /// The next bit; `None` beyond the end.
    pub(crate) fn bit(&mut self) -> Option<bool> {
        let sextet = sextet(*self.text.get(self.at / 6)?)?;
        let bit = sextet >> (5 - self.at % 6) & 1;
        self.at += 1;
        Some(bit == 1)
    }

    /// The next number in Fibonacci coding: a bit for each of 1, 2, 3, 5, 8, …, then another 1.
    pub(crate) fn fibonacci(&mut self) -> Option<u64> {
        let (mut number, mut last) = (0_u64, false);
        let (mut term, mut next) = (1_u64, 2_u64);
        loop {
            let bit = self.bit()?;
            if bit && last {
                return Some(number);
            }
            if bit {
                number = number.checked_add(term)?;
            }
            last = bit;
            (term, next) = (next, term.checked_add(next)?);
        }
    }

    /// The next list of ranges, each after the one before it; a count, then numbers or pairs, all
    /// counted from the end of the one before.
    pub(crate) fn fibonacci_ranges(&mut self) -> Option<Vec<(u64, u64)>> {
        let mut last = 0_u64;
        self.ranges(|bits, is_range| {
            let first = last.checked_add(bits.fibonacci()?)?;
            last = if is_range { first.checked_add(bits.fibonacci()?)? } else { first };
            Some((first, last))
        })
    }

    /// The next list of ranges, as numbers of 16 bits.
    pub(crate) fn u16_ranges(&mut self) -> Option<Vec<(u64, u64)>> {
        self.ranges(|bits, is_range| {
            let first = bits.take(16)?;
            Some((first, if is_range { bits.take(16)? } else { first }))
        })
    }

    fn ranges(
        &mut self,
        mut range: impl FnMut(&mut Self, bool) -> Option<(u64, u64)>,
    ) -> Option<Vec<(u64, u64)>> {
        let count = self.take(12)?;
        // No capacity in advance: the count is only what the text says.
        let mut ranges = Vec::new();
        for _ in 0..count {
            let is_range = self.bit()?;
            ranges.push(range(self, is_range)?);
        }
        Some(ranges)
    }
}

/// Whether one of the ranges has a number.
pub(crate) fn contains(ranges: &[(u64, u64)], number: u64) -> bool {
    ranges.iter().any(|&(first, last)| (first..=last).contains(&number))
}

fn sextet(letter: u8) -> Option<u8> {
    Some(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r7_bits_come_in_the_order_of_letters() {
        let mut bits = Sextets::new(b"CQ-_=").unwrap();
        assert_eq!(bits.take(6), Some(2));
        assert_eq!((bits.take(1), bits.take(5)), (Some(0), Some(16)));
        assert_eq!(bits.take(12), Some(62 << 6 | 63));
        assert_eq!(bits.take(1), None);
        assert_eq!(Sextets::new(b"").unwrap().take(0), Some(0));
        for text in ["a b", "a=b", "a+", "a/", "é"] {
            assert!(Sextets::new(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn r7_fibonacci_numbers() {
        // 11, 011, 0011, 1011, 00011: the first five.
        let mut bits = Sextets::new(b"2dj").unwrap();
        let bits = std::iter::from_fn(|| bits.fibonacci()).collect::<Vec<_>>();
        assert_eq!(bits, [1, 2, 3, 4, 5]);
        assert_eq!(Sextets::new(&[b'A'; 4096]).unwrap().fibonacci(), None);
        assert_eq!(Sextets::new(&[b'q'; 4096]).unwrap().fibonacci(), None, "over 64 bits");
    }
}
