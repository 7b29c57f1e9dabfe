//! R24 through the layer: a middleware behind the session hands in the account's choice.

use std::convert::Infallible;

use http::{Request, Response};
use tower::{Layer, ServiceExt, service_fn};
use tower_cookie_consent::{Choice, Consent, CookieConsentLayer};

use super::site::{builder, names, response, visitor};

/// Returns the names of the cookies that leave. The device granted functional cookies and the
/// account analytics; the arguments say whether the account's choice is handed in, and whether it
/// is taken back again.
async fn left(hands_in: bool, logs_out: bool) -> Vec<String> {
    let handler = service_fn(async |request: Request<()>| {
        let consent: &Consent = request.extensions().get().unwrap();
        assert_eq!(consent.allows("analytics"), hands_in, "handlers see it");
        if logs_out {
            consent.clear_account_choice();
        }
        Ok::<Response<()>, Infallible>(response(&["_ga=1", "theme=1", "sid=1"]))
    });
    let session = service_fn(async |request: Request<()>| {
        let consent: &Consent = request.extensions().get().unwrap();
        if hands_in {
            let choice = Choice::decided(consent.registry()).refuse_all().grant("analytics");
            consent.set_account_choice(&choice);
        }
        handler.oneshot(request).await
    });
    let site = CookieConsentLayer::new(builder()).layer(session);
    let answer = site.oneshot(visitor(&["functional"])).await.unwrap();
    names(answer.headers()).into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn r24_the_accounts_choice_judges_the_response_until_the_logout() {
    assert_eq!(left(true, false).await, ["_ga", "sid"]);
    assert_eq!(left(false, false).await, ["sid", "theme"]);
    assert_eq!(left(true, true).await, ["sid", "theme"], "in the very response of the logout");
}
