//! One walk over a body's tags, which finds everything. What Intercom takes is its page's list (intercom-mcp 7.1) and what
//! its stored bodies hold: the parts of tables, accordions, quotations and its own `div` classes.

use std::borrow::Cow;
use std::ops::Range;

use super::boxes::{Boxes, Ended, Follows};
use super::gaps::{Gaps, is_blank};
use super::headings::{Headings, level};
use super::repairs::{Repair, query};
use super::{Finding, Kind};
use crate::domain::html::marks::{Mark, What, attribute, begins_apart, marks};
use crate::domain::html::{blocks_raw, is_film_frame, is_web_picture};

/// Elements that have a rule of their own, or none because Intercom takes them.
const KNOWN: [&str; 42] = [
    "p",
    "br",
    "b",
    "a",
    "li",
    "td",
    "tr",
    "div",
    "span",
    "code",
    "i",
    "em",
    "strong",
    "img",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "th",
    "caption",
    "colgroup",
    "col",
    "iframe",
    "pre",
    "blockquote",
    "details",
    "summary",
    "form",
    "input",
    "script",
    "dl",
    "dt",
    "dd",
];

/// Where Intercom keeps its own pictures (intercom-mcp 7.3).
const OWN_HOSTS: [&str; 5] = [
    "intercomcdn.com",
    "intercomcdn.eu",
    "intercomusercontent.com",
    "intercomassets.com",
    "intercomassets.eu",
];

/// Everything in a body, in its order.
pub(super) fn walked(html: &str) -> Vec<Finding> {
    let mut walk = Walk {
        html,
        boxes: Boxes::default(),
        gaps: Gaps::default(),
        headings: Headings::default(),
        found: Vec::new(),
    };
    for mark in marks(html) {
        walk.take(mark);
    }
    for ended in walk.boxes.left(html.len()) {
        walk.ended(&ended);
    }
    let mut found = walk.found;
    found.extend(walk.headings.findings());
    found.sort_by_key(|finding| finding.range.start);
    number(html, &mut found);
    found
}

/// Says of each finding which block it is in. A blank after a block belongs to that.
fn number(html: &str, found: &mut [Finding]) {
    let mut ends = blocks_raw(html).into_iter().scan(0, |at, block| {
        *at += block.len();
        Some(*at)
    });
    let (mut block, mut end) = (0, ends.next().unwrap_or(html.len()));
    for finding in found {
        while finding.range.start >= end {
            let Some(next) = ends.next() else { break };
            (block, end) = (block + 1, next);
        }
        finding.block = block;
    }
}

struct Walk<'html> {
    html: &'html str,
    boxes: Boxes<'html>,
    gaps: Gaps,
    headings: Headings,
    found: Vec<Finding>,
}

impl<'html> Walk<'html> {
    fn take(&mut self, mark: Mark<'html>) {
        let range = mark.range;
        match mark.what {
            What::Text(text) => {
                self.gaps.text(text, range);
                if !is_blank(text) {
                    self.boxes.words();
                }
            }
            What::Open { name, attributes, block, void } => {
                let name = known(name).unwrap_or(name);
                let between = self.gaps.open(name, block);
                self.between(between);
                let finding = self.judged(name, attributes, &range);
                self.entered(name, attributes, range, (block, void), finding);
            }
            What::Close { name, block } => {
                let name = known(name).unwrap_or(name);
                let between = self.gaps.close(name, block);
                self.between(between);
                let apart = begins_apart(self.html[range.end..].trim_ascii_start());
                let follows = if apart { Follows::Edge } else { Follows::Words };
                for ended in self.boxes.close(name, range, follows) {
                    self.ended(&ended);
                }
            }
            What::Nothing => self.boxes.hidden(),
        }
    }

    fn between(&mut self, blanks: Vec<Range<usize>>) {
        for range in blanks {
            let repair = Some(Repair::cut(range.clone()));
            self.push(Kind::Gap, range, "", repair);
        }
    }

    fn push(&mut self, kind: Kind, range: Range<usize>, subject: &str, repair: Option<Repair>) -> usize {
        self.found.push(Finding { kind, range, block: 0, subject: subject.into(), repair });
        self.found.len() - 1
    }

