//! Names of people and companies: as a whole and by their parts, in any case, with or without accents, and as words of their own
//! where the script parts words.

use super::Piece;
use crate::domain::folded::folded;
use crate::domain::membership::SHARED;
use crate::domain::text::Clean;

/// Phrases kept; a conversation has some dozens of people at most.
const MOST: usize = 400;

/// Words of names that are also words of the language.
const PARTICLES: [&str; 24] = [
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "el", "al", "bin", "ibn", "van",
    "von", "der", "den", "ten", "ter", "und", "and", "the",
];

/// What companies call themselves after their name.
const FORMS: [&str; 16] = [
    "ltd", "ltd.", "limited", "inc", "inc.", "llc", "gmbh", "ag", "bv", "b.v.", "ab", "oy", "sa", "s.a.",
    "srl", "kk",
];

/// Phrases and what stands for them, the longest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    phrases: Vec<(Vec<char>, &'static str)>,
}

/// Labels before the last one of a host that belong to a country's order, not to a company.
const SECOND: [&str; 13] =
    ["ac", "co", "com", "edu", "go", "gob", "gov", "mil", "ne", "net", "or", "org", "sch"];

/// Words that hosts of mail for everybody are named by; to say one of them names nobody.
const PROVIDERS: [&str; 24] = [
    "email",
    "fastmail",
    "free",
    "gmail",
    "gmx",
    "googlemail",
    "hey",
    "hotmail",
    "icloud",
    "inbox",
    "live",
    "mail",
    "msn",
    "naver",
    "orange",
    "outlook",
    "post",
    "proton",
    "protonmail",
    "web",
    "yahoo",
    "yandex",
    "ymail",
    "zoho",
];

/// What people call mailboxes that are nobody's own.
const SHARED_BOXES: [&str; 44] = [
    "accounting",
    "accounts",
    "admin",
    "api",
    "app",
    "billing",
    "booking",
    "bookings",
    "contact",
    "customer",
    "dev",
    "feedback",
    "finance",
    "hello",
    "help",
    "info",
    "invoice",
    "invoices",
    "jobs",
    "legal",
    "mail",
    "marketing",
    "noreply",
    "office",
    "order",
    "orders",
    "payment",
    "payments",
    "postmaster",
    "press",
    "reply",
    "returns",
    "sales",
    "security",
    "service",
    "shipping",
    "shop",
    "store",
    "support",
    "team",
    "tech",
    "test",
    "user",
    "webmaster",
];

/// A letter as it is compared: small, and without the accents that people leave out.
fn compared(letter: char) -> Option<char> {
    match letter {
        'ё' | 'Ё' => Some('е'),
        '’' => Some('\''),
        '\u{a0}' => Some(' '),
        other => folded(other),
    }
}

/// A name with its letters as they are spelt where a keyboard does not have them.
fn spelt_out(name: &str) -> String {
    let spelt = |letter: char| match letter {
        'ä' | 'æ' | 'Ä' | 'Æ' => "ae".to_owned(),
        'ö' | 'ø' | 'œ' | 'Ö' | 'Ø' | 'Œ' => "oe".to_owned(),
        'ü' | 'Ü' => "ue".to_owned(),
        'å' | 'Å' => "aa".to_owned(),
        'ß' => "ss".to_owned(),
        other => other.to_string(),
    };
    name.chars().map(spelt).collect()
}

/// Whether a letter is of a script that puts nothing between words, or puts small words before names without a blank.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{6ff}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}'
        | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether a word goes on from one letter to the next. A number behind a name makes no other word of it: `souza85`.
fn goes_on(letter: Option<char>, next: Option<char>) -> bool {
    let (Some(letter), Some(next)) = (letter, next) else { return false };
    letter.is_alphabetic() && next.is_alphabetic() && !is_unspaced(letter) && !is_unspaced(next)
}

impl Names {
    fn add(&mut self, phrase: &str, hole: &'static str) {
        self.put(phrase, hole);
        self.put(&spelt_out(phrase), hole);
    }

    fn put(&mut self, phrase: &str, hole: &'static str) {
        let phrase: Vec<char> = phrase.trim().chars().filter_map(compared).collect();
        let known = self.phrases.iter().any(|(known, _)| *known == phrase);
        if phrase.len() < 2 || known || self.phrases.len() >= MOST {
            return;
        }
        let at = self.phrases.partition_point(|(other, _)| other.len() >= phrase.len());
        self.phrases.insert(at, (phrase, hole));
    }

