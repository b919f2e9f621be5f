//! Names the things that are not text: pictures, films, files, frames; and judges addresses.

use crate::domain::text::Clean;

use super::attributes::{has_class, value};
use super::document::{Card, CardKind, Target};

/// Hosts whose frames are films: those Intercom accepts in articles.
const FILM_HOSTS: [&str; 9] = [
    "youtube.com",
    "youtube-nocookie.com",
    "youtu.be",
    "wistia.com",
    "wistia.net",
    "vimeo.com",
    "loom.com",
    "vidyard.com",
    "streamio.com",
];

/// A card and the address that opens it.
pub(super) type Found = (Card, String);

/// A picture; none for the invisible ones that e-mails are tracked with.
pub(super) fn image(attributes: &str) -> Option<Found> {
    let size = size(attributes);
    if size.is_some_and(|(width, height)| width <= 1 && height <= 1) {
        return None;
    }
    let address = value(attributes, "src").unwrap_or_default().into_owned();
    let alternative = value(attributes, "alt").unwrap_or_default();
    let label =
        if alternative.trim().is_empty() { file_name(&address).to_owned() } else { alternative.into_owned() };
    Some((card(CardKind::Image, &label, &address, size), address))
}

/// An `iframe`, `video` or `audio`.
pub(super) fn frame(attributes: &str, film: bool) -> Found {
    let address = value(attributes, "src").unwrap_or_default().into_owned();
    let label = value(attributes, "title").unwrap_or_default();
    let kind = if film || is_film(&address) { CardKind::Video } else { CardKind::Frame };
    (card(kind, &label, &address, size(attributes)), address)
}

fn is_film(address: &str) -> bool {
    let host = host(address).to_ascii_lowercase();
    let known = |known: &str| {
        host.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    is_web(address) && FILM_HOSTS.iter().any(|host| known(host))
}

/// Whether an address begins as those of the web do; without a scheme, with its two slashes.
fn is_web(address: &str) -> bool {
    let before = address.trim_ascii().split_once("//").map(|(before, _)| before);
    before
        .is_some_and(|before| ["", "http:", "https:"].iter().any(|known| before.eq_ignore_ascii_case(known)))
}

/// Whether the frame with these attributes, as written, shows a film of a host that Intercom accepts.
pub fn is_film_frame(attributes: &str) -> bool {
    value(attributes, "src").is_some_and(|address| is_film(&address))
}

/// Whether the picture with these attributes, as written, lies where Intercom can fetch it.
pub fn is_web_picture(attributes: &str) -> bool {
    value(attributes, "src").is_some_and(|address| is_web(&address))
}

/// A file, by the words of its link.
pub(super) fn attachment(label: &str, address: &str) -> Card {
    let label = if label.trim().is_empty() { file_name(address) } else { label };
    card(CardKind::Attachment, label, address, None)
}

/// Whether a link's classes or attributes say that it is a file.
pub(super) fn is_attachment(attributes: &str) -> bool {
    value(attributes, "download").is_some()
        || has_class(attributes, |class| class.ends_with("h2b-attachment"))
}

/// A link's target; its words are added later.
pub(crate) fn target(address: &str) -> Target {
    let trimmed = address.trim_matches(|character: char| character.is_ascii_whitespace());
    let shown = Clean::line(trimmed);
    let openable = shown.as_str() == trimmed
        && !host(trimmed).is_empty()
        && !trimmed.contains(char::is_whitespace)
        && scheme(trimmed)
            .is_some_and(|scheme| ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)));
    Target { text: Clean::default(), address: shown, openable }
}

fn card(kind: CardKind, label: &str, address: &str, size: Option<(u32, u32)>) -> Card {
    Card { kind, label: Clean::line(label), host: Clean::line(host(address)), size, link: None }
}

fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    scheme
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        .then_some(scheme)
}

/// The host in an address with two slashes; without the user's name, which may be dressed up as a host.
fn host(address: &str) -> &str {
    let Some((_, rest)) = address.split_once("//") else {
        return "";
    };
    let authority = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    host.rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(host, |(host, _)| host)
}

/// The last part of an address's path.
fn file_name(address: &str) -> &str {
    let path = &address[..address.find(['?', '#']).unwrap_or(address.len())];
    if path.starts_with("data:") {
        return "";
    }
    path.rsplit('/').next().unwrap_or_default()
}

fn size(attributes: &str) -> Option<(u32, u32)> {
    let pixels = |name| value(attributes, name)?.trim().trim_end_matches("px").parse().ok();
    Some((pixels("width")?, pixels("height")?))
}
