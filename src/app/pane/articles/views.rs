//! The body on the desk: one HTML text, typed as Markdown or as HTML source, and looked at as a preview. Owns which of the
//! two texts holds what was typed last; the other is made from it when it is wanted. Going back and forth without typing
//! changes no byte and loses no undo.
//!
//! A long text begins as HTML source: that opens at once, while Markdown of it takes a conversion.

mod anchors;
mod preview;
#[cfg(test)]
mod tests;

use std::ops::Range;

use ratatui::layout::Rect;

use crate::app::editor::Editor;
use crate::app::key::Key;
use crate::domain::markdown::{Page, Written};
pub use preview::Preview;

/// Longer HTML, in bytes, gets no preview beside the text: making it anew would hold up the keys.
const LONGEST_BESIDE: usize = 256 * 1024;

/// Longer HTML, in bytes, begins as HTML source; at this length Markdown of it takes about ten milliseconds.
pub(super) const LONGEST_AS_MARKDOWN: usize = 128 * 1024;

/// How the body is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Markdown, and fenced HTML for what Markdown cannot say.
    Markdown,
    /// HTML source.
    Html,
    /// As a reader sees it.
    Preview,
}

impl View {
    /// What the line above the text calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Markdown => "Text, in Markdown",
            Self::Html => "Text, as HTML",
            Self::Preview => "Preview",
        }
    }

    /// One word for the status line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
            Self::Preview => "preview",
        }
    }

    /// What it is in a circle.
    fn next(self) -> Self {
        match self {
            Self::Markdown => Self::Html,
            Self::Html => Self::Preview,
            Self::Preview => Self::Markdown,
        }
    }
}

/// The body as HTML source.
#[derive(Debug)]
struct Source {
    editor: Editor,
    /// How far both editors were when they last stood for the same HTML: Markdown, HTML.
    same: (u64, u64),
}

impl Source {
    fn is_typed(&self) -> bool {
        self.editor.edits() != self.same.1
    }
}

/// The body as Markdown.
#[derive(Debug)]
struct Marked {
    page: Page,
    editor: Editor,
}

impl Marked {
    fn of(html: &str) -> Self {
        let page = Page::of(html);
        let editor = Editor::plain(page.text());
        Self { page, editor }
    }

    /// The HTML that it stands for. Converts what was typed.
    fn html(&self) -> String {
        self.page.html(&self.editor.source())
    }

    fn is_typed(&self) -> bool {
        self.editor.source() != self.page.text()
    }

    /// The line that is shown which says a byte of the HTML.
    fn line_of(&self, written: &Written, byte: usize) -> usize {
        written.place_of_byte(byte).map_or(0, |place| self.editor.line_of_source(place.lines.start))
    }
}

/// The body. There is always one of the two texts, and the one that is shown.
#[derive(Debug)]
pub struct Body {
    /// The HTML that the page was made of, or would be.
    made_of: String,
    marked: Option<Marked>,
    html: Option<Source>,
    view: View,
    /// Rises when an editor is replaced.
    generation: u64,
    preview: Preview,
}

impl Body {
    /// A body that begins as Markdown, the cursor at its first word; a long one as HTML.
    pub fn of(html: &str) -> Self {
        if html.len() > LONGEST_AS_MARKDOWN { Self::as_html(html) } else { Self::as_markdown(html) }
    }

    /// Whether it is shown as HTML because it is long, and Markdown was never made of it.
    pub(super) fn began_as_html(&self) -> bool {
        self.marked.is_none()
    }

    fn as_html(html: &str) -> Self {
        let mut editor = Editor::of(html);
        editor.to_first_word();
        Self::with(html, None, Some(Source { editor, same: (0, 0) }))
    }

    fn as_markdown(html: &str) -> Self {
        let mut marked = Marked::of(html);
        marked.editor.to_first_word();
        Self::with(html, Some(marked), None)
    }

