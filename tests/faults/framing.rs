//! Events and bodies in unusual but right forms: line ends, marks, pieces, compression, sizes.

use std::io;

use serde_json::json;

use super::row::{Row, row};
use super::server::{Play, once};
use super::visit::{EVENTS, JSON, Visit};

pub(crate) fn rows() -> Vec<Row> {
    [events(), lines(), pieces(), large(), types()].concat()
}

fn events() -> Vec<Row> {
    const PRIMING: &str = "empty `data:` priming event";
    const DATA: &str = "several `data:` lines; `data:x` without space";
    const BOM: &str = "BOM at stream start";
    const COMMENTS: &str = "comments, keep-alives, `event: ping`";
    vec![
        row(PRIMING, "before the answer", told(|a| format!("id: 1\nretry: 20\ndata:\n\nid: 2\ndata: {a}\n\n"))).write("Written"),
        row(DATA, "one answer over many lines", told(|a| spread(&a))).write("Written"),
        row(DATA, "no space", told(|a| format!("data:{a}\n\n"))).write("Written"),
        row(BOM, "once", told(|a| format!("\u{feff}data: {a}\n\n"))).write("Written"),
        row(COMMENTS, "before and after", told(|a| {
            format!(":\n\n: hello\n\nevent: ping\ndata: not JSON\n\n: more\nevent: message\ndata: {a}\n\n:\n\n")
        }))
        .write("Written"),
        row(COMMENTS, "they keep a slow stream alive", once(|v| Box::pin(kept_alive(v))))
            .limits(|limits, limit| limits.idle_body = limit, 1_200)
            .write("Written"),
    ]
}

/// The first call's answer as this text of a stream.
fn told(text: impl Fn(String) -> String + Send + Sync + 'static) -> Play {
    once(move |v| {
        let text = text(v.answer().to_string());
        Box::pin(async move { v.events(text).await })
    })
}

/// JSON over as many lines as it has commas.
fn spread(answer: &str) -> String {
    let lines: Vec<String> = pretty(answer).lines().map(|line| format!("data: {line}\n")).collect();
    lines.concat() + "\n"
}

