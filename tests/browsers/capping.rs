//! Checks what is stored when the layer caps a line.

use super::alike::{TOLERANCE, differ, lives_no_longer};
use super::findings::check;
use super::visit::{Seen, Visit};
use super::wrapping::{CAP, Wrapping};

/// Applies [`check`] to both caps, and compares with what is stored without the layer.
fn check_capped(name: &str, wrong: impl Fn(&Seen, &Seen) -> Option<String>) {
    check(name, |visit: &Visit, line| {
        let bare = visit.first(Wrapping::Bare, line);
        [Wrapping::Capped, Wrapping::Session].into_iter().find_map(|wrapping| {
            let wrong = wrong(bare, visit.first(wrapping, line))?;
            Some(format!("{wrapping}: {wrong}"))
        })
    });
}

#[test]
fn r12_what_is_capped_is_stored_as_without_the_layer_but_for_its_life() {
    check_capped("alike", differ);
}

#[test]
fn r10_what_is_stored_without_the_layer_is_stored_with_it() {
    check_capped("stored", |bare, capped| {
        let lost = !bare.cookies.is_empty() && capped.cookies.is_empty();
        lost.then(|| format!("not stored, but {:?} without the layer", bare.cookies))
    });
}

#[test]
fn r10_what_is_not_stored_without_the_layer_is_not_stored_with_it() {
    check_capped("not stored", |bare, capped| {
        let added = bare.cookies.is_empty() && !capped.cookies.is_empty();
        added.then(|| format!("stored {:?}, but not without the layer", capped.cookies))
    });
}

#[test]
fn r10_nothing_lives_longer_than_without_the_layer() {
    check_capped("no longer", lives_no_longer);
}

#[test]
fn r10_nothing_lives_beyond_the_cap() {
    check("cap", |visit, line| {
        let capped = visit.first(Wrapping::Capped, line);
        let session = visit.first(Wrapping::Session, line);
        let beyond = capped.lifetimes().flatten().find(|seconds| *seconds > CAP + TOLERANCE);
        let seconds = beyond.or_else(|| session.lifetimes().flatten().next())?;
        Some(format!("lives {seconds:.0} s"))
    });
}

#[test]
fn r10_an_agreed_life_is_shortened_to_the_cap_and_no_further() {
    check("agreed", |visit, line| {
        let life = |wrapping| visit.first(wrapping, line).lifetimes().next();
        if !visit.lines[line].is_agreed() {
            return None;
        }
        let (bare, capped) = (life(Wrapping::Bare)?, life(Wrapping::Capped)?);
        let want = bare.map(|seconds| seconds.min(CAP));
        let off = want.zip(capped).map(|(want, capped)| (want - capped).abs());
        let agrees = off.map_or(want == capped, |off| off <= TOLERANCE);
        (!agrees).then(|| format!("lives {capped:?} instead of {want:?} seconds"))
    });
}
