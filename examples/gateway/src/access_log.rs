//! Writes a line of JSON for each request: the client, the request, the answer, and the verdicts on its cookies.
//! No line holds a query or the value of a cookie.

use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::net::IpAddr;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::thread::{self, JoinHandle};
use std::time::{Instant, SystemTime};

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, Uri, Version};
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;
use prometheus_client::metrics::counter::Counter;
use serde::Serialize;
use serving::LoadError;
use tower_cookie_consent::Report;

use crate::body::ResponseBody;
use crate::config::AccessLogTarget;
use crate::visitors::UnderWay;

/// The most lines that wait to be written. Further ones are lost, since a slow disk must not stop visitors.
const WAITING: usize = 4096;

/// Hands lines over to the thread that writes them, if any are wanted.
#[derive(Clone, Debug)]
pub(crate) struct AccessLog {
    sender: Option<SyncSender<Message>>,
    lost: Counter,
}

/// The one log of a process, which is written to the target that its files name at the time.
#[derive(Clone, Debug)]
pub(crate) struct AccessLogs {
    sender: SyncSender<Message>,
    lost: Counter,
    target: Arc<Mutex<AccessLogTarget>>,
}

enum Message {
    Line(Vec<u8>),
    /// All lines that follow go here.
    To(Output),
    /// The file was moved away.
    Reopen,
    /// No line follows.
    Last,
}

/// The target of the lines, with the path if it is a file.
struct Output {
    writer: BufWriter<Box<dyn Write + Send>>,
    path: Option<PathBuf>,
}

/// The thread that writes.
#[derive(Debug)]
pub(crate) struct Writer(SyncSender<Message>, JoinHandle<()>);

impl AccessLogs {
    /// Starts the thread that writes. It drops all lines until it gets a target.
    ///
    /// # Errors
    ///
    /// The system has no more threads to give.
    pub(crate) fn start(lost: Counter) -> io::Result<(Self, Writer)> {
        let (sender, receiver) = sync_channel(WAITING);
        let thread = thread::Builder::new().name("access-log".to_owned());
        let thread = thread.spawn(move || write(&receiver))?;
        let writer = Writer(sender.clone(), thread);
        Ok((AccessLogs { sender, lost, target: Arc::default() }, writer))
    }

    /// Changes the target to the one that the files ask for. Lines of requests that are under way go there as
    /// well; if no log is wanted any more, they go to the old target.
    ///
    /// # Errors
    ///
    /// The file cannot be opened; all stays as it was.
    pub(crate) fn to(&self, wanted: &AccessLogTarget) -> Result<AccessLog, LoadError> {
        // A poisoned lock is no harm, since the target is replaced in one step.
        let mut target = self.target.lock().unwrap_or_else(PoisonError::into_inner);
        if *target != *wanted {
            if let Some(output) = Output::to(wanted)? {
                // This does not fail, since the thread runs for as long as a sender is left.
                let _ = self.sender.send(Message::To(output));
            }
            target.clone_from(wanted);
        }
        let is_wanted = *wanted != AccessLogTarget::Off;
        Ok(AccessLog { sender: is_wanted.then(|| self.sender.clone()), lost: self.lost.clone() })
    }
}

impl Output {
    /// `None` where no lines are wanted.
    fn to(target: &AccessLogTarget) -> Result<Option<Self>, LoadError> {
        Ok(match target {
            AccessLogTarget::Off => None,
            AccessLogTarget::Stdout => Some(Output::new(Box::new(io::stdout()), None)),
            AccessLogTarget::File(path) => {
                let output = Output::file(path.clone());
                Some(output.map_err(|error| LoadError::file(path, error))?)
            }
        })
    }

    fn file(path: PathBuf) -> io::Result<Self> {
        let file = OpenOptions::new().append(true).create(true).open(&path)?;
        Ok(Output::new(Box::new(file), Some(path)))
    }

    fn new(output: Box<dyn Write + Send>, path: Option<PathBuf>) -> Self {
        Output { writer: BufWriter::with_capacity(64 * 1024, output), path }
    }
}

impl AccessLog {
    /// Begins the line of a request; `None` if no log is kept.
    pub(crate) fn begin<B>(
        &self,
        request: &Request<B>,
        client: impl FnOnce() -> IpAddr,
        scheme: &'static str,
    ) -> Option<Box<Entry>> {
        let sender = self.sender.as_ref()?;
        Some(Box::new(Entry {
            log: (sender.clone(), self.lost.clone()),
            since: Instant::now(),
            client: client(),
            scheme,
            method: request.method().clone(),
            host: request.headers().get(http::header::HOST).cloned(),
            uri: request.uri().clone(),
            version: request.version(),
            status: StatusCode::OK,
            upstream: None,
            report: None,
            bytes: 0,
        }))
    }

    /// Opens the file anew, as after it was rotated.
    pub(crate) fn reopen(&self) {
        if let Some(sender) = &self.sender {
            // If the queue is full, the file is opened anew on the next signal.
            let _ = sender.try_send(Message::Reopen);
        }
    }
}

