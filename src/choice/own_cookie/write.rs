//! The lines that store and delete the consent cookie.

use std::fmt;
use std::time::SystemTime;

use cookie::Cookie;
use cookie::time::Duration as CookieDuration;
use http::HeaderValue;

use crate::choice::own_cookie::{RECORD_ID, TIME, VERSION};
use crate::choice::{Choice, Decision, RecordId, epoch_seconds};
use crate::registry::{ConsentCookie, Id, MaxLifetime, Registry};
use crate::set_cookie::SameSite;
use crate::set_cookie::limits::MAX_COOKIE;

/// The choice does not fit into a cookie: it names too many services.
///
/// Browsers drop a cookie of more than 4,096 bytes, and the choice with it. Let services follow
/// their category instead of deciding on each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TooLong {
    /// The bytes that the cookie's name and value would take together.
    pub bytes: usize,
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the consent cookie would take {} bytes of the {MAX_COOKIE} that browsers store; \
             decide on categories rather than on each of their services",
            self.bytes,
        )
    }
}

impl std::error::Error for TooLong {}

/// The `Set-Cookie` lines that store a choice made at `now`, in the order in which they must be
/// sent: first those that delete other cookies of its name, then the cookie itself, which names the
/// choice's record if there is one.
pub(crate) fn store(
    choice: &Choice,
    now: SystemTime,
    record: Option<RecordId>,
) -> Result<Vec<HeaderValue>, TooLong> {
    let registry = choice.registry();
    let place = Place::configured(registry.consent_cookie());
    let value = written(choice, epoch_seconds(now), record)?;
    let stored = place.line(registry, value, lifetime(registry));
    let mut lines = twin_deletions(registry);
    lines.push(stored);
    Ok(lines)
}

/// The `Set-Cookie` lines that delete the consent cookie, and other cookies of its name.
pub(crate) fn withdraw(registry: &Registry) -> Vec<HeaderValue> {
    let mut lines = twin_deletions(registry);
    lines.push(Place::configured(registry.consent_cookie()).deletion(registry));
    lines
}

/// The consent cookie lives as long as its settings say, else as long as a consent counts.
pub(crate) fn lifetime(registry: &Registry) -> MaxLifetime {
    let configured = registry.consent_cookie().lifetime();
    configured.unwrap_or(MaxLifetime::Seconds(registry.consent_lifetime().as_secs()))
}

/// The cookie's value for a choice that was made this many seconds after the epoch.
///
/// If it would not fit into a cookie, services that decide as their category does are left out,
/// since they follow it.
fn written(choice: &Choice, seconds: i64, record: Option<RecordId>) -> Result<String, TooLong> {
    let name = choice.registry().consent_cookie().name();
    let all = form(choice, seconds, record, |_| true);
    if name.len() + all.len() <= MAX_COOKIE {
        return Ok(all);
    }
    let needed = form(choice, seconds, record, |id| !choice.follows_category(id));
    let bytes = name.len() + needed.len();
    if bytes > MAX_COOKIE { Err(TooLong { bytes }) } else { Ok(needed) }
}

fn form(
    choice: &Choice,
    seconds: i64,
    record: Option<RecordId>,
    is_written: impl Fn(Id) -> bool,
) -> String {
    let registry = choice.registry();
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair(VERSION, registry.version());
    form.append_pair(TIME, &seconds.max(0).to_string());
    if let Some(record) = record {
        form.append_pair(RECORD_ID, &record.to_string());
    }
    for (id, name) in registry.ids().filter(|(id, _)| is_written(*id)) {
        if let Some(decision) = choice.decision_on(id) {
            let granted = decision == Decision::Granted;
            form.append_pair(name, if granted { "true" } else { "false" });
        }
    }
    form.finish()
}

/// Deletes the cookies that go by the consent cookie's name elsewhere, where the site can have left
/// them: under the root path, without the domain, and, of a partitioned one, in the jar that all
/// sites share ([R20](crate::rules#r20)).
///
/// A request carries them beside the consent cookie, so that an old refusal or junk there would keep
/// the visitor's choice from counting, now and ever again (R7). They are sent before the cookie
/// itself, since some clients cannot tell a cookie of the host alone from one of its domain.
fn twin_deletions(registry: &Registry) -> Vec<HeaderValue> {
    let own = Place::configured(registry.consent_cookie());
    let mut twins = Vec::new();
    for partitioned in [own.partitioned, false] {
        for place in [
            own,
            Place { domain: None, ..own },
            Place { path: "/", ..own },
            Place { domain: None, path: "/", ..own },
        ] {
            let twin = Place { partitioned, ..place };
            if twin != own && !twins.contains(&twin) {
                twins.push(twin);
            }
        }
    }
    twins.into_iter().map(|twin| twin.deletion(registry)).collect()
}

/// A place where browsers keep a cookie: they hold one of each name there.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place<'a> {
    domain: Option<&'a str>,
    path: &'a str,
    partitioned: bool,
}

impl<'a> Place<'a> {
    fn configured(settings: &'a ConsentCookie) -> Self {
        Place {
            domain: settings.domain(),
            path: settings.path(),
            partitioned: settings.is_partitioned(),
        }
    }

    fn deletion(self, registry: &Registry) -> HeaderValue {
        self.line(registry, String::new(), MaxLifetime::Seconds(0))
    }

    fn line(self, registry: &Registry, value: String, lifetime: MaxLifetime) -> HeaderValue {
        let settings = registry.consent_cookie();
        let mut cookie = Cookie::build((settings.name(), value))
            .path(self.path)
            .secure(settings.is_secure())
            .partitioned(self.partitioned)
            .same_site(match settings.same_site() {
                SameSite::Strict => cookie::SameSite::Strict,
                SameSite::Lax => cookie::SameSite::Lax,
                SameSite::None => cookie::SameSite::None,
            });
        if let Some(domain) = self.domain {
            cookie = cookie.domain(domain);
        }
        if let MaxLifetime::Seconds(seconds) = lifetime {
            let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
            cookie = cookie.max_age(CookieDuration::seconds(seconds));
        }
        HeaderValue::try_from(cookie.build().to_string())
            .expect("the registry admits only names, paths and domains that a header can carry")
    }
}
