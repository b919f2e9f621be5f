//! What can be told by its form: links, mail addresses, phone numbers, ids. Dates, amounts and versions stay.

use super::Piece;

/// Cuts the texts among pieces: `find` gives the first place, in bytes, to take out of a text, and what stands for it; none for
/// "leave it as it is". It must not look behind that place, so that the time grows with the length of the text alone.
fn cut(
    pieces: Vec<Piece>,
    find: impl Fn(&str) -> Option<(usize, usize, Option<&'static str>)>,
) -> Vec<Piece> {
    let mut all = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let Piece::Text(text) = piece else {
            all.push(piece);
            continue;
        };
        let (mut rest, mut kept) = (text.as_str(), String::new());
        while let Some((start, end, hole)) = find(rest) {
            kept.push_str(&rest[..start]);
            match hole {
                Some(hole) => all.extend([Piece::Text(std::mem::take(&mut kept)), Piece::Hole(hole)]),
                None => kept.push_str(&rest[start..end]),
            }
            rest = &rest[end..];
        }
        kept.push_str(rest);
        all.push(Piece::Text(kept));
    }
    all
}

/// Where a run of letters that fit ends, and begins, around a place.
fn run(text: &str, from: usize, fits: impl Fn(char) -> bool) -> usize {
    text[from..].find(|letter| !fits(letter)).map_or(text.len(), |at| from + at)
}

/// How a link begins.
const SCHEMES: [&str; 5] = ["https://", "http://", "www.", "mailto:", "tel:"];

/// Links that lead to something of one customer's: with a question mark, a fragment, a sign-in, or a part that looks like an id
/// or a token. Others stay.
pub(super) fn links(pieces: Vec<Piece>) -> Vec<Piece> {
    cut(pieces, |text| {
        let begins = |at: usize, scheme: &str| {
            let there = text.as_bytes().get(at..at + scheme.len());
            there.is_some_and(|there| there.eq_ignore_ascii_case(scheme.as_bytes()))
        };
        let start = (0..text.len()).find(|at| SCHEMES.iter().any(|scheme| begins(*at, scheme)))?;
        let end =
            run(text, start, |letter| !letter.is_whitespace() && !"<>\"'“”»、。（）「」".contains(letter));
        let end =
            start + text[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '>']).len();
        let link = &text[start..end.max(start + 1)];
        let hole = match () {
            () if begins(start, "mailto:") => Some("[e-mail]"),
            () if begins(start, "tel:") => Some("[phone]"),
            () => leads_to_somebody(link).then_some("[link]"),
        };
        Some((start, start + link.len(), hole))
    })
}

fn leads_to_somebody(link: &str) -> bool {
    let path = link.split_once("://").map_or(link, |(_, path)| path);
    let is_token = |part: &str| is_id(part) || (part.len() >= 16 && part.chars().any(char::is_numeric));
    link.contains(['?', '#', '@', '='])
        || link.contains("%40")
        || path.split(['/', '.', '-', '_']).any(is_token)
        || path.split('/').any(is_token)
}

fn is_of_address(letter: char) -> bool {
    letter.is_alphanumeric() || "._%+-'".contains(letter)
}

/// Mail addresses.
pub(super) fn mail(pieces: Vec<Piece>) -> Vec<Piece> {
    cut(pieces, |text| {
        let found = text.match_indices('@').find_map(|(at, _)| {
            let start = text[..at].rfind(|letter| !is_of_address(letter));
            let start =
                start.map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
            let end = run(text, at + 1, |letter| letter.is_alphanumeric() || ".-".contains(letter));
            let domain = text[at + 1..end].trim_end_matches(['.', '-']);
            (start < at && domain.contains('.')).then_some((start, at + 1 + domain.len()))
        });
        found.map(|(start, end)| (start, end, Some("[e-mail]")))
    })
}

/// An id or a number that is known to be this customer's, in capitals or not.
pub(super) fn known(pieces: Vec<Piece>, id: &str) -> Vec<Piece> {
    let hole = if id.starts_with('+') || id.contains(' ') { "[phone]" } else { "[id]" };
    cut(pieces, |text| {
        let is_it = |at: usize| {
            let there = text.get(at..at + id.len()).filter(|there| there.eq_ignore_ascii_case(id));
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = there.and_then(|_| text[at + id.len()..].chars().next());
            there.is_some() && !before.into_iter().chain(after).any(|letter| letter.is_ascii_alphanumeric())
        };
        let at = (0..=text.len().checked_sub(id.len())?).find(|at| is_it(*at))?;
        Some((at, at + id.len(), Some(hole)))
    })
}

