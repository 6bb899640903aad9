# Every workload on every engine, each pair in a translation unit of its own, and engines/registry.h, the table of
# them all; made from src/workloads/all.h. engines/built.h says that these are compiled, so that nobody compiles them
# again.
#
# all.h says `#include "workloads/counter.h"` for each header and `using All = TypeList<Counter, ...>;`. The type
# BlockingIo is declared in workloads/blocking_io.h.

# interleave_engines(<out variable> <engine>...): the engines in the order of the enumeration Engine.
function(interleave_engines out)
  set(all "${PROJECT_SOURCE_DIR}/src/workloads/all.h")
  set(folder "${INTERLEAVE_GENERATED}/engines")
  set(${out} "" PARENT_SCOPE)
  file(GLOB found CONFIGURE_DEPENDS "${all}")
  if(NOT found)
    return()
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${all}")
  file(READ "${all}" text)
  string(REGEX REPLACE "//[^\n]*" "" text "${text}")
  if(NOT text MATCHES "using[ \n]+All[ \n]*=[ \n]*[A-Za-z_:]*TypeList<([^>;]*)>[ \n]*;")
    message(FATAL_ERROR "src/workloads/all.h has no `using All = TypeList<...>;`, from which the engines are made.")
  endif()
  string(REGEX REPLACE "[ \n]" "" types "${CMAKE_MATCH_1}")
  string(REPLACE "," ";" types "${types}")

  set(sources "${folder}/registry.cpp")
  foreach(WORKLOAD_TYPE IN LISTS types)
    string(REGEX REPLACE "([a-z0-9])([A-Z])" "\\1_\\2" id "${WORKLOAD_TYPE}")
    string(TOLOWER "${id}" id)
    set(WORKLOAD_HEADER "workloads/${id}.h")
    if(NOT text MATCHES "#include \"${WORKLOAD_HEADER}\"")
      message(FATAL_ERROR "src/workloads/all.h lists ${WORKLOAD_TYPE} but does not include \"${WORKLOAD_HEADER}\".")
    endif()
    set(starts "")
    foreach(ENGINE IN LISTS ARGN)
      # A build without threads has no live engine; whoever reads the registry says so.
      if(ENGINE STREQUAL "live" AND NOT INTERLEAVE_THREADS)
        list(APPEND starts "nullptr")
        continue()
      endif()
      set(file "${folder}/${id}_${ENGINE}.cpp")
      configure_file("${PROJECT_SOURCE_DIR}/cmake/engine.cpp.in" "${file}" @ONLY)
      list(APPEND sources "${file}")
      list(APPEND starts "&${ENGINE}::start<workloads::${WORKLOAD_TYPE}>")
      string(APPEND declarations_${ENGINE}
        "extern template std::unique_ptr<rt::Execution> start<workloads::${WORKLOAD_TYPE}>(const rt::Start&);\n")
    endforeach()
    list(JOIN starts ", " starts)
    string(APPEND REGISTRY_ENTRIES "      {rt::info_of<workloads::${WORKLOAD_TYPE}>(), {${starts}}},\n")
  endforeach()
  foreach(ENGINE IN LISTS ARGN)
    string(APPEND REGISTRY_DECLARATIONS "namespace interleave::${ENGINE} {\n\n"
      "template <rt::Workload W>\nstd::unique_ptr<rt::Execution> start(const rt::Start& start);\n"
      "${declarations_${ENGINE}}\n}  // namespace interleave::${ENGINE}\n\n")
  endforeach()
  foreach(file built.h registry.h registry.cpp)
    configure_file("${PROJECT_SOURCE_DIR}/cmake/${file}.in" "${folder}/${file}" @ONLY)
  endforeach()
  set(${out} "${sources}" PARENT_SCOPE)
endfunction()
