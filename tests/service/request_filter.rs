//! R22 through the layer: some cookies do not reach the application, and the observer is told of
//! them.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use http::header::{COOKIE, HeaderValue};
use http::{Request, Response};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::registry::RequestFilter;
use tower_cookie_consent::{Consent, CookieConsentLayer, PolicyBuilder, Report};

use super::site::{builder, granted, response};

/// The `Cookie` lines that reach a site that sets these cookies, its response, and what was observed.
async fn visit(
    policy: PolicyBuilder,
    uri: &str,
    cookies: &[&str],
    sets: &'static [&'static str],
) -> (Vec<String>, Response<()>, Vec<String>) {
    let observed = Arc::new(Mutex::new(Vec::new()));
    let told = observed.clone();
    let policy = policy.observe(move |report: &Report| {
        let withheld = report.withheld().iter().map(ToString::to_string);
        told.lock().unwrap().extend(withheld.chain([format!("{} lines", report.entries().len())]));
    });
    let read = Arc::new(Mutex::new(Vec::new()));
    let inside = read.clone();
    let site = CookieConsentLayer::new(policy).layer(service_fn(move |request: Request<()>| {
        let lines = request.headers().get_all(COOKIE).iter();
        let lines = lines.map(|line| line.to_str().unwrap().to_owned());
        inside.lock().unwrap().extend(lines);
        let consent: &Consent = request.extensions().get().unwrap();
        let all = consent.request().cookies().count();
        inside.lock().unwrap().push(format!("{all} in the consent"));
        async move { Ok::<_, Infallible>(response::<()>(sets)) }
    }));
    let mut request = Request::get(uri).body(()).unwrap();
    for line in cookies {
        request.headers_mut().append(COOKIE, HeaderValue::from_str(line).unwrap());
    }
    let answer = site.oneshot(request).await.unwrap();
    let read = std::mem::take(&mut *read.lock().unwrap());
    let observed = std::mem::take(&mut *observed.lock().unwrap());
    (read, answer, observed)
}

#[tokio::test]
async fn r22_the_application_does_not_read_what_was_refused() {
    let own = format!("_ga=1; {}; sid=1", granted(&["functional"]).to_str().unwrap());
    let filter = || builder().filter_requests(RequestFilter::All);
    let (read, answer, observed) = visit(filter(), "/", &[&own, "theme=x", "_gid=1"], &[]).await;
    let own = granted(&["functional"]);
    assert_eq!(read[0], format!("{}; sid=1; theme=x", own.to_str().unwrap()));
    assert_eq!(read[1], "5 in the consent");
    let refused =
        ["_ga: withheld: the visitor refused it", "_gid: withheld: the visitor refused it"];
    assert_eq!(observed, [refused[0], refused[1], "0 lines"]);
    assert_eq!(answer.extensions().get::<Report>().unwrap().withheld().len(), 2);
    assert!(answer.headers().is_empty(), "nobody asked");

    // The several lines of HTTP/2 stay as they are where nothing is taken away.
    let (read, answer, observed) = visit(filter(), "/", &["sid=1", "sid=2"], &[]).await;
    assert_eq!(read, ["sid=1", "sid=2", "2 in the consent"]);
    assert!(observed.is_empty() && answer.extensions().get::<Report>().is_none());
    let (_, answer, observed) = visit(filter(), "/", &["sid=1"], &["sid=1"]).await;
    assert_eq!(observed, ["1 lines"]);
    assert!(answer.extensions().get::<Report>().is_none());
}

#[tokio::test]
async fn r16_r22_exempt_requests_and_report_only_pass_as_they_are() {
    let filter = builder().filter_requests(RequestFilter::All);
    let exempt = filter.dangerously_exempt(|request| request.uri.path() == "/exempt");
    let (read, _, observed) = visit(exempt, "/exempt", &["_ga=1;x"], &["_ga=1"]).await;
    assert_eq!((&*read[0], observed.len()), ("_ga=1;x", 0));

    let reports = builder().filter_requests(RequestFilter::All).report_only();
    let (read, _, observed) = visit(reports, "/", &["_ga=1;x"], &[]).await;
    assert_eq!(read[0], "_ga=1;x");
    let undeclared = "x: withheld: it is not declared";
    assert_eq!(observed, ["_ga: withheld: the visitor has not decided", undeclared, "0 lines"]);

    let (read, _, observed) = visit(builder(), "/", &["_ga=1;x"], &[]).await;
    assert_eq!((&*read[0], observed.len()), ("_ga=1;x", 0));
}

/// The filter asks for the choice, and the application does not: so the response gets no `Vary`.
#[tokio::test]
async fn r22_r23_filtering_is_not_asking() {
    let filter = builder().filter_requests(RequestFilter::Declared);
    let (read, answer, _) = visit(filter, "/", &["_ga=1; x=1"], &[]).await;
    assert_eq!(read[0], "x=1");
    assert!(answer.headers().is_empty());
}
