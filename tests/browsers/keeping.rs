//! Checks what is stored when the layer keeps a line.

use super::alike::{differ, lives_alike};
use super::findings::check;
use super::wrapping::Wrapping;

#[test]
fn r12_what_is_kept_is_stored_as_without_the_layer() {
    check("kept", |visit, line| {
        let bare = visit.first(Wrapping::Bare, line);
        let kept = visit.first(Wrapping::Unlimited, line);
        if bare.cookies.len() != kept.cookies.len() {
            return Some(format!(
                "{:?} without the layer, {:?} with it",
                bare.cookies, kept.cookies
            ));
        }
        differ(bare, kept).or_else(|| lives_alike(bare, kept))
    });
}
