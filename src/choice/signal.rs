//! Objections that a browser sends with every request.

use http::header::HeaderName;

use crate::choice::{Choice, ConsentSource, RequestHeaders};
use crate::registry::Registry;

/// Reads `Sec-GPC: 1`, the Global Privacy Control (W3C), as an objection to what the registry marks
/// with `refused-by-gpc`.
///
/// It grants nothing, and the visitor stays undecided: a browser setting is no answer to the
/// banner. Any other value than `1` says nothing. Whether a grant lifts the objection is said by
/// the order of the sources ([`Combine`](crate::registry::Combine)): in this policy it does not.
///
/// ```
/// # use tower_cookie_consent::{Gpc, OwnCookie, Policy, Registry};
/// # let registry = Registry::from_toml("version = '1'\n[categories.ads]\nbasis = 'opt-out'\nrefused-by-gpc = true").unwrap();
/// let policy = Policy::builder(registry).source(Gpc).source(OwnCookie).build();
///
/// let mut request = http::HeaderMap::new();
/// assert!(policy.consent(&request).allows("ads"));
/// request.insert("sec-gpc", "1".parse().unwrap());
/// assert!(!policy.consent(&request).allows("ads"));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Gpc;

/// Reads `DNT: 1` (Do Not Track, which the W3C gave up in 2019) as the objection that [`Gpc`] reads
/// from its header.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dnt;

static SEC_GPC: [HeaderName; 1] = [HeaderName::from_static("sec-gpc")];
static DNT: [HeaderName; 1] = [HeaderName::from_static("dnt")];

impl ConsentSource for Gpc {
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice {
        objection(&SEC_GPC[0], request, registry)
    }

    fn can_grant(&self) -> bool {
        false
    }

    fn headers(&self) -> &[HeaderName] {
        &SEC_GPC
    }
}

impl ConsentSource for Dnt {
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice {
        objection(&DNT[0], request, registry)
    }

    fn can_grant(&self) -> bool {
        false
    }

    fn headers(&self) -> &[HeaderName] {
        &DNT
    }
}

fn objection(header: &HeaderName, request: &RequestHeaders, registry: &Registry) -> Choice {
    let mut choice = Choice::undecided(registry);
    if request.header(header).any(|value| value == b"1") {
        registry.refused_by_gpc().for_each(|id| choice.refuse_id(id));
    }
    choice
}
