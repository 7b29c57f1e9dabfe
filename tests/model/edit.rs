//! Models R12: the line that remains after a verdict.

use crate::reader;
use crate::site::Cap;
use crate::tally::reached;

/// The edit of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Keep,
    /// The line gets another lifetime. With 0 seconds it deletes the cookie.
    Replace(Cap),
    Strip,
}

/// Returns the bytes that leave, if any do.
pub(crate) fn leaves(line: &[u8], outcome: Outcome) -> Option<Vec<u8>> {
    match outcome {
        Outcome::Keep => Some(line.to_vec()),
        Outcome::Replace(cap) => Some(replaced(line, cap)),
        Outcome::Strip => None,
    }
}

fn replaced(line: &[u8], cap: Cap) -> Vec<u8> {
    let read = reader::read(line);
    let mut left = if cap == Cap::Seconds(0) { deletable(&read) } else { read.pair.to_vec() };
    if let Cap::Seconds(seconds) = cap {
        left.extend(format!("; Max-Age={seconds}").bytes());
    }
    for attribute in &read.attributes {
        if !attribute.is_of_lifetime() {
            left.push(b';');
            left.extend(attribute.text);
        } else if attribute.value.contains(&b'\t') {
            // The line has no name if nothing stands before the `=`.
            reached("R12: a value with a tab stays");
            left.extend(b"; =");
            left.extend(attribute.value);
        }
    }
    left
}

/// Returns the name and value of a deletion, without a value at which libsoup before 3.4 would
/// stop.
fn deletable(line: &reader::Line) -> Vec<u8> {
    let printable = |text: &[u8]| text.iter().all(|byte| matches!(byte, b' '..=b'~'));
    match reader::cut(line.pair) {
        // Without a name, the value identifies the cookie.
        Some((name, value)) if line.name.is_some() && !printable(value) => {
            reached("R12: a deletion loses its value");
            [name, b"="].concat()
        }
        _ => line.pair.to_vec(),
    }
}
