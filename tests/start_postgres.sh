#!/bin/sh
# Starts a throw-away PostgreSQL with PostGIS for the tests and prints its URL on the last line.
#
#   export DATELINE_TEST_POSTGRES_URL="$(tests/start_postgres.sh | tail -n 1)"
#
# The cluster lives in a new temporary directory and listens on a free port of 127.0.0.1. It goes on until it is stopped:
# the line before the URL is the command that stops and removes it. Nothing is kept: it runs without fsync.
# Missing packages are installed with apt, as root only.
set -eu

bin_dir() {
    for candidate in /usr/lib/postgresql/*/bin; do
        version=$(basename "$(dirname "$candidate")")
        if [ -x "$candidate/initdb" ] && [ -e "/usr/share/postgresql/$version/extension/postgis.control" ]; then
            echo "$candidate"
            return
        fi
    done
}

bin=$(bin_dir)
if [ -z "$bin" ]; then
    if [ "$(id -u)" != 0 ]; then
        echo "PostgreSQL with PostGIS is not installed; as root this script installs it." >&2
        exit 1
    fi
    {
        apt-get update
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql 'postgresql-[0-9]*-postgis-3$'
    } >&2
    bin=$(bin_dir)
fi
if [ -z "$bin" ]; then
    echo "PostgreSQL is installed, but PostGIS for it is not." >&2
    exit 1
fi

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --init-groups "$@"
    else
        "$@"
    fi
}

dir=$(mktemp -d "${TMPDIR:-/tmp}/dateline-postgres.XXXXXX")
if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
cd "$dir"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

as_postgres "$bin/initdb" -D "$dir/data" -U dateline -A trust -E UTF8 --locale=C.UTF-8 >"$dir/init.log" 2>&1 ||
    { cat "$dir/init.log" >&2; exit 1; }
as_postgres "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w start \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='$dir' -c fsync=off" >>"$dir/init.log" 2>&1 ||
    { cat "$dir/init.log" "$dir/log" >&2; exit 1; }
as_postgres "$bin/createdb" -h 127.0.0.1 -p "$port" -U dateline dateline_test

if [ "$(id -u)" = 0 ]; then prefix="setpriv --reuid=postgres --regid=postgres --init-groups "; else prefix=""; fi
echo "${prefix}$bin/pg_ctl -D $dir/data -m immediate stop && rm -r $dir"
echo "postgresql://dateline@127.0.0.1:$port/dateline_test"
