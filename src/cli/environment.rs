//! What the environment says. Owns the names of the variables; refuses to print what they hold.

use std::io::IsTerminal;

use secrecy::{ExposeSecret as _, SecretString};

use super::exit::{Exit, Refusal};

/// A variable's value without the blanks around it. Blank counts as unset.
pub(super) fn set(name: &str) -> Option<String> {
    let value = std::env::var(name).ok()?;
    (!value.trim().is_empty()).then(|| value.trim().to_owned())
}

/// The token from the environment: `INTERCOM_ACCESS_TOKEN`, else `SWITCHBOARD_TOKEN`, else the one in the whole header value
/// `INTERCOM_AUTH_HEADER`, as bridges use it. Never from the command line, where every user of the machine could read it.
///
/// # Errors
/// When the header value is of another scheme than `Bearer`.
pub(super) fn token() -> Result<Option<SecretString>, Refusal> {
    let plain = ["INTERCOM_ACCESS_TOKEN", "SWITCHBOARD_TOKEN"].into_iter().find_map(set);
    if let Some(token) = plain {
        return Ok(Some(token.into()));
    }
    set("INTERCOM_AUTH_HEADER").map(|header| bearer(&header.into())).transpose()
}

fn bearer(header: &SecretString) -> Result<SecretString, Refusal> {
    let value = header.expose_secret();
    let value = value.split_once(':').filter(|(name, _)| name.trim().eq_ignore_ascii_case("authorization"));
    let value = value.map_or(header.expose_secret(), |(_, value)| value).trim();
    match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim().to_owned().into()),
        _ => Err(Refusal::new(
            Exit::Usage,
            "INTERCOM_AUTH_HEADER does not hold a value such as \"Bearer …\"; put the token alone into INTERCOM_ACCESS_TOKEN.",
        )),
    }
}

/// Whether a person can be asked: keys come from a terminal, and questions reach one.
pub(super) fn somebody_is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Whether a console can be shown: both ends are a terminal, and one that can move its cursor.
pub fn check_terminal() -> Result<(), Refusal> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Refusal::new(
            Exit::Usage,
            "Switchboard needs a terminal for its console, and its input or output is not one; run it without a pipe.",
        ));
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return Err(Refusal::new(
            Exit::Usage,
            "This terminal says it is \"dumb\" (TERM=dumb) and cannot show a console; use a terminal that can move its cursor, or set TERM.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_header_value_holds_its_token() {
        for header in ["Bearer to.k-en", "bearer  to.k-en ", "Authorization: Bearer to.k-en"] {
            let token = bearer(&header.to_owned().into()).unwrap();
            assert_eq!(token.expose_secret(), "to.k-en", "{header}");
        }
        for header in ["to.k-en", "Basic eDp5", "Authorization: Basic eDp5"] {
            let refusal = bearer(&header.to_owned().into()).unwrap_err();
            assert!(!refusal.words().contains("eDp5") && !refusal.words().contains("to.k-en"));
        }
    }
}
