//! Deleting what the visitor's browser holds and the policy does not allow, without being asked to
//! (R19).

mod memory;
pub(super) mod prepared;

use std::cell::OnceCell;
use std::collections::HashSet;

use http::HeaderValue;

use crate::choice::{Choice, Decision};
use crate::few::Few;
use crate::policy::deletions::{Held, Lines, Places};
use crate::policy::judge::Judge;
use crate::policy::page::Navigation;
use crate::policy::renewal::renewed;
use crate::policy::served::Served;
use crate::policy::sweep::memory::{Hash, Kind, MAX_TEXT, Mark, Memory};
use crate::policy::sweep::prepared::Prepared;
use crate::policy::{Consent, Policy, Visit};
use crate::registry::{AccountPrecedence, Basis, Id, Registry};
use crate::report::SweptCookie;
use crate::set_cookie::SetCookie;

/// The name of the cookie that remembers what was swept, where browsers can hold it to its host.
const NAME: &str = "__Host-cookie_sweep";
const NAME_WITHOUT_TLS: &str = "cookie_sweep";

/// The bytes that the line of that cookie takes besides its marks.
const MEMORY_AROUND: usize = 128;

/// The lines that a policy adds to a response to delete what it does not allow
/// ([R19](crate::rules#r19)), and the cookies that go; made by [`Policy::sweep`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "nothing is deleted until the lines are sent"]
pub struct Sweep {
    lines: Vec<HeaderValue>,
    cookies: Vec<SweptCookie>,
}

impl Sweep {
    /// The `Set-Cookie` lines, in the order in which they must be sent, behind those of the response.
    pub fn lines(&self) -> std::slice::Iter<'_, HeaderValue> {
        self.lines.iter()
    }

    /// The cookies that are deleted, without values.
    pub fn cookies(&self) -> &[SweptCookie] {
        &self.cookies
    }
}

impl Policy {
    /// Returns `true` if responses delete what the policy does not allow ([R19](crate::rules#r19)).
    pub fn sweeps(&self) -> bool {
        self.0.deletes.sweep.is_some()
    }

    /// The name of the cookie by which a browser remembers what was swept.
    pub(crate) fn memory_name(&self) -> &'static str {
        memory_name(self.registry())
    }

    /// Returns `true` if the policy sweeps, and remembers by a cookie of this name.
    pub(super) fn is_memory_name(&self, cookie_name: &[u8]) -> bool {
        self.sweeps() && cookie_name == self.memory_name().as_bytes()
    }

    /// The lines that delete what the visitor's browser holds and the policy does not allow, without a
    /// `HeaderMap` to hold them; [`enforce`](Self::enforce) adds them by itself.
    ///
    /// `lines` are the response's own, and `date` its first `Date` header, as
    /// [`judge`](Self::judge) takes them: they may renew the choice, and what they delete with it is
    /// left to them. Where one of them does not reach what it deletes, another deletion comes first
    /// ([R20](crate::rules#r20)); there are no others where the policy [does not sweep](Self::sweeps) or
    /// the browser opens no document, and none at all where it only reports. A response that gets such
    /// lines is for one visitor ([R23](crate::rules#r23)).
    pub fn sweep<L: AsRef<[u8]>>(
        &self,
        consent: &Consent,
        lines: &[L],
        date: Option<&[u8]>,
    ) -> Sweep {
        let lines = || lines.iter().map(AsRef::as_ref);
        let (added, cookies) = match consent.visit().under(self) {
            Some(visit) => visit.sweep(lines, date),
            None => consent.visit().sweep(lines, date),
        };
        Sweep { lines: added.into_values().collect(), cookies }
    }
}

impl Visit {
    /// The lines that a sweep adds to a response with these lines and this `Date`, and the cookies that go. A
    /// policy that only reports adds none.
    pub(super) fn sweep<'l, L: Iterator<Item = &'l [u8]>>(
        &self,
        lines: impl Fn() -> L,
        date: Option<&[u8]>,
    ) -> (Added, Vec<SweptCookie>) {
        let mut cookies = Vec::new();
        let added = self.sweeping(lines, date, |cookie| cookies.push(cookie()));
        if self.policy().is_report_only() {
            return (Added::default(), cookies);
        }
        (added, cookies)
    }

    /// The lines of a sweep that nobody is told of.
    pub(super) fn sweep_silently<'l, L: Iterator<Item = &'l [u8]>>(
        &self,
        lines: impl Fn() -> L,
        date: Option<&[u8]>,
    ) -> Added {
        self.sweeping(lines, date, |_| ())
    }

