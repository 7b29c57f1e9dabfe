//! A request and its response as plain data.

use std::fmt;

use crate::reader;

#[derive(Clone, Debug, Default)]
pub(crate) struct Visit {
    /// The request's `Cookie` lines.
    pub(crate) cookies: Vec<Vec<u8>>,
    /// The values of its `Sec-GPC` and `DNT` headers.
    pub(crate) gpc: Vec<Vec<u8>>,
    pub(crate) dnt: Vec<Vec<u8>>,
    /// The `Date` headers of the response.
    pub(crate) dates: Vec<Vec<u8>>,
    /// The response's `Set-Cookie` lines, without those that the crate writes.
    pub(crate) lines: Vec<Written>,
}

/// A `Set-Cookie` line, or lines that the crate writes for a visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    Line(Vec<u8>),
    /// The response stores a choice with these ids granted, and those refused.
    Store {
        granted: Vec<String>,
        refused: Vec<String>,
        by_this_request: bool,
    },
    Withdraw {
        by_this_request: bool,
    },
}

impl Visit {
    /// Returns the name and value of every cookie of the request.
    pub(crate) fn request_cookies(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let pairs = self.cookies.iter().flat_map(|line| line.split(|&byte| byte == b';'));
        pairs.filter(|pair| !reader::trim(pair).is_empty()).map(|pair| match reader::cut(pair) {
            Some((name, value)) => (reader::trim(name), reader::trim(value)),
            None => (reader::trim(pair), &pair[..0]),
        })
    }
}

/// Returns the visit as header lines.
impl fmt::Display for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = [
            ("> Cookie", &self.cookies),
            ("> Sec-GPC", &self.gpc),
            ("> DNT", &self.dnt),
            ("< Date", &self.dates),
        ];
        for (name, values) in headers {
            for value in values {
                writeln!(f, "{name}: {}", value.escape_ascii())?;
            }
        }
        for line in &self.lines {
            match line {
                Written::Line(line) => writeln!(f, "< Set-Cookie: {}", line.escape_ascii())?,
                written => writeln!(f, "< {written:?}")?,
            }
        }
        Ok(())
    }
}
