//! Where to go: from the command line, the settings file, what is remembered and what is signed in, in this order. Owns the
//! order; refuses to look for anything that an earlier answer made unnecessary.

use url::Url;

use super::arguments::Shared;
use super::exit::{Exit, Refusal};
use super::remembered;
use crate::config::{self, Config, Transport, places};
use crate::domain::account::Row;
use crate::session::client::is_loopback;
use crate::session::{self, Address, auth};

/// Intercom's own endpoint in the US (intercom-mcp 1).
pub(super) const US_ENDPOINT: &str = "https://mcp.intercom.com/mcp";

/// What decides where to go.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The command line.
    pub shared: &'a Shared,
    /// The settings file.
    pub config: &'a Config,
    /// Finds the endpoint that mcp-remote is signed in to, if any.
    pub mcp_remote: fn() -> Option<Url>,
}

/// How a place was come to. It decides who may be sent there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// Its address stands on the command line.
    Address,
    /// Its address, or its program, stands in the settings file.
    File,
    /// Its account was named on the command line.
    Account,
    /// Its account was named in the settings file.
    FileAccount,
    /// It is remembered, or the only one there is.
    Itself,
    /// mcp-remote is signed in there, and nobody else is anywhere.
    McpRemote,
}

/// A place to go.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The account's name; its host unless somebody named it.
    pub(super) name: String,
    pub(super) address: Address,
    pub(super) by: By,
}

impl Place {
    /// Whether a token from the environment may be sent here: to an address that somebody wrote down, else only to Intercom
    /// and to this machine, so that no server gets the token of another. Whoever names an account wants its own sign-in.
    pub(super) fn takes_tokens(&self) -> bool {
        let Address::Http { endpoint, .. } = &self.address else { return false };
        match self.by {
            By::Address | By::File => true,
            By::Account => false,
            By::FileAccount | By::Itself | By::McpRemote => is_intercom(endpoint) || is_loopback(endpoint),
        }
    }
}

fn is_intercom(endpoint: &Url) -> bool {
    let host = endpoint.host_str().unwrap_or_default();
    endpoint.scheme() == "https" && (host == "intercom.com" || host.ends_with(".intercom.com"))
}

/// The place; none when nobody said anything and nobody is signed in anywhere. With a token at hand nothing that is only
/// remembered is looked at.
pub(super) fn place(given: &Given, has_token: bool) -> Result<Option<Place>, Refusal> {
    let Given { shared, config, .. } = given;
    let how = shared.transport.unwrap_or(config.transport);
    let named = shared.account.as_ref();
    if let Some(url) = &shared.url {
        let endpoint = endpoint(url)?;
        let known = || if has_token { None } else { known(&endpoint) };
        let by = if named.is_some() { By::Account } else { By::Address };
        let name = named.cloned().or_else(known);
        return Ok(Some(http(name.as_ref(), endpoint, how, by)));
    }
    if let Some(name) = named {
        return stored(name, how, By::Account).map(Some);
    }
    if let Some(command) = &config.command {
        let name = command.first().cloned().unwrap_or_default();
        return Ok(Some(Place { name, address: Address::Command(command.clone()), by: By::File }));
    }
    if let Some(url) = &config.url {
        let known = || if has_token { None } else { known(url) };
        let name = config.account.clone().or_else(known);
        return Ok(Some(http(name.as_ref(), url.clone(), how, By::File)));
    }
    if let Some(name) = &config.account {
        return stored(name, how, By::FileAccount).map(Some);
    }
    if has_token {
        return Ok(Some(http(None, endpoint(US_ENDPOINT)?, how, By::Itself)));
    }
    Ok(signed_in(given, how))
}

/// Where somebody is signed in: the remembered account, else the newest, else mcp-remote's.
fn signed_in(given: &Given, how: Transport) -> Option<Place> {
    let remembered = remembered::default().and_then(|name| stored(&name, how, By::Itself).ok());
    let newest = || {
        let row = rows().into_iter().max_by_key(|row| row.since)?;
        Some(http(Some(&row.name.to_string()), endpoint(&row.endpoint).ok()?, how, By::Itself))
    };
    let borrowed = || (given.mcp_remote)().map(|endpoint| http(None, endpoint, how, By::McpRemote));
    remembered.or_else(newest).or_else(borrowed)
}

/// A place behind an address.
pub(super) fn http(name: Option<&String>, endpoint: Url, how: Transport, by: By) -> Place {
    let host = || endpoint.host_str().unwrap_or_default().to_owned();
    let host = || endpoint.port().map_or_else(host, |port| format!("{}:{port}", host()));
    let name = name.cloned().unwrap_or_else(host);
    let transport = match how {
        Transport::Auto => session::Transport::Auto,
        Transport::Streamable => session::Transport::Streamable,
        Transport::Sse => session::Transport::Sse,
    };
    Place { name, address: Address::Http { endpoint, transport }, by }
}

/// The accounts that are signed in on this machine.
pub(super) fn rows() -> Vec<Row> {
    places::sign_ins().map(|folder| auth::accounts(&folder)).unwrap_or_default()
}

/// What the account at an address is called when nobody said: the remembered one of those that are signed in there, else the
/// newest; none when nobody is.
fn known(endpoint: &Url) -> Option<String> {
    let rows = rows();
    let here: Vec<_> = rows.iter().filter(|row| row.endpoint.as_str() == endpoint.as_str()).collect();
    let remembered = if here.len() > 1 { remembered::default() } else { None };
    let remembered = here.iter().find(|row| Some(row.name.as_str()) == remembered.as_deref());
    let newest = || here.iter().max_by_key(|row| row.since);
    remembered.or_else(newest).map(|row| row.name.to_string())
}

