//! Replies that come as a stream of events: the size of one event and the silence between two pieces are limited, an
//! answer that breaks off after an event with an id is asked for again from there, and the way a stream ends is recorded.
//! The library sees messages only: what resumes, and when, is decided here.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::{BoxStream, unfold};
use http::{HeaderName, HeaderValue};
use rmcp::model::{RequestId, ServerJsonRpcMessage};
use sse_stream::{Error as SseError, Sse};
use tokio::time::{Instant, sleep, timeout};

use super::events::{Event, Events};
use super::failure::{Failure, What};
use super::http::{Http, Inflow};

/// How long to wait before asking for the rest when the server did not say.
const PAUSE: Duration = Duration::from_secs(1);
/// The longest wait that a server may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// Resumptions in a row that may bring nothing new.
const FRUITLESS: u32 = 5;
/// Resumptions of one answer.
const RESUMPTIONS: u32 = 100;
/// How long an answer that was promised for the server's own stream may take.
const PROMISED: Duration = Duration::from_secs(15);

/// What asking for the rest of an answer needs.
#[derive(Clone, Debug)]
pub(super) struct Resumption {
    pub(super) session: Option<Arc<str>>,
    pub(super) headers: std::collections::HashMap<HeaderName, HeaderValue>,
    /// The modern era knows no resumption: what broke off is lost.
    pub(super) modern: bool,
    /// How long the answer may be silent.
    pub(super) idle: Duration,
}

/// What a stream belongs to.
pub(super) enum Of {
    /// The answer to one request.
    Request(RequestId, Resumption),
    /// What the server says by itself; open since then.
    Common(Instant),
}

struct Reading {
    inflow: Option<Inflow>,
    events: Events,
    ready: VecDeque<Sse>,
    http: Http,
    of: Of,
    last: Option<String>,
    pause: Duration,
    fruitless: u32,
    resumed: u32,
}

/// How reading a piece went on.
enum Piece {
    Bytes(Bytes),
    End,
    Failed(Failure),
}

/// The events of a reply, each with one message.
pub(super) fn events(inflow: Inflow, http: Http, of: Of) -> BoxStream<'static, Result<Sse, SseError>> {
    let most = http.endpoint.place.limits.max_body;
    let reading = Reading {
        inflow: Some(inflow),
        events: Events::new(most),
        ready: VecDeque::new(),
        http,
        of,
        last: None,
        pause: PAUSE,
        fruitless: 0,
        resumed: 0,
    };
    unfold(reading, |mut reading| async move {
        let event = reading.next().await?;
        Some((Ok(event), reading))
    })
    .boxed()
}

/// An event that carries one message.
pub(super) fn event(message: &ServerJsonRpcMessage) -> Sse {
    let data = serde_json::to_string(message).unwrap_or_default();
    Sse { event: None, data: Some(data), id: None, retry: None }
}

/// An answer that was promised with 202: it comes on the server's own stream, or this one ends at its limit and says so.
pub(super) fn promised(http: Http, id: RequestId) -> BoxStream<'static, Result<Sse, SseError>> {
    let waiting = async move {
        let failure = tokio::select! {
            () = sleep(PROMISED) => never_answered(&http),
            () = http.without_stream() => nowhere_to_answer(&http),
        };
        http.talk.note(Some(id), failure);
    };
    futures::stream::once(waiting).filter_map(|()| async { None }).boxed()
}

fn never_answered(http: &Http) -> Failure {
    let limit = PROMISED.as_secs();
    http.endpoint
        .place
        .not_mcp(&format!("took the request (202) and sent no answer on its stream within {limit} s"))
}

/// A request was taken, but there is no stream for its answer.
pub(super) fn nowhere_to_answer(http: &Http) -> Failure {
    http.endpoint.place.not_mcp("took the request (202) but has no stream to answer on")
}

