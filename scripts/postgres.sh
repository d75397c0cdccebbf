# shellcheck shell=bash disable=SC2154
# A PostgreSQL of one's own in $room, without network, gone when the script ends; $cluster is its folder.

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

stop_postgres() {
    [ ! -f "$cluster/postmaster.pid" ] || as_postgres "$postgres/pg_ctl" -D "$cluster" -m immediate stop >/dev/null
}
