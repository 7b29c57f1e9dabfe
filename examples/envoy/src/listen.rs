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

/// The file of a Unix socket, which is removed when this is dropped.
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

    /// Returns the address of the socket. If port 0 was asked for, the system has picked the port.
    pub(crate) fn address(&self) -> io::Result<Address> {
        match self {
            Socket::Tcp(listener) => listener.local_addr().map(Address::Tcp),
            Socket::Unix(_, file) => Ok(Address::Unix(file.0.clone())),
        }
    }

    /// Answers until the processor drains and all streams have ended.
    pub(crate) async fn serve(
        self,
        services: Services<impl Health>,
        mut draining: watch::Receiver<bool>,
    ) -> Result<(), tonic::transport::Error> {
        let server = Server::builder();
        let stop = async move {
            // This does not fail, since the sender lives as long as the program.
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

/// Binds a Unix socket. A file that a killed program left behind is removed first.
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
        // This fails if the file was removed already, which is no harm.
        let _ = std::fs::remove_file(&self.0);
    }
}
