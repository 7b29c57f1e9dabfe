//! An upstream that answers with given bytes, for answers that no server would send.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// An upstream that answers every request with the same bytes. Each request is a head that comes in one piece.
pub(crate) struct Scripted {
    pub(crate) url: String,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    accepted: AtomicUsize,
    closed: AtomicUsize,
    requests: AtomicUsize,
}

const LATER: Duration = Duration::from_millis(200);

/// The next step of the upstream when it has answered.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Then {
    /// It waits for the next request.
    Waits,
    Closes,
    /// It closes when the answer has long gone.
    ClosesLater,
    /// It sends these as well, when the answer has gone.
    Sends(&'static str),
}

impl Scripted {
    pub(crate) async fn start(answer: &'static str, then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let counts = Arc::<Counts>::default();
        let scripted = Scripted { url, counts: counts.clone() };
        tokio::spawn(async move {
            loop {
                let stream = listener.accept().await.unwrap().0;
                counts.accepted.fetch_add(1, Ordering::Relaxed);
                let counts = counts.clone();
                tokio::spawn(async move {
                    talk(stream, answer, then, &counts.requests).await;
                    counts.closed.fetch_add(1, Ordering::Relaxed);
                });
            }
        });
        scripted
    }

    pub(crate) fn accepted(&self) -> usize {
        self.counts.accepted.load(Ordering::Relaxed)
    }

    /// Returns the number of connections that either side has closed.
    pub(crate) fn closed(&self) -> usize {
        self.counts.closed.load(Ordering::Relaxed)
    }

    pub(crate) fn requests(&self) -> usize {
        self.counts.requests.load(Ordering::Relaxed)
    }
}

async fn talk(mut stream: TcpStream, answer: &str, then: Then, requests: &AtomicUsize) {
    let mut head = [0; 4096];
    while stream.read(&mut head).await.is_ok_and(|count| count > 0) {
        requests.fetch_add(1, Ordering::Relaxed);
        // This fails if the other side is gone, which is no failure of the upstream.
        let _ = stream.write_all(answer.as_bytes()).await;
        match then {
            Then::Waits => {}
            Then::Closes => return,
            Then::ClosesLater => return sleep(LATER).await,
            Then::Sends(more) => {
                sleep(LATER).await;
                let _ = stream.write_all(more.as_bytes()).await;
            }
        }
    }
}
