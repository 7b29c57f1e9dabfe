//! Decides which lines are served in which wrapping from which host. Browsers keep some 180 cookies
//! for one site, so each line has its own domain, among a few others under one site.

use std::fmt;

use super::line::Line;
use super::wrapping::Wrapping;

/// The lines whose domains share a site.
pub(crate) const LINES_OF_A_SITE: usize = 120;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Run {
    pub(crate) wrapping: Wrapping,
    /// True if a cookie of the same name is set before, without a layer.
    pub(crate) again: bool,
}

impl Run {
    /// Returns every wrapping, once with an empty jar, and once with a cookie to be deleted.
    pub(crate) fn all() -> impl Iterator<Item = Run> {
        [false, true].into_iter().flat_map(|again| {
            Wrapping::ALL.into_iter().map(move |wrapping| Run { wrapping, again })
        })
    }

    /// Returns `true` if a line is worth being served.
    pub(crate) fn serves(self, line: &Line) -> bool {
        !self.again || line.deletes()
    }

    /// The site of a line.
    pub(crate) fn site(self, line: usize) -> String {
        format!("{self}-{}.test", line / LINES_OF_A_SITE)
    }

    /// The domain of a line.
    pub(crate) fn domain(self, line: usize) -> String {
        format!("line{line}.{}", self.site(line))
    }

    /// The run and the line to which a host belongs, and the domain of the line.
    pub(crate) fn of_host(host: &str) -> Option<(Run, usize, &str)> {
        let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
        let (_, site) = (dots.next()?, dots.next()?);
        let start = dots.next().map_or(0, |dot| dot + 1);
        let line = host[start..site].strip_prefix("line")?.parse().ok()?;
        let run = Run::all().find(|run| run.site(line) == host[site + 1..])?;
        Some((run, line, &host[start..]))
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Run { wrapping, again } = self;
        write!(f, "{wrapping}{}", if *again { "-again" } else { "" })
    }
}
