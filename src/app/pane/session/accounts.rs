//! The accounts of this machine, which of them is open, and the way to another one.

use crate::app::list::List;
use crate::domain::account::Row;
use crate::domain::text::Clean;

/// The accounts.
#[derive(Debug, Default)]
pub struct Accounts {
    /// Those of this machine, by name.
    pub rows: Vec<Row>,
    /// The name of the one that is open; empty for none.
    pub open: Clean,
    /// The endpoint that mcp-remote is signed in to.
    pub mcp_remote: Option<Clean>,
    /// Another one is wanted.
    pub(in crate::app) wants_first: bool,
    /// The cursor over them, and one row more for adding another.
    pub list: List,
}

impl Accounts {
    /// The one under the cursor; none on the row for another one.
    pub fn picked(&self) -> Option<&Row> {
        self.rows.get(self.list.cursor())
    }

    /// Whether this is the account that is open.
    pub fn is_open(&self, row: &Row) -> bool {
        !self.open.is_empty() && row.name == self.open
    }

    pub(super) fn arrange(&mut self, height: u16) {
        self.list.fit(self.rows.len() + 1, usize::from(height.saturating_sub(1)));
    }
}
