# shellcheck shell=bash disable=SC2034 # read by the tools that source this
# Everything that is installed through the system's package manager, in this one place.
# The lists are right for Debian 12 and 13; other systems install the same things themselves.

packages_build=(
  ca-certificates git patch xz-utils file procps
  g++ cmake ninja-build ccache pkg-config make
  clang-19 lld-19 llvm-19 libclang-rt-19-dev clang-format-19 clang-tidy-19
  python3 shellcheck
)
packages_desktop=(libsdl2-dev libgl-dev libegl-dev libgles-dev)
packages_fonts=(fonttools python3-fonttools python3-brotli fonts-jetbrains-mono)
# What ours is measured beside; only tools/bench wants them.
packages_bench=(libtbb-dev libboost-context-dev libconcurrentqueue-dev relacy-dev)
packages_browser=(chromium firefox-esr xvfb xauth libgl1-mesa-dri)
# What the example of a host's configuration is tried with. Only CI wants it: on a person's machine its installation
# would start a server.
packages_host=(nginx-light libnginx-mod-http-brotli-static)

# Third-party code that is also built for the web, fetched by name through the package manager: the name here,
# Debian's package (a source package, or a package of headers), its upstream version, and CMake's FetchContent name.
# cmake/Dependencies.cmake names the same upstream releases for machines that fetch them otherwise.
sources=(
  "SDL2 source libsdl2 2.32.4 SDL2"
  "imgui source imgui 1.90.1 IMGUI"
  "googletest source googletest 1.16.0 GOOGLETEST"
  "benchmark source benchmark 1.9.1 BENCHMARK"
  "json headers nlohmann-json3-dev 3.11.3 JSON"
  "cli11 headers libcli11-dev 2.4.1 CLI11"
  "stb headers libstb-dev 0.0 STB"
)

emscripten_minimum=3.1.69
emscripten_packages=(emscripten binaryen libc6 libstdc++6 libgcc-s1)
# The Debian release that these sources and this Emscripten come from.
pool_suite=trixie
