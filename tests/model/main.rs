//! A model of rules R1 to R12, and of R17 for the own cookie and signals, written from the rules
//! and not from the code. It is slow and plain, and the crate has to agree with it on
//! visits that are generated: a registry, a request, and a response.
//!
//! ```sh
//! cargo test --all-features --test model
//! MODEL_VISITS=1000000 MODEL_SEED=2 cargo test --release --all-features --test model
//! ```
//!
//! Two things are taken from the crate: how browsers read dates in other forms than those of R3,
//! which was measured and is not a rule, and the lines that `Consent::store` and
//! `Consent::withdraw` write.

use std::env;

mod choice;
mod compare;
mod decide;
mod edit;
mod generate;
mod names;
mod place;
mod reader;
mod shrink;
mod site;
mod tally;
mod visit;

/// The number of visits for which a run of all tests can wait.
const VISITS: u64 = 20_000;

/// The number of visits for one registry, which takes longer to build than to use.
const VISITS_OF_A_SITE: u64 = 16;

/// The parts that a run has to reach, each at least once in this many visits.
const REACHED: [&str; 63] = [
    "R2: a line without a name",
    "R3: a comma in the name of an attribute before",
    "R3: a deletion behind other bytes than printable ASCII",
    "R3: an estimate",
    "R3: an estimate of 0",
    "R3: browsers read two things",
    "R3: libsoup keeps it for longer",
    "R3: no estimate",
    "R3: proven",
    "R4: an unproven deletion under a cap",
    "R4: an unproven deletion without consent",
    "R5: an exact name",
    "R5: one pattern",
    "R5: patterns",
    "R5: patterns with equally many literal bytes",
    "R6: a service's own decision",
    "R6: undeclared, as of a category",
    "R7: a little ahead",
    "R7: another version",
    "R7: counts",
    "R7: different copies",
    "R7: from the future",
    "R7: malformed",
    "R7: no consent cookie",
    "R7: one copy, or equal ones",
    "R7: too many copies",
    "R7: too old",
    "R8: it carries the choice",
    "R8: it goes by the consent cookie's name alone",
    "R9: another's line under store-only",
    "R9: the choice is deleted",
    "R9: the choice is set",
    "R9: the choice is set again",
    "R9: the choice may be deleted",
    "R10: no cap",
    "R10: no estimate",
    "R10: proven above",
    "R10: proven within",
    "R10: the estimate or the cap",
    "R10: the longest reading is within",
    "R11: a deletion before",
    "R11: an unproven deletion becomes one for all",
    "R11: for the session",
    "R11: would be prolonged",
    "R12: a deletion loses its value",
    "R12: a value with a tab stays",
    "R17: all sources are asked",
    "R17: an objection",
    "R17: what a source before refuses stays refused",
    "already-set",
    "consent-cookie",
    "deletion",
    "foreign-choice",
    "granted",
    "necessary",
    "not-granted",
    "not-refused",
    "prohibited",
    "refused",
    "too-long",
    "undecided",
    "undeclared",
    "unproven",
];

fn setting(name: &str, default: u64) -> u64 {
    env::var(name).map_or(default, |value| value.parse().expect(name))
}

#[test]
fn r1_to_r12_the_crate_does_what_the_model_says() {
    let (visits, seed) = (setting("MODEL_VISITS", VISITS), setting("MODEL_SEED", 1));
    let mut dice = generate::Dice::new(seed);
    let mut judged = 0;
    while judged < visits {
        let site = generate::site(&mut dice);
        let Ok(policy) = site.policy() else { continue };
        for _ in 0..VISITS_OF_A_SITE {
            judged += 1;
            let visit = generate::visit(&mut dice, &site);
            if compare::disagreement(&site, &policy, &visit).is_some() {
                let visit = shrink::smallest(&site, &policy, visit);
                let what = compare::disagreement(&site, &policy, &visit).unwrap();
                panic!("visit {judged} of seed {seed}: {what}\n{visit}\n{site:#?}");
            }
        }
    }
    let tally = tally::all();
    println!("{judged} visits of seed {seed}: {tally:#?}");
    let enough = visits / 1000;
    let missed: Vec<_> = REACHED
        .iter()
        .filter(|part| tally.get(*part).is_none_or(|&times| times < enough))
        .collect();
    assert!(missed.is_empty(), "reached less than {enough} times: {missed:#?}");
}
