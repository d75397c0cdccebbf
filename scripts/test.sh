#!/usr/bin/env bash
# scripts/test.sh [arguments of pytest]: everything, or what the arguments select, on both databases
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=scripts/postgres.sh
. scripts/postgres.sh

started=$SECONDS
step="Förberedelser"
room=$(mktemp -d /tmp/portal-test.XXXXXX) # short: a socket's address holds some hundred characters
cluster=$room/postgresql

finish() {
    local status=$?
    stop_postgres
    rm -rf "$room"
    if [ $status = 0 ]; then
        printf '\nAllt godkänt på %d s.\n' $((SECONDS - started))
    else
        printf '\nUnderkänt: %s.\n' "$step" >&2
    fi
}
trap finish EXIT

heading() {
    step=$1
    printf '\n── %s\n' "$step"
}

heading "Verktyg"
install_locked requirements-dev.lock
missing=()
find_chromium >/dev/null || missing+=(chromium)
postgres=$(find_postgres) || missing+=(postgresql)
command -v java >/dev/null || missing+=(default-jre-headless)
command -v npm >/dev/null || missing+=(npm)
if [ ${#missing[@]} -gt 0 ]; then
    install_packages "make test" "${missing[@]}"
    postgres=$(find_postgres)
fi
install_npm_tool vnu-jar --omit=dev
compile_messages

# Only what is named here, so that the tests mean the same on every machine
environment=(
    env -i "PATH=$PATH" "HOME=${HOME:-/}" "TMPDIR=$room" PYTHONUTF8=1 "CI=${CI:-}"
    "CHROMIUM=$(find_chromium)"
)
sqlite=("${environment[@]}")
postgresql=("${environment[@]}" "DATABASE_URL=postgres://portal@/$cluster/portal")
pytest=(.venv/bin/python -m pytest)

if [ $# -gt 0 ]; then
    # A file that is named is wanted whole, its browser tests too
    case " $* " in
    *tests/* | *.py* | *" -m"*) ;;
    *) pytest+=(-m "not browser") ;;
    esac
    heading "Tester på SQLite"
    "${sqlite[@]}" "${pytest[@]}" "$@"
    heading "Tester på PostgreSQL"
    start_postgres
    "${postgresql[@]}" "${pytest[@]}" "$@"
    exit
fi

heading "Kodens form och mallarnas (ruff, djade)"
scripts/lint.sh check

heading "Migreringar som saknas"
production=(
    "${environment[@]}" "DATA_DIR=$room" "SECRET_KEY=$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')"
    ALLOWED_HOSTS=portal.example BASE_URL=https://portal.example .venv/bin/python manage.py
)
"${production[@]}" makemigrations --check --dry-run

heading "Driftens inställningar (check --deploy)"
"${production[@]}" check --deploy --fail-level WARNING

heading "Tester på SQLite"
"${sqlite[@]}" "${pytest[@]}" -n 2 -m "not browser"

heading "Tester på PostgreSQL"
start_postgres
"${postgresql[@]}" "${pytest[@]}" -n 2 -m "not browser"

heading "Tester i webbläsare"
"${postgresql[@]}" "${pytest[@]}" -n 2 -m browser
