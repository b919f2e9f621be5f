//! The `[[views]]` tables, and who "me" is: checked against the search language, the orders and the columns.

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeValue, ValueDeserializer};

use super::file::{Mistake, told};
use crate::domain::id::AdminId;
use crate::domain::query::parse;
use crate::domain::sort::{Order, Sort};
use crate::domain::text::Clean;
use crate::domain::view::{Column, Unusable, View, built_in};

/// The most views of one's own; each is counted.
const MOST: usize = 50;
/// The longest name of a view, in characters.
const LONGEST: usize = 40;

/// A view as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Spanned<String>,
    query: Spanned<String>,
    sort: Option<Spanned<String>>,
    #[serde(default)]
    columns: Vec<Spanned<String>>,
}

/// A number, or a text that is one.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a number, such as 7001")]
pub(super) enum Me {
    /// `7001`
    Number(u64),
    /// `"7001"`
    Text(String),
}

/// The person's own views, in their order, and those that cannot be used: a mistake in one costs nothing but that one. `place`
/// says where a mistake is.
pub(super) fn views(
    written: Option<&Spanned<DeValue<'_>>>,
    place: impl Fn(Mistake) -> String,
) -> (Vec<View>, Vec<Unusable>) {
    let (mut views, mut unusable) = (Vec::new(), Vec::new());
    let Some(written) = written else { return (views, unusable) };
    let mut refuse = |name: &str, mistake| {
        unusable.push(Unusable { name: Clean::line(name), why: Clean::line(&place(mistake)) });
    };
    let Some(all) = written.get_ref().as_array() else {
        refuse("views", (written.span().start, "write [[views]], once for each view.".to_owned()));
        return (views, unusable);
    };
    for (number, one) in (1..=MOST).zip(all.iter()) {
        match view(one, &views) {
            Ok(view) => views.push(view),
            Err(mistake) => refuse(&called(one, number), mistake),
        }
    }
    if let Some(one_too_many) = all.get(MOST) {
        let sentence =
            format!("there may be {MOST} views at most; this one and those below it are left out.");
        refuse(&called(one_too_many, MOST + 1), (one_too_many.span().start, sentence));
    }
    (views, unusable)
}

/// What to call a view that may be wrong.
fn called(written: &Spanned<DeValue<'_>>, number: usize) -> String {
    let name = written.get_ref().get("name").and_then(|name| name.get_ref().as_str()).map(str::trim);
    let name = name.filter(|name| !name.is_empty());
    name.map_or_else(|| format!("View {number}"), |name| name.chars().take(LONGEST).collect())
}

/// One of them, after those.
fn view(written: &Spanned<DeValue<'_>>, others: &[View]) -> Result<View, Mistake> {
    let written =
        Written::deserialize(ValueDeserializer::from(written.clone())).map_err(|error| told(&error))?;
    let view = checked(&written)?;
    if built_in().iter().chain(others).any(|other| other.name == view.name) {
        let sentence = format!("there is a view \"{}\" already; give this one another name.", view.name);
        return Err((written.name.span().start, sentence));
    }
    Ok(view)
}

fn checked(written: &Written) -> Result<View, Mistake> {
    let query = written.query.get_ref();
    parse(query).map_err(|wrong| {
        let word = query.get(wrong.at.clone()).unwrap_or_default();
        let near =
            if word.trim().is_empty() { String::new() } else { format!(" near \"{}\"", Clean::line(word)) };
        (written.query.span().start, format!("this query cannot be read{near}: {}", wrong.sentence))
    })?;
    Ok(View {
        name: name(&written.name)?,
        query: query.trim().to_owned(),
        order: written.sort.as_ref().map(order).transpose()?.unwrap_or_default(),
        columns: written.columns.iter().map(column).collect::<Result<_, _>>()?,
    })
}

fn name(written: &Spanned<String>) -> Result<Clean, Mistake> {
    let name = Clean::line(written.get_ref().trim());
    let sentence = match name.chars().count() {
        0 => "a view needs a name.".to_owned(),
        letters if letters > LONGEST => format!("the name of a view may have {LONGEST} letters at most."),
        _ => return Ok(name),
    };
    Err((written.span().start, sentence))
}

