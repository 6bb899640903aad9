# One target for each folder of src/. A folder's files are found, not listed, so that adding one edits nothing.

# The .cpp files of a folder that belong to this platform: *_web.cpp is for Emscripten, *_native.cpp for the rest.
function(interleave_sources out directory)
  file(GLOB_RECURSE found CONFIGURE_DEPENDS "${directory}/*.cpp")
  if(EMSCRIPTEN)
    list(FILTER found EXCLUDE REGEX "_native\\.cpp$")
  else()
    list(FILTER found EXCLUDE REGEX "_web\\.cpp$")
  endif()
  set(${out} "${found}" PARENT_SCOPE)
endfunction()

# interleave_folder(<name> [USES <folder>...] [LINKS <third party>...] [SOURCES <generated>...] [OBJECTS])
#
# USES is the include rule of DESIGN.md: what this folder may include. main.cpp is left to the executable, so that
# tests can link the rest. OBJECTS links every object, referred to or not (a page's exported functions are not).
# The target is folder_<name>, because plain names like "rt" are also libraries of the system.
function(interleave_folder name)
  cmake_parse_arguments(arg "OBJECTS" "" "USES;LINKS;SOURCES" ${ARGN})
  list(TRANSFORM arg_USES PREPEND folder_)
  interleave_sources(sources "${PROJECT_SOURCE_DIR}/src/${name}")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  list(APPEND sources ${arg_SOURCES})
  if(NOT sources)
    add_library(folder_${name} INTERFACE)
    target_include_directories(folder_${name} INTERFACE "${PROJECT_SOURCE_DIR}/src")
    target_link_libraries(folder_${name} INTERFACE ${arg_USES} ${arg_LINKS})
    return()
  endif()
  if(arg_OBJECTS)
    add_library(folder_${name} OBJECT ${sources})
  else()
    add_library(folder_${name} STATIC ${sources})
  endif()
  target_include_directories(folder_${name} PUBLIC "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(folder_${name} PUBLIC ${arg_USES} ${arg_LINKS} PRIVATE interleave_warnings)
endfunction()

# interleave_program(<target> <folder>): an executable from src/<folder>/main.cpp, where there is one.
function(interleave_program target folder)
  set(main "${PROJECT_SOURCE_DIR}/src/${folder}/main.cpp")
  file(GLOB found CONFIGURE_DEPENDS "${main}")
  if(NOT found)
    message(STATUS "${target} is left out: there is no src/${folder}/main.cpp yet.")
    return()
  endif()
  add_executable(${target} "${main}")
  target_link_libraries(${target} PRIVATE folder_${folder} interleave_warnings)
endfunction()
