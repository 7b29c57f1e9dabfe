//! The proof of what a visitor decided.

use std::time::SystemTime;

use cookie::time::OffsetDateTime;
use cookie::time::format_description::well_known::Rfc3339;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::choice::{Choice, Decision, RecordId};
use crate::registry::{Basis, CategoryRef, Registry};

/// The version of the form to which a record serializes.
const SCHEMA: &str = "tower-cookie-consent/1";

/// The way in which a visitor decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum How {
    /// The visitor pressed the button that grants all.
    AcceptAll,
    /// The visitor pressed the button that refuses all.
    RefuseAll,
    /// The visitor saved what they had ticked.
    Saved,
    /// The visitor took back what they had decided before.
    Withdrawn,
    /// The visitor logged in, and what they had chosen in their account counts here.
    Account,
}

impl Serialize for How {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            How::AcceptAll => "accept-all",
            How::RefuseAll => "refuse-all",
            How::Saved => "saved",
            How::Withdrawn => "withdrawn",
            How::Account => "account",
        })
    }
}

/// The state of the consent as a whole, as a record has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventState {
    /// The visitor granted something.
    Given,
    /// The visitor decided, and granted nothing.
    Refused,
    /// The visitor took back what they had decided.
    Withdrawn,
}

impl Serialize for EventState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            EventState::Given => "given",
            EventState::Refused => "refused",
            EventState::Withdrawn => "withdrawn",
        })
    }
}

/// Says what a visitor was shown when they decided, as far as the site tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Shown {
    surface: Option<String>,
    language: Option<String>,
}

impl Shown {
    /// Shown on this part of the site, such as `banner` or `preferences`.
    pub fn on(surface: impl Into<String>) -> Self {
        Shown { surface: Some(surface.into()), language: None }
    }

    /// In this language (BCP 47: `fr`).
    pub fn in_language(self, tag: impl Into<String>) -> Self {
        Shown { language: Some(tag.into()), ..self }
    }
}

/// The record of one decision of a visitor's, by which a site can show that there was consent (GDPR,
/// article 7(1)).
///
/// [`Consent::store_with_record`](crate::Consent::store_with_record) makes one, and with the
/// feature `pages` `Pages::on_choice`. The site has to keep it: [records](crate::guide::records)
/// tells how, and which fields of ISO/IEC TS 27560 it has. It never holds an address or a cookie's
/// value.
///
/// ```
/// use tower_cookie_consent::registry::{Category, Registry, Service};
/// use tower_cookie_consent::{Choice, How, Policy, Shown};
///
/// let registry = Registry::builder()
///     .version("7")
///     .category(Category::consent("analytics").service(Service::new("hotjar")))
///     .build()?;
/// # let now = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_795_262_400);
/// let policy = Policy::builder(registry) // …
/// #   .clock(move || now)
///     .build();
/// let consent = policy.consent(&http::HeaderMap::new());
/// let granted = Choice::decided(policy.registry()).grant("analytics");
/// let shown = Shown::on("sign-up form").in_language("en");
/// let (lines, record) = consent.store_with_record(&granted, How::Saved, shown).unwrap();
/// # let _ = lines;
/// assert_eq!(serde_json::to_value(&record).unwrap(), serde_json::json!({
///     "schema_version": "tower-cookie-consent/1",
///     "record_id": null,
///     "previous_record_id": null,
///     "event_time": "2026-11-21T12:00:00Z",
///     "validity_duration": "PT15552000S",
///     "event_state": "given",
///     "how": "saved",
///     "language": "en",
///     "surface": "sign-up form",
///     "privacy_notice": { "version": "7", "updated": null, "fingerprint": policy.registry().fingerprint() },
///     "purposes": { "analytics": { "lawful_basis": "consent", "decision": "granted" } },
///     "services": { "hotjar": { "purpose": "analytics", "decision": "granted" } },
/// }));
/// # Ok::<(), tower_cookie_consent::ConfigError>(())
/// ```
///
/// `purposes` has every category that asks, and `services` their services, in the registry's order;
/// `decision` is `granted`, `refused`, or `null` where nothing was decided. `event_time` is a time as
/// RFC 3339 has it, to the second, and `validity_duration`, for which the decision counts, a duration
/// as ISO 8601 has it.
#[derive(Clone, Debug)]
pub struct ConsentRecord {
    id: Option<RecordId>,
    previous: Option<RecordId>,
    how: How,
    shown: Shown,
    /// The choice as it is stored, so that it holds its time and its registry.
    choice: Choice,
}

impl ConsentRecord {
    pub(super) fn new(choice: Choice, how: How, shown: Shown) -> Self {
        ConsentRecord { id: None, previous: None, how, shown, choice }
    }

    /// The same, called by its own id and that of the record of the choice before.
    pub(super) fn called(self, id: Option<RecordId>, previous: Option<RecordId>) -> Self {
        ConsentRecord { id, previous, ..self }
    }