/// The account of that name that is signed in on this machine.
fn stored(name: &str, how: Transport, by: By) -> Result<Place, Refusal> {
    let rows = rows();
    let Some(row) = rows.iter().find(|row| row.name.as_str() == name) else {
        let refusal =
            Refusal::new(Exit::SignIn, format!("No account called \"{name}\" is signed in on this machine."));
        return Err(refusal
            .hint("`switchboard accounts` lists them; `switchboard login --name NAME --url URL` adds one."));
    };
    Ok(http(Some(&name.to_owned()), endpoint(&row.endpoint)?, how, by))
}

/// An endpoint as it was written.
fn endpoint(written: &str) -> Result<Url, Refusal> {
    let wrong = |why: String| Refusal::new(Exit::Usage, format!("\"{written}\" is no MCP endpoint: {why}."));
    let url = Url::parse(written).map_err(|error| wrong(config::no_address(error)))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("it must begin with http:// or https://".into()));
    }
    if url.password().is_some() {
        let sentence =
            "An address with a password in it is not taken: other people of this machine could read it.";
        return Err(Refusal::new(Exit::Usage, sentence));
    }
    Ok(url)
}

/// A token goes over https only, or stays on this machine.
///
/// # Errors
/// It would go over the network in the clear.
pub(super) fn check_way_for_token(address: &Address) -> Result<(), Refusal> {
    match address {
        Address::Http { endpoint, .. } if endpoint.scheme() != "https" && !is_loopback(endpoint) => {
            let sentence = "A token is not sent over plain http: anybody on the way could read it.";
            Err(Refusal::new(Exit::Usage, sentence).hint("Use the server's https address."))
        }
        Address::Http { .. } | Address::Command(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(shared: &Shared, config: &Config, has_token: bool) -> Result<Option<Place>, Refusal> {
        place(&Given { shared, config, mcp_remote: || None }, has_token)
    }

    fn shared(url: &str) -> Shared {
        Shared { url: Some(url.to_owned()), ..Shared::default() }
    }

    #[test]
    fn the_command_line_beats_the_file() {
        let config = Config { url: Some(Url::parse("http://file/mcp").unwrap()), ..Config::default() };
        let place = at(&shared("http://127.0.0.1:99/mcp"), &config, true).unwrap().unwrap();
        assert_eq!(place.name, "127.0.0.1:99");
        let Address::Http { endpoint, .. } = place.address else { panic!("{:?}", place.address) };
        assert_eq!(endpoint.as_str(), "http://127.0.0.1:99/mcp");
        assert_eq!(at(&Shared::default(), &config, true).unwrap().unwrap().name, "file");
    }

    #[test]
    fn a_bridge_and_the_way_of_talking_come_from_the_file() {
        let command = Some(vec!["npx".to_owned(), "mcp-remote".to_owned()]);
        let config = Config { command: command.clone(), transport: Transport::Sse, ..Config::default() };
        let bridge = at(&Shared::default(), &config, true).unwrap().unwrap();
        assert!(!bridge.takes_tokens());
        assert_eq!(Some(bridge.address), command.map(Address::Command));
        let place = at(&shared("http://x/"), &config, true).unwrap().unwrap();
        assert!(matches!(place.address, Address::Http { transport: session::Transport::Sse, .. }));
    }

    #[test]
    fn what_is_no_endpoint_is_said() {
        for (written, words) in [
            ("ftp://x", "http:// or https://"),
            ("127.0.0.1:9/mcp", "is no MCP endpoint: it must begin with http://"),
            ("http://a:b@x", "password"),
        ] {
            let refusal = at(&shared(written), &Config::default(), false).unwrap_err();
            assert!(refusal.exit == Exit::Usage && refusal.sentence.contains(words), "{}", refusal.sentence);
        }
    }

    #[test]
    fn a_token_goes_where_it_is_meant_to() {
        let takes = |url: &str, by| http(None, Url::parse(url).unwrap(), Transport::Auto, by).takes_tokens();
        for by in [By::FileAccount, By::Itself, By::McpRemote] {
            assert!(takes("https://mcp.eu.intercom.com/mcp", by) && takes("http://127.0.0.1:9/mcp", by));
            for other in [
                "https://mcp.example.com/mcp",
                "https://intercom.com.evil.example/",
                "https://xintercom.com/",
            ] {
                assert!(!takes(other, by), "{other} {by:?}");
            }
            assert!(!takes("http://mcp.intercom.com/mcp", by), "not in the clear");
        }
        assert!(takes("https://mcp.example.com/mcp", By::Address) && takes("https://x.example/", By::File));
        assert!(!takes(US_ENDPOINT, By::Account));
    }

    #[test]
    fn no_token_goes_over_the_network_in_the_clear() {
        let check = |url: &str| {
            let place = http(None, Url::parse(url).unwrap(), Transport::Auto, By::Address);
            check_way_for_token(&place.address).map_err(|refusal| refusal.exit)
        };
        assert_eq!(check("http://mcp.example.com/mcp"), Err(Exit::Usage));
        assert_eq!(check("http://192.168.0.3/mcp"), Err(Exit::Usage));
        for fine in ["https://mcp.example.com/", "http://127.0.0.1:1/", "http://[::1]/", "http://localhost/"]
        {
            assert_eq!(check(fine), Ok(()), "{fine}");
        }
    }
}
