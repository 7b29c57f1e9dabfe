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
    /// The choice in the cookies that carry it.
    ///
    /// `read` writes down what a value says, and returns `None` if that is no choice.
    pub(crate) fn choice(&self, read: impl Fn(&[u8], &mut Statement<'_>) -> Option<()>) -> Choice {
        self.choice_among(self.carries(), read)
    }

    /// The choice in the cookies of these names; undecided if there is none of them.
    pub(crate) fn choice_among(
        &self,
        names: impl Fn(&[u8]) -> bool,
        read: impl Fn(&[u8], &mut Statement<'_>) -> Option<()>,
    ) -> Choice {
        self.choice_in(names, read).unwrap_or_else(|| self.undecided())
    }

    /// Tells whether the choice is in a cookie of this name.
    pub(crate) fn carries(&self) -> impl Fn(&[u8]) -> bool + use<'a> {
        let source = self.context.source;
        |name| source.carries(name)
    }

    /// The values of all copies of the cookies that carry the choice.
    pub(crate) fn carried(&self) -> impl Iterator<Item = &'a [u8]> {
        self.values(self.carries())
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
