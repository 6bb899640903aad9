# shellcheck shell=bash
# Building presets, from the scripts that need them.

jobs_for_build() {
  nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || printf '2\n'
}

# build_preset <preset> [target...]: configures where needed, builds, and shows ninja's progress.
build_preset() {
  local preset=$1 folder=$root/build/$1
  shift
  say "Building $preset"
  (
    cd "$root" || exit 1
    # A configure that was interrupted leaves no build.ninja; one that finished configures itself again when needed.
    if [ ! -e "$folder/build.ninja" ]; then
      rm -rf "$folder/CMakeCache.txt" "$folder/CMakeFiles"
      # CI reads a failure's lines and no variables, which take a quarter of g++'s time.
      cmake --preset "$preset" ${INTERLEAVE_CI:+-DCMAKE_CXX_FLAGS_DEBUG="-O1 -g1"} >"$root/build/$preset.configure.log" 2>&1 || {
        tail -n 30 "$root/build/$preset.configure.log" >&2
        exit 1
      }
    fi
    cmake --build "$folder" --parallel "$(jobs_for_build)" ${1:+--target "$@"} >&2
  )
}
