//! Consents that were given: their codes, their access tokens, their refresh tokens.

use super::super::secret;
use super::{Bounded, Failure};

/// How long a code can be exchanged, in seconds.
const CODE_SECONDS: i64 = 600;
/// The admin everybody signs in as.
const USER: &str = "admin";

/// A consent.
#[derive(Debug, Clone)]
pub(super) struct Consent {
    /// The client it was given to.
    pub(super) client: String,
    /// Where the code was sent.
    pub(super) redirect: String,
    /// The S256 challenge.
    pub(super) challenge: String,
    /// What was asked for.
    pub(super) scope: Option<String>,
}

#[derive(Debug)]
struct Code {
    consent: Consent,
    grant: String,
    until: i64,
    used: bool,
}

#[derive(Debug)]
struct Grant {
    client: String,
    scope: Option<String>,
    /// The refresh token given last.
    newest: String,
    /// The one exchanged for it: good until the newest is used, in case the answer was lost.
    before: Option<String>,
}

#[derive(Debug)]
struct Access {
    grant: String,
    until: i64,
}

/// Tokens as they are handed out.
#[derive(Debug)]
pub(super) struct Tokens {
    /// `user:grant:secret`.
    pub(super) access: String,
    /// The same form.
    pub(super) refresh: String,
    /// What they are good for, as it was asked for.
    pub(super) scope: Option<String>,
}

/// All consents.
#[derive(Debug)]
pub(super) struct Grants {
    codes: Bounded<Code>,
    live: Bounded<Grant>,
    access: Bounded<Access>,
}

impl Grants {
    /// Room for `most` consents.
    pub(super) fn new(most: usize) -> Self {
        Self { codes: Bounded::new(most), live: Bounded::new(most), access: Bounded::new(most * 10) }
    }

    /// A code for a consent given at `now`.
    pub(super) fn agree(&mut self, consent: Consent, now: i64) -> String {
        let grant = secret::name();
        let code = token(&grant);
        self.codes.insert(code.clone(), Code { consent, grant, until: now + CODE_SECONDS, used: false });
        code
    }

    /// Exchanges a code, once.
    ///
    /// # Errors
    /// `invalid_grant`; a code that comes twice takes back what it opened the first time.
    pub(super) fn exchange(
        &mut self,
        asked: &Exchange<'_>,
        now: i64,
        seconds: u32,
    ) -> Result<Tokens, Failure> {
        let invalid = |why: &str| Failure::new("invalid_grant", why);
        let code = self.codes.get_mut(asked.code).ok_or_else(|| invalid("The code is not known"))?;
        if code.consent.client != asked.client {
            return Err(invalid("The code was given to another client"));
        }
        if code.used {
            let grant = code.grant.clone();
            self.forget(&grant);
            return Err(invalid("The code was used before"));
        }
        if now >= code.until {
            return Err(invalid("The code has expired"));
        }
        if asked.redirect != Some(code.consent.redirect.as_str()) {
            return Err(invalid("redirect_uri is not the one the code was sent to"));
        }
        if secret::challenge(asked.verifier) != code.consent.challenge {
            return Err(invalid("code_verifier does not match the challenge"));
        }
        code.used = true;
        let (id, consent) = (code.grant.clone(), code.consent.clone());
        let tokens = self.hand_out(&id, consent.scope.clone(), now, seconds);
        let newest = tokens.refresh.clone();
        self.live.insert(id, Grant { client: consent.client, scope: consent.scope, newest, before: None });
        Ok(tokens)
    }

    /// Exchanges a refresh token for new tokens.
    ///
    /// # Errors
    /// `invalid_grant`.
    pub(super) fn refresh(
        &mut self,
        given: &str,
        client: &str,
        now: i64,
        seconds: u32,
    ) -> Result<Tokens, Failure> {
        let invalid = |why: &str| Failure::new("invalid_grant", why);
        let id = grant_of(given).ok_or_else(|| invalid("The refresh token is not known"))?.to_owned();
        let grant = self.live.get(&id).ok_or_else(|| invalid("The refresh token is not known"))?;
        if grant.client != client {
            return Err(invalid("The refresh token was given to another client"));
        }
        if grant.newest != given && grant.before.as_deref() != Some(given) {
            return Err(invalid("The refresh token is not known"));
        }
        let scope = grant.scope.clone();
        let tokens = self.hand_out(&id, scope, now, seconds);
        if let Some(grant) = self.live.get_mut(&id) {
            grant.before = Some(given.to_owned());
            grant.newest.clone_from(&tokens.refresh);
        }
        Ok(tokens)
    }

    fn hand_out(&mut self, grant: &str, scope: Option<String>, now: i64, seconds: u32) -> Tokens {
        let tokens = Tokens { access: token(grant), refresh: token(grant), scope };
        let until = now.saturating_add(i64::from(seconds));
        self.access.insert(tokens.access.clone(), Access { grant: grant.to_owned(), until });
        tokens
    }

    /// Whether an access token is good at `now`.
    pub(super) fn opens(&self, token: &str, now: i64) -> bool {
        self.access.get(token).is_some_and(|access| now < access.until)
    }

    /// Takes a token back for its client: an access token alone, a refresh token with all that came of its consent.
    /// Whether there was one.
    ///
    /// # Errors
    /// `invalid_grant` for another client's token.
    pub(super) fn revoke(&mut self, given: &str, client: &str) -> Result<bool, Failure> {
        let Some(id) = grant_of(given).map(str::to_owned) else { return Ok(false) };
        let Some(grant) = self.live.get(&id) else { return Ok(false) };
        if grant.client != client {
            return Err(Failure::new("invalid_grant", "The token was given to another client"));
        }
        if grant.newest == given || grant.before.as_deref() == Some(given) {
            self.forget(&id);
            return Ok(true);
        }
        Ok(self.access.remove(given).is_some())
    }

    /// Takes back everything a client has.
    pub(super) fn forget_client(&mut self, client: &str) {
        self.codes.retain(|code| code.consent.client != client);
        self.live.retain(|grant| grant.client != client);
        let live = &self.live;
        self.access.retain(|access| live.get(&access.grant).is_some());
    }

    /// Takes all access tokens back.
    pub(super) fn expire(&mut self) {
        self.access.retain(|_| false);
    }

    /// Takes everything back.
    pub(super) fn clear(&mut self) {
        self.codes.retain(|_| false);
        self.live.retain(|_| false);
        self.expire();
    }

    fn forget(&mut self, id: &str) {
        self.live.remove(id);
        self.access.retain(|access| access.grant != id);
    }
}

/// What comes with a code.
#[derive(Debug)]
pub(super) struct Exchange<'a> {
    /// The code.
    pub(super) code: &'a str,
    /// Who brings it.
    pub(super) client: &'a str,
    /// Where it says it was sent.
    pub(super) redirect: Option<&'a str>,
    /// What the challenge was made of.
    pub(super) verifier: &'a str,
}

fn token(grant: &str) -> String {
    format!("{USER}:{grant}:{}", secret::secret())
}

fn grant_of(token: &str) -> Option<&str> {
    token.split(':').nth(1)
}
