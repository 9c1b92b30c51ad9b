# What the scripts of this folder share; source it.
export LC_ALL=C DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$bench")
work=$bench/.work
mkdir -p "$work"

note() { echo "$*" >&2; }

need() {
  command -v "$1" >/dev/null || { note "$1 is missing: $2"; exit 1; }
}

# publish NAME PROJECT [OPTIONS]: builds into .work/NAME; what is up to date is left alone.
publish() {
  local name=$1 project=$2
  shift 2
  note "building $name"
  dotnet publish "$root/$project" --configuration Release --artifacts-path "$work/build/$name" --output "$work/$name" --verbosity quiet -p:RunAnalyzers=false "$@" >&2
}

rid() { dotnet --info | awk '$1 == "RID:" { print $2 }'; }

# The command line as the runtime compiles it while it runs; what blobl bench measures.
build_managed() { publish managed src/Mapping.Cli; blobl_managed=$work/managed/blobl; }

build_native() { publish native src/Mapping.Cli --runtime "$(rid)" -p:PublishAot=true; blobl_native=$work/native/blobl; }

# The .NET tool, as "dotnet tool install" installs it.
build_tool() {
  note "building tool"
  rm -rf "$work/tool" "$work/packages"
  dotnet pack "$root/src/Mapping.Cli" --artifacts-path "$work/build/tool" --output "$work/packages" --verbosity quiet -p:RunAnalyzers=false >&2
  dotnet tool install Mapping.Cli --tool-path "$work/tool" --source "$work/packages" >&2
  blobl_tool=$work/tool/blobl
}

# The median of the numbers on standard input.
median() {
  sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# cpu COMMAND...: processor seconds (user + system) of a command whose output nobody wants.
cpu() {
  local TIMEFORMAT='%3U %3S'
  { time "$@" >/dev/null 2>&1; } 2>&1 | awk '{ print $1 + $2 }'
}

# wall COMMAND...: microseconds by the clock.
wall() {
  local start=${EPOCHREALTIME/./}
  "$@" >/dev/null 2>&1 </dev/null
  echo $(( ${EPOCHREALTIME/./} - start ))
}

machine() {
  local model
  model=$(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)
  echo "$model, $(nproc) cores, Linux $(uname -r | cut -d. -f1-2), .NET SDK $(dotnet --version)"
}
