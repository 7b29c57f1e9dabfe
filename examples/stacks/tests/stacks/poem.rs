use poem::{Endpoint, Request};

use super::{Answer, check, granted, registry};

async fn visit(cookies: &str) -> Answer {
    let request = Request::builder().header("cookie", cookies).finish();
    let response = stacks::poem::app(registry()).call(request).await.unwrap();
    let set: Vec<_> = response.headers().get_all("set-cookie").iter().cloned().collect();
    Answer::new(response.into_body().into_string().await.unwrap(), set)
}

#[tokio::test]
async fn poem_keeps_the_policy() {
    check(&visit("").await, &visit(&granted()).await);
}
