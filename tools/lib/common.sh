# shellcheck shell=bash
# What every tool here shares: where things are, how they talk, how they fail.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# One folder for each user, so that a second clone (and CI's) finds what the first one fetched.
toolchain_home=${INTERLEAVE_TOOLCHAIN:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/interleave/toolchain}
export PATH="$PATH:/usr/sbin:/sbin"

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
note() { printf '    %s\n' "$*" >&2; }

# Ends the tool with one sentence that says what is wrong and what to do.
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# version_at_least 3.1.69 3.1.6 -> false
version_at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif have sudo; then
    sudo "$@"
  else
    die "installing packages needs root: run this as root, or install sudo, or install these by hand and pass --no-install: ${missing[*]:-}"
  fi
}

# Runs a command quietly under a line that says what it is; its output is shown only if it fails.
quietly() {
  local what=$1 log status=0
  shift
  log=$(mktemp)
  say "$what"
  "$@" >"$log" 2>&1 || status=$?
  if [ "$status" -ne 0 ]; then
    tail -n 40 "$log" >&2
    rm -f "$log"
    die "\"$what\" failed with code $status; what it printed is above."
  fi
  rm -f "$log"
}

distribution() {
  # shellcheck disable=SC1091 # the machine's file, not ours
  (. /etc/os-release 2>/dev/null && printf '%s-%s' "${ID:-unknown}" "${VERSION_ID:-}") || printf 'unknown-'
}

codename() {
  # shellcheck disable=SC1091
  (. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
}
