//! What is folded and what is not, program by program and language by language; and that nothing is ever lost.

use proptest::prelude::*;

use super::phrases::{Field, field, introduces, is_device, original_message};
use super::{Fold, Message, Piece, read};
use crate::domain::html;
use crate::domain::transcript::bare;

/// The shown words, then the folded ones in brackets.
fn told(message: &Message) -> String {
    let words = |piece: &Piece| match piece {
        Piece::Shown(blocks) => bare(blocks),
        Piece::Folded(parts) => {
            let one = |(fold, blocks): &(Fold, Vec<html::Block>)| {
                let sign = if *fold == Fold::Quoted { '>' } else { '~' };
                format!("[{sign}{}]", bare(blocks))
            };
            parts.iter().map(one).collect()
        }
    };
    message.pieces.iter().map(words).collect()
}

#[test]
fn lines_above_quotations() {
    for line in [
        "On Mon, 3 Nov 2025 at 10:00, Support <help@example.com> wrote:",
        "On 3 Nov 2025, at 10:00, Support <help@example.com> wrote:",
        "On Monday Ida Berg wrote:",
        "Am Mo., 3. Nov. 2025 um 10:00 Uhr schrieb Support <help@example.com>:",
        "Am 03.11.2025 um 10:00 schrieb Support:",
        "Am 3. November 2025 schrieb Support:",
        "Le lun. 3 nov. 2025 à 10:00, Support <help@example.com> a écrit :",
        "Le 3 nov. 2025 à 10:00, Support <help@example.com> a écrit\u{A0}:",
        "El lun, 3 nov 2025 a las 10:00, Support (<help@example.com>) escribió:",
        "Il giorno lun 3 nov 2025 alle ore 10:00 Support <help@example.com> ha scritto:",
        "Em seg., 3 de nov. de 2025 às 10:00, Support <help@example.com> escreveu:",
        "Op ma 3 nov 2025 om 10:00 schreef Support <help@example.com>:",
        "Den mån 3 nov. 2025 kl 10:00 skrev Support <help@example.com>:",
        "2025年11月3日(月) 10:00 Support <help@example.com>:",
        "2025/11/03 10:00、Support <help@example.com>のメール:",
        "2025年11月3日 10:00、Supportは書きました：",
        "Support <help@example.com> 于2025年11月3日周一 10:00写道：",
        "2025년 11월 3일 (월) 오전 10:00, Support <help@example.com>님이 작성:",
        "пн, 3 нояб. 2025 г. в 10:00, Support <help@example.com>:",
        "pon., 3 lis 2025 o 10:00 Support <help@example.com>:",
    ] {
        assert!(introduces(line), "{line}");
    }
    for line in [
        "",
        ":",
        "On Monday the parcel came.",
        "I wrote:",
        "My address is <ana@lumen.example>:",
        "Am Montag war alles gut.",
        "On the invoice it says:",
        "Order 40213 of 2025-11-03:",
        "2025年11月3日に届きました:",
    ] {
        assert!(!introduces(line), "{line}");
    }
}

#[test]
fn heads_of_quoted_messages_and_lines_of_devices() {
    for (line, expected) in [
        ("From: Support <help@example.com>", Some(Field::Who)),
        ("*Von:* Support", Some(Field::Who)),
        ("De : Support", Some(Field::Who)),
        ("差出人: サポート", Some(Field::Who)),
        ("Gesendet: Montag, 3. November 2025 10:00", Some(Field::When)),
        ("送信日時: 2025年11月3日", Some(Field::When)),
        ("Objet : RE: facture", Some(Field::What)),
        ("件名: 請求書", Some(Field::What)),
        ("From here on: nothing works", None),
        ("Subject:", None),
        ("Total: 49 €", None),
    ] {
        assert_eq!(field(line), expected, "{line}");
    }
    assert!(original_message("-----Original Message-----"));
    assert!(original_message("-----Ursprüngliche Nachricht-----"));
    assert!(!original_message("the original message") && !original_message("---"));
    for line in
        ["Sent from my iPhone", "Von meinem iPhone gesendet", "Envoyé de mon iPhone", "iPhoneから送信"]
    {
        assert!(is_device(line), "{line}");
    }
    assert!(
        !is_device("The file was sent from my iPhone yesterday") && !is_device("Sent from my iPhone, why?")
    );
}

