//! The layer's allocations.

use tower_cookie_consent::{CookieConsent, CookieConsentLayer, Policy};
use tower_layer::Layer;

use crate::support::inner::{Prepared, call};
use crate::support::shape::Shape;

/// Returns what `work` makes, and how often it allocated.
pub(crate) fn counted<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let mut made = None;
    let counts = allocation_counter::measure(|| made = Some(work()));
    (made.expect("measured once"), counts.count_total)
}

fn service(layer: &CookieConsentLayer, shape: &Shape) -> CookieConsent<Prepared> {
    layer.layer(Prepared::new(shape.response()))
}

/// Returns how often answering allocates.
fn allocations_of(layer: &CookieConsentLayer, shape: &Shape) -> u64 {
    let mut service = service(layer, shape);
    let request = shape.request();
    let (response, allocations) = counted(|| call(&mut service, request));
    shape.check(&response);
    allocations
}

/// The extensions are off here.
fn allocations(shape: &Shape) -> u64 {
    let layer = CookieConsentLayer::new(shape.registry.clone())
        .consent_extension(false)
        .report_extension(false);
    allocations_of(&layer, shape)
}

#[test]
fn the_counter_counts() {
    assert_eq!(counted(|| 1).1, 0);
    assert_eq!(counted(|| Box::new(1)).1, 1);
}

#[test]
fn a_response_without_set_cookie_allocates_nothing() {
    assert_eq!(allocations(&Shape::no_set_cookie()), 0);
}

#[test]
fn kept_cookies_allocate_nothing() {
    assert_eq!(allocations(&Shape::three_kept()), 0);
}

#[test]
fn reading_the_choice_allocates_nothing() {
    assert_eq!(allocations(&Shape::three_granted()), 0);
}

#[test]
fn stripping_a_few_allocates_nothing() {
    assert_eq!(allocations(&Shape::three_of_six_stripped()), 0);
}

#[test]
fn stripping_all_allocates_nothing() {
    assert_eq!(allocations(&Shape::six_stripped()), 0);
}

#[test]
fn showing_each_cookie_allocates_nothing() {
    let policy = Policy::builder(Shape::three_of_six_stripped().registry).observe_each(|cookie| {
        std::hint::black_box(cookie);
    });
    let layer = CookieConsentLayer::new(policy).consent_extension(false).report_extension(false);
    assert_eq!(allocations_of(&layer, &Shape::three_of_six_stripped()), 0);
}

#[test]
fn capping_allocates_once_for_each_line() {
    assert_eq!(allocations(&Shape::three_of_six_capped()), 3);
}

#[test]
fn thousands_of_patterns_allocate_nothing() {
    assert_eq!(allocations(&Shape::forty_against_many()), 0);
}

/// Some of the fifty lines are stripped, and more remain than can be moved on the stack.
#[test]
fn stripping_of_many_allocates_once() {
    assert_eq!(allocations(&Shape::fifty_against_many()), 1);
}

#[test]
fn a_clone_of_the_service_allocates_nothing() {
    let layer = CookieConsentLayer::new(Shape::three_kept().registry);
    let service = layer.layer(());
    assert_eq!(counted(|| service.clone()).1, 0);
}

/// Two allocations are for the request's first extension, whichever it is, one is for the map of
/// extensions, and one for the data that the copies of the consent share. The report is added only
/// if a cookie was changed.
#[test]
fn the_consent_extension_allocates_four_times() {
    let shape = Shape::no_set_cookie();
    assert_eq!(allocations_of(&CookieConsentLayer::new(shape.registry.clone()), &shape), 4);
}
