#!/usr/bin/env bash
# The screens of the careful part, from the release build in tmux, as text: reading, outline, editing in Markdown and as HTML,
# review, confirmation, conflict, history. The server runs in a process of its own; a second writer changes the article by
# plain HTTP. Needs tmux, curl and python3. Run by hand: bash tests/screens.sh [COLSxROWS]
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-80x24}
program=$PWD/target/release/switchboard
home=$(mktemp -d)
tmux() { command tmux -L "screens$$" -f /dev/null "$@"; }
trap 'tmux kill-server 2>/dev/null || true; kill "$server" 2>/dev/null || true; rm -rf "$home"' EXIT

"$program" demo-server --port 0 >"$home/server" &
server=$!
until grep -q http "$home/server"; do sleep 0.05; done
url=$(grep -o 'http://[^ ]*' "$home/server")

# Somebody else puts a word into the article: `other OLD NEW`.
other() {
    python3 - "$url" "$@" <<'PYTHON'
import json, sys, urllib.request
url, old, new = sys.argv[1:]
def post(message, session=None):
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    if session:
        headers["Mcp-Session-Id"] = session
    with urllib.request.urlopen(urllib.request.Request(url, json.dumps(message).encode(), headers)) as reply:
        text = reply.read().decode()
        data = [line[5:] for line in text.splitlines() if line.startswith("data:") and line[5:].strip()]
        return reply.headers.get("Mcp-Session-Id"), json.loads(data[-1] if data else text)
def tool(name, arguments):
    message = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
    return json.loads(post(message, session)[1]["result"]["content"][0]["text"])
about = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "other", "version": "1"}}
session = post({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": about})[0]
article = tool("get_article", {"id": "9001071"})
assert old in article["body"], article["body"][:400]
tool("update_article", {"id": "9001071", "body": article["body"].replace(old, new, 1)})
PYTHON
}

tmux new-session -d -x "${size%x*}" -y "${size#*x}" "env HOME=$home XDG_STATE_HOME=$home $program --url $url"
tmux set -s escape-time 0
see() { for _ in $(seq 200); do tmux capture-pane -p | grep -qF -- "$1" && return; sleep 0.05; done; echo "never came: $1"; tmux capture-pane -p; exit 1; }
show() { printf '\n======== %s\n' "$1"; tmux capture-pane -p; }
keys() { for key in "$@"; do tmux send-keys "$key"; sleep 0.15; done; }

see loaded
keys 4; see 'newest change first'
keys / 'departure time' Enter; see 'found for'
keys Enter; see 'You can change the time'; show 'reading'
keys t; sleep 0.3; show 'outline'
keys Escape e; see 'Ctrl-S review'; sleep 0.5; show 'editing, in Markdown'
keys C-Right C-Right ' easily'; sleep 0.8
keys C-t; sleep 0.3; show 'editing, as HTML'
keys C-t C-t M-l; sleep 0.3; show 'what Intercom changes'
keys Escape C-s; see 'the moment it is saved'; sleep 0.5; show 'review, in words'
keys v; sleep 0.3; show 'review, HTML source'
keys v s; see 'Enter does not confirm'; sleep 1; show 'confirmation'
keys Escape Escape
other 'change the time of a sailing' 'change the hour of a sailing'
keys C-s; see 'was changed on the server'; sleep 0.5; show 'conflict'
keys m; sleep 0.3; show 'conflict, decided'
keys C-s; see 'the moment it is saved'; sleep 0.5; show 'review after the merge'
keys s; see 'Enter does not confirm'; sleep 1
for letter in p u b l i s h; do tmux send-keys "$letter"; sleep 0.1; done
see 'Saved. '; show 'saved'
keys H; sleep 0.5; show 'history'
keys Enter; sleep 0.5; show 'one write of the history'
keys Escape Escape