    fn with(html: &str, marked: Option<Marked>, source: Option<Source>) -> Self {
        let view = if marked.is_some() { View::Markdown } else { View::Html };
        let made_of = html.to_owned();
        Self { made_of, marked, html: source, view, generation: 0, preview: Preview::default() }
    }

    /// The body as HTML, byte for byte where nothing was typed. Converts what was typed in Markdown: linear, for commands
    /// and timers only.
    pub fn source(&self) -> String {
        match (self.typed_source(), &self.marked) {
            (Some(source), _) => source.editor.source(),
            (None, Some(marked)) => marked.html(),
            (None, None) => self.made_of.clone(),
        }
    }

    /// The HTML editor, when the latest was typed there.
    fn typed_source(&self) -> Option<&Source> {
        self.html.as_ref().filter(|source| source.is_typed())
    }

    /// Whether the text may stand for other HTML than `base`, without converting it. Walks the text.
    pub(super) fn differs_from(&self, base: &str) -> bool {
        match self.typed_source() {
            Some(source) => source.editor.source() != base,
            None => self.made_of != base || self.marked.as_ref().is_some_and(Marked::is_typed),
        }
    }

    /// The body as it goes to disk: HTML, and the Markdown typed over it, if that was.
    pub(super) fn stored(&self) -> (String, Option<String>) {
        if let Some(source) = self.typed_source() {
            return (source.editor.source(), None);
        }
        let typed = self.marked.as_ref().filter(|marked| marked.is_typed());
        (self.made_of.clone(), typed.map(|marked| marked.editor.source()))
    }

    /// The Markdown that the HTML on disk was shown as before anybody typed; none where it was not.
    pub(super) fn read_as(&self) -> Option<&str> {
        self.marked.as_ref().map(|marked| marked.page.text())
    }

    /// Takes what came from the disk: HTML, what was typed over it, and over which Markdown that was. A long text is shown
    /// as what it was typed as.
    pub(super) fn restore(&mut self, html: &str, markdown: Option<&str>, read_as: Option<&str>) {
        let Some(markdown) = markdown else {
            let is_long = html.len() > LONGEST_AS_MARKDOWN && self.view == View::Markdown;
            self.view = if is_long { View::Html } else { self.view };
            return self.begin(html);
        };
        let view = if self.marked.is_none() && self.view == View::Html { View::Markdown } else { self.view };
        let mut page = Page::of(html);
        if let Some(before) = read_as {
            page.read_as(before);
        }
        let mut editor = Editor::plain(markdown);
        editor.to_first_word();
        self.become_one(Self::with(html, Some(Marked { page, editor }), None));
        self.show_as(view);
    }

    /// Takes other HTML. Where the text of it comes back to the same bytes that is one step that can be undone; otherwise
    /// the text begins anew. The view stays.
    pub fn put(&mut self, html: &str) {
        if self.source() == html {
            return;
        }
        let is_html = self.view == View::Html || self.marked.is_none();
        if let Some(source) = self.html.as_mut().filter(|source| source.is_typed() || is_html) {
            source.editor.adopt_source(html);
            if source.editor.source() == html {
                return;
            }
        } else if let Some(marked) = &mut self.marked {
            let text = Page::of(html).text().to_owned();
            if marked.page.html(&text) == html {
                marked.editor.adopt(&text);
                return;
            }
        }
        self.begin(html);
    }

    /// Puts the cursor on a byte of the HTML: there in the source, and at the beginning of what says it in Markdown. The
    /// preview has no cursor, so that it gives way to the source.
    pub(super) fn go_to_source(&mut self, byte: usize) {
        if self.view == View::Preview {
            self.show_as(View::Html);
        }
        if let (View::Html, Some(source)) = (self.view, &mut self.html) {
            return source.editor.go_to_source(byte);
        }
        let Some(marked) = &mut self.marked else { return };
        let line = marked.line_of(&marked.page.write(&marked.editor.source()), byte);
        marked.editor.to_words_of(line);
    }

