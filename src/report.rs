//! Tells what was done to the cookies of one response, and why (R15).

mod entry;
mod escaped;
mod observed;
mod ruling;
mod swept;
mod verdict;
mod withheld;

use std::fmt;
use std::sync::OnceLock;

use serde::ser::{Serialize, SerializeStruct, Serializer};

pub use crate::report::entry::ReportEntry;
pub use crate::report::escaped::Escaped;
pub use crate::report::observed::{JudgedLine, Observed};
pub(crate) use crate::report::ruling::Ruling;
pub use crate::report::swept::SweptCookie;
pub use crate::report::verdict::{CapReason, KeepReason, StripReason, UnknownReason, Verdict};
pub use crate::report::withheld::WithheldCookie;
pub(crate) use crate::report::withheld::{Notes, Withheld};

use crate::registry::{Id, Registry, Rule};
use crate::report::entry::Home;
use crate::report::observed::told_name;
use crate::set_cookie::{Attributes, Edit, Floor, ServedAt, SetCookie, is_printable};

/// The verdicts on all `Set-Cookie` lines of one response, in their order.
#[derive(Clone, Default)]
pub struct Report {
    lines: Vec<Line>,
    /// The name of each line and then its attributes, and never its value.
    text: Vec<u8>,
    /// The registry and the time by which the lines were judged; `None` only in a report of no response.
    judged_by: Option<JudgedBy>,
    only_reports: bool,
    pub(crate) for_one_visitor: bool,
    pub(crate) told: Told,
    /// The entries are made when somebody first looks. Nobody looks at most reports, and writing
    /// the entries takes longer than judging the lines.
    entries: OnceLock<Vec<ReportEntry>>,
}

/// The part of a report that is not about the lines of the response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) swept: Vec<SweptCookie>,
    pub(crate) withheld: Withheld,
}

impl Told {
    pub(crate) fn is_empty(&self) -> bool {
        self.swept.is_empty() && self.withheld.is_empty()
    }
}

/// The registry and the time by which the lines of one response were judged.
#[derive(Clone)]
struct JudgedBy {
    registry: Registry,
    served_at: ServedAt,
}

/// The parts that an entry is made of.
#[derive(Clone)]
struct Line {
    ruling: Ruling,
    raised: Floor,
    /// Is `true` if name and value are printable ASCII, on which it depends what a deletion is.
    is_pair_printable: bool,
    category: Option<Id>,
    service: Option<Id>,
    /// The ends of the name and of the attributes in the text. The name begins where the line
    /// before it ends.
    name_end: usize,
    end: usize,
}

impl Line {
    fn is_unchanged(&self) -> bool {
        self.ruling.is_keep() && self.raised.is_empty()
    }
}

/// The number of bytes that hold name and attributes of nearly every line.
const USUAL_TEXT: usize = 96;

impl Report {
    /// Returns a report on so many lines, none of which has been told yet.
    pub(crate) fn new(
        registry: &Registry,
        served_at: ServedAt,
        only_reports: bool,
        lines: usize,
    ) -> Self {
        Report {
            lines: Vec::with_capacity(lines),
            text: Vec::with_capacity(lines * USUAL_TEXT),
            judged_by: Some(JudgedBy { registry: registry.clone(), served_at }),
            only_reports,
            for_one_visitor: false,
            told: Told::default(),
            entries: OnceLock::new(),
        }
    }

    /// A report on a response that sets no cookie.
    pub(crate) fn of_nothing_set(only_reports: bool, told: Told) -> Self {
        let for_one_visitor = !told.swept.is_empty();
        Report { only_reports, for_one_visitor, told, ..Report::default() }
    }

    /// Tells of a line, and of the rule that it fell under.
    pub(crate) fn add(
        &mut self,
        line: &SetCookie<'_>,
        rule: Option<&Rule>,
        ruling: Ruling,
        raised: Floor,
    ) {
        let (pair, attributes) = line.pair_and_attributes();
        if let Some(by) = &self.judged_by {
            self.text.extend_from_slice(told_name(line, rule, &by.registry));
        }
        let name_end = self.text.len();
        self.text.extend_from_slice(attributes.as_bytes());
        self.lines.push(Line {
            ruling,
            raised,
            is_pair_printable: is_printable(pair),
            category: rule.map(|rule| rule.category),
            service: rule.and_then(|rule| rule.service),
            name_end,
            end: self.text.len(),
        });
    }

