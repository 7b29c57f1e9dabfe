//! The settings of the crate's own consent cookie, which keeps the visitor's choice.

use crate::lifetime::{LifetimeSpec, MaxLifetime};
use crate::set_cookie::SameSite;

/// The name and attributes of the consent cookie. It is necessary without being declared (rule
/// [R8](crate::rules#r8)).
///
/// In a registry file, these are the keys `name`, `domain`, `path`, `secure`, `same-site`,
/// `partitioned`, `lifetime` and `record-id` of the table `[consent]`. The settings are checked by
/// [`RegistryBuilder::build`](crate::registry::RegistryBuilder::build).
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct ConsentCookie {
    /// The name, if the site chose one.
    pub(crate) name: Option<String>,
    pub(crate) domain: Option<String>,
    pub(crate) path: String,
    pub(crate) secure: bool,
    pub(crate) same_site: SameSite,
    pub(crate) partitioned: bool,
    pub(crate) lifetime: Option<LifetimeSpec>,
    pub(crate) record_id: bool,
}

impl Default for ConsentCookie {
    fn default() -> Self {
        Self::new()
    }
}

impl ConsentCookie {
    /// Makes the default cookie: `__Host-cookie_consent`, for this host alone, with `Path=/;
    /// Secure; SameSite=Lax`, which lives as long as a consent counts.
    pub fn new() -> Self {
        Self {
            name: None,
            domain: None,
            path: "/".to_owned(),
            secure: true,
            same_site: SameSite::Lax,
            partitioned: false,
            lifetime: None,
            record_id: false,
        }
    }

    /// Sets the name of the cookie, exactly as given.
    ///
    /// The default is `__Host-cookie_consent` if the cookie is for this host alone, secure, and
    /// under the path `/`, and `cookie_consent` otherwise. Browsers let no other host write a name
    /// with the prefix `__Host-` (RFC 6265bis, section 4.1.3.2). Without the prefix, a sibling host
    /// can set so many cookies that the real one is pushed out, and then plant a choice for the
    /// parent domain. A page script that reads the choice has to know the name.
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the domain whose hosts all share the choice. By default the choice is for this host
    /// alone.
    ///
    /// Browsers store no cookie for a public suffix. One with a single label, such as `com`, is an
    /// error. Longer ones, such as `co.uk`, are not recognised, and with one of them no choice is
    /// ever kept.
    ///
    /// Browsers keep a cookie with another domain or path beside the new one, and if copies
    /// disagree, the most restrictive one counts (rule [R7](crate::rules#r7)). If you change either
    /// on a live site, change the name too.
    pub fn with_domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// Sets the path under which the cookie is sent. The default is `/`. Before you change it on a
    /// live site, see [`with_domain`](Self::with_domain).
    pub fn with_path(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// Sets whether the cookie is sent over TLS only. The default is `true`. `false` is for
    /// development over plain HTTP: it lets anybody on the network change the choice.
    pub fn with_secure(mut self, secure: bool) -> Self {
        self.secure = secure;
        self
    }

    /// Sets which requests from other sites carry the cookie. The default is [`SameSite::Lax`].
    pub fn with_same_site(mut self, same_site: SameSite) -> Self {
        self.same_site = same_site;
        self
    }

    /// If `true`, browsers keep a separate choice for each site that embeds this one, by the
    /// attribute `Partitioned`. The default is `false`. The cookie has to be secure, and to be sent
    /// in frames on other sites it needs [`SameSite::None`].
    ///
    /// Storing and withdrawing a choice also delete cookies of this name that are not partitioned.
    pub fn with_partitioned(mut self, partitioned: bool) -> Self {
        self.partitioned = partitioned;
        self
    }

    /// Sets the time for which the browser keeps the cookie. The default is the registry's consent
    /// lifetime. A longer time does not make a consent count any longer.
    pub fn with_lifetime(mut self, lifetime: impl Into<LifetimeSpec>) -> Self {
        self.lifetime = Some(lifetime.into());
        self
    }

    /// If `true`, the cookie carries the id of the choice's record, if one is made
    /// ([records](crate::guide::records)). The default is `false`.
    ///
    /// The id is random, and each choice gets a new one. It distinguishes a browser from all
    /// others, so it is personal data, and the policy page has to say what it is for.
    pub fn with_record_id(mut self, record_id: bool) -> Self {
        self.record_id = record_id;
        self
    }

    /// See [`with_name`](Self::with_name).
    pub fn name(&self) -> &str {
        match &self.name {
            Some(name) => name,
            None if self.secure && self.domain.is_none() && self.path == "/" => {
                "__Host-cookie_consent"
            }
            None => "cookie_consent",
        }
    }

    /// See [`with_domain`](Self::with_domain).
    pub fn domain(&self) -> Option<&str> {
        self.domain.as_deref()
    }

    /// See [`with_path`](Self::with_path).
    pub fn path(&self) -> &str {
        &self.path
    }

    /// See [`with_secure`](Self::with_secure).
    pub const fn is_secure(&self) -> bool {
        self.secure
    }

    /// See [`with_same_site`](Self::with_same_site).
    pub const fn same_site(&self) -> SameSite {
        self.same_site
    }

    /// See [`with_partitioned`](Self::with_partitioned).
    pub const fn is_partitioned(&self) -> bool {
        self.partitioned
    }

    /// See [`with_record_id`](Self::with_record_id).
    pub const fn has_record_id(&self) -> bool {
        self.record_id
    }

    /// See [`with_lifetime`](Self::with_lifetime). `None` means the registry's consent lifetime. It
    /// is also returned for a text that is not a valid lifetime, but from such a cookie no registry
    /// is built.
    pub fn lifetime(&self) -> Option<MaxLifetime> {
        self.lifetime.as_ref().and_then(|lifetime| lifetime.resolve().ok())
    }

    pub(crate) const fn lifetime_spec(&self) -> Option<&LifetimeSpec> {
        self.lifetime.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r8_by_default_no_other_host_can_write_the_consent_cookie() {
        let new = ConsentCookie::new;
        for (cookie, want) in [
            (new(), "__Host-cookie_consent"),
            (new().with_lifetime("session"), "__Host-cookie_consent"),
            (new().with_same_site(SameSite::None), "__Host-cookie_consent"),
            (new().with_secure(false), "cookie_consent"),
            (new().with_domain("example.com"), "cookie_consent"),
            (new().with_path("/shop"), "cookie_consent"),
            (new().with_name("cookie_consent"), "cookie_consent"),
            (new().with_name("choice").with_path("/shop"), "choice"),
        ] {
            assert_eq!(cookie.name(), want, "{cookie:?}");
        }
    }
}
