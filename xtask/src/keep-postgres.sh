# Runs a PostgreSQL in a folder until standard input is closed: keep-postgres PROGRAMS FOLDER PORT
# Signals are ignored, so that nothing but the end of its owner ends it, and never without tidying up.
trap '' HUP INT TERM
trap 'rm -rf "$folder"' EXIT
programs=$1 folder=$2 port=$3

"$programs/initdb" --pgdata "$folder/data" --username postgres --auth trust --encoding UTF8 \
    --locale C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }

# Everything that concerns safety stays as an operator would have it: fsync is on.
"$programs/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories="$folder" -c max_connections=200 \
    >"$folder/server.log" 2>&1 </dev/null &
server=$!

read -r _
kill -INT "$server"
wait "$server"
