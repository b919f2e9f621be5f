//! The words of a piece of HTML, for subjects and previews: tags dropped, the common entities read, blanks folded.

/// The first words of `html`, at most `most` characters. Takes time in proportion to the length, whatever it holds.
pub(super) fn words(html: &str, most: usize) -> String {
    let mut out = String::new();
    let (mut left, mut rest) = (most, html);
    let mut tags = Tags::default();
    while let Some(c) = rest.chars().next().filter(|_| left > 0) {
        let (read, used) = match c {
            '<' => tags.length(rest).map_or(('<', 1), |used| (' ', used)),
            '&' => entity(rest),
            c => (c, c.len_utf8()),
        };
        rest = &rest[used..];
        let blank = read.is_whitespace();
        if blank && (out.is_empty() || out.ends_with(' ')) {
            continue;
        }
        out.push(if blank { ' ' } else { read });
        left -= 1;
    }
    out.truncate(out.trim_end().len());
    out
}

/// Elements whose content is no text, with what ends them.
const HIDDEN: [(&str, &str); 2] = [("<style", "</style"), ("<script", "</script")];

/// What is known to be missing from here on, so that it is not looked for again.
#[derive(Default)]
struct Tags {
    no_end: bool,
    no_close: [bool; 2],
}

impl Tags {
    /// Bytes of the tag at the start, with its content when that is no text; none for a `<` that opens no tag.
    fn length(&mut self, rest: &str) -> Option<usize> {
        let opens = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        if !opens || self.no_end {
            return None;
        }
        let from = self.hidden(rest);
        let end = rest[from..].find('>');
        self.no_end = end.is_none();
        end.map(|end| from + end + 1)
    }

    fn hidden(&mut self, rest: &str) -> usize {
        for ((open, close), missing) in HIDDEN.into_iter().zip(&mut self.no_close) {
            let starts = rest.get(..open.len()).is_some_and(|start| start.eq_ignore_ascii_case(open));
            if starts && !*missing {
                let at = rest.find(close);
                *missing = at.is_none();
                return at.unwrap_or(0);
            }
        }
        0
    }
}

/// The character of the entity at the start and its bytes.
fn entity(rest: &str) -> (char, usize) {
    let end = rest.bytes().take(12).position(|byte| byte == b';');
    let Some(name) = end.and_then(|end| rest.get(1..end)) else {
        return ('&', 1);
    };
    let numbered = || {
        let digits = name.strip_prefix('#')?;
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits.parse().ok()?,
        };
        char::from_u32(code)
    };
    let found = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "hellip" => Some('…'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "rsquo" => Some('’'),
        _ => numbered(),
    };
    found.map_or(('&', 1), |c| (c, name.len() + 2))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn reads_words() {
        let table = [
            ("<p>Charged twice</p>", "Charged twice"),
            ("<p>a<br>b</p><p>c &amp; d</p>", "a b c & d"),
            ("1 < 2 &lt; 3", "1 < 2 < 3"),
            ("&#233;&#xe9;&nbsp;&bogus; &", "éé &bogus; &"),
            ("<style>p{color:red}</style>x", "x"),
            ("<STYLE>p", "p"),
            ("<p", "<p"),
            ("<!-- hm -->ok", "ok"),
            ("é<b>船</b>", "é 船"),
            ("", ""),
        ];
        for (html, read) in table {
            assert_eq!(words(html, 160), read, "{html}");
        }
        assert_eq!(words("<p>abcdef</p>", 3), "abc");
    }

    #[test]
    fn a_million_tags_without_an_end_are_read_in_one_pass() {
        for piece in ["<script>", "<style>", "<", "<b", "<b>", "&"] {
            let read = words(&piece.repeat(1_000_000), 160);
            assert!(read.len() <= 160, "{piece}");
        }
    }
}
