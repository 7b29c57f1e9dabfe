use axum::body::{Body, to_bytes};
use axum::http::Request;
use tower::ServiceExt;

use super::{Answer, check, granted, registry};

async fn visit(cookies: &str) -> Answer {
    let request = Request::get("/").header("cookie", cookies).body(Body::empty()).unwrap();
    let response = stacks::axum_0_7::app(registry()).oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let text = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
    Answer::new(text, head.headers.get_all("set-cookie"))
}

#[tokio::test]
async fn axum_0_7_keeps_the_policy() {
    check(&visit("").await, &visit(&granted()).await);
}
