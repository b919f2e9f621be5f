//! Bodies with every element that stored articles have, made of dice.

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const PLAIN: &[&str] = &[
    "harbour",
    "timetable",
    "ferry and berth",
    "open <b>Network &rarr; Ports</b> first",
    "price: 4.50 &amp; up",
    "<i>never</i> before noon",
    "run <code>sync --all</code> again",
    "a &lt; b &gt; c",
    "it&#39;s &nbsp;late",
    "snake_case_name",
    "2 * 3 * 4",
    "1. not a list",
    "# not a heading",
    "- not an item",
    "*stars* and _lines_",
    "[brackets](not a link)",
    "[label]: not a definition",
    "\\backslash\\",
    "`ticks`",
    "日本語 κείμενο עברית",
    "⛴️ 🇳🇴",
    "{{ first_name | fallback: \"there\" }}",
    "line one<br>line two",
    "<b>bold </b>then text",
    "<b>Note:</b>close by",
    "<b><i>both styles</i></b>",
    "<u>underlined</u> words",
    "~~~ waves",
    "&gt; no quote",
    "= = =",
    "&hellip; &mdash; so",
    "<a href=\"https://help.example/en/articles/1-x?a=1&amp;b=2\" target=\"_blank\" class=\"intercom-content-link\">a linked page</a>",
    "<a href=\"#h_1\">jump below</a>",
    "<s>struck</s> text",
    "trailing words ",
];
const CALLOUTS: &[&str] = &[
    "background-color: #feedaf80; border-color: #fbc91633;",
    "background-color: #e3e7fa80; border-color: #334bfa33;",
    "background-color: #fed9db80; border-color: #fa3d4933;",
    "background-color: #d7efdc80; border-color: #1bb15733;",
    "background-color: #e8e8e880; border-color: #73737633;",
];
const CLASSES: &[&str] = &[
    " class=\"no-margin\"",
    " class=\"no-margin\"",
    "",
    " class=\"no-margin intercom-align-center\"",
    " class=\"intercom-interblocks-paragraph no-margin intercom-interblocks-align-left\"",
];

/// A body of 4 to 11 blocks; the kinds go round, so that each occurs often.
pub(crate) fn body(dice: &mut Dice, number: usize) -> String {
    let count = 4 + dice.below(8);
    let blocks = (0..count).map(|at| {
        let block = block(dice, number * 5 + at * 7);
        // The server makes a paragraph of a blank between blocks.
        format!("{block}{}", dice.pick(&["", "", "", "\n", "  "]))
    });
    blocks.collect()
}

fn words(dice: &mut Dice) -> String {
    let mut words: Vec<_> = (0..=dice.below(5)).map(|_| dice.pick(PLAIN)).collect();
    words.insert(dice.below(words.len() + 1), "ordinary words");
    words.join(dice.pick(&[" ", ", ", "; "]))
}

fn paragraph(dice: &mut Dice) -> String {
    format!("<p{}>{}</p>", dice.pick(CLASSES), words(dice))
}

fn block(dice: &mut Dice, kind: usize) -> String {
    match kind % 19 {
        0 | 1 => paragraph(dice),
        2 => {
            let level = 1 + dice.below(4);
            format!("<h{level} id=\"h_{:010x}\">{}</h{level}>", dice.below(1 << 40), words(dice))
        }
        3 => format!("<h3 class=\"intercom-interblocks-subheading\" id=\"h_{:010x}\">{}</h3>", dice.below(1 << 40), words(dice)),
        4 => list(dice, "ul", 2),
        5 => list(dice, "ol", 2),
        6 => format!("<ol start=\"{}\"><li>bare words</li><li>{}</li></ol>", 2 + dice.below(90), words(dice)),
        7 => image(dice),
        8 => callout(dice),
        9 => table(dice),
        10 => dice.pick(&["<div class=\"intercom-h2b-video\"><iframe src=\"https://www.loom.com/embed/1\"></iframe></div>",
            "<iframe src=\"https://www.youtube.com/embed/2\" allowfullscreen></iframe>"]).to_owned(),
        11 => format!("<details><summary>{}</summary>{}</details>", words(dice), paragraph(dice)),
        12 => format!("<blockquote><p class=\"no-margin\">{}</p><p class=\"no-margin\">{}</p></blockquote>", words(dice), words(dice)),
        13 => format!("<pre><code>let {} = 1;\n\n\tif a &lt; b {{ ```tick``` }}\n</code></pre>", dice.pick(&["harbour", "berth"])),
        14 => dice.pick(&["<hr>", "<p class=\"no-margin\"></p>", "<p><br></p>", "<p class=\"no-margin\">&nbsp;</p>"]).to_owned(),
        15 => "<p class=\"no-margin intercom-align-center\"><a href=\"https://x.example\" target=\"_blank\" class=\"intercom-h2b-button\">Press here</a></p>".to_owned(),
        16 => format!("<p class=\"no-margin\"><strong>{}</strong> and <em>{}</em>, strongly put</p>", dice.pick(&["one", "two"]), dice.pick(&["three", "four"])),
        17 => format!("<p class=\"no-margin\"><img src=\"https://x.example/i.png\" width=\"16\" height=\"16\" alt=\"\"> {}</p>", words(dice)),
        _ => format!("<ul><li>{}<ul><li>{}</li></ul></li></ul>", words(dice), words(dice)),
    }
}

fn list(dice: &mut Dice, name: &str, deeper: usize) -> String {
    let items: Vec<_> = (0..=dice.below(3))
        .map(|_| {
            let inner = if deeper > 0 && dice.below(3) == 0 {
                let name = dice.pick(&["ul", "ol"]);
                list(dice, name, deeper - 1)
            } else {
                String::new()
            };
            format!("<li><p class=\"no-margin\">{}</p>{inner}</li>", words(dice))
        })
        .collect();
    format!("<{name}>{}</{name}>", items.concat())
}

fn image(dice: &mut Dice) -> String {
    let (width, height) = (dice.below(2_000), dice.below(2_000));
    format!(
        "<div class=\"intercom-container\"><img src=\"https://downloads.intercomcdn.com/i/o/w/1/a.png?expires=1&amp;signature=2&amp;req=3\" width=\"{width}\" height=\"{height}\" style=\"height: auto;\" alt=\"{}\"></div>",
        dice.pick(&["A picture of *lanes* [1]", "the map", ""])
    )
}

fn callout(dice: &mut Dice) -> String {
    let style = dice.pick(CALLOUTS);
    format!("<div class=\"intercom-interblocks-callout\" style=\"{style}\">{}</div>", paragraph(dice))
}

fn table(dice: &mut Dice) -> String {
    let rows: Vec<_> = (0..=dice.below(3))
        .map(|_| format!("<tr><td>{}</td><td>{}</td></tr>", paragraph(dice), paragraph(dice)))
        .collect();
    format!(
        "<div class=\"intercom-interblocks-table-container\"><table role=\"presentation\"><tbody>{}</tbody></table></div>",
        rows.concat()
    )
}
