#!/usr/bin/env bash
# Does the last stage of deploy/Dockerfile without a Docker engine: in a root that debootstrap makes, with a self-contained
# publish, as the image's user, with a root file system that only /tmp of can be written. Needs root and debootstrap.
set -euo pipefail

program=check-image.sh
checkout=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=eng/setup.sh
source "$checkout/eng/setup.sh"
dockerfile=$checkout/deploy/Dockerfile

usage() {
  cat <<'USAGE'
usage: deploy/check-image.sh [--publish FOLDER]

  --publish   a finished `dotnet publish --runtime linux-x64 --self-contained`; without it, one is made
USAGE
}

publish=
while (($#)); do
  case $1 in
    --publish)
      [[ -n ${2:-} ]] || { usage >&2; exit 2; }
      publish=$(readlink -f -- "$2")
      shift 2
      ;;
    --help | -h) usage; exit 0 ;;
    *) say "unknown argument: $1"; usage >&2; exit 2 ;;
  esac
done

# 77 is how a check says that it could not be made.
((EUID == 0)) || { say 'this needs root, for chroot and mounts.'; exit 77; }
for tool in debootstrap unshare chroot; do
  command -v "$tool" >/dev/null || { say "$tool is missing; run: apt-get install debootstrap util-linux"; exit 77; }
done
[[ $(uname -m) == x86_64 ]] || { say 'the image is for x86-64.'; exit 77; }

# Mounts of this process alone: they go when it ends, however it ends.
if [[ -z ${SPATIALCLUSTER_CHECK_IMAGE_INSIDE:-} ]]; then
  unshare --mount true 2>/dev/null || { say 'a mount namespace cannot be made here.'; exit 77; }
  SPATIALCLUSTER_CHECK_IMAGE_INSIDE=1 exec unshare --mount --propagation private -- "$0" ${publish:+--publish "$publish"}
fi

mkdir -p "$checkout/.spatialcluster"
work=$(mktemp -d "$checkout/.spatialcluster/image.XXXXXX")
image=$work/root
# Never into a mount that did not come off.
end() {
  grep -F " $image" /proc/self/mounts | cut -d' ' -f2 | sort -r | xargs -r -n1 umount --lazy 2>/dev/null || true
  rm -rf --one-file-system -- "$work"
}
trap end EXIT
trap 'exit 3' INT TERM

fail() {
  say "$1"
  [[ -s $work/log ]] && tail -20 "$work/log" >&2
  exit 1
}

# Instructions of the last stage, one per line: continued lines are joined, comments dropped.
stage() {
  awk '/^[[:space:]]*#/ { next }
       { line = line $0 }
       /\\$/ { sub(/\\$/, "", line); next }
       { if (line ~ /^FROM /) kept = ""; else if (line != "") kept = kept line "\n"; line = "" }
       END { printf "%s", kept }' "$dockerfile"
}
from=$(awk '/^FROM / { last = $2 } END { print last }' "$dockerfile")
[[ $from =~ ^debian:12[.0-9]*-slim$ ]] || fail "the last stage is made from $from; this script knows Debian 12 alone."

if [[ -z $publish ]]; then
  say 'publishing'
  dotnet=$(find_dotnet) || dotnet=
  require_sdk "$dotnet" "$checkout" || exit 77
  # The options of the Dockerfile's own publish line, but for where it goes.
  options=$(sed -e ':a' -e '/\\$/{N;s/\\\n//;ba}' "$dockerfile" | sed -n 's/^RUN dotnet publish //p')
  [[ $options == *--self-contained* ]] || fail 'the Dockerfile publishes nothing self-contained.'
  publish=$work/publish
  read -ra options <<<"${options//\/publish/$publish}"
  dotnet_build "$dotnet" "$checkout" publish "${options[@]}" --artifacts-path "$work/obj" >"$work/log" 2>&1 </dev/null || {
    # The runtime's own package is wanted here, which no other build wants.
    if grep -qE 'NU1301|NU1101|NU1102' "$work/log"; then
      say 'the package of the .NET runtime cannot be restored here.'
      exit 77
    fi
    fail 'the publish failed.'
  }
fi
[[ -x $publish/spatialcluster && -f $publish/libcoreclr.so ]] || fail "$publish holds no self-contained publish."

