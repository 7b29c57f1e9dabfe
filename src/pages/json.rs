//! The choice as JSON, for pages that are scripts.

use std::collections::BTreeMap;

use http::StatusCode;
use serde::de::Error as _;
use serde_json::Value;

use crate::choice::{Choice, Decision};
use crate::pages::refusal::Refusal;
use crate::registry::Registry;

/// A choice that a script puts in the visitor's name.
pub(super) struct Put {
    /// The version of the policy that the visitor was shown.
    pub(super) version: Option<String>,
    decisions: BTreeMap<String, Option<Decision>>,
}

impl Put {
    /// Reads a body of the type `application/json`.
    pub(super) fn read(body: &[u8]) -> Result<Self, Refusal> {
        let refusal =
            |status| move |error| Refusal::new(status, format!("The body is no choice: {error}."));
        let value: Value =
            serde_json::from_slice(body).map_err(refusal(StatusCode::BAD_REQUEST))?;
        Put::from_value(value).map_err(refusal(StatusCode::UNPROCESSABLE_ENTITY))
    }

    fn from_value(mut value: Value) -> serde_json::Result<Self> {
        let mut field = |name| value.get_mut(name).map(Value::take);
        let version = field("version").unwrap_or_default();
        let decisions =
            field("decisions").ok_or_else(|| serde_json::Error::missing_field("decisions"))?;
        Ok(Put {
            version: serde_json::from_value(version)?,
            decisions: serde_json::from_value(decisions)?,
        })
    }

    /// The choice. What is not named, or `null`, is not granted, but for a service, which follows its
    /// category.
    pub(super) fn choice(&self, registry: &Registry) -> Result<Choice, Refusal> {
        let decisions = self.decisions.iter().filter_map(|(id, decision)| Some((id, (*decision)?)));
        decisions
            .into_iter()
            .try_fold(Choice::decided(registry), |choice, (id, decision)| match decision {
                Decision::Granted => choice.try_grant(id),
                Decision::Refused => choice.try_refuse(id),
            })
            .map_err(|error| Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, format!("{error}.")))
    }
}
