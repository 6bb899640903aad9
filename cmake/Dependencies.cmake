# Third-party code. Each is declared with its upstream release; tools/bootstrap hands over the same release
# where it has fetched it another way. Nothing is fetched before something links it.

include(FetchContent)
if(POLICY CMP0169)
  cmake_policy(SET CMP0169 OLD) # FetchContent_Populate lets us add a subdirectory as SYSTEM and out of `all`.
endif()
include("${PROJECT_SOURCE_DIR}/.toolchain/sources.cmake" OPTIONAL)

FetchContent_Declare(sdl2 GIT_REPOSITORY https://github.com/libsdl-org/SDL.git GIT_TAG release-2.32.4 GIT_SHALLOW ON)
FetchContent_Declare(imgui GIT_REPOSITORY https://github.com/ocornut/imgui.git GIT_TAG v1.90.1 GIT_SHALLOW ON)
FetchContent_Declare(googletest GIT_REPOSITORY https://github.com/google/googletest.git GIT_TAG v1.16.0 GIT_SHALLOW ON)
FetchContent_Declare(benchmark GIT_REPOSITORY https://github.com/google/benchmark.git GIT_TAG v1.9.1 GIT_SHALLOW ON)
FetchContent_Declare(json GIT_REPOSITORY https://github.com/nlohmann/json.git GIT_TAG v3.11.3 GIT_SHALLOW ON)
FetchContent_Declare(cli11 GIT_REPOSITORY https://github.com/CLIUtils/CLI11.git GIT_TAG v2.4.1 GIT_SHALLOW ON)
FetchContent_Declare(stb GIT_REPOSITORY https://github.com/nothings/stb.git
  GIT_TAG 5c205738c191bcb0abc65c4febfa9bd25ff35234)

macro(interleave_populate name)
  FetchContent_GetProperties(${name})
  if(NOT ${name}_POPULATED)
    FetchContent_Populate(${name})
  endif()
endmacro()

# A library of headers alone, as SYSTEM.
function(interleave_headers name folder)
  interleave_populate(${name})
  add_library(${name} INTERFACE)
  target_include_directories(${name} SYSTEM INTERFACE "${${name}_SOURCE_DIR}/${folder}")
endfunction()

interleave_headers(json include)
interleave_headers(cli11 include)
interleave_populate(stb)
if(EXISTS "${stb_SOURCE_DIR}/include/stb")
  interleave_headers(stb include/stb)
else()
  interleave_headers(stb .)
endif()

# SDL2: built for the web, the system's own natively. The target is interleave_sdl.
add_library(interleave_sdl INTERFACE)
if(EMSCRIPTEN)
  interleave_populate(sdl2)
  include(SdlForWeb)
  interleave_sdl_for_web(SDL2_web "${sdl2_SOURCE_DIR}")
  target_link_libraries(interleave_sdl INTERFACE SDL2_web)
else()
  find_package(SDL2 CONFIG)
  if(SDL2_FOUND)
    target_link_libraries(interleave_sdl INTERFACE SDL2::SDL2)
  else()
    interleave_populate(sdl2)
    add_subdirectory("${sdl2_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/_deps/sdl2" EXCLUDE_FROM_ALL SYSTEM)
    target_link_libraries(interleave_sdl INTERFACE SDL2::SDL2-static)
  endif()
endif()

# OpenGL ES 3, the one dialect of gpu, natively and on the web. The target is interleave_gles.
add_library(interleave_gles INTERFACE)
if(EMSCRIPTEN)
  target_link_options(interleave_gles INTERFACE -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2)
else()
  find_library(INTERLEAVE_GLES_LIBRARY NAMES GLESv2)
  if(INTERLEAVE_GLES_LIBRARY)
    target_link_libraries(interleave_gles INTERFACE "${INTERLEAVE_GLES_LIBRARY}")
  else()
    message(WARNING "OpenGL ES is missing (libgles-dev on Debian): the desktop window will not link.")
  endif()
endif()

# Dear ImGui, and apart from it the back ends that know a window and a GPU.
interleave_populate(imgui)
file(GLOB imgui_core "${imgui_SOURCE_DIR}/imgui*.cpp")
if(EMSCRIPTEN)
  include(ImguiForWeb)
  interleave_imgui_without_font(imgui_core "${imgui_SOURCE_DIR}")
endif()
add_library(imgui STATIC EXCLUDE_FROM_ALL ${imgui_core})
target_include_directories(imgui SYSTEM PUBLIC "${imgui_SOURCE_DIR}")
target_compile_definitions(imgui PUBLIC
  IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_DEBUG_TOOLS)
add_library(imgui_backends STATIC EXCLUDE_FROM_ALL
  "${imgui_SOURCE_DIR}/backends/imgui_impl_sdl2.cpp"
  "${imgui_SOURCE_DIR}/backends/imgui_impl_opengl3.cpp")
target_include_directories(imgui_backends SYSTEM PUBLIC "${imgui_SOURCE_DIR}/backends")
target_compile_definitions(imgui_backends PUBLIC IMGUI_IMPL_OPENGL_ES3)
# Asking a browser's GPU for its state makes it wait: src/app/gl_answers.cpp answers instead.
target_compile_definitions(imgui_backends PRIVATE
  glGetIntegerv=interleave_answer_integer glIsEnabled=interleave_answer_enabled)
target_link_libraries(imgui_backends PUBLIC imgui interleave_sdl interleave_gles)

macro(interleave_need_googletest)
  if(NOT TARGET GTest::gmock_main)
    set(INSTALL_GTEST OFF CACHE BOOL "" FORCE)
    interleave_populate(googletest)
    add_subdirectory("${googletest_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/_deps/googletest" EXCLUDE_FROM_ALL SYSTEM)
  endif()
endmacro()

# Google Benchmark, without its own CMake: that runs a dozen checks, slow ones with Emscripten, and knows a
# system library by the name of one of our folders.
function(interleave_need_benchmark)
  if(NOT TARGET interleave_benchmark)
    interleave_populate(benchmark)
    file(GLOB sources "${benchmark_SOURCE_DIR}/src/*.cc")
    add_library(interleave_benchmark STATIC EXCLUDE_FROM_ALL ${sources})
    target_include_directories(interleave_benchmark SYSTEM PUBLIC "${benchmark_SOURCE_DIR}/include")
    target_compile_definitions(interleave_benchmark PUBLIC BENCHMARK_STATIC_DEFINE
      PRIVATE HAVE_STD_REGEX HAVE_STEADY_CLOCK BENCHMARK_VERSION="1.9.1")
    target_compile_options(interleave_benchmark PRIVATE -w)
    if(NOT EMSCRIPTEN)
      target_link_libraries(interleave_benchmark PUBLIC Threads::Threads)
    endif()
  endif()
endfunction()
