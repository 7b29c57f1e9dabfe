//! Sockets whose errors say which address could not be had.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;

/// Binds to an address.
///
/// # Errors
///
/// The address cannot be had; the error names it.
pub async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address).await;
    listener.map_err(|error| io::Error::new(error.kind(), format!("{address}: {error}")))
}
