//! The processor time that this process took.

use std::time::Duration;

/// Returns the processor time, which only Linux tells.
pub(crate) fn time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in parentheses, may hold spaces. The first field behind it is the third.
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields.split(' ').skip(14 - 3).take(2).map(|field| field.parse::<u64>().ok());
    // For programs a tick is 10 ms, whatever it is in the kernel.
    Some(Duration::from_millis(10 * ticks.sum::<Option<u64>>()?))
}
