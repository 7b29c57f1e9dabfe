//! A policy that is picked by the request (R25).

use std::fmt;
use std::sync::Arc;

use http::header::HeaderName;
use http::request;

use crate::policy::strictness::laxer_at;
use crate::policy::{Choose, Inner, Policy, Selection};

/// Builds a policy that is picked by the request; made by [`Policy::by`].
#[must_use]
pub struct PolicyBy {
    choose: Box<Choose>,
    policies: Vec<(Box<str>, Policy)>,
    headers: Vec<HeaderName>,
}

impl PolicyBy {
    /// Adds a policy under the name by which the closure picks it.
    pub fn policy(mut self, name: impl Into<Box<str>>, policy: impl Into<Policy>) -> Self {
        self.policies.push((name.into(), policy.into()));
        self
    }

    /// The headers of the request by which the closure picks.
    ///
    /// A page whose handler asked what the visitor chose says to shared caches that it depends on them,
    /// in its `Vary` ([R23](crate::rules#r23)). Where none is named, such a page is private: what
    /// the closure looks at is not known.
    pub fn headers(mut self, names: impl IntoIterator<Item = HeaderName>) -> Self {
        self.headers.extend(names);
        self
    }

    /// Freezes the policy.
    ///
    /// # Errors
    ///
    /// [`SelectionError`] if there is no policy, if two go by one name, or if none is at least as
    /// strict as all others, so that none can stand for a request whose law is not known.
    pub fn build(self) -> Result<Policy, SelectionError> {
        let PolicyBy { choose, policies, headers } = self;
        let mut names: Vec<_> = policies.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        let mut pairs = names.windows(2);
        if let Some([twice, _]) = pairs.find(|pair| matches!(pair, [one, other] if one == other)) {
            return Err(SelectionError(format!("two policies are called {twice:?}")));
        }
        let strictest = strictest(&policies)?;
        let picked_by: Arc<[HeaderName]> = headers.into();
        let picked = |policy: &Policy| Inner {
            picked_by: Some(picked_by.clone()),
            ..policy.0.as_ref().clone()
        };
        let default = picked(strictest);
        let policies =
            policies.iter().map(|(name, policy)| (name.clone(), Policy(Arc::new(picked(policy)))));
        let selection = Arc::new(Selection { choose, policies: policies.collect() });
        Ok(Policy(Arc::new(Inner { selection: Some(selection), ..default })))
    }
}

/// The policy that is at least as strict as each of the others; of several, the first.
fn strictest(policies: &[(Box<str>, Policy)]) -> Result<&Policy, SelectionError> {
    let mut laxer = Vec::new();
    for (name, policy) in policies {
        let mut others = policies.iter().filter(|(other, _)| other != name);
        let found = others.find_map(|(other, than)| Some((other, laxer_at(policy, than)?)));
        match found {
            None => return Ok(policy),
            Some((other, how)) => laxer.push(format!("{name:?} is laxer than {other:?}: {how}")),
        }
    }
    Err(SelectionError(if laxer.is_empty() {
        "there is no policy; add one by `PolicyBy::policy`".to_owned()
    } else {
        format!(
            "no policy is at least as strict as all others, to stand for requests for which none is \
             picked; make one so: {}",
            laxer.join("; ")
        )
    }))
}

/// The error of building a policy that is picked by the request. `Display` says what stands in the way,
/// and at which cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectionError(String);

impl fmt::Display for SelectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SelectionError {}

impl fmt::Debug for PolicyBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicyBy").field("policies", &self.policies).finish_non_exhaustive()
    }
}

impl Policy {
    /// A policy that is picked by the request, for a site to whose visitors several laws apply
    /// ([R25](crate::rules#r25)).
    ///
    /// The closure names one of the policies that are added to it, such as by the country that a proxy
    /// writes into a header. Where it names none of them, the strictest counts: the one that has, for
    /// every cookie that one of them declares and for those that none does, a basis at least as strict
    /// (prohibited, consent, opt-out, necessary) and a lifetime no longer than the others. Keep the
    /// visitor from writing that header: the proxy has to replace it.
    ///
    /// ```
    /// use http::{HeaderName, Request};
    /// use tower_cookie_consent::registry::Category;
    /// use tower_cookie_consent::{Policy, Registry};
    ///
    /// const COUNTRY: HeaderName = HeaderName::from_static("x-country");
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let registry = |analytics: Category| {
    ///     Registry::builder().version("1").category(analytics.cookie("_ga")).build()
    /// };
    /// let policy = Policy::by(|request| match request.headers.get(COUNTRY)?.to_str().ok()? {
    ///     "US" => Some("opt-out"),
    ///     _ => Some("opt-in"),
    /// })
    /// .policy("opt-in", registry(Category::consent("analytics"))?)
    /// .policy("opt-out", registry(Category::opt_out("analytics"))?)
    /// .headers([COUNTRY])
    /// .build()?;
    ///
    /// let allowed = |country: &str| {
    ///     let (request, ()) = Request::builder().header(COUNTRY, country).body(()).unwrap().into_parts();
    ///     policy.selected(&request).consent(&request.headers).allows("analytics")
    /// };
    /// assert!(allowed("US") && !allowed("FR"));
    /// assert!(!policy.consent(&http::HeaderMap::new()).allows("analytics"), "undetermined");
    /// # Ok(())
    /// # }
    /// ```
    pub fn by<F>(choose: F) -> PolicyBy
    where
        F: for<'r> Fn(&'r request::Parts) -> Option<&'r str> + Send + Sync + 'static,
    {
        PolicyBy { choose: Box::new(choose), policies: Vec::new(), headers: Vec::new() }
    }

    /// The policy that counts for a request: this one, unless it is picked by the request. The layer
    /// asks, and so does [`Policy::consent_of`]; ask this before [`Policy::consent`].
    pub fn selected(&self, request: &request::Parts) -> &Policy {
        let Some(selection) = &self.0.selection else { return self };
        let named = (selection.choose)(request);
        let mut policies = selection.policies.iter();
        let picked = policies.find(|(name, _)| named == Some(name));
        picked.map_or(self, |(_, policy)| policy.selected(request))
    }

    /// Returns `true` if it is picked by the request.
    pub(crate) fn selects(&self) -> bool {
        self.0.selection.is_some()
    }
}
