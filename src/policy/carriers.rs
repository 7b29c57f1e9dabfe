//! Tells which lines carry the visitor's choice (R8).
//!
//! A cookie's name alone makes no consent. A line carries the choice only if its value is one, and
//! if it puts the cookie where the browser keeps the choice that it replaces. A policy may demand
//! that this crate wrote it.

mod place;

use crate::choice::OwnCookie;
use crate::policy::carriers::place::Place;
use crate::policy::{Policy, Visit};
use crate::set_cookie::SetCookie;

/// The part that a line plays for the visitor's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carrier {
    /// It stores a choice in the crate's own cookie, in the place that the registry sets.
    Own,
    /// It goes by the name of a cookie from which another source reads.
    OfSource,
    /// It would be read as the visitor's choice, and [`Consent::store`](crate::Consent::store) did not
    /// write it, as the policy demands.
    Foreign,
}

/// The effect of a line on the cookie that carries the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// It is about a cookie in another place.
    Not,
    /// Some browser may replace or delete that cookie by it.
    Perhaps,
    /// Every browser does.
    Surely,
}

/// Tells at a glance most lines that cannot carry the choice. Where it is read from the crate's own
/// cookie alone, hardly any other line begins as that does.
#[derive(Clone, Copy)]
pub(super) struct Prefilter<'a> {
    /// `None` lets every line pass.
    start: Option<&'a [u8; 4]>,
}

impl Prefilter<'_> {
    /// Returns `true` if a request may carry the cookie of a line under a name that is read as the choice.
    #[inline]
    pub(super) fn passes(self, line: &[u8]) -> bool {
        let Some(start) = self.start else { return true };
        // There may be blanks before a name. Of a line that begins with `=`, the name is in its value.
        line.first_chunk() == Some(start) || matches!(line, [b' ' | b'\t' | b'=', ..])
    }
}

impl Policy {
    pub(super) fn prefilter(&self) -> Prefilter<'_> {
        let own = self.registry().consent_cookie().name().as_bytes();
        Prefilter { start: own.first_chunk().filter(|_| !self.0.sources.has_others()) }
    }

    /// Returns the part that a line plays for this visitor's choice; `None` if it is judged as any
    /// other cookie of its name.
    pub(super) fn carrier(&self, visit: &Visit, cookie: &SetCookie<'_>) -> Option<Carrier> {
        if !self.is_carrier_name(cookie.request_name()) {
            None
        } else if self.is_store_only() {
            Some(if visit.wrote(cookie.line()) { Carrier::Own } else { Carrier::Foreign })
        } else if self.is_of_source(cookie.name()) {
            Some(Carrier::OfSource)
        } else {
            let stores_choice = self.reach(cookie) == Reach::Surely
                && OwnCookie.holds_choice(cookie.value(), self.registry());
            stores_choice.then_some(Carrier::Own)
        }
    }

    /// Returns the effect of a line on the cookie that carries the choice and goes by its request
    /// name.
    ///
    /// The domain of a banner's cookie is known to the banner alone. All of them lie under the root
    /// path.
    pub(super) fn reach(&self, cookie: &SetCookie<'_>) -> Reach {
        let own = self.registry().consent_cookie();
        // A cookie without a name differs from the cookie whose name its value looks like. But
        // browsers were measured to read such lines differently.
        let place = Place::of(cookie).filter(|_| !cookie.is_nameless());
        let Some(place) = place else { return Reach::Perhaps };
        let (is_same, secure, partitioned) = if self.is_of_source(cookie.name()) {
            (place.path == b"/", place.secure, false)
        } else {
            (place.is_at(own.domain(), own.path()), own.is_secure(), own.is_partitioned())
        };
        if !is_same {
            Reach::Not
        } else if (place.secure, place.partitioned) == (secure, partitioned) {
            Reach::Surely
        } else {
            Reach::Perhaps
        }
    }

    /// Returns `true` if a cookie of this name is read as the visitor's choice. The crate's own
    /// cookie counts as one even where the source is a closure around it.
    pub(super) fn is_carrier_name(&self, cookie_name: &[u8]) -> bool {
        cookie_name == self.registry().consent_cookie_name().needle()
            || self.is_of_source(cookie_name)
    }

    fn is_of_source(&self, cookie_name: &[u8]) -> bool {
        self.0.sources.others_own(cookie_name, self.registry())
    }
}
