# Settings that hold for every target, third-party code included, and the warnings for our own.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(BUILD_SHARED_LIBS OFF)

set(INTERLEAVE_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= names them")
set(INTERLEAVE_POOL_SIZE 20 CACHE STRING "Workers that a web page starts beforehand: the most threads it can have")
set(INTERLEAVE_MEMORY_MIB 128 CACHE STRING "Memory of a web page; fixed, because growth slows shared memory down")
set(INTERLEAVE_GENERATED "${PROJECT_BINARY_DIR}/generated")

if(EMSCRIPTEN)
  option(INTERLEAVE_THREADS "Web: build with shared memory and workers" ON)
else()
  set(INTERLEAVE_THREADS ON)
  find_package(Threads REQUIRED)
endif()

# ccache sees the same commands from every checkout, so that a clone finds what another built. It trusts the list of
# headers that the compiler writes, instead of preprocessing each file once more to see for itself.
find_program(INTERLEAVE_CCACHE ccache NO_CMAKE_FIND_ROOT_PATH)
if(INTERLEAVE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
    "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1
    "${INTERLEAVE_CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_C_COMPILER_LAUNCHER}")
endif()

# The same floating-point results from every compiler.
add_compile_options(-ffp-contract=off)

if(INTERLEAVE_SANITIZE)
  add_compile_options(-fsanitize=${INTERLEAVE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${INTERLEAVE_SANITIZE})
endif()

# lld links several times as fast as the system's linker: clang's own beside it, for g++ any that is here.
if(NOT EMSCRIPTEN)
  get_filename_component(compiler "${CMAKE_CXX_COMPILER}" REALPATH)
  get_filename_component(compiler_folder "${compiler}" DIRECTORY)
  find_program(INTERLEAVE_LLD NAMES ld.lld HINTS "${compiler_folder}" /usr/lib/llvm-19/bin NO_DEFAULT_PATH)
  if(INTERLEAVE_LLD AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    add_link_options("--ld-path=${INTERLEAVE_LLD}")
  elseif(INTERLEAVE_LLD)
    get_filename_component(lld_folder "${INTERLEAVE_LLD}" DIRECTORY)
    add_link_options(-fuse-ld=lld "-B${lld_folder}")
  endif()
endif()

# The explorer calls from folder to folder at every step: about a tenth of its speed.
option(INTERLEAVE_LTO "Optimise across files while linking, where clang comes with lld" OFF)
if(INTERLEAVE_LTO AND INTERLEAVE_LLD AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options(-flto=thin)
  add_link_options(-flto=thin)
endif()

add_library(interleave_warnings INTERFACE)
target_compile_options(interleave_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Werror
  -Wconversion -Wsign-conversion -Wdouble-promotion -Wold-style-cast
  -Wshadow -Wundef -Wextra-semi -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wcast-qual
  -Wformat=2 -Wimplicit-fallthrough -Wmissing-declarations)
if(EMSCRIPTEN)
  # EM_JS and EM_ASM are made of these.
  target_compile_options(interleave_warnings INTERFACE
    -Wno-dollar-in-identifier-extension -Wno-gnu-zero-variadic-macro-arguments -Wno-missing-declarations
    -Wno-c++98-compat-extra-semi)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 takes its own std::string for two that overlap (GCC's bug 105651) once it optimises.
  target_compile_options(interleave_warnings INTERFACE $<$<CONFIG:Release>:-Wno-restrict>)
endif()

# interleave_make_fast(<file>...): files of the current folder for which speed counts more than what a page downloads;
# the presets for the web make all else for size. A file that is not there is an error, so that one that moves takes its
# place in the list along.
function(interleave_make_fast)
  foreach(file IN LISTS ARGN)
    get_filename_component(path "${file}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
    if(NOT EXISTS "${path}")
      message(FATAL_ERROR "${file} is to be made fast and is not there: has it moved?")
    endif()
    if(EMSCRIPTEN)
      set_source_files_properties("${file}" PROPERTIES COMPILE_OPTIONS -O2)
    endif()
  endforeach()
endfunction()
