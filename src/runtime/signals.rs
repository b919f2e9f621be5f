//! Signals: what asks us to leave, and stopping ourselves for the shell's job control.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// The signals that ask us to leave.
pub(super) struct Leaving {
    terminate: Signal,
    hangup: Signal,
    interrupt: Signal,
}

impl Leaving {
    /// Listens from now on. Must be called inside the async runtime.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Resolves when one of them arrives.
    pub(super) async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.hangup.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    /// Resolves when one of them arrives; false for an interrupt, which the terminal sends to everybody in it.
    pub(super) async fn next_or_interrupt(&mut self) -> bool {
        tokio::select! {
            _ = self.terminate.recv() => true,
            _ = self.hangup.recv() => true,
            _ = self.interrupt.recv() => false,
        }
    }

    /// Forgets an interrupt that was meant for somebody else.
    pub(super) async fn forget_interrupt(&mut self) {
        tokio::select! {
            biased;
            _ = self.interrupt.recv() => {}
            () = std::future::ready(()) => {}
        }
    }
}

/// Changes of the window's size, heard by ourselves: the terminal library's stream of events loses one now and then when
/// keys arrive at the same moment.
pub(super) struct Resized(Signal);

impl Resized {
    /// Listens from now on. Must be called inside the async runtime.
    pub(super) fn listen() -> io::Result<Self> {
        signal(SignalKind::window_change()).map(Self)
    }

    /// Resolves after the window changed its size. Dropping the future loses nothing.
    pub(super) async fn next(&mut self) {
        let _ = self.0.recv().await;
    }
}

/// Resolves when somebody asks the program to leave: SIGTERM, SIGHUP or Ctrl-C.
pub async fn asked_to_leave() -> io::Result<()> {
    Leaving::listen()?.next().await;
    Ok(())
}

/// Stops the whole process group as Ctrl-Z would have in cooked mode; returns when it is continued.
pub(super) fn stop_here() {
    let group = rustix::process::getpgrp();
    let _ = rustix::process::kill_process_group(group, rustix::process::Signal::TSTP);
}
