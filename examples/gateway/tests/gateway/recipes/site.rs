//! The end of the chain: a site with a login, and a server-side tag manager.

use std::sync::atomic::{AtomicUsize, Ordering};

use http::{Request, Response};
use hyper::body::Incoming;

use crate::support::upstream::{Body, Upstream, full};

/// The cookies of a login, as they leave.
pub(crate) const LOGIN: [&str; 3] = [
    "session=Ada; Path=/; HttpOnly; Secure; SameSite=Lax",
    "csrf=f00; Path=/; SameSite=Strict",
    "lang=fr; Max-Age=31536000; Path=/",
];

const FOUR_HUNDRED_DAYS: u32 = 34_560_000;

pub(crate) async fn site() -> Upstream {
    static PAGES: AtomicUsize = AtomicUsize::new(0);
    Upstream::start(|request: Request<Incoming>| async move {
        let number = PAGES.fetch_add(1, Ordering::Relaxed);
        let ga = format!("_ga=GA1.1.{number}; Max-Age={FOUR_HUNDRED_DAYS}; Path=/");
        match request.uri().path() {
            "/login" => {
                let [session, csrf, lang] = LOGIN;
                let set = [&*ga, session, csrf, "FPID=FPID2.2.a; Path=/", lang];
                answer(Response::builder().status(303).header("location", "/"), &set, "")
            }
            "/for-all" => answer(public(), &[], &format!("page {number} for all")),
            _ => answer(public(), &[&ga], &format!("page {number} for one")),
        }
    })
    .await
}

/// Starts a tag manager. It sets cookies that browsers would keep only for a week if a script set them.
pub(crate) async fn tag_manager() -> Upstream {
    Upstream::start(|_| async {
        let line = |name| {
            format!("{name}; Max-Age={FOUR_HUNDRED_DAYS}; Path=/; HttpOnly; Secure; SameSite=Lax")
        };
        answer(Response::builder(), &[&line("FPID=FPID2.2.a"), &line("_ga=GA1.1.a")], "")
    })
    .await
}

fn public() -> http::response::Builder {
    Response::builder().header("cache-control", "public, max-age=60")
}

fn answer(head: http::response::Builder, set: &[&str], text: &str) -> Response<Body> {
    let head = set.iter().fold(head, |head, line| head.header("set-cookie", *line));
    head.body(full(text.to_owned())).unwrap()
}
