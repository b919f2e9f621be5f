//! What is taken out, and what stays.

use super::*;
use crate::domain::conversation::bare_row;
use crate::domain::id::ContactId;
use crate::domain::text::{Clean, Raw};

fn author(kind: AuthorKind, name: &str, email: &str) -> Author {
    Author { kind, id: "c40".into(), name: Clean::line(name), email: Clean::line(email) }
}

fn part(kind: PartKind, author: Author, body: &str) -> Part {
    Part {
        id: "1".into(),
        kind,
        part_type: Clean::default(),
        author,
        body: Raw::from(body),
        attachments: Vec::new(),
        created_at: None,
        assigned_to: None,
        redacted: false,
        detail: Clean::default(),
    }
}

fn thread(customer: &Author, parts: Vec<Part>) -> Conversation {
    let row = ConversationRow {
        subject: Clean::fixed("Ana Souza was charged twice"),
        author: customer.clone(),
        contacts: vec![ContactId::read("c40").unwrap()],
        ..bare_row(900_000_000_101)
    };
    let teammates = vec![author(AuthorKind::Admin, "Ida Berg", "")];
    Conversation { teammates, ..Conversation::of(row, parts) }
}

fn known(name: &str) -> Known {
    let customer = author(AuthorKind::Customer, name, "ana@lumen.example");
    let mut known = Known::of(&thread(&customer, Vec::new()));
    known.names.company(&Clean::fixed("Lumen Ótica Ltd"));
    known.learn_id("user-7");
    known.learn_id("+55 11 5550 1234");
    known
}

#[test]
fn the_word_in_a_host_that_is_a_companys_is_taken_out_and_no_other() {
    for (email, text, expected) in [
        ("ana@support.acme.com", "Acme support", "[company] support"),
        ("ana@customers.ibm.com", "IBM has customers", "[company] has customers"),
        ("ana@mail.lumen.co.uk", "mail to Lumen", "mail to [company]"),
        ("ana@lumen.com.br", "Lumen com", "[company] com"),
        ("ana@co.uk", "co", "co"),
        ("ana@live.co.uk", "we live", "we live"),
    ] {
        let mut known = Known::of(&thread(&author(AuthorKind::Customer, "Ana", ""), Vec::new()));
        known.names.domain(email);
        assert_eq!(known.taken_out(text), expected, "{email}");
    }
}

#[test]
fn people_are_taken_out() {
    let table = [
        ("Ana Souza", "I am Ana Souza.", "I am [customer]."),
        ("Ana Souza", "ANA's card, SOUZA, ana", "[customer]'s card, [customer], [customer]"),
        ("Ana Souza", "Banana Souzas Anagram", "Banana Souzas Anagram"),
        ("Maëlle Kerviel", "maelle KERVIÉL, Maëlle", "[customer], [customer]"),
        ("José de la Cruz", "de la casa de José Cruz", "de la casa de [customer] [customer]"),
        ("Anne-Marie O’Neil", "Anne-Marie, Marie, O'Neil", "[customer]-[customer], [customer], [customer]"),
        ("田中 花子", "田中さん、花子です。", "[customer]さん、[customer]です。"),
        ("田中花子", "田中花子様、田中さん", "[customer]様、[customer]さん"),
        ("김민수", "민수님 안녕하세요", "[customer]님 안녕하세요"),
        ("Анна Иванова", "это анна ИВАНОВА, Аннабель", "это [customer], Аннабель"),
        ("דני כהן", "תודה לדני", "תודה ל[customer]"),
        ("สมชาย", "คุณสมชายครับ", "คุณ[customer]ครับ"),
        ("J. R. Li", "J. says li", "J. says [customer]"),
        ("", "nobody at all", "nobody at all"),
        ("Ana Souza", "Ida Berg and Ida", "[teammate] and [teammate]"),
        ("Ana Souza", "at lumen otica, Lumen Ótica Ltd", "at [company], [company]"),
        ("Ana Souza", "https://lumen.example/help", "https://[company]/help"),
        ("Maëlle Kerviel", "Mae\u{308}lle", "[customer]"),
        ("Nguyễn Thị Hương", "nguyen thi huong", "[customer]"),
        ("Jürgen Weiß", "Juergen Weiss, JURGEN", "[customer], [customer]"),
        (
            "Ana Souza",
            "login anasouza or AnaSouza, asouza, @ana_souza85",
            "login [customer] or [customer], [customer], @[customer]_[customer]85",
        ),
        ("Ana Souza", "So\u{fffd}uza", "[customer]"),
        ("李 明", "李明です", "[customer]です"),
        ("ana.souza@gmail.com", "I am Ana, ana.souza there", "I am [customer], [customer] there"),
        ("", "Ana", "[customer]"),
        // The company's record may not be here.
        ("Ana Souza", "we at Lumen", "we at [company]"),
    ];
    for (name, said, left) in table {
        assert_eq!(known(name).taken_out(said), left, "{name}: {said}");
    }
}

