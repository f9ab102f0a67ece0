#!/usr/bin/env bash
# Makes the secrets that deploy/compose.yaml reads, once: files that are there are left alone.
set -euo pipefail

folder=${1:-$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/secrets}
umask 077
mkdir -p "$folder"
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# The folder is closed to others; the files within are readable, for they are mounted one by one into containers whose
# users have other numbers than ours.
put() {
  [[ -e $folder/$1 ]] && return
  printf '%s' "$2" >"$folder/$1.new"
  chmod 444 "$folder/$1.new"
  mv -- "$folder/$1.new" "$folder/$1"
}

if [[ ! -e $folder/broker-credentials || ! -e $folder/broker.conf ]]; then
  password=$(random)
  rm -f -- "$folder/broker-credentials" "$folder/broker.conf"
  put broker-credentials "$(printf 'spatialcluster\n%s' "$password")"
  put broker.conf "$(printf 'default_user = spatialcluster\ndefault_pass = %s\nloopback_users = none' "$password")"
fi
put api-token "$(random)"
put grafana-password "$(random)"
printf 'secrets are in %s\n' "$folder"
