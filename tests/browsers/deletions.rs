//! Checks what is deleted.

use super::findings::check;
use super::run::Run;
use super::visit::visits;
use super::wrapping::Wrapping;

#[test]
fn there_is_something_to_delete() {
    for visit in visits() {
        let run = Run { wrapping: Wrapping::Bare, again: true };
        let lines: Vec<_> =
            (0..visit.lines.len()).filter(|line| run.serves(&visit.lines[*line])).collect();
        let carried =
            lines.iter().filter(|line| !visit.seen(run, **line).served.carried.is_empty());
        let carried = carried.count();
        // Some lines set no cookie, or one that other requests get: with another path, or a wrong
        // domain.
        assert!(carried * 2 > lines.len(), "{visit}\n{carried} carried");
    }
}

#[test]
fn r4_what_deletes_without_the_layer_deletes_with_it() {
    check("deletion", |visit, line| {
        let seen = |wrapping| &visit.seen(Run { wrapping, again: true }, line).cookies;
        if !visit.lines[line].deletes() || !seen(Wrapping::Bare).is_empty() {
            return None;
        }
        let kept = Wrapping::ALL.into_iter().find(|wrapping| !seen(*wrapping).is_empty())?;
        Some(format!("{kept}: still there {:?}", seen(kept)))
    });
}
