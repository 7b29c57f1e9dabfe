//! Decides whether a visitor's choice covers a category or a service.

use crate::choice::{Choice, Decision};
use crate::registry::{Basis, Id, Registry, Rule};
use crate::report::{KeepReason, StripReason};

/// R6 for a cookie: by the rule that it falls under, or without one as the registry says of
/// cookies that it does not declare.
#[inline]
pub(super) fn permission_by<'a>(
    registry: &Registry,
    rule: Option<&Rule>,
    choice: impl Fn() -> &'a Choice,
) -> Result<KeepReason, StripReason> {
    match rule {
        Some(rule) => permission(rule.basis, rule.category, rule.service, choice),
        None if registry.keeps_undeclared() => Ok(KeepReason::Undeclared),
        None => Err(StripReason::Undeclared),
    }
}

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
