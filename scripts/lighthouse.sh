#!/usr/bin/env bash
# Scores of the demo, made from nothing in a folder of its own. PAGES names the pages to measure.
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

for page in ${PAGES:=/}; do
    [ "${page#/}" != "$page" ] || stop "PAGES ska räkna upp sidor som börjar med snedstreck, inte $page."
done
find_python
command -v npm >/dev/null || install_packages "make lighthouse" npm
chromium=$(find_chromium) || { install_packages "make lighthouse" chromium && chromium=$(find_chromium); }
install_npm_tool lighthouse

room=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
    rm -rf "$room"
}
trap finish EXIT

PORT=$("$PYTHON" -c 'import socket
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    print(probe.getsockname()[1])')
export PORT DEMO_DIR=$room/data
scripts/demo.sh serve >"$room/log" 2>&1 &
server=$!
echo "Startar demon på port $PORT …"
until "$PYTHON" -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1])' "http://127.0.0.1:$PORT/" 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || { tail -20 "$room/log" && stop "Demon startade inte."; }
    sleep 1
done

for page in $PAGES; do
    CHROME_PATH=$chromium .tools/node_modules/.bin/lighthouse "http://127.0.0.1:$PORT$page" --quiet \
        --output=json --output-path="$room/report.json" \
        --chrome-flags="--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    "$PYTHON" scripts/lighthouse_summary.py "$page" "$room/report.json"
done
