//! Redirects: followed only where method, body and origin stay, and no token ever goes elsewhere.

use super::row::{Row, row};
use super::server::{Play, always, play};
use super::visit::Visit;

pub(crate) fn rows() -> Vec<Row> {
    const SAME: &str = "307/308 same origin (`/mcp` to `/mcp/`)";
    const GET: &str = "301/302/303 to a POST";
    const OTHER: &str = "redirect to another origin";
    let nobody_there = |row: Row| row.check("nobody came to the other origin", |o| o.elsewhere() == 0);
    let stray = |status: u16, variant: &'static str| {
        nobody_there(
            row(OTHER, variant, to(status, |v| format!("{}/mcp?key=hidden", v.elsewhere())))
                .read("Refused Protocol: sends us elsewhere")
                .write("Unknown Protocol: sends us elsewhere"),
        )
    };
    vec![
        row(SAME, "307", slash(307)).write("Written"),
        row(SAME, "308", slash(308)).write("Written"),
        row(SAME, "308 for ever", always(|v| Box::pin(v.status(308, "location: /mcp\r\n"))))
            .read("Refused Protocol: again and again")
            .then("Refused Protocol: again and again")
            .check("few hops", |o| o.calls() <= 12),
        named(row(GET, "301", to(301, |_| "/elsewhere".to_owned()))),
        named(row(GET, "302", to(302, |_| "/elsewhere".to_owned()))),
        named(row(GET, "303", to(303, |_| "/elsewhere".to_owned()))),
        stray(307, "307"),
        stray(308, "308"),
        stray(302, "302"),
    ]
}

fn named(row: Row) -> Row {
    row.read("Refused Protocol: /elsewhere")
        .write("Unknown Protocol: /elsewhere")
        .check("not followed", |o| o.paths("/elsewhere") == 0)
}

/// Redirects the first call.
fn to(status: u16, target: impl Fn(&Visit) -> String + Send + Sync + 'static) -> Play {
    super::server::once(move |v| {
        let location = format!("location: {}\r\n", target(v));
        Box::pin(async move { v.status(status, &location).await })
    })
}

/// Everything is at `/mcp/`.
fn slash(status: u16) -> Play {
    play(move |v| {
        Box::pin(async move {
            if v.seen.bare_path() == "/mcp" && v.seen.http == "POST" {
                v.status(status, "location: /mcp/\r\n").await
            } else {
                v.usual().await
            }
        })
    })
}
