#!/usr/bin/env bash
# A morning's walk through the release build in tmux, on the embedded demo, every screen printed: say who one is, open what
# needs one, read, look at the customer and at an article that may answer, deal with each conversation until nothing is left.
# Keyboard only, at most two keys a step (counted). Needs tmux. Run by hand: bash tests/triage.sh [COLSxROWS]
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-80x24}
program=$PWD/target/release/switchboard
home=$(mktemp -d)
steps=0
tmux() { command tmux -L "triage$$" -f /dev/null "$@"; }
trap 'tmux kill-server 2>/dev/null || true; rm -rf "$home"' EXIT

tmux new-session -d -x "${size%x*}" -y "${size#*x}" "env HOME=$home XDG_STATE_HOME=$home XDG_CONFIG_HOME=$home $program --demo"
tmux set -s escape-time 0
screen() { tmux capture-pane -p; }
show() { printf '\n'; screen; }
see() { for _ in $(seq 200); do screen | grep -qF -- "$1" && return; sleep 0.05; done; echo "never came: $1"; show; exit 1; }
step() {
    local words=$1
    shift
    [ $# -le 2 ] || { echo "more than two keys: $words"; exit 1; }
    steps=$((steps + 1))
    printf '\n======== %s: %s\n' "$words" "$*"
    for key in "$@"; do tmux send-keys "$key"; sleep 0.3; done
}

see loaded
show
step 'who one is' m; sleep 0.5; show
step 'the first teammate' Down Enter; sleep 1; show
step 'the views and their counts' v; sleep 6; show
step 'back to the first view' g Enter; see 'Needs me'; sleep 1; show
step 'read the first' Enter; see 'part'; show
step 'the customer' c; sleep 0.7; show
step 'back' Escape; sleep 0.3
step 'does an article answer it' a; sleep 1; show
step 'read the candidate' Enter; sleep 0.7; show
step 'back to the conversation' Escape Escape; sleep 0.3; show
step 'done' d; sleep 0.3; show
step 'the next' J; sleep 0.7; show
step 'put away until tomorrow' w Enter; sleep 0.3; show
step 'back to the list' Escape; sleep 0.5; show
for _ in $(seq 200); do
    screen | grep -q 'Nothing needs you' && break
    step 'done' d
done
see 'Nothing needs you'
show
step 'the views' v; sleep 3; show
printf '\n%s steps, none of more than two keys.\n' "$steps"
