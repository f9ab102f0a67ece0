#!/usr/bin/env bash
# Builds everything once and runs every test. Ends with one line: N passed, N failed, N skipped.
set -uo pipefail

program=test.sh
root=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
# shellcheck source=eng/setup.sh
source "$root/eng/setup.sh"

usage() {
  cat <<'USAGE'
usage: ./test.sh [--filter EXPRESSION]

  --filter   a part of the tests' full names (Golden, SpatialCluster.Data), or an expression as `dotnet test --filter`
             takes it (FullyQualifiedName~Golden&FullyQualifiedName!~Leiden)

SPATIALCLUSTER_DATA names the folder of real data sets; tests that want them are skipped where it is not set.
USAGE
}

filter=()
while (($#)); do
  case $1 in
    --filter)
      [[ -n ${2:-} ]] || { usage >&2; exit 2; }
      filter=(--filter "$2")
      shift 2
      ;;
    --help | -h) usage; exit 0 ;;
    *) say "unknown argument: $1"; usage >&2; exit 2 ;;
  esac
done

# The only way out: the sum, last, and the status that goes with it.
finish() {
  printf '%d passed, %d failed, %d skipped\n' "$1" "$2" "$3"
  (($2 == 0 && $1 > 0)) || exit 1
  exit 0
}

cd -- "$root" || exit 1
mkdir -p .spatialcluster
exec 9>>.spatialcluster/test.lock
if ! flock --exclusive --nonblock 9; then
  say "waiting for another run in this folder to end"
  flock --exclusive 9
fi

results=$(mktemp -d) || exit 1
trap 'rm -rf -- "$results"' EXIT
trap 'exit 3' INT TERM

# What tests want beside the .NET SDK; where it cannot be had, they are skipped and say why.
hdf5_is_there || install_packages 'tests that read or write HDF5 files need it' "$results/packages.log" 'libhdf5-103-1|libhdf5-103-1t64' || true
if ! /usr/bin/python3 -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("anndata") is None)' 2>/dev/null; then
  install_packages 'tests that open our files with anndata are skipped without it' "$results/packages.log" python3-anndata || true
fi
install_servers "$root/tests/Servers" "$results/npm.log" || true
[[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] || install_packages 'tests of the cluster start a broker of their own with it' "$results/packages.log" rabbitmq-server || true
command -v promtool >/dev/null || install_packages 'tests of alert rules are skipped without it' "$results/packages.log" prometheus || true
command -v go >/dev/null || install_packages 'tests of the Helm chart are skipped without it' "$results/packages.log" golang-go || true
[[ -d /usr/share/gocode/src/github.com/Masterminds/sprig ]] || install_packages 'tests of the Helm chart are skipped without it' "$results/packages.log" golang-github-masterminds-sprig-dev || true
((EUID != 0)) || command -v debootstrap >/dev/null || install_packages 'the test of the image is skipped without it' "$results/packages.log" debootstrap || true

dotnet=$(find_dotnet) || dotnet=
require_sdk "$dotnet" "$root" || finish 0 1 0
# The dashboard's pages, which its tests open in Chromium; without them these tests are skipped and say why.
command -v npm >/dev/null || install_packages "the dashboard's pages are built with it" "$results/packages.log" npm || true
[[ -x /usr/bin/chromium ]] || install_packages "tests open the dashboard's pages in it" "$results/packages.log" chromium || true
eng/web.sh 9>&- || true
log=$results/build.log
orleans=
if orleans_resolves "$dotnet" "$root" 9>&-; then
  export OrleansEngine=true
  orleans=tests/SpatialCluster.Engine.Orleans.Tests
fi
say "building"
build() { dotnet_build "$dotnet" "$root" build "$1" -c Release -v:minimal >>"$log" 2>&1 </dev/null 9>&-; }
if ! build SpatialCluster.sln || ! { [[ -z $orleans ]] || build "$orleans"; }; then
  grep -E '(error|warning) [A-Z]*[0-9]*:|error' "$log" | sed 's/ \[[^]]*\]$//' | LC_ALL=C sort -u | head -40
  echo 'The build failed; that counts as one failed test.'
  finish 0 1 0
fi

# One project at a time: each runs its own tests in parallel on as many threads as there are cores.
broken=()
for project in tests/*.Tests/*.csproj tests/SpatialCluster.EndToEnd/*.csproj; do
  name=$(basename -- "$project" .csproj)
  # Outside of the solution, and not to be had everywhere.
  [[ $name != SpatialCluster.Engine.Orleans.Tests || -n $orleans ]] || continue
  begun=$SECONDS
  "$dotnet" test "$(dirname -- "$project")/bin/Release/net10.0/$name.dll" --logger "trx;LogFileName=$name.trx" \
    --results-directory "$results" --blame-hang-timeout 10m --blame-hang-dump-type none "${filter[@]}" \
    >"$results/$name.log" 2>&1 </dev/null 9>&-
  status=$?
  count=$(grep -o '<UnitTestResult ' "$results/$name.trx" 2>/dev/null | wc -l)
  failed=$(grep -o '<UnitTestResult [^>]*outcome="Failed"' "$results/$name.trx" 2>/dev/null | wc -l)
  verdict=ok
  ((failed)) && verdict=FAIL
  if ((status != 0 && failed == 0)) || grep -qE 'Test Run Aborted|The active test run was aborted' "$results/$name.log"; then
    broken+=("$name: its test host crashed or hung")
    verdict=CRASH
  elif ((count == 0)) && ((${#filter[@]} == 0)); then
    broken+=("$name: no test was found in it")
    verdict=EMPTY
  fi
  printf '%-5s %-36s %5d tests %5d s\n' "$verdict" "$name" "$count" $((SECONDS - begun))
done

shopt -s nullglob
trx=("$results"/*.trx)
shopt -u nullglob
read -r passed failed skipped < <(awk -v list="$results/list" -f eng/results.awk "${trx[@]}" /dev/null)
[[ -s $results/list ]] && printf '\n%s\n' "$(<"$results/list")"
for line in ${broken[@]+"${broken[@]}"}; do
  printf '\nFAILED %s\n' "$line"
  [[ $line == *'no test'* ]] || grep -vE '^\s*$|^\s+at |Results File:|Attachments:|Sequence_' "$results/${line%%:*}.log" | tail -12 | sed 's/^/       /'
done
((passed + failed + ${#broken[@]} == 0)) && printf '\nNo test ran.\n'
echo
finish "$passed" $((failed + ${#broken[@]})) "$skipped"
