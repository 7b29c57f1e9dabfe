//! The lines that store and delete the consent cookie.

use std::fmt;
use std::time::SystemTime;

use cookie::Cookie;
use cookie::time::Duration as CookieDuration;
use http::HeaderValue;

use crate::choice::own_cookie::{TIME, VERSION};
use crate::choice::{Choice, Decision, epoch_seconds};
use crate::registry::{ConsentCookie, MaxLifetime, Registry, SameSite};
use crate::set_cookie::limits::MAX_COOKIE;

/// The choice does not fit into a cookie: it names too many services.
///
/// Browsers drop a cookie of more than 4,096 bytes, and the choice with it. Let services follow
/// their category instead of deciding on each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TooLong {
    /// What the cookie's name and value would take, in bytes.
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

/// The `Set-Cookie` that stores a choice made at `now`.
pub(crate) fn set_cookie(choice: &Choice, now: SystemTime) -> Result<HeaderValue, TooLong> {
    let registry = choice.registry();
    let settings = registry.consent_cookie();
    let seconds = epoch_seconds(now).max(0);
    let mut value = form_urlencoded::Serializer::new(String::new());
    value.append_pair(VERSION, registry.version());
    value.append_pair(TIME, &seconds.to_string());
    for (id, decision) in choice.decisions() {
        value.append_pair(id, if decision == Decision::Granted { "true" } else { "false" });
    }
    let value = value.finish();
    let bytes = settings.name().len() + value.len();
    if bytes > MAX_COOKIE {
        return Err(TooLong { bytes });
    }
    let max_age =
        settings.lifetime().unwrap_or(MaxLifetime::Seconds(registry.consent_lifetime().as_secs()));
    Ok(header(settings, value, max_age))
}

/// The `Set-Cookie` that deletes the consent cookie.
pub(crate) fn delete_cookie(registry: &Registry) -> HeaderValue {
    header(registry.consent_cookie(), String::new(), MaxLifetime::Seconds(0))
}

fn header(settings: &ConsentCookie, value: String, lifetime: MaxLifetime) -> HeaderValue {
    let mut cookie = Cookie::build((settings.name(), value))
        .path(settings.path())
        .secure(settings.is_secure())
        .same_site(match settings.same_site() {
            SameSite::Strict => cookie::SameSite::Strict,
            SameSite::Lax => cookie::SameSite::Lax,
            SameSite::None => cookie::SameSite::None,
        });
    if let Some(domain) = settings.domain() {
        cookie = cookie.domain(domain);
    }
    if let MaxLifetime::Seconds(seconds) = lifetime {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        cookie = cookie.max_age(CookieDuration::seconds(seconds));
    }
    HeaderValue::try_from(cookie.build().to_string())
        .expect("the registry admits only names, paths and domains that a header can carry")
}