    /// Marks the lines that bytes of the HTML stand in, each with whether that is grave; in rising order. The preview has
    /// no marks.
    pub(super) fn flag(&mut self, places: &[(usize, bool)]) {
        let bytes: Vec<usize> = places.iter().map(|(byte, _)| *byte).collect();
        let lines = match (self.view, &self.html, &self.marked) {
            (View::Preview, ..) => return,
            (View::Html, Some(source), _) => source.editor.lines_of_source(&bytes),
            (_, _, Some(marked)) if !bytes.is_empty() => {
                let written = marked.page.write(&marked.editor.source());
                bytes.iter().map(|byte| marked.line_of(&written, *byte)).collect()
            }
            _ => Vec::new(),
        };
        let flags = lines.into_iter().zip(places.iter().map(|(_, grave)| *grave)).collect();
        if let Some(editor) = self.editor_mut() {
            editor.flag(flags);
        }
    }

    /// Makes these replacements in the HTML, of which `mended` comes, as one step that can be undone: in Markdown where
    /// that can say it, otherwise in the source, which is then shown.
    pub(super) fn mend(&mut self, edits: &[(Range<usize>, &str)], mended: &str) {
        if let Some(marked) = self.marked.as_mut().filter(|_| self.view == View::Markdown) {
            let text = Page::of(mended).text().to_owned();
            if marked.page.html(&text) == mended && marked.editor.adopt(&text) {
                return;
            }
        }
        self.show_as(View::Html);
        if let Some(source) = &mut self.html {
            source.editor.mend(edits);
        }
        self.put(mended);
    }

    /// Begins anew with other HTML, in the same view.
    fn begin(&mut self, html: &str) {
        let view = self.view;
        self.become_one(Self::of(html));
        self.show_as(view);
    }

    /// Holds another text.
    fn become_one(&mut self, other: Self) {
        let generation = self.generation + 1;
        let preview = std::mem::take(&mut self.preview);
        *self = Self { generation, preview, ..other };
    }

    /// How it is shown.
    pub fn view(&self) -> View {
        self.view
    }

    /// Shows it so.
    pub(super) fn show_as(&mut self, view: View) {
        match view {
            View::Markdown => self.make_markdown(),
            View::Html => self.make_html(),
            View::Preview => {}
        }
        self.view = view;
    }

    /// Goes on to the next view.
    pub(super) fn turn(&mut self) {
        self.show_as(self.view.next());
    }

    /// Makes the HTML editor hold what the Markdown stands for.
    fn make_html(&mut self) {
        let Some(marked) = &self.marked else { return };
        let edits = marked.editor.edits();
        if self.html.as_ref().is_some_and(|source| source.is_typed() || source.same.0 == edits) {
            return;
        }
        let html = marked.html();
        if let Some(source) = self.html.as_mut().filter(|source| source.editor.source() == html) {
            source.same.0 = edits;
            return;
        }
        let mut editor = Editor::of(&html);
        go_along(&marked.editor, &mut editor);
        (self.html, self.generation) = (Some(Source { editor, same: (edits, 0) }), self.generation + 1);
    }

    /// Makes the Markdown editor hold what was typed as HTML, or what a long text began with.
    fn make_markdown(&mut self) {
        let Some(source) = self.html.as_mut().filter(|source| source.is_typed() || self.marked.is_none())
        else {
            return;
        };
        let html = source.editor.source();
        let edits = self.marked.as_ref().map_or(0, |marked| marked.editor.edits());
        source.same = (edits, source.editor.edits());
        if self.marked.as_ref().is_some_and(|marked| marked.html() == html) {
            return;
        }
        let mut marked = Marked::of(&html);
        go_along(&source.editor, &mut marked.editor);
        source.same.0 = marked.editor.edits();
        (self.marked, self.made_of, self.generation) = (Some(marked), html, self.generation + 1);
    }

    /// The text that is typed in; none in the preview.
    pub fn editor(&self) -> Option<&Editor> {
        match (self.view, &self.html) {
            (View::Preview, _) => None,
            (View::Html, Some(source)) => Some(&source.editor),
            _ => self.marked.as_ref().map(|marked| &marked.editor),
        }
    }

