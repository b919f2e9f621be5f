//! Lines that mail programs write: above what they quote, above what they pass on, and below a message. In the languages
//! that their users have set, as those programs spell them.

/// The longest line that introduces a quotation, in bytes.
const LONGEST: usize = 300;

/// How a line above a quotation begins, and a word that must be in it. It ends with a colon.
const WROTE: [(&str, &str); 16] = [
    ("On ", " wrote"),
    ("Am ", " schrieb"),
    ("Le ", " écrit"),
    ("El ", " escribió"),
    ("Il ", " scritto"),
    ("Em ", " escreveu"),
    ("A ", " escreveu"),
    ("Op ", " schreef"),
    ("Den ", " skrev"),
    ("tors", " skrev"),
    ("W dniu ", " napisał"),
    ("Dne ", " napsal"),
    ("Pe ", " scris"),
    ("Pada ", " menulis"),
    ("Vào ", " đã viết"),
    ("Den ", " kirjoitti"),
];

/// Words of such a line where the writer's name comes anywhere; the line also has a digit.
const WROTE_ANYWHERE: [&str; 11] = [
    "のメール",
    "は書きました",
    "は次のように書きました",
    "のメッセージ",
    "写道",
    "寫道",
    "님이 작성",
    "님이 쓴 글",
    " пишет",
    " написал",
    " yazdı",
];

/// What a program writes above a whole message that is quoted without marks.
const ORIGINAL: [&str; 12] = [
    "original message",
    "original appointment",
    "ursprüngliche nachricht",
    "originalnachricht",
    "message d'origine",
    "message d’origine",
    "mensaje original",
    "mensagem original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "元のメッセージ",
    "原始邮件",
];

/// What a program writes above a message that is passed on.
const FORWARDED: [&str; 11] = [
    "forwarded message",
    "begin forwarded message",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten",
    "message transféré",
    "mensaje reenviado",
    "mensagem encaminhada",
    "messaggio inoltrato",
    "doorgestuurd bericht",
    "転送されたメッセージ",
    "转发的邮件",
];

/// The fields of a quoted message's head by what they say: who, when, and the rest.
const WHO: &[&str] =
    &["from", "von", "de", "da", "van", "från", "fra", "od", "от", "差出人", "发件人", "寄件者", "보낸 사람"];
const WHEN: &[&str] = &[
    "sent",
    "date",
    "gesendet",
    "datum",
    "envoyé",
    "enviado",
    "enviada em",
    "enviado el",
    "fecha",
    "data",
    "inviato",
    "verzonden",
    "skickat",
    "sendt",
    "dato",
    "wysłano",
    "отправлено",
    "дата",
    "送信日時",
    "日付",
    "发送时间",
    "日期",
    "보낸 날짜",
];
const WHAT: &[&str] = &[
    "to",
    "cc",
    "subject",
    "an",
    "kopie",
    "betreff",
    "à",
    "objet",
    "para",
    "asunto",
    "assunto",
    "a",
    "per",
    "oggetto",
    "aan",
    "onderwerp",
    "till",
    "ämne",
    "til",
    "emne",
    "do",
    "temat",
    "кому",
    "тема",
    "宛先",
    "件名",
    "收件人",
    "主题",
    "主旨",
    "받는 사람",
    "제목",
];

/// Lines that telephones and programs put below a message, by their beginnings.
const DEVICES: [&str; 22] = [
    "sent from my ",
    "sent from mail for ",
    "sent from outlook",
    "sent from yahoo",
    "sent from proton",
    "sent via ",
    "get outlook for ",
    "von meinem ",
    "gesendet mit der ",
    "gesendet von ",
    "gesendet aus ",
    "outlook für ",
    "envoyé de mon ",
    "envoyé depuis ",
    "enviado desde mi ",
    "enviado do meu ",
    "inviato da ",
    "verzonden vanaf ",
    "skickat från min ",
    "отправлено с ",
    "iphoneから送信",
    "发自我的",
];

fn ends_with_colon(line: &str) -> bool {
    line.ends_with([':', '：'])
}

fn has_digit(line: &str) -> bool {
    line.contains(|letter: char| letter.is_ascii_digit())
}

/// Whether this is the line above quoted history, such as "On …, … wrote:".
pub(crate) fn introduces(line: &str) -> bool {
    let line = line.trim();
    if line.len() > LONGEST || !ends_with_colon(line) {
        return false;
    }
    let wrote = |(begin, word): &(&str, &str)| line.starts_with(begin) && line.contains(word);
    WROTE.iter().any(wrote)
        || has_digit(line) && WROTE_ANYWHERE.iter().any(|word| line.contains(word))
        || dated_address(line)
}

/// A date and an address and nothing that a person would say: `2025年11月3日(月) 10:00 Support <help@example.com>:`.
fn dated_address(line: &str) -> bool {
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    let address = line.trim_end_matches([':', '：']).trim_end().ends_with('>');
    address && line.contains('@') && digits >= 6
}

/// A word between lines of dashes, in lower case; none when there are no dashes.
fn dashed(line: &str) -> Option<String> {
    let bare = line.trim().trim_matches(['-', '–', '—', '_', ' ', ':']);
    let is_dashed = line.trim_start().starts_with("--") || line.trim_start().starts_with('—');
    (is_dashed && !bare.is_empty() && bare.len() < 80).then(|| bare.to_lowercase())
}

/// Whether a whole message follows that is quoted without marks: "-----Original Message-----".
pub(crate) fn original_message(line: &str) -> bool {
    dashed(line).is_some_and(|words| ORIGINAL.iter().any(|known| words.starts_with(known)))
}

/// Whether a message follows that is passed on.
pub(super) fn forwarded(line: &str) -> bool {
    let bare = || line.trim().trim_end_matches(':').to_lowercase();
    let words = dashed(line).or_else(|| (line.len() < 80).then(bare));
    words.is_some_and(|words| FORWARDED.iter().any(|known| words.starts_with(known)))
}

/// A field of a message's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Who,
    When,
    What,
}

/// The field of a quoted message's head that a line holds.
pub(super) fn field(line: &str) -> Option<Field> {
    let (name, value) = line.trim().trim_start_matches('*').split_once([':', '：'])?;
    let name = name.trim_matches(['*', ' ', '\u{A0}']);
    if name.len() > 24 || value.trim().is_empty() {
        return None;
    }
    let name = name.to_lowercase();
    let is = |names: &[&str]| names.contains(&name.as_str());
    if is(WHO) {
        Some(Field::Who)
    } else if is(WHEN) {
        Some(Field::When)
    } else {
        is(WHAT).then_some(Field::What)
    }
}

/// Whether a line is marked as quoted: `> words`.
pub(super) fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// Whether a signature follows: two dashes alone (RFC 3676, 4.3; their blank does not survive HTML).
pub(super) fn begins_signature(line: &str) -> bool {
    line.trim() == "--"
}

/// Whether a telephone or a program put this line below the message.
pub(super) fn is_device(line: &str) -> bool {
    let words = line.trim();
    words.len() <= 80 && !words.contains('?') && {
        let words = words.to_lowercase();
        DEVICES.iter().any(|begin| words.starts_with(begin))
    }
}

/// Whether a line only parts what is above it from what is below.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 8 && line.chars().all(|letter| matches!(letter, '_' | '-' | '=' | '*'))
}