/// Bodies as mail programs send them, and what of them is shown and folded.
const BODIES: &[(&str, &str, &str)] = &[
    (
        "Gmail",
        "<div dir=ltr>Thanks!</div><br><div class=gmail_quote><div dir=ltr class=gmail_attr>On Mon, 3 Nov 2025 at 10:00, S &lt;h@e.x&gt; wrote:<br></div><blockquote class=gmail_quote><div>old</div><div>words</div></blockquote></div>",
        "Thanks![>OnMon,3Nov2025at10:00,S<h@e.x>wrote:oldwords]",
    ),
    (
        "Apple Mail",
        "<div>Thanks!<br><br>Sent from my iPhone<br><div><br><blockquote type=cite>On 3 Nov 2025, at 10:00, S &lt;h@e.x&gt; wrote:<br><br></blockquote></div><blockquote type=cite><div>old words</div></blockquote></div>",
        "Thanks![~SentfrommyiPhone][>On3Nov2025,at10:00,S<h@e.x>wrote:oldwords]",
    ),
    (
        "Outlook for Windows",
        "<p class=MsoNormal>Danke!</p><div style='border-top:solid #E1E1E1 1pt'><p class=MsoNormal><b>Von:</b> S &lt;h@e.x&gt;<br><b>Gesendet:</b> Montag, 3. November 2025 10:00<br><b>An:</b> Ana<br><b>Betreff:</b> RE: x</p></div><p>old words</p><p>more</p>",
        "Danke![>Von:S<h@e.x>Gesendet:Montag,3.November202510:00An:AnaBetreff:RE:xoldwordsmore]",
    ),
    (
        "Outlook on the web",
        "<div>Thanks!</div><hr><div id=divRplyFwdMsg dir=ltr><b>From:</b> S<br><b>Sent:</b> Monday<br><b>To:</b> Ana<br><b>Subject:</b> x</div><div>old words</div>",
        "Thanks![>─From:SSent:MondayTo:AnaSubject:xoldwords]",
    ),
    (
        "Outlook in Japanese, plain",
        "<p>ありがとうございます。</p><p>________________________________<br>差出人: S<br>送信日時: 2025年11月3日<br>宛先: 花子<br>件名: 請求書</p><p>古い言葉</p>",
        "ありがとうございます。[>________________________________差出人:S送信日時:2025年11月3日宛先:花子件名:請求書古い言葉]",
    ),
    (
        "plain text, quoted by marks",
        "<p>Yes, please.<br><br>-- <br>Ana Souza<br>Lumen</p><p>Am 03.11.2025 um 10:00 schrieb S:<br>&gt; old<br>&gt;<br>&gt; words</p>",
        "Yes,please.[~--AnaSouzaLumen][>Am03.11.2025um10:00schriebS:>old>>words]",
    ),
    (
        "an introduction on two lines",
        "<p>Yes.<br><br>On Mon, 3 Nov 2025 at 10:00, Support<br>&lt;h@e.x&gt; wrote:<br><br>&gt; old<br>&gt; words</p>",
        "Yes.[>OnMon,3Nov2025at10:00,Support<h@e.x>wrote:>old>words]",
    ),
    (
        "answers between quotations stay readable",
        "<p>On Mon, 3 Nov 2025, S wrote:<br>&gt; which invoice?<br>2026-0419<br>&gt; which card?<br>the blue one</p>",
        "OnMon,3Nov2025,Swrote:>whichinvoice?2026-0419>whichcard?theblueone",
    ),
    (
        "an original message",
        "<p>See below</p><p>-----Original Message-----</p><p>From S</p><p>old</p>",
        "Seebelow[>-----OriginalMessage-----FromSold]",
    ),
    (
        "what is passed on is meant to be read",
        "<div>FYI</div><div class=gmail_quote><div class=gmail_attr>---------- Forwarded message ---------<br>From: S<br>Date: Monday<br>Subject: x<br>To: Ana<br></div>old words</div>",
        "FYI----------Forwardedmessage---------From:SDate:MondaySubject:xTo:Anaoldwords",
    ),
    (
        "a message is never empty by folding",
        "<blockquote type=cite><p>only old words</p></blockquote>",
        "onlyoldwords",
    ),
    (
        "a quotation of one's own",
        "<p>They say:</p><blockquote>free returns</blockquote><p>Do they?</p>",
        "Theysay:freereturnsDothey?",
    ),
    (
        "two dashes in the middle of much",
        "<p>a<br>--<br>b<br>b<br>b<br>b<br>b<br>b<br>b<br>b<br>b<br>b<br>b<br>b<br>b<br>b<br>b</p>",
        "a--bbbbbbbbbbbbbbb",
    ),
    ("a line alone is not folded", "<p>Fine.</p><p>Sent from my iPhone</p>", "Fine.SentfrommyiPhone"),
    ("nothing", "", ""),
];

