//! A helper for the examples: the address on which their servers listen.

use std::error::Error;
use std::{env, fmt, io};

use tokio::net::TcpListener;

/// Binds to the given address, such as `127.0.0.1:8080` or only a port, or else to the one in the
/// variable `PORT`, or else to 127.0.0.1:3000. It prints the URL, since with port 0 the system
/// chooses a port.
///
/// # Errors
///
/// Returns an error that names the address if it is invalid or cannot be used.
pub async fn listen(address: Option<String>) -> Result<TcpListener, ListenError> {
    let address = address.or_else(|| env::var("PORT").ok()).unwrap_or_else(|| "3000".to_owned());
    let address = match address.parse::<u16>() {
        Ok(port) => format!("127.0.0.1:{port}"),
        Err(_) => address,
    };
    let error = |error: io::Error| ListenError { address: address.clone(), error };
    let listener = TcpListener::bind(&address).await.map_err(error)?;
    println!("listening on http://{}", listener.local_addr().map_err(error)?);
    Ok(listener)
}

/// The error of an address on which no server can listen.
pub struct ListenError {
    address: String,
    error: io::Error,
}

impl fmt::Display for ListenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ListenError { address, error } = self;
        write!(
            f,
            "{address}: {error}; write another port or address behind the command, such as \
             `-- 8080`, or into the variable PORT",
        )
    }
}

/// The message, since `main` prints the errors that it returns in this way.
impl fmt::Debug for ListenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for ListenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_in_use_is_told_with_what_to_do() {
        let taken = listen(Some("0".to_owned())).await.unwrap();
        let port = taken.local_addr().unwrap().port().to_string();
        for (address, start) in [
            (port.clone(), format!("127.0.0.1:{port}: Address already in use")),
            ("nowhere".to_owned(), "nowhere: ".to_owned()),
        ] {
            let printed = format!("{:?}", listen(Some(address)).await.unwrap_err());
            assert!(printed.starts_with(&start) && printed.contains("`-- 8080`"), "{printed}");
        }
    }
}
