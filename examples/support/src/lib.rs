//! A helper for the examples: the address on which their servers listen.

use std::env;
use std::io;

use tokio::net::TcpListener;

/// Binds to the given address, such as `127.0.0.1:8080` or only a port, or else to the one in the
/// variable `PORT`, or else to 127.0.0.1:3000. It prints the URL, since with port 0 the system
/// chooses a port.
///
/// # Errors
///
/// Returns an error that names the address if it is invalid or cannot be used.
pub async fn listen(address: Option<String>) -> io::Result<TcpListener> {
    let address = address.or_else(|| env::var("PORT").ok()).unwrap_or_else(|| "3000".to_owned());
    let address = match address.parse::<u16>() {
        Ok(port) => format!("127.0.0.1:{port}"),
        Err(_) => address,
    };
    let listener = TcpListener::bind(&address)
        .await
        .map_err(|error| io::Error::new(error.kind(), format!("{address}: {error}")))?;
    println!("listening on http://{}", listener.local_addr()?);
    Ok(listener)
}
