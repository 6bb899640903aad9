# invariants_table.h, which declares the invariants of each workload, and invariants_table.cpp, the table of them all:
# made from tests/workloads/<id>_invariants.cpp, each of which includes "invariants_table.h" and defines
# `Invariants <id>_invariants()`.

# interleave_invariants(<out variable>): the found files, and what is made of them.
function(interleave_invariants out)
  file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/workloads/*_invariants.cpp")
  foreach(file IN LISTS files)
    get_filename_component(name "${file}" NAME)
    string(REGEX REPLACE "_invariants\\.cpp$" "" id "${name}")
    string(APPEND INVARIANTS_DECLARATIONS "[[nodiscard]] Invariants ${id}_invariants();\n")
    string(APPEND INVARIANTS_ENTRIES "      {\"${id}\", ${id}_invariants()},\n")
  endforeach()
  foreach(file invariants_table.h invariants_table.cpp)
    configure_file("${PROJECT_SOURCE_DIR}/cmake/${file}.in" "${INTERLEAVE_GENERATED}/${file}" @ONLY)
  endforeach()
  set(${out} ${files} "${INTERLEAVE_GENERATED}/invariants_table.cpp" PARENT_SCOPE)
endfunction()
