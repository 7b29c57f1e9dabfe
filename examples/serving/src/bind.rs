//! Binds sockets, with errors that name the address.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;

/// Binds to an address.
///
/// # Errors
///
/// The address cannot be bound; the error names it.
pub async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address).await;
    listener.map_err(|error| io::Error::new(error.kind(), format!("{address}: {error}")))
}
