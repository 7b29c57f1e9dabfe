//! Measures how many requests the server answers per second, with and without the layer.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use super::generators::{Generated, h2load, wrk};
use super::logins::Protocol;
use super::processor;
use super::visitors::Visitors;

/// There are many short rounds, so that other work of the machine affects both servers alike.
const ROUNDS: usize = 4;
const DURATION: Duration = Duration::from_secs(1);
const CONNECTIONS: u8 = 16;

pub(crate) struct Throughput {
    protocol: Protocol,
    bare: Speed,
    layered: Speed,
}

/// The work of one server in all its rounds.
#[derive(Default)]
struct Speed {
    requests: u64,
    /// The result of the best round, since other processes can only make it slower.
    per_second: f64,
    /// The time of this process, in which there is the server only, as Linux tells it.
    processor_time: Option<Duration>,
}

impl Throughput {
    /// Sends requests to both servers in turn.
    pub(crate) async fn measure(
        protocol: Protocol,
        visitors: &Visitors,
        [bare, layered]: [SocketAddr; 2],
    ) -> Self {
        let mut throughput = Self { protocol, bare: Speed::default(), layered: Speed::default() };
        for _ in 0..ROUNDS {
            throughput.bare.add_round(protocol, visitors, bare).await;
            throughput.layered.add_round(protocol, visitors, layered).await;
        }
        throughput
    }

    /// The throughput with the layer, as a part of that without. On a machine that does other
    /// things too, the processor time of a request tells it best.
    pub(crate) fn ratio(&self) -> f64 {
        match [&self.bare, &self.layered].map(Speed::micros_per_request) {
            [Some(bare), Some(layered)] => bare / layered,
            _ => self.layered.per_second / self.bare.per_second,
        }
    }
}

impl Speed {
    async fn add_round(&mut self, protocol: Protocol, visitors: &Visitors, address: SocketAddr) {
        let before = processor::time();
        let Generated { requests, per_second, failed } = match protocol {
            Protocol::Http1 => wrk(address, &visitors.0, CONNECTIONS, DURATION).await,
            // It sends requests of a single visitor, of whose cookies some are kept, some shortened
            // and some stripped.
            Protocol::Http2 => {
                h2load(address, visitors.with_analytics(), CONNECTIONS, DURATION).await
            }
        };
        assert_eq!(failed, 0);
        self.requests += requests;
        self.per_second = self.per_second.max(per_second);
        if let (Some(before), Some(after)) = (before, processor::time()) {
            *self.processor_time.get_or_insert_default() += after.saturating_sub(before);
        }
    }

    fn micros_per_request(&self) -> Option<f64> {
        let requests = u32::try_from(self.requests).unwrap();
        Some(self.processor_time?.as_secs_f64() * 1e6 / f64::from(requests))
    }
}

impl fmt::Display for Throughput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { protocol, bare, layered } = self;
        write!(f, "{protocol:?}: {layered}; bare {bare}; ratio {:.2}", self.ratio())
    }
}

impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0} requests a second", self.per_second)?;
        match self.micros_per_request() {
            Some(micros) => write!(f, ", {micros:.1} µs of processor time each"),
            None => Ok(()),
        }
    }
}
