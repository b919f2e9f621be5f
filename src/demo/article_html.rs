//! What Intercom does to the HTML of a body that is written: what it accepts, replaces, removes and refuses.
//!
//! Everything it does not change is copied byte for byte, so a stored body sent back unchanged stays as it is.
//! Source of the rules: Intercom's page on supported HTML and what users observed in stored articles.

pub(crate) mod scan;

mod headings;
mod replace;
mod spacing;

use super::refusal::Refusal;

/// The stored form of an article body.
///
/// # Errors
/// `parameter_invalid` for definition lists, foreign frames, images that cannot be reached, empty lists and tables.
pub(crate) fn stored_article(html: &str) -> Result<String, Refusal> {
    let tokens = replace::replaced(html)?;
    let tokens = spacing::paragraphs_for_gaps(tokens);
    Ok(headings::renumbered(tokens))
}

/// The stored form of a note: the same cleaning, while plain text becomes paragraphs.
///
/// # Errors
/// As [`stored_article`], and `parameter_invalid` for an empty note.
pub(crate) fn stored_note(body: &str) -> Result<String, Refusal> {
    if body.trim().is_empty() {
        return Err(Refusal::invalid("body can't be blank"));
    }
    let has_tags = scan::pieces(body).iter().any(|piece| !matches!(piece, scan::Piece::Text(_)));
    if has_tags {
        let tokens = replace::replaced(body)?;
        return Ok(replace::joined(spacing::paragraphs_for_gaps(tokens)));
    }
    let paragraphs = body.trim().split("\n\n").map(|paragraph| {
        let lines = paragraph.trim().replace('<', "&lt;").replace('\n', "<br>");
        format!("<p>{lines}</p>")
    });
    Ok(paragraphs.collect())
}

#[cfg(test)]
mod linted;
#[cfg(test)]
mod tests;
