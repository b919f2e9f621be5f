//! What a line says by itself: questions, messages, other tools, its end. Owns which questions are open; a question of a
//! line that is gone is withdrawn.

use std::sync::Arc;

use super::{Done, State, Task, UNREAD};
use crate::domain::call::Report;
use crate::domain::question::{Question, QuestionId, Reply};
use crate::session::wire::{Line as _, News, Wire};

impl<W: Wire> Task<W> {
    /// Listens to the line, unless nobody reads what it said so far: a server that talks without end is heard no faster
    /// than somebody reads.
    pub(super) fn listen(&mut self) {
        let State::Up { line, watch: watch @ None, .. } = &mut self.state else {
            return;
        };
        if self.outbox.len() < UNREAD {
            let line = Arc::clone(line);
            *watch = Some(self.tasks.spawn(async move { Done::News(line.news().await) }));
        }
    }

    pub(super) fn news(&mut self, task: tokio::task::Id, news: News) {
        let State::Up { watch, .. } = &mut self.state else {
            return;
        };
        if watch.take_if(|watch| watch.id() == task).is_none() {
            return;
        }
        match news {
            News::Question(question) => self.asked(question),
            News::Unasked(id) => self.unasked(id),
            News::Message(level, words) => self.outbox.push_back(Report::Message(level, words)),
            News::Tools => {
                self.first_sight();
                self.tell_up();
            }
            News::Lost(fault) => self.lose(fault),
            News::SessionGone(fault) => self.renew_if(true, fault),
        }
    }

    fn asked(&mut self, question: Box<Question>) {
        if self.questions.insert(question.id) {
            self.patience.answering(true);
            self.outbox.push_back(Report::Question(question));
        }
    }

    fn unasked(&mut self, id: QuestionId) {
        if self.questions.remove(&id) {
            self.patience.answering(!self.questions.is_empty());
            self.outbox.push_back(Report::Unasked(id));
        }
    }

    /// Hands an answer on; one to a question that is not open is passed over.
    pub(super) fn answer(&mut self, id: QuestionId, reply: Reply) {
        if !self.questions.remove(&id) {
            return;
        }
        self.patience.answering(!self.questions.is_empty());
        if let State::Up { line, .. } = &self.state {
            line.answer(id, reply);
        }
    }

    /// The line is left: its questions are cancelled there and withdrawn here.
    pub(super) fn withdraw_questions(&mut self) {
        for id in std::mem::take(&mut self.questions) {
            if let State::Up { line, .. } = &self.state {
                line.answer(id, Reply::Cancelled);
            }
            self.outbox.push_back(Report::Unasked(id));
        }
        self.patience.answering(false);
    }
}
