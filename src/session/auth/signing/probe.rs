//! Asks an endpoint what it wants, for a sign-in that nobody's refusal began.

use serde_json::json;

use crate::domain::call::Fault;
use crate::session::auth::challenge::{self, Challenge};
use crate::session::auth::kept::Kept;
use crate::session::auth::net::As;

/// The challenge of the endpoint; an empty one when it has none. A list of tools is asked for without a session: servers
/// look at the sign-in first, and where they do not, no session is left behind.
pub(super) async fn challenge(kept: &Kept) -> Result<Challenge, Fault> {
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {} });
    let reply = kept.net.json(&kept.options.endpoint, &body, As::Nobody).await?;
    let heard = matches!(reply.status, 401 | 403).then(|| challenge::read(&reply.headers)).flatten();
    Ok(heard.unwrap_or_default())
}
