//! What came of a row, and whether it is what the row wants.

use std::time::Duration;

use switchboard::domain::call::{Answer, End};

use super::request::Seen;
use super::row::{Row, Way, fits, words_of};

/// What came of a row.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) way: Way,
    /// How the sign-in ended; empty where nobody signed in.
    pub(crate) signing: String,
    /// How the link stood before the first call.
    pub(crate) link: String,
    /// The faulty calls' ends and how long each took.
    pub(crate) first: Vec<(End, Duration)>,
    /// The next call's end, and one more after dialling again.
    pub(crate) then: Vec<End>,
    pub(crate) seen: Vec<Seen>,
    /// Connections that the client ended while the server held them.
    pub(crate) left: usize,
    /// Refresh tokens in the order they were used.
    pub(crate) refreshed: Vec<String>,
    pub(crate) visited: Vec<String>,
    /// The pages that browsers ended at.
    pub(crate) pages: Vec<String>,
    /// A person was told of an answer that did not belong to the sign-in.
    pub(crate) strayed: bool,
    /// What is wrong whatever the row wants.
    pub(crate) broken: Vec<String>,
    pub(crate) took: Duration,
    /// The server's own port, and the other origin's.
    pub(crate) ports: (u16, u16),
}

impl Outcome {
    pub(crate) fn count(&self, rpc: &str) -> usize {
        self.seen.iter().filter(|seen| seen.rpc == rpc).count()
    }

    pub(crate) fn calls(&self) -> usize {
        self.seen.iter().filter(|seen| seen.turn > 0).count()
    }

    pub(crate) fn paths(&self, path: &str) -> usize {
        self.seen.iter().filter(|seen| seen.bare_path() == path).count()
    }

    pub(crate) fn elsewhere(&self) -> usize {
        self.seen.iter().filter(|seen| seen.elsewhere).count()
    }

    pub(crate) fn gets(&self) -> usize {
        self.seen.iter().filter(|seen| seen.http == "GET" && seen.bare_path() == "/mcp").count()
    }

    /// What GETs resumed after, in order.
    pub(crate) fn resumed(&self) -> Vec<&str> {
        self.seen.iter().filter_map(|seen| seen.header("last-event-id")).collect()
    }

    /// Milliseconds between the first two requests for the row's tool.
    pub(crate) fn gap(&self) -> u128 {
        let mut hits = self.seen.iter().filter(|seen| seen.turn > 0).map(|seen| seen.at);
        let first = hits.next().zip(hits.next());
        first.map_or(0, |(first, second)| (second - first).as_millis())
    }

    /// The body of the article that the first call brought.
    pub(crate) fn body(&self) -> &str {
        match self.first.first() {
            Some((End::Answer(Answer::Article(article) | Answer::Written(article)), _)) => {
                article.body.as_str()
            }
            _ => "",
        }
    }

    /// With the ports of the servers left out.
    pub(crate) fn portless(&self, text: &str) -> String {
        let text = text.replace(&format!("Port {}", super::signing::taken()), "Port TAKEN");
        let text = text.replace(&format!("127.0.0.1:{}", self.ports.0), "127.0.0.1:PORT");
        text.replace(&format!("127.0.0.1:{}", self.ports.1), "127.0.0.1:OTHER")
    }

    /// The first request to a path.
    pub(crate) fn at(&self, path: &str) -> Option<&Seen> {
        self.seen.iter().find(|seen| seen.bare_path() == path)
    }

    /// All that is not as it should be.
    pub(crate) fn complaints(&self, row: &Row) -> Vec<String> {
        let mut all = self.broken.clone();
        let want = match self.way {
            Way::Read => &row.read,
            Way::Write => row.write.as_deref().unwrap_or_default(),
        };
        for (end, _) in &self.first {
            let words = self.portless(&words_of(end));
            if !fits(want, &words) {
                all.push(format!("wanted {want}, got {words}"));
            }
        }
        if !self.signing.is_empty() && !fits(row.signing, &self.signing) {
            all.push(format!("signing in: wanted {}, got {}", row.signing, self.signing));
        }
        let then: Vec<String> = self.then.iter().map(|end| self.portless(&words_of(end))).collect();
        let one_of = |want: &str| {
            let wanted: Vec<&str> = want.split(", ").collect();
            then.len() == wanted.len() && then.iter().zip(&wanted).all(|(words, want)| fits(want, words))
        };
        if !row.then.split(" || ").any(one_of) {
            all.push(format!("next call: wanted {}, got {}", row.then, then.join(", ")));
        }
        all.extend(
            row.checks.iter().filter(|(_, check)| !check(self)).map(|(words, _)| format!("not so: {words}")),
        );
        all
    }
}