impl Writer {
    /// Waits until all that was logged is written.
    pub(crate) fn finish(self) {
        let Writer(sender, thread) = self;
        // An error means that the thread is gone, and has nothing left to write.
        let _ = sender.send(Message::Last);
        let _ = thread.join();
    }
}

fn write(receiver: &Receiver<Message>) {
    let mut output = Output::new(Box::new(io::sink()), None);
    let (mut works, mut goes_on) = (true, true);
    while goes_on && let Ok(first) = receiver.recv() {
        let mut result = Ok(());
        for message in std::iter::once(first).chain(receiver.try_iter()) {
            match message {
                Message::Line(line) => result = result.and(output.writer.write_all(&line)),
                Message::Last => goes_on = false,
                Message::To(next) => {
                    result = result.and(output.writer.flush());
                    output = next;
                }
                Message::Reopen => {
                    let Some(path) = output.path.clone() else { continue };
                    result = result.and(output.writer.flush());
                    match Output::file(path) {
                        Ok(next) => output = next,
                        Err(error) => result = result.and(Err(error)),
                    }
                }
            }
        }
        let result = result.and(output.writer.flush());
        if let (Err(error), true) = (&result, works) {
            tracing::error!("the access log cannot be written: {error}");
        }
        works = result.is_ok();
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").finish_non_exhaustive()
    }
}

/// The line of a request so far. It is written when its answer has gone, or was given up.
#[derive(Debug)]
pub(crate) struct Entry {
    log: (SyncSender<Message>, Counter),
    since: Instant,
    client: IpAddr,
    scheme: &'static str,
    method: Method,
    host: Option<HeaderValue>,
    uri: Uri,
    version: Version,
    status: StatusCode,
    upstream: Option<Arc<str>>,
    report: Option<Report>,
    bytes: u64,
}

#[derive(Serialize)]
struct Line<'a> {
    /// Seconds since 1970-01-01 00:00:00 UTC, when the request came.
    time: f64,
    client: IpAddr,
    scheme: &'static str,
    method: &'a str,
    host: Option<&'a str>,
    path: &'a str,
    protocol: &'static str,
    status: u16,
    bytes: u64,
    seconds: f64,
    upstream: Option<&'a str>,
    /// The cookies that did not pass as they were.
    cookies: Vec<Cookie<'a>>,
}

#[derive(Serialize)]
struct Cookie<'a> {
    name: &'a str,
    category: Option<&'a str>,
    verdict: &'static str,
    reason: &'static str,
}

impl Entry {
    /// Adds the status, the upstream and the verdicts, from the head of the answer.
    pub(crate) fn answered(&mut self, response: &mut Response<ResponseBody>) {
        self.status = response.status();
        self.upstream = response.body_mut().answered_by.take();
        self.report = response.extensions_mut().remove();
    }

    fn line(&self) -> Vec<u8> {
        let seconds = self.since.elapsed();
        let came = SystemTime::now().checked_sub(seconds).unwrap_or(SystemTime::UNIX_EPOCH);
        let since_epoch = came.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let authority = self.uri.authority().map(http::uri::Authority::as_str);
        let line = Line {
            time: since_epoch.as_secs_f64(),
            client: self.client,
            scheme: self.scheme,
            method: self.method.as_str(),
            host: self.host.as_ref().and_then(|host| host.to_str().ok()).or(authority),
            path: self.uri.path(),
            protocol: protocol(self.version),
            status: self.status.as_u16(),
            bytes: self.bytes,
            seconds: seconds.as_secs_f64(),
            upstream: self.upstream.as_deref(),
            cookies: self.report.iter().flat_map(Report::changes).map(cookie).collect(),
        };
        let mut text = Vec::with_capacity(384);
        // Writing into memory does not fail.
        let _ = serde_json::to_writer(&mut text, &line);
        text.push(b'\n');
        text
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let (sender, lost) = &self.log;
        if sender.try_send(Message::Line(self.line())).is_err() {
            lost.inc();
        }
    }
}

fn cookie(entry: &tower_cookie_consent::ReportEntry) -> Cookie<'_> {
    Cookie {
        name: entry.name(),
        category: entry.category(),
        verdict: entry.verdict().as_str(),
        reason: entry.verdict().reason(),
    }
}

fn protocol(version: Version) -> &'static str {
    match version {
        Version::HTTP_10 => "HTTP/1.0",
        Version::HTTP_2 => "HTTP/2",
        _ => "HTTP/1.1",
    }
}

pin_project! {
    /// A body whose bytes the access log counts. Its request is under way until it is dropped.
    pub(crate) struct Logged<B> {
        #[pin]
        body: B,
        entry: Option<Box<Entry>>,
        under_way: UnderWay,
    }
}

impl<B> Logged<B> {
    pub(crate) fn new(body: B, entry: Option<Box<Entry>>, under_way: UnderWay) -> Self {
        Logged { body, entry, under_way }
    }
}

impl<B: Body<Data = Bytes>> Body for Logged<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = self.project();
        let frame = this.body.poll_frame(cx);
        if let (Poll::Ready(Some(Ok(frame))), Some(entry)) = (&frame, this.entry)
            && let Some(data) = frame.data_ref()
        {
            entry.bytes += data.len() as u64;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
