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

# The program of child processes is loaded from beside whoever starts them.
function(interleave_bring_child target)
  if(INTERLEAVE_THREADS)
    add_dependencies(${target} interleave_child)
  endif()
endfunction()

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
    # Every function of OpenGL, by name: see eglGetProcAddress in cmake/sdl_left_out.c.
    -sGL_ENABLE_GET_PROC_ADDRESS=0 -sFILESYSTEM=0)
  interleave_bring_child(${target})
endfunction()

# interleave_name_page(<target>): beside a page's module, one whose functions keep their names, with the linker's map:
# what tools/bench --only weight reads.
function(interleave_name_page target)
  interleave_link_page(${target})
  get_target_property(name ${target} OUTPUT_NAME)
  set(folder "${PROJECT_BINARY_DIR}/named")
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${folder}")
  target_link_options(${target} PRIVATE --profiling-funcs "-Wl,-Map=${folder}/${name}.map")
endfunction()

# interleave_link_node(<target> <name> [QUICKLY]): a program for Node, run as `node <name>.mjs arguments`. Its main() is
# on a thread of its own, so that it may wait; files are the machine's. QUICKLY leaves out the optimisation of the whole
# module, which no compiler cache keeps: each file's code is what it is anyway.
function(interleave_link_node target name)
  cmake_parse_arguments(arg "QUICKLY" "" "" ${ARGN})
  interleave_bring_child(${target})
  # Fast where its objects are, and linked in less time than a page: nobody downloads it.
  set(level -O2)
  if(arg_QUICKLY)
    set(level -O1)
  endif()
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name} SUFFIX .mjs)
  target_link_options(${target} PRIVATE ${interleave_web_common}
    ${level} -sENVIRONMENT=node,worker -sNODERAWFS -sEXIT_RUNTIME=1 -sSTACK_OVERFLOW_CHECK=1
    "SHELL:--extern-post-js \"${PROJECT_SOURCE_DIR}/cmake/run_in_node.js\"")
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${PROJECT_SOURCE_DIR}/cmake/run_in_node.js")
  if(INTERLEAVE_THREADS)
    target_link_options(${target} PRIVATE -sPROXY_TO_PTHREAD)
  endif()
endfunction()

# interleave_link_child(<target>): the program of child processes, for a page and for Node alike: without threads and
# with a memory of its own. The objects are those of the build with threads; nothing in them that needs a thread is
# linked.
function(interleave_link_child target)
  set(script "${PROJECT_SOURCE_DIR}/cmake/run_as_child.js")
  set_target_properties(${target} PROPERTIES OUTPUT_NAME interleave-child SUFFIX .mjs)
  # For a page, too: else Node's modules are imported before anybody looks where this is.
  target_link_options(${target} PRIVATE -no-pthread --no-entry -fwasm-exceptions
    -sMODULARIZE -sEXPORT_ES6 -sENVIRONMENT=web,worker,node -sFILESYSTEM=0
    -sINITIAL_MEMORY=2MB -sALLOW_MEMORY_GROWTH=1 -sSTACK_SIZE=256KB
    -sEXPORTED_FUNCTIONS=_interleave_run_child -sEXPORTED_RUNTIME_METHODS=ccall
    "SHELL:--extern-post-js \"${script}\"")
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${script}")
endfunction()
