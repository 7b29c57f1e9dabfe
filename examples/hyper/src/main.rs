//! The layer without axum: a plain function served by hyper over HTTP/1 and HTTP/2, under the
//! cookie policy of Whispever (`examples/policies/whispever.toml`).
//!
//! ```sh
//! cargo run -p plain-hyper                    # http://127.0.0.1:3000
//! cargo run -p plain-hyper -- 127.0.0.1:8080  # or PORT=8080
//! ```
//!
//! Every response tries to set the same four cookies. A visitor who has not chosen gets only the
//! necessary ones, and `auth-token` for 7 days instead of a year:
//!
//! ```sh
//! curl -si http://127.0.0.1:3000/
//! curl -si --http2-prior-knowledge http://127.0.0.1:3000/
//! ```
//!
//! The cookie for preferences is set as soon as it is accepted, in the same response; the
//! advertising cookie never is. The second command sends back the choice that the first one stored:
//!
//! ```sh
//! curl -si -c choice.txt -X POST http://127.0.0.1:3000/accept
//! curl -si -b choice.txt http://127.0.0.1:3000/
//! ```

use std::convert::Infallible;
use std::env;
use std::error::Error;

use example_support::listen;
use http::header::{HeaderValue, SET_COOKIE};
use http::{Method, Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use tower::{ServiceBuilder, service_fn};
use tower_cookie_consent::{Choice, Consent, CookieConsentLayer, Registry};

const ATTEMPTS: [&str; 4] = [
    "session-id=a1b2c3; Path=/; HttpOnly; SameSite=Lax",
    "auth-token=d4e5f6; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax",
    "theme-preference=dark; Path=/; Max-Age=157680000",
    "_fbp=fb.1.1769385600.1; Path=/; Max-Age=7776000",
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let registry = Registry::from_toml(include_str!("../../policies/whispever.toml"))?;
    let service = ServiceBuilder::new()
        .layer(CookieConsentLayer::new(registry)) // the first layer is the outermost
        .service(service_fn(answer));

    let listener = listen(env::args().nth(1)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let service = TowerToHyperService::new(service.clone());
        tokio::spawn(async move {
            let connection = auto::Builder::new(TokioExecutor::new());
            if let Err(error) = connection.serve_connection(TokioIo::new(stream), service).await {
                eprintln!("connection: {error}");
            }
        });
    }
}

async fn answer(request: Request<Incoming>) -> Result<Response<String>, Infallible> {
    // The layer has put it there.
    let Some(consent) = request.extensions().get::<Consent>() else {
        return Ok(status(StatusCode::INTERNAL_SERVER_ERROR, "no CookieConsentLayer\n"));
    };
    if request.method() == Method::POST && !is_from_this_site(&request) {
        return Ok(status(StatusCode::FORBIDDEN, "another site cannot choose for a visitor\n"));
    }
    let all = Choice::decided(consent.registry());
    Ok(match (request.method(), request.uri().path()) {
        (&Method::GET, "/") => page(consent),
        (&Method::POST, "/accept") => choose(consent, &all.grant_all()),
        (&Method::POST, "/refuse") => choose(consent, &all.refuse_all()),
        _ => status(StatusCode::NOT_FOUND, "GET /, POST /accept or POST /refuse\n"),
    })
}

/// Returns `true` if a page of this site sends the request. Today's browsers say so in
/// `Sec-Fetch-Site`, and older ones in `Origin`. A client that is not a browser sends neither, but
/// cannot be made to send a visitor's cookies.
fn is_from_this_site(request: &Request<Incoming>) -> bool {
    let header = |name: &str| request.headers().get(name).map(HeaderValue::as_bytes);
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => matches!(site, b"same-origin" | b"none"),
        (None, Some(origin)) => {
            let host = header("host").unwrap_or_default();
            [&b"http://"[..], b"https://"]
                .iter()
                .any(|scheme| origin.strip_prefix(*scheme) == Some(host))
        }
        (None, None) => true,
    }
}

fn page(consent: &Consent) -> Response<String> {
    let state = if !consent.is_decided() {
        "You have not chosen."
    } else if consent.allows("preferences") {
        "You have accepted preferences."
    } else {
        "You have refused preferences."
    };
    let body = format!("{state} Cookies attempted:\n{}\n", ATTEMPTS.join("\n"));
    attempt_cookies(Response::new(body))
}

/// Stores a choice, and deletes the cookies that it does not allow. The new choice already applies
/// to the other cookies of this response.
fn choose(consent: &Consent, choice: &Choice) -> Response<String> {
    let Ok(lines) = consent.store(choice) else {
        return status(StatusCode::INTERNAL_SERVER_ERROR, "the choice fits into no cookie\n");
    };
    let mut response = attempt_cookies(Response::new("Your choice is stored.\n".to_owned()));
    lines.append_to(response.headers_mut());
    response
}

/// Code that sets cookies without asking for consent.
fn attempt_cookies(mut response: Response<String>) -> Response<String> {
    for line in ATTEMPTS {
        response.headers_mut().append(SET_COOKIE, HeaderValue::from_static(line));
    }
    response
}

fn status(status: StatusCode, text: &str) -> Response<String> {
    let mut response = Response::new(text.to_owned());
    *response.status_mut() = status;
    response
}