    /// What a start tag is by itself; the number of its finding, if it may be repaired once its end is known.
    fn judged(&mut self, name: &str, attributes: &str, range: &Range<usize>) -> Option<usize> {
        let removed = || Some(Repair::cut(range.clone()));
        let (kind, repair) = match name {
            "dl" => (Kind::Definitions, None),
            "dt" | "dd" if self.boxes.innermost(&["dl"]).is_none() => (Kind::Definitions, None),
            "div" if !is_own(attributes) => (Kind::Box, None),
            "span" => (Kind::Span, None),
            "form" => (Kind::Form, None),
            "input" => (Kind::Form, removed()),
            "script" => (Kind::Script, removed()),
            "iframe" if !is_film_frame(attributes) => (Kind::Frame, None),
            "img" | "a" => return self.addressed(name, attributes, range),
            _ if known(name).is_none() => (Kind::Unsupported, None),
            _ => return None,
        };
        let subject = crate::domain::text::fit(name, 24).into_owned();
        Some(self.push(kind, range.clone(), &subject, repair))
    }

    /// A picture or a link, by its address.
    fn addressed(&mut self, name: &str, attributes: &str, range: &Range<usize>) -> Option<usize> {
        let is_picture = name == "img";
        if is_picture && !is_web_picture(attributes) {
            return Some(self.push(Kind::Picture, range.clone(), name, None));
        }
        let address = attribute(attributes, if is_picture { "src" } else { "href" })?;
        let own = is_own_host(&address);
        if !is_signed(&address) || !(is_picture || own) {
            return None;
        }
        if !(is_picture && own) {
            return Some(self.push(Kind::SignedElsewhere, range.clone(), name, None));
        }
        let query = query(&self.html[range.clone()], &address);
        let repair = query.map(|query| Repair::cut(range.start + query.start..range.start + query.end));
        Some(self.push(Kind::Signed, range.clone(), name, repair))
    }

    fn entered(
        &mut self,
        name: &'html str,
        attributes: &str,
        range: Range<usize>,
        (block, void): (bool, bool),
        finding: Option<usize>,
    ) {
        match name {
            "li" => self.boxes.part(&["ul", "ol"]),
            "td" | "th" => self.boxes.part(&["table"]),
            _ => {}
        }
        if let Some(level) = level(name) {
            self.headings.open(level, attributes, range.clone());
        }
        match (name, void) {
            ("script" | "style" | "title", _) => self.boxes.hidden(),
            (_, true) => {
                self.boxes.enter(name, block);
            }
            (_, false) => self.boxes.open(name, range, block, finding),
        }
    }

    fn ended(&mut self, ended: &Ended<'html>) {
        if let Some(kind) = ended.is_empty_list() {
            self.found.push(ended.empty_list(kind));
        }
        let finding = ended.element.finding.and_then(|at| self.found.get_mut(at));
        if let Some(finding) =
            finding.filter(|finding| matches!(finding.kind, Kind::Box | Kind::Span | Kind::Form))
        {
            finding.repair = ended.repair(finding.kind);
        }
    }
}

fn known(name: &str) -> Option<&'static str> {
    KNOWN.into_iter().find(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a `div` carries a class of Intercom's own.
fn is_own(attributes: &str) -> bool {
    let class: Option<Cow<'_, str>> = attribute(attributes, "class");
    class.is_some_and(|classes| classes.split_ascii_whitespace().any(|class| class.starts_with("intercom-")))
}

fn is_signed(address: &str) -> bool {
    let Some((_, query)) = address.split_once('?') else { return false };
    let mut names = query.split('&').filter_map(|pair| Some(pair.split_once('=')?.0));
    names.any(|name| {
        ["expires", "x-amz-expires", "x-goog-expires"].iter().any(|known| known.eq_ignore_ascii_case(name))
    })
}

fn is_own_host(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("//") else { return false };
    let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let within = |known: &str| {
        host.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    // `<workspace>.intercom-attachments-N.com`
    let mut names = host.rsplit('.');
    let attachments = names.next() == Some("com")
        && names.next().is_some_and(|name| name.starts_with("intercom-attachments-"));
    OWN_HOSTS.into_iter().any(within) || attachments
}
