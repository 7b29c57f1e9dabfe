//! Finding the cookies of a CMP in a request.

use crate::choice::{Choice, Decision, RequestHeaders, read_copies};
use crate::cmp::context::Context;
use crate::cmp::statement::Statement;

/// A request, and the source that looks for its CMP's cookies there.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) context: Context<'a>,
    pub(crate) request: &'a RequestHeaders,
}

impl<'a> Reader<'a> {
    /// The choice in the cookie that the site named, or else in those of usual names.
    ///
    /// `read` writes down what a value says, and returns `None` if that is no choice.
    pub(crate) fn choice(
        &self,
        usual: impl Fn(&[u8]) -> bool,
        read: impl Fn(&[u8], &mut Statement<'_>) -> Option<()>,
    ) -> Choice {
        self.choice_in(self.named_or(usual), read).unwrap_or_else(|| self.undecided())
    }

    /// Tells whether a name is the one that the site named, or else one of the usual.
    pub(crate) fn named_or(&self, usual: impl Fn(&[u8]) -> bool) -> impl Fn(&[u8]) -> bool {
        let named = self.context.source.cookie().map(str::as_bytes);
        move |name| named.map_or_else(|| usual(name), |named| name == named)
    }

    /// The choice in the cookies of these names; `None` if there is none of them. Copies that
    /// disagree leave the most restrictive (R7).
    pub(crate) fn choice_in(
        &self,
        names: impl Fn(&[u8]) -> bool,
        read: impl Fn(&[u8], &mut Statement<'_>) -> Option<()>,
    ) -> Option<Choice> {
        read_copies(self.values(names), |value| {
            let mut statement = Statement::new(self.context);
            match read(value, &mut statement) {
                Some(()) => statement.choice(),
                None => self.undecided(),
            }
        })
    }

    /// The choice, and with it what the visitor objects to in the cookies of these names: that is
    /// refused, whatever else was said.
    pub(crate) fn with_objections(
        &self,
        mut choice: Choice,
        names: impl Fn(&[u8]) -> bool,
        read: impl Fn(&[u8], &mut Statement<'_>) -> Option<()>,
    ) -> Choice {
        let Some(objections) = self.choice_in(names, read) else { return choice };
        for (id, _) in self.context.registry.ids() {
            if objections.decision_on(id) == Some(Decision::Refused) {
                choice.refuse_id(id);
            }
        }
        choice
    }

    /// The values of all copies of the cookies of these names.
    pub(crate) fn values(&self, names: impl Fn(&[u8]) -> bool) -> impl Iterator<Item = &'a [u8]> {
        self.request.cookies().filter(move |(name, _)| names(name)).map(|(_, value)| value)
    }

    /// The choice that several cookies state together, each a part of it.
    pub(crate) fn joint_choice(
        &self,
        read: impl FnOnce(&mut Statement<'_>) -> Option<()>,
    ) -> Choice {
        let mut statement = Statement::new(self.context);
        match read(&mut statement) {
            Some(()) => statement.choice(),
            None => self.undecided(),
        }
    }

    pub(crate) fn undecided(&self) -> Choice {
        Choice::undecided(self.context.registry)
    }
}
