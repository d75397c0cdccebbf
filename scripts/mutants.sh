#!/usr/bin/env bash
# scripts/mutants.sh [--machine] [part of a file's name …]: see scripts/mutants.py
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=scripts/postgres.sh
. scripts/postgres.sh

room=$(mktemp -d /tmp/portal-mutants.XXXXXX)
cluster=$room/postgresql
finish() {
    stop_postgres
    rm -rf "$room"
}
trap finish EXIT

install_locked requirements-dev.lock
postgres=$(find_postgres) || stop "make mutants behöver även postgresql: kör make test en gång, som installerar den."
start_postgres
# Only what is named here, so that the tests mean the same on every machine
env -i "PATH=$PATH" "HOME=${HOME:-/}" "TMPDIR=$room" PYTHONUTF8=1 \
    "POSTGRESQL=postgres://portal@/$cluster/portal" .venv/bin/python scripts/mutants.py "$@"
