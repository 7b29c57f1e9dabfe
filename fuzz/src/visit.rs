//! A request and its response, and a literal reading of what the rules leave of the latter.

use std::time::{Duration, SystemTime};

use http::header::{DATE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use tower_cookie_consent::registry::{Basis, CategoryRef, MaxLifetime};
use tower_cookie_consent::set_cookie::Lifetime;
use tower_cookie_consent::{Choice, Decision, OwnCookie, Policy, Registry, source_fn};

use crate::{NOW, claims, conformance, text};

const SITE: &str = include_str!("site.toml");
const OWN_COOKIE: &[u8] = b"__Host-cookie_consent";
/// As long as a consent counts, since the site says nothing else.
const OWN_LIFETIME: MaxLifetime = MaxLifetime::Seconds(180 * 86_400);

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
        let pattern = "'__Host-cookie_*' = { category = 'analytics', lifetime = '1 hour' }";
        Sites {
            strip: site("'strip'", named),
            keep: site("'keep-unchecked'", pattern),
            treat: site("{ category = 'analytics' }", ""),
        }
    }
}

/// A target's input, read.
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

    /// Returns what is to leave of the response, by the rules.
    pub fn expected(&self) -> Vec<Line> {
        let choice = self.effective_choice();
        let mut set_before: Vec<Vec<u8>> = Vec::new();
        let mut left = Vec::new();
        for (name, value, sensitive) in lines(&self.response) {
            if name != SET_COOKIE {
                left.push((name, value, sensitive));
                continue;
            }
            if let Some(line) = self.left(&choice, &value, &set_before) {
                left.push((name, line, sensitive));
            }
            set_before.push(value);
        }
        left
    }

    /// Returns `true` if the choice lets a cookie be set; deletions need no leave.
    fn is_permitted(&self, choice: &Choice, line: &[u8]) -> bool {
        if self.carries_choice(line) {
            return true;
        }
        match self.claim(&conformance::request_name(line)) {
            Some(claim) => is_allowed(choice, claim.category, claim.service),
            None => self.undeclared == Undeclared::Keep,
        }
    }

    /// R11: whether the line asks for a lifetime that a cookie of the request must not get again.
    fn prolongs(&self, line: &[u8], set_before: &[Vec<u8>]) -> bool {
        let name = conformance::request_name(line);
        let carried = || text::cookies(&self.request).iter().any(|it| it.0 == name);
        let starts_anew = || {
            let mut of_its_name =
                set_before.iter().filter(|line| conformance::request_name(line) == name);
            of_its_name.any(|line| self.deletes(line)) && !self.deletes(line)
        };
        let is_bound = self.claim(&name).is_some_and(|claim| !claim.refresh);
        is_bound
            && !self.carries_choice(line)
            && self.lifetime(line) != Lifetime::Session
            && self.cap(line) != Some(MaxLifetime::Session)
            && carried()
            && !starts_anew()
    }

    /// R8: whether the line stores a choice in the consent cookie.
    fn carries_choice(&self, line: &[u8]) -> bool {
        is_in_own_place(line)
            && OwnCookie.holds_choice(&conformance::split(line).1, self.policy.registry())
    }

    /// Returns `true` if a line that left may have: it is permitted and within its cap, or it deletes.
    pub fn may_leave(&self, line: &[u8]) -> bool {
        let lifetime = self.lifetime(line);
        // No edit keeps libsoup before 3.4 from stopping in a name.
        let stops = lifetime.is_unproven_deletion() && !conformance::is_printable(line);
        let deletes = lifetime.is_proven_deletion() || stops;
        let within = match self.cap(line) {
            None => true,
            Some(cap) => deletes || is_within(lifetime, cap),
        };
        let permitted = self.is_permitted(&self.effective_choice(), line);
        within && (permitted || deletes)
    }

    /// R4, R6, R10 and R11 for one line.
    fn left(&self, choice: &Choice, line: &[u8], set_before: &[Vec<u8>]) -> Option<Vec<u8>> {
        let lifetime = self.lifetime(line);
        let permitted = self.is_permitted(choice, line) && !self.prolongs(line, set_before);
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
        if self.carries_choice(line) {
            return Some(OWN_LIFETIME);
        }
        self.claim(&conformance::request_name(line))?.cap
    }

    fn claim(&self, name: &[u8]) -> Option<Claim<'_>> {
        let registry = self.policy.registry();
        // R8: a declaration of the consent cookie is for the choice alone.
        let means = |declared: &str| name != OWN_COOKIE || declared.as_bytes() != OWN_COOKIE;
        let declarations: Vec<_> = registry.declarations().filter(|it| means(it.name())).collect();
        let strongest = claims::strongest(&declarations, |it| it.name().as_bytes(), name);
        if let Some(declaration) = strongest.first() {
            return Some(Claim {
                category: declaration.category(),
                service: declaration.service().map(|service| service.id()),
                cap: declaration.max_lifetime(),
                refresh: declaration.refresh(),
            });
        }
        let category =
            registry.category("analytics").filter(|_| self.undeclared == Undeclared::Treat)?;
        let cap = category.lifetime();
        Some(Claim { category, service: None, cap, refresh: true })
    }

    fn lifetime(&self, line: &[u8]) -> Lifetime {
        let date = self.response.get(DATE).map(HeaderValue::as_bytes);
        conformance::lifetime(line, date, NOW)
    }

    fn deletes(&self, line: &[u8]) -> bool {
        let lifetime = self.lifetime(line);
        lifetime.is_proven_deletion() || lifetime.is_unproven_deletion()
    }

    /// R9: what the response puts into the consent cookie's place counts as if the request carried
    /// it. Another deletion under its name takes the grants back.
    fn effective_choice(&self) -> Choice {
        let mut copies: Option<Vec<Vec<u8>>> = None;
        let mut may_be_deleted = false;
        for line in self.response.get_all(SET_COOKIE).into_iter().map(HeaderValue::as_bytes) {
            if conformance::request_name(line) != OWN_COOKIE {
                continue;
            }
            let deletes = self.deletes(line);
            if deletes && !is_in_own_place(line) {
                may_be_deleted = true;
            } else if deletes {
                may_be_deleted = false;
                copies = Some(Vec::new());
            } else if self.carries_choice(line) {
                may_be_deleted = false;
                let copy = [OWN_COOKIE, b"=", &conformance::split(line).1].concat();
                copies.get_or_insert_default().push(copy);
            }
        }
        let consent = match copies {
            Some(copies) => self.policy.consent(&text::request(copies.iter().map(Vec::as_slice))),
            None => self.policy.consent(&self.request),
        };
        let choice = consent.choice();
        if !may_be_deleted {
            return choice.clone();
        }
        let refused = choice.decisions().filter(|(_, decision)| *decision == Decision::Refused);
        refused.fold(Choice::undecided(self.policy.registry()), |choice, (id, _)| choice.refuse(id))
    }
}

