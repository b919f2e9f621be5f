//! The doctor: walks the ladder from the name to one read, tells each rung as it is tried, and names the cause and the next
//! step where it breaks. Owns probes of its own, so that it sees what the session hides; refuses to write anything and to
//! call any tool that is not known to be a read. Its verdict comes within 5 s.

mod bridge;
mod budget;
mod case;
mod client;
mod denied;
mod era;
mod events;
mod exchange;
mod greeting;
mod ladder;
mod legacy;
mod message;

mod reach;
mod reads;
mod silent;
mod status;
mod streamable;
mod talk;
#[cfg(test)]
mod tests;
mod tls;
mod tools;
mod trouble;

use std::path::PathBuf;

use tokio::time::timeout;
use url::{Host, Url};

use super::auth::Account;
use super::proxy;
use super::tap::Tap;
use super::{Address, Limits, Transport};
use crate::domain::call::{Fault, FaultKind};
use crate::domain::examination::{Finding, Rung, Verdict};
use bridge::Bridge;
use budget::Budget;
use case::{Case, Told};
use exchange::Http;
use ladder::Ladder;
use message::Message;
use proxy::{Environment, Route};
use reach::Target;
use talk::{Talk, Way};
use trouble::Trouble;

/// Whom to examine: where a session would go, and as whom.
#[derive(Clone, Debug)]
pub struct Patient {
    /// Where, and by which way of talking.
    pub address: Address,
    /// As whom. Its token goes to the endpoint's own origin and nowhere else; it is used as it is, no sign-in is started.
    pub account: Account,
    /// Time limits; the doctor's own are shorter, and hold where these are longer.
    pub limits: Limits,
    /// Overhears the probes, and knows the secrets.
    pub tap: Tap,
    /// Where what is learnt of servers is remembered. Not written here.
    pub memory: Option<PathBuf>,
}

/// Examines a patient. `tell` gets every rung exactly once, lowest first, as it is tried; what comes above a rung that broke
/// is told as skipped. True when nothing was bad. Ends within 5 s.
pub async fn examine(patient: Patient, tell: impl Fn(Finding) + Send + Sync) -> bool {
    examine_in(patient, &|name| std::env::var(name).ok(), &tell).await
}

async fn examine_in(
    patient: Patient,
    environment: &Environment<'_>,
    tell: &(dyn Fn(Finding) + Send + Sync),
) -> bool {
    let mut ladder = Ladder::new(tell, patient.tap.secrets().clone());
    match patient.address.clone() {
        Address::Http { endpoint, transport } => {
            at_address(&patient, endpoint, transport, environment, &mut ladder).await;
        }
        Address::Command(words) => by_command(&patient, &words, &mut ladder).await,
    }
    ladder.sound
}

async fn at_address(
    patient: &Patient,
    mut endpoint: Url,
    transport: Transport,
    environment: &Environment<'_>,
    ladder: &mut Ladder<'_>,
) {
    // Credentials in an address would be sent by themselves; the account is the only way to sign in.
    let _ = endpoint.set_username("");
    let _ = endpoint.set_password(None);
    endpoint.set_fragment(None);
    let mut case = Case::of(&endpoint);
    let budget = Budget::new();
    let route = proxy::route(&endpoint, environment);
    let way = async {
        reach(patient, &endpoint, &route, budget, ladder, &mut case).await?;
        let http = ready(patient, endpoint, &route, budget, &mut case).await?;
        greeting::greet(http, &mut case, transport, ladder).await
    };
    match way.await {
        Ok(way) => upstairs(Talk::new(way), case, ladder).await,
        Err(trouble) => ladder.stop(&trouble, &case),
    }
}

/// Name and connection.
async fn reach(
    patient: &Patient,
    endpoint: &Url,
    route: &Route,
    budget: Budget,
    ladder: &mut Ladder<'_>,
    case: &mut Case,
) -> Result<(), Trouble> {
    let target = match route {
        Route::Unusable(variable) => return Err(unusable(variable)),
        Route::Through(proxy) => {
            case.proxy = Some(proxy.shown());
            Target { host: proxy.host(), port: proxy.port(), proxy: Some(proxy.variable) }
        }
        Route::Straight | Route::Exempt => Target {
            host: endpoint.host_str().unwrap_or_default(),
            port: endpoint.port_or_known_default().unwrap_or(443),
            proxy: None,
        },
    };
    let limit = budget.of(budget::NAME, patient.limits.connect);
    let addresses = reach::look_up(target, limit).await?;
    ladder.tell(&match (&case.proxy, target.proxy) {
        (Some(proxy), Some(variable)) => Told::notice(
            "proxy",
            format!("{} is reached through the proxy {proxy}, which {variable} names.", case.host),
            "Nothing is to be done while it works; hosts in NO_PROXY go straight.",
        ),
        _ if matches!(endpoint.host(), Some(Host::Domain(_))) => {
            Told::good(format!("{} is found at {}.", target.host, addresses[0].ip()))
        }
        _ => Told::good("The address is given in numbers, so there is no name to look up."),
    });
    let limit = budget.of(budget::TCP, patient.limits.connect);
    let taken = reach::connect(target, &addresses, limit).await?;
    ladder.tell(&Told::good(format!("Connected to {taken}.")));
    Ok(())
}

