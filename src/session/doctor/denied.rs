//! Replies that refuse the sign-in: which of them, and what the person can do about it. Owns these words.

use url::Url;

use super::case::{Case, elsewhere, of_fault, region};
use super::status::{No, now, said};
use super::trouble::Trouble;
use crate::domain::account::Origin;
use crate::domain::examination::Rung;
use crate::domain::link::Region;

/// Intercom's names for the permissions a token needs (intercom-mcp 8.2).
const PERMISSIONS: &str =
    "\"Read and list users and companies\", \"Read conversations\", \"Read and Write Articles\"";

/// 401.
pub(super) fn unauthorized(case: &Case) -> Trouble {
    let host = &case.host;
    let refused = |cause, sentence: String, hint: String| Trouble::new(Rung::SignIn, cause, sentence, hint);
    if !case.signed {
        if let Some(fault) = &case.account {
            return of_fault(Rung::SignIn, "sign-in-failed", fault);
        }
        return refused(
            "no-sign-in",
            format!("{host} wants a sign-in and there is none."),
            "Run `switchboard login`, or put an Intercom access token into INTERCOM_ACCESS_TOKEN.".to_owned(),
        );
    }
    if let Some(trouble) = other_region(case) {
        return trouble;
    }
    let ended = case.standing.until.is_some_and(|until| until <= now());
    if case.standing.origin == Origin::McpRemote {
        return refused(
            "mcp-remote-expired",
            format!("{host} no longer takes the sign-in that mcp-remote has stored (401)."),
            "It is only read here, never renewed. Run `switchboard login` for a sign-in of this program's own, or start \
             mcp-remote once so that it renews its own."
                .to_owned(),
        );
    }
    if ended {
        let hint = if case.standing.renews {
            "It is renewed when the console connects: reconnect. If that does not help, run `switchboard login`."
        } else {
            "Run `switchboard login` to sign in again."
        };
        return refused(
            "sign-in-expired",
            format!("The sign-in for {host} has run out (401)."),
            with_clock(hint.to_owned(), case),
        );
    }
    let by = case.standing.origin.words();
    let hint = match case.standing.origin {
        Origin::Environment => {
            "Check the token in the environment (INTERCOM_ACCESS_TOKEN or SWITCHBOARD_TOKEN): it may be \
                                mistyped, deleted or made for another workspace."
                .to_owned()
        }
        Origin::None | Origin::Keyring | Origin::File | Origin::McpRemote if case.standing.renews => {
            "The console renews it by itself: reconnect. If that does not help, run `switchboard login`."
                .to_owned()
        }
        Origin::None | Origin::Keyring | Origin::File | Origin::McpRemote => {
            "Run `switchboard login` to sign in again.".to_owned()
        }
    };
    let hint = if case.region == Region::Other {
        hint
    } else {
        format!("{hint} A workspace in the other region is not known here ({}).", elsewhere(case.region))
    };
    refused("sign-in-refused", format!("{host} refused the sign-in by {by} (401)."), with_clock(hint, case))
}

fn with_clock(hint: String, case: &Case) -> String {
    match case.clock() {
        Some(clock) => format!("{clock}: set it first. {hint}"),
        None => hint,
    }
}

/// 403.
pub(super) fn forbidden(no: &No<'_>, case: &Case) -> Trouble {
    let host = &case.host;
    let challenge = no.headers.get_all(http::header::WWW_AUTHENTICATE);
    let challenge: String = challenge.iter().filter_map(|value| value.to_str().ok()).collect();
    if challenge.contains("insufficient_scope") {
        let scope = challenge.split("scope=\"").nth(1).and_then(|rest| rest.split('"').next());
        let named = scope.map(|scope| format!(" ({scope})")).unwrap_or_default();
        return Trouble::new(
            Rung::SignIn,
            "missing-scope",
            format!("{host} knows us, but the sign-in lacks a permission{named}."),
            format!(
                "Sign in again with `switchboard login`, or give the token in Intercom's Developer Hub: {PERMISSIONS}."
            ),
        );
    }
    if no.kind == "text/html" {
        return Trouble::new(
            Rung::Http,
            "blocked",
            format!("A web page instead of {host}'s MCP server refused access (403)."),
            "A firewall, proxy or bot filter stands between: ask the network's administrator, or try another network.",
        );
    }
    let region = if case.region == Region::Other {
        String::new()
    } else {
        format!(" A workspace in the other region must use the other address ({}).", elsewhere(case.region))
    };
    Trouble::new(
        Rung::SignIn,
        "forbidden",
        format!("{host} refused access (403){}", said(no.words)),
        format!(
            "The sign-in lacks a permission, or this network is not allowed in: check the token's permissions.{region}"
        ),
    )
}

/// A sign-in that Intercom's server of the other region gave.
fn other_region(case: &Case) -> Option<Trouble> {
    let issuer = Url::parse(case.standing.issuer.as_str()).ok()?;
    let from = region(&issuer);
    if from == Region::Other || case.region == Region::Other || from == case.region {
        return None;
    }
    Some(Trouble::new(
        Rung::SignIn,
        "wrong-region",
        format!("{} refused a sign-in that was made in Intercom's other region (401).", case.host),
        format!("Use the address of the region where the workspace is ({}).", elsewhere(case.region)),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::Standing;
    use crate::domain::call::{Fault, FaultKind};
    use crate::domain::text::Clean;
    use crate::domain::time::Unix;

    fn case(address: &str, standing: Standing) -> Case {
        Case { signed: true, standing, ..Case::of(&address.parse().unwrap()) }
    }

    #[test]
    fn what_was_refused_decides_what_to_do() {
        let us = "https://mcp.intercom.com/mcp";
        let of = |origin, until: Option<i64>, issuer: &str| Standing {
            origin,
            until: until.map(Unix),
            issuer: Clean::line(issuer),
            ..Standing::default()
        };
        let table = [
            (of(Origin::McpRemote, Some(1), ""), "mcp-remote-expired", "start mcp-remote once"),
            (of(Origin::Keyring, Some(1), us), "sign-in-expired", "switchboard login"),
            (of(Origin::Keyring, Some(i64::MAX), us), "sign-in-refused", "mcp.eu.intercom.com"),
            (of(Origin::Environment, None, ""), "sign-in-refused", "INTERCOM_ACCESS_TOKEN"),
            (
                of(Origin::File, None, "https://mcp.eu.intercom.com"),
                "wrong-region",
                "mcp.eu.intercom.com/mcp",
            ),
        ];
        for (standing, cause, remedy) in table {
            let trouble = unauthorized(&case(us, standing));
            assert_eq!((trouble.cause, trouble.rung), (cause, Rung::SignIn));
            assert!(trouble.hint.contains(remedy), "{}", trouble.hint);
        }
    }

    #[test]
    fn a_sign_in_that_could_not_be_renewed_says_why() {
        let fault = Fault::new(FaultKind::SignIn, "It could not be renewed.", "Sign in again.");
        let case =
            Case { signed: false, account: Some(fault), ..case("https://a.example", Standing::default()) };
        let trouble = unauthorized(&case);
        assert_eq!((trouble.cause, trouble.hint.as_str()), ("sign-in-failed", "Sign in again."));
    }
}