/// R9: whether every browser keeps the cookie where the site keeps the choice, for this host alone,
/// under the root path, for TLS.
fn is_in_own_place(line: &[u8]) -> bool {
    let mut parts = line.split(|byte| *byte == b';');
    let pair = parts.next().unwrap_or_default();
    let attributes: Vec<(Vec<u8>, &[u8])> = parts
        .map(|part| {
            let equals = part.iter().position(|byte| *byte == b'=').unwrap_or(part.len());
            let name = conformance::trimmed(&part[..equals]).to_ascii_lowercase();
            (name, conformance::trimmed(part.get(equals + 1..).unwrap_or_default()))
        })
        .collect();
    let values = |name: &str| -> Vec<&[u8]> {
        let of_name = attributes.iter().filter(|it| it.0 == name.as_bytes());
        of_name.map(|it| it.1).collect()
    };
    let has_control = |text: &[u8]| text.iter().any(u8::is_ascii_control);
    let (name, value, _) = conformance::split(line);
    name == OWN_COOKIE
        && pair.contains(&b'=')
        && !has_control(&value)
        && name.len() + value.len() <= 4_096
        && values("path") == [b"/"]
        && values("domain").is_empty()
        && values("partitioned").is_empty()
        && !values("secure").is_empty()
        && !attributes.iter().any(|(name, value)| has_control(name) || has_control(value))
}

/// Returns `true` if no engine lets a cookie live longer than the cap.
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

/// The claim of the registry on one name.
struct Claim<'a> {
    category: CategoryRef<'a>,
    service: Option<&'a str>,
    cap: Option<MaxLifetime>,
    refresh: bool,
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
