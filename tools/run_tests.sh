#!/usr/bin/env bash
# Run the whole suite on SQLite, then on a PostgreSQL started for the occasion (`make test`).
#
# That server listens on a free port of 127.0.0.1, keeps its data in a scratch folder, asks for a password made up
# on the spot, and ends with this script. Arguments go to pytest. POSTGRESQL=required makes its absence a failure.
set -uo pipefail
cd "$(dirname "$0")/.."

python=.venv/bin/python
workers=${WORKERS:-auto}
scratch=$(mktemp -d /tmp/oicvet-tests.XXXXXX) # a short path that other accounts can enter: a socket lives in it
server=""
results=()
failed=0

end() {
    trap '' INT TERM # tidying up is not interrupted by a second signal
    [ -z "$server" ] || as_postgres "$server/pg_ctl" stop --pgdata "$scratch/data" --mode immediate --silent
    rm -rf "$scratch"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A PostgreSQL server refuses to run as root, so root hands it to the account that Debian made for it.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

run_suite() { # name, DATABASE_URL or nothing, arguments of pytest
    local name=$1 url=$2 counts
    shift 2
    echo "== $name"
    if [ -n "$url" ]; then export DATABASE_URL=$url; else unset DATABASE_URL; fi
    "$python" -m pytest -n "$workers" "$@" | tee "$scratch/log" || failed=1
    counts=$(sed -nE 's/^=* ?([0-9]+ (passed|failed|error|skipped|deselected|warning).*) in [0-9.]+s.*/\1/p' "$scratch/log" | tail -n 1)
    results+=("$name: ${counts:-no test ran}")
    echo "${results[-1]}"
}

start_postgres() { # sets $url, or $why when there is nothing to start
    local programs password port
    programs=$(find /usr/lib/postgresql /usr/local/pgsql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
    programs=${programs:-$(command -v initdb || true)}
    if [ -z "$programs" ]; then
        why="PostgreSQL is not installed (sudo apt-get install postgresql)."
        return 1
    fi
    if [ "$(id -u)" -eq 0 ] && ! id postgres >/dev/null 2>&1; then
        why="root may not run PostgreSQL, and there is no postgres account to run it."
        return 1
    fi
    programs=$(dirname "$programs")
    password=$("$python" -c 'import secrets; print(secrets.token_hex(16))')
    port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    (umask 077 && echo "$password" >"$scratch/password")
    chmod 711 "$scratch"
    mkdir "$scratch/data" "$scratch/socket"
    [ "$(id -u)" -ne 0 ] || chown postgres "$scratch/data" "$scratch/socket" "$scratch/password"
    if ! as_postgres "$programs/initdb" --pgdata "$scratch/data" --username postgres --pwfile "$scratch/password" \
        --auth scram-sha-256 --encoding UTF8 --locale C.UTF-8 --no-sync >"$scratch/initdb" 2>&1; then
        why="its data folder could not be made: $(tail -n 1 "$scratch/initdb")"
        return 1
    fi
    server=$programs
    if ! as_postgres "$programs/pg_ctl" start --pgdata "$scratch/data" --log "$scratch/data/log" --silent --wait --options \
        "-p $port -c listen_addresses=127.0.0.1 -k $scratch/socket -c fsync=off -c synchronous_commit=off -c full_page_writes=off"; then
        server=""
        why="it did not start: $(tail -n 1 "$scratch/data/log")"
        return 1
    fi
    url="postgres://postgres:$password@127.0.0.1:$port/postgres"
}

run_suite SQLite "" "$@"

if start_postgres; then
    run_suite PostgreSQL "$url" "$@"
else
    results+=("The PostgreSQL part did not run: $why")
    [ "${POSTGRESQL:-}" != required ] || failed=1
fi

echo
printf '%s\n' "${results[@]}"
exit $failed
