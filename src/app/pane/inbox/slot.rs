//! One thing that is asked for and shown: the last good copy, the call for the next one, and why that failed.

use crate::domain::call::{Answer, CallId, End, Fault};

/// A thing asked for by one call at a time.
#[derive(Debug)]
pub struct Slot<T> {
    /// The last good copy.
    pub value: Option<T>,
    /// The call under way.
    pub call: Option<CallId>,
    /// Why the last call brought nothing.
    pub fault: Option<Fault>,
    /// Whether the last call was given up.
    pub cancelled: bool,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<T> Slot<T> {
    /// Nothing, not asked for.
    pub const EMPTY: Self = Self { value: None, call: None, fault: None, cancelled: false };

    /// Notes that a call is under way.
    pub fn asked(&mut self, id: CallId) {
        (self.call, self.fault, self.cancelled) = (Some(id), None, false);
    }

    /// Notes that nobody waits for the call any more.
    pub fn give_up(&mut self) {
        (self.call, self.cancelled) = (None, true);
    }

    /// Whether nothing is here and nothing is under way.
    pub fn is_wanting(&self) -> bool {
        self.value.is_none() && self.call.is_none()
    }

    /// Whether this was never asked for.
    pub fn is_untouched(&self) -> bool {
        self.is_wanting() && self.fault.is_none() && !self.cancelled
    }

    /// Takes the end of the call. A failure keeps the last good copy; the fault is given back to be told.
    pub fn settle(&mut self, end: End, read: impl FnOnce(Answer) -> Option<T>) -> Option<Fault> {
        self.call = None;
        match answer_of(end) {
            Ok(answer) => {
                if let Some(value) = answer.and_then(read) {
                    (self.value, self.fault) = (Some(value), None);
                }
                None
            }
            Err(fault) => {
                self.fault = Some(fault.clone());
                Some(fault)
            }
        }
    }
}

/// What a read brought: an answer, nothing (it was cancelled), or a fault.
pub fn answer_of(end: End) -> Result<Option<Answer>, Fault> {
    match end {
        End::Answer(answer) => Ok(Some(answer)),
        End::Refused(fault) | End::TimedOut(fault) | End::NotSent(fault) | End::Unknown(fault) => Err(fault),
        End::Cancelled | End::Moved(_) => Ok(None),
    }
}
