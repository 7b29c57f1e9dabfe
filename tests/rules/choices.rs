//! Tests choices that are made in code: from ids, from forms, and from unknown ids.

use tower_cookie_consent::registry::{Category, Service};
use tower_cookie_consent::{Choice, Decision, Registry};

use super::site::policy;

const GRANTED: Option<Decision> = Some(Decision::Granted);
const REFUSED: Option<Decision> = Some(Decision::Refused);

/// Two categories that ask, each with two services, and two that do not ask.
fn registry() -> Registry {
    let services = |category: Category, ids: [&str; 2]| {
        ids.into_iter().fold(category, |category, id| category.service(Service::new(id)))
    };
    Registry::builder()
        .version("7")
        .category(services(Category::necessary("essential"), ["login", "cart"]))
        .category(services(Category::consent("analytics"), ["matomo", "hotjar"]))
        .category(services(Category::opt_out("audience"), ["xiti", "pirsch"]))
        .category(Category::prohibited("ads").service(Service::new("pixel")))
        .build()
        .unwrap()
}

const IDS: [&str; 11] = [
    "essential",
    "analytics",
    "audience",
    "ads",
    "login",
    "cart",
    "matomo",
    "hotjar",
    "xiti",
    "pirsch",
    "pixel",
];

#[test]
fn r6_what_is_not_ticked_is_refused() {
    let registry = registry();
    let asking = ["analytics", "audience", "matomo", "hotjar", "xiti", "pirsch"];
    for ticked in [
        &[][..],
        &["analytics"],
        &["hotjar"],
        &["analytics", "matomo", "audience"],
        &["pirsch", "pirsch", "essential", "pixel", "ads"],
        &asking,
    ] {
        let choice = Choice::from_ticked(&registry, ticked);
        assert!(choice.is_decided());
        for id in IDS {
            let want = match (asking.contains(&id), ticked.contains(&id)) {
                (false, _) => None,
                (true, true) => GRANTED,
                (true, false) => REFUSED,
            };
            assert_eq!(choice.decision(id), want, "{id} of {ticked:?}");
        }
        assert_eq!(choice.unknown_ids().len(), 0, "{ticked:?}");
    }
    let sent = vec![String::from("analytics"), String::from("csrf")];
    let choice = Choice::from_ticked(&registry, &sent);
    assert_eq!(choice.decision("analytics"), GRANTED);
    assert_eq!(choice.unknown_ids().collect::<Vec<_>>(), ["csrf"], "noted, and no reason to fail");
}

#[test]
fn r6_decisions_lists_what_was_said_by_name() {
    let registry = registry();
    let choice = Choice::decided(&registry).grant("hotjar").refuse("audience").grant("analytics");
    let said = [
        ("analytics", Decision::Granted),
        ("audience", Decision::Refused),
        ("hotjar", Decision::Granted),
    ];
    assert_eq!(choice.decisions().collect::<Vec<_>>(), said);
    let choice = Choice::undecided(&registry).grant("hotjar").refuse("audience");
    assert_eq!(choice.decisions().collect::<Vec<_>>(), [("audience", Decision::Refused)]);
}

#[test]
fn r6_an_unknown_id_decides_nothing_and_is_not_lost() {
    let choice = Choice::decided(&registry()).grant("analitycs").refuse("hotjar").refuse("x\n");
    let choice = choice.grant("analitycs").grant("");
    assert_eq!(choice.decisions().collect::<Vec<_>>(), [("hotjar", Decision::Refused)]);
    assert_eq!(choice.unknown_ids().collect::<Vec<_>>(), ["analitycs", "x\n", ""]);
    let shown = format!("{choice:?}");
    assert!(shown.contains(r#"unknown_ids: ["analitycs", "x\n", ""]"#), "{shown}");

    for kept in [
        choice.clone().refuse_all(),
        Choice::decided(&registry()).merge_copy(&choice),
        choice.clone().merge_copy(&Choice::decided(policy().registry())),
    ] {
        assert_eq!(kept.unknown_ids().collect::<Vec<_>>(), ["analitycs", "x\n", ""]);
    }
}

#[test]
fn r6_trying_to_decide_on_an_unknown_id_is_an_error_with_the_nearest_one() {
    type Try = fn(Choice, &str) -> Result<Choice, tower_cookie_consent::UnknownId>;
    let cases: [(Try, _); 2] = [(Choice::try_grant, GRANTED), (Choice::try_refuse, REFUSED)];
    for (decide, want) in cases {
        let choice = decide(Choice::decided(&registry()), "hotjar").unwrap();
        assert_eq!(choice.decision("hotjar"), want);
        let error = decide(choice.clone(), "hotjra").unwrap_err();
        assert_eq!((error.id.as_str(), error.nearest.as_deref()), ("hotjra", Some("hotjar")));
        let error = decide(choice, "nothing-like-it").unwrap_err();
        assert_eq!((error.id.as_str(), error.nearest), ("nothing-like-it", None));
    }
}

#[test]
fn r6_a_choice_serializes_to_what_counts_for_each_that_asks() {
    let registry = registry();
    let at = std::time::UNIX_EPOCH + std::time::Duration::from_millis(1_795_262_400_999);
    let asking = ["analytics", "audience", "matomo", "hotjar", "xiti", "pirsch"];
    for (choice, head, decisions) in [
        (Choice::undecided(&registry), (false, Some("7"), None), [None; 6]),
        (
            Choice::undecided(&registry).refuse("audience").grant("analytics"),
            (false, Some("7"), None),
            [None, REFUSED, None, None, REFUSED, REFUSED],
        ),
        (
            Choice::decided(&registry)
                .grant("analytics")
                .refuse("hotjar")
                .grant("xiti")
                .made_at(at),
            (true, Some("7"), Some(1_795_262_400)),
            [GRANTED, None, GRANTED, REFUSED, GRANTED, None],
        ),
        (
            Choice::decided(&registry).grant("essential").grant("ads").under_version("6"),
            (true, None, None),
            [None; 6],
        ),
    ] {
        let (decided, version, time) = head;
        let decisions: serde_json::Map<_, _> = asking
            .into_iter()
            .zip(decisions)
            .map(|(id, decision)| (id.to_owned(), serde_json::to_value(decision).unwrap()))
            .collect();
        assert_eq!(
            serde_json::to_value(&choice).unwrap(),
            serde_json::json!({
                "decided": decided, "version": version, "time": time, "decisions": decisions,
            }),
        );
    }
    assert_eq!(serde_json::from_str::<Decision>("\"refused\"").unwrap(), Decision::Refused);
}

#[test]
fn r15_a_choice_shows_what_was_decided() {
    let choice = Choice::decided(&registry()).grant("analytics").refuse("hotjar");
    let shown = format!("{choice:?}");
    assert_eq!(shown, "Decided { analytics: Granted, hotjar: Refused, .. }");
}
