//! What stands behind a registry's `Arc`.

use std::collections::HashMap;
use std::time::Duration;

use foldhash::fast::FixedState;

use super::consent_cookie::ConsentCookie;
use super::id::Id;
use super::matcher::{Claim, Matcher};
use super::pattern::Pattern;
use super::record::{Records, Rule};
use super::text::Text;
use super::undeclared::Undeclared;

#[derive(Debug)]
pub(super) struct Frozen {
    pub(super) version: String,
    pub(super) updated: Option<String>,
    pub(super) title: Option<Text>,
    pub(super) consent_lifetime: Duration,
    pub(super) consent_cookie: ConsentCookie,
    pub(super) undeclared: Undeclared,
    pub(super) records: Records,
    pub(super) index: Index,
}

/// What the records are searched by.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) ids: HashMap<String, Id, FixedState>,
    /// In the order of the declarations.
    pub(super) rules: Vec<Rule>,
    pub(super) undeclared: Option<Rule>,
    pub(super) matcher: Matcher,
}

impl Index {
    /// An index of records that passed the checks; `None` where there are more than it can number.
    pub(super) fn new(records: &Records, undeclared_category: Option<usize>) -> Option<Self> {
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
                    refresh: true,
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
