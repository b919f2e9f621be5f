//! Signing out: tokens are taken back at the server, the registration too, then everything here is forgotten. What the server
//! cannot be told is said, but never keeps a sign-in alive here.

use super::kept::Kept;
use super::store::Record;
use super::{addresses, exchange, faults, registration};
use crate::domain::call::Fault;

/// Signs out. The fault says what the server may still know; here nothing is left either way.
pub(super) async fn sign_out(kept: &Kept) -> Result<(), Fault> {
    let _turn = kept.renewing.lock().await;
    let lock = kept.store.lock().await;
    let (record, _) = kept.store.load().await;
    let told = tell_server(kept, &record).await;
    kept.store.remove().await;
    drop(lock);
    kept.forget();
    told.map_err(|fault| {
        let sentence = format!("Signed out here, but not at the server. {}", fault.sentence);
        faults::refused_because(&sentence, "End the sign-in in the account's own settings, too.")
    })
}

async fn tell_server(kept: &Kept, record: &Record) -> Result<(), Fault> {
    let tokens = record.tokens.as_ref();
    if let Some((tokens, grant)) = tokens.and_then(|tokens| Some((tokens, tokens.grant.as_ref()?))) {
        let here = addresses::is_loopback(&kept.options.endpoint);
        let endpoint = grant.revoke.as_deref().and_then(|address| addresses::allowed(address, here));
        if let Some(endpoint) = endpoint {
            if let Some(refresh) = &tokens.refresh {
                exchange::revoke(&kept.net, &endpoint, &grant.client, refresh, "refresh_token").await?;
            }
            exchange::revoke(&kept.net, &endpoint, &grant.client, &tokens.access, "access_token").await?;
        }
    }
    for one in &record.registrations {
        registration::remove(&kept.net, one).await?;
    }
    Ok(())
}
