//! The words of a piece of HTML, for subjects and previews: tags dropped, the common entities read, blanks folded.

/// The first words of `html`, at most `most` characters.
pub(super) fn words(html: &str, most: usize) -> String {
    let mut out = String::new();
    let (mut left, mut rest) = (most, html);
    while let Some(c) = rest.chars().next().filter(|_| left > 0) {
        let (read, used) = match c {
            '<' => match tag(rest) {
                1 => ('<', 1),
                used => (' ', used),
            },
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

/// Bytes of the tag at the start; a `<` that opens none is one.
fn tag(rest: &str) -> usize {
    let opens = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
    let body = ["<style", "<script"]
        .into_iter()
        .find(|name| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
    let from = body.and_then(|name| rest.find(&name.replace('<', "</"))).unwrap_or(0);
    match rest[from..].find('>') {
        Some(end) if opens => from + end + 1,
        _ => 1,
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
}
