//! Stand-in until the text branch is merged.
use super::text::Clean;
/// Link target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Words.
    pub text: Clean,
    /// Address.
    pub address: Clean,
    /// http or https.
    pub openable: bool,
}
/// Document.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Document {
    /// Links.
    pub links: Vec<Target>,
}
/// Parses.
pub fn parse(_html: &str) -> Document {
    Document::default()
}
/// Plain words.
pub fn words(html: &str, _limit: usize) -> Clean {
    Clean::line(html)
}
