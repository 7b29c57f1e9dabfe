//! Compares how strict two policies are (R25).

use crate::policy::Policy;
use crate::registry::{Basis, MaxLifetime};

/// The most that a policy allows to the cookies of one name.
#[derive(Clone, Copy)]
enum Strictness {
    /// They never pass.
    Never,
    /// They pass by this basis, and live no longer than this.
    By(Basis, Option<MaxLifetime>),
}

/// The first thing by which `policy` is laxer than `other`; `None` if it is at least as strict.
///
/// They are compared at every name and pattern that one of them declares, and at what neither does.
pub(super) fn laxer_at(policy: &Policy, other: &Policy) -> Option<String> {
    if policy.is_report_only() && !other.is_report_only() {
        return Some("it only reports".to_owned());
    }
    let declared = [policy, other].into_iter().flat_map(|policy| policy.registry().declarations());
    let mut names = declared.map(|declaration| declaration.name());
    let laxer = |name: Option<&str>| !policy.strictness(name).is_at_least(other.strictness(name));
    if let Some(name) = names.find(|name| laxer(Some(name))) {
        return Some(format!("it allows {name:?} more"));
    }
    laxer(None).then(|| "it allows more of what is not declared".to_owned())
}

impl Policy {
    /// The strictness of the policy with cookies of this name, or with those that nothing declares.
    fn strictness(&self, name: Option<&str>) -> Strictness {
        let registry = self.registry();
        let declared = name.and_then(|name| registry.lookup(name.as_bytes()));
        match declared.or_else(|| registry.undeclared_rule()) {
            Some(rule) if rule.basis == Basis::Prohibited => Strictness::Never,
            Some(rule) => Strictness::By(rule.basis, rule.cap),
            None if registry.keeps_undeclared() => Strictness::By(Basis::Necessary, None),
            None => Strictness::Never,
        }
    }
}

impl Strictness {
    fn is_at_least(self, other: Strictness) -> bool {
        let weight = |basis| match basis {
            Basis::Necessary => 0,
            Basis::OptOut => 1,
            Basis::Consent => 2,
            Basis::Prohibited => 3,
        };
        match (self, other) {
            (Strictness::Never, _) => true,
            (_, Strictness::Never) => false,
            (Strictness::By(basis, cap), Strictness::By(others, most)) => {
                let is_capped = most.is_none_or(|most| cap.is_some_and(|cap| cap <= most));
                weight(basis) >= weight(others) && is_capped
            }
        }
    }
}
