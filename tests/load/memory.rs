//! Measures how much memory the process has in use.

use std::alloc::System;
use std::fmt;
use std::time::Duration;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory {
    /// Bytes that were allocated and not freed.
    pub(crate) live: usize,
    /// The memory that the kernel counts as resident; only Linux tells.
    pub(crate) resident: Option<usize>,
}

impl Memory {
    /// Waits until connections are closed and their tasks gone.
    pub(crate) async fn settled() -> Self {
        let mut memory = Self::now();
        for _ in 0..50 {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let before = memory;
            memory = Self::now();
            if memory.live.abs_diff(before.live) < 256 {
                break;
            }
        }
        memory
    }

    fn now() -> Self {
        let stats = ALLOCATOR.stats();
        Self { live: stats.bytes_allocated - stats.bytes_deallocated, resident: resident() }
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} kB in use", self.live / 1000)?;
        match self.resident {
            Some(bytes) => write!(f, " ({} kB resident)", bytes / 1000),
            None => Ok(()),
        }
    }
}

fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: usize = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}
