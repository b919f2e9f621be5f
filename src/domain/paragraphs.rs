//! Plain words as the HTML of paragraphs, on one line: blanks between block tags would become empty paragraphs
//! (intercom-mcp 3.9, 7.1). Owns the escaping; knows no other markup.

/// Words with the three characters that mean something in the text of HTML spelt as references. Not for attributes.
pub fn escaped(words: &str) -> String {
    let mut html = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            other => html.push(other),
        }
    }
    html
}

/// A paragraph, begun by the tag `open`, for each run of lines without a blank one between; line breaks within become `<br>`.
/// Empty for blank words.
pub fn of(words: &str, open: &str) -> String {
    let words = words.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = words.split('\n').map(str::trim_end).collect();
    let mut html = String::new();
    for paragraph in lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty()) {
        let lines: Vec<String> = paragraph.iter().map(|line| escaped(line)).collect();
        html.push_str(open);
        html.push_str(&lines.join("<br>"));
        html.push_str("</p>");
    }
    html
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_become_paragraphs_on_one_line() {
        for (words, html) in [
            ("", ""),
            (" \n\t\n", ""),
            ("one", "<p>one</p>"),
            ("one\ntwo\r\nthree\rfour", "<p>one<br>two<br>three<br>four</p>"),
            ("one\n\n \n\ntwo ", "<p>one</p><p>two</p>"),
            ("<b>&\"'</b>", "<p>&lt;b&gt;&amp;\"'&lt;/b&gt;</p>"),
            ("船\n👩‍👩‍👧", "<p>船<br>👩‍👩‍👧</p>"),
        ] {
            assert_eq!(super::of(words, "<p>"), html, "{words:?}");
        }
    }
}
