//! HTTP+SSE of MCP 2024-11-05: a stream is opened first, names an address, and carries the answers to what is posted there.

use http::Method;
use serde_json::Value;
use tokio::time::Instant;
use url::Url;

use super::budget;
use super::case::Case;
use super::events::Events;
use super::exchange::{Head, Http, Outgoing, Stopped, headers};
use super::message::Message;
use super::silent;
use super::streamable::{Refusal, Session, result, silence, usual};
use super::trouble::Trouble;
use crate::domain::examination::Rung;

/// An open stream with the address that belongs to it.
pub(super) struct Legacy {
    post: Url,
    events: Events,
}

impl Legacy {
    /// Waits for the stream to name its address.
    pub(super) async fn open(head: Head, http: &Http, case: &Case) -> Result<Self, Trouble> {
        let base = head.response.url().clone();
        let mut events = Events::of(head);
        let until = Instant::now() + http.budget.of(budget::REPLY, http.limits.idle_body);
        let named = loop {
            let event = events.next(until).await.map_err(|stopped| no_endpoint(stopped, &case.host))?;
            if event.event.as_deref() == Some("endpoint") {
                break event.data.unwrap_or_default();
            }
        };
        let post = base.join(named.trim()).ok().filter(|post| post.origin() == http.endpoint.origin());
        let post = post.ok_or_else(|| foreign_endpoint(&case.host))?;
        Ok(Self { post, events })
    }

    /// Posts a message; the result comes on the stream.
    pub(super) async fn ask(
        &mut self,
        http: &Http,
        case: &Case,
        message: &Message,
    ) -> Result<Value, Refusal> {
        let outgoing = Outgoing {
            method: Method::POST,
            address: self.post.clone(),
            headers: headers([("accept", "application/json, text/event-stream")]),
            body: message.bytes(false),
            label: message.method,
            tool: &message.tool,
            limit: http.budget.of(budget::REPLY, http.limits.headers),
        };
        let head = match http.send(&outgoing, case).await {
            Ok(head) => head,
            Err(failed) => return Err(silence(failed, false, case).into()),
        };
        if !(200..=299).contains(&head.status) {
            let refusal = Session::default().refusal(head, http, case).await;
            // A server forgets a stream that has ended: then that is the cause, and not the refusal.
            let until = Instant::now() + http.budget.of(budget::AT_ONCE, http.limits.idle_body);
            return match self.events.next(until).await {
                Err(Stopped::Cut) => Err(self.ended(&case.host).into()),
                _ => Err(refusal),
            };
        }
        drop(head);
        let Some(id) = message.id else { return Ok(Value::Null) };
        match self.events.reply(id, http.budget.of(usual(message), http.limits.idle_body)).await {
            Ok(reply) => result(reply, 202, case),
            Err(Stopped::Cut) => Err(self.ended(&case.host).into()),
            Err(Stopped::Silent { .. }) => Err(silent::accepted_and_silent(&case.host).into()),
            Err(Stopped::TooLarge) => Err(silent::stopped(Stopped::TooLarge, false, &case.host).into()),
        }
    }

    fn ended(&self, host: &str) -> Trouble {
        if self.events.spoke {
            return silent::stopped(Stopped::Cut, false, host);
        }
        Trouble::new(
            Rung::Protocol,
            "sse-closed-after-endpoint",
            format!(
                "{host} closed its stream right after saying where to post, so no answer can ever arrive."
            ),
            "Use the server's address that ends in /mcp. If there is none, the server is broken, or a proxy in between \
             cuts streams.",
        )
    }
}

fn no_endpoint(stopped: Stopped, host: &str) -> Trouble {
    match stopped {
        Stopped::Cut => Trouble::new(
            Rung::Protocol,
            "sse-closed",
            format!("{host} opened a stream and closed it before saying where to post."),
            "Use the server's address that ends in /mcp. If there is none, a proxy in between may cut streams.",
        ),
        Stopped::Silent { .. } | Stopped::TooLarge => silent::stopped(stopped, false, host),
    }
}

fn foreign_endpoint(host: &str) -> Trouble {
    Trouble::new(
        Rung::Protocol,
        "endpoint-elsewhere",
        format!("{host} wants requests posted to another server, which is refused: they carry the sign-in."),
        "Use the server's address that ends in /mcp, or ask its owner.",
    )
}
