//! The records on the disk that are not in the database yet.
//!
//! A spool is a folder of segments, `000000000001.jsonl` and so on, of which the last is being
//! written. A segment is delivered as a whole and then removed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use crate::error::LedgerError;

/// The bytes from which on a new segment is begun, so that one is read and delivered at a time.
const SEGMENT: u64 = 1 << 20;

pub(crate) struct Spool {
    folder: PathBuf,
    limit: u64,
    state: Mutex<State>,
    /// Locked as long as this process has the folder.
    _lock: File,
}

struct State {
    /// The segment that is written.
    number: u64,
    file: Option<File>,
    length: u64,
    /// The bytes of all segments.
    waiting: u64,
}

impl Spool {
    pub(crate) fn open(folder: &Path, limit: u64) -> Result<Self, LedgerError> {
        let failed = |error| LedgerError::Spool(folder.to_owned(), error);
        fs::create_dir_all(folder).map_err(failed)?;
        let lock = File::create(folder.join("lock")).map_err(failed)?;
        match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(Errno::WOULDBLOCK) => return Err(LedgerError::SpoolInUse(folder.to_owned())),
            Err(error) => return Err(failed(error.into())),
        }
        let left = segments(folder).map_err(failed)?;
        let sizes: io::Result<Vec<u64>> =
            left.iter().map(|number| Ok(fs::metadata(path(folder, *number))?.len())).collect();
        let state = State {
            number: left.last().map_or(1, |last| last + 1),
            file: None,
            length: 0,
            waiting: sizes.map_err(failed)?.into_iter().sum(),
        };
        Ok(Spool { folder: folder.to_owned(), limit, state: Mutex::new(state), _lock: lock })
    }

    /// Adds a line. What could not be written is not there in part either.
    pub(crate) fn add(&self, line: &str) -> io::Result<()> {
        let mut state = self.state();
        let length = line.len() as u64;
        if state.waiting.saturating_add(length) > self.limit {
            let full = format!("{} bytes wait there already", state.waiting);
            return Err(io::Error::new(io::ErrorKind::StorageFull, full));
        }
        if state.length >= SEGMENT {
            state.begin_another();
        }
        if state.file.is_none() {
            let path = path(&self.folder, state.number);
            state.file = Some(OpenOptions::new().append(true).create(true).open(path)?);
        }
        let before = state.length;
        let Some(file) = &mut state.file else { return Ok(()) };
        if let Err(error) = file.write_all(line.as_bytes()) {
            if file.set_len(before).is_err() {
                state.begin_another();
            }
            return Err(error);
        }
        state.length += length;
        state.waiting += length;
        Ok(())
    }

    /// The oldest segment, to which nothing is added any more.
    pub(crate) fn next(&self) -> io::Result<Option<PathBuf>> {
        let mut state = self.state();
        let oldest = segments(&self.folder)?.into_iter().next();
        if oldest == Some(state.number) {
            state.begin_another();
        }
        Ok(oldest.map(|number| path(&self.folder, number)))
    }

    /// Removes a segment that was delivered.
    pub(crate) fn remove(&self, segment: &Path) -> io::Result<()> {
        let length = fs::metadata(segment)?.len();
        fs::remove_file(segment)?;
        let mut state = self.state();
        state.waiting = state.waiting.saturating_sub(length);
        Ok(())
    }

    /// Puts aside what cannot be read of a segment, for somebody to look at.
    pub(crate) fn put_aside(&self, lines: &[&[u8]]) -> io::Result<()> {
        let aside = self.folder.join("unreadable");
        let mut file = OpenOptions::new().append(true).create(true).open(aside)?;
        for line in lines {
            file.write_all(line)?;
            file.write_all(b"\n")?;
        }
        file.sync_data()
    }

    /// Has the disk keep what is written so far, even where the power fails.
    pub(crate) fn sync(&self) -> io::Result<()> {
        for number in segments(&self.folder)? {
            File::open(path(&self.folder, number))?.sync_all()?;
        }
        File::open(&self.folder)?.sync_all()
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The number of bytes that wait.
    pub(crate) fn waiting(&self) -> u64 {
        self.state().waiting
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn begin_another(&mut self) {
        *self = State { number: self.number + 1, file: None, length: 0, waiting: self.waiting };
    }
}

fn path(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{number:012}.jsonl"))
}

/// The numbers of the segments that are there, in order.
fn segments(folder: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let number =
            name.to_str().and_then(|name| name.strip_suffix(".jsonl")?.parse::<u64>().ok());
        numbers.extend(number);
    }
    numbers.sort_unstable();
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use test_support::folder::Folder;

    use super::*;

    fn open(folder: &Folder) -> Spool {
        Spool::open(folder.root(), 1 << 30).unwrap()
    }

    /// Delivers everything, and returns it.
    fn take(spool: &Spool) -> String {
        let mut taken = String::new();
        while let Some(segment) = spool.next().unwrap() {
            taken += &fs::read_to_string(&segment).unwrap();
            spool.remove(&segment).unwrap();
        }
        taken
    }

    #[test]
    fn what_is_added_is_taken_in_order_and_once() {
        let folder = Folder::new();
        let spool = open(&folder);
        assert_eq!(take(&spool), "");
        spool.add("a\n").unwrap();
        spool.add("b\n").unwrap();
        let segment = spool.next().unwrap().unwrap();
        // A record that is added meanwhile goes into another segment.
        spool.add("c\n").unwrap();
        assert_eq!(fs::read_to_string(segment).unwrap(), "a\nb\n");
        assert_eq!((take(&spool), spool.waiting()), ("a\nb\nc\n".to_owned(), 0));
        assert_eq!(take(&spool), "");
    }

    #[test]
    fn what_was_left_is_taken_first_by_the_next_process() {
        let folder = Folder::new();
        let spool = open(&folder);
        spool.add("a\n").unwrap();
        drop(spool);
        let spool = open(&folder);
        assert_eq!(spool.waiting(), 2);
        spool.add("b\n").unwrap();
        assert_eq!(take(&spool), "a\nb\n");
    }

    #[test]
    fn a_folder_belongs_to_one_process() {
        let folder = Folder::new();
        let spool = open(&folder);
        let second = Spool::open(folder.root(), 1).map(|_| ()).unwrap_err();
        assert!(matches!(second, LedgerError::SpoolInUse(_)), "{second}");
        drop(spool);
        open(&folder);
    }

    #[test]
    fn a_long_outage_makes_many_segments() {
        let folder = Folder::new();
        let spool = open(&folder);
        let line = "x".repeat(1 << 18) + "\n";
        (0..9).for_each(|_| spool.add(&line).unwrap());
        assert!(segments(folder.root()).unwrap().len() >= 2);
        assert_eq!(take(&spool).len(), 9 * line.len());
    }

    #[test]
    fn no_more_waits_than_is_allowed() {
        let folder = Folder::new();
        let spool = Spool::open(folder.root(), 5).unwrap();
        spool.add("ab\n").unwrap();
        let error = spool.add("cd\n").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert_eq!(take(&spool), "ab\n");
        spool.add("cd\n").unwrap();
    }

    /// The folder goes away under the program, which is told, and its return is noticed.
    #[test]
    fn a_disk_that_fails_is_told() {
        let folder = Folder::new();
        let spool = Spool::open(&folder.path("spool"), 100).unwrap();
        fs::remove_dir_all(folder.path("spool")).unwrap();
        assert!(spool.add("a\n").is_err());
        fs::create_dir(folder.path("spool")).unwrap();
        spool.add("b\n").unwrap();
        assert_eq!(take(&spool), "b\n");
    }
}