#[test]
fn what_leads_to_them_is_taken_out() {
    let table = [
        ("mail ana.souza+x@mail.lumen.example.", "mail [e-mail]."),
        ("mail 花子@例え.jp に", "mail [e-mail] に"),
        ("<a@b.example>,c@d", "<[e-mail]>,c@d"),
        ("call +55 11 5550 1234 or (030) 123-4567", "call [phone] or [phone]"),
        ("0171/1234567, 415-555-0132, +1.415.555.0132", "[phone], [phone], [phone]"),
        ("order #40213, inv-2026-0419", "order [id], [id]"),
        ("注文番号 40213 の荷物", "注文番号 [id] の荷物"),
        ("user-7 and 900000000101", "[id] and [id]"),
        ("key sk_live_4eC39HqLyjWDarjtT1zdp7dc", "key [id]"),
        ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", "[id]"),
        ("from 192.168.10.24.", "from [id]."),
        ("card 4242 4242 4242 4242", "card [id]"),
        ("https://a.example/reset?token=x1", "[link]"),
        ("(https://a.example/u/40213/x),", "([link]),"),
        ("see https://a.example/docs/billing.", "see https://a.example/docs/billing."),
        ("www.a.example/#x mailto:a@b.example tel:123", "[link] [e-mail] [phone]"),
        ("ANA.SOUZA@LUMEN.EXAMPLE, an\u{fffd}a@lumen.example", "[e-mail], [e-mail]"),
        ("https://a.example/u/bob%40corp.example", "[link]"),
        ("555 0132, 12 34 56 78, 5550-1234, 0171.123.45.67", "[phone], [phone], [phone], [phone]"),
        ("DE89 3704 0044 0532 0130 00", "DE89 [id]"),
        ("USER-7 and User-7", "[id] and [id]"),
    ];
    for (said, left) in table {
        assert_eq!(known("Ana Souza").taken_out(said), left, "{said}");
    }
}

#[test]
fn what_tells_nobody_stays() {
    for said in [
        "On 2026-09-21 12:00 and 21.09.2026, within 30 days",
        "It costs 1 200 € or 49.90 $ since version 8.2.1",
        "1 200 000 rows, 12.345.678 of them, 500 - 1000 users, 2025 2026",
        "Press Ctrl+S; 3 of 10; 24/7; error 500",
        "[customer] [e-mail]",
        "",
        "@ + ( 0",
    ] {
        assert_eq!(known("Ana Souza").taken_out(said), said);
    }
}

