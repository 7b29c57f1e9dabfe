use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tower::Layer;
use tower_cookie_consent::{Consent, CookieConsentLayer, Registry};
use warp::http::{Response, header::SET_COOKIE};
use warp::{Filter, Rejection, Reply};

fn home() -> impl Filter<Extract = impl Reply, Error = Rejection> + Clone {
    warp::path::end().and(warp::ext::get::<Consent>()).map(|consent: Consent| {
        Response::builder()
            .header(SET_COOKIE, "session=1; HttpOnly")
            .header(SET_COOKIE, "_ga=GA1.1; Max-Age=63072000")
            .body(if consent.allows("analytics") { "counted" } else { "not counted" })
    })
}

/// In place of `warp::serve(home())`, which takes no layer.
pub async fn serve(listener: TcpListener, registry: Registry) -> std::io::Result<()> {
    let service = CookieConsentLayer::new(registry).layer(warp::service(home()));
    loop {
        let (stream, _) = listener.accept().await?;
        let service = TowerToHyperService::new(service.clone());
        tokio::spawn(async move {
            let connection = auto::Builder::new(TokioExecutor::new());
            connection.serve_connection(TokioIo::new(stream), service).await
        });
    }
}
