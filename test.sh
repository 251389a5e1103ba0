#!/usr/bin/env bash
# Sets up what the tests need, then builds and runs all of them.
#   ./test.sh               everything
#   ./test.sh Grains.Tests  one project
set -euo pipefail
cd "$(dirname "$0")"

need() { command -v "$1" >/dev/null 2>&1 || { echo "test.sh: $1 is missing; see README.md, Prerequisites" >&2; exit 1; }; }
need dotnet
need node
need npm

# PostgreSQL, Redis, Chromium and what the example programs use come from the system's packages. Where this may install them
# it does; else the tests that need them say that they were skipped.
install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || { echo "test.sh: $* not found, tests that need it will be skipped" >&2; return 0; }
  [ -n "${apt_updated:-}" ] || { apt-get update -qq; apt_updated=1; }
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || install postgresql
command -v redis-server >/dev/null 2>&1 || install redis-server
command -v chromium >/dev/null 2>&1 || install chromium fonts-dejavu-core
for program in curl jq python3; do command -v "$program" >/dev/null 2>&1 || install "$program"; done
# Beside the build, which this has nothing to do with.
(cd examples/typescript && npm ci --silent) &
examples=$!

# One compiler for all projects: starting it once for each takes longer than compiling.
dotnet build OptiBid.Orleans.sln --nologo -v quiet -p:UseSharedCompilation=true
dotnet build-server shutdown --vbcscompiler >/dev/null
wait "$examples"
(cd Gateway/web && npm run --silent check && npm run --silent test)

# Tests start many short-lived processes; what these would learn about their hot paths they never use.
export DOTNET_TieredPGO=0

if [ $# -gt 0 ]; then
  dotnet test --project "tests/$1" --no-build
else
  # Three projects at a time, for much of a test's time is waiting, those first that take longest, so that none of them is left
  # at the end; then the cluster, whose processes want the machine for themselves.
  failed=0
  { printf 'tests/%s\n' History.Tests Gateway.Tests Streams.Kafka.Tests Connectors.Tests Browser; printf '%s\n' tests/*.Tests; } \
    | awk '!seen[$0]++' | xargs -P 3 -I{} dotnet test --project {} --no-build || failed=1
  dotnet test --project tests/Cluster --no-build || failed=1
  exit "$failed"
fi
