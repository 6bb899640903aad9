# How our programs are linked for the web and for Node.

set(interleave_web_common
  -fwasm-exceptions
  -sMODULARIZE -sEXPORT_ES6
  # What our EM_JS functions call; in a file, because CMake escapes their dollar signs once too often.
  "-sDEFAULT_LIBRARY_FUNCS_TO_INCLUDE=@${PROJECT_SOURCE_DIR}/cmake/js_functions.json"
  -sINITIAL_MEMORY=${INTERLEAVE_MEMORY_MIB}MB -sALLOW_MEMORY_GROWTH=0
  -sSTACK_SIZE=1MB -sDEFAULT_PTHREAD_STACK_SIZE=512KB)
if(INTERLEAVE_THREADS)
  # STRICT=2: creating a thread beyond the pool fails at once, instead of hanging until the main thread yields.
  list(APPEND interleave_web_common -pthread -sPTHREAD_POOL_SIZE=${INTERLEAVE_POOL_SIZE} -sPTHREAD_POOL_SIZE_STRICT=2)
endif()

# interleave_link_page(<target>): a module that a page loads; the main thread may not block.
function(interleave_link_page target)
  # Both builds lie beside each other in the bundle.
  set(name interleave)
  if(NOT INTERLEAVE_THREADS)
    set(name interleave-nothreads)
  endif()
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name} SUFFIX .mjs)
  target_link_options(${target} PRIVATE ${interleave_web_common}
    -sENVIRONMENT=web,worker -sALLOW_BLOCKING_ON_MAIN_THREAD=0 -sEXPORT_NAME=createInterleave
    -sEXPORTED_RUNTIME_METHODS=UTF8ToString,stringToNewUTF8,ccall
    -sGL_ENABLE_GET_PROC_ADDRESS=1 -sFILESYSTEM=0)
  # Past the limits in tools/lib/weight.mjs the page is too slow to open; the build fails.
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND node "${PROJECT_SOURCE_DIR}/tools/lib/size.mjs"
      "$<TARGET_FILE:${target}>" "$<TARGET_FILE_DIR:${target}>/${name}.wasm"
    VERBATIM)
endfunction()

# interleave_link_node(<target> <name>): a program for Node, run as `node <name>.mjs arguments`. Its main() is on a
# thread of its own, so that it may wait; files are the machine's.
function(interleave_link_node target name)
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name} SUFFIX .mjs)
  target_link_options(${target} PRIVATE ${interleave_web_common}
    -sENVIRONMENT=node,worker -sNODERAWFS -sEXIT_RUNTIME=1 -sSTACK_OVERFLOW_CHECK=1
    "SHELL:--extern-post-js \"${PROJECT_SOURCE_DIR}/cmake/run_in_node.js\"")
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${PROJECT_SOURCE_DIR}/cmake/run_in_node.js")
  if(INTERLEAVE_THREADS)
    target_link_options(${target} PRIVATE -sPROXY_TO_PTHREAD)
  endif()
endfunction()
