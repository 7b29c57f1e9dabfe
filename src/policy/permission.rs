//! Decides whether a visitor's choice covers a category or a service.

use crate::choice::{Choice, Decision};
use crate::registry::{Basis, Id};
use crate::report::{KeepReason, StripReason};

/// R6. The choice is read only if the basis leaves it to the visitor.
#[inline]
pub(super) fn permission<'a>(
    basis: Basis,
    category: Id,
    service: Option<Id>,
    choice: impl Fn() -> &'a Choice,
) -> Result<KeepReason, StripReason> {
    let decision = || choice().decision_for(category, service);
    match basis {
        Basis::Necessary => Ok(KeepReason::Necessary),
        Basis::Prohibited => Err(StripReason::Prohibited),
        Basis::Consent => match decision() {
            Some(Decision::Granted) => Ok(KeepReason::Granted),
            Some(Decision::Refused) => Err(StripReason::Refused),
            None if choice().is_decided() => Err(StripReason::NotGranted),
            None => Err(StripReason::Undecided),
        },
        Basis::OptOut => match decision() {
            Some(Decision::Granted) => Ok(KeepReason::Granted),
            Some(Decision::Refused) => Err(StripReason::Refused),
            None => Ok(KeepReason::NotRefused),
        },
    }
}
