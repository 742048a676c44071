#!/usr/bin/env bash
# Asks a real site everything that its OpenAPI document allows, and much that it does not: as a user and as an
# administrator. Fails on a server error, and on an answer that the document does not describe.
#
# Needs `anuko-auction` and `schemathesis` in the PATH; `cargo xtask test --only schemathesis` sees to both.
set -euo pipefail

seed=${SCHEMATHESIS_SEED:-20260105}
examples=${SCHEMATHESIS_EXAMPLES:-20}
folder=$(mktemp -d)
configuration=$(cd "$(dirname "$0")" && pwd)/schemathesis.toml
trap 'kill "${site:-}" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
cd "$folder"

# One address asks all this, so nothing is counted; short auctions open and end while others are asked about.
export ANUKO_AUCTION_LISTEN=localhost:0 ANUKO_AUCTION_DATA="$folder/data" ANUKO_AUCTION_MAIL_TRANSPORT=memory
export ANUKO_AUCTION_ALLOW_SHORT_AUCTIONS=true ANUKO_AUCTION_LOG_LEVEL=warn
export ANUKO_AUCTION_LIMITS_REQUESTS_PER_SECOND_PER_ADDRESS=0 ANUKO_AUCTION_LIMITS_BIDS_PER_SECOND_PER_PERSON=0
export ANUKO_AUCTION_LIMITS_SIGN_IN_ATTEMPTS_PER_MINUTE=0
# A node of a network has answers that a site alone does not have: receipts.
export ANUKO_AUCTION_NETWORK_DOWNSTREAMS=true

: > greeting
anuko-auction serve > greeting 2> log &
site=$!
until grep -q 'http://' greeting; do
  kill -0 "$site" || { cat log; exit 1; }
  read -rt 0.05 < <(:) || true
done
address=$(grep -om1 'http://[^ ]*' greeting)

# A token without the scope `account` cannot revoke itself in the middle of its own run.
key() { # person, role, scopes
  anuko-auction users add --email "$1@example.org" --name "$1" --role "$2" > /dev/null
  anuko-auction tokens create --email "$1@example.org" --name e2e --scopes "$3" |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["token"])'
}

# Something to ask about: an auction of each format, of somebody else.
list() { # token
  for format in ascending sealed_first_price sealed_second_price reverse descending; do
    clock=
    [ "$format" = descending ] &&
      clock='"clock_step": "1.00", "clock_interval_seconds": 3600, "clock_floor": "1.00",'
    curl -fsS -o /dev/null "$address/api/v1/auctions" -H "Authorization: Bearer $1" -d "{ $clock
      \"title\": \"Clock\", \"format\": \"$format\", \"start_price\": \"10.00\", \"duration_seconds\": 604800 }"
  done
}

ask() { # who, token, further arguments
  local who=$1 token=$2
  shift 2
  echo "== as $who"
  schemathesis --config-file "$configuration" run "$address/api/v1/openapi.json" \
    --header "Authorization: Bearer $token" --checks all --seed "$seed" --max-examples "$examples" \
    --request-timeout 2 --generation-database none --no-color "$@"
}

failed=0
list "$(key seller user sell)"
ask "user" "$(key user user read,bid,sell)" || failed=1
ask "administrator" "$(key administrator administrator read,bid,sell,moderate)" || failed=1
ask "user, tokens" "$(key owner user read,account)" --include-tag tokens || failed=1

# What the site itself calls a failure is one, even if the answer was as described.
if grep -E 'ERROR|panicked' log; then failed=1; fi
anuko-auction db check || failed=1
exit "$failed"
