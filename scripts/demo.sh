#!/usr/bin/env bash
# scripts/demo.sh serve|reset|dev
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

action=$1
port=${PORT:-8000}
data=${DEMO_DIR:-$PWD/var}

find_python
"$PYTHON" -c 'import socket, sys
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.bind(("127.0.0.1", int(sys.argv[1])))' "$port" 2>/dev/null ||
    stop "Port $port är upptagen eller otillåten: välj en annan, till exempel make demo PORT=8080."
install_locked requirements.lock

if [ "$action" = reset ]; then
    # By name, so that a mistaken DEMO_DIR costs nothing else
    rm -rf "${data:?}"/{db.sqlite3,db.sqlite3-shm,db.sqlite3-wal,media,cache,static,secret_key}
fi
mkdir -p "$data"
chmod 700 "$data"
if [ ! -s "$data/secret_key" ]; then
    (umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))' >"$data/secret_key")
fi

# Only what is named here: the demo must never meet the database or the secrets of a real site
environment=(
    env -i "PATH=$PATH" "HOME=${HOME:-/}" PYTHONUTF8=1 PYTHONUNBUFFERED=1
    "DATA_DIR=$data" "SECRET_KEY_FILE=$data/secret_key"
    "DEBUG=$([ "$action" = dev ] && echo on || echo off)" SECURE_HTTPS=off
    "ALLOWED_HOSTS=127.0.0.1,localhost" "BASE_URL=http://127.0.0.1:$port"
    ${DEMO_PASSWORD:+"DEMO_PASSWORD=$DEMO_PASSWORD"}
)
manage() {
    "${environment[@]}" .venv/bin/python manage.py "$@"
}

manage compilemessages
# Collecting compresses every file, so only when one of them, or what makes them, is newer
collected=$data/static/staticfiles.json
sources=$(find static ./*/static trollhattan_portal/*.py requirements.lock -not -path './var/*' -newer "$collected" 2>/dev/null || true)
if [ "$action" != dev ] && { [ ! -f "$collected" ] || [ -n "$sources" ]; }; then
    echo "Samlar stilmallar, skript och bilder …"
    manage collectstatic --no-input --verbosity 0
fi
echo "Uppdaterar databasen …"
manage migrate --verbosity 0
manage load_demo
manage create_demo_users
echo "Webbplatsen finns på http://127.0.0.1:$port/ och dess redaktion på http://127.0.0.1:$port/admin/ – avsluta med Ctrl-C."

if [ "$action" = dev ]; then
    exec "${environment[@]}" .venv/bin/python manage.py runserver "127.0.0.1:$port"
fi
exec "${environment[@]}" .venv/bin/python -m gunicorn --config scripts/gunicorn.conf.py \
    --bind "127.0.0.1:$port" trollhattan_portal.wsgi
