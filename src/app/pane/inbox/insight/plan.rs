//! Where the parts of the board are: sections in their order, in as many columns as there is room for, each with a window over
//! its buckets, all of them with one window over their rows. Pure arithmetic.

use ratatui::layout::Rect;

use crate::domain::insight::{Board, Section, Topic};

/// Rows above the columns: what was counted, how much of it, and a line.
pub const HEAD: u16 = 3;
/// From this width on there are two columns.
const TWO: u16 = 120;
/// From this width on there are three.
const THREE: u16 = 180;
/// Buckets of a section in view at most.
const MOST: usize = 8;
/// Cells between columns.
pub const GUTTER: u16 = 3;

/// What stands in a row of a column. Numbers are those of the section, and of the bucket in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The section's name and of how many it tells.
    Title(usize),
    /// Median and the like.
    Times(usize),
    /// A bucket.
    Bucket(usize, usize),
    /// Hours as a sparkline.
    Spark(usize),
    /// The hours below it.
    Axis(usize),
    /// One hour in words: the one under the cursor, else the busiest.
    Hour(usize, usize),
    /// How many buckets are not in view: above, and below.
    More(usize, usize),
    /// Nothing.
    Gap,
}

/// The parts in their places.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Plan {
    /// Rows of each column from the top, in view or not.
    pub columns: Vec<Vec<Spot>>,
    /// The first row in view.
    pub top: usize,
    /// The first bucket in view of each section.
    firsts: Vec<usize>,
}

/// How many columns there is room for.
fn columns(width: u16) -> usize {
    match width {
        ..TWO => 1,
        TWO..THREE => 2,
        THREE.. => 3,
    }
}

/// The columns of the board below its head, from left to right.
pub fn places(body: Rect) -> Vec<Rect> {
    let head = HEAD.min(body.height);
    let room = Rect { y: body.y + head, height: body.height - head, ..body };
    let room = Rect { x: room.x + room.width.min(1), width: room.width.saturating_sub(2), ..room };
    let count = u16::try_from(columns(body.width)).unwrap_or(1);
    let width = room.width.saturating_sub(GUTTER * (count - 1)) / count;
    (0..count).map(|at| Rect { x: room.x + at * (width + GUTTER), width, ..room }).collect()
}

impl Plan {
    /// Puts every part in its place, with the bucket under the cursor in view.
    pub fn arrange(&mut self, board: &Board, cursor: (usize, usize), body: Rect) {
        self.firsts.resize(board.sections.len(), 0);
        let sections: Vec<Vec<Spot>> = board
            .sections
            .iter()
            .enumerate()
            .map(|(at, section)| {
                let bucket = if cursor.0 == at { Some(cursor.1) } else { None };
                spots(at, section, bucket, &mut self.firsts[at])
            })
            .collect();
        self.columns = shared_out(sections, columns(body.width));
        self.show(cursor, usize::from(body.height.saturating_sub(HEAD)));
    }

    /// Moves the window no further than needed.
    fn show(&mut self, cursor: (usize, usize), height: usize) {
        let is_here = |spot: &Spot| match *spot {
            Spot::Bucket(section, bucket) | Spot::Hour(section, bucket) => (section, bucket) == cursor,
            Spot::Title(_) | Spot::Times(_) | Spot::Spark(_) | Spot::Axis(_) | Spot::More(..) | Spot::Gap => {
                false
            }
        };
        let here = self.columns.iter().find_map(|column| {
            let row = column.iter().position(is_here)?;
            let title = column[..row].iter().rposition(|spot| matches!(spot, Spot::Title(_))).unwrap_or(0);
            Some((title, row))
        });
        let Some((title, row)) = here else { return };
        let longest = self.columns.iter().map(Vec::len).max().unwrap_or(0);
        // The name of the section stays in view with its bucket where that is possible.
        let (highest, lowest) =
            (title.max((row + 1).saturating_sub(height)), (row + 2).saturating_sub(height));
        self.top = self.top.max(lowest).min(highest).min(longest.saturating_sub(height));
    }
}

