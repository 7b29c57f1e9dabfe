//! An external processor that keeps a site's cookie policy in Envoy.
//!
//! - `listen` has the sockets on which Envoy connects, each at an `address`.
//! - `service` answers Envoy's calls, which are one stream for each request; the `codec` reads its
//!   `messages`. All streams share the `processor`.
//! - `exchange` answers the messages of a stream: it reads the `received` headers, lets the policy
//!   decide, and sends the difference as a `mutation`.
//! - `sites` has the policy of each host, from the files (`arguments`, `config`, `settings`).
//!
//! Beside that, `metrics` counts. The crate `serving` has the parts that the gateway needs as well: signals,
//! reloads, and the address of metrics and health.

mod address;
mod arguments;
mod codec;
mod config;
mod exchange;
mod listen;
mod messages;
mod metrics;
mod mutation;
mod processor;
mod received;
mod service;
mod settings;
mod sites;

use std::error::Error;
use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use serving::{Stops, admin, bind, reload};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tonic_health::ServingStatus;
use tonic_health::server::{HealthReporter, health_reporter};

use crate::arguments::Arguments;
use crate::listen::Socket;
use crate::processor::Processor;
use crate::service::Services;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false).with_target(false).init();
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("envoy: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    // The signals are heard before anybody can know that the program runs: until then, the first one
    // would end it at once.
    let (hangup, stops) = (signal(SignalKind::hangup())?, Stops::new()?);
    let processor = Processor::load(arguments)?;
    tokio::spawn(reload::keep_up(Arc::new(processor.clone()), hangup));
    let sites = processor.sites();
    let mut sockets = Vec::new();
    for address in &sites.settings.listen {
        sockets.push(Socket::bind(address).await?);
    }
    let (admin, drain) = (sites.settings.admin, sites.settings.drain);
    drop(sites);
    let (reporter, health) = health_reporter();
    reporter.set_service_status(service::NAME, ServingStatus::Serving).await;

    let mut servers = JoinSet::new();
    for socket in sockets {
        tracing::info!("listening on {}", socket.address()?);
        let told = processor.draining();
        let services = Services::new(processor.clone(), health.clone());
        servers.spawn(socket.serve(services, told));
    }
    if let Some(address) = admin {
        let listener = bind(address).await?;
        tracing::info!("metrics and health on http://{}", listener.local_addr()?);
        tokio::spawn(admin::serve(listener, Arc::new(processor.clone())));
    }
    let told = processor.draining();
    tokio::spawn(drain_when_told(processor, reporter, stops));
    tokio::select! {
        result = all(servers) => result?,
        () = too_late(told, drain) => tracing::warn!("some exchanges did not end in time"),
    }
    tracing::info!("stopped");
    Ok(())
}

/// Waits until no server is left, or one of them fails.
async fn all(
    mut servers: JoinSet<Result<(), tonic::transport::Error>>,
) -> Result<(), Box<dyn Error>> {
    while let Some(served) = servers.join_next().await {
        served??;
    }
    Ok(())
}

/// Waits until the time is over in which exchanges have to end.
async fn too_late(mut draining: watch::Receiver<bool>, drain: Duration) {
    // This does not fail, since the sender lives as long as the program.
    let _ = draining.wait_for(|draining| *draining).await;
    tokio::time::sleep(drain).await;
}

/// The first signal lets exchanges end; a second one does not wait for them.
async fn drain_when_told(processor: Processor, health: HealthReporter, mut stops: Stops) {
    stops.next().await;
    tracing::info!("stopping: exchanges under way are answered");
    for service in [service::NAME, ""] {
        health.set_service_status(service, ServingStatus::NotServing).await;
    }
    processor.drain();
    stops.next().await;
    std::process::exit(1)
}