/// Phone numbers: with a plus, a nought or a bracket before, or long and in groups. Card numbers and the like, which are longer,
/// are ids.
pub(super) fn phones(pieces: Vec<Piece>) -> Vec<Piece> {
    cut(pieces, |text| {
        let is_start = |letter: char| letter == '+' || letter == '(' || letter.is_numeric();
        let start = text.find(is_start)?;
        let is_behind_a_word = text[..start]
            .chars()
            .next_back()
            .is_some_and(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
        if is_behind_a_word {
            // What begins with letters may still go on as a number, as accounts do: `DE89 3704 0044`.
            let first = text[start..].chars().next().map_or(1, char::len_utf8);
            return Some((start, run(text, start + first, char::is_numeric), None));
        }
        let fits = |letter: char| letter.is_numeric() || " -./()\u{a0}+–".contains(letter);
        let end = run(text, start, fits);
        let end = start + text[start..end].trim_end_matches(|letter: char| !letter.is_numeric()).len();
        let end = end.max(start + text[start..].chars().next().map_or(1, char::len_utf8));
        let is_apart =
            !text[end..].chars().next().is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        let number = &text[start..end];
        Some((start, end, is_apart.then(|| phone(number)).flatten()))
    })
}

fn phone(number: &str) -> Option<&'static str> {
    let groups: Vec<usize> = number
        .split(|letter: char| !letter.is_numeric())
        .map(|group| group.chars().count())
        .filter(|digits| *digits > 0)
        .collect();
    let digits: usize = groups.iter().sum();
    let marked = number.starts_with(['+', '0', '(']);
    match digits {
        _ if is_date(number, &groups) => None,
        16.. if groups.len() > 1 => Some("[id]"),
        7..=15 if marked => Some("[phone]"),
        9..=15 if groups.len() > 2 => Some("[phone]"),
        7 | 8 if is_short(number, &groups) => Some("[phone]"),
        _ => None,
    }
}

/// A number without its area: two groups, or several of two digits and more. Thousands and years stay.
fn is_short(number: &str, groups: &[usize]) -> bool {
    let close = number.chars().count() + 1 == groups.iter().sum::<usize>() + groups.len();
    let is_year = |group: &str| group.starts_with("19") || group.starts_with("20");
    let years = || number.split(|letter: char| !letter.is_numeric()).all(is_year);
    match groups {
        [3 | 4, 4] => close && !years(),
        [_, rest @ ..] if groups.len() > 2 => {
            groups.iter().all(|digits| *digits > 1) && rest.iter().any(|digits| *digits != 3)
        }
        _ => false,
    }
}

/// A date, with or without a time after it.
fn is_date(number: &str, groups: &[usize]) -> bool {
    let plain = !number.starts_with(['+', '(']);
    plain && matches!(groups, [4, 1 | 2, 1 | 2, ..] | [1 | 2, 1 | 2, 4, ..]) && groups.len() <= 5
}

fn is_of_id(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-_#".contains(letter) || letter.is_numeric()
}

/// Whether a word is an id: five digits or more, or long and mixed.
fn is_id(word: &str) -> bool {
    let digits = word.chars().filter(|letter| letter.is_numeric()).count();
    let groups: Vec<usize> =
        word.split(|letter: char| !letter.is_numeric()).map(|group| group.chars().count()).collect();
    let mixed = digits > 2 && word.chars().any(char::is_alphabetic) && word.chars().count() >= 12;
    (digits >= 5 || mixed) && !is_date(word, &groups)
}

/// Addresses of machines: four numbers below 256 with dots between.
pub(super) fn machines(pieces: Vec<Piece>) -> Vec<Piece> {
    cut(pieces, |text| {
        let start = text.find(|letter: char| letter.is_ascii_digit())?;
        let end = run(text, start, |letter| letter.is_ascii_digit() || letter == '.');
        let address = text[start..end].trim_end_matches('.');
        let is_machine = address.split('.').count() == 4
            && address.split('.').all(|byte| byte.len() < 4 && byte.parse::<u8>().is_ok());
        Some((start, start + address.len(), is_machine.then_some("[id]")))
    })
}

/// Ids.
pub(super) fn ids(pieces: Vec<Piece>) -> Vec<Piece> {
    cut(pieces, |text| {
        let start = text.find(is_of_id)?;
        let end = run(text, start, is_of_id);
        Some((start, end, is_id(&text[start..end]).then_some("[id]")))
    })
}
