//! A pair of tokens and how long it lasts. Owns expiry; refuses to know where pairs are kept or renewed.

use http::HeaderValue;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Authorization;
use super::registration::Identity;

/// Renewed this long before the end, at most; seconds.
const EARLY: i64 = 60;

/// An access token with all that is needed to renew it without asking anybody anything. Has no `Debug`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Tokens {
    pub(super) access: String,
    pub(super) refresh: Option<String>,
    /// When it was received, Unix seconds.
    pub(super) received: i64,
    /// When the access token ends, Unix seconds by this machine's clock; none when the server did not say.
    pub(super) expires: Option<i64>,
    /// What was granted; what was asked for where the server did not say.
    pub(super) scopes: Vec<String>,
    /// What was asked for.
    pub(super) asked: Vec<String>,
    /// When a person signed in, Unix seconds.
    pub(super) since: i64,
    /// Where it came from; none for a token that was typed, or that is another program's.
    pub(super) grant: Option<Grant>,
}

/// Where tokens came from, as it was at that time.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Grant {
    pub(super) issuer: String,
    /// The token endpoint.
    pub(super) token: String,
    /// The revocation endpoint.
    pub(super) revoke: Option<String>,
    /// `resource`, as it was sent.
    pub(super) resource: Option<String>,
    /// Who asked.
    pub(super) client: Identity,
}

/// What a token endpoint gave.
pub(super) struct Granted {
    pub(super) access: String,
    pub(super) refresh: Option<String>,
    /// Seconds.
    pub(super) lifetime: Option<i64>,
    pub(super) scopes: Option<Vec<String>>,
}

impl Granted {
    /// Out of a reply; none when there is no bearer token in it.
    pub(super) fn of(reply: &Value) -> Option<Self> {
        let text = |name: &str| reply.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let bearer = text("token_type").is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
        let scopes = text("scope").map(|scope| scope.split_ascii_whitespace().map(str::to_owned).collect());
        let access = text("access_token").filter(|token| bearer && header(token).is_some())?;
        Some(Self { access, refresh: text("refresh_token"), lifetime: lifetime(reply), scopes })
    }
}

impl Tokens {
    /// What a person's sign-in gave.
    pub(super) fn granted(granted: Granted, asked: Vec<String>, grant: Grant, now: i64) -> Self {
        Self {
            access: granted.access,
            refresh: granted.refresh,
            received: now,
            expires: granted.lifetime.map(|seconds| now.saturating_add(seconds)),
            scopes: granted.scopes.unwrap_or_else(|| asked.clone()),
            asked,
            since: now,
            grant: Some(grant),
        }
    }

    /// What a renewal gave: the old refresh token stays where no new one came.
    pub(super) fn renewed(&self, granted: Granted, now: i64) -> Self {
        Self {
            access: granted.access,
            refresh: granted.refresh.or_else(|| self.refresh.clone()),
            received: now,
            expires: granted.lifetime.map(|seconds| now.saturating_add(seconds)),
            scopes: granted.scopes.unwrap_or_else(|| self.scopes.clone()),
            ..self.clone()
        }
    }

    /// A token that was typed or that belongs to another program.
    pub(super) fn plain(access: String, now: i64, expires: Option<i64>) -> Self {
        Self {
            access,
            refresh: None,
            received: now,
            expires,
            scopes: Vec::new(),
            asked: Vec::new(),
            since: now,
            grant: None,
        }
    }

    /// Whether it should be renewed before it is used again: in its last tenth, or its last minute if that is shorter.
    pub(super) fn is_due(&self, now: i64) -> bool {
        self.expires.is_some_and(|end| {
            let early = (end.saturating_sub(self.received) / 10).clamp(0, EARLY);
            now >= end.saturating_sub(early)
        })
    }

    /// Whether it has ended by this machine's clock.
    pub(super) fn is_over(&self, now: i64) -> bool {
        self.expires.is_some_and(|end| now >= end)
    }

    /// Whether the server says that it ended when it came, which some mean as "I do not know".
    pub(super) fn never_lasts(&self) -> bool {
        self.expires.is_some_and(|end| end <= self.received)
    }

    /// Whether it can be renewed.
    pub(super) fn renews(&self) -> bool {
        self.refresh.is_some() && self.grant.is_some()
    }

    /// What to send; none when no header can carry it.
    pub(super) fn authorization(&self) -> Option<Authorization> {
        header(&self.access)
    }

    /// All that must never be shown.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &str> {
        let client = self.grant.as_ref().and_then(|grant| grant.client.secret.as_deref());
        [Some(self.access.as_str()), self.refresh.as_deref(), client].into_iter().flatten()
    }
}

fn header(token: &str) -> Option<Authorization> {
    let mut value = HeaderValue::from_str(&format!("Bearer {token}")).ok()?;
    value.set_sensitive(true);
    Some(Authorization(value))
}

/// `expires_in` as a number or as digits; below 0 counts as 0.
fn lifetime(reply: &Value) -> Option<i64> {
    let value = reply.get("expires_in")?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cast from float saturates, which is what is wanted"
    )]
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).map(|seconds| seconds as i64);
    number.map(|seconds| seconds.max(0))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(expires_in: &Value) -> Option<i64> {
        Granted::of(&json!({ "access_token": "t", "expires_in": expires_in })).unwrap().lifetime
    }

    #[test]
    fn lifetimes_come_in_many_forms() {
        assert_eq!(of(&json!(3600)), Some(3600));
        assert_eq!(of(&json!("3600")), Some(3600));
        assert_eq!(of(&json!(0)), Some(0));
        assert_eq!(of(&json!(-5)), Some(0));
        assert_eq!(of(&json!(12.9)), Some(12));
        assert_eq!(of(&json!(1e300)), Some(i64::MAX));
        assert_eq!(of(&json!(null)), None);
        assert_eq!(of(&json!("soon")), None);
    }

    #[test]
    fn only_bearer_tokens_that_can_be_sent() {
        assert!(Granted::of(&json!({ "access_token": "t", "token_type": "bearer" })).is_some());
        for bad in [
            json!({ "access_token": "t", "token_type": "DPoP" }),
            json!({ "access_token": "t\n" }),
            json!({ "access_token": "" }),
            json!({}),
            json!([]),
        ] {
            assert!(Granted::of(&bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn due_early_by_a_tenth_or_a_minute() {
        let token = |lifetime: i64| Tokens::plain("t".into(), 1000, Some(1000 + lifetime));
        assert!(!token(3600).is_due(1000 + 3539));
        assert!(token(3600).is_due(1000 + 3540));
        assert!(!token(100).is_due(1089));
        assert!(token(100).is_due(1090) && !token(100).is_over(1099) && token(100).is_over(1100));
        assert!(token(0).is_due(1000) && token(0).is_over(1000));
        assert!(token(0).never_lasts() && !token(1).never_lasts());
        assert!(!Tokens::plain("t".into(), 0, None).is_due(i64::MAX));
    }
}
