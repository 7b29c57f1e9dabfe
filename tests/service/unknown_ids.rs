//! The feature `tracing`: a warning, once for each id, when a choice is to decide on one that the
//! registry does not know.

use tower_cookie_consent::Choice;
use tracing::Level;

use super::alone::alone;
use super::log::{Log, Logged};
use super::site::registry;

fn logged(decide: impl FnOnce(Choice) -> Choice) -> Vec<Logged> {
    let (log, _listening) = Log::listen();
    drop(decide(Choice::decided(&registry())));
    log.take()
}

#[test]
fn an_unknown_id_is_told_once_with_the_one_that_was_meant() {
    alone("unknown_ids::an_unknown_id_is_told_once_with_the_one_that_was_meant", || {
        assert!(logged(|choice| choice.grant("analytics").refuse("functional")).is_empty());
        let told = logged(|choice| choice.grant("analitycs").refuse("analitycs"));
        let [warning] = &told[..] else { panic!("not one event: {told:?}") };
        assert_eq!(warning.level, Level::WARN);
        let message = warning.fields.get("message").unwrap();
        for word in ["analitycs", "did you mean \"analytics\"?"] {
            assert!(message.contains(word), "{word} is not in: {message}");
        }
        assert!(logged(|choice| choice.grant("analitycs")).is_empty(), "told already");
    });
}

#[test]
fn ids_from_the_network_cannot_fill_the_log() {
    alone("unknown_ids::ids_from_the_network_cannot_fill_the_log", || {
        let told = logged(|choice| (0..10_000).fold(choice, |it, n| it.grant(&format!("id-{n}"))));
        assert_eq!(told.len(), 100);
        let ticked = logged(|choice| choice.merge_copy(&Choice::from_ticked(&registry(), ["x"])));
        assert!(ticked.is_empty());
    });
}
