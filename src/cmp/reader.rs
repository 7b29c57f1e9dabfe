//! Finding the cookies of a CMP in a request.

use crate::choice::{Choice, Decision, read_copies};
use crate::cmp::context::Context;
use crate::cmp::statement::Statement;

/// The cookies of a request that may be a CMP's, and the source that reads them.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) context: Context<'a>,
    /// Name and value of each, in their order.
    pub(crate) cookies: &'a [(&'a [u8], &'a [u8])],
}

impl<'a> Reader<'a> {
    /// The choice in the cookies that carry it.
    ///
    /// `read` writes down what a value says, and returns `None` if that is no choice.
    pub(crate) fn choice(&self, read: impl Fn(&[u8], &mut Statement<'_>) -> Option<()>) -> Choice {
        self.choice_in(self.carries(), read).unwrap_or_else(|| self.undecided())
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
        choice: Choice,
        names: impl Fn(&[u8]) -> bool,
        read: impl Fn(&[u8], &mut Statement<'_>) -> Option<()>,
    ) -> Choice {
        match self.choice_in(names, read) {
            Some(objections) => self.with_refusals(choice, &objections),
            None => choice,
        }
    }

    /// The choice, and with it what another one refuses.
    pub(crate) fn with_refusals(&self, mut choice: Choice, other: &Choice) -> Choice {
        for (id, _) in self.context.registry.ids() {
            if other.decision_on(id) == Some(Decision::Refused) {
                choice.refuse_id(id);
            }
        }
        choice
    }

    /// The choice in the cookies of several versions of the CMP, of those that there are. An older
    /// one says less than a newer one, but what it refuses is refused, and what it grants is granted
    /// if the others that decide grant it too.
    pub(crate) fn choice_of_versions<const N: usize>(
        &self,
        versions: [Option<Choice>; N],
    ) -> Choice {
        let present = versions.into_iter().flatten();
        present.reduce(|one, other| one.merge_source(&other)).unwrap_or_else(|| self.undecided())
    }

    /// The values of all copies of the cookies of these names.
    pub(crate) fn values(&self, names: impl Fn(&[u8]) -> bool) -> impl Iterator<Item = &'a [u8]> {
        self.cookies.iter().filter(move |(name, _)| names(name)).map(|(_, value)| *value)
    }

    /// The values of all copies of one cookie.
    pub(crate) fn cookie(&self, name: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        self.values(move |its_name| its_name == name)
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
