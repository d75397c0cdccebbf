# shellcheck shell=bash
# What the other scripts share. They run from the project's root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

stop() {
    printf '%s\n' "$1" >&2
    exit 2
}

find_python() {
    local candidate version newest=
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
        # Asked, not looked for: version managers leave names behind that run nothing
        if version=$("$candidate" -c 'import sys
print("%d.%d" % sys.version_info[:2])
sys.exit(sys.version_info < (3, 11))' 2>/dev/null); then
            PYTHON=$candidate
            return
        fi
        newest=${version:-$newest}
    done
    stop "Python 3.11 eller nyare behövs men här finns ${newest:-ingen}: installera en nyare eller peka ut den, till exempel med PYTHON=python3.12."
}

# install_locked LOCK: the packages of LOCK in .venv, nothing when they are there already
install_locked() {
    if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        find_python
        # Debian's python3 has venv but not what venv needs
        "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null ||
            stop "Pythons modul venv saknas: installera den (i Debian och Ubuntu: apt-get install python3-venv) och försök igen."
        echo "Skapar .venv …"
        "$PYTHON" -m venv --clear .venv
    fi
    if ! cmp -s "$1" ".venv/$1"; then
        echo "Installerar beroendena i $1 …"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
        cp "$1" ".venv/$1"
    fi
}

# The interface in other languages. DEBUG, so that no secret is needed for it
compile_messages() {
    env DEBUG=on .venv/bin/python manage.py compilemessages
}

on_debian_as_root() {
    [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ] && command -v apt-get >/dev/null
}

# install_packages PURPOSE PACKAGE…: from Debian when allowed, else say what is missing
install_packages() {
    local purpose=$1
    shift
    on_debian_as_root ||
        stop "$purpose behöver även $* (paketens namn i Debian): installera det som saknas och försök igen."
    echo "Installerar $* …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "$@" </dev/null
}

find_chromium() {
    local candidate
    for candidate in "${CHROMIUM:-chromium}" chromium-browser google-chrome; do
        command -v "$candidate" && return
    done
    return 1
}

# install_npm_tool NAME [npm flags]: from tests/tools/package.json to .tools
install_npm_tool() {
    local name=$1
    shift
    if ! cmp -s tests/tools/package.json .tools/package.json || [ ! -d ".tools/node_modules/$name" ]; then
        echo "Installerar $name …"
        rm -rf .tools
        mkdir .tools
        cp tests/tools/package.json .tools/
        npm install --prefix .tools --no-package-lock --ignore-scripts --no-audit --no-fund \
            --loglevel=error "$@" </dev/null || { rm -rf .tools && return 1; }
    fi
}