fn pretty(answer: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(answer).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

async fn kept_alive(v: &mut Visit) -> io::Result<()> {
    let answer = v.answer();
    v.stream(EVENTS, "").await?;
    for _ in 0..12 {
        tokio::time::sleep(std::time::Duration::from_millis(120)).await;
        v.piece(":\n\n").await?;
    }
    v.event(&answer).await?;
    v.end().await
}

fn lines() -> Vec<Row> {
    const FAULT: &str = "CRLF, LF, lone CR; CR and LF in different chunks";
    let ended =
        |end: &'static str| told(move |a| format!("id: 1{end}event: message{end}data: {a}{end}{end}"));
    vec![
        row(FAULT, "CRLF", ended("\r\n")).write("Written"),
        row(FAULT, "lone CR", ended("\r")).write("Written"),
        row(FAULT, "mixed", told(|a| format!("id: 1\rdata: {a}\r\n\n"))).write("Written"),
        row(FAULT, "CR and LF in different packets", once(|v| Box::pin(torn_lines(v)))).write("Written"),
    ]
}

async fn torn_lines(v: &mut Visit) -> io::Result<()> {
    let answer = pretty(&v.answer().to_string());
    v.stream(EVENTS, "").await?;
    for line in answer.lines() {
        v.piece(format!("data: {line}\r")).await?;
        v.breath().await;
        v.piece("\n").await?;
    }
    v.breath().await;
    v.piece("\r").await?;
    v.breath().await;
    v.piece("\n").await?;
    v.end().await
}

fn pieces() -> Vec<Row> {
    const SPLIT: &str = "UTF-8 character split over chunks";
    const GZIP: &str = "gzip/br body, also on SSE";
    let read = |o: &super::outcome::Outcome| o.body().contains(LETTERS);
    vec![
        row(SPLIT, "in a stream", once(|v| Box::pin(byte_by_byte(v, true))))
            .write("Written")
            .check("every letter", read),
        row(SPLIT, "in a body", once(|v| Box::pin(byte_by_byte(v, false))))
            .write("Written")
            .check("every letter", read),
        row(GZIP, "a body", once(|v| Box::pin(zipped(v, false)))).write("Written"),
        row(GZIP, "a stream, piece by piece", once(|v| Box::pin(zipped(v, true)))).write("Written"),
        row(
            GZIP,
            "br, which was not asked for",
            once(|v| Box::pin(v.reply(200, JSON, "content-encoding: br\r\n", b"\x0b\x02\x80{}\x03"))),
        )
        .read("Refused Protocol: encoded its answer as br")
        .write("Unknown Protocol: encoded its answer as br"),
        row(
            GZIP,
            "a stream as zstd, which was not asked for",
            once(|v| {
                Box::pin(async move {
                    v.stream(EVENTS, "content-encoding: zstd\r\n").await?;
                    v.piece(b"\x28\xb5\x2f\xfd\x00").await?;
                    v.end().await
                })
            }),
        )
        .read("Refused Protocol: encoded its answer as zstd")
        .write("Unknown Protocol: encoded its answer as zstd"),
        row(
            GZIP,
            "an error as br, which was not asked for",
            once(|v| Box::pin(v.reply(500, JSON, "content-encoding: br\r\n", b"\x0b\x02\x80{}\x03"))),
        )
        .read("Refused Server: failed (500)")
        .write("Unknown Server: failed (500)"),
        row(
            GZIP,
            "identity, said aloud",
            once(|v| {
                let answer = v.answer().to_string();
                Box::pin(async move { v.reply(200, JSON, "content-encoding: identity\r\n", answer).await })
            }),
        )
        .write("Written"),
    ]
}

const LETTERS: &str = "日本語 é 👩‍👩‍👧";

async fn byte_by_byte(v: &mut Visit, stream: bool) -> io::Result<()> {
    let answer = v.answer_of(&format!("<p>{LETTERS}</p>")).to_string();
    let text = if stream { format!("data: {answer}\n\n") } else { answer };
    v.stream(if stream { EVENTS } else { JSON }, "").await?;
    let bytes = text.into_bytes();
    let from = bytes.iter().position(|byte| !byte.is_ascii()).unwrap();
    v.piece(&bytes[..from]).await?;
    let to = bytes.iter().rposition(|byte| !byte.is_ascii()).unwrap();
    for byte in &bytes[from..=to] {
        v.piece([*byte]).await?;
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    v.piece(&bytes[to + 1..]).await?;
    v.end().await
}

async fn zipped(v: &mut Visit, stream: bool) -> io::Result<()> {
    let answer = v.answer();
    let header = "content-encoding: gzip\r\n";
    if !stream {
        return v.reply(200, JSON, header, gzip(answer.to_string().as_bytes())).await;
    }
    let bytes = gzip(format!(": hello\n\ndata: {answer}\n\n").as_bytes());
    v.stream(EVENTS, header).await?;
    for piece in bytes.chunks(40) {
        v.piece(piece).await?;
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    v.end().await
}

/// Gzip without compression (RFC 1951 3.2.4, RFC 1952): one stored block of at most 65,535 bytes.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1];
    out.extend(length.to_le_bytes());
    out.extend((!length).to_le_bytes());
    out.extend(bytes);
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    out.extend((!crc).to_le_bytes());
    out.extend(u32::from(length).to_le_bytes());
    out
}

fn large() -> Vec<Row> {
    const TEN: &str = "one 10 MB event or body";
    const ENDLESS: &str = "endless event or body";
    let whole = |o: &super::outcome::Outcome| o.body().len() > 10_000_000;
    let capped = |row: Row| {
        row.limits(|limits, _| limits.max_body = 200_000, 0)
            .read("Refused TooLarge: larger than")
            .write("Unknown TooLarge: larger than")
            .hangs_up()
    };
    vec![
        row(TEN, "event", once(|v| Box::pin(ten(v, true)))).check("all of it came", whole),
        row(TEN, "body", once(|v| Box::pin(ten(v, false)))).check("all of it came", whole),
        capped(row(ENDLESS, "event", once(|v| Box::pin(endless(v, EVENTS, "data: {\"jsonrpc\": \""))))),
        capped(row(ENDLESS, "body", once(|v| Box::pin(endless(v, JSON, "{\"jsonrpc\": \""))))),
        capped(row(ENDLESS, "line that is no field", once(|v| Box::pin(endless(v, EVENTS, "x"))))),
    ]
}

async fn ten(v: &mut Visit, stream: bool) -> io::Result<()> {
    let answer = v.answer_of(&format!("<p>{}</p>", "x".repeat(10_000_000))).to_string();
    let text = if stream { format!("data: {answer}\n\n") } else { answer };
    v.stream(if stream { EVENTS } else { JSON }, "").await?;
    for piece in text.as_bytes().chunks(64 * 1024) {
        v.piece(piece).await?;
    }
    v.end().await
}

/// Goes on until the client hangs up, and a hundred times the cap at most.
async fn endless(v: &mut Visit, kind: &str, start: &str) -> io::Result<()> {
    v.stream(kind, "").await?;
    v.piece(start).await?;
    for _ in 0..1_000 {
        if v.piece("x".repeat(20_000)).await.is_err() {
            break;
        }
    }
    v.hold().await
}

fn types() -> Vec<Row> {
    const FAULT: &str = "`application/json; charset=utf-8`, upper case types";
    let json = |kind: &'static str| {
        once(move |v| {
            let answer = v.answer().to_string();
            Box::pin(async move { v.reply(200, kind, "", answer).await })
        })
    };
    let stream = once(|v| {
        Box::pin(async move {
            let answer = v.answer();
            v.stream("Text/Event-Stream ; charset=UTF-8", "").await?;
            v.event(&answer).await?;
            v.end().await
        })
    });
    let pretty = once(|v| {
        let answer = serde_json::to_string_pretty(&json!(v.answer())).unwrap();
        Box::pin(async move { v.reply(200, JSON, "", answer).await })
    });
    vec![
        row(FAULT, "charset", json("application/json; charset=utf-8")).write("Written"),
        row(FAULT, "upper case", json("APPLICATION/JSON;CHARSET=UTF-8")).write("Written"),
        row(FAULT, "a stream's", stream).write("Written"),
        row(FAULT, "pretty JSON", pretty).write("Written"),
    ]
}
