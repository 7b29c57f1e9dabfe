//! Writes to a program that may stop reading, as `head -n 1` does.

use std::io::{self, BufRead, ErrorKind, Write};

/// A writer that drops everything after the other side has closed.
pub(crate) struct UntilClosed<W> {
    output: W,
    closed: bool,
}

impl<W: Write> UntilClosed<W> {
    pub(crate) fn new(output: W) -> Self {
        UntilClosed { output, closed: false }
    }

    fn closes<T>(&mut self, result: io::Result<T>, otherwise: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(otherwise)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for UntilClosed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let result = self.output.write(bytes);
        self.closes(result, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let result = self.output.flush();
        self.closes(result, ())
    }
}

/// Writes rows with aligned columns. The last column is not padded.
pub(crate) fn write_columns<const N: usize>(
    rows: &[[String; N]],
    indent: &str,
    output: &mut impl Write,
) -> io::Result<()> {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; N] = std::array::from_fn(|column| width(column).unwrap_or(0));
    for row in rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        let line = cells.collect::<Vec<_>>().join("  ");
        writeln!(output, "{indent}{}", line.trim_end())?;
    }
    Ok(())
}

/// Copies the input as it arrives, so that even an endless body passes, until the other side
/// closes.
pub(crate) fn copy<W: Write>(
    mut input: impl BufRead,
    output: &mut UntilClosed<W>,
) -> io::Result<()> {
    while !output.closed {
        let read = match input.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            bytes => bytes?,
        };
        if read.is_empty() {
            break;
        }
        output.write_all(read)?;
        output.flush()?;
        let length = read.len();
        input.consume(length);
    }
    Ok(())
}
