//! Bit strings as the IAB writes them: six bits to a letter of the Base64url alphabet, the most
//! significant bit first.

use std::ops::RangeInclusive;

use crate::set_cookie::has_byte;

/// Reads such a text, some bits at a time.
pub(crate) struct Sextets<'a> {
    /// The letters whose bits have not been taken in.
    letters: &'a [u8],
    /// The bits that come next, from the highest on. What is behind them is zero.
    bits: u64,
    /// The number of those bits.
    left: u32,
}

impl<'a> Sextets<'a> {
    /// Starts at the first bit of a text; `None` if a letter is not of the alphabet. Padding with
    /// `=` is left away.
    pub(crate) fn new(text: &'a [u8]) -> Option<Self> {
        let padding = text.iter().rev().take_while(|&&letter| letter == b'=').count();
        let letters = &text[..text.len() - padding];
        let known = !has_byte(letters, |letter| SEXTETS[usize::from(letter)] == UNKNOWN);
        known.then_some(Sextets { letters, bits: 0, left: 0 })
    }

    /// Reads the next `count` bits, at most 64, as a number; `None` beyond the end.
    pub(crate) fn take(&mut self, count: u32) -> Option<u64> {
        let (mut number, mut missing) = (0, count);
        while missing > 0 {
            if self.left == 0 {
                self.refill()?;
            }
            let taken = missing.min(self.left);
            number = number << taken | self.bits >> (u64::BITS - taken);
            self.consume(taken);
            missing -= taken;
        }
        Some(number)
    }

    /// Reads the next bit; `None` beyond the end.
    #[inline]
    pub(crate) fn bit(&mut self) -> Option<bool> {
        if self.left == 0 {
            self.refill()?;
        }
        let bit = self.bits >> (u64::BITS - 1) == 1;
        self.consume(1);
        Some(bit)
    }

    fn consume(&mut self, count: u32) {
        self.bits <<= count;
        self.left -= count;
    }

    /// Takes in the bits of the next letters, where all before have been read; `None` beyond the end.
    fn refill(&mut self) -> Option<()> {
        if self.letters.is_empty() {
            return None;
        }
        let (letters, rest) = self.letters.split_at(self.letters.len().min(10));
        for letter in letters {
            self.bits = self.bits << 6 | u64::from(SEXTETS[usize::from(*letter)]);
            self.left += 6;
        }
        self.bits <<= u64::BITS - self.left;
        self.letters = rest;
        Some(())
    }

    /// Reads a number in Fibonacci coding: a bit each for 1, 2, 3, 5, 8 and so on says whether
    /// that is a part of the sum, and two set bits in a row end the number. `None` if it does not
    /// end, or is over 64 bits.
    pub(crate) fn fibonacci(&mut self) -> Option<u64> {
        if self.left == 0 {
            self.refill()?;
        }
        let pairs = self.bits & self.bits << 1;
        if pairs == 0 {
            return self.long_fibonacci();
        }
        // Most numbers end among the bits at hand, behind which is zero.
        let last = pairs.leading_zeros();
        let mut terms = self.bits >> (u64::BITS - 1 - last);
        let mut sum = 0;
        while terms != 0 {
            sum += TERMS[(last - terms.trailing_zeros()) as usize];
            terms &= terms - 1;
        }
        self.consume(last + 2);
        Some(sum)
    }

    /// Does the same bit by bit, whatever the length.
    fn long_fibonacci(&mut self) -> Option<u64> {
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
        // The count may be a lie, so that room is made only for as many as there are letters.
        let most = usize::try_from(count).unwrap_or(usize::MAX);
        let mut ranges = Vec::with_capacity(most.min(self.letters.len()));
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

/// The six bits of each letter of the alphabet, and [`UNKNOWN`] for every other byte.
const SEXTETS: [u8; 256] = {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut sextets = [UNKNOWN; 256];
    let mut sextet: u8 = 0;
    while sextet < 64 {
        sextets[alphabet[sextet as usize] as usize] = sextet;
        sextet += 1;
    }
    sextets
};

const UNKNOWN: u8 = u8::MAX;

/// The values that the bits of a number in Fibonacci coding stand for, for the longest number that is read.
const TERMS: [u64; 64] = {
    let mut terms = [1; 64];
    terms[1] = 2;
    let mut at = 2;
    while at < terms.len() {
        terms[at] = terms[at - 1] + terms[at - 2];
        at += 1;
    }
    terms
};

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
