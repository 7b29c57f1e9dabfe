use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::middleware::{Next, from_fn};
use actix_web::rt::System;
use actix_web::test::{TestRequest, init_service, read_body, try_call_service};
use actix_web::web::{Data, get};
use actix_web::{App, Error, HttpResponse};
use stacks::actix::{home, keep};
use tower_cookie_consent::Policy;

use super::{Answer, SESSION, check, granted, registry};

async fn visit(cookies: &str) -> Answer {
    let policy = Data::new(Policy::new(registry()));
    let app = App::new().app_data(policy).wrap(from_fn(keep)).route("/", get().to(home));
    let request = TestRequest::default().insert_header(("cookie", cookies)).to_request();
    let response = try_call_service(&init_service(app).await, request).await.unwrap();
    let set: Vec<_> = response.headers().get_all("set-cookie").cloned().collect();
    let text = read_body(response).await;
    Answer::new(String::from_utf8(text.to_vec()).unwrap(), set)
}

#[test]
fn actix_keeps_the_policy() {
    System::new().block_on(async {
        check(&visit("").await, &visit(&granted()).await);
    });
}

/// Fails with an answer that sets cookies.
async fn fail(
    _request: ServiceRequest,
    _next: Next<impl MessageBody>,
) -> Result<ServiceResponse, Error> {
    let mut response = HttpResponse::Forbidden();
    response.append_header(("set-cookie", SESSION)).append_header(("set-cookie", "_ga=1"));
    Err(InternalError::from_response("not today", response.finish()).into())
}

#[test]
fn actix_keeps_it_in_errors_too() {
    System::new().block_on(async {
        let policy = Data::new(Policy::new(registry()));
        let app = App::new().app_data(policy).wrap(from_fn(fail)).wrap(from_fn(keep));
        let app = init_service(app.route("/", get().to(home))).await;
        let error = try_call_service(&app, TestRequest::default().to_request()).await.unwrap_err();
        let response = error.error_response();
        assert_eq!((response.status().as_u16(), error.to_string()), (403, "not today".to_owned()));
        let set: Vec<_> = response.headers().get_all("set-cookie").collect();
        assert_eq!(set, [SESSION]);
    });
}