    /// Returns one entry a line, in the order of the response.
    pub fn entries(&self) -> &[ReportEntry] {
        self.entries.get_or_init(|| {
            let Some(by) = &self.judged_by else { return Vec::new() };
            let mut start = 0;
            let entry = |line: &Line| {
                let name = &self.text[start..line.name_end];
                let attributes = Attributes::new(&self.text[line.name_end..line.end]);
                start = line.end;
                let name_of = |id: Option<Id>| Some(by.registry.name_of(id?));
                let home =
                    Home { category: name_of(line.category), service: name_of(line.service) };
                let lifetime = attributes.lifetime(line.is_pair_printable, by.served_at);
                let verdict = line.ruling.verdict(|| lifetime);
                ReportEntry::new(name, attributes, home, verdict, lifetime, line.raised)
            };
            self.lines.iter().map(entry).collect()
        })
    }

    /// Returns the category and the verdict of each line, in the order of the response. To count lines takes
    /// less with these than with their entries, which hold names and attributes.
    pub fn verdicts(&self) -> impl Iterator<Item = (Option<&str>, Verdict)> {
        self.judged_by.iter().flat_map(|by| self.lines.iter().map(move |line| (by, line))).map(
            move |(by, line)| {
                let attributes = Attributes::new(&self.text[line.name_end..line.end]);
                let category = line.category.map(|id| by.registry.name_of(id));
                let asked = || attributes.lifetime(line.is_pair_printable, by.served_at);
                (category, line.ruling.verdict(asked))
            },
        )
    }

    /// Returns the entries that did not pass byte for byte.
    pub fn changes(&self) -> impl Iterator<Item = &ReportEntry> {
        self.entries().iter().filter(|entry| !entry.is_unchanged())
    }

    /// Returns the cookies that the visitor's browser held and that the response deletes, since the policy does
    /// not allow them ([R19](crate::rules#r19)). A policy that only reports deletes nothing.
    pub fn swept(&self) -> &[SweptCookie] {
        &self.told.swept
    }

    /// Returns `true` if the response leaves as it came, line for line, and the application got all cookies of
    /// the request.
    pub fn is_unchanged(&self) -> bool {
        self.told.is_empty() && self.lines.iter().all(Line::is_unchanged)
    }

    /// Returns the cookies of the request that the application did not get to read
    /// ([R22](crate::rules#r22)), in their order; if the policy only reports, it got to read them
    /// after all.
    pub fn withheld(&self) -> &[WithheldCookie] {
        &self.told.withheld
    }

    /// Returns `true` if nothing was judged.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.told.is_empty()
    }

    /// Returns what the policy does to each line, in the order of the response. A policy that only reports
    /// keeps them all ([R13](crate::rules#r13)).
    pub fn edits(&self) -> impl ExactSizeIterator<Item = Edit> {
        self.lines
            .iter()
            .map(|line| if self.only_reports { Edit::Keep } else { line.ruling.edit(line.raised) })
    }

    /// Returns `true` if the response is for this visitor alone, so that no shared cache may keep it
    /// ([R23](crate::rules#r23)): some line did not pass as it was, or passed by the visitor's choice.
    ///
    /// A response that gets lines of [`Policy::sweep`](crate::Policy::sweep) is so, too. Where a policy
    /// edits a response's headers itself, it has seen to this.
    pub fn is_for_one_visitor(&self) -> bool {
        self.for_one_visitor
    }

    /// Returns `true` if the policy only reported, and left the response as it was ([R13](crate::rules#r13)).
    pub fn is_report_only(&self) -> bool {
        self.only_reports
    }
}

impl PartialEq for Report {
    fn eq(&self, other: &Self) -> bool {
        self.entries() == other.entries()
            && self.only_reports == other.only_reports
            && self.for_one_visitor == other.for_one_visitor
            && self.told == other.told
    }
}

impl Eq for Report {}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report")
            .field("entries", &self.entries())
            .field("swept", &self.told.swept)
            .field("withheld", &self.withheld())
            .field("report_only", &self.only_reports)
            .field("for_one_visitor", &self.for_one_visitor)
            .finish_non_exhaustive()
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Told { swept, withheld } = &self.told;
        let fields = 2 + usize::from(!swept.is_empty()) + usize::from(!withheld.is_empty());
        let mut report = serializer.serialize_struct("Report", fields)?;
        report.serialize_field("entries", self.entries())?;
        if !swept.is_empty() {
            report.serialize_field("swept", swept)?;
        }
        report.serialize_field("report_only", &self.only_reports)?;
        if !withheld.is_empty() {
            report.serialize_field("withheld", &**withheld)?;
        }
        report.end()
    }
}

/// A line for each entry, then one for each cookie that was swept.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries().iter().try_for_each(|entry| writeln!(f, "{entry}"))?;
        self.told.swept.iter().try_for_each(|cookie| writeln!(f, "{cookie}"))
    }
}