impl Reading {
    async fn next(&mut self) -> Option<Sse> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            self.inflow.as_ref()?;
            let failure = match self.piece().await {
                Piece::Bytes(bytes) => match self.read(&bytes) {
                    Ok(()) => continue,
                    Err(failure) => Some(failure),
                },
                Piece::End => {
                    if let Some(event) = self.events.end() {
                        self.sort(event);
                    }
                    None
                }
                Piece::Failed(failure) => Some(failure),
            };
            if let (Some(inflow), Some(failure)) = (&mut self.inflow, &failure) {
                inflow.trouble(failure.fault.sentence.as_str());
            }
            self.inflow = None;
            self.ended(failure).await;
        }
    }

    async fn piece(&mut self) -> Piece {
        let Some(inflow) = &mut self.inflow else {
            return Piece::End;
        };
        let place = &self.http.endpoint.place;
        let read = match &self.of {
            Of::Request(_, resumption) => match timeout(resumption.idle, inflow.chunk()).await {
                Ok(read) => read,
                Err(_) => return Piece::Failed(Failure::of(What::Unclear, place.silent(resumption.idle))),
            },
            Of::Common(_) => inflow.chunk().await,
        };
        match read {
            Ok(Some(bytes)) => Piece::Bytes(bytes),
            Ok(None) => Piece::End,
            Err(()) => Piece::Failed(place.cut()),
        }
    }

    fn read(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let mut events = Vec::new();
        let read = self.events.push(bytes, &mut events);
        for event in events {
            self.sort(event);
        }
        read.map_err(|_| self.http.endpoint.place.too_large())
    }

    /// Takes the messages out of an event, and notes from where to go on.
    fn sort(&mut self, event: Event) {
        if let Some(retry) = event.retry {
            self.pause = Duration::from_millis(retry).min(LONGEST_PAUSE);
        }
        let mut event = event;
        // From an event whose id no header can carry nothing can be resumed; asking without it would begin a fresh stream.
        let unnameable =
            event.id.as_deref().is_some_and(|id| HeaderValue::from_bytes(id.as_bytes()).is_err());
        if unnameable {
            (event.id, self.last) = (None, None);
        }
        if event.id.is_some() && event.id != self.last {
            self.last.clone_from(&event.id);
            self.fruitless = 0;
        }
        let for_us = matches!(event.kind.as_str(), "" | "message") && !event.data.trim().is_empty();
        let of = match &self.of {
            Of::Request(id, _) => Some(id),
            Of::Common(_) => None,
        };
        if for_us {
            let sorted = self.http.talk.mailbox.sort(event.data.as_bytes(), of);
            if let Some(inflow) = self.inflow.as_mut().filter(|_| !sorted.odd.is_empty()) {
                inflow.trouble(sorted.odd);
            }
            self.ready.extend(sorted.messages.iter().map(self::event));
        }
        if of.is_none() && (event.id.is_some() || event.retry.is_some()) {
            // The library asks for the server's own stream again by itself.
            self.ready.push_back(Sse { event: None, data: None, id: event.id, retry: event.retry });
        }
    }

    /// The source ended: all is well when the answer came; else the rest is asked for, or the failure is recorded.
    async fn ended(&mut self, failure: Option<Failure>) {
        let (id, resumption) = match &self.of {
            Of::Common(since) => return self.http.stream_ended(*since),
            Of::Request(id, resumption) => (id.clone(), resumption.clone()),
        };
        if !self.http.talk.mailbox.expects(&id) {
            return;
        }
        let failure = failure.unwrap_or_else(|| self.http.endpoint.place.cut());
        if failure.what == What::Cut && !resumption.modern && self.resume(&id, resumption).await {
            return;
        }
        self.http.talk.note(Some(id), failure);
    }

    /// Asks for the rest of an answer. False when there is nothing to go on from, or the server does not give it.
    async fn resume(&mut self, id: &RequestId, resumption: Resumption) -> bool {
        let Some(last) = self.last.clone() else {
            return false;
        };
        while self.fruitless < FRUITLESS && self.resumed < RESUMPTIONS {
            self.fruitless += 1;
            self.resumed += 1;
            sleep(self.pause).await;
            if !self.http.talk.mailbox.expects(id) {
                return true;
            }
            let (session, headers) = (resumption.session.clone(), resumption.headers.clone());
            match self.http.ask_for_stream(session, Some(&last), headers).await {
                Ok(inflow) if inflow.is_stream() => {
                    self.inflow = Some(inflow);
                    self.events = Events::new(self.http.endpoint.place.limits.max_body);
                    return true;
                }
                Ok(_) => return false,
                Err(_) => {}
            }
        }
        false
    }
}
