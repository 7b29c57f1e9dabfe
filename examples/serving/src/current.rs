//! What was read last, while it may be read anew.

use std::sync::{Arc, PoisonError, RwLock};

/// A value that is replaced as a whole. Whoever took the old one goes on with it to their end.
#[derive(Debug)]
pub struct Current<T>(RwLock<Arc<T>>);

impl<T> Current<T> {
    /// Begins with a value.
    pub fn new(value: T) -> Self {
        Current(RwLock::new(Arc::new(value)))
    }

    /// The value that holds now.
    pub fn get(&self) -> Arc<T> {
        // Nothing that runs inside of the lock can leave it half done.
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another value in its place, and returns the one before.
    pub fn replace(&self, value: Arc<T>) -> Arc<T> {
        std::mem::replace(&mut *self.0.write().unwrap_or_else(PoisonError::into_inner), value)
    }
}
