//! Compares the service with its description: each operation is asked for, and answers as
//! described.

use std::collections::BTreeSet;

use axum::body::Body;
use http::{Method, Request};
use serde_json::{Value, json};

use super::site::{ask, page, text};

async fn description() -> Value {
    serde_json::from_str(&page("/cookies/openapi.json").await).unwrap()
}

/// The operations of a path, by their methods in upper case.
fn operations(path: &Value) -> impl Iterator<Item = (String, &Value)> {
    let operations = path.as_object().unwrap().iter();
    let methods = operations.filter(|(key, _)| *key != "parameters");
    methods.map(|(method, operation)| (method.to_uppercase(), operation))
}

/// The part that a `$ref` stands for.
fn resolved<'a>(description: &'a Value, part: &'a Value) -> &'a Value {
    part["$ref"]
        .as_str()
        .map_or(part, |path| description.pointer(path.strip_prefix('#').unwrap()).expect(path))
}

/// A path with a real hash in it.
async fn real(path: &str) -> String {
    let Some((before, after)) = path.split_once("{hash}") else { return format!("/cookies{path}") };
    let home = page("/").await;
    let start = format!("/cookies{before}");
    let mut addresses = home.split('"').filter(|text| text.starts_with(&start));
    addresses.find(|address| address.ends_with(after)).unwrap().to_owned()
}

#[tokio::test]
async fn the_service_has_the_methods_that_are_described() {
    let description = description().await;
    for (path, described) in description["paths"].as_object().unwrap() {
        let address = real(path).await;
        let options = Request::options(address).body(Body::empty()).unwrap();
        let response = ask(options).await;
        let allow = response.headers()["allow"].to_str().unwrap();
        let mut allowed: BTreeSet<_> = allow.split(", ").map(str::to_owned).collect();
        // OpenAPI leaves these to HTTP.
        allowed.retain(|method| method != "OPTIONS" && method != "HEAD");
        let methods: BTreeSet<_> = operations(described).map(|(method, _)| method).collect();
        assert_eq!(methods, allowed, "{path}");
    }
}

/// Good and bad requests for every operation.
fn requests() -> Vec<(&'static str, &'static str, Option<&'static str>, &'static str, String)> {
    let form = Some("application/x-www-form-urlencoded");
    let json = Some("application/json");
    let own = "same-origin";
    let large = "x".repeat(70_000);
    let mut requests = Vec::new();
    for (content_type, from, body) in [
        (form, own, "choice=accept".to_owned()),
        (form, own, "choice=accept&version=old".to_owned()),
        (form, own, "choice=x".to_owned()),
        (form, own, large.clone()),
        (form, "cross-site", "choice=accept".to_owned()),
        (json, own, "{}".to_owned()),
    ] {
        requests.push(("POST", "/", content_type, from, body));
    }
    for (content_type, from, body) in [
        (json, own, r#"{"decisions":{"chat":"granted"}}"#.to_owned()),
        (json, own, r#"{"version":"old","decisions":{}}"#.to_owned()),
        (json, own, r#"{"decisions":{"x":"granted"}}"#.to_owned()),
        (json, own, "{".to_owned()),
        (json, own, large),
        (json, "cross-site", "{}".to_owned()),
        (form, own, "choice=accept".to_owned()),
    ] {
        requests.push(("PUT", "/choice", content_type, from, body));
    }
    requests.push(("DELETE", "/choice", None, own, String::new()));
    requests.push(("DELETE", "/choice", None, "cross-site", String::new()));
    for path in ["/", "/choice", "/openapi.json", "/consent-{hash}.js", "/consent-{hash}.css"] {
        requests.push(("GET", path, None, own, String::new()));
    }
    requests
}

#[tokio::test]
async fn every_answer_is_described_and_every_description_answered() {
    let description = description().await;
    let mut answered = BTreeSet::new();
    for (method, path, content_type, from, body) in requests() {
        for accept in ["text/html", "application/json"] {
            let what = format!("{method} {path} {body:.60} for {accept}");
            let method: Method = method.parse().unwrap();
            let mut request = Request::builder().method(&method).uri(real(path).await);
            request = request.header("sec-fetch-site", from).header("accept", accept);
            if let Some(content_type) = content_type {
                request = request.header("content-type", content_type);
            }
            let response = ask(request.body(Body::from(body.clone())).unwrap()).await;
            let status = response.status().as_u16();
            let operation = &description["paths"][path][method.as_str().to_lowercase()];
            let described = resolved(&description, &operation["responses"][status.to_string()]);
            assert!(!described.is_null(), "{what}: {status} is not described");
            answered.insert((path, method.to_string(), status.to_string()));

            let content = response.headers().get("content-type").cloned();
            let essence =
                content.map(|value| value.to_str().unwrap().split(';').next().unwrap().to_owned());
            match &described["content"] {
                Value::Null => assert_eq!(essence, None, "{what}: {status}"),
                types => {
                    let essence = essence.expect(&what);
                    assert!(types.get(&essence).is_some(), "{what}: {status} is {essence}");
                    let schema = &types[&essence]["schema"];
                    if !schema.is_null() {
                        let body: Value = serde_json::from_str(&text(response).await).unwrap();
                        let fields = body.as_object().unwrap().keys().collect::<BTreeSet<_>>();
                        let schema = resolved(&description, schema);
                        let required = schema["properties"].as_object().unwrap().keys().collect();
                        assert_eq!(fields, required, "{what}");
                    }
                }
            }
        }
    }
    for (path, described) in description["paths"].as_object().unwrap() {
        for (method, operation) in operations(described) {
            for status in operation["responses"].as_object().unwrap().keys() {
                // A body breaks off only on the network; `answering` has the test.
                if (path.as_str(), method.as_str(), status.as_str()) == ("/", "POST", "400") {
                    continue;
                }
                let key = (path.as_str(), method.clone(), status.clone());
                assert!(answered.contains(&key), "no request is answered so: {key:?}");
            }
        }
    }
}

#[tokio::test]
async fn every_reference_leads_somewhere() {
    fn check(description: &Value, part: &Value) {
        match part {
            Value::Object(fields) => {
                if fields.contains_key("$ref") {
                    assert!(!resolved(description, part).is_null(), "{part}");
                }
                fields.values().for_each(|field| check(description, field));
            }
            Value::Array(elements) => elements.iter().for_each(|part| check(description, part)),
            _ => {}
        }
    }
    let description = description().await;
    assert_eq!(description["openapi"], json!("3.1.0"));
    check(&description, &description);
}
