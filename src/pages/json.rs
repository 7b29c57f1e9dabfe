//! The choice as JSON, for pages that are scripts.

use std::collections::BTreeMap;
use std::fmt;

use http::StatusCode;
use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;

use crate::choice::{Choice, Decision};
use crate::pages::refusal::Refusal;
use crate::registry::Registry;

/// A choice that a script puts in the visitor's name.
pub(super) struct Put {
    /// The version of the policy that the visitor was shown.
    pub(super) version: Option<String>,
    decisions: BTreeMap<String, Option<Decision>>,
}

/// Nothing may be there twice, since nobody could say which of both is meant.
impl<'de> Deserialize<'de> for Put {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Put;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with decisions")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Put, A::Error> {
                let (mut version, mut decisions) = (None, None);
                while let Some(field) = map.next_key::<String>()? {
                    match &*field {
                        "version" if version.is_some() => {
                            return Err(A::Error::duplicate_field("version"));
                        }
                        "version" => version = Some(map.next_value()?),
                        "decisions" if decisions.is_some() => {
                            return Err(A::Error::duplicate_field("decisions"));
                        }
                        "decisions" => decisions = Some(map.next_value::<Decisions>()?),
                        _ => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                let Decisions(decisions) =
                    decisions.ok_or_else(|| A::Error::missing_field("decisions"))?;
                Ok(Put { version: version.flatten(), decisions })
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

/// Decisions by the ids of categories and services, each of them once.
struct Decisions(BTreeMap<String, Option<Decision>>);

impl<'de> Deserialize<'de> for Decisions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EachOnce;

        impl<'de> Visitor<'de> for EachOnce {
            type Value = Decisions;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("decisions by the ids of categories and services")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Decisions, A::Error> {
                let mut decisions = BTreeMap::new();
                while let Some((id, decision)) = map.next_entry::<String, _>()? {
                    if decisions.contains_key(&id) {
                        return Err(A::Error::custom(format_args!("{id:?} is decided on twice")));
                    }
                    decisions.insert(id, decision);
                }
                Ok(Decisions(decisions))
            }
        }

        deserializer.deserialize_map(EachOnce)
    }
}

impl Put {
    /// Reads a body of the type `application/json`.
    pub(super) fn read(body: &[u8]) -> Result<Self, Refusal> {
        serde_json::from_slice(body).map_err(|error| {
            let status = match error.classify() {
                Category::Data => StatusCode::UNPROCESSABLE_ENTITY,
                Category::Io | Category::Syntax | Category::Eof => StatusCode::BAD_REQUEST,
            };
            Refusal::new(status, format!("The body is no choice: {error}."))
        })
    }

    /// Returns the choice. What is not named, or `null`, is not granted, but for a service, which follows its
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
