//! The contents of a registry, which its clones share.

use std::time::Duration;

use memchr::memmem::Finder;

use crate::name::exact_index::ExactIndex;
use crate::name::matcher::{Claim, Matcher};
use crate::name::pattern::Pattern;
#[cfg(feature = "cmp")]
use crate::registry::declare::cmp::usual::Purposes;
use crate::registry::declare::consent_cookie::ConsentCookie;
use crate::registry::declare::settings::Settings;
use crate::registry::problem::Problem;
use crate::registry::resolved::{Resolved, Rule};

/// The declarations and settings of a registry, with the indexes for looking them up.
#[derive(Clone, Debug)]
pub(crate) struct Contents {
    pub(crate) settings: Settings,
    pub(crate) consent_lifetime: Duration,
    pub(crate) resolved: Resolved,
    /// The numbers of categories and services by their ids, as each choice that is read asks for them.
    pub(crate) ids: ExactIndex,
    /// What the purposes lead to that the ids of CMPs usually have.
    #[cfg(feature = "cmp")]
    pub(crate) purposes: Purposes,
    /// The rule of each declaration, in the same order.
    pub(crate) rules: Vec<Rule>,
    pub(crate) undeclared: Option<Rule>,
    pub(crate) matcher: Matcher,
    /// A searcher for the name of the crate's own consent cookie.
    pub(crate) consent_cookie_name: Finder<'static>,
    pub(crate) warnings: Vec<Problem>,
}

impl Contents {
    /// Makes the contents from declarations that passed the checks. Returns `None` if there are
    /// more entries than numbers for them.
    pub(crate) fn new(
        settings: Settings,
        consent_lifetime: Duration,
        resolved: Resolved,
        undeclared_category: Option<usize>,
        warnings: Vec<Problem>,
    ) -> Option<Self> {
        u32::try_from(resolved.categories.len() + resolved.services.len()).ok()?;
        let rules = resolved.rules();
        let (mut exact, mut claims) = (Vec::new(), Vec::new());
        for (index, (declaration, rule)) in resolved.declarations.iter().zip(&rules).enumerate() {
            let index = u32::try_from(index).ok()?;
            let name = declaration.declared.name.as_bytes();
            match Pattern::parse(name) {
                Some(pattern) => claims.push(Claim { pattern, cap: rule.cap, declaration: index }),
                None => exact.push((name.into(), index)),
            }
        }
        Some(Self {
            undeclared: undeclared_category.map(|category| resolved.undeclared_rule(category)),
            consent_cookie_name: Finder::new(settings.consent_cookie.name()).into_owned(),
            matcher: Matcher::new(exact.into_iter(), claims).ok()?,
            ids: ExactIndex::new(resolved.numbered_ids()),
            #[cfg(feature = "cmp")]
            purposes: Purposes::of(|name| resolved.ids.get(name.as_bytes()).copied()),
            settings,
            consent_lifetime,
            resolved,
            rules,
            warnings,
        })
    }

    /// Replaces the settings of the consent cookie, and the searcher for its name.
    pub(crate) fn set_consent_cookie(&mut self, cookie: ConsentCookie) {
        self.consent_cookie_name = Finder::new(cookie.name()).into_owned();
        self.settings.consent_cookie = cookie;
    }
}
