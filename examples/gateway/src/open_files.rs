//! How many files the process may have open. Each connection is one.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Lets the process open as many as it may at most. Where programs are started there are mostly
/// 1024, since programs that call `select` could not do with more.
pub(crate) fn allow_all() {
    let maximum = getrlimit(Resource::Nofile).maximum;
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        tracing::warn!("no more files can be opened than by default: {error}");
    }
}
