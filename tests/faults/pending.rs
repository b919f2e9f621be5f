//! Rows that are not yet as they should be, by name, and why. One that is comes to be an error here.

/// Name of a row, and the reason.
pub(crate) const PENDING: &[(&str, &str)] = &[];