fn order(written: &Spanned<String>) -> Result<Order, Mistake> {
    let word = written.get_ref().trim();
    let (back, bare) = word.strip_prefix('-').map_or((false, word), |bare| (true, bare));
    let by = Sort::ALL.into_iter().find(|sort| sort.word() == bare);
    by.map(|by| Order { by, back }).ok_or_else(|| {
        let all: Vec<&str> = Sort::ALL.iter().map(|sort| sort.word()).collect();
        let sentence = format!(
            "\"{word}\" is no order; there are {}, each with a \"-\" before it for the other end first.",
            all.join(", ")
        );
        (written.span().start, sentence)
    })
}

fn column(written: &Spanned<String>) -> Result<Column, Mistake> {
    let word = written.get_ref().trim();
    Column::named(word).ok_or_else(|| {
        let all: Vec<&str> = Column::ALL.iter().map(|column| column.word()).collect();
        (written.span().start, format!("\"{word}\" is no column; there are {}.", all.join(", ")))
    })
}

/// The view to begin with, which must be one of these or built in; none where it may be one of those that cannot be used, of which
/// not every name is known.
pub(super) fn first(
    written: Option<Spanned<String>>,
    (own, unusable): (&[View], &[Unusable]),
) -> Result<Option<String>, Mistake> {
    let Some(written) = written else { return Ok(None) };
    let at = written.span().start;
    let name = written.into_inner().trim().to_owned();
    let all: Vec<View> = built_in().into_iter().chain(own.iter().cloned()).collect();
    if all.iter().any(|view| view.name.as_str() == name) {
        return Ok(Some(name));
    }
    if !unusable.is_empty() {
        return Ok(None);
    }
    let names: Vec<String> = all.iter().map(|view| format!("\"{}\"", view.name)).collect();
    Err((at, format!("\"{}\" is no view; there are {}.", Clean::line(&name), names.join(", "))))
}

