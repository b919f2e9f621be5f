//! Switchboard: a terminal support console for Intercom.
//!
//! # The map
//!
//! ```text
//!  keys, paste, resize ─┐                                        ┌─> terminal (one frame per batch of events)
//!  answers, link state ─┼─> Event ─> update(&mut Model, Event) ──┤
//!  timers, disk ────────┘            pure: no clock, no I/O      └─> Vec<Effect> ─> runtime
//!                                                                                   │  bounded, never blocks
//!                         Report (end of a call, link) <── session task <── Request
//!                                                          owns the MCP connection
//! ```
//!
//! | Module | Owns | Refuses |
//! |---|---|---|
//! | [`domain`] | the desk: values, the search language, HTML as blocks, differences, the road of a write | async, terminal, wire JSON, clock, files |
//! | [`session`] | the MCP connection and every call on it | `app`, `ui` |
//! | [`app`] | behaviour: model, events, commands, effects | the session, the terminal, files, the clock |
//! | [`ui`] | pictures of the model | everything that could change it |
//! | [`runtime`] | the loop, the terminal, timers, signals, drafts on disk | deciding anything |
//! | [`config`] | the settings file | |
//! | [`cli`] | the command line: sign-in, plain calls, the doctor | `app`, `ui`, `runtime` |
//! | [`browser`] | starting a person's browser | everything but the sign-in's seam |
//! | [`demo`] | an MCP server with an embedded workspace | everything of the client's |
//!
//! # Words
//!
//! *call* (asked), *answer* (came back), *end* (how a call ended), *fault* (why not), *effect* (to do), *event* (happened),
//! *pane*, *overlay*, *place* (where keys go now), *draft*, *review*, *confirmation*, *approved*, *fate*. The desk's own
//! words for everything else: conversation, part, note, contact, company, article, collection, admin, team, tag, state.

pub mod app;
pub mod browser;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod runtime;
pub mod session;
pub mod ui;
