//! An example of a choice that counts on every device on which a visitor is logged in.
//!
//! ```sh
//! cargo run -p account   # http://127.0.0.1:3000
//! ```

mod users;

use std::env;
use std::error::Error;

use axum::extract::{Form, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, response::Html};
use axum_login::AuthManagerLayerBuilder;
use example_support::listen;
use tower_cookie_consent::registry::Category;
use tower_cookie_consent::{Choice, Consent, CookieConsentLayer, Registry};
use tower_sessions::{MemoryStore, SessionManagerLayer};
use users::{Chosen, Users};

type Auth = axum_login::AuthSession<Users>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let registry = Registry::builder()
        .version("1")
        .category(Category::necessary("essential").cookie("id"))
        .category(Category::consent("analytics").cookie("_ga"))
        .build()?;
    let sessions = SessionManagerLayer::new(MemoryStore::default());
    let app = Router::new()
        .route("/", get(page))
        .route("/login", post(login))
        .route("/logout", post(logout))
        .route("/choice", post(choose))
        .layer(from_fn(hand_in)) // behind the session, before the handlers
        .layer(AuthManagerLayerBuilder::new(Users::default(), sessions).build())
        .layer(CookieConsentLayer::new(registry));
    axum::serve(listen(env::args().nth(1)).await?, app).await?;
    Ok(())
}

/// Lets the account's choice count for this request. It is not stored on the device, so after a
/// logout the device's own choice counts again.
async fn hand_in(auth: Auth, consent: Consent, request: Request, next: Next) -> Response {
    if let Some(chosen) = auth.user.and_then(|user| user.chosen) {
        consent.set_account_choice(&chosen.choice(consent.registry()));
    }
    next.run(request).await
}

/// Sets a cookie of every category, whatever the visitor chose.
async fn page(auth: Auth, consent: Consent) -> impl IntoResponse {
    let who = auth.user.map_or("a visitor".to_owned(), |user| user.name);
    let counted = if consent.allows("analytics") { "counted" } else { "not counted" };
    let cookies = AppendHeaders([(header::SET_COOKIE, "_ga=GA1.1; Path=/")]);
    (cookies, Html(format!("{} is {counted}.", escaped(&who)) + FORMS))
}

const FORMS: &str = r#"
<form method="post" action="/login"><input name="name" required><button>Log in</button></form>
<form method="post" action="/logout"><button>Log out</button></form>
<form method="post" action="/choice">
  <p>While you are logged in, your choice counts on all devices on which you log in.</p>
  <button name="ticked" value="analytics">Count me</button>
  <button name="ticked" value="">Do not count me</button>
</form>"#;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[derive(serde::Deserialize)]
struct Login {
    name: String,
}

async fn login(mut auth: Auth, Form(login): Form<Login>) -> Result<Redirect, StatusCode> {
    let Ok(Some(user)) = auth.authenticate(login.name).await else {
        return Err(StatusCode::UNAUTHORIZED);
    };
    let logged_in = auth.login(&user).await;
    logged_in.map(|()| Redirect::to("/")).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

async fn logout(mut auth: Auth, consent: Consent) -> Result<Redirect, StatusCode> {
    consent.clear_account_choice();
    let logged_out = auth.logout().await;
    logged_out.map(|_| Redirect::to("/")).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

#[derive(serde::Deserialize)]
struct Choosing {
    ticked: String,
}

/// Stores the choice with the account if the visitor is logged in, and otherwise on the device.
async fn choose(
    auth: Auth,
    consent: Consent,
    headers: HeaderMap,
    Form(form): Form<Choosing>,
) -> Result<Response, StatusCode> {
    // Other sites must not choose for the visitor.
    if headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin") {
        return Err(StatusCode::FORBIDDEN);
    }
    let registry = consent.registry();
    let ticked = Some(form.ticked).into_iter().filter(|id| !id.is_empty()).collect::<Vec<_>>();
    if let Some(user) = auth.user {
        let chosen = Chosen::now(registry, ticked);
        consent.set_account_choice(&chosen.choice(registry));
        auth.backend.choose(&user.name, chosen);
        return Ok(Redirect::to("/").into_response());
    }
    let lines = consent.store(&Choice::from_ticked(registry, ticked));
    let lines = lines.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok((lines, Redirect::to("/")).into_response())
}
