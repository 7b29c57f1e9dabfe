//! The crate's own consent cookie: where the visitor's choice is kept.

use crate::lifetime::{LifetimeSpec, MaxLifetime};
use crate::set_cookie::SameSite;

/// Name and attributes of the consent cookie. It is necessary without being declared (rule [R8](crate::rules#r8)).
///
/// In a registry file the table `[consent]`, with the keys `name`, `domain`, `path`, `secure`,
/// `same-site`, `partitioned`, `lifetime` and `record-id`. What is set is checked by
/// [`RegistryBuilder::build`](crate::registry::RegistryBuilder::build).
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct ConsentCookie {
    /// The name that the site gave it.
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
    /// `__Host-cookie_consent`, for this host alone, `Path=/; Secure; SameSite=Lax`, living as long
    /// as a consent does.
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

    /// Its name, taken as it is.
    ///
    /// By default it is `__Host-cookie_consent` where the cookie is for this host alone, secure and
    /// under the path `/`, and else `cookie_consent`. Browsers let no other host write a name with
    /// that prefix (RFC 6265bis, section 4.1.3.2). Without it, a sibling host can plant a choice for
    /// the parent domain, after it has set so many cookies that the real one is pushed out. A page
    /// script that reads the choice has to know the name.
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The domain whose hosts all share the choice; by default this host alone.
    ///
    /// Browsers store no cookie for a public suffix. One of a single label, such as `com`, is an error; longer ones, such
    /// as `co.uk`, are not known here, and with one no choice is ever kept.
    ///
    /// Browsers keep a cookie of another domain or path beside the new one, and of copies that
    /// disagree the most restrictive counts ([R7](crate::rules#r7)). Who changes either on a live site should change
    /// the name too.
    pub fn with_domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// The path under which it is sent, `/` by default. To change it, see
    /// [`with_domain`](Self::with_domain).
    pub fn with_path(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// Says whether it travels over TLS only, as by default. `false` is for development over plain
    /// HTTP; it lets anybody on the network change the choice.
    pub fn with_secure(mut self, secure: bool) -> Self {
        self.secure = secure;
        self
    }

    /// Says which requests from elsewhere carry it; [`SameSite::Lax`] by default.
    pub fn with_same_site(mut self, same_site: SameSite) -> Self {
        self.same_site = same_site;
        self
    }

    /// Says whether browsers keep a choice of its own for each site that embeds this one, by the
    /// attribute `Partitioned`; not by default. It has to be secure, and for frames on other sites
    /// [`SameSite::None`].
    ///
    /// Storing and withdrawing a choice delete what goes by its name outside of that jar too.
    pub fn with_partitioned(mut self, partitioned: bool) -> Self {
        self.partitioned = partitioned;
        self
    }

    /// The time for which the browser keeps it; by default the registry's consent lifetime. A longer
    /// time does not make a consent count any longer.
    pub fn with_lifetime(mut self, lifetime: impl Into<LifetimeSpec>) -> Self {
        self.lifetime = Some(lifetime.into());
        self
    }

    /// Says whether it carries the id of the choice's record, where one is made
    /// ([records](crate::guide::records)); not by default.
    ///
    /// The id is random, and another one for each choice. It tells a browser from all others, and so
    /// it is personal data: the policy page has to say what it is for.
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

    /// See [`with_lifetime`](Self::with_lifetime). `None` means the registry's consent lifetime; a
    /// text that is no lifetime reads as `None` too, and no registry is built from it.
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
