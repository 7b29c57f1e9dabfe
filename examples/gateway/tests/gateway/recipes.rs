//! The recipes for other servers (`recipes`), each with the server itself: in front of the gateway,
//! and behind it.
//!
//! A test whose server is not installed is left out and says so; if `REQUIRE_CACHES` (nginx and Varnish) or
//! `REQUIRE_SERVERS` (all others) is set, it fails.

mod chain;
mod server;
mod site;
mod visitor;

use chain::Chain;
use server::Kind;

/// Checks what has to hold for a server on either side of the gateway.
async fn holds(chain: Option<Chain>) {
    let Some(chain) = chain else { return };
    chain.keeps_the_policy().await;
    chain.names_the_visitor().await;
    chain.shares_no_page_of_one_visitor().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nginx_stands_in_front() {
    holds(Chain::in_front(Kind::Nginx).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nginx_stands_behind() {
    holds(Chain::behind(Kind::Nginx).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn varnish_stands_in_front() {
    holds(Chain::in_front(Kind::Varnish).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn varnish_stands_behind() {
    holds(Chain::behind(Kind::Varnish).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn haproxy_stands_in_front() {
    holds(Chain::in_front(Kind::Haproxy).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn haproxy_stands_behind() {
    holds(Chain::behind(Kind::Haproxy).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn apache_stands_in_front() {
    holds(Chain::in_front(Kind::Apache).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn apache_stands_behind() {
    holds(Chain::behind(Kind::Apache).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn caddy_stands_in_front() {
    holds(Chain::in_front(Kind::Caddy).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn caddy_stands_behind() {
    holds(Chain::behind(Kind::Caddy).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn traefik_stands_in_front() {
    holds(Chain::in_front(Kind::Traefik).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn traefik_stands_behind() {
    holds(Chain::behind(Kind::Traefik).await).await;
}