fn unusable(variable: &str) -> Trouble {
    Trouble::new(
        Rung::Name,
        "proxy-unusable",
        format!("The proxy that {variable} names cannot be used: only http:// and https:// proxies can."),
        format!("Correct {variable} in the environment, or unset it where no proxy is needed."),
    )
}

/// What is needed to send: a client, and whoever we are.
async fn ready(
    patient: &Patient,
    endpoint: Url,
    route: &Route,
    budget: Budget,
    case: &mut Case,
) -> Result<Http, Trouble> {
    let limits = patient.limits.clone();
    let client = client::client(&endpoint, route, budget.of(budget::TLS, limits.connect))?;
    let renewed = timeout(budget.of(budget::SIGN_IN, limits.headers), patient.account.authorization()).await;
    let authorization = renewed.unwrap_or_else(|_| Err(slow_renewal())).unwrap_or_else(|fault| {
        case.account = Some(fault);
        None
    });
    case.standing = patient.account.standing();
    case.signed = authorization.is_some();
    let tap = patient.tap.clone();
    Ok(Http { client, endpoint, authorization, tap, limits, budget })
}

fn slow_renewal() -> Fault {
    Fault::new(
        FaultKind::TimedOut,
        "The sign-in has to be renewed first, and that takes longer than this examination can wait.",
        "It goes on by itself: try again in a moment. If it stays so, run `switchboard login`.",
    )
}

/// From the session to one read, and the end of it.
async fn upstairs(mut talk: Talk, mut case: Case, ladder: &mut Ladder<'_>) {
    ladder.climb(Rung::Tools, &case);
    talks(&mut talk, &mut case, ladder).await;
    talk.end(&case).await;
}

async fn talks(talk: &mut Talk, case: &mut Case, ladder: &mut Ladder<'_>) {
    let listed = tools::list(talk, case).await;
    let told = listed.as_ref().map_err(Clone::clone).and_then(|listed| tools::told(listed, case));
    let told = told.map(|told| found_again(told, talk, case));
    if !ladder.settle(Rung::Tools, told, case) {
        return;
    }
    let before = talk.lost;
    let tried = reads::attempt(talk, case, &listed.unwrap_or_default()).await;
    if ladder.settle(Rung::Scopes, tried.scopes, case) {
        let lost_now = talk.lost != before;
        let read = tried.read.map(|told| if lost_now { found_again(told, talk, case) } else { told });
        ladder.settle(Rung::Read, read, case);
    }
}

/// A session that was lost on the way, and opened anew.
fn found_again(told: Told, talk: &Talk, case: &Case) -> Told {
    let Some(lost) = talk.lost.filter(|_| told.verdict == Verdict::Good) else { return told };
    let code = if lost == "session-lost-404" { 404 } else { 400 };
    Told::notice(
        lost,
        format!("{} {} forgot the session at once ({code}), and a new one worked.", told.sentence, case.host),
        "The console does the same by itself. If it happens often, tell the server's owner.",
    )
}

async fn by_command(patient: &Patient, words: &[String], ladder: &mut Ladder<'_>) {
    let host = words.first().cloned().unwrap_or_default();
    let mut case = Case { host, command: true, ..Case::default() };
    patient.tap.secrets().learn_command(words);
    ladder.climb(Rung::Protocol, &case);
    let bridge = Bridge::start(words, patient.tap.clone(), Budget::new(), patient.limits.dial);
    let greeted = match bridge {
        Ok(mut bridge) => greet_bridge(&mut bridge, &mut case).await.map(|()| bridge),
        Err(trouble) => Err(trouble),
    };
    match greeted {
        Ok(bridge) => upstairs(Talk::new(Way::Bridge(Box::new(bridge))), case, ladder).await,
        Err(trouble) => ladder.stop(&trouble, &case),
    }
}

async fn greet_bridge(bridge: &mut Bridge, case: &mut Case) -> Result<(), Trouble> {
    let result = bridge.ask(&Message::initialize(1)).await?;
    era::agree(&result, "its input and output (stdio)", case)?;
    bridge.ask(&Message::initialized()).await?;
    case.session = Some(Told::good("A session is open: it lives as long as the program."));
    Ok(())
}
