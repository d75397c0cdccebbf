#!/usr/bin/env bash
# scripts/bench.sh [number of news items …]: on SQLite and, where it is installed, on PostgreSQL
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=scripts/postgres.sh
. scripts/postgres.sh

room=$(mktemp -d /tmp/portal-bench.XXXXXX)
cluster=$room/postgresql
finish() {
    stop_postgres
    rm -rf "$room"
}
trap finish EXIT

install_locked requirements-dev.lock
.venv/bin/python scripts/bench.py "$@"
DATABASE_URL=sqlite:///$room/search.sqlite3 .venv/bin/python scripts/bench_search.py "$@"
if postgres=$(find_postgres); then
    start_postgres
    DATABASE_URL=postgres://portal@/$cluster/postgres .venv/bin/python scripts/bench.py "$@"
    as_postgres "$postgres/createdb" -h "$cluster" -U portal search
    DATABASE_URL=postgres://portal@/$cluster/search .venv/bin/python scripts/bench_search.py "$@"
else
    echo "PostgreSQL finns inte här: installera den för att mäta även på den."
fi
