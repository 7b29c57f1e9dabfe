//! Reports all differences between the table and a reader at once.

use super::table::Case;

/// Collects differences, so that one run shows every wrong row.
#[derive(Default)]
pub(super) struct Differences(Vec<String>);

impl Differences {
    pub(super) fn check<T: PartialEq>(
        &mut self,
        (topic, case): &(&str, Case),
        what: &str,
        got: &T,
        want: &T,
        show: impl Fn(&T) -> String,
    ) {
        if got != want {
            let line = shown(&case.line);
            self.0.push(format!(
                "{topic}: {line}\n    {what}: got {}, want {}",
                show(got),
                show(want)
            ));
        }
    }

    pub(super) fn report(self) {
        assert!(self.0.is_empty(), "{} differences\n{}", self.0.len(), self.0.join("\n"));
    }
}

/// Returns a text escaped, and shortened in the middle if it is long.
pub(super) fn shown(bytes: &[u8]) -> String {
    let (head, tail) = (60, 60);
    if bytes.len() <= 200 {
        return format!("\"{}\"", bytes.escape_ascii());
    }
    format!(
        "\"{}\" ... \"{}\" ({} bytes)",
        bytes[..head].escape_ascii(),
        bytes[bytes.len() - tail..].escape_ascii(),
        bytes.len()
    )
}

/// Returns the text as `Debug` prints it.
pub(super) fn debug<T: std::fmt::Debug>(value: &T) -> String {
    format!("{value:?}")
}
