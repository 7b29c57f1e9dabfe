//! Generates registries.

use std::time::Duration;

use tower_cookie_consent::registry::{Basis, Combine};

use super::Dice;
use crate::site::{Cap, Cookie, Group, Place, Rest, Site, Source};

const CATEGORIES: [&str; 6] = ["essential", "analytics", "ads", "chat", "a.b", "social-media"];
const SERVICES: [&str; 5] = ["matomo", "hotjar", "pixel", "crm", "a_b"];
const BASES: [Basis; 4] = [Basis::Necessary, Basis::Consent, Basis::OptOut, Basis::Prohibited];
const CAPS: [Cap; 8] = [
    Cap::Session,
    Cap::Seconds(1),
    Cap::Seconds(60),
    Cap::Seconds(3600),
    Cap::Seconds(86_400),
    Cap::Seconds(2_592_000),
    Cap::Seconds(34_128_000),
    Cap::Seconds(3_000_000_000),
];
const NAMES: [&str; 6] = ["sid", "_ga", "_ga_*", "AMCV_*AdobeOrg", "_pk_id.*", "wp-settings-*"];

/// Returns a site whose registry may still be refused, because patterns have an equal claim to one
/// name.
pub(crate) fn site(dice: &mut Dice) -> Site {
    let categories: Vec<_> = CATEGORIES[..2 + dice.below(5)]
        .iter()
        .map(|id| {
            let basis = *dice.pick(&BASES);
            Group { basis, ..group(dice, id, None) }
        })
        .collect();
    let services: Vec<_> = SERVICES[..dice.below(SERVICES.len())]
        .iter()
        .map(|id| {
            let category = dice.below(categories.len());
            (category, group(dice, id, categories[category].lifetime))
        })
        .collect();
    let mut cookies = Vec::new();
    for _ in 0..3 + dice.below(9) {
        let cookie = cookie(dice, &categories, &services);
        if cookie.name.ends_with('*') && !cookie.name.starts_with('*') && dice.chance(30) {
            cookies.push(rival(dice, &cookie));
        }
        cookies.push(cookie);
    }
    let mut site = Site {
        version: (*dice.pick(&["1", "2025-01-15", "v 2+"])).to_owned(),
        consent_lifetime: *dice.pick(&[15_552_000, 86_400, 3600]),
        consent_cookie: place(dice),
        sources: sources(dice),
        combine: *dice.pick(&[
            None,
            None,
            Some(Combine::FirstDecided),
            Some(Combine::MostRestrictive),
        ]),
        store_only: dice.chance(12),
        undeclared: match dice.below(4) {
            0 => Rest::KeepUnchecked,
            1 => Rest::As(dice.below(categories.len())),
            _ => Rest::Strip,
        },
        categories,
        services,
        cookies,
        clock: Duration::from_secs(1_795_262_400)
            + Duration::from_nanos(dice.next() % 4_000_000_000),
    };
    mark(dice, &mut site);
    declare_the_consent_cookie(dice, &mut site);
    let mut seen = Vec::new();
    site.cookies.retain(|cookie| {
        let new = !seen.contains(&cookie.name);
        seen.push(cookie.name.clone());
        new
    });
    site
}

fn group(dice: &mut Dice, id: &str, most: Option<Cap>) -> Group {
    Group {
        id: id.to_owned(),
        basis: Basis::Necessary,
        lifetime: cap(dice, most),
        refresh: *dice.pick(&[None, None, None, Some(true), Some(false)]),
        refused_by_signals: false,
    }
}

/// Returns a lifetime that is not above the one around it, or none.
fn cap(dice: &mut Dice, most: Option<Cap>) -> Option<Cap> {
    if dice.chance(45) {
        return None;
    }
    let cap = *dice.pick(&CAPS);
    Some(most.map_or(cap, |most| most.min(cap)))
}

fn cookie(dice: &mut Dice, categories: &[Group], services: &[(usize, Group)]) -> Cookie {
    let service = (!services.is_empty() && dice.chance(50)).then(|| dice.below(services.len()));
    let category =
        service.map_or_else(|| dice.below(categories.len()), |service| services[service].0);
    let around = service.and_then(|service| services[service].1.lifetime);
    let most = [around, categories[category].lifetime].into_iter().flatten().min();
    let name = if dice.chance(25) {
        (*dice.pick(&NAMES)).to_owned()
    } else {
        let mut name = "a".to_owned() + &dice.text(&["a", "b", "*", "_"], 4);
        if dice.chance(30) {
            name.insert(0, '*');
        }
        while name.contains("**") {
            name = name.replace("**", "*");
        }
        name
    };
    let refresh = *dice.pick(&[None, None, None, Some(true), Some(false)]);
    Cookie { name, category, service, lifetime: cap(dice, most), refresh }
}

/// Returns a pattern in the same home with an equal claim to the same names.
fn rival(dice: &mut Dice, cookie: &Cookie) -> Cookie {
    let refresh = *dice.pick(&[None, Some(true), Some(false)]);
    let lifetime = *dice.pick(&[None, cookie.lifetime, Some(Cap::Session)]);
    Cookie { name: format!("*{}", cookie.name), lifetime, refresh, ..cookie.clone() }
}

fn place(dice: &mut Dice) -> Place {
    let mut place = Place {
        name: None,
        domain: None,
        path: None,
        secure: true,
        partitioned: false,
        lifetime: None,
    };
    match dice.below(7) {
        0 => place.domain = Some("example.com".to_owned()),
        1 => place.path = Some("/app".to_owned()),
        2 => place.secure = false,
        4 => place.partitioned = true,
        3 => place.name = Some((*dice.pick(&["choice", "a_choice"])).to_owned()),
        _ => {}
    }
    if dice.chance(30) {
        place.lifetime = Some(*dice.pick(&CAPS));
    }
    place
}

fn sources(dice: &mut Dice) -> Vec<Source> {
    use Source::{Dnt, Gpc, Own};
    let all: [&[Source]; 8] = [
        &[],
        &[],
        &[Own],
        &[Gpc, Own],
        &[Own, Gpc],
        &[Dnt, Own],
        &[Gpc, Own, Dnt],
        &[Own, Dnt, Gpc],
    ];
    dice.pick(&all).to_vec()
}

/// Marks what signals refuse, which is never a necessary category.
fn mark(dice: &mut Dice, site: &mut Site) {
    for category in &mut site.categories {
        category.refused_by_signals = category.basis != Basis::Necessary && dice.chance(40);
    }
    for (category, service) in &mut site.services {
        service.refused_by_signals =
            site.categories[*category].basis != Basis::Necessary && dice.chance(40);
    }
}

/// Sometimes also declares the consent cookie by its name, or by a pattern.
fn declare_the_consent_cookie(dice: &mut Dice, site: &mut Site) {
    let name = site.consent_cookie.name().to_owned();
    let necessary = site.categories.iter().position(|group| group.basis == Basis::Necessary);
    if let (Some(category), true) = (necessary, dice.chance(20)) {
        let lifetime = cap(dice, site.categories[category].lifetime);
        let refresh = *dice.pick(&[None, Some(false)]);
        site.cookies.push(Cookie {
            name: name.clone(),
            category,
            service: None,
            lifetime,
            refresh,
        });
    }
    if dice.chance(20) {
        let category = dice.below(site.categories.len());
        let lifetime = cap(dice, site.categories[category].lifetime);
        let name = format!("{}*", &name[..name.len() - 2]);
        site.cookies.push(Cookie { name, category, service: None, lifetime, refresh: None });
    }
}
