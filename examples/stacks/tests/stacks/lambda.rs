//! Through events of API Gateway, which has cookies in a list of their own on either side.

use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Context, LambdaEvent, Service};
use serde_json::{Value, json};

use super::{Answer, check, granted, registry};

async fn visit(cookies: &[&str]) -> Answer {
    let event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": "/",
        "rawQueryString": "",
        "cookies": cookies,
        "headers": { "host": "site.example" },
        "requestContext": {
            "accountId": "1", "apiId": "a", "domainName": "site.example", "domainPrefix": "site",
            "http": {
                "method": "GET", "path": "/", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1",
                "userAgent": "test",
            },
            "requestId": "r", "routeKey": "$default", "stage": "$default",
            "time": "26/Nov/2026:00:00:00 +0000", "timeEpoch": 1_795_651_200_000_u64,
        },
        "isBase64Encoded": false,
    });
    let request: LambdaRequest = serde_json::from_value(event).unwrap();
    let mut service = Adapter::from(stacks::lambda::app(registry()));
    let response = service.call(LambdaEvent::new(request, Context::default())).await.unwrap();
    let response = serde_json::to_value(response).unwrap();
    assert_eq!(response["headers"]["set-cookie"], Value::Null);
    let set = response["cookies"].as_array().unwrap().iter();
    Answer::new(response["body"].as_str().unwrap(), set.map(|line| line.as_str().unwrap()))
}

#[tokio::test]
async fn lambda_keeps_the_policy() {
    check(&visit(&[]).await, &visit(&["session=1", &granted()]).await);
}