    /// The text that is typed in; none in the preview.
    pub(super) fn editor_mut(&mut self) -> Option<&mut Editor> {
        match (self.view, &mut self.html) {
            (View::Preview, _) => None,
            (View::Html, Some(source)) => Some(&mut source.editor),
            _ => self.marked.as_mut().map(|marked| &mut marked.editor),
        }
    }

    /// The text that the preview goes along with.
    fn shown(&self) -> Option<&Editor> {
        let source = self.html.as_ref().map(|source| &source.editor);
        let marked = || self.marked.as_ref().map(|marked| &marked.editor);
        match self.typed_source() {
            Some(source) => Some(&source.editor),
            None => self.editor().or_else(marked).or(source),
        }
    }

    /// Does something to the text; true when that changed it.
    fn edit(&mut self, act: impl FnOnce(&mut Editor)) -> bool {
        let Some(editor) = self.editor_mut() else { return false };
        let before = editor.edits();
        act(editor);
        before != editor.edits()
    }

    /// Takes a key; true when it changed the text.
    pub(super) fn press(&mut self, key: Key) -> bool {
        self.edit(|editor| _ = editor.press(key))
    }

    /// Takes pasted text; true when it changed the text.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        self.edit(|editor| editor.paste(text))
    }

    /// Takes a step back, or forth again; false when there is none.
    pub(super) fn travel(&mut self, back: bool) -> bool {
        self.edit(|editor| _ = if back { editor.undo() } else { editor.redo() })
    }

    /// The preview.
    pub fn preview(&self) -> &Preview {
        &self.preview
    }

    /// The preview.
    pub(super) fn preview_mut(&mut self) -> &mut Preview {
        &mut self.preview
    }

    /// Whether it is short enough for a preview beside the text.
    pub fn may_be_beside(&self) -> bool {
        let is_long = self.typed_source().is_none() && self.made_of.len() > LONGEST_BESIDE;
        let is_short = |editor: &Editor| editor.bytes() <= LONGEST_BESIDE;
        self.view != View::Preview && !is_long && self.shown().is_some_and(is_short)
    }

    /// What the preview would be made of: which text, and how far it has come.
    fn version(&self) -> (u64, bool, u64) {
        let edits = self.html.as_ref().map_or(0, |source| source.editor.edits());
        let is_html = self.typed_source().is_some() || self.view == View::Html;
        let marked = self.marked.as_ref().map_or(0, |marked| marked.editor.edits());
        (self.generation, is_html, marked + edits)
    }

    /// Makes the preview anew, if something was typed since.
    pub(super) fn refresh(&mut self) {
        let version = self.version();
        if self.preview.version() != Some(version) {
            let html = self.source();
            self.preview.make(version, &html);
        }
    }

    /// Arranges what is shown for these areas; the preview's has no cells where it is not shown. Costs nothing when nothing changed: what is typed comes into the preview by its timer.
    pub(super) fn arrange(&mut self, text: Rect, preview: Rect) {
        if let Some(editor) = self.editor_mut() {
            editor.arrange(text.width, text.height);
        }
        if preview.width == 0 {
            return;
        }
        let (generation, is_html, _) = self.version();
        let is_of_it = |(made, html, _): (u64, bool, u64)| (made, html) == (generation, is_html);
        if self.view == View::Preview || !self.preview.version().is_some_and(is_of_it) {
            self.refresh();
        }
        let mut shown = std::mem::take(&mut self.preview);
        let Some(editor) = self.shown() else { return self.preview = shown };
        let laid = shown.arrange(preview.width, preview.height, editor.text());
        if laid || self.view != View::Preview {
            shown.follow(editor.here().0, editor.cursor_row());
        }
        self.preview = shown;
    }
}

/// Puts the cursor of a text on the words that it has in another one.
fn go_along(from: &Editor, to: &mut Editor) {
    let pairs = anchors::pairs(from.text(), to.text());
    match anchors::at(&pairs, from.here().0) {
        Some(line) => to.to_words_of(line),
        None => to.to_first_word(),
    }
}
