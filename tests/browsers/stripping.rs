//! Checks what is stored without consent.

use super::findings::check;
use super::wrapping::Wrapping;

#[test]
fn r4_r6_nothing_is_stored_without_consent() {
    check("without consent", |visit, line| {
        let stored = &visit.first(Wrapping::Undecided, line).cookies;
        (!stored.is_empty()).then(|| format!("stored {stored:?}"))
    });
}
