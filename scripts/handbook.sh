#!/usr/bin/env bash
# Takes the pictures of docs/redaktorshandbok.md anew, of the demo in a folder of its own.
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

install_locked requirements-dev.lock
chromium=$(find_chromium) || { install_packages "make handbook" chromium && chromium=$(find_chromium); }

room=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
    rm -rf "$room"
}
trap finish EXIT

PORT=$(.venv/bin/python -c 'import socket
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    print(probe.getsockname()[1])')
export PORT DEMO_DIR=$room/data DEMO_PASSWORD=en-sluss-vid-fallen
scripts/demo.sh serve >"$room/log" 2>&1 &
server=$!
echo "Startar demon på port $PORT …"
until .venv/bin/python -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1])' "http://127.0.0.1:$PORT/" 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || { tail -20 "$room/log" && stop "Demon startade inte."; }
    sleep 1
done

.venv/bin/python scripts/handbook.py "http://127.0.0.1:$PORT" "$chromium" "$DEMO_PASSWORD"
