#!/usr/bin/env bash
# Live prices over server-sent events:  prices.sh [ZONE]
set -uo pipefail

url="${OPTIBID_URL:-http://localhost:8080}/api/v1/stream/real-time${1:+?zone=$1}"
headers=(-H 'Accept: text/event-stream')
[ -n "${OPTIBID_API_KEY:-}" ] && headers+=(-H "X-Api-Key: $OPTIBID_API_KEY")

pause=1
while true; do
  # An event is its lines up to an empty one; prices stand in its one line of data. The gateway is never silent for
  # longer than 15 s, so less than a byte a second for 45 s is a dead connection.
  while IFS= read -r line; do
    case "$line" in
      'data: ['*) pause=1; jq -r '.[] | [.timestamp, .market_zone, .location, .price_type, .price] | join(" ")' <<<"${line#data: }" ;;
    esac
  done < <(curl -sS -N --fail --connect-timeout 10 --speed-limit 1 --speed-time 45 "${headers[@]}" "$url")

  echo "connection lost, again in $pause s" >&2
  sleep "$pause"
  pause=$((pause * 2 > 30 ? 30 : pause * 2))
done
