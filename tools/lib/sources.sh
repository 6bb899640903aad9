# shellcheck shell=bash
# Third-party code, fetched by name through apt (which checks its signatures) and handed to CMake.

# fetch_source <name> source|headers <Debian package> <upstream version>
fetch_source() {
  local name=$1 kind=$2 package=$3 version=$4 final work folder archive verb=download pattern='*.deb'
  final=$toolchain_home/src/$name-$version
  [ -d "$final" ] && return
  apt_private_ready
  say "Fetching $name $version"
  if [ "$kind" = source ]; then verb=source pattern='*.orig.tar.*z'; fi
  folder=$(apt_fetch "$verb" "$package")
  archive=$(find "$folder" -name "$pattern" | sort -V | tail -n 1)
  case $archive in
    *"_$version"[.+~-]*) ;;
    *) die "Debian's $pool_suite has another $name than $version (${archive##*/}): change the version in tools/lib/packages.sh and cmake/Dependencies.cmake." ;;
  esac
  work=$toolchain_home/src/$name.part
  rm -rf "$work"
  mkdir -p "$work" "$toolchain_home/src"
  if [ "$kind" = source ]; then
    tar -xf "$archive" -C "$work" --strip-components=1
  else
    dpkg -x "$archive" "$work/package"
    mv "$work/package/usr/include" "$work/include"
    rm -rf "$work/package"
  fi
  mv "$work" "$final"
}

fetch_sources() {
  local entry name kind package version
  for entry in "${sources[@]}"; do
    read -r name kind package version _ <<<"$entry"
    fetch_source "$name" "$kind" "$package" "$version"
  done
}

# CMake reads this file, when it is there, before it would ask the network.
write_sources_cmake() {
  local entry name version variable file=$toolchain_home/sources.cmake
  {
    printf '# Written by tools/bootstrap: where third-party sources lie on this machine.\n'
    for entry in "${sources[@]}"; do
      read -r name _ _ version variable <<<"$entry"
      if [ -d "$toolchain_home/src/$name-$version" ]; then
        printf 'set(FETCHCONTENT_SOURCE_DIR_%s "%s")\n' "$variable" "$toolchain_home/src/$name-$version"
      fi
    done
  } >"$file.part"
  # Rewriting it unchanged would make every build configure again.
  if cmp -s "$file.part" "$file"; then rm "$file.part"; else mv "$file.part" "$file"; fi
}
