//! A request and its response, and a literal reading of what the rules leave of the latter.

use std::time::{Duration, SystemTime};

use http::header::{DATE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use tower_cookie_consent::registry::{Basis, CategoryRef, MaxLifetime};
use tower_cookie_consent::set_cookie::Lifetime;
use tower_cookie_consent::{Choice, Consent, Decision, Policy, Registry, source_fn};

use crate::{NOW, claims, conformance, text};

const SITE: &str = include_str!("site.toml");
const OWN_COOKIE: &[u8] = b"__Host-cookie_consent";

/// The same site under each rule for undeclared cookies, and with the consent cookie declared in
/// another way.
pub struct Sites {
    strip: Registry,
    keep: Registry,
    treat: Registry,
}

impl Default for Sites {
    fn default() -> Self {
        let site = |undeclared, own_cookie| {
            let text = format!("undeclared = {undeclared}\n{SITE}\n[cookies]\n{own_cookie}");
            Registry::from_toml(&text).expect("a registry")
        };
        // By its name, by a pattern that has nothing to say of it (R8), and not at all.
        let named = "__Host-cookie_consent = { category = 'essential', lifetime = '6 months' }";
        let pattern = "'cookie_*' = { category = 'analytics', lifetime = '1 hour' }";
        Sites {
            strip: site("'strip'", named),
            keep: site("'keep-unchecked'", pattern),
            treat: site("{ category = 'analytics' }", ""),
        }
    }
}

/// What a target's input says.
///
/// The first line holds words: `keep` or `treat` for another rule on undeclared cookies, `report`
/// to only report, `+id` and `-id` for a choice that is not read from the consent cookie, and `?`
/// to leave that undecided. Then a line for each `Cookie` header; after an empty line, one for each
/// header of the response, with `!` in front where it is marked as sensitive.
pub struct Visit {
    pub policy: Policy,
    pub request: HeaderMap,
    pub response: HeaderMap,
    undeclared: Undeclared,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Undeclared {
    Strip,
    Keep,
    Treat,
}

/// Name, value and mark of a header.
pub type Line = (HeaderName, Vec<u8>, bool);

/// All headers in their order.
pub fn lines(headers: &HeaderMap) -> Vec<Line> {
    let line = |(name, value): (&HeaderName, &HeaderValue)| {
        (name.clone(), value.as_bytes().to_vec(), value.is_sensitive())
    };
    headers.iter().map(line).collect()
}

impl Visit {
    pub fn parse(sites: &Sites, data: &[u8]) -> Self {
        let (words, data) = text::cut_line(data).unwrap_or((b"", data));
        let words = String::from_utf8_lossy(words);
        let words: Vec<&str> = words.split_whitespace().collect();
        let (undeclared, registry) = if words.contains(&"keep") {
            (Undeclared::Keep, &sites.keep)
        } else if words.contains(&"treat") {
            (Undeclared::Treat, &sites.treat)
        } else {
            (Undeclared::Strip, &sites.strip)
        };
        let (cookies, response) = text::blocks(data);
        Visit {
            policy: policy(registry, &words),
            request: text::request(cookies),
            response: response.into_iter().filter_map(header).collect(),
            undeclared,
        }
    }

    /// What is to leave of the response, by the rules.
    pub fn expected(&self) -> Vec<Line> {
        let consent = self.effective_consent();
        lines(&self.response)
            .into_iter()
            .filter_map(|(name, value, sensitive)| {
                let left = if name == SET_COOKIE { self.left(&consent, &value)? } else { value };
                Some((name, left, sensitive))
            })
            .collect()
    }

    /// Whether the choice and the rest of the request let a cookie be set; deletions need no leave.
    fn is_permitted(&self, consent: &Consent, line: &[u8]) -> bool {
        let name = conformance::request_name(line);
        if name == OWN_COOKIE {
            return true;
        }
        let carried = || text::cookies(&self.request).iter().any(|it| it.0 == name);
        match self.claim(&name) {
            Some(claim) => {
                is_allowed(consent.choice(), claim.category, claim.service)
                    && (claim.refresh || !carried())
            }
            None => self.undeclared == Undeclared::Keep,
        }
    }

    /// Whether a line that left may have: it is permitted and within its cap, or it deletes.
    pub fn may_leave(&self, line: &[u8]) -> bool {
        let lifetime = self.lifetime(line);
        // No edit keeps libsoup before 3.4 from stopping in a name.
        let stops = lifetime.is_unproven_deletion() && !conformance::is_printable(line);
        let deletes = lifetime.is_proven_deletion() || stops;
        let within = match self.cap(line) {
            None => true,
            Some(cap) => deletes || is_within(lifetime, cap),
        };
        let permitted = self.is_permitted(&self.effective_consent(), line);
        within && (permitted || deletes)
    }

    /// R4, R6, R10 and R11 for one line.
    fn left(&self, consent: &Consent, line: &[u8]) -> Option<Vec<u8>> {
        let lifetime = self.lifetime(line);
        let permitted = self.is_permitted(consent, line);
        let replacement = match (lifetime, self.cap(line)) {
            (_, None) if permitted => return Some(line.to_vec()),
            _ if lifetime.is_proven_deletion() => return Some(line.to_vec()),
            _ if lifetime.is_unproven_deletion() => Some(0),
            _ if !permitted => return None,
            (_, Some(cap)) if is_within(lifetime, cap) => return Some(line.to_vec()),
            (
                Lifetime::Proven(seconds) | Lifetime::Unproven { estimate: Some(seconds), .. },
                Some(MaxLifetime::Seconds(most)),
            ) => Some(seconds.min(most)),
            _ => None,
        };
        Some(conformance::replaced(line, replacement))
    }

    fn cap(&self, line: &[u8]) -> Option<MaxLifetime> {
        let name = conformance::request_name(line);
        let claim = self.claim(&name)?;
        claim.cap.filter(|_| name != OWN_COOKIE || claim.is_exact)
    }

    fn claim(&self, name: &[u8]) -> Option<Claim<'_>> {
        let registry = self.policy.registry();
        let declarations: Vec<_> = registry.declarations().collect();
        let strongest = claims::strongest(&declarations, |it| it.name().as_bytes(), name);
        if let Some(declaration) = strongest.first() {
            return Some(Claim {
                category: declaration.category(),
                service: declaration.service().map(|service| service.id()),
                cap: declaration.max_lifetime(),
                refresh: declaration.refresh(),
                is_exact: !declaration.is_pattern(),
            });
        }
        let category =
            registry.category("analytics").filter(|_| self.undeclared == Undeclared::Treat)?;
        let cap = category.lifetime();
        Some(Claim { category, service: None, cap, refresh: true, is_exact: false })
    }

    fn lifetime(&self, line: &[u8]) -> Lifetime {
        let date = self.response.get(DATE).map(HeaderValue::as_bytes);
        conformance::lifetime(line, date, NOW)
    }

    /// R9: what the response sets of the consent cookie counts as if the request carried it.
    fn effective_consent(&self) -> Consent {
        let set: Vec<_> = self.response.get_all(SET_COOKIE).into_iter().collect();
        let own = set.into_iter().map(HeaderValue::as_bytes);
        let own = own.filter(|line| conformance::split(line).0 == OWN_COOKIE);
        let mut copies: Option<Vec<Vec<u8>>> = None;
        for line in own {
            let copies = copies.get_or_insert_default();
            let lifetime = self.lifetime(line);
            if lifetime.is_proven_deletion() || lifetime.is_unproven_deletion() {
                copies.clear();
            } else {
                copies.push([OWN_COOKIE, b"=", &conformance::split(line).1].concat());
            }
        }
        match copies {
            Some(copies) => self.policy.consent(&text::request(copies.iter().map(Vec::as_slice))),
            None => self.policy.consent(&self.request),
        }
    }
}

/// Whether no engine lets a cookie live longer than the cap.
fn is_within(lifetime: Lifetime, cap: MaxLifetime) -> bool {
    match (lifetime, cap) {
        (Lifetime::Session, _) => true,
        (
            Lifetime::Proven(longest) | Lifetime::Unproven { longest: Some(longest), .. },
            MaxLifetime::Seconds(most),
        ) => longest <= most,
        _ => false,
    }
}

/// What the registry says of one name.
struct Claim<'a> {
    category: CategoryRef<'a>,
    service: Option<&'a str>,
    cap: Option<MaxLifetime>,
    refresh: bool,
    is_exact: bool,
}

