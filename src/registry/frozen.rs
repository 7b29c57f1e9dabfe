//! What stands behind a registry's `Arc`.

use std::collections::HashMap;
use std::time::Duration;

use foldhash::fast::FixedState;

use crate::name::matcher::{Claim, Matcher};
use crate::name::pattern::Pattern;
use crate::registry::declare::consent_cookie::ConsentCookie;
use crate::registry::declare::source_spec::{Combine, SourceSpec};
use crate::registry::declare::text::Text;
use crate::registry::declare::undeclared::Undeclared;
use crate::registry::id::Id;
use crate::registry::record::{Records, Rule};

#[derive(Debug)]
pub(crate) struct Frozen {
    pub(crate) version: String,
    pub(crate) updated: Option<String>,
    pub(crate) title: Option<Text>,
    pub(crate) consent_lifetime: Duration,
    pub(crate) consent_cookie: ConsentCookie,
    pub(crate) consent_sources: Vec<SourceSpec>,
    pub(crate) combine: Combine,
    pub(crate) undeclared: Undeclared,
    pub(crate) records: Records,
    pub(crate) index: Index,
}

/// What the records are searched by.
#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) ids: HashMap<String, Id, FixedState>,
    /// In the order of the declarations.
    pub(crate) rules: Vec<Rule>,
    pub(crate) undeclared: Option<Rule>,
    pub(crate) matcher: Matcher,
}

impl Index {
    /// An index of records that passed the checks; `None` where there are more than it can number.
    pub(crate) fn new(records: &Records, undeclared_category: Option<usize>) -> Option<Self> {
        let mut ids = HashMap::default();
        for (index, category) in records.categories.iter().enumerate() {
            ids.insert(category.id.clone(), Records::category_id(index)?);
        }
        for (index, service) in records.services.iter().enumerate() {
            ids.insert(service.id.clone(), records.service_id(index)?);
        }
        let rules = records.rules()?;
        let undeclared = match undeclared_category {
            Some(index) => {
                let category = &records.categories[index];
                Some(Rule {
                    category: Records::category_id(index)?,
                    service: None,
                    basis: category.basis,
                    cap: category.lifetime,
                    refresh: category.refresh.unwrap_or(true),
                    declaration: None,
                })
            }
            None => None,
        };
        let (mut exact, mut claims) = (Vec::new(), Vec::new());
        for (index, (declaration, rule)) in records.declarations.iter().zip(&rules).enumerate() {
            let index = u32::try_from(index).ok()?;
            let name = declaration.name.as_bytes();
            match Pattern::parse(name) {
                Some(pattern) => claims.push(Claim { pattern, cap: rule.cap, declaration: index }),
                None => exact.push((name.into(), index)),
            }
        }
        Some(Self {
            ids,
            undeclared,
            matcher: Matcher::new(exact.into_iter(), claims).ok()?,
            rules,
        })
    }
}
