//! A consent as a page's script or a template wants it.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::choice::Decision;
use crate::policy::Consent;
use crate::registry::Basis;

/// A consent serializes to these five fields:
///
/// ```
/// use tower_cookie_consent::registry::{Category, Registry, Service};
/// use tower_cookie_consent::{Choice, Policy};
///
/// let registry = Registry::builder()
///     .version("7")
///     .category(Category::necessary("essential"))
///     .category(Category::consent("analytics").service(Service::new("hotjar")))
///     .build()?;
/// let consent = Policy::new(registry).consent(&http::HeaderMap::new());
/// assert_eq!(serde_json::to_value(&consent).unwrap(), serde_json::json!({
///     "decided": false,
///     "version": "7",
///     "time": null,
///     "categories": {
///         "essential": { "basis": "necessary", "allowed": true, "decision": null },
///         "analytics": { "basis": "consent", "allowed": false, "decision": null },
///     },
///     "services": {
///         "hotjar": { "category": "analytics", "basis": "consent", "allowed": false, "decision": null },
///     },
/// }));
/// # Ok::<(), tower_cookie_consent::ConfigError>(())
/// ```
///
/// `categories` and `services` have all of the registry, in its order. `allowed` is what
/// [`allows`](Consent::allows) answers. `decision` is `granted`, `refused`, or `null` where the
/// visitor said nothing; a service without a decision of its own has its category's. `decided`
/// tells whether there is a choice that counts, `time` when it was made, in seconds since the epoch
/// or `null`. `version` is the policy's.
impl Serialize for Consent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut consent = serializer.serialize_struct("Consent", 5)?;
        consent.serialize_field("decided", &self.is_decided())?;
        consent.serialize_field("version", self.registry().version())?;
        consent.serialize_field("time", &self.choice().seconds())?;
        consent.serialize_field("categories", &Categories(self))?;
        consent.serialize_field("services", &Services(self))?;
        consent.end()
    }
}

/// A category or a service, as it is shown.
struct Entry<'a> {
    category: Option<&'a str>,
    basis: &'static str,
    allowed: bool,
    decision: Option<Decision>,
}

impl<'a> Entry<'a> {
    fn new(consent: &Consent, id: &str, basis: Basis, category: Option<&'a str>) -> Self {
        let decision = |id| consent.choice().decision_meant_for(id);
        Entry {
            category,
            basis: basis.as_str(),
            allowed: consent.allows(id),
            decision: consent.registry().id(id).and_then(decision),
        }
    }
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = 3 + usize::from(self.category.is_some());
        let mut entry = serializer.serialize_struct("Entry", fields)?;
        if let Some(category) = self.category {
            entry.serialize_field("category", category)?;
        }
        entry.serialize_field("basis", self.basis)?;
        entry.serialize_field("allowed", &self.allowed)?;
        entry.serialize_field("decision", &self.decision)?;
        entry.end()
    }
}

struct Categories<'a>(&'a Consent);

impl Serialize for Categories<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Categories(consent) = self;
        serializer.collect_map(consent.registry().categories().map(|category| {
            (category.id(), Entry::new(consent, category.id(), category.basis(), None))
        }))
    }
}

struct Services<'a>(&'a Consent);

impl Serialize for Services<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Services(consent) = self;
        serializer.collect_map(consent.registry().services().map(|service| {
            let category = service.category();
            let entry = Entry::new(consent, service.id(), category.basis(), Some(category.id()));
            (service.id(), entry)
        }))
    }
}
