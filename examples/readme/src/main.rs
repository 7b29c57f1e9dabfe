//! The first app of the README, taken from its text and served.
//!
//! ```sh
//! cargo run -p readme   # http://127.0.0.1:3000
//! ```

use std::env;
use std::error::Error;

use example_support::listen;

include!(concat!(env!("OUT_DIR"), "/app.rs"));

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let registry = Registry::from_toml(include_str!(concat!(env!("OUT_DIR"), "/cookies.toml")))?;
    let listener = listen(env::args().nth(1)).await?;
    axum::serve(listener, app(registry)).await?;
    Ok(())
}