#[test]
fn the_question_and_the_answers_are_taken_and_nothing_else() {
    let customer = author(AuthorKind::Customer, "Ana Souza", "ana@lumen.example");
    let ida = author(AuthorKind::Admin, "Ida Berg", "");
    let mut redacted = part(PartKind::Message, ida.clone(), "<p>redacted</p>");
    redacted.redacted = true;
    let parts = vec![
        part(PartKind::Message, author(AuthorKind::Fin, "Fin", ""), "<p>I am Fin</p>"),
        part(
            PartKind::Message,
            customer.clone(),
            "<p>Hello,</p><p>I am <b>Ana</b><br>&lt;x&gt;</p><ul><li>one</li><li>two</li></ul>",
        ),
        part(PartKind::Note, ida.clone(), "<p>She is difficult</p>"),
        part(PartKind::Event, ida.clone(), ""),
        redacted,
        part(
            PartKind::Message,
            ida,
            "<p>Hi Ana, press Refund.</p><blockquote type=\"cite\"><p>On Monday Ana Souza wrote:</p><p>old</p></blockquote>",
        ),
        part(PartKind::Message, customer.clone(), "<p>Thanks</p>"),
    ];
    let thread = thread(&customer, parts);
    let known = Known::of(&thread);
    assert_eq!(known.title(&thread), "[customer] was charged twice");
    let open = "<p class=\"no-margin\">";
    assert_eq!(
        body(&thread, &known),
        format!(
            "{open}Hello,</p>{open}I am [customer]<br>&lt;x&gt;</p>{open}- one</p>{open}- two</p>\
             {open}Hi [customer], press Refund.</p>"
        )
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
    #[test]
    fn any_text_is_taken_and_no_whole_name_is_left(text in "\\PC{0,80}", before in "[ ,.]", after in "[ ,.!]") {
        let known = known("Ana Souza");
        let took = known.taken_out(&format!("{text}{before}Ana Souza{after}{text}"));
        proptest::prop_assert!(!took.to_lowercase().contains("ana souza"), "{}", took);
    }
}

/// Where the work for each find grew with all that follows, a message like these kept the console for minutes.
#[test]
fn a_message_of_nothing_but_finds_costs_what_its_length_costs() {
    let known = known("Ana Souza");
    for said in
        ["www.a ", "user-7 ", "a@b.c ", "http://x?y ", "Ana ", "1.1.1.1 ", "@", "1. ", "tel:1 user-7 "]
    {
        let text = said.repeat(150_000 / said.len());
        assert!(!known.taken_out(&text).is_empty(), "{said}");
    }
}

#[test]
fn markup_does_not_hide_anybody() {
    let customer = author(AuthorKind::Customer, "Ana Souza", "ana@lumen.example");
    let table = [
        ("<p>I am <b>An</b>a <i>Sou</i>za.</p>", "I am [customer]."),
        ("<p>An&shy;a, A&#8203;na, &#65;na, A<wbr>na</p>", "[customer], [customer], [customer], [customer]"),
        ("<p>ana<wbr>.souza+x@<b>lu&shy;men</b>.example</p>", "[e-mail]"),
        ("<p>+55 <b>11</b> 5550.1234, order 40<b>213</b></p>", "[phone], order [id]"),
        ("<p><a href='https://a.example/u?id=40213'>my account</a></p>", "my account"),
        ("<p><img src='https://a.example/ana.png' alt='Ana Souza'>here</p>", "here"),
    ];
    for (said, left) in table {
        let thread = thread(&customer, vec![part(PartKind::Message, customer.clone(), said)]);
        let html = body(&thread, &Known::of(&thread));
        assert_eq!(html, format!("<p class=\"no-margin\">{left}</p>"), "{said}");
    }
}

/// Mail programs quote without any markup, and put whole addresses below what is written.
#[test]
fn what_others_wrote_and_signatures_are_left_out() {
    let customer = author(AuthorKind::Customer, "Ana Souza", "ana@lumen.example");
    let said = "<div>It is empty.</div><div>-- <br>Rua Augusta 1200<br>São Paulo</div>\
        <div>From: Bob Jones &lt;bob@corp.example&gt;<br>Sent: Monday, 3 November 2025 10:00<br>To: Ana<br>Subject: Export<br><br>Carol has it.</div>";
    let thread = thread(&customer, vec![part(PartKind::Message, customer.clone(), said)]);
    assert_eq!(body(&thread, &Known::of(&thread)), "<p class=\"no-margin\">It is empty.</p>");
}

#[test]
fn a_long_message_is_cut_between_words() {
    let customer = author(AuthorKind::Customer, "Ana Souza", "ana@lumen.example");
    let said = format!("<p>{}ana.souza@mail.lumen.example</p>", "word ".repeat(MOST / 5 - 2));
    let thread = thread(&customer, vec![part(PartKind::Message, customer.clone(), &said)]);
    let html = body(&thread, &Known::of(&thread));
    assert!(html.len() <= MOST + 100 && !html.contains("ana") && html.contains("word word"));
    assert_eq!((within("one two", 5), within("one two", 7), within("船船船", 4)), ("one", "one two", "船"));
}
