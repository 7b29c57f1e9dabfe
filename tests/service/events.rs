//! The feature `tracing`: an event for each cookie that did not pass as it was.

use std::convert::Infallible;

use http::{HeaderMap, Request, Response};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::CookieConsentLayer;
use tracing::Level;

use super::alone::alone;
use super::log::{Log, Logged};
use super::site::{builder, layer, policy, response, undecided, visitor};

const LINES: [&str; 5] = [
    "sid=the-value",
    "id=the-value; Max-Age=7776000",
    "_gid=the-value; Max-Age=60",
    "_fbp=the-value",
    "unheard-of=the-value",
];

/// Returns what is logged when a response sets [`LINES`].
fn logged(layer: &CookieConsentLayer, request: Request<()>) -> Vec<Logged> {
    let (log, _listening) = Log::listen();
    let site = layer
        .layer(service_fn(async |_: Request<()>| Ok::<Response<()>, Infallible>(response(&LINES))));
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(site.oneshot(request))
        .unwrap();
    log.take().into_iter().filter(|event| event.level == Level::DEBUG).collect()
}

fn fields<'a, const N: usize>(logged: &'a [Logged], names: [&str; N]) -> Vec<[Option<&'a str>; N]> {
    logged.iter().map(|event| names.map(|name| event.fields.get(name))).collect()
}

#[test]
fn one_event_for_each_cookie_that_did_not_pass_as_it_was() {
    alone("events::one_event_for_each_cookie_that_did_not_pass_as_it_was", || {
        let logged = logged(&layer(), undecided());
        assert_eq!(
            fields(&logged, ["cookie", "category", "verdict", "message"]),
            [
                [
                    Some("id"),
                    Some("essential"),
                    Some("cap"),
                    Some("cap: 3 months to 30 days: longer than declared"),
                ],
                [
                    Some("_gid"),
                    Some("analytics"),
                    Some("strip"),
                    Some("strip: the visitor has not decided"),
                ],
                [
                    Some("_fbp"),
                    Some("advertising"),
                    Some("strip"),
                    Some("strip: the policy prohibits its category"),
                ],
                [Some("unheard-of"), None, Some("strip"), Some("strip: it is not declared")],
            ]
        );
        for event in &logged {
            assert_eq!(event.fields.get("report_only"), Some("false"));
        }
    });
}

#[test]
fn what_is_declared_nowhere_is_a_warning_once() {
    alone("events::what_is_declared_nowhere_is_a_warning_once", || {
        let (log, _listening) = Log::listen();
        let site = layer().layer(service_fn(async |_: Request<()>| {
            Ok::<Response<()>, Infallible>(response(&[
                "sid=1",
                "a.b\u{85}=2; Path=/",
                "_fbp=3",
                "=x",
            ]))
        }));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for _ in 0..3 {
            runtime.block_on(site.clone().oneshot(undecided())).unwrap();
        }
        let warnings: Vec<_> =
            log.take().into_iter().filter(|event| event.level == Level::WARN).collect();
        let [warning] = &warnings[..] else { panic!("{warnings:?}") };
        let text = warning.fields.get("message").unwrap();
        assert!(text.contains(r#"add to [cookies]: "a.b\u{85}" = { category"#), "{text}");
        assert!(text.contains("is stripped"), "{text}");
    });
}

#[test]
fn what_is_declared_nowhere_is_a_warning_in_every_mode_and_without_the_layer() {
    alone(
        "events::what_is_declared_nowhere_is_a_warning_in_every_mode_and_without_the_layer",
        || {
            let (log, _listening) = Log::listen_to(Level::WARN);
            let bare = |layer: CookieConsentLayer, line: &'static str| {
                let site =
                    layer.consent_extension(false).report_extension(false).layer(service_fn(
                        async |_: Request<()>| Ok::<Response<()>, Infallible>(response(&[line])),
                    ));
                let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                runtime.block_on(site.oneshot(undecided())).unwrap();
            };
            let report_only = || CookieConsentLayer::new(builder().report_only());
            let each = || CookieConsentLayer::new(builder().observe_each(|_| {}));
            let policy = policy();
            let visitor = policy.consent(&HeaderMap::new());
            let cases: [(&str, &dyn Fn()); 5] = [
                ("is", &|| bare(layer(), "a=1")),
                ("would be", &|| bare(report_only(), "b=1")),
                ("is", &|| bare(each(), "c=1")),
                ("is", &|| drop(policy.enforce(&visitor, response::<()>(&["d=1"]).headers_mut()))),
                ("is", &|| drop(policy.judge(&visitor, &["e=1"], None))),
            ];
            for (happens, visit) in cases {
                visit();
                let warnings: Vec<_> =
                    log.take().into_iter().filter(|event| event.level == Level::WARN).collect();
                let [warning] = &warnings[..] else { panic!("{warnings:?}") };
                let text = warning.fields.get("message").unwrap();
                assert!(text.contains(&format!(" {happens} stripped")), "{text}");
            }
        },
    );
}

#[test]
fn r15_events_hold_no_value() {
    alone("events::r15_events_hold_no_value", || {
        let logged = format!("{:?}", logged(&layer(), undecided()));
        assert!(logged.contains("_fbp") && !logged.contains("the-value"), "{logged}");
    });
}

#[test]
fn kept_cookies_log_nothing() {
    alone("events::kept_cookies_log_nothing", || {
        let logged = logged(&layer(), visitor(&["analytics"]));
        assert_eq!(
            fields(&logged, ["cookie", "", ""]),
            [
                [Some("id"), None, None],
                [Some("_fbp"), None, None],
                [Some("unheard-of"), None, None]
            ]
        );
    });
}

#[test]
fn r13_events_say_when_nothing_was_changed() {
    alone("events::r13_events_say_when_nothing_was_changed", || {
        let layer = CookieConsentLayer::new(builder().report_only());
        let logged = logged(&layer, undecided());
        assert_eq!(logged.len(), 4);
        assert!(logged.iter().all(|event| event.fields.get("report_only") == Some("true")));
    });
}

#[test]
fn events_do_not_depend_on_the_extensions_or_the_observer() {
    alone("events::events_do_not_depend_on_the_extensions_or_the_observer", || {
        let bare = layer().consent_extension(false).report_extension(false);
        assert_eq!(logged(&bare, undecided()).len(), 4);
        let observed = CookieConsentLayer::new(builder().observe(|_| {}));
        assert_eq!(logged(&observed, undecided()).len(), 4);
    });
}
