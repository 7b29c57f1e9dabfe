//! The allocations of reading a choice.

use http::header::{COOKIE, HeaderValue};
use tower_cookie_consent::registry::Category;
use tower_cookie_consent::{ConsentSource, OwnCookie, Registry, RequestHeaders};

use crate::layer::counted;

#[test]
fn reading_the_own_cookie_allocates_nothing_up_to_64_ids() {
    let ids: Vec<_> = (0..64).map(|n| format!("category-{n}")).collect();
    let builder = ids.iter().fold(Registry::builder().version("1"), |builder, id| {
        builder.category(Category::consent(id.clone()))
    });
    let registry = builder.build().unwrap();
    let decisions: Vec<_> = ids.iter().map(|id| format!("{id}=true")).collect();
    let name = registry.consent_cookie().name();
    let own = format!("{name}=version=1&time=1795262400&{}", decisions.join("&"));
    let line = HeaderValue::try_from(format!("session=1; {own}; theme=dark; {own}")).unwrap();
    let request: RequestHeaders = [(COOKIE, line)].into_iter().collect();
    let (choice, allocations) = counted(|| OwnCookie.read(&request, &registry));
    assert_eq!(choice.decisions().count(), 64);
    assert_eq!(allocations, 0);
}
