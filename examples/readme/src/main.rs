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
    let address = env::args().nth(1);
    // The app reads `cookies.toml` where it is started.
    env::set_current_dir(env!("OUT_DIR"))?;
    let app = app()?;
    axum::serve(listen(address).await?, app).await?;
    Ok(())
}
