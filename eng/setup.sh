# Sourced by ./spatialcluster and ./test.sh: what a machine needs before anything can be built or run.
# The caller sets `program`, the name that messages begin with.

say() { printf '%s: %s\n' "$program" "$*" >&2; }

# Prints the path of `dotnet`, or nothing.
find_dotnet() {
  command -v dotnet && return
  local candidate
  for candidate in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
    [[ -x $candidate/dotnet ]] && printf '%s\n' "$candidate/dotnet" && return
  done
  return 1
}

# dotnet and NuGet keep things at home; service users have none.
give_a_home() {
  local root=$1
  [[ -d ${HOME:-} && -w $HOME ]] && return
  mkdir -p "$root/.spatialcluster/home" && export HOME=$root/.spatialcluster/home
}

# Fails, with one sentence, where no SDK suits global.json.
require_sdk() {
  local dotnet=$1 root=$2 found
  if [[ -z $dotnet ]]; then
    say "the .NET 10 SDK is missing; install it from https://dotnet.microsoft.com/download/dotnet/10.0, or put the folder of an installed one on the PATH, and run this again."
    return 1
  fi
  if ! (give_a_home "$root" && cd "$root" && dotnet_quiet "$dotnet" --version) >/dev/null 2>&1; then
    found=$("$dotnet" --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ')
    say "the .NET 10 SDK is missing ($dotnet has ${found:-no SDK}); install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
    return 1
  fi
}

dotnet_quiet() { DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_CLI_UI_LANGUAGE=en "$@"; }

# Runs dotnet for a build in the folder $2: its servers gone when it ends (one that stays would hold our locks and the
# caller's pipes), and free of what an enclosing MSBuild left in the environment.
dotnet_build() (
  dotnet=$1 root=$2
  shift 2
  unset MSBuildSDKsPath MSBuildExtensionsPath MSBUILD_EXE_PATH MSBuildLoadMicrosoftTargetsReadOnly
  give_a_home "$root" && cd "$root" && dotnet_quiet "$dotnet" "$@" --disable-build-servers
)

# The HDF5 C library, the one native dependency.
hdf5_is_there() {
  compgen -G '/usr/lib/*/libhdf5_serial.so.103*' >/dev/null \
    || compgen -G '/usr/lib*/libhdf5*.so*' >/dev/null \
    || { [[ -x /sbin/ldconfig ]] && /sbin/ldconfig -p | grep -q 'libhdf5\(_serial\)\?\.so'; }
}

# Installs Debian packages; fails, with one sentence that names them, the command and the reason, where it cannot.
# The last argument of a pair "a|b" is what newer releases call the package.
install_packages() {
  [[ -z ${SPATIALCLUSTER_NO_INSTALL:-} ]] || return 0
  local purpose=$1 log=$2
  shift 2
  local names=("${@%%|*}") command reason
  command="apt-get install ${names[*]}"
  if ! command -v apt-get >/dev/null; then
    say "${names[*]} is missing ($purpose) and there is no apt-get here; install your system's package of it."
    return 1
  fi
  local as_root=()
  if ((EUID != 0)); then
    command="sudo $command"
    if ! command -v sudo >/dev/null; then
      say "${names[*]} is missing ($purpose); as root, run: ${command#sudo }"
      return 1
    fi
    as_root=(sudo -n)
    [[ -t 0 && -t 2 ]] && as_root=(sudo)
  fi
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Acquire::Retries=1 -o Acquire::http::Timeout=20
    -o DPkg::Lock::Timeout=120)
  say "installing ${names[*]}; the log is $log"
  : >"$log"
  if apt_install "${names[@]}" || { "${apt[@]}" update && apt_install "${names[@]}"; } || apt_install "${@##*|}"; then
    return 0
  fi >>"$log" 2>&1
  reason=$(grep -ohE 'Temporary failure resolving .*|Could not (resolve|connect to) .*|^E: .*|^sudo: .*' "$log" | head -1)
  say "${names[*]} is missing ($purpose) and could not be installed${reason:+ (${reason%.})}; run: $command"
  return 1
}

apt_install() { "${apt[@]}" install --no-install-recommends "$@" </dev/null; }

# Whether Microsoft.Orleans can be had from the registries here, asked once: OrleansEngine=true or =false in the environment says it, too.
# What was found is kept in the folder $2/.spatialcluster, for the version and the sources that were asked for.
orleans_resolves() {
  local dotnet=$1 root=$2 found=$2/.spatialcluster/orleans version asked
  [[ -z ${OrleansEngine:-} ]] || { [[ $OrleansEngine == true ]]; return; }
  version=${OrleansVersion:-$(sed -n "s/.*<OrleansVersion[^>]*>\([^<]*\)<.*/\1/p" "$root/Directory.Packages.props")}
  asked="$version ${RestoreAdditionalProjectSources:-}"
  mkdir -p "$root/.spatialcluster"
  if [[ $(sed -n 1p "$found" 2>/dev/null) != "$asked" ]]; then
    if OrleansEngine=true dotnet_build "$dotnet" "$root" restore src/SpatialCluster.Engine.Orleans --artifacts-path "$root/.spatialcluster/orleans-probe" \
      >"$root/.spatialcluster/orleans.log" 2>&1 </dev/null; then
      printf '%s\nyes\n' "$asked" >"$found"
    else
      printf '%s\nno\n' "$asked" >"$found"
      say "--engine orleans is not offered: Microsoft.Orleans $version cannot be restored here (docs/orleans.md)."
    fi
    rm -rf -- "$root/.spatialcluster/orleans-probe"
  fi
  [[ $(sed -n 2p "$found") == yes ]]
}

# Installs the servers that package-lock.json in the folder $1 pins, which tests start, by npm; fails, with one sentence, where
# it cannot. npm writes the file that is looked at last.
install_servers() {
  local folder=$1 log=$2
  [[ $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ]] && return
  [[ -z ${SPATIALCLUSTER_NO_INSTALL:-} ]] || return 0
  command -v npm >/dev/null || install_packages 'it installs azurite, and tests of stores of blobs are skipped without that' "$log" npm || return
  say "installing azurite; the log is $log"
  if ! (cd -- "$folder" && npm ci --no-audit --no-fund --ignore-scripts) >"$log" 2>&1 </dev/null; then
    say "azurite could not be installed, so tests of stores of blobs are skipped; run, in $folder: npm ci"
    return 1
  fi
}
