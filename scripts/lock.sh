#!/usr/bin/env bash
# scripts/lock.sh [flags of uv pip compile]
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

find_python
# Apart from .venv, so that the tool's own needs never mix with the portal's
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
"$PYTHON" -m venv "$room"
"$room/bin/python" -m pip install --quiet --disable-pip-version-check uv
lock() {
    "$room/bin/uv" pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header "$@" pyproject.toml
}
lock "$@" -o requirements.lock
lock "$@" --group dev -o requirements-dev.lock
