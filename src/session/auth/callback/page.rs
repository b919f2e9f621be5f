//! What the browser shows at the end. Never anything of the answer itself.

use axum::http::HeaderName;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};

/// The answer was taken; whether a token follows is told in the terminal.
pub(super) const TAKEN: &str = "Thank you. You can close this page and go back to Switchboard.";
/// The answer was refused.
pub(super) const REFUSED: &str = "This sign-in did not work. Switchboard says why; you can close this page.";
/// The answer does not belong to the sign-in that waits.
pub(super) const FOREIGN: &str = "This page does not belong to the sign-in that Switchboard waits for. It is still waiting: \
    go on in the page that was opened last, or begin again in Switchboard.";
/// There was an answer before.
pub(super) const OVER: &str =
    "No sign-in waits for this page. You can close it and begin again in Switchboard.";

/// A page with these words.
pub(super) fn of(words: &'static str) -> ([(HeaderName, &'static str); 4], String) {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
    ];
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Switchboard</title>\
         <style>body{{font:1.1rem/1.6 system-ui,sans-serif;margin:20vh auto;max-width:32rem;padding:0 1rem;\
         color-scheme:light dark}}</style><h1>Switchboard</h1><p>{words}</p></html>\n"
    );
    (headers, page)
}
