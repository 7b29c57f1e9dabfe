//! Holds the value that was read last, and lets it be replaced.

use std::sync::{Arc, PoisonError, RwLock};

/// A value that is replaced as a whole. A task that took the old value keeps it to its end.
#[derive(Debug)]
pub struct Current<T>(RwLock<Arc<T>>);

impl<T> Current<T> {
    /// Begins with a value.
    pub fn new(value: T) -> Self {
        Current(RwLock::new(Arc::new(value)))
    }

    /// Returns the value that holds now.
    pub fn get(&self) -> Arc<T> {
        // A poisoned lock is no harm, since the value is replaced in one step.
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another value in its place, and returns the one before.
    pub fn replace(&self, value: Arc<T>) -> Arc<T> {
        std::mem::replace(&mut *self.0.write().unwrap_or_else(PoisonError::into_inner), value)
    }
}
