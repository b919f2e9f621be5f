//! What others put aside for the loop, in order and without waiting: steps of a sign-in, findings of the doctor. The loop
//! takes them as they come, so there are never many.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

/// Things put aside.
pub(super) struct Aside<T> {
    queue: Mutex<VecDeque<T>>,
    arrived: Notify,
}

impl<T> Default for Aside<T> {
    fn default() -> Self {
        Self { queue: Mutex::default(), arrived: Notify::default() }
    }
}

impl<T> Aside<T> {
    pub(super) fn put(&self, thing: T) {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).push_back(thing);
        self.arrived.notify_one();
    }

    /// Waits until something was put aside since this was waited for last.
    pub(super) async fn arrived(&self) {
        self.arrived.notified().await;
    }

    /// Everything, in order.
    pub(super) fn take(&self) -> VecDeque<T> {
        std::mem::take(&mut *self.queue.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
