#!/usr/bin/env bash
# A walk through the release build in tmux, every screen printed: search, read, customer, company; an article found, edited,
# reviewed, cancelled, reviewed again, confirmed, reopened. The server runs in a process of its own and is asked directly
# before and after. Needs tmux and curl. Run by hand: bash tests/walk.sh [COLSxROWS]
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-80x24}
program=$PWD/target/release/switchboard
home=$(mktemp -d)
tmux() { command tmux -L "walk$$" -f /dev/null "$@"; }
trap 'tmux kill-server 2>/dev/null || true; kill "$server" 2>/dev/null || true; rm -rf "$home"' EXIT

"$program" demo-server --port 0 >"$home/server" &
server=$!
until grep -q http "$home/server"; do sleep 0.05; done
url=$(grep -o 'http://[^ ]*' "$home/server")

# The article as the server has it, by plain HTTP.
post() { curl -sS "$url" -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' "$@"; }
on_server() {
    local session
    session=$(post -D - -o /dev/null -d '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"walk","version":"1"}}}' |
        tr -d '\r' | awk 'tolower($1) == "mcp-session-id:" { print $2 }')
    post -H "Mcp-Session-Id: $session" -d '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"get_article","arguments":{"id":"9001071"}}}' |
        grep -o 'You can [a-z]* *[a-z]* the time of a sailing' || echo 'not as it was'
}

tmux new-session -d -x "${size%x*}" -y "${size#*x}" "env HOME=$home XDG_STATE_HOME=$home $program --url $url"
tmux set -s escape-time 0
see() { for _ in $(seq 200); do tmux capture-pane -p | grep -qF -- "$1" && return; sleep 0.05; done; echo "never came: $1"; show; exit 1; }
show() { printf '\n'; tmux capture-pane -p; }
step() { printf '\n======== %s\n' "$1"; shift; for key in "$@"; do tmux send-keys "$key"; sleep 0.15; done; }

see loaded
step 'search state:open' / C-u 'state:open' Enter; see 'state:open'; show
step 'read the first' Enter; see 'part 3 of'; show
step 'its contact' c; sleep 0.5; show
step 'the company' C; sleep 0.5; show
step 'back to the list' Escape Escape Escape; see 'loaded'
step 'articles' 4; see 'newest change first'; show
step 'search a phrase' / 'departure time' Enter; see 'found for'; show
step 'open the first' Enter; see 'You can change the time'; show
step 'edit one word' e; see 'Ctrl-S review'
step '(from "You can" to "You can easily")' C-Right C-Right ' easily'; sleep 0.3; show
step 'review' C-s; see 'the moment it is saved'; show
step 'ask, then cancel' s; see 'Enter does not confirm'; show; tmux send-keys Escape; sleep 0.3
printf '\nThe server after cancelling: %s\n' "$(on_server)"
step 'review again, confirm' s; see 'Enter does not confirm'; sleep 1
for letter in p u b l i s h; do tmux send-keys "$letter"; sleep 0.1; done
see 'Saved'; show
printf '\nThe server after confirming: %s\n' "$(on_server)"
step 'close and reopen' Escape Enter; see 'easily'; show
