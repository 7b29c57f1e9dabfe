//! Visitors' connections: accepting them, serving them, and seeing them off.

use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::gateway::Gateway;
use crate::limits::Limits;
use crate::peer::Peer;
use crate::places::{Place, Places};
use crate::visitors::{Noting, Visit};

/// The bytes that a visitor may send by HTTP/2 before an upstream takes them: for one request, and
/// for all on the connection.
const STREAM: u32 = 256 * 1024;
const CONNECTION: u32 = 4 * STREAM;
/// The time to wait when the system has no more connections to give.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// Accepts visitors until the gateway drains, and then waits for the last of them.
pub(crate) async fn serve(listener: TcpListener, gateway: &Arc<Gateway>) {
    let (open, mut all_gone) = mpsc::channel(1);
    let mut draining = gateway.draining();
    let admit = |accepted: (TcpStream, SocketAddr), place| {
        let (stream, address) = accepted;
        let connection = connection(gateway.clone(), stream, address, open.clone(), place);
        tokio::spawn(connection);
    };
    loop {
        let accepted = tokio::select! {
            biased;
            // This ends as well if nobody is left who could drain the gateway.
            _ = draining.wait_for(|draining| *draining) => break,
            accepted = accept(&listener, gateway.places()) => accepted,
        };
        match accepted {
            Ok((accepted, place)) => admit(accepted, place),
            Err(error) => {
                tracing::warn!("no connection can be accepted: {error}");
                tokio::time::sleep(EXHAUSTED).await;
            }
        }
    }
    // Those who have connected already are served, although they were not accepted yet.
    while let Some(accepted) = waiting(&listener).await
        && let Some(place) = gateway.places().take_free()
    {
        admit(accepted, place);
    }
    drop(listener);
    drop(open);
    let patience = gateway.site().settings.limits.drain();
    // Nothing is ever sent over this channel, which closes when the last connection is gone.
    if timeout(patience, all_gone.recv()).await.is_err() {
        tracing::warn!("connections were still open after {patience:?}, and are cut");
    }
}

async fn accept(
    listener: &TcpListener,
    places: &Places,
) -> io::Result<((TcpStream, SocketAddr), Place)> {
    let place = places.take().await;
    Ok((listener.accept().await?, place))
}

/// Returns a connection that waits to be accepted, if there is one.
async fn waiting(listener: &TcpListener) -> Option<(TcpStream, SocketAddr)> {
    poll_fn(|cx| match listener.poll_accept(cx) {
        Poll::Ready(Ok(accepted)) => Poll::Ready(Some(accepted)),
        Poll::Ready(Err(_)) | Poll::Pending => Poll::Ready(None),
    })
    .await
}

async fn connection(
    gateway: Arc<Gateway>,
    stream: TcpStream,
    address: SocketAddr,
    open: mpsc::Sender<()>,
    place: Place,
) {
    let site = gateway.site();
    let limits = site.settings.limits.clone();
    let tls = site.tls.clone();
    // A connection may outlive the site, which would otherwise stay in memory.
    drop(site);
    // This fails if the visitor is gone already, which the next read shows.
    let _ = stream.set_nodelay(true);
    gateway.metrics().connections.inc();
    let visit = Visit::new(Peer::new(address.ip(), tls.is_some()), limits.idle(), open);
    let stream = Noting::new(stream, visit.clone());
    match tls {
        None => talk(&gateway, stream, visit, &limits).await,
        Some(tls) => match timeout(limits.head(), tls.accept(stream)).await {
            Ok(Ok(stream)) => talk(&gateway, stream, visit, &limits).await,
            Ok(Err(error)) => tracing::debug!("{address}: no TLS: {error}"),
            Err(_) => tracing::debug!("{address}: no TLS in time"),
        },
    }
    gateway.metrics().connections.dec();
    drop(place);
}

/// Serves what comes over a connection.
async fn talk<S>(gateway: &Arc<Gateway>, stream: S, visit: Visit, limits: &Limits)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(|request| {
        let (gateway, visit) = (gateway.clone(), visit.clone());
        async move { Ok::<_, Infallible>(gateway.answer(request, visit).await) }
    });
    let builder = server(limits);
    let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let mut idles = pin!(visit.idles());
    let mut draining = gateway.draining();
    let mut drains = pin!(draining.wait_for(|draining| *draining));
    let mut told = false;
    loop {
        tokio::select! {
            biased;
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!("a connection ended: {error}");
                }
                return;
            }
            _ = &mut drains, if !told => {
                told = true;
                connection.as_mut().graceful_shutdown();
            }
            () = &mut idles => return,
        }
    }
}

/// Makes a server for HTTP/1.1 and HTTP/2 within the limits.
fn server(limits: &Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head())
        .max_buf_size(limits.head_bytes());
    if let Some(headers) = limits.other_headers() {
        builder.http1().max_headers(headers);
    }
    builder
        .http2()
        .timer(TokioTimer::new())
        .initial_stream_window_size(STREAM)
        .initial_connection_window_size(CONNECTION)
        .max_header_list_size(u32::try_from(limits.head_bytes()).unwrap_or(u32::MAX));
    builder
}
