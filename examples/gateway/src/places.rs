//! The limit of visitors' connections, which may change when the files are read anew.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;

/// Places for connections.
#[derive(Debug)]
pub(crate) struct Places(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    limit: AtomicUsize,
    taken: AtomicUsize,
    /// It is notified when a place may have become free.
    freed: Notify,
}

/// A connection's place, which is free again when this is dropped.
#[derive(Debug)]
pub(crate) struct Place(Arc<Inner>);

impl Places {
    pub(crate) fn new(limit: usize) -> Self {
        let (limit, taken) = (AtomicUsize::new(limit), AtomicUsize::new(0));
        Places(Arc::new(Inner { limit, taken, freed: Notify::new() }))
    }

    /// Waits for a place. Only one at a time can wait.
    pub(crate) async fn take(&self) -> Place {
        loop {
            if let Some(place) = self.take_free() {
                return place;
            }
            // A notification that came since the look above is remembered, so none is missed.
            self.0.freed.notified().await;
        }
    }

    /// Takes a place that is free right now, if there is one.
    pub(crate) fn take_free(&self) -> Option<Place> {
        let Inner { limit, taken, .. } = &*self.0;
        let limit = limit.load(Ordering::Relaxed);
        let next = |taken| (taken < limit).then_some(taken + 1);
        let took = taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
        took.ok().map(|_| Place(self.0.clone()))
    }

    /// Sets the number of places. If more are taken, they are given up as their connections end.
    pub(crate) fn change(&self, limit: usize) {
        self.0.limit.store(limit, Ordering::Relaxed);
        self.0.freed.notify_one();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.taken.fetch_sub(1, Ordering::Relaxed);
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_are_too_many_are_given_back_before_any_is_taken_anew() {
        let places = Places::new(3);
        let [one, two, three] = [(); 3].map(|()| places.take_free().unwrap());
        assert!(places.take_free().is_none());
        places.change(1);
        drop((one, two));
        assert!(places.take_free().is_none());
        drop(three);
        let only = places.take_free();
        assert!(only.is_some() && places.take_free().is_none());
        places.change(2);
        assert!(places.take_free().is_some());
    }

    #[tokio::test]
    async fn who_waits_gets_the_next_place() {
        let places = Places::new(1);
        let place = places.take().await;
        let (next, ()) = tokio::join!(places.take(), async move { drop(place) });
        assert!(places.take_free().is_none());
        let (_more, ()) = tokio::join!(places.take(), async { places.change(2) });
        drop(next);
    }
}
