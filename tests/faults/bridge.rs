//! A bridge over standard input and output that misbehaves: small shell programs.

use std::path::Path;

use super::planted::BRIDGED;
use super::row::{Row, row};
use super::server::play;

const FAULT: &str = "anything but JSON-RPC on the bridge's stdout";

/// Reads lines, writes them down, and answers by the method; `$FAULT` stands for what happens to calls.
const PROGRAM: &str = r#"
log=$1
fault=$2
say() { printf '{"jsonrpc":"2.0","id":%s,%s}\n' "$id" "$1"; }
article() {
  say '"result":{"content":[{"type":"text","text":"{\"id\":\"1\",\"title\":\"'"$1"'\",\"description\":\"\",\"body\":\"<p>x</p>\",\"state\":\"draft\"}"}]}'
}
if [ -n "$4" ]; then
  own=planted
  echo "Using headers: {\"Authorization\":\"${4#*: }\",\"X-Own\":\"Bearer $own-own-token\"}" >&2
fi
echo 'starting up, all is well' >&2
if [ "$fault" = banner ]; then echo 'Welcome to the bridge'; echo; fi
while IFS= read -r line; do
  printf '%s\n' "$line" >> "$log"
  id=${line#*\"id\":}
  id=${id%%[,\}]*}
  case $line in
    *'"server/discover"'*)
      case $fault in
        silent) ;;
        *) say '"error":{"code":-32601,"message":"Method not found"}' ;;
      esac ;;
    *'"initialize"'*)
      if [ "$fault" = early ]; then echo '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}'; fi
      if [ "$fault" = gone ]; then exit 3; fi
      say '"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"bridge","version":"1"}}' ;;
    *'"tools/list"'*)
      say '"result":{"tools":[{"name":"get_article","inputSchema":{"type":"object"}},{"name":"update_article","inputSchema":{"type":"object"}}]}' ;;
    *'"tools/call"'*)
      title=T
      case $line in *'"New"'*) title=New ;; esac
      target=$3
      case $line in
        *"\"$target\""*)
          if ! [ -e "$log.first" ]; then
            : > "$log.first"
            case $fault in
              noise) echo 'DEBUG: calling'; echo '{"half": ' ;;
              dies) exit 1 ;;
              mute) continue ;;
            esac
          fi ;;
      esac
      article "$title" ;;
    *'"ping"'*) say '"result":{}' ;;
  esac
done
printf 'end\n' >> "$log"
"#;

fn command(log: &Path, fault: &str, target: &str) -> Vec<String> {
    let log = log.to_string_lossy().into_owned();
    ["/bin/sh", "-c", PROGRAM, "bridge", &log, fault, target].map(str::to_owned).into()
}

/// The same, given something to sign in with, which it tells beside a token of its own.
fn signed_in(log: &Path, fault: &str, target: &str) -> Vec<String> {
    let header = format!("Authorization: Bearer {BRIDGED}");
    [command(log, fault, target), vec![header]].concat()
}

pub(crate) fn rows() -> Vec<Row> {
    let bridge = |variant: &'static str| row(FAULT, variant, play(|v| Box::pin(v.usual())));
    let told = |o: &super::outcome::Outcome| o.seen.iter().any(|seen| seen.text == "end");
    let early = "list_changed before the initialize reply";
    vec![
        bridge("nothing but")
            .program(|log, target| command(log, "none", target))
            .write("Written")
            .check("it saw the end of its input", told),
        bridge("a banner first")
            .program(|log, target| command(log, "banner", target))
            .write("Written")
            .check("it saw the end of its input", told),
        bridge("words between").program(|log, target| command(log, "noise", target)).write("Written"),
        bridge("it dies in a call")
            .program(|log, target| command(log, "dies", target))
            .read("NotSent Unreachable")
            .write("Unknown Unreachable")
            .then("NotSent Offline, Answer || Answer"),
        bridge("it never answers a call")
            .program(|log, target| command(log, "mute", target))
            .limits(|limits, limit| (limits.read_call, limits.write_call) = (limit, limit), 800)
            .read("TimedOut TimedOut")
            .write("Unknown TimedOut"),
        bridge("it ends before the greeting").program(|log, target| command(log, "gone", target)).down(""),
        bridge("it tells what it signs in with")
            .program(|log, target| signed_in(log, "none", target))
            .write("Written"),
        bridge("it ends and tells what it signs in with")
            .program(|log, target| signed_in(log, "gone", target))
            .down("Using headers"),
        bridge("there is no such program").program(|_, _| vec!["/nonexistent/bridge".to_owned()]).down(""),
        row(early, "stdio", play(|v| Box::pin(v.usual())))
            .program(|log, target| command(log, "early", target))
            .write("Written"),
    ]
}
