//! Who we are for one sign-in, and the callback that belongs to it. Owns that both fit together: a registration is for one
//! callback and for one issuer.

use crate::domain::account::Step;
use crate::domain::call::Fault;
use crate::session::auth::callback::Callback;
use crate::session::auth::discovery::Server;
use crate::session::auth::kept::Kept;
use crate::session::auth::registration::{self, Identity, Registration};
use crate::session::auth::{clock, faults};

/// All that must stand before the browser opens.
pub(super) struct Prepared {
    pub(super) client: Identity,
    pub(super) callback: Callback,
    /// The address of the callback, as the authorization server knows it.
    pub(super) redirect: String,
    /// The registration is not of this sign-in; the server may have forgotten it.
    pub(super) was_used_before: bool,
}

/// Binds the callback and finds or makes the registration. `afresh` passes over the one that there is.
pub(super) async fn prepare(kept: &Kept, server: &Server, afresh: bool) -> Result<Prepared, Fault> {
    let known = registration::known(&kept.options.client, server)?;
    let (record, _) = kept.store.load().await;
    let mut stored = record.registrations.into_iter().filter(|one| one.issuer == server.issuer);
    let stored = stored.next().filter(|_| known.is_none() && !afresh);
    let callback = bind(kept, stored.as_ref()).await?;
    let redirects = callback.redirects();
    if let Some(client) = known {
        let redirect = redirects[0].clone();
        return Ok(Prepared { client, callback, redirect, was_used_before: false });
    }
    let fitting = stored.filter(|one| one.fits(&server.issuer, &redirects, clock::now()));
    let was_used_before = fitting.is_some();
    let registration = if let Some(registration) = fitting {
        Registration { unfinished: true, ..registration }
    } else {
        kept.tell(Step::Registering);
        registration::register(&kept.net, server, &redirects).await?
    };
    keep(kept, registration.clone()).await;
    let Registration { client, redirect, .. } = registration;
    Ok(Prepared { client, callback, redirect, was_used_before })
}

/// The port that was set, else the registered one, else any.
async fn bind(kept: &Kept, stored: Option<&Registration>) -> Result<Callback, Fault> {
    if let Some(port) = kept.options.client.port {
        return Callback::bind(Some(port)).await.map_err(|_| {
            let sentence = format!("Port {port}, which is set for the sign-in, is taken by another program.");
            faults::refused_because(&sentence, "End the other program, or set another port in config.toml.")
        });
    }
    if let Some(port) = stored.and_then(Registration::port)
        && let Ok(callback) = Callback::bind(Some(port)).await
    {
        return Ok(callback);
    }
    let hint = "Check that programs may listen on this machine.";
    let bound = Callback::bind(None).await;
    bound.map_err(|_| faults::refused_because("No port for the sign-in's callback could be had.", hint))
}

/// Keeps it in the place of the issuer's older one. Where it cannot be kept, the next sign-in registers again.
async fn keep(kept: &Kept, registration: Registration) {
    let keeping = kept.store.change(move |record| {
        record.registrations.retain(|one| one.issuer != registration.issuer);
        record.registrations.push(registration);
    });
    let _ = keeping.await;
}
