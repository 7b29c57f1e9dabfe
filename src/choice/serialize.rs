//! A choice as a page's script or a template wants it.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::choice::Choice;

/// A choice serializes to these four fields:
///
/// ```
/// use tower_cookie_consent::registry::{Category, Service};
/// use tower_cookie_consent::{Choice, Registry};
///
/// let registry = Registry::builder()
///     .version("7")
///     .category(Category::necessary("essential"))
///     .category(Category::consent("analytics").service(Service::new("hotjar")))
///     .category(Category::consent("chat"))
///     .build()?;
/// let choice = Choice::decided(&registry).grant("analytics");
/// # fn json(choice: &Choice) -> String { serde_json::to_string_pretty(choice).unwrap() }
/// assert_eq!(json(&choice), r#"{
///   "decided": true,
///   "version": "7",
///   "time": null,
///   "decisions": {
///     "analytics": "granted",
///     "chat": null,
///     "hotjar": "granted"
///   }
/// }"#);
/// # Ok::<(), tower_cookie_consent::ConfigError>(())
/// ```
///
/// `decisions` has every category and every service that asks the visitor, first the categories. A
/// service without a decision of its own has its category's, and `null` means that the category has
/// none either. `time` is in seconds since the epoch, or `null` where no time is known. `version`
/// is the policy's, or `null` where the choice was made under another one.
impl Serialize for Choice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_of_this_version = !self.stated.is_of_another_version();
        let version = is_of_this_version.then(|| self.registry.version());
        let mut choice = serializer.serialize_struct("Choice", 4)?;
        choice.serialize_field("decided", &self.decided)?;
        choice.serialize_field("version", &version)?;
        choice.serialize_field("time", &self.seconds())?;
        choice.serialize_field("decisions", &Decisions(self))?;
        choice.end()
    }
}

struct Decisions<'a>(&'a Choice);

impl Serialize for Decisions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Decisions(choice) = self;
        let asking = choice.registry.ids().filter(|(id, _)| choice.registry.asks(*id));
        let decisions = asking.map(|(id, name)| (name, choice.decision_meant_for(id)));
        serializer.collect_map(decisions)
    }
}
