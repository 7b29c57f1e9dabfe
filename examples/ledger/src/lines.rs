//! Reading a segment of the spool.

use crate::entry::Entry;

/// The entries of a segment, and the lines that are none.
///
/// A line is written in one piece, so that one which cannot be read was cut off by a crash, or
/// changed by somebody.
pub(crate) fn read(segment: &[u8]) -> (Vec<Entry>, Vec<&[u8]>) {
    let (mut entries, mut unreadable) = (Vec::new(), Vec::new());
    for line in segment.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match serde_json::from_slice(line) {
            Ok(entry) => entries.push(entry),
            Err(_) => unreadable.push(line),
        }
    }
    (entries, unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"entry":"1","decided_at":2,"keep_until":3,"record":{"a" : 1}}"#;

    #[test]
    fn a_line_that_was_cut_off_holds_up_no_other() {
        for (segment, entries, unreadable) in [
            (String::new(), 0, 0),
            (format!("{LINE}\n"), 1, 0),
            (format!("{LINE}\n{LINE}"), 2, 0),
            (format!("{LINE}\n{}", &LINE[..20]), 1, 1),
            (format!("{}{LINE}\n{LINE}\n", &LINE[..20]), 1, 1),
            ("\u{0}\n".to_owned(), 0, 1),
        ] {
            let (read, cut_off) = read(segment.as_bytes());
            assert_eq!((read.len(), cut_off.len()), (entries, unreadable), "{segment:?}");
            assert!(read.iter().all(|entry| entry.record.get() == r#"{"a" : 1}"#), "to the byte");
        }
    }
}
