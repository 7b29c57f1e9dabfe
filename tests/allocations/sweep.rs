//! The allocations of deleting what is not allowed (R19).

use tower_cookie_consent::CookieConsentLayer;
use tower_layer::Layer;

use crate::layer::counted;
use crate::support::inner::{Prepared, call};
use crate::support::shape::Shape;

/// Returns how often answering a request allocates, with the extensions off.
fn allocations(shape: &Shape) -> u64 {
    let layer = CookieConsentLayer::new(shape.registry.clone());
    let layer = layer.consent_extension(false).report_extension(false);
    let mut service = layer.layer(Prepared::new(shape.response()));
    let request = shape.request();
    counted(|| call(&mut service, request)).1
}

#[test]
fn sweeping_allocates_for_the_lines_it_adds_and_for_the_page() {
    // Those that http makes for further lines of one name are among them: three for nine, and one for three.
    for (shape, most) in [
        (Shape::sweep_off(), 0),
        (Shape::sweep_none(), 1),
        (Shape::sweep_three(), 7),
        (Shape::sweep_three_of_host(), 5),
    ] {
        let count = allocations(&shape);
        assert!(count <= most, "{}: {count}", shape.name);
    }
}
