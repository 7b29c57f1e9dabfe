//! Finds the cookies that the visitor's browser holds without the visitor's leave, and deletes them
//! (R20).

use std::collections::BTreeSet;

use http::HeaderValue;

use crate::choice::{Choice, RequestHeaders};
use crate::headers::cookie::Pair;
use crate::policy::Policy;
use crate::policy::deletions::{Held, Lines, Places};
use crate::policy::page::Page;
use crate::policy::permission::permission;
use crate::registry::Rule;
use crate::report::StripReason;
use crate::set_cookie::SameSite;

impl Policy {
    /// The rule of a cookie that is declared and not allowed, and why it is not. The choice is asked
    /// for where the verdict depends on it.
    #[inline]
    pub(super) fn leftover<'a>(
        &self,
        cookie_name: &[u8],
        choice: impl Fn() -> &'a Choice,
    ) -> Option<(&Rule, StripReason)> {
        // The consent cookie is in most requests, and in no registry.
        if cookie_name == self.registry().consent_cookie_name().needle() {
            return None;
        }
        let rule = self.registry().lookup(cookie_name)?;
        let reason = permission(rule.basis, rule.category, rule.service, choice).err()?;
        // A pattern may cover what the sweep itself needs.
        (!self.is_memory_name(cookie_name) && !self.is_carrier_name(cookie_name))
            .then_some((rule, reason))
    }
}

/// The deletions of all carried cookies that the registry declares and the choice does not allow. A
/// policy that sweeps takes those that fit into a response, and the next one the others ([R19](crate::rules#r19)).
pub(super) fn deletions(
    policy: &Policy,
    request: &RequestHeaders,
    page: &Page,
    choice: &Choice,
) -> Vec<HeaderValue> {
    let registry = policy.registry();
    let choice = &choice.translated_to(registry);
    let is_framed = page.navigation().is_some_and(|it| it.is_framed)
        || registry.consent_cookie().same_site() == SameSite::None;
    let places = Places::around(page, is_framed);
    let names: BTreeSet<Held<'_>> = request.pairs().map(Held::from).collect();
    let mut lines = Lines::default();
    for held in names {
        let leftover = policy.leftover(held.name, || choice);
        let Some((rule, _)) = leftover else { continue };
        let Some(declared) = registry.declaration_of(rule) else { continue };
        let before = lines.len();
        places.write(held, rule, declared, &mut lines);
        if policy.sweeps() {
            lines.fit(before, 0, 0);
        }
    }
    lines.into_values().collect()
}

impl<'a> From<Pair<'a>> for Held<'a> {
    /// Browsers send a cookie that has no name as its value alone, which then looks like one. Others may send a
    /// `=` before it.
    fn from(pair: Pair<'a>) -> Self {
        Held { name: pair.request_name(), is_nameless: !pair.has_name() }
    }
}
