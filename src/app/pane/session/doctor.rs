//! The doctor's findings as they come, rung by rung.

use super::sizes::millis;
use crate::app::list::Scroll;
use crate::app::rows::{Look, Row, wrapped};
use crate::domain::examination::{Finding, Rung, Verdict};
use crate::domain::text::{Clean, pad, width};

/// How an examination stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Stage {
    /// There was none.
    #[default]
    None,
    /// Under way.
    Looking,
    /// Done.
    Done,
}

/// The doctor.
#[derive(Debug, Default)]
pub struct Doctor {
    /// How it stands.
    pub stage: Stage,
    findings: Vec<Finding>,
    /// Laid out: for which width, findings and stage.
    laid: Option<(u16, usize, Stage)>,
    /// What was laid out.
    pub rows: Vec<Row>,
    /// The window over it.
    pub scroll: Scroll,
}

/// Findings kept; there is one a rung.
const MOST: usize = 64;

fn mark(verdict: Verdict) -> (&'static str, Look) {
    match verdict {
        Verdict::Good => ("✓", Look::Good),
        Verdict::Notice => ("!", Look::Warn),
        Verdict::Bad => ("✗", Look::Bad),
        Verdict::Skipped => ("–", Look::Dim),
    }
}

impl Doctor {
    /// An examination begins.
    pub(super) fn begin(&mut self) {
        *self = Self { stage: Stage::Looking, ..Self::default() };
    }

    /// A rung was tried.
    pub fn find(&mut self, finding: Finding) {
        if self.stage == Stage::Looking && self.findings.len() < MOST {
            self.findings.push(finding);
        }
    }

    /// The doctor is done.
    pub fn examined(&mut self) {
        if self.stage == Stage::Looking {
            self.stage = Stage::Done;
        }
    }

    /// The first rung that broke.
    fn broken(&self) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.verdict == Verdict::Bad)
    }

    fn summary(&self) -> (String, Look) {
        let notices = self.findings.iter().filter(|finding| finding.verdict == Verdict::Notice).count();
        match (self.stage, self.broken()) {
            (Stage::None, _) => ("Nothing was examined yet; D begins.".to_owned(), Look::Plain),
            (Stage::Looking, _) => ("Examining…".to_owned(), Look::Accent),
            (Stage::Done, Some(bad)) => {
                (format!("It breaks at \"{}\"; what comes after was not tried.", bad.rung.title()), Look::Bad)
            }
            (Stage::Done, None) if self.findings.is_empty() => {
                ("The doctor found nothing to examine.".to_owned(), Look::Warn)
            }
            (Stage::Done, None) if notices > 0 => {
                ("Everything holds, with something to know.".to_owned(), Look::Warn)
            }
            (Stage::Done, None) => ("Everything holds.".to_owned(), Look::Good),
        }
    }

    fn finding(rows: &mut Vec<Row>, finding: &Finding, cells: u16) {
        let (sign, look) = mark(finding.verdict);
        let skipped = finding.verdict == Verdict::Skipped;
        let took = if skipped { String::new() } else { millis(finding.tenths) };
        let took = format!("{}{took}", " ".repeat(9usize.saturating_sub(width(&took))));
        let before = format!("{sign} {} {took}  ", pad(finding.rung.title(), 10));
        let blanks = " ".repeat(width(&before));
        let from = rows.len();
        wrapped(rows, &blanks, &finding.sentence, if skipped { Look::Dim } else { Look::Plain }, cells);
        if let Some(first) = rows.get_mut(from).and_then(|row| row.0.first_mut()) {
            *first = crate::app::rows::Piece { text: before, look };
        }
        if !finding.hint.is_empty() {
            let from = rows.len();
            wrapped(rows, &format!("{blanks}  "), &finding.hint, Look::Strong, cells);
            if let Some(first) = rows.get_mut(from).and_then(|row| row.0.first_mut()) {
                first.text = format!("{blanks}→ ");
            }
        }
    }

    fn lay(&self, cells: u16) -> Vec<Row> {
        let (words, look) = self.summary();
        let mut rows = Vec::new();
        wrapped(&mut rows, "", &words, look, cells);
        rows.push(Row::blank());
        self.findings.iter().for_each(|finding| Self::finding(&mut rows, finding, cells));
        if self.stage != Stage::Done {
            let tried = |rung: &Rung| self.findings.iter().any(|finding| finding.rung == *rung);
            for rung in Rung::ALL.iter().filter(|rung| !tried(rung)) {
                rows.push(Row::of(format!("· {}", rung.title()), Look::Dim));
            }
        }
        rows
    }

    pub(super) fn arrange(&mut self, cells: u16, height: u16) {
        let now = Some((cells, self.findings.len(), self.stage));
        if self.laid != now {
            self.rows = self.lay(cells);
            self.laid = now;
        }
        self.scroll.fit(self.rows.len(), usize::from(height));
    }

    /// The findings as text, for the clipboard.
    pub fn text(&self) -> Clean {
        let rows: Vec<String> = self.lay(100).iter().map(|row| row.text().trim_end().to_owned()).collect();
        Clean::text(&rows.join("\n"))
    }
}
