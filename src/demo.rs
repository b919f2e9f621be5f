//! The embedded demo MCP server: a real server over real Streamable HTTP, with a workspace that ships in the binary.
//!
//! It owns the HTTP front, the sessions, the JSON-RPC dispatch, the tools and the workspace behind them. It refuses
//! anything that is not loopback, writes nothing to disk, and shares no decoding code with the client, so that the
//! two cannot share a mistake.

mod arguments;
mod article_html;
mod clock;
mod fact;
mod fields;
mod filter;
mod front;
mod paging;
mod plain;
mod query;
mod refusal;
mod render;
mod rpc;
mod server;
mod sessions;
mod stream;
mod tools;
mod workspace;

pub use server::{Options, Running, StartError, start};
