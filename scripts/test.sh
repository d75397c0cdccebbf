#!/usr/bin/env bash
# scripts/test.sh [arguments of pytest]: everything, or what the arguments select, on both databases
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

started=$SECONDS
step="Förberedelser"
room=$(mktemp -d /tmp/portal-test.XXXXXX) # short: a socket's address holds some hundred characters
cluster=$room/postgresql

finish() {
    local status=$?
    [ ! -f "$cluster/postmaster.pid" ] || as_postgres "$postgres/pg_ctl" -D "$cluster" -m immediate stop >/dev/null
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

find_postgres() {
    local programs
    # Debian keeps them off the path
    programs=$(command -v initdb || find /usr/lib/postgresql -name initdb 2>/dev/null | sort -V | tail -1)
    [ -n "$programs" ] && dirname "$programs"
}

# PostgreSQL refuses to run as root
as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

start_postgres() {
    # Others may pass through but not look
    chmod 711 "$room"
    mkdir -m 700 "$cluster"
    [ "$(id -u)" != 0 ] || chown postgres "$cluster"
    as_postgres "$postgres/initdb" -D "$cluster" -U portal --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    as_postgres "$postgres/pg_ctl" -D "$cluster" -l "$cluster/log" -w start >/dev/null \
        -o "-c listen_addresses='' -c unix_socket_directories='$cluster' -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
}

heading "Verktyg"
install_locked requirements-dev.lock
missing=()
find_chromium >/dev/null || missing+=(chromium)
postgres=$(find_postgres) || missing+=(postgresql)
command -v java >/dev/null || missing+=(default-jre-headless)
command -v msgfmt >/dev/null || missing+=(gettext)
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
