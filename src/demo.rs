//! The embedded demo MCP server: a real server over real Streamable HTTP, with a workspace that ships in the binary.
//!
//! It owns the HTTP front, sign-in, the sessions, the JSON-RPC dispatch, the tools and the workspace behind them, and the
//! faults that can be switched on to see what a client does. It refuses
//! anything that is not loopback, writes nothing to disk, and shares no decoding code with the client, so that the
//! two cannot share a mistake.

mod arguments;
mod article_html;
mod clock;
mod fact;
mod fault;
mod faults;
mod fields;
mod filter;
mod front;
mod legacy;
mod modern;
mod options;
mod paging;
mod plain;
mod query;
mod refusal;
mod render;
mod rpc;
mod running;
mod secret;
mod server;
mod sessions;
mod sign_in;
mod stream;
mod tools;
mod variants;
mod workspace;

pub use fault::{Fault, FaultError, Scope};
pub use options::{Options, StartError};
pub use running::{Running, start};
pub use sign_in::Tally;