# The mirror of this machine, or Debian's own.
mirror=$(grep -shoE '^(URIs: *|deb +(\[[^]]*\] +)?)https?://[^ ]*debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d/* \
  | grep -oE 'https?://[^ ]+' | grep -v security | head -1 || true)
mirror=${mirror:-http://deb.debian.org/debian}
say "making a root of Debian 12 from $mirror"
if ! debootstrap --variant=minbase bookworm "$image" "$mirror" >"$work/log" 2>&1; then
  if grep -qE 'Failed getting release file|Cannot install into target|mknod' "$work/log"; then
    say "debootstrap cannot work here: $(grep -E '^E: ' "$work/log" | head -1)"
    exit 77
  fi
  fail 'debootstrap failed.'
fi
base=$(du -sm --apparent-size "$image" | cut -f1)
# The published slim image lacks these; what needs them at run time must show here.
rm -rf "$image"/usr/share/{doc,man,info,locale}/* "$image"/var/cache/apt/* "$image"/var/lib/apt/lists/*
slim=$(du -sm --apparent-size "$image" | cut -f1)

inside() { env -i ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive chroot "$image" "$@"; }

mount -t proc proc "$image/proc"
[[ -f /etc/resolv.conf ]] && cp --dereference /etc/resolv.conf "$image/etc/resolv.conf"
user='' environment=() entry='' steps=0
while IFS= read -r instruction; do
  rest=${instruction#* }
  case ${instruction%% *} in
    RUN)
      say "RUN ${rest:0:100}"
      inside /bin/sh -c "$rest" >"$work/log" 2>&1 </dev/null || fail "this step failed: $rest"
      steps=$((steps + 1))
      ;;
    COPY)
      [[ $rest =~ ^--from=build\ /publish/\ (/[^ ]+)/$ ]] || fail "this COPY is not understood: $rest"
      say "COPY ${BASH_REMATCH[1]}"
      mkdir -p "$image${BASH_REMATCH[1]}"
      cp -R --no-preserve=ownership "$publish/." "$image${BASH_REMATCH[1]}/"
      ;;
    ENV) read -ra more <<<"$rest"; environment+=("${more[@]}") ;;
    USER) user=$rest ;;
    ENTRYPOINT) entry=$(sed -E 's/^\["([^"]+)"\]$/\1/' <<<"$rest") ;;
    WORKDIR | EXPOSE | STOPSIGNAL | LABEL | CMD | ARG) ;;
    *) fail "this instruction is not understood: $instruction" ;;
  esac
done < <(stage)
[[ $user =~ ^[0-9]+:[0-9]+$ && ${user%%:*} != 0 && -n $entry && $steps -gt 0 ]] || fail 'the last stage names no numeric user other than root, no entry point, or nothing to run.'
rm -f "$image/etc/resolv.conf"
total=$(du -sm --apparent-size --exclude="$image/proc" "$image" | cut -f1)

# From here on nothing but /tmp can be written.
umount "$image/proc"
mount --bind "$image" "$image"
mount -o remount,bind,ro "$image"
mount -t proc proc "$image/proc"
mount -t tmpfs -o mode=1777,size=512m tmpfs "$image/tmp"
cp "$checkout/deploy/campaigns/demo.yaml" "$image/tmp/demo.yaml"
cat >"$image/tmp/tiny.yaml" <<'YAML'
version: 1
name: tiny
datasets:
  - name: rna
    simulate: { pattern: ggblocks, modalities: [rna, protein], grid: 18x18, seed: 1 }
methods: [pca]
YAML
chmod 644 "$image"/tmp/*.yaml

as_user() {
  chroot --userspec="$user" "$image" /usr/bin/env -i PATH=/usr/local/bin:/usr/bin:/bin "${environment[@]}" \
    /bin/sh -c 'cd /tmp && exec "$@"' sh "$entry" "$@"
}
check() {
  local wanted=$1
  shift
  : >"$work/log"
  if ! as_user "$@" >"$work/log" 2>&1 </dev/null; then fail "spatialcluster $* failed in the image."; fi
  grep -qE -- "$wanted" "$work/log" || fail "spatialcluster $* did not say '$wanted'."
  printf 'ok    spatialcluster %s\n' "$*"
}

if inside /bin/sh -c 'command -v dotnet || command -v gcc || command -v node' >/dev/null; then fail 'the image holds tools of building.'; fi
check '^spatialcluster [0-9]+\.[0-9]+' --version
check 'campaign' --help
check 'protein' simulate --pattern ggblocks --modalities rna,protein --grid 18x18 --seed 1 --out /tmp/slice
# Reading .h5ad is what needs the HDF5 library.
check '324' inspect "$(cd "$image" && find tmp/slice -name '*.h5ad' | head -1 | sed 's|^|/|')"
check '' campaign run /tmp/demo.yaml --dry-run
check '' campaign run /tmp/tiny.yaml --store /tmp/store --out /tmp/report
if as_user --help 2>/dev/null | grep -qE '^ +silo '; then
  check '--engine' silo --help
else
  printf 'skip  spatialcluster silo --help (this build has no such command)\n'
fi
if as_user simulate --out /opt/spatialcluster/slice >"$work/log" 2>&1 </dev/null; then fail 'the program could write outside /tmp.'; fi
printf 'ok    nothing but /tmp can be written\n'
umount "$image/tmp" "$image/proc"
compressed=$(tar --create --directory "$image" . | gzip | wc --bytes)
printf 'size  %d MiB (%d compressed): Debian %d (debootstrap %d), libraries %d, program %d\n' "$total" $((compressed / 1048576)) "$slim" "$base" \
  $((total - slim - $(du -sm --apparent-size "$publish" | cut -f1))) "$(du -sm --apparent-size "$publish" | cut -f1)"
