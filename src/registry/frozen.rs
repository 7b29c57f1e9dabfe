//! What stands behind a registry's `Arc`.

mod edge_index;
mod id;
mod literal_index;
mod matcher;
pub(crate) mod pattern;
pub(crate) mod record;
mod rules;
mod view;

pub(crate) use id::Id;
pub(crate) use record::Rule;
pub use view::{CategoryView, DeclarationView, ServiceView};

use std::collections::HashMap;
use std::time::Duration;

use foldhash::fast::FixedState;

use super::consent_cookie::ConsentCookie;
use super::source_spec::{Combine, SourceSpec};
use super::text::Text;
use super::undeclared::Undeclared;
use matcher::{Claim, Matcher};
use pattern::Pattern;
use record::Records;

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
