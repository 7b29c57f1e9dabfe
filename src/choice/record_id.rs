//! The id of a record, by which it is found again.

use std::fmt;

use serde::{Serialize, Serializer};

/// The id of a [`ConsentRecord`](crate::ConsentRecord): 128 random bits, written as 32 hexadecimal digits.
///
/// The consent cookie carries it where the registry says `record-id = true`, so that a visitor can
/// name the record of their choice. It tells one browser from all others, and so it is personal
/// data; hence nobody gets one unless the site asks for it, `Debug` does not show it, and each choice
/// gets a new one. It proves nothing of who sends it: a cookie can be copied and forged.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RecordId(u128);

impl RecordId {
    /// A new id, from the operating system; `None` if that has no random numbers to give, as
    /// WebAssembly without a system has none.
    pub(crate) fn random() -> Option<Self> {
        #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
        {
            let mut bytes = [0; 16];
            getrandom::getrandom(&mut bytes).ok()?;
            Some(RecordId(u128::from_ne_bytes(bytes)))
        }
        #[cfg(all(target_family = "wasm", target_os = "unknown"))]
        None
    }

    /// Reads an id as it is written, and nothing else.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let written =
            text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if written { u128::from_str_radix(text, 16).ok().map(RecordId) } else { None }
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The id is a part of a cookie's value, and no `Debug` output holds those.
impl fmt::Debug for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordId").finish_non_exhaustive()
    }
}

impl Serialize for RecordId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_and_nothing_else_is_one() {
        let id = RecordId::random().unwrap();
        assert_eq!(RecordId::read(&id.to_string()), Some(id));
        assert_ne!(RecordId::random(), Some(id));
        assert_eq!(RecordId(10).to_string(), "0000000000000000000000000000000a");
        assert!(!format!("{id:?}").contains(&id.to_string()));
        for wrong in [
            "",
            "1",
            "+000000000000000000000000000000a",
            "0000000000000000000000000000000A",
            "0000000000000000000000000000000g",
            "00000000000000000000000000000000a",
        ] {
            assert_eq!(RecordId::read(wrong), None, "{wrong:?}");
        }
    }
}
