//! What the environment says. Owns the names of the variables; refuses to print what they hold.

use std::io::IsTerminal;

use secrecy::SecretString;

use super::exit::{Exit, Refusal};
use crate::session::StartError;
use crate::session::auth::Account;
use crate::session::secrets::Secrets;

/// A variable's value without the blanks around it. Blank counts as unset.
pub(super) fn set(name: &str) -> Option<String> {
    let value = std::env::var(name).ok()?;
    (!value.trim().is_empty()).then(|| value.trim().to_owned())
}

/// What the environment says that we are.
#[derive(Clone, Debug)]
pub(super) enum Token {
    /// A bearer token, and the variable it stands in.
    Bearer(&'static str, SecretString),
    /// The whole value of the header.
    Header(SecretString),
}

impl Token {
    /// The account of this token.
    ///
    /// # Errors
    /// When it has characters that no header can carry.
    pub(super) fn account(&self, secrets: &Secrets) -> Result<Account, StartError> {
        match self {
            Self::Bearer(variable, token) => Account::bearer_of(variable, token, secrets),
            Self::Header(value) => Account::header(value, secrets),
        }
    }
}

/// The token from the environment: `INTERCOM_ACCESS_TOKEN`, else `SWITCHBOARD_TOKEN`, else the whole header value in
/// `INTERCOM_AUTH_HEADER`, as bridges use it. Never from the command line, where every user of the machine could read it.
pub(super) fn token() -> Option<Token> {
    let bearer = |name| set(name).map(|token| Token::Bearer(name, token.into()));
    let header = || set("INTERCOM_AUTH_HEADER").map(|header| Token::Header(value(&header).to_owned().into()));
    bearer("INTERCOM_ACCESS_TOKEN").or_else(|| bearer("SWITCHBOARD_TOKEN")).or_else(header)
}

/// A header's value, also where its name was written too.
fn value(header: &str) -> &str {
    let named = header.split_once(':').filter(|(name, _)| name.trim().eq_ignore_ascii_case("authorization"));
    named.map_or(header, |(_, value)| value).trim()
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
    fn a_whole_header_is_its_value() {
        for header in ["Bearer a:b", "Authorization: Bearer a:b", "authorization:Bearer a:b "] {
            assert_eq!(value(header), "Bearer a:b", "{header}");
        }
        let token = Token::Header("Bearer a:b".to_owned().into());
        assert!(!format!("{token:?}").contains("a:b"));
    }
}
