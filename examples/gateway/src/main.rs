//! A reverse proxy that keeps a site's cookie policy in front of any web server.
//!
//! A request goes down this list, and its answer up again:
//!
//! - `listen` accepts connections, for which there are `places`, and `visitors` notes what moves on
//!   them.
//! - `gateway` answers for its own health, begins the line of the `access_log`, and refuses what
//!   could be misread (`refusal`).
//! - `site` is the policy around everything below, as the files say it.
//! - `policy_pages` shows the visitor the policy, and takes the choice.
//! - `forward` chooses the upstream (`upstream`, `route`), and rewrites what is for one connection
//!   only (`hop_by_hop`, `forwarded`, `via`, `upgrade`, `expectation`).
//! - `send` waits for the upstream, through its `client`: over the connections of a `pool`, or by
//!   hyper-util's.
//!
//! At the start, `open_files` raises the number of files that may be open. Beside the requests, `draft_file`
//! writes the draft, and `metrics` counts. The crate `serving` has the parts that Envoy's processor needs
//! as well: signals, reloads, and the address of metrics and health.

mod access_log;
mod answer;
mod arguments;
mod body;
mod client;
mod config;
mod connection;
mod dial;
mod draft_file;
mod driven;
mod expectation;
mod failure;
mod forward;
mod forwarded;
mod gateway;
mod hop_by_hop;
mod limits;
mod listen;
mod metrics;
mod open_files;
mod origin;
mod peer;
mod places;
mod policy_pages;
mod pool;
mod refusal;
mod route;
mod send;
mod settings;
mod site;
mod tls;
mod upgrade;
mod upstream;
mod via;
mod visitors;

use std::error::Error;
use std::io;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::thread::available_parallelism;

use clap::Parser;
use mimalloc::MiMalloc;
use serving::{Stops, admin, bind, reload};
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{SignalKind, signal};
use tower_cookie_consent::draft::Draft;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::access_log::AccessLogs;
use crate::arguments::Arguments;
use crate::draft_file::DraftFile;
use crate::gateway::Gateway;
use crate::metrics::Metrics;
use crate::site::{Lasting, Site};
use crate::via::Via;

/// A request takes many small pieces of memory, which this allocator hands out fast.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    log();
    open_files::allow_all();
    let result = runtime().map_err(Into::into).and_then(|runtime| runtime.block_on(run(arguments)));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gateway: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the gateway's own log to standard error, since the access log has standard output for itself.
fn log() {
    let wanted = Targets::new().with_default(LevelFilter::INFO);
    let log = tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false);
    log.with_target(false).finish().with(wanted).init();
}

/// Makes a runtime of one thread where there is one core, since no other thread could share the work.
fn runtime() -> io::Result<Runtime> {
    let mut builder = match available_parallelism() {
        Ok(cores) if cores.get() > 1 => Builder::new_multi_thread(),
        _ => Builder::new_current_thread(),
    };
    builder.enable_all().build()
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    // The signals are heard before anybody can know that the program runs: until then, the first one
    // would end it at once.
    let (hangup, stops) = (signal(SignalKind::hangup())?, Stops::new()?);
    let metrics = Arc::new(Metrics::new());
    let (access_logs, writer) = AccessLogs::start(metrics.lost_lines.clone())?;
    let lasting = Lasting { metrics, draft: Draft::new(), via: Via::new(), access_logs };
    let site = Site::load(&arguments, &lasting)?;
    let settings = &site.settings;
    let listener = bind(settings.listen).await?;
    let admin = match settings.admin {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    let scheme = if site.tls.is_some() { "https" } else { "http" };
    tracing::info!("listening on {scheme}://{}", listener.local_addr()?);
    let draft_file = Arc::new(Mutex::new(DraftFile::new(lasting.draft.clone())));

    let gateway = Arc::new(Gateway::new(arguments, lasting, site));
    tokio::spawn(reload::keep_up(gateway.clone(), hangup));
    if let Some(admin) = admin {
        tracing::info!("metrics and health on http://{}", admin.local_addr()?);
        tokio::spawn(admin::serve(admin, gateway.clone()));
    }
    tokio::spawn(drain_when_told(gateway.clone(), stops));
    tokio::spawn(draft_file::keep(draft_file.clone(), gateway.clone()));
    listen::serve(listener, &gateway).await;
    draft_file::lock(&draft_file).write(&gateway.site());
    writer.finish();
    tracing::info!("stopped");
    Ok(())
}

/// The first signal lets requests end; a second one does not wait for them.
async fn drain_when_told(gateway: Arc<Gateway>, mut stops: Stops) {
    stops.next().await;
    tracing::info!("stopping: requests under way are answered");
    gateway.drain();
    stops.next().await;
    std::process::exit(1)
}
