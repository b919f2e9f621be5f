//! The desk: values only. Knows conversations, people, companies, articles, what was asked and what came back.
//! Refuses async, the terminal, the JSON of the wire, the clock and files.

pub mod account;
pub mod anonymous;
pub mod article;
pub mod call;
pub mod change;
pub mod company;
pub mod contact;
pub mod conversation;
pub mod diff;
pub mod examination;
pub mod four_eyes;
pub mod html;
pub mod id;
pub mod journal;
pub mod json_text;
pub mod link;
pub mod lint;
pub mod markdown;
pub mod merge;
pub(crate) mod near;
pub mod page;
pub mod paragraphs;
pub mod query;
pub mod question;
pub mod rich;
pub mod roster;
pub mod sort;
pub mod text;
pub mod time;
pub mod traffic;
pub mod triage;
pub mod view;
