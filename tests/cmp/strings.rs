//! Writes the strings of bits of TCF, GPP and consentmanager.

use super::values::NOW;

/// A string of bits, with the most significant first and six to a letter.
#[derive(Default)]
pub(super) struct Bits(Vec<bool>);

impl Bits {
    pub(super) fn put(&mut self, number: u64, count: usize) {
        (0..count).rev().for_each(|at| self.0.push(number >> at & 1 == 1));
    }

    /// Appends a number below 144 in Fibonacci coding.
    pub(super) fn put_fibonacci(&mut self, mut number: u64) {
        let terms = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89];
        let last = terms.iter().rposition(|&term| term <= number).expect("above 0");
        let mut code = vec![true];
        for term in terms[..=last].iter().rev() {
            let taken = *term <= number;
            number -= if taken { *term } else { 0 };
            code.push(taken);
        }
        self.0.extend(code.iter().rev());
    }

    pub(super) fn letters(&self) -> String {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let letter = |bits: &[bool]| {
            let value = bits.iter().fold(0, |value, bit| value << 1 | usize::from(*bit));
            char::from(alphabet[value << (6 - bits.len())])
        };
        self.0.chunks(6).map(letter).collect()
    }
}

/// Returns the core of a TC string of this version and scope, with these purposes.
pub(super) fn tc_core(version: u64, service_specific: bool, purposes: &[u64]) -> String {
    let mut bits = Bits::default();
    bits.put(version, 6);
    bits.put(NOW * 10, 36);
    bits.put(NOW * 10, 36);
    bits.put(10, 12); // CMP
    bits.put(3, 12);
    bits.put(1, 6);
    bits.put(4, 6); // EN
    bits.put(13, 6);
    bits.put(120, 12); // vendor list
    bits.put(5, 6);
    bits.put(service_specific.into(), 1);
    bits.put(0, 1 + 12);
    (1..=24).for_each(|purpose| bits.put(purposes.contains(&purpose).into(), 1));
    // Legitimate interests are not consents.
    bits.put(0x00ff_ffff, 24);
    bits.put(0, 1);
    bits.put(5, 6); // FR
    bits.put(17, 6);
    bits.put(0, 16 + 1);
    bits.put(0, 16 + 1);
    bits.put(0, 12);
    bits.letters()
}

/// Returns a TC string that counts.
pub(super) fn tc(purposes: &[u64]) -> String {
    format!("{}.IAAA.YAAAAAAAAAAA", tc_core(2, true, purposes))
}

/// Returns consentmanager's bits for these granted purposes.
pub(super) fn custom_purposes(version: u64, answered: bool, purposes: &[u64]) -> String {
    pausable_purposes(version, answered, purposes, false)
}

/// Returns the same, of a consent that is paused or not.
pub(super) fn pausable_purposes(
    version: u64,
    answered: bool,
    purposes: &[u64],
    is_paused: bool,
) -> String {
    let mut bits = Bits::default();
    bits.put(26, 6);
    bits.put(version, 6);
    bits.put(NOW * 10, 36);
    bits.put(answered.into(), 1);
    for list in [purposes, &[1, 2][..], &[]] {
        bits.put(list.len() as u64, 12);
        let mut last = 0;
        for &id in list {
            bits.put(0, 1);
            match version {
                1 => bits.put(id, 16),
                _ => bits.put_fibonacci(id - last),
            }
            last = id;
        }
    }
    bits.put(is_paused.into(), 1);
    bits.letters()
}

/// Returns a GPP string with these sections.
pub(super) fn gpp(sections: &[(u64, String)]) -> String {
    let mut header = Bits::default();
    header.put(3, 6);
    header.put(1, 6);
    header.put(sections.len() as u64, 12);
    let mut last = 0;
    for (id, _) in sections {
        header.put(0, 1);
        header.put_fibonacci(id - last);
        last = *id;
    }
    let texts = sections.iter().map(|(_, text)| format!("~{text}"));
    std::iter::once(header.letters()).chain(texts).collect()
}
