//! Unfinished containers: a list waiting for items, a table for rows. Whatever order elements come in, every block
//! finds a place and none is lost.

use crate::domain::text::Clean;

use super::document::{Block, Colour, Inline};
use super::inlines::plain;

/// What a container will become.
pub(super) enum Kind {
    /// The document, an item or a cell's inside: just blocks.
    Plain,
    Item,
    List {
        ordered: bool,
        start: u32,
        items: Vec<Vec<Block>>,
    },
    /// `data` says that it is certainly no page layout, `layout` that it certainly is.
    Table {
        rows: Vec<Row>,
        data: bool,
        layout: bool,
    },
    Row(Row),
    Cell {
        header: bool,
        columns: usize,
    },
    Quote {
        history: bool,
    },
    Callout(Colour),
    Details {
        summary: Vec<Inline>,
    },
    Summary,
    Code {
        text: String,
        language: Option<Clean>,
    },
}

/// A table's row.
#[derive(Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Vec<Block>>,
    pub(super) headers: usize,
}

/// An unfinished container.
pub(super) struct Holder {
    pub(super) kind: Kind,
    blocks: Vec<Block>,
}

impl Holder {
    pub(super) fn new(kind: Kind) -> Self {
        Self { kind, blocks: Vec::new() }
    }

    /// Takes in a finished block, wherever it belongs.
    pub(super) fn accept(&mut self, block: Block) {
        match &mut self.kind {
            Kind::List { items, .. } => last_or_new(items).push(block),
            Kind::Row(row) => last_or_new(&mut row.cells).push(block),
            Kind::Table { rows, .. } => last_or_new(&mut last_or_new(rows).cells).push(block),
            Kind::Plain
            | Kind::Item
            | Kind::Cell { .. }
            | Kind::Quote { .. }
            | Kind::Callout(_)
            | Kind::Details { .. }
            | Kind::Summary
            | Kind::Code { .. } => self.blocks.push(block),
        }
    }

    /// Finishes the container and hands what it became to the one around it.
    pub(super) fn close_into(self, parent: &mut Self) {
        let blocks = self.blocks;
        match self.kind {
            Kind::Item => parent.accept_item(blocks),
            Kind::Row(row) => parent.accept_row(row),
            Kind::Cell { header, columns } => parent.accept_cell(blocks, header, columns),
            Kind::Summary => parent.accept_summary(blocks),
            Kind::Table { rows, data, layout } => parent.accept_table(rows, data, layout),
            Kind::Plain => parent.accept_all(blocks),
            Kind::List { items, .. } if items.is_empty() => {}
            Kind::List { ordered, start, items } => parent.accept(Block::List { ordered, start, items }),
            Kind::Quote { .. } | Kind::Callout(_) if blocks.is_empty() => {}
            Kind::Quote { history } => parent.accept(Block::Quote { blocks, history }),
            Kind::Callout(colour) => parent.accept(Block::Callout { colour, blocks }),
            Kind::Details { summary } => parent.accept(Block::Details { summary, blocks }),
            Kind::Code { text, language } => {
                parent.accept(Block::Code { text: Clean::text(text.trim_end_matches('\n')), language });
                parent.accept_all(blocks);
            }
        }
    }

    /// Takes out the blocks that are complete so far.
    pub(super) fn take_blocks(&mut self) -> Vec<Block> {
        std::mem::take(&mut self.blocks)
    }

    fn accept_all(&mut self, blocks: Vec<Block>) {
        for block in blocks {
            self.accept(block);
        }
    }

    fn accept_item(&mut self, blocks: Vec<Block>) {
        if let Kind::List { items, .. } = &mut self.kind {
            items.push(blocks);
        } else {
            self.accept_all(blocks);
        }
    }

    fn accept_row(&mut self, row: Row) {
        if let Kind::Table { rows, .. } = &mut self.kind {
            rows.push(row);
        } else {
            self.accept_all(row.cells.into_iter().flatten().collect());
        }
    }

    fn accept_cell(&mut self, blocks: Vec<Block>, header: bool, columns: usize) {
        if let Kind::Row(row) = &mut self.kind {
            row.cells.push(blocks);
            row.cells.extend(std::iter::repeat_n(Vec::new(), columns - 1));
            row.headers += if header { columns } else { 0 };
        } else {
            self.accept_all(blocks);
        }
    }

    fn accept_summary(&mut self, blocks: Vec<Block>) {
        let mut words = Vec::new();
        for block in blocks {
            if let Block::Paragraph(inline) | Block::Heading { inline, .. } = block {
                if !words.is_empty() {
                    words.push(Inline::Break);
                }
                words.extend(inline);
            } else {
                self.accept(block);
            }
        }
        if let Kind::Details { summary } = &mut self.kind
            && summary.is_empty()
        {
            *summary = words;
        } else if !words.is_empty() {
            self.accept(Block::Paragraph(words));
        }
    }

    fn accept_table(&mut self, rows: Vec<Row>, data: bool, layout: bool) {
        let rows: Vec<Row> = rows.into_iter().filter(|row| !row.cells.is_empty()).collect();
        let single = rows.iter().all(|row| row.cells.len() <= 1);
        if layout || (single && !data) {
            let cells = rows.into_iter().flat_map(|row| row.cells);
            self.accept_all(cells.flatten().collect());
            return;
        }
        let header = rows.len() > 1
            && rows.first().is_some_and(|row| row.headers > 0 && row.headers == row.cells.len());
        if rows.iter().any(|row| row.cells.iter().any(|cell| !cell.is_empty())) {
            let rows = rows.into_iter().map(|row| row.cells).collect();
            self.accept(Block::Table { rows, header });
        }
    }
}

/// The last element, made when there is none.
fn last_or_new<T: Default>(list: &mut Vec<T>) -> &mut T {
    if list.is_empty() {
        list.push(T::default());
    }
    let end = list.len() - 1;
    &mut list[end]
}

/// The label of a button or a file, whose words came as one paragraph.
pub(super) fn label(inline: &[Inline]) -> Clean {
    Clean::line(&plain(inline))
}
