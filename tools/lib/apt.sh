# shellcheck shell=bash
# A private view of Debian's $pool_suite, beside the machine's own: its lists and its downloads live in
# the toolchain folder, and nothing from it is ever installed into the system.

apt_home=$toolchain_home/apt

# The mirror that this machine already uses, whatever the form of its sources files.
apt_mirror() {
  # shellcheck disable=SC2016 # apt's own placeholders
  apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' 2>/dev/null |
    awk -v release="$(codename)" '$2 == release { print $1; exit }'
}

apt_private_options() {
  apt_options=(
    -o "Dir::Etc::sourcelist=$apt_home/$pool_suite.sources"
    -o Dir::Etc::sourceparts=-
    -o Dir::Etc::preferences=/dev/null -o "Dir::Etc::preferencesparts=$apt_home/none"
    -o "Dir::State::Lists=$apt_home/lists"
    -o "Dir::Cache=$apt_home/cache"
    -o Dir::State::status=/dev/null
    -o APT::Sandbox::User=
    -o APT::Get::List-Cleanup=1
    -o Acquire::Retries=3
  )
}

# Makes the private lists once; later calls are free.
apt_private_ready() {
  apt_private_options
  [ -e "$apt_home/ready" ] && return
  local mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  mirror=$(apt_mirror)
  [ -n "$mirror" ] || die "apt names no mirror for $(codename): give this machine a Debian sources list and run apt-get update."
  mkdir -p "$apt_home/none" "$apt_home/lists/partial" "$apt_home/cache/archives/partial"
  {
    printf 'Types: deb deb-src\nURIs: %s\nSuites: %s\nComponents: main\n' "$mirror" "$pool_suite"
    if [ -e "$keyring" ]; then printf 'Signed-By: %s\n' "$keyring"; fi
  } >"$apt_home/$pool_suite.sources"
  quietly "Reading Debian's $pool_suite lists" apt-get "${apt_options[@]}" update -o APT::Update::Error-Mode=any
  : >"$apt_home/ready"
}

# Lists and archives are only needed while fetching.
apt_private_clean() {
  rm -rf "$apt_home"
}

# Prints the packages, of those named, that are not installed.
apt_missing() {
  local name
  for name in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || printf '%s\n' "$name"
  done
}

apt_install() {
  [ $# -gt 0 ] || return 0
  say "Installing $# packages: $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update ||
    die "apt-get update failed: check this machine's network and its sources list, then run this again."
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends -o Dpkg::Use-Pty=0 "$@" ||
    die "apt-get could not install the packages above: what it said is the reason; mend that, then run this again."
}

# apt_fetch download|source <package>: into the folder that it prints.
apt_fetch() {
  local into=$apt_home/fetched/$2 verb=$1
  mkdir -p "$into"
  [ "$verb" = download ] || verb="source --download-only"
  # shellcheck disable=SC2086 # two words for source
  (cd "$into" && apt-get -q "${apt_options[@]}" $verb "$2" >apt.log 2>&1) || {
    tail -n 5 "$into/apt.log" >&2
    die "Debian's $pool_suite package $2 could not be fetched: check the network, then run this again (it goes on where it stopped)."
  }
  printf '%s\n' "$into"
}
