//! Tests a registry that is drafted from a thousand responses, and then enforced on them.
#![cfg(feature = "draft")]

use std::convert::Infallible;

use http::{HeaderMap, Request, Response};
use test_support::headers;
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::draft::Draft;
use tower_cookie_consent::{Choice, Policy, Registry, source_fn};

/// The lines of a response, and the path of its request.
type Answer = (String, Vec<String>);

/// Numbers that look random, but are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn hex(&mut self) -> String {
        format!("{:08x}{:08x}", self.roll(), self.roll())
    }
}

/// Returns responses as a shop sends them, to visitors who log in, fill a basket, and are tracked
/// by the server.
fn responses() -> Vec<Answer> {
    let mut dice = Dice(1);
    let mut responses = Vec::new();
    for visitor in 0..250 {
        let (id, token) = (dice.hex(), dice.hex());
        responses.push((
            "/".to_owned(),
            vec![
                format!("id={id}; HttpOnly; SameSite=Strict; Secure; Path=/"),
                format!("XSRF-TOKEN={token}; Path=/; Secure; SameSite=Lax"),
                format!("AWSALB={token}; Expires=Wed, 01 Jan 2098 00:00:00 GMT; Path=/"),
                format!("_ga=GA1.1.{}.{}; Path=/; Max-Age=63072000", dice.roll(), dice.roll()),
                format!(
                    "_ga_{:X}=GS1.1; Path=/; Max-Age=63072000",
                    0x1A2B_3C4D_5E00_u64 + visitor % 3
                ),
                format!("FPID=FPID2.2.{token}; Max-Age=34560000; HttpOnly; Secure"),
            ],
        ));
        responses.push((
            "/login".to_owned(),
            vec![
                format!("id={}; HttpOnly; SameSite=Strict; Secure; Path=/", dice.hex()),
                format!("remember_web_{}={token}; Max-Age=2592000; HttpOnly", dice.hex()),
            ],
        ));
        responses.push((
            format!("/basket/{visitor}"),
            vec![
                format!("cart_{:06}=1; Path=/; Max-Age=604800", dice.roll() % 1_000_000),
                format!("_fbp=fb.1.{}; Max-Age=7776000", dice.roll()),
                format!("promo_banner={}; Path=/", dice.roll()),
            ],
        ));
        responses.push((
            "/logout".to_owned(),
            vec!["id=; Path=/; Max-Age=0".to_owned(), format!("_uetsid={token}; Max-Age=86400")],
        ));
    }
    responses
}

/// Returns the names of the cookies that leave.
fn enforced(policy: &Policy, lines: &[String]) -> Vec<String> {
    let mut response = headers::response(lines);
    policy.enforce(&policy.consent(&HeaderMap::new()), &mut response);
    headers::set_cookies(&response)
}

fn is_necessary(line: &str) -> bool {
    ["id=", "XSRF-TOKEN=", "AWSALB=", "remember_web_", "cart_"]
        .iter()
        .any(|name| line.starts_with(name))
}

#[test]
fn a_thousand_responses_are_drafted_and_kept() {
    let responses = responses();
    assert_eq!(responses.len(), 1_000);
    let draft = Draft::new();
    for (path, lines) in &responses {
        for line in lines {
            draft.record(path, line.as_bytes(), None);
        }
    }
    let file = draft.registry_file("").unwrap();
    for value in ["GA1.1", "FPID2.2", "fb.1"] {
        assert!(!file.contains(value), "{value} in\n{file}");
    }
    // The person who reads the draft has to say what the basket's cookie is for.
    let (unread, read) =
        ("\"cart_*\" = { category = \"unsorted\"", "\"cart_*\" = { category = \"essential\"");
    assert!(file.contains(unread), "{file}");
    let file = file.replace(unread, read);
    let registry = Registry::from_toml(&file).unwrap();
    assert_eq!(registry.declarations().count(), 11, "{file}");

    let undecided = Policy::new(registry.clone());
    for (path, lines) in &responses {
        let left = enforced(&undecided, lines);
        let necessary: Vec<_> = lines.iter().filter(|line| is_necessary(line)).collect();
        let names = |line: &String| line.split('=').next().unwrap().to_owned();
        let left_names: Vec<_> = left.iter().map(names).collect();
        assert_eq!(left_names, necessary.into_iter().map(names).collect::<Vec<_>>(), "{path}");
    }

    // A visitor who grants everything gets every cookie, with the lifetime with which it was set.
    let granted = Policy::builder(registry)
        .source(source_fn(|_, registry: &Registry| Choice::decided(registry).grant_all()))
        .build();
    for (path, lines) in &responses {
        let left = enforced(&granted, lines);
        assert_eq!(left.len(), lines.len(), "{path}");
        for (left, line) in left.iter().zip(lines) {
            // Two years are longer than browsers keep a cookie, and longer than a draft declares.
            if !line.contains("Max-Age=63072000") && !line.contains("2098") {
                assert_eq!(left, line, "{path}");
            }
        }
    }
}

/// The response of an upstream may come out of a cache, and be older than the moment at which the layer sees it.
#[tokio::test]
async fn r3_the_layer_counts_from_the_date_of_the_response() {
    let draft = Draft::new();
    let inner = service_fn(async |_: Request<()>| {
        let response = Response::builder()
            .header("date", "Thu, 20 Nov 2025 10:00:00 GMT")
            .header("set-cookie", "short=1; Expires=Thu, 20 Nov 2025 12:00:00 GMT");
        Ok::<_, Infallible>(response.body(()).unwrap())
    });
    draft.layer().layer(inner).oneshot(Request::new(())).await.unwrap();
    let [(name, short)] = &draft.sightings()[..] else { panic!("{:?}", draft.sightings()) };
    assert_eq!((&name[..], short.longest_seconds), ("short", Some(7_200)));
}
