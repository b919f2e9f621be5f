//! What Intercom is known to change or refuse in a body (intercom-mcp 7.1), said before it happens. Looks at tags as they
//! are written, and speaks only of what an edit adds: what was there before has been taken once.

use crate::domain::html::{is_film_frame, is_web_picture};

/// One sentence, and how often its cause is in a body.
struct Rule {
    sentence: &'static str,
    count: fn(&str) -> usize,
}

const RULES: [Rule; 9] = [
    Rule {
        sentence: "Intercom renumbers heading levels, so that the shallowest becomes level 1.",
        count: |html| tags(html, &["h3", "h4", "h5", "h6"]),
    },
    Rule {
        sentence: "Intercom removes forms, inputs and scripts.",
        count: |html| tags(html, &["form", "input", "script"]),
    },
    Rule { sentence: "Intercom refuses definition lists (dl).", count: |html| tags(html, &["dl"]) },
    Rule {
        sentence: "Intercom makes paragraphs of div and span without its own classes.",
        count: plain_boxes,
    },
    Rule {
        sentence: "Intercom refuses frames other than YouTube, Vimeo, Wistia, Loom, Vidyard and StreamIO.",
        count: foreign_frames,
    },
    Rule { sentence: "Intercom refuses empty lists and tables.", count: empty_lists },
    Rule {
        sentence: "Intercom makes an empty paragraph of a line break or blank between two blocks.",
        count: blank_between,
    },
    Rule {
        sentence: "The address of a picture is signed and expires; Intercom signs it anew only if it is its own.",
        count: |html| html.matches("expires=").count(),
    },
    Rule {
        sentence: "Intercom refuses pictures it cannot fetch; http and https addresses only.",
        count: odd_pictures,
    },
];

/// The longest tag that is looked at, in bytes. A body of nothing but `<` costs no more than its length times this.
const LONGEST_TAG: usize = 2_000;

/// Tags of these names as written: from `<` to the `>` after it, cut, ASCII letters in lower case.
fn opened(html: &str, names: &[&str]) -> impl Iterator<Item = String> {
    html.match_indices('<').filter_map(move |(at, _)| {
        let rest = &html[at + 1..];
        let rest = &rest[..rest.floor_boundary(LONGEST_TAG)];
        names.iter().find(|wanted| name(rest).eq_ignore_ascii_case(wanted))?;
        Some(rest[..rest.find('>').unwrap_or(rest.len())].to_ascii_lowercase())
    })
}

/// The last place at or before a byte where a text may be cut.
trait Boundary {
    fn floor_boundary(&self, at: usize) -> usize;
}

impl Boundary for str {
    fn floor_boundary(&self, at: usize) -> usize {
        (0..=at.min(self.len())).rev().find(|&at| self.is_char_boundary(at)).unwrap_or(0)
    }
}

fn name(tag: &str) -> &str {
    tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("")
}

fn tags(html: &str, names: &[&str]) -> usize {
    opened(html, names).count()
}

fn plain_boxes(html: &str) -> usize {
    opened(html, &["div", "span"]).filter(|tag| !tag.contains("intercom-")).count()
}

/// What follows the name: the attributes as written.
fn attributes(tag: &str) -> &str {
    &tag[name(tag).len()..]
}

fn foreign_frames(html: &str) -> usize {
    opened(html, &["iframe"]).filter(|tag| !is_film_frame(attributes(tag))).count()
}

fn odd_pictures(html: &str) -> usize {
    opened(html, &["img"]).filter(|tag| !is_web_picture(attributes(tag))).count()
}

fn empty_lists(html: &str) -> usize {
    ["ul", "ol", "table", "tbody"]
        .iter()
        .map(|name| html.matches(&format!("<{name}></{name}>")).count())
        .sum()
}

/// Blanks between the end of one paragraph, heading or list and the beginning of the next thing.
fn blank_between(html: &str) -> usize {
    const ENDS: [&str; 8] = ["</p>", "</h1>", "</h2>", "</h3>", "</ul>", "</ol>", "</div>", "</li>"];
    let blank = |at: usize| {
        let rest = &html[at..];
        rest.starts_with(|c: char| c.is_ascii_whitespace()) && rest.trim_start().starts_with('<')
    };
    ENDS.iter().map(|end| html.match_indices(end).filter(|(at, _)| blank(at + end.len())).count()).sum()
}

/// What Intercom is known to do with what `new` has more of than `old`, a sentence each.
pub fn warnings(old: &str, new: &str) -> Vec<&'static str> {
    let adds = |rule: &&Rule| (rule.count)(new) > (rule.count)(old);
    RULES.iter().filter(adds).map(|rule| rule.sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speaks_of_what_is_added_only() {
        let old = "<p class=\"no-margin\">a</p><div class=\"intercom-container\"><img src=\"https://x.example/a\"></div>";
        assert_eq!(warnings(old, old), Vec::<&str>::new());
        assert_eq!(warnings("<h3>a</h3>", "<h3>b</h3>"), Vec::<&str>::new());
        let added = |html: &str| warnings(old, &format!("{old}{html}")).join(" ");
        for (html, word) in [
            ("<H4 id=x>a</H4>", "heading"),
            ("<script>x</script>", "scripts"),
            ("<dl><dt>a</dl>", "definition"),
            ("<span style=\"\">a</span>", "span"),
            ("<iframe src=\"https://evil.example\"></iframe>", "frames"),
            ("<iframe src=\"https://evil.example/?youtube\"></iframe>", "frames"),
            ("<iframe title=youtube.com src='https://vimeo.com.evil.example/'></iframe>", "frames"),
            ("<iframe data-src=\"https://youtube.com/embed/1\"></iframe>", "frames"),
            ("<iframe src=\"https:evil.example//youtube.com/\"></iframe>", "frames"),
            ("<img alt='src=\"https://a.example\"' src=\"file:///etc/passwd\">", "fetch"),
            ("<img data-src=\"https://a.example/a.png\">", "fetch"),
            ("<ul></ul>", "empty lists"),
            ("<p>a</p>\n<p>b</p>", "empty paragraph"),
            ("<img src=\"https://downloads.intercomcdn.com/i/1.png?expires=1&amp;signature=2\">", "expires"),
            ("<img src=\"data:image/png;base64,xx\">", "fetch"),
        ] {
            assert!(added(html).contains(word), "{html}: {:?}", added(html));
        }
        for fine in [
            "<iframe src=\"https://www.youtube.com/embed/1\"></iframe>",
            "<iframe width=1 src='//player.vimeo.com/video/1'></iframe>",
            "<IFRAME SRC=https://fast.wistia.net/embed/iframe/1></IFRAME>",
            "<img src=//a.example/a.png>",
            "<img alt=x src='HTTPS://a.example/a.png'>",
        ] {
            assert_eq!(added(fine), "", "{fine}");
        }
        assert_eq!(added("<p>a < b, 船 <"), "");
    }

    #[test]
    fn looks_no_further_for_the_end_of_a_tag_than_tags_are_long() {
        let endless = format!("<div {}", "船".repeat(LONGEST_TAG));
        let ended = opened(&format!("{endless} class=\"intercom-container\">"), &["div"]).next();
        assert!(ended.is_some_and(|tag| tag.len() <= LONGEST_TAG && !tag.contains("intercom")));
        assert_eq!(plain_boxes(&"<div ".repeat(20_000)), 20_000);
    }
}
