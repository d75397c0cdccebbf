#!/usr/bin/env bash
# scripts/lint.sh check|fix
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

install_locked requirements-dev.lock
templates() {
    find . -name '.?*' -prune -o -path '*/templates/*.html' -print0
}

if [ "$1" = fix ]; then
    .venv/bin/ruff check --fix .
    .venv/bin/ruff format .
    # djade also ends with 1 when it has put things right
    templates | xargs -0 .venv/bin/djade --target-version 5.2 || true
else
    .venv/bin/ruff check .
    .venv/bin/ruff format --check .
    templates | xargs -0 .venv/bin/djade --target-version 5.2 --check
fi
