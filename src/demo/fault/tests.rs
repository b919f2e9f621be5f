use super::*;

#[test]
fn every_name_reads_and_is_written_back() {
    let samples = [
        "json-replies",
        "no-get",
        "no-mcp",
        "expire-session-after=3",
        "expire-session-400",
        "slow=250",
        "cut-stream-after=4096",
        "silent-stream",
        "keepalive",
        "rate-limit=2/60",
        "server-error-every=5",
        "server-error-once",
        "wrong-region",
        "tools=13",
        "read-only",
        "extra-tool",
        "compact-json",
        "structured",
        "split-text",
        "html-login",
        "not-acceptable",
        "clock-skew=-90",
        "large-thread=500",
        "forbids=articles",
        "resource-metadata",
        "cursor-expires",
        "cursor-repeats",
        "no-totals",
        "document-fetch",
        "rest-2.16",
        "numeric-ids",
        "over-eager-schemas",
        "sse-silent",
        "sse-closes",
    ];
    assert_eq!(samples.len(), Fault::NAMES.len());
    for (written, (form, meaning)) in samples.into_iter().zip(Fault::NAMES) {
        let fault: Fault = written.parse().unwrap();
        assert_eq!(fault.to_string(), written);
        let name = form.split_once('=').map_or(form, |(name, _)| name);
        assert_eq!(fault.name(), name);
        assert!(meaning.len() > 10 && !meaning.contains('\n'));
    }
}

#[test]
fn what_is_no_fault_is_told_why() {
    for (written, reason) in [
        ("nonsense", "there is no fault called \"nonsense\"; `switchboard demo-server --help` lists them"),
        ("", "there is no fault called \"\"; `switchboard demo-server --help` lists them"),
        ("slow", "\"slow\" is not how this fault is written; write it as slow=MS"),
        ("slow=-1", "\"slow=-1\" is not how this fault is written; write it as slow=MS"),
        ("no-get=1", "\"no-get=1\" is not how this fault is written; write it as no-get"),
        ("tools=7", "\"tools=7\" is not how this fault is written; write it as tools=6|13|14"),
        (
            "rate-limit=3",
            "\"rate-limit=3\" is not how this fault is written; write it as rate-limit=N/SECONDS",
        ),
        (
            "rate-limit=3/0",
            "\"rate-limit=3/0\" is not how this fault is written; write it as rate-limit=N/SECONDS",
        ),
        (
            "server-error-every=0",
            "\"server-error-every=0\" is not how this fault is written; write it as server-error-every=N",
        ),
    ] {
        assert_eq!(written.parse::<Fault>().unwrap_err().to_string(), reason);
    }
    for written in ["clock-skew=99999999999999", "large-thread=99999999", "forbids=all"] {
        assert!(matches!(written.parse::<Fault>(), Err(FaultError::Argument { .. })), "{written}");
    }
}
