//! How this program introduces itself to authorization servers. Owns who may be told a client id and its secret: they are
//! somebody's own, for one server, and go to no other.

use secrecy::SecretString;
use url::Url;

use super::environment;
use super::exit::{Exit, Refusal};
use super::place::US_ENDPOINT;
use crate::config::Config;
use crate::session::auth::Client;

/// Our introduction, and why it is not whole.
#[derive(Clone, Debug)]
pub(super) struct Introduction {
    /// What there is of it.
    pub(super) client: Client,
    /// The settings file names a secret that is not there. Only who signs in has to know.
    pub(super) missing: Option<Refusal>,
}

/// The introduction at this endpoint. The id and the secret of the settings file go to the file's own address; those of the
/// environment also to one that was `named` on the command line.
pub(super) fn introduction(config: &Config, endpoint: &Url, named: bool) -> Introduction {
    let oauth = &config.oauth;
    let configured = config.url.as_ref().map_or(US_ENDPOINT, Url::as_str) == endpoint.as_str();
    let set = |name: &str| environment::set(name).filter(|_| configured || named);
    let id = set("SWITCHBOARD_CLIENT_ID").or_else(|| oauth.client_id.clone().filter(|_| configured));
    let given = set("SWITCHBOARD_CLIENT_SECRET").map(SecretString::from);
    let variable = oauth.client_secret_env.as_deref().filter(|_| configured && given.is_none());
    let kept = variable.and_then(environment::set).map(SecretString::from);
    let missing = variable.filter(|_| kept.is_none()).map(missing);
    let client = Client {
        id,
        secret: given.or(kept),
        document: oauth.client_document.clone(),
        port: oauth.callback_port,
    };
    Introduction { client, missing }
}

fn missing(variable: &str) -> Refusal {
    let sentence =
        format!("The settings file says that the client's secret is in ${variable}, and that is not set.");
    Refusal::new(Exit::SignIn, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::OAuth;

    fn config(url: Option<&str>) -> Config {
        let oauth = OAuth {
            client_id: Some("fixed".to_owned()),
            client_secret_env: Some("SWITCHBOARD_TEST_NEVER_SET".to_owned()),
            ..OAuth::default()
        };
        Config { url: url.map(|url| Url::parse(url).unwrap()), oauth, ..Config::default() }
    }

    fn told(config: &Config, endpoint: &str) -> (Option<String>, bool) {
        let told = introduction(config, &Url::parse(endpoint).unwrap(), true);
        (told.client.id, told.missing.is_some())
    }

    #[test]
    fn an_id_goes_to_the_address_it_stands_beside() {
        let own = config(Some("https://own.example/mcp"));
        assert_eq!(told(&own, "https://own.example/mcp"), (Some("fixed".to_owned()), true));
        assert_eq!(told(&own, "https://other.example/mcp"), (None, false));
        assert_eq!(told(&own, US_ENDPOINT), (None, false));
        assert_eq!(told(&config(None), US_ENDPOINT), (Some("fixed".to_owned()), true));
        assert_eq!(told(&config(None), "https://other.example/mcp"), (None, false));
    }
}
