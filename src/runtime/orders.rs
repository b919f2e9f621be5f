//! Orders for a thread that waits for the disk, done one after another. The loop hands them over and never waits.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

/// Orders that may wait for a slow disk; more is told as trouble.
const WAITING: usize = 64;

/// Where a thread's orders are handed over.
pub(super) struct Orders<Order>(Option<SyncSender<Order>>);

impl<Order: Send + 'static> Orders<Order> {
    /// A place for orders, and the thread's end of it, which closes with `close`.
    pub(super) fn open() -> (Self, Receiver<Order>) {
        let (orders, inbox) = sync_channel(WAITING);
        (Self(Some(orders)), inbox)
    }

    /// No thread at all: every order comes back.
    pub(super) fn none() -> Self {
        Self(None)
    }

    /// Hands over an order without waiting. Gives it back when the disk has fallen behind by 64 orders.
    pub(super) fn give(&self, order: Order) -> Result<(), Order> {
        let Some(orders) = &self.0 else { return Err(order) };
        orders
            .try_send(order)
            .map_err(|(TrySendError::Full(order) | TrySendError::Disconnected(order))| order)
    }

    /// Hands over an order that must not be lost, however far the disk has fallen behind.
    pub(super) fn give_patiently(&self, order: Order) {
        let (Err(order), Some(orders)) = (self.give(order), self.0.clone()) else { return };
        tokio::task::spawn_blocking(move || orders.send(order));
    }

    /// No more orders: the thread ends when it has done all.
    pub(super) fn close(&mut self) {
        drop(self.0.take());
    }
}