#[test]
fn bodies_of_mail_programs() {
    for (name, html, expected) in BODIES {
        assert_eq!(&told(&read(html)), expected, "{name}");
    }
}

#[test]
fn a_rule_of_a_hundred_thousand_lines_is_read() {
    let html = format!("<p>a</p><p>{}</p>", "&gt; x<br>".repeat(100_000));
    let message = read(&html);
    assert!(message.has_folds());
    let mixed = format!("<p>{}</p>", "&gt; x<br>y<br>On 1 wrote:<br>".repeat(30_000));
    assert_eq!(bare_of(&read(&mixed)), bare(&html::parse(&mixed).blocks));
}

fn bare_of(message: &Message) -> String {
    let blocks = |piece: &Piece| match piece {
        Piece::Shown(blocks) => bare(blocks),
        Piece::Folded(parts) => parts.iter().map(|(_, blocks)| bare(blocks)).collect(),
    };
    message.pieces.iter().map(blocks).collect()
}

#[rustfmt::skip]
const PIECES: [&str; 34] = [
    "<p>", "</p>", "<br>", "<br>\n", "words ", "-- ", "<br>-- <br>", "&gt; quoted<br>", "&gt;", "<blockquote>", "</blockquote>",
    "<blockquote type=cite>", "<div class=gmail_quote>", "</div>", "<div>", "<div id=divRplyFwdMsg>", "<hr>",
    "On 3 Nov 2025, S &lt;h@e.x&gt; wrote:", "Am 3.11. um 10:00 schrieb S:", "2025年11月3日(月) 10:00 S &lt;h@e.x&gt;:",
    "From: S<br>Sent: now<br>To: me<br>Subject: x<br>", "-----Original Message-----", "Forwarded message", "Sent from my iPhone",
    "________________<br>", "<ul><li>", "</ul>", "<img src=https://a.b/c.png alt=pic>", "<table><tr><td>", "</table>",
    "<a href=https://x.y>", "</a>", "<pre>code\n", "</pre>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn folding_loses_nothing(pieces in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let html: String = pieces.into_iter().map(|at| PIECES[at]).collect();
        let message = read(&html);
        prop_assert_eq!(bare_of(&message), bare(&html::parse(&html).blocks));
        let own = message.pieces.iter().any(|piece| matches!(piece, Piece::Shown(_)));
        prop_assert!(own || message.pieces.is_empty(), "{:?}", message);
        let alike = |pair: &[Piece]| matches!(pair, [Piece::Shown(_), Piece::Shown(_)] | [Piece::Folded(_), Piece::Folded(_)]);
        prop_assert!(!message.pieces.windows(2).any(alike));
    }
}