/// R6.
fn is_allowed(choice: &Choice, category: CategoryRef<'_>, service: Option<&str>) -> bool {
    let decision = service.and_then(|id| choice.decision(id));
    let decision = decision.or_else(|| choice.decision(category.id()));
    match category.basis() {
        Basis::Necessary => true,
        Basis::Consent => decision == Some(Decision::Granted),
        Basis::OptOut => decision != Some(Decision::Refused),
        // Prohibited, and whatever a later basis may be.
        _ => false,
    }
}

fn policy(registry: &Registry, words: &[&str]) -> Policy {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW.unsigned_abs());
    let mut policy = Policy::builder(registry.clone()).clock(move || now);
    if words.contains(&"report") {
        policy = policy.report_only();
    }
    let says = |word: &&&str| word.starts_with(['+', '-', '?']);
    let said: Vec<String> = words.iter().filter(says).map(|word| (*word).to_owned()).collect();
    if !said.is_empty() {
        policy = policy.source(source_fn(move |_, registry| {
            said.iter().fold(Choice::decided(registry), |choice, word| match word.split_at(1) {
                ("+", id) => choice.grant(id),
                ("-", id) => choice.refuse(id),
                _ => Choice::undecided(registry),
            })
        }));
    }
    policy.build()
}

fn header(line: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let (sensitive, line) = match line.strip_prefix(b"!") {
        Some(line) => (true, line),
        None => (false, line),
    };
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = HeaderName::from_bytes(&line[..colon]).ok()?;
    let value = line[colon + 1..].strip_prefix(b" ").unwrap_or(&line[colon + 1..]);
    let mut value = HeaderValue::from_bytes(value).ok()?;
    value.set_sensitive(sensitive);
    Some((name, value))
}
