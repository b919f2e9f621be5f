//! Renews an access token: once for all callers and all processes, for a refresh token is spent once. Owns that order: lock,
//! read again, ask, write, use.

use std::sync::Arc;

use url::Url;

use super::exchange::{self, Denied};
use super::kept::Kept;
use super::store::Record;
use super::tokens::{Grant, Tokens};
use super::{clock, faults, leaving};
use crate::domain::account::Origin;
use crate::domain::call::Fault;

/// The tokens that came in the place of these; none when they cannot be renewed any more. Goes on when the caller does not
/// wait any more: a spent refresh token must not lose what it was spent for.
pub(super) async fn renewed(kept: &Arc<Kept>, old: &Arc<Tokens>) -> Result<Option<Arc<Tokens>>, Fault> {
    let (kept, old) = (Arc::clone(kept), Arc::clone(old));
    let renewing = tokio::spawn(async move { renew(&kept, &old).await });
    renewing.await.unwrap_or_else(|_| Err(faults::local("Renewing the sign-in was broken off.")))
}

async fn renew(kept: &Kept, old: &Tokens) -> Result<Option<Arc<Tokens>>, Fault> {
    let _turn = kept.renewing.lock().await;
    let current = kept.tokens().await;
    if current.as_ref().is_none_or(|tokens| tokens.access != old.access) {
        return Ok(current);
    }
    let _lock = kept.store.lock().await?;
    let current = kept.reread(Some(old)).await;
    let Some(tokens) = current.filter(|tokens| tokens.access == old.access) else {
        return Ok(kept.tokens().await);
    };
    let (Some(grant), Some(refresh)) = (&tokens.grant, &tokens.refresh) else { return Ok(None) };
    let farewells = kept.farewells();
    match spend(kept, grant, refresh).await {
        Ok(granted) => {
            let tokens = tokens.renewed(granted, clock::now());
            keep(kept, tokens, grant, farewells).await.map(Some)
        }
        Err(denied) => give_up(kept, old, grant, denied).await,
    }
}

async fn spend(kept: &Kept, grant: &Grant, refresh: &str) -> Result<super::tokens::Granted, Denied> {
    let Ok(endpoint) = Url::parse(&grant.token) else {
        return Err(Denied::Failed(faults::refused("The kept sign-in cannot be read.")));
    };
    let mut form = vec![("grant_type", "refresh_token"), ("refresh_token", refresh)];
    form.extend(grant.resource.as_deref().map(|resource| ("resource", resource)));
    exchange::spend(&kept.net, &endpoint, &grant.client, &form).await
}

/// On disk first, then in use. When the disk takes nothing it is used all the same, for the old one is spent.
async fn keep(kept: &Kept, tokens: Tokens, grant: &Grant, farewells: u64) -> Result<Arc<Tokens>, Fault> {
    let (record, _) = kept.store.load().await;
    let record = Record { tokens: Some(tokens.clone()), ..record };
    let mut origin = Origin::None;
    if kept.farewells() == farewells {
        origin = kept.store.save(record).await.unwrap_or_default();
    }
    if kept.farewells() != farewells {
        return Err(signed_out(kept, &tokens, grant).await);
    }
    kept.note_renewed(&tokens.access);
    kept.set(Some(tokens), origin).ok_or_else(|| faults::local("The sign-in is gone."))
}

/// A person signed out while these were on their way: nobody keeps them.
async fn signed_out(kept: &Kept, tokens: &Tokens, grant: &Grant) -> Fault {
    kept.store.leave().await;
    // What the server cannot be told ends by itself.
    let _ = leaving::take_back(kept, tokens, grant).await;
    faults::wanted(&kept.host())
}

/// The server said no. What a process without our lock wrote meanwhile is used; else only what failed is dropped.
async fn give_up(
    kept: &Kept,
    old: &Tokens,
    grant: &Grant,
    denied: Denied,
) -> Result<Option<Arc<Tokens>>, Fault> {
    let is_of_client = denied.is_of_client();
    match &denied {
        Denied::Failed(_) => return Err(denied.fault()),
        Denied::Refused(code, _) if code != "invalid_grant" && !is_of_client => return Ok(None),
        Denied::Refused(..) => {}
    }
    let (mut record, origin) = kept.store.load().await;
    if record.tokens.as_ref().is_some_and(|tokens| tokens.access != old.access) {
        return Ok(kept.set(record.tokens, origin));
    }
    record.tokens = None;
    if is_of_client {
        record.registrations.retain(|one| one.issuer != grant.issuer || one.client != grant.client);
    }
    // When this cannot be written, the next one to try is told the same by the server.
    let _ = kept.store.save(record).await;
    kept.set(None, Origin::None);
    Ok(None)
}
