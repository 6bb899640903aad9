# Emscripten, wherever tools/bootstrap found or put it, else the emcc on PATH.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES INTERLEAVE_THREADS)

find_program(INTERLEAVE_EMCC emcc
  HINTS "$ENV{INTERLEAVE_EMSCRIPTEN}" "${CMAKE_CURRENT_LIST_DIR}/../.toolchain/emscripten"
  NO_CMAKE_FIND_ROOT_PATH)
if(NOT INTERLEAVE_EMCC)
  message(FATAL_ERROR "Emscripten is missing: run tools/bootstrap, or put emcc 3.1.69 or newer on PATH.")
endif()
get_filename_component(emscripten "${INTERLEAVE_EMCC}" REALPATH)
get_filename_component(emscripten "${emscripten}" DIRECTORY)

# Everything is compiled alike, third-party code included: shared memory and exceptions are part of the ABI.
# Shorter code for filling memory and for whole numbers of fractions, which whatever browser knows these exceptions
# knows.
set(flags "-fwasm-exceptions -mbulk-memory -mnontrapping-fptoint")
if(INTERLEAVE_THREADS)
  string(APPEND flags " -pthread")
endif()
set(CMAKE_C_FLAGS_INIT "${flags}")
set(CMAKE_CXX_FLAGS_INIT "${flags}")

include("${emscripten}/cmake/Modules/Platform/Emscripten.cmake")