    /// Its id; `None` unless the registry says that the consent cookie carries it
    /// ([`ConsentCookie::with_record_id`](crate::registry::ConsentCookie::with_record_id)).
    pub fn id(&self) -> Option<RecordId> {
        self.id
    }

    /// The id of the record that the visitor's browser named when they decided. It is what the request
    /// says, which nobody vouches for.
    pub fn previous_id(&self) -> Option<RecordId> {
        self.previous
    }

    /// The time of the decision, by the policy's clock, to the second.
    pub fn time(&self) -> Option<SystemTime> {
        self.choice.time()
    }

    /// The way in which the visitor decided.
    pub fn how(&self) -> How {
        self.how
    }

    /// Tells if consent was given, refused or withdrawn.
    pub fn state(&self) -> EventState {
        let registry = self.registry();
        let granted = |decision| decision == Some(Decision::Granted);
        let mut asking = registry.ids().filter(|(id, _)| registry.asks(*id));
        if self.how == How::Withdrawn {
            EventState::Withdrawn
        } else if asking.any(|(id, _)| granted(self.choice.decision_meant_for(id))) {
            EventState::Given
        } else {
            EventState::Refused
        }
    }

    /// The part of the site on which the visitor was asked, where that is known: `banner`,
    /// `preferences`, or what the site calls a form of its own.
    pub fn surface(&self) -> Option<&str> {
        self.shown.surface.as_deref()
    }

    /// The language in which the visitor was asked (BCP 47), where that is known.
    pub fn language(&self) -> Option<&str> {
        self.shown.language.as_deref()
    }

    /// The choice that was recorded.
    pub fn choice(&self) -> &Choice {
        &self.choice
    }

    /// The registry of the site at that time.
    pub fn registry(&self) -> &Registry {
        self.choice.registry()
    }
}

/// A record serializes to what [its example](ConsentRecord) shows.
impl Serialize for ConsentRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let registry = self.registry();
        let time = self.choice.seconds().and_then(rfc3339);
        let lifetime = format!("PT{}S", registry.consent_lifetime().as_secs());
        let mut record = serializer.serialize_struct("ConsentRecord", 12)?;
        record.serialize_field("schema_version", SCHEMA)?;
        record.serialize_field("record_id", &self.id)?;
        record.serialize_field("previous_record_id", &self.previous)?;
        record.serialize_field("event_time", &time)?;
        record.serialize_field("validity_duration", &lifetime)?;
        record.serialize_field("event_state", &self.state())?;
        record.serialize_field("how", &self.how)?;
        record.serialize_field("language", &self.language())?;
        record.serialize_field("surface", &self.surface())?;
        record.serialize_field("privacy_notice", &Notice(registry))?;
        record.serialize_field("purposes", &Purposes(self))?;
        record.serialize_field("services", &Services(self))?;
        record.end()
    }
}

/// The policy under which the visitor decided.
struct Notice<'a>(&'a Registry);

impl Serialize for Notice<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Notice(registry) = self;
        let mut notice = serializer.serialize_struct("Notice", 3)?;
        notice.serialize_field("version", registry.version())?;
        notice.serialize_field("updated", &registry.updated())?;
        notice.serialize_field("fingerprint", &registry.fingerprint())?;
        notice.end()
    }
}

/// `2026-11-21T12:00:00Z`; `None` for a year that RFC 3339 cannot write.
fn rfc3339(seconds: i64) -> Option<String> {
    OffsetDateTime::from_unix_timestamp(seconds).ok()?.format(&Rfc3339).ok()
}

fn asking(registry: &Registry) -> impl Iterator<Item = CategoryRef<'_>> {
    let asks = |basis| matches!(basis, Basis::Consent | Basis::OptOut);
    registry.categories().filter(move |category| asks(category.basis()))
}

impl ConsentRecord {
    fn decision(&self, id: &str) -> Option<Decision> {
        self.choice.decision_meant_for(self.registry().id(id)?)
    }
}

/// The decision on one category or service. The first field is the lawful basis of the category, or
/// the purpose of the service.
struct Decided<'a> {
    about: (&'static str, &'a str),
    decision: Option<Decision>,
}

impl Serialize for Decided<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (field, about) = self.about;
        let mut decided = serializer.serialize_struct("Decided", 2)?;
        decided.serialize_field(field, about)?;
        decided.serialize_field("decision", &self.decision)?;
        decided.end()
    }
}

struct Purposes<'a>(&'a ConsentRecord);

impl Serialize for Purposes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Purposes(record) = self;
        serializer.collect_map(asking(record.registry()).map(|category| {
            let about = ("lawful_basis", category.basis().as_str());
            (category.id(), Decided { about, decision: record.decision(category.id()) })
        }))
    }
}

struct Services<'a>(&'a ConsentRecord);

impl Serialize for Services<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Services(record) = self;
        let services = asking(record.registry()).flat_map(|category| category.services());
        serializer.collect_map(services.map(|service| {
            let about = ("purpose", service.category().id());
            (service.id(), Decided { about, decision: record.decision(service.id()) })
        }))
    }
}
