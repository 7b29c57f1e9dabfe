//! Which cookies carry the visitor's choice (R8).

use crate::policy::Policy;
use crate::registry::Rule;

impl Policy {
    /// Whether a cookie of this name carries the choice: then it is necessary.
    pub(super) fn is_carrier(&self, cookie_name: &[u8]) -> bool {
        self.0.sources.own(cookie_name, self.registry())
    }

    /// What the registry says of a cookie that carries the choice: only what it says of that very
    /// name, since patterns and the rule for undeclared cookies were not written for it.
    pub(super) fn rule_of_carrier<'a>(&'a self, declared: Option<&'a Rule>) -> Option<&'a Rule> {
        declared.filter(|rule| self.registry().names_exactly(rule))
    }
}