    /// A person: the name, each part of it that is no particle and no initial, and the parts in one, as in a login.
    pub(super) fn person(&mut self, name: &Clean, hole: &'static str) {
        if name.contains('@') {
            return self.mailbox(name, hole);
        }
        self.add(name, hole);
        let parts: Vec<&str> = name
            .split(|letter: char| !letter.is_alphanumeric() && !"'’".contains(letter))
            .filter(|part| !part.is_empty())
            .collect();
        for part in &parts {
            self.part(part, hole);
        }
        self.add(&parts.concat(), hole);
        self.add(&parts.iter().rev().copied().collect::<String>(), hole);
        if let [first, .., last] = parts[..]
            && last.chars().count() > 3
            && let Some(initial) = first.chars().next()
        {
            self.add(&format!("{initial}{last}"), hole);
        }
    }

    fn part(&mut self, part: &str, hole: &'static str) {
        if !PARTICLES.contains(&part.to_lowercase().as_str()) {
            self.add(part, hole);
        }
        // Written in one, family name and given name are two letters each, or one and two.
        let letters: Vec<char> = part.chars().collect();
        if (3..=4).contains(&letters.len())
            && letters.iter().all(|letter| *letter >= '\u{2e80}' && is_unspaced(*letter))
        {
            self.add(&letters[..2].iter().collect::<String>(), hole);
            self.add(&letters[letters.len() - 2..].iter().collect::<String>(), hole);
        }
    }

    /// What stands before the sign in somebody's address: it is often their name, and how they sign in.
    pub(super) fn mailbox(&mut self, email: &str, hole: &'static str) {
        let name = email.split(['@', '+']).next().unwrap_or_default();
        let parts: Vec<&str> = name.split(|letter: char| !letter.is_alphabetic()).collect();
        for part in &parts {
            let is_shared = SHARED_BOXES.contains(&part.to_lowercase().as_str());
            if part.chars().count() > 2 && !is_shared {
                self.part(part, hole);
            }
        }
        if parts.len() > 1 {
            self.add(name, hole);
        }
    }

    /// A company: the name, with and without what follows it by law.
    pub(super) fn company(&mut self, name: &Clean) {
        self.add(name, "[company]");
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_form = |word: &&&str| FORMS.contains(&word.trim_end_matches(',').to_lowercase().as_str());
        let own = words.len() - words.iter().rev().take_while(is_form).count();
        let own = words[..own].join(" ");
        self.add(own.trim_end_matches(','), "[company]");
    }

    /// A host of a company's, and the word in it that is likely the company's name.
    fn host(&mut self, host: &str) {
        self.add(host, "[company]");
        let labels = host.rsplit_once('.').map_or("", |(labels, _)| labels);
        let is = |words: &[&str], label: &str| words.contains(&label.to_lowercase().as_str());
        let own = labels.rsplit('.').find(|label| !is(&SECOND, label));
        if let Some(own) = own.filter(|own| own.chars().count() > 2 && !is(&PROVIDERS, own)) {
            self.add(own, "[company]");
        }
    }

    /// A company's site.
    pub(super) fn website(&mut self, address: &str) {
        let host = address.split_once("://").map_or(address, |(_, rest)| rest);
        let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
        self.host(host.trim_start_matches("www."));
    }

    /// Where somebody's mail goes, unless everybody's does.
    pub(super) fn domain(&mut self, email: &str) {
        let domain = email.split_once('@').map_or("", |(_, domain)| domain);
        if domain.contains('.') && !SHARED.contains(&domain.to_lowercase().as_str()) {
            self.host(domain);
        }
    }

    /// Takes every name out of the texts among pieces.
    pub(super) fn taken_out(&self, pieces: Vec<Piece>) -> Vec<Piece> {
        let mut all = Vec::with_capacity(pieces.len());
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.cut(&text, &mut all),
                Piece::Hole(_) => all.push(piece),
            }
        }
        all
    }

    fn cut(&self, text: &str, all: &mut Vec<Piece>) {
        let letters = text.char_indices().filter_map(|(at, letter)| Some((at, compared(letter)?)));
        let (places, letters): (Vec<usize>, Vec<char>) = letters.unzip();
        let (mut at, mut kept) = (0, 0);
        while at < letters.len() {
            let Some((phrase, hole)) = self.at(&letters, at) else {
                at += 1;
                continue;
            };
            all.extend([Piece::Text(text[kept..places[at]].to_owned()), Piece::Hole(hole)]);
            at += phrase;
            kept = places.get(at).copied().unwrap_or(text.len());
        }
        all.push(Piece::Text(text[kept..].to_owned()));
    }

    /// The longest name that stands at a place as a word of its own: its length and what stands for it.
    fn at(&self, letters: &[char], at: usize) -> Option<(usize, &'static str)> {
        let before = at.checked_sub(1).map(|before| letters[before]);
        if goes_on(before, letters.get(at).copied()) {
            return None;
        }
        let fits = |(phrase, _): &&(Vec<char>, &'static str)| {
            letters[at..].starts_with(phrase)
                && !goes_on(phrase.last().copied(), letters.get(at + phrase.len()).copied())
        };
        self.phrases.iter().find(fits).map(|(phrase, hole)| (phrase.len(), *hole))
    }
}