/// Which admin one is: digits only, as Intercom gives them.
pub(super) fn me(written: Option<Spanned<Me>>) -> Result<Option<AdminId>, Mistake> {
    let Some(written) = written else { return Ok(None) };
    let at = written.span().start;
    let id = match written.into_inner() {
        Me::Number(id) => id.to_string(),
        Me::Text(id) => id.trim().to_owned(),
    };
    let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
    AdminId::read(&id).filter(|_| is_number).map(Some).ok_or_else(|| {
        (
            at,
            "\"me\" is the number of a teammate, such as 7001; the console's question who you are shows it."
                .to_owned(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::file::parse;
    use crate::domain::sort::{Order, Sort};
    use crate::domain::view::Column;

    fn sentence(text: &str) -> String {
        parse(text, "config.toml").unwrap_err().to_string()
    }

    /// Why the only view that cannot be used cannot; the others can.
    fn unusable(text: &str) -> String {
        let config = parse(text, "/home/me/config.toml").unwrap();
        let [view] = &config.unusable[..] else { panic!("{:?}", config.unusable) };
        format!("{}: {}", view.name, view.why)
    }

    fn wrong(line: usize, text: &str) -> String {
        let told = unusable(&format!("[[views]]\nname = \"Big\"\n{text}"));
        assert!(told.starts_with(&format!("Big: config.toml, line {line}: ")), "{told}");
        told
    }

    #[test]
    fn a_mistake_costs_one_view() {
        let text = "view = \"Big\"\nread_only = true\n[[views]]\nname = \"A\"\nquery = \"\"\n[[views]]\nname = \"Big\"\n\
                    query = \"state:\"\n[[views]]\nname = \"B\"\nquery = \"refund\"";
        let config = parse(text, "config.toml").unwrap();
        let names: Vec<&str> = config.views.iter().map(|view| view.name.as_str()).collect();
        assert_eq!((names, config.unusable.len(), config.read_only), (vec!["A", "B"], 1, true));
        assert_eq!(config.first_view, None, "there is none of that name now");
        let long = "x".repeat(41);
        let text = format!("view = \"{long}\"\n[[views]]\nname = \"{long}\"\nquery = \"\"");
        assert_eq!(parse(&text, "config.toml").unwrap().first_view, None, "nor one whose name is too long");
        for (text, line) in [("views = 3", 1), ("[views]\nname = \"A\"", 1), ("\nviews = [1]", 2)] {
            assert!(unusable(text).contains(&format!("config.toml, line {line}: ")), "{}", unusable(text));
        }
    }

    #[test]
    fn views_are_read_with_their_orders_and_columns() {
        let text = "me = 7001\nview = \"Big ones\"\n[[views]]\nname = \"Big ones\"\nquery = \"state:open priority:urgent\"\n\
                    sort = \"-created\"\ncolumns = [\"who\", \"sla\"]\n[[views]]\nname = \"All\"\nquery = \"\"\n";
        let config = parse(text, "config.toml").unwrap();
        let [big, all] = &config.views[..] else { panic!("{:?}", config.views) };
        assert_eq!((big.name.as_str(), big.query.as_str()), ("Big ones", "state:open priority:urgent"));
        assert_eq!(big.order, Order { by: Sort::Created, back: true });
        assert_eq!(big.columns, [Column::Who, Column::Sla]);
        assert_eq!((all.order, all.columns.len()), (Order::default(), 0));
        assert_eq!(config.me.unwrap().as_str(), "7001");
        assert_eq!(config.first_view.as_deref(), Some("Big ones"));
    }

    #[test]
    fn mistakes_in_a_view_name_their_line() {
        let told = wrong(3, "query = \"state:\"");
        assert!(told.contains("this query cannot be read near \"state:\""), "{told}");
        assert!(wrong(1, "").contains("missing field \"query\""));
        assert!(
            wrong(4, "query = \"\"\nsort = \"size\"")
                .contains("\"size\" is no order; there are server, waiting")
        );
        assert!(
            wrong(4, "query = \"\"\ncolumns = [\"who\", \"whom\"]")
                .contains("\"whom\" is no column; there are who, ")
        );
        assert!(wrong(5, "query = \"\"\ncolumns = [\"who\",\n\"whom\"]").contains("\"whom\""));
        assert!(wrong(3, "colour = \"red\"\nquery = \"\"").contains("unknown field \"colour\""));
        assert!(wrong(3, "query = 3").contains("expected a text"));
    }

    #[test]
    fn names_are_needed_and_used_once() {
        let nameless = unusable("[[views]]\nname = \" \"\nquery = \"\"");
        assert_eq!(nameless, "View 1: config.toml, line 2: a view needs a name.");
        assert!(
            unusable("[[views]]\nname = \"Mine\"\nquery = \"\"")
                .contains("line 2: there is a view \"Mine\" already")
        );
        let twice = "[[views]]\nname = \"A\"\nquery = \"\"\n[[views]]\nquery = \"\"\nname = \"A\"";
        assert!(unusable(twice).contains("line 6: there is a view \"A\" already"));
        let long = format!("[[views]]\nquery = \"\"\nname = \"{}\"", "x".repeat(41));
        assert!(unusable(&long).contains("line 3: the name of a view may have 40"));
        let one = |at| format!("[[views]]\nname = \"v{at}\"\nquery = \"\"\n");
        let many: Vec<String> = (0..51).map(one).collect();
        let many = many.concat();
        assert!(unusable(&many).contains("v50: config.toml, line 151: there may be 50 views at most"));
    }

    #[test]
    fn who_one_is_and_where_one_begins() {
        for (text, right) in [
            ("me = 7001", true),
            ("me = \"7001\"", true),
            ("me = \"ida\"", false),
            ("me = -1", false),
            ("me = \"\"", false),
        ] {
            assert_eq!(parse(text, "config.toml").is_ok(), right, "{text}");
        }
        assert!(sentence("\nme = \"ida\"").contains("line 2: \"me\" is the number of a teammate"));
        assert!(sentence("\nme = true").contains("line 2: a number, such as 7001"));
        let told = sentence("\nview = \"Nope\"");
        assert!(told.contains("line 2: \"Nope\" is no view; there are \"Needs me\", "), "{told}");
    }
}
