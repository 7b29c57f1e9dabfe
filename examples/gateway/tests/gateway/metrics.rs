//! The metrics for Prometheus.

use http::{Request, Response};

use super::support::client::{client, get, send};
use super::support::running::Gateway;
use super::support::upstream::{Upstream, full};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verdicts_are_counted_by_category_and_reason() {
    let upstream =
        Upstream::setting(&["session=1", "session=1; Max-Age=60", "_ga=SECRET", "other=1"]).await;
    let gateway = Gateway::to(&upstream.url);
    for _ in 0..3 {
        get(&gateway.url).await;
    }
    for (category, verdict, reason) in [
        ("essential", "keep", "necessary"),
        ("essential", "cap", "too-long"),
        ("analytics", "strip", "undecided"),
        ("", "strip", "undeclared"),
    ] {
        let start = format!(
            "gateway_cookies_total{{category=\"{category}\",verdict=\"{verdict}\",\
             reason=\"{reason}\",report_only=\"false\"}}"
        );
        assert_eq!(gateway.metric(&start).await, 3, "{start}");
    }
    assert_eq!(gateway.metric("gateway_undeclared_cookies_total{name=\"other\"}").await, 3);
    gateway.logs("the cookie other is stripped");
    assert_eq!(gateway.log().matches("declares it nowhere").count(), 1, "{}", gateway.log());
    let upstream = format!("upstream=\"{}\"", upstream.url);
    let answers = format!("gateway_requests_total{{{upstream},status=\"2xx\"}}");
    assert_eq!(gateway.metric(&answers).await, 3);
    let seconds = format!("gateway_answer_seconds_count{{{upstream}}}");
    assert_eq!(gateway.metric(&seconds).await, 3);
    let text = gateway.metrics().await;
    assert!(text.ends_with("# EOF\n") && !text.contains("SECRET"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_that_upstreams_make_up_are_counted_together() {
    let upstream = Upstream::start(|_| async {
        let mut response = Response::builder();
        for number in 0..1000 {
            response = response.header("set-cookie", format!("made-up-{number}=1"));
        }
        response.body(full("")).unwrap()
    })
    .await;
    let limits = "limits = { headers = 2000, head-bytes = 1000000 }";
    let gateway = Gateway::configured(&format!("{limits}\n[[upstream]]\nto = '{}'", upstream.url));
    get(&gateway.url).await;
    let text = gateway.metrics().await;
    assert_eq!(text.matches("gateway_undeclared_cookies_total{").count(), 101, "{text}");
    let others = gateway.metric("gateway_undeclared_cookies_total{name=\"(others)\"}").await;
    assert_eq!(others, 900);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_break_no_line() {
    let upstream = Upstream::setting(&["a\"b=1", "c\\d=1"]).await;
    let gateway = Gateway::to(&upstream.url);
    get(&gateway.url).await;
    for name in [r#"a\"b"#, r"c\\d"] {
        let start = format!("gateway_undeclared_cookies_total{{name=\"{name}\"}}");
        assert_eq!(gateway.metric(&start).await, 1, "{}", gateway.metrics().await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_visitors_make_up_has_a_number_of_its_own() {
    let upstream = Upstream::setting(&["_ga=1"]).await;
    let gateway = Gateway::to(&upstream.url);
    let visit = async |number: u32| {
        let request = Request::builder().method(&*format!("M{number}"));
        let request = request.uri(format!("{}/{number}?{number}", gateway.url));
        let request = request.header("host", format!("host-{number}.example"));
        let cookie = format!("made-up-{number}=1; _ga={number}");
        let answer = send(&client(false, None), request.header("cookie", cookie)).await;
        assert_eq!(answer.status, 200);
    };
    visit(0).await;
    let lines = gateway.metrics().await.lines().count();
    for number in 1..50 {
        visit(number).await;
    }
    let text = gateway.metrics().await;
    assert_eq!(text.lines().count(), lines, "{text}");
}
