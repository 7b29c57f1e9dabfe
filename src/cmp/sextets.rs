//! Bit strings as the IAB writes them: six bits to a letter of the Base64url alphabet, the most
//! significant bit first.

use std::ops::RangeInclusive;

/// Reads such a text bit by bit.
pub(crate) struct Sextets<'a> {
    /// The letters of which no bit has been read.
    letters: &'a [u8],
    sextet: u8,
    /// The number of bits of the sextet that have not been read.
    left: u8,
}

impl<'a> Sextets<'a> {
    /// Starts at the first bit of a text; `None` if a letter is not of the alphabet. Padding with
    /// `=` is left away.
    pub(crate) fn new(text: &'a [u8]) -> Option<Self> {
        let padding = text.iter().rev().take_while(|&&letter| letter == b'=').count();
        let letters = &text[..text.len() - padding];
        let known = letters.iter().all(|&letter| sextet(letter).is_some());
        known.then_some(Sextets { letters, sextet: 0, left: 0 })
    }

    /// Reads the next `count` bits, at most 64, as a number; `None` beyond the end.
    pub(crate) fn take(&mut self, count: usize) -> Option<u64> {
        let mut number = 0;
        for _ in 0..count {
            number = number << 1 | u64::from(self.bit()?);
        }
        Some(number)
    }

    /// Reads the next bit; `None` beyond the end.
    pub(crate) fn bit(&mut self) -> Option<bool> {
        if self.left == 0 {
            let (letter, rest) = self.letters.split_first()?;
            (self.sextet, self.left, self.letters) = (sextet(*letter)?, 6, rest);
        }
        self.left -= 1;
        Some(self.sextet >> self.left & 1 == 1)
    }

    /// Reads a number in Fibonacci coding: a bit each for 1, 2, 3, 5, 8 and so on says whether
    /// that is a part of the sum, and two set bits in a row end the number. `None` if it does not
    /// end, or is over 64 bits.
    pub(crate) fn fibonacci(&mut self) -> Option<u64> {
        let (mut sum, mut last) = (0_u64, false);
        let (mut term, mut next) = (1_u64, 2_u64);
        loop {
            let bit = self.bit()?;
            if bit && last {
                return Some(sum);
            }
            if bit {
                sum = sum.checked_add(term)?;
            }
            last = bit;
            (term, next) = (next, term.checked_add(next)?);
        }
    }

    /// Reads a list of ascending ranges of numbers in Fibonacci coding, each of which is counted
    /// from the number before it.
    pub(crate) fn fibonacci_ranges(&mut self) -> Option<Vec<RangeInclusive<u64>>> {
        let mut last = 0_u64;
        self.ranges(|bits, is_range| {
            let first = last.checked_add(bits.fibonacci()?)?;
            last = if is_range { first.checked_add(bits.fibonacci()?)? } else { first };
            Some(first..=last)
        })
    }

    /// Reads a list of ranges of numbers of 16 bits.
    pub(crate) fn u16_ranges(&mut self) -> Option<Vec<RangeInclusive<u64>>> {
        self.ranges(|bits, is_range| {
            let first = bits.take(16)?;
            let last = if is_range { bits.take(16)? } else { first };
            Some(first..=last)
        })
    }

    /// Reads how many ranges follow, and then each: a bit says whether it is a range or a single
    /// number, and `range` reads the rest of it.
    fn ranges(
        &mut self,
        mut range: impl FnMut(&mut Self, bool) -> Option<RangeInclusive<u64>>,
    ) -> Option<Vec<RangeInclusive<u64>>> {
        let count = self.take(12)?;
        // The count may be a lie, so that no room is made for it in advance.
        let mut ranges = Vec::new();
        for _ in 0..count {
            let is_range = self.bit()?;
            ranges.push(range(self, is_range)?);
        }
        Some(ranges)
    }
}

/// Says whether one of the ranges has this number.
pub(crate) fn contains(ranges: &[RangeInclusive<u64>], number: u64) -> bool {
    ranges.iter().any(|range| range.contains(&number))
}

/// The six bits of a letter; `None` if it is not of the alphabet.
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
        // The first five are 11, 011, 0011, 1011 and 00011.
        let mut bits = Sextets::new(b"2dj").unwrap();
        let bits = std::iter::from_fn(|| bits.fibonacci()).collect::<Vec<_>>();
        assert_eq!(bits, [1, 2, 3, 4, 5]);
        assert_eq!(Sextets::new(&[b'A'; 4096]).unwrap().fibonacci(), None);
        assert_eq!(Sextets::new(&[b'q'; 4096]).unwrap().fibonacci(), None, "over 64 bits");
    }
}
