//! A site's declarations as plain data, and the policy that the crate makes from them.

use std::time::{Duration, SystemTime};

use tower_cookie_consent::registry::{
    Basis, Category, Combine, ConsentCookie, Declaration, MaxLifetime, Registry, Service,
    SourceSpec, Undeclared,
};
use tower_cookie_consent::{ConfigError, Policy};

/// The longest lifetime of a cookie. The session is the shortest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cap {
    Session,
    Seconds(u64),
}

#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) version: String,
    pub(crate) consent_lifetime: u64,
    pub(crate) consent_cookie: Place,
    /// If this is empty, the crate's own cookie is the source.
    pub(crate) sources: Vec<Source>,
    pub(crate) combine: Option<Combine>,
    pub(crate) store_only: bool,
    pub(crate) undeclared: Rest,
    pub(crate) categories: Vec<Group>,
    /// The services, each with its category.
    pub(crate) services: Vec<(usize, Group)>,
    pub(crate) cookies: Vec<Cookie>,
    /// The policy's clock, in nanoseconds since 1970.
    pub(crate) clock: Duration,
}

/// The name and place of the consent cookie, if they are not the default.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) name: Option<String>,
    pub(crate) domain: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) secure: bool,
    pub(crate) partitioned: bool,
    pub(crate) lifetime: Option<Cap>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Own,
    Gpc,
    Dnt,
}

/// The rule for undeclared cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    Strip,
    KeepUnchecked,
    As(usize),
}

/// A category, or a service, which has no basis itself.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) basis: Basis,
    pub(crate) lifetime: Option<Cap>,
    pub(crate) refresh: Option<bool>,
    pub(crate) refused_by_signals: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Cookie {
    pub(crate) name: String,
    pub(crate) category: usize,
    pub(crate) service: Option<usize>,
    pub(crate) lifetime: Option<Cap>,
    pub(crate) refresh: Option<bool>,
}

impl Site {
    /// Returns the smallest of the declaration's, the service's and the category's lifetime (R10).
    pub(crate) fn cap(&self, cookie: &Cookie) -> Option<Cap> {
        let service = cookie.service.and_then(|service| self.services[service].1.lifetime);
        [cookie.lifetime, service, self.categories[cookie.category].lifetime]
            .into_iter()
            .flatten()
            .min()
    }

    /// Returns the setting of the cookie, or else of its service, or else of its category (R11).
    pub(crate) fn slides(&self, cookie: &Cookie) -> bool {
        let service = cookie.service.and_then(|service| self.services[service].1.refresh);
        cookie.refresh.or(service).or(self.categories[cookie.category].refresh).unwrap_or(true)
    }

    pub(crate) fn clock_seconds(&self) -> i64 {
        i64::try_from(self.clock.as_secs()).unwrap()
    }

    /// Returns every category and service, with the category that it follows.
    pub(crate) fn ids(&self) -> impl Iterator<Item = (&Group, usize)> {
        let categories = self.categories.iter().enumerate().map(|(index, group)| (group, index));
        categories.chain(self.services.iter().map(|(category, group)| (group, *category)))
    }

    /// Returns the crate's policy.
    pub(crate) fn policy(&self) -> Result<Policy, ConfigError> {
        let mut registry = Registry::builder()
            .version(&self.version)
            .consent_lifetime(MaxLifetime::Seconds(self.consent_lifetime))
            .consent_cookie(self.consent_cookie.declared())
            .store_only(self.store_only)
            // R23 concerns other headers.
            .tell_caches(false)
            .undeclared(match self.undeclared {
                Rest::Strip => Undeclared::Strip,
                Rest::KeepUnchecked => Undeclared::KeepUnchecked,
                Rest::As(category) => Undeclared::Category(self.categories[category].id.clone()),
            });
        for source in &self.sources {
            registry = registry.consent_source(match source {
                Source::Own => SourceSpec::Own,
                Source::Gpc => SourceSpec::Gpc,
                Source::Dnt => SourceSpec::Dnt,
            });
        }
        if let Some(combine) = self.combine {
            registry = registry.combine(combine);
        }
        for group in &self.categories {
            let mut category =
                Category::new(&group.id, group.basis).refused_by_gpc(group.refused_by_signals);
            if let Some(lifetime) = group.lifetime {
                category = category.lifetime(lifetime.declared());
            }
            if let Some(refresh) = group.refresh {
                category = category.refresh(refresh);
            }
            registry = registry.category(category);
        }
        for (category, group) in &self.services {
            let mut service = Service::new(&group.id)
                .refused_by_gpc(group.refused_by_signals)
                .in_category(&self.categories[*category].id);
            if let Some(lifetime) = group.lifetime {
                service = service.lifetime(lifetime.declared());
            }
            if let Some(refresh) = group.refresh {
                service = service.refresh(refresh);
            }
            registry = registry.service(service);
        }
        for cookie in &self.cookies {
            let mut declaration = Declaration::new(&cookie.name);
            declaration = match cookie.service {
                Some(service) => declaration.in_service(&self.services[service].1.id),
                None => declaration.in_category(&self.categories[cookie.category].id),
            };
            if let Some(lifetime) = cookie.lifetime {
                declaration = declaration.lifetime(lifetime.declared());
            }
            if let Some(refresh) = cookie.refresh {
                declaration = declaration.refresh(refresh);
            }
            registry = registry.cookie(declaration);
        }
        let clock = SystemTime::UNIX_EPOCH + self.clock;
        Ok(Policy::builder(registry.build()?).clock(move || clock).build())
    }
}

impl Place {
    /// Returns the default name of the consent cookie, which starts with `__Host-` if browsers
    /// allow that prefix.
    pub(crate) fn name(&self) -> &str {
        match &self.name {
            Some(name) => name,
            None if self.secure && self.domain.is_none() && self.path() == "/" => {
                "__Host-cookie_consent"
            }
            None => "cookie_consent",
        }
    }

    pub(crate) fn path(&self) -> &str {
        self.path.as_deref().unwrap_or("/")
    }

    fn declared(&self) -> ConsentCookie {
        let mut cookie =
            ConsentCookie::new().with_secure(self.secure).with_partitioned(self.partitioned);
        if let Some(name) = &self.name {
            cookie = cookie.with_name(name);
        }
        if let Some(domain) = &self.domain {
            cookie = cookie.with_domain(domain);
        }
        if let Some(path) = &self.path {
            cookie = cookie.with_path(path);
        }
        if let Some(lifetime) = self.lifetime {
            cookie = cookie.with_lifetime(lifetime.declared());
        }
        cookie
    }
}

impl Cap {
    fn declared(self) -> MaxLifetime {
        match self {
            Cap::Session => MaxLifetime::Session,
            Cap::Seconds(seconds) => MaxLifetime::Seconds(seconds),
        }
    }
}
