//! The sockets on which Envoy connects.

use std::io;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use tokio::net::{TcpListener, UnixListener};
use tokio::sync::watch;
use tokio_stream::wrappers::UnixListenerStream;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic_health::pb::health_server::Health;

use crate::address::Address;
use crate::service::Services;

/// A socket that is bound. A Unix socket leaves no file behind when it is dropped.
pub(crate) enum Socket {
    Tcp(TcpListener),
    Unix(UnixListener, SocketFile),
}

/// Removed when dropped.
pub(crate) struct SocketFile(PathBuf);

impl Socket {
    pub(crate) async fn bind(address: &Address) -> io::Result<Self> {
        let bound = match address {
            Address::Tcp(address) => TcpListener::bind(address).await.map(Socket::Tcp),
            Address::Unix(path) => {
                bind_unix(path).map(|listener| Socket::Unix(listener, SocketFile(path.clone())))
            }
        };
        bound.map_err(|error| io::Error::new(error.kind(), format!("{address}: {error}")))
    }

    /// Where it listens: with port 0, the system picks a port.
    pub(crate) fn address(&self) -> io::Result<Address> {
        match self {
            Socket::Tcp(listener) => listener.local_addr().map(Address::Tcp),
            Socket::Unix(_, file) => Ok(Address::Unix(file.0.clone())),
        }
    }

    /// Answers until it is time to stop, and the streams are at their end.
    pub(crate) async fn serve(
        self,
        services: Services<impl Health>,
        mut draining: watch::Receiver<bool>,
    ) -> Result<(), tonic::transport::Error> {
        let server = Server::builder();
        let stop = async move {
            // Its sender lives as long as the program.
            let _ = draining.wait_for(|draining| *draining).await;
        };
        match self {
            Socket::Tcp(listener) => {
                let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
                server.serve_with_incoming_shutdown(services, incoming, stop).await
            }
            Socket::Unix(listener, _file) => {
                let incoming = UnixListenerStream::new(listener);
                server.serve_with_incoming_shutdown(services, incoming, stop).await
            }
        }
    }
}

/// Binds, in place of a socket that a program left behind when it was killed.
fn bind_unix(path: &Path) -> io::Result<UnixListener> {
    match UnixListener::bind(path) {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            let heard = UnixStream::connect(path).map_err(|error| error.kind());
            if matches!(heard, Err(io::ErrorKind::ConnectionRefused)) {
                std::fs::remove_file(path)?;
                UnixListener::bind(path)
            } else {
                Err(error)
            }
        }
        bound => bound,
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        // Somebody may have removed it already.
        let _ = std::fs::remove_file(&self.0);
    }
}