/// The rows of a section.
fn spots(at: usize, section: &Section, cursor: Option<usize>, first: &mut usize) -> Vec<Spot> {
    let mut spots = vec![Spot::Title(at)];
    if section.times.is_some() {
        spots.push(Spot::Times(at));
    }
    let all = section.buckets.len();
    if section.topic == Topic::Hour {
        let hours = (0..all).filter(|&bucket| section.buckets[bucket].has_one());
        let busiest = hours.max_by_key(|&bucket| (section.buckets[bucket].count, usize::MAX - bucket));
        spots.extend([Spot::Spark(at), Spot::Axis(at), Spot::Hour(at, cursor.or(busiest).unwrap_or(0))]);
    } else {
        let cursor = cursor.unwrap_or(*first).min(all.saturating_sub(1));
        *first = (*first).clamp((cursor + 1).saturating_sub(MOST), cursor).min(all.saturating_sub(MOST));
        let shown = *first..all.min(*first + MOST);
        let below = all - shown.end;
        spots.extend(shown.clone().map(|bucket| Spot::Bucket(at, bucket)));
        if all > MOST {
            spots.push(Spot::More(shown.start, below));
        }
    }
    spots.push(Spot::Gap);
    spots
}

/// Sections one below the other, in so many columns of about the same length.
fn shared_out(sections: Vec<Vec<Spot>>, columns: usize) -> Vec<Vec<Spot>> {
    let all: usize = sections.iter().map(Vec::len).sum();
    let mut shared: Vec<Vec<Spot>> = vec![Vec::new()];
    let mut before = 0;
    for spots in sections {
        let filled = shared.len();
        // A section goes where its middle is.
        if filled < columns && (before + spots.len() / 2) * columns >= filled * all && before > 0 {
            shared.push(Vec::new());
        }
        before += spots.len();
        if let Some(column) = shared.last_mut() {
            column.extend(spots);
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::conversation::{ConversationRow, Tag, bare_row};
    use crate::domain::insight::{At, count};
    use crate::domain::text::Clean;

    fn board(tags: usize) -> Board {
        let tag = |id: usize| Tag { id: id.to_string().into(), name: Clean::default() };
        let rows: Vec<ConversationRow> =
            (0..tags).map(|id| ConversationRow { tags: vec![tag(id)], ..bare_row(1) }).collect();
        count(&rows, At::default())
    }

    #[test]
    fn the_bucket_under_the_cursor_is_in_view_at_any_size() {
        let board = board(40);
        for (width, height) in [(80, 21), (80, 8), (130, 30), (200, 57), (20, 5)] {
            let body = Rect::new(0, 1, width, height);
            let mut plan = Plan::default();
            for (section, buckets) in board.sections.iter().enumerate() {
                for bucket in 0..buckets.buckets.len() {
                    plan.arrange(&board, (section, bucket), body);
                    let seen = plan
                        .columns
                        .iter()
                        .flat_map(|column| column.iter().skip(plan.top).take(usize::from(height - HEAD)));
                    let wanted = [Spot::Bucket(section, bucket), Spot::Hour(section, bucket)];
                    assert!(
                        seen.into_iter().any(|spot| wanted.contains(spot)),
                        "{width}x{height} {section} {bucket}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_busiest_hour_is_an_hour() {
        let opened = |at| ConversationRow { created_at: Some(crate::domain::time::Unix(at)), ..bare_row(1) };
        let board = count(&[opened(7_200), bare_row(2), bare_row(3)], At::default());
        let mut plan = Plan::default();
        plan.arrange(&board, (0, 0), Rect::new(0, 1, 80, 24));
        let shown = |spot: &Spot| if let Spot::Hour(_, bucket) = spot { Some(*bucket) } else { None };
        let hour = plan.columns.iter().flatten().find_map(shown);
        assert_eq!(hour, Some(2));
    }

    #[test]
    fn every_section_is_in_one_column_and_no_column_leaves_the_body() {
        let board = board(3);
        for width in 0..230 {
            let body = Rect::new(0, 1, width, 30);
            let mut plan = Plan::default();
            plan.arrange(&board, (0, 0), body);
            let titles = plan.columns.iter().flatten().filter(|spot| matches!(spot, Spot::Title(_))).count();
            assert_eq!(titles, Topic::ALL.len());
            let places = places(body);
            assert!(plan.columns.len() <= places.len(), "{width}");
            assert!(
                places.iter().all(|place| place.right() <= body.right() && place.bottom() <= body.bottom())
            );
        }
    }
}
