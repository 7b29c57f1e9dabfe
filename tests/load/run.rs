//! The run: warming up, the load, the same load's speed with and without the layer.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::checks::Checks;
use super::generators::{Generated, h2load, missing, wrk};
use super::going_away;
use super::logins::{self, Protocol, User};
use super::memory::Memory;
use super::server::serve;
use super::site::{layer, site};
use super::throughput::Throughput;
use super::visitors::Visitors;

const WARM_UP: Duration = Duration::from_secs(2);
const LOAD: Duration = Duration::from_secs(10);
/// The limit is long enough for any machine, so a test that hangs fails.
const LIMIT: Duration = Duration::from_secs(300);

/// Half of these use HTTP/1, and half HTTP/2.
const USERS: usize = 32;
/// The number of clients of each kind.
const GOING_AWAY: usize = 4;

pub(crate) struct Found {
    pub(crate) missing: Vec<&'static str>,
    pub(crate) checks: Arc<Checks>,
    pub(crate) users: Arc<logins::Counts>,
    pub(crate) going_away: Arc<going_away::Counts>,
    pub(crate) generated: Vec<Generated>,
    /// The memory in use before the load, and after it.
    pub(crate) memory: [Memory; 2],
    pub(crate) throughput: Vec<Throughput>,
}

/// The findings, made by whichever test asks first.
pub(crate) static FOUND: LazyLock<Found> = LazyLock::new(|| {
    let runtime = Runtime::new().unwrap();
    let run = async { timeout(LIMIT, run()).await.expect("the load comes to an end") };
    runtime.block_on(run)
});

async fn run() -> Found {
    let missing = missing();
    let checks = Checks::new();
    let address = serve(checks.around(site(), layer())).await;
    let mut load = Load {
        address,
        tools: missing.is_empty(),
        visitors: Arc::new(Visitors::log_in(address).await),
        checks: checks.clone(),
        users: Arc::default(),
        going_away: Arc::default(),
        generated: Vec::new(),
    };
    load.go_on_for(WARM_UP).await;
    let before = Memory::settled().await;
    load.go_on_for(LOAD).await;
    let memory = [before, Memory::settled().await];

    let mut throughput = Vec::new();
    if load.tools {
        for protocol in [Protocol::Http1, Protocol::Http2] {
            // The same site with the same sessions.
            let site = site();
            let servers = [serve(site.clone()).await, serve(site.layer(layer())).await];
            let visitors = Visitors::log_in(servers[0]).await;
            throughput.push(Throughput::measure(protocol, &visitors, servers).await);
        }
    }
    let Load { users, going_away, generated, .. } = load;
    let found = Found { missing, checks, users, going_away, generated, memory, throughput };
    found.tell();
    found
}

/// Everybody who requests pages.
struct Load {
    address: SocketAddr,
    tools: bool,
    visitors: Arc<Visitors>,
    checks: Arc<Checks>,
    users: Arc<logins::Counts>,
    going_away: Arc<going_away::Counts>,
    generated: Vec<Generated>,
}

impl Load {
    async fn go_on_for(&mut self, duration: Duration) {
        let address = self.address;
        let until = Instant::now() + duration;
        let mut clients = JoinSet::new();
        for number in 0..USERS {
            let protocol = if number % 2 == 0 { Protocol::Http1 } else { Protocol::Http2 };
            let notes = (self.checks.clone(), self.users.clone());
            clients.spawn(User::new(number, protocol, address, notes).come_and_go(until));
        }
        for _ in 0..GOING_AWAY {
            let counts = || self.going_away.clone();
            clients.spawn(going_away::slow_heads(address, counts(), until));
            clients.spawn(going_away::closed_connections(address, counts(), until));
            clients.spawn(going_away::reset_streams(address, counts(), until));
        }
        let mut generators = JoinSet::new();
        if self.tools {
            let visitors = self.visitors.clone();
            generators.spawn(async move { wrk(address, &visitors.0, 16, duration).await });
            for number in 0..self.visitors.0.len() {
                let visitors = self.visitors.clone();
                let load = async move { h2load(address, &visitors.0[number], 1, duration).await };
                generators.spawn(load);
            }
        }
        clients.join_all().await;
        self.generated.extend(generators.join_all().await);
    }
}

impl Found {
    /// Prints the findings, even of tests that pass. So it does not use a macro, whose output would
    /// be hidden.
    fn tell(&self) {
        let Self { checks, users, going_away, generated, memory: [before, after], .. } = self;
        let requests: u64 = generated.iter().map(|generated| generated.requests).sum();
        let mut lines = vec![
            format!(
                "{} responses checked, {} of them to visitors who granted analytics; wrk and h2load \
                 asked for {requests}",
                checks.answered(),
                checks.with_analytics(),
            ),
            format!(
                "{} logins, found again in {} visits",
                users.logins.load(Relaxed),
                users.visits.load(Relaxed)
            ),
            format!(
                "{} slow heads, {} connections closed, {} streams reset; \
                 {} requests abandoned in the server",
                going_away.slow.load(Relaxed),
                going_away.gone.load(Relaxed),
                going_away.reset.load(Relaxed),
                checks.abandoned(),
            ),
            format!("memory before {before}, after {after}"),
        ];
        lines.extend(self.throughput.iter().map(Throughput::to_string));
        let mut stderr = std::io::stderr().lock();
        for line in lines {
            let _ = writeln!(stderr, "load: {line}");
        }
    }
}