    /// The lines of a sweep; `tell` is given each cookie that goes.
    fn sweeping<'l, L: Iterator<Item = &'l [u8]>>(
        &self,
        lines: impl Fn() -> L,
        date: Option<&[u8]>,
        tell: impl FnMut(&dyn Fn() -> SweptCookie),
    ) -> Added {
        let policy = self.policy();
        let mut added = Added::default();
        if policy.0.deletes.follows {
            added.further = self.further_deletions(&lines, date);
        }
        if let (Some(prepared), Some(navigation)) =
            (&policy.0.deletes.sweep, self.page().navigation())
        {
            let served = Served::new(policy, date);
            let renewed = renewed(self, lines(), policy.prefilter(), &served);
            let sweeping =
                Sweeping { policy, prepared, navigation, visit: self, renewed, served, date };
            added.swept = sweeping.lines(lines, tell);
        }
        added
    }
}

/// The lines that are added to a response.
#[derive(Default)]
pub(super) struct Added {
    /// The deletions that follow those of the application.
    further: Vec<HeaderValue>,
    swept: Lines,
}

impl Added {
    pub(super) fn is_empty(&self) -> bool {
        self.further.is_empty() && self.swept.is_empty()
    }

    /// The lines in the order in which they are sent.
    pub(super) fn into_values(self) -> impl Iterator<Item = HeaderValue> {
        self.further.into_iter().chain(self.swept.into_values())
    }
}

/// One response that may delete, for one visitor.
struct Sweeping<'a> {
    policy: &'a Policy,
    prepared: &'a Prepared,
    navigation: Navigation,
    /// The visit as the request brought it.
    visit: &'a Visit,
    /// The visit as it is after this response, if the response renews it.
    renewed: Option<Box<Visit>>,
    served: Served<'a>,
    /// The response's first `Date`.
    date: Option<&'a [u8]>,
}

