# SDL2 for the web, from the fixed configuration for Emscripten that SDL ships. Its own CMake would run a few
# hundred checks first, and each costs Emscripten a second. Only what a canvas needs: no audio, joystick or renderer,
# and no pixels of its own, since everything is drawn by WebGL. sdl_left_out.c stands for what other parts of SDL refer
# to.

function(interleave_sdl_for_web target source_dir)
  set(sources "")
  set(folders . atomic cpuinfo dynapi events file libm stdlib thread timer timer/unix video video/emscripten loadso/dlopen)
  foreach(folder IN LISTS folders)
    file(GLOB found "${source_dir}/src/${folder}/*.c")
    list(APPEND sources ${found})
  endforeach()
  set(pixels SDL_blit[^/]* SDL_bmp SDL_RLEaccel SDL_stretch SDL_vulkan_utils SDL_yuv SDL_emscriptenframebuffer)
  list(JOIN pixels "|" pixels)
  list(FILTER sources EXCLUDE REGEX "/(${pixels})\\.c$")
  foreach(file SDL_syscond SDL_sysmutex SDL_syssem SDL_systhread SDL_systls)
    if(INTERLEAVE_THREADS)
      list(APPEND sources "${source_dir}/src/thread/pthread/${file}.c")
    else()
      list(APPEND sources "${source_dir}/src/thread/generic/${file}.c")
    endif()
  endforeach()
  add_library(${target} STATIC EXCLUDE_FROM_ALL ${sources} "${PROJECT_SOURCE_DIR}/cmake/sdl_left_out.c")
  target_include_directories(${target} SYSTEM PUBLIC "${source_dir}/include" PRIVATE "${source_dir}/src/video/khronos")
  target_compile_definitions(${target} PRIVATE
    SDL_AUDIO_DISABLED=1 SDL_JOYSTICK_DISABLED=1 SDL_SENSOR_DISABLED=1 SDL_RENDER_DISABLED=1)
  target_compile_options(${target} PRIVATE -w)
endfunction()
