#!/usr/bin/env bash
# Builds the dashboard's pages into src/SpatialCluster.Silo/Web/dist, where their sources are newer than what was built last. Without npm the
# program builds all the same, and its dashboard says what is missing.
set -euo pipefail

program=eng/web.sh
root=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
web=$root/src/SpatialCluster.Silo/Web

say() { printf '%s: %s\n' "$program" "$*" >&2; }

cd -- "$web"
built=dist/index.html
if [[ -f $built && -z $(find . -path ./node_modules -prune -o -path ./dist -prune -o -type f -newer "$built" -print -quit) ]]; then
  exit 0
fi

if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
  say "npm is missing, so the dashboard's pages are not built, and all else works without them; install Node.js 20.19 or later with npm, and run this again."
  exit 1
fi
read -r major minor < <(node -p 'process.versions.node.split(".").slice(0, 2).join(" ")')
if ((major < 20 || (major == 20 && minor < 19))); then
  say "Node.js is $major.$minor here, so the dashboard's pages are not built, and all else works without them; install 20.19 or later, and run this again."
  exit 1
fi

log=$(mktemp)
trap 'rm -f -- "$log"' EXIT
say "building the dashboard's pages"
if [[ ! -f node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
  if ! npm ci --no-fund --no-audit >"$log" 2>&1 </dev/null; then
    tail -20 "$log" >&2
    say "npm could not fetch the packages of src/SpatialCluster.Silo/Web; check the network and the registry (npm config get registry), and run this again; all else works without the pages."
    exit 1
  fi
fi
if ! npm run --silent build >"$log" 2>&1 </dev/null; then
  cat "$log" >&2
  say "the dashboard's pages do not build; the lines above say why."
  exit 1
fi