impl Sweeping<'_> {
    fn choice(&self) -> &Choice {
        self.renewed.as_deref().unwrap_or(self.visit).counting()
    }

    /// Returns `true` if the choice is known: a visitor who seems undecided may have decided, where the browser
    /// held the consent cookie back.
    fn knows_choice(&self) -> bool {
        // Where the later choice counts, the device's, if it was held back, may be later than the account's.
        let is_decided = || match self.policy.account_precedence() {
            AccountPrecedence::Latest => self.visit.device().is_decided(),
            _ => self.choice().is_decided(),
        };
        self.navigation.brings_choice || self.renewed.is_some() || is_decided()
    }

    fn lines<'l, L: Iterator<Item = &'l [u8]>>(
        &self,
        own_lines: impl Fn() -> L,
        mut tell: impl FnMut(&dyn Fn() -> SweptCookie),
    ) -> Lines {
        let registry = self.policy.registry();
        let memory_name = self.policy.memory_name().as_bytes();
        let mut lines = Lines::default();
        // Each copy of the memory counts: a frame of the site's own has one in another jar.
        let (mut memories, mut leftovers) = (Vec::new(), Few::new());
        let may_concern = |text: &[u8]| self.prepared.may_concern(text);
        self.visit.for_each_candidate_among(may_concern, |pair| {
            if pair.name() == memory_name {
                memories.push(pair.value());
            } else if let Some(it) = self.policy.leftover(pair.request_name(), || self.choice()) {
                leftovers.push((Held::from(pair), it));
            }
        });
        if memories.is_empty() && leftovers.is_empty() {
            return lines;
        }
        let places = Places::around(self.visit.page(), self.navigation.is_framed);
        let mut memory = Memory::default();
        for text in &memories {
            memory.add_text(text);
        }
        memory.begin(Kind::Prohibited, self.prepared.of_registry, &memories);
        let mut asks = None;
        if memory.knows(Kind::Asking) {
            self.may_ask(&mut asks, &mut memory, &memories);
        }
        let (deleted_here, sets_nameless) = (OnceCell::new(), OnceCell::new());
        for (held, (rule, reason)) in leftovers.drain() {
            let kind =
                if rule.basis == Basis::Prohibited { Kind::Prohibited } else { Kind::Asking };
            if kind == Kind::Asking && !self.may_ask(&mut asks, &mut memory, &memories) {
                continue;
            }
            let Some(declared) = registry.declaration_of(rule) else { continue };
            let name = self.mark_of(held);
            if memory.has(kind, name) || !memory.has_room(kind) {
                continue;
            }
            if self.renewed.is_some() {
                let deleted: &HashSet<&[u8]> =
                    deleted_here.get_or_init(|| self.deleted_by(own_lines()));
                if deleted.contains(held.name) {
                    continue;
                }
            }
            if held.is_nameless && *sets_nameless.get_or_init(|| self.sets_nameless(&own_lines)) {
                continue;
            }
            let before = lines.len();
            places.write(held, rule, declared, &mut lines);
            if !lines.fit(before, 1, MEMORY_AROUND + MAX_TEXT) {
                continue;
            }
            memory.add(kind, name);
            let count = lines.len() - before;
            let shown = (!held.is_nameless).then_some(held.name);
            tell(&|| SweptCookie::new(shown, rule, registry, reason, count));
        }
        if memory.is_changed() {
            self.remember(&memory, &mut lines);
        }
        lines
    }

    /// The cookies that these lines delete. Lines that renew the choice are those of storing or
    /// withdrawing it, which deletes in every place. What else the application deletes it may delete in some
    /// other place than where the cookie lies, and what it sets without the visitor's leave is stripped.
    fn deleted_by<'l>(&self, lines: impl Iterator<Item = &'l [u8]>) -> HashSet<&'l [u8]> {
        let cookies = lines.map(SetCookie::parse);
        let is_deletion = |cookie: &SetCookie<'_>| self.served.lifetime(cookie).is_deletion();
        cookies.filter(is_deletion).map(|cookie| cookie.request_name()).collect()
    }

    /// Returns `true` if one of these lines leaves and sets a cookie without a name. It takes the place of what
    /// the browser held so, and the line that deletes a cookie without a name would take it away.
    fn sets_nameless<'l, L: Iterator<Item = &'l [u8]>>(&self, lines: impl Fn() -> L) -> bool {
        let nameless = |line| Some(SetCookie::parse(line)).filter(SetCookie::is_nameless);
        if lines().all(|line| nameless(line).is_none()) {
            return false;
        }
        let mut judge = Judge::new(self.visit, lines(), self.date);
        lines().any(|line| {
            let judgement = judge.judge(line);
            nameless(line).is_some_and(|cookie| judge.leaves_set(&cookie, &judgement))
        })
    }

    /// Returns `true` if cookies that need a consent may go; if so, the memory is that of this choice. The choice
    /// is read here, once, and not at all for a request that carries no such cookie.
    fn may_ask(&self, asks: &mut Option<bool>, memory: &mut Memory, memories: &[&[u8]]) -> bool {
        *asks.get_or_insert_with(|| {
            let knows = self.knows_choice();
            if knows {
                memory.begin(Kind::Asking, self.choice_mark(), memories);
            }
            knows
        })
    }

    /// Returns what stands for a choice: when it was made, and what it says.
    fn choice_mark(&self) -> Mark {
        let choice = self.choice();
        let seconds = choice.seconds().and_then(|seconds| u64::try_from(seconds).ok());
        let mut hash = Hash::new(self.prepared.seed).and_word(seconds.unwrap_or(0));
        for (number, of_id) in self.prepared.of_ids.iter().enumerate() {
            if let Some(decision) = choice.decision_on(Id::new(number)) {
                hash = hash.and_word(of_id ^ u64::from(decision == Decision::Granted));
            }
        }
        hash.mark()
    }

    fn mark_of(&self, held: Held<'_>) -> Mark {
        Hash::new(self.prepared.seed).and(&[u8::from(held.is_nameless)]).and(held.name).mark()
    }

    /// Adds the line by which the browser remembers, or forgets where there is nothing to remember.
    fn remember(&self, memory: &Memory, lines: &mut Lines) {
        let line = lines.begin();
        line.extend_from_slice(self.policy.memory_name().as_bytes());
        line.extend_from_slice(b"=");
        let mut seconds = "0";
        if memory.knows(Kind::Prohibited) || memory.knows(Kind::Asking) {
            memory.write(line);
            seconds = &self.prepared.remembered_for;
        }
        let secure = self.policy.registry().consent_cookie().is_secure();
        // In a frame of another site browsers take no other lines, and may keep no other jar.
        line.extend_from_slice(match (secure, self.navigation.is_framed) {
            (true, true) => {
                b"; Path=/; HttpOnly; Secure; SameSite=None; Partitioned; Max-Age=".as_slice()
            }
            (true, false) => b"; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=",
            (false, _) => b"; Path=/; HttpOnly; SameSite=Lax; Max-Age=",
        });
        line.extend_from_slice(seconds.as_bytes());
        lines.end();
    }
}

/// The name of the cookie by which a browser remembers what was swept under this registry.
pub(super) fn memory_name(registry: &Registry) -> &'static str {
    if registry.consent_cookie().is_secure() { NAME } else { NAME_WITHOUT_TLS }
}
