//! Bars and sparklines as characters of one cell each.

/// A bar's last cell, by eighths from none to seven.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
/// Columns of a sparkline, from the lowest.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A bar for `count`, where `most` would fill `cells` cells. Anything but nothing leaves a mark.
pub fn bar(count: usize, most: usize, cells: usize) -> String {
    let eighths = (count * cells * 8).checked_div(most).unwrap_or(0).min(cells * 8);
    let eighths = eighths.max(usize::from(count > 0 && cells > 0));
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// A sparkline: one column for each count, `each` cells wide; a blank where there is nothing.
pub fn spark(counts: &[usize], each: usize) -> String {
    let most = counts.iter().copied().max().unwrap_or(0);
    let column = |count: usize| match (count * 8).div_ceil(most.max(1)).min(8) {
        0 => ' ',
        height => HEIGHTS[height - 1],
    };
    counts.iter().flat_map(|count| std::iter::repeat_n(column(*count), each)).collect()
}
