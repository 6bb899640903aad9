# shellcheck shell=bash
# Emscripten: the one on PATH when it is new enough, else Debian's, else Debian 13's package unpacked
# into the toolchain folder with just enough of its libc to run Binaryen. The system is left alone.

emcc_version() {
  "$1" --version 2>/dev/null | sed -n '1s/.* \([0-9][0-9]*\.[0-9]*\.[0-9]*\).*/\1/p'
}

# Prints the folder of a usable Emscripten, or fails.
find_emscripten() {
  local candidate
  for candidate in "${EMSCRIPTEN_ROOT:+$EMSCRIPTEN_ROOT/emcc}" "$(command -v emcc || true)" \
    "$toolchain_home/emscripten-$emscripten_minimum/usr/share/emscripten/emcc"; do
    if [ -n "$candidate" ] && [ -x "$candidate" ] &&
      version_at_least "$(emcc_version "$candidate")" "$emscripten_minimum"; then
      dirname "$(readlink -f "$candidate")"
      return
    fi
  done
  return 1
}

unpack_emscripten() {
  local final=$toolchain_home/emscripten-$emscripten_minimum work=$toolchain_home/emscripten.part package free folder
  free=$(df -Pm "$toolchain_home" | awk 'NR == 2 { print $4 }')
  [ "$free" -gt 2500 ] || die "Emscripten needs 2.5 GB of disk in $toolchain_home, where $free MB are free: make room, or name another folder in INTERLEAVE_TOOLCHAIN."
  apt_private_ready
  rm -rf "$work"
  mkdir -p "$work"
  say "Fetching Emscripten $emscripten_minimum (about 250 MB)"
  for package in "${emscripten_packages[@]}"; do
    note "$package"
    folder=$(apt_fetch download "$package")
    dpkg -x "$(find "$folder" -name '*.deb' | sort -V | tail -n 1)" "$work"
  done
  wrap_binaryen "$work" "$final"
  configure_emscripten "$work" "$final"
  rm -rf "$final"
  mv "$work" "$final"
}

# Binaryen was linked against a newer libc than this system's, so each tool is started by the unpacked loader.
wrap_binaryen() {
  local work=$1 final=$2 loader library tool
  loader=$(find "$work" -name 'ld-linux*.so.*' | sort | head -n 1)
  library=$(dirname "$(find "$work" -name 'libstdc++.so.6' | head -n 1)")
  [ -n "$loader" ] || die "The unpacked libc6 has no loader: this processor is not one that Debian's Emscripten runs on."
  mkdir -p "$work/binaryen/bin"
  for tool in "$work"/usr/bin/wasm*; do
    [ -x "$tool" ] || continue
    printf '#!/bin/sh\nexec "%s" --library-path "%s" "%s" "$@"\n' \
      "$final${loader#"$work"}" "$final${library#"$work"}" "$final${tool#"$work"}" >"$work/binaryen/bin/${tool##*/}"
    chmod +x "$work/binaryen/bin/${tool##*/}"
  done
}

configure_emscripten() {
  local work=$1 final=$2 share=$1/usr/share/emscripten cache
  cache=$(find "$work" -type d -path '*emscripten*cache/sysroot' -prune | head -n 1)
  [ -n "$cache" ] || die "The unpacked Emscripten has no prebuilt libraries: its package has changed, and tools/lib/emscripten.sh must follow."
  mv "$(dirname "$cache")" "$work/cache"
  rm -f "$share/.emscripten"
  cat >"$share/.emscripten" <<EOF
LLVM_ROOT = '/usr/bin'
LLVM_ADD_VERSION = '19'
CLANG_ADD_VERSION = '19'
BINARYEN_ROOT = '$final/binaryen'
NODE_JS = '$(command -v node)'
CACHE = '$final/cache'
FROZEN_CACHE = False
EOF
  # The package leans on a newer node-acorn than Debian 12 has.
  quietly "Fetching acorn for Emscripten" env -C "$share" npm install --no-save --no-package-lock --no-audit --no-fund acorn@8
}
