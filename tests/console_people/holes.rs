//! Contacts and companies with fields missing or null: every row shows something that tells it apart, every page draws.
