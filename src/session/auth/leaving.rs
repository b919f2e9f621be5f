//! Signing out: everything here is forgotten first, whatever the server does; then tokens are taken back there, and the
//! registration too. What the server cannot be told is said, but never keeps a sign-in alive here.

use std::time::Duration;

use super::kept::Kept;
use super::store::Record;
use super::tokens::{Grant, Tokens};
use super::{addresses, exchange, faults, registration};
use crate::domain::call::Fault;

/// For a process that renews at this moment, and would bring the sign-in back.
const OTHERS: Duration = Duration::from_secs(2);

/// Signs out. The fault says what the server may still know, or what could not be removed here. From the first moment on
/// nothing is sent any more, and dropping the future stops only the telling.
pub(super) async fn sign_out(kept: &Kept) -> Result<(), Fault> {
    kept.forget();
    let (record, is_gone) = kept.store.leave().await;
    let (later, is_gone_later) = brought_back(kept).await;
    // Who was asked for something between the two may have read it again.
    kept.forget();
    let told = tell_server(kept, &record).await;
    let told_later = tell_server(kept, &later).await;
    if !(is_gone && is_gone_later) {
        return Err(still_here());
    }
    told.and(told_later).map_err(|fault| {
        let sentence = format!("Signed out here, but not at the server. {}", fault.sentence);
        faults::refused_because(&sentence, "End the sign-in in the account's own settings, too.")
    })
}

/// What another process wrote while it was removed here.
async fn brought_back(kept: &Kept) -> (Record, bool) {
    let _lock = tokio::time::timeout(OTHERS, kept.store.lock()).await;
    let (record, _) = kept.store.load().await;
    if record == Record::default() { (record, true) } else { kept.store.leave().await }
}

fn still_here() -> Fault {
    let sentence =
        "You are signed out, but the secret of the sign-in could not be removed from this machine.";
    let hint = "Remove what is called switchboard in the system keyring, and the files of the account in its folder.";
    faults::refused_because(sentence, hint)
}

async fn tell_server(kept: &Kept, record: &Record) -> Result<(), Fault> {
    let tokens = record.tokens.as_ref();
    if let Some((tokens, grant)) = tokens.and_then(|tokens| Some((tokens, tokens.grant.as_ref()?))) {
        take_back(kept, tokens, grant).await?;
    }
    for one in &record.registrations {
        registration::remove(&kept.net, one).await?;
    }
    Ok(())
}

/// Revokes tokens where the server can do that.
pub(super) async fn take_back(kept: &Kept, tokens: &Tokens, grant: &Grant) -> Result<(), Fault> {
    let here = addresses::is_loopback(&kept.options.endpoint);
    let endpoint = grant.revoke.as_deref().and_then(|address| addresses::allowed(address, here));
    let Some(endpoint) = endpoint else { return Ok(()) };
    if let Some(refresh) = &tokens.refresh {
        exchange::revoke(&kept.net, &endpoint, &grant.client, refresh, "refresh_token").await?;
    }
    exchange::revoke(&kept.net, &endpoint, &grant.client, &tokens.access, "access_token").await
}
