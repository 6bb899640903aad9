# stages.h, which declares each workload's stage, and stages.cpp, which finds it by the workload's id: made from
# src/view/stage_<id>.cpp, each of which includes "stages.h" and defines `Stage stage_of_<id>()`. Files of that name
# without such a function are parts of other stages.

function(interleave_stages out)
  file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/view/stage_*.cpp")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
    file(STRINGS "${file}" found REGEX "^Stage stage_of_[a-z_]+\\(\\) {")
    if(NOT found)
      continue()
    endif()
    string(REGEX REPLACE "^Stage stage_of_([a-z_]+)\\(.*" "\\1" id "${found}")
    string(APPEND STAGE_DECLARATIONS "[[nodiscard]] Stage stage_of_${id}();\n")
    string(APPEND STAGE_ENTRIES "  if (workload == \"${id}\") return stage_of_${id}();\n")
  endforeach()
  foreach(file stages.h stages.cpp)
    configure_file("${PROJECT_SOURCE_DIR}/cmake/${file}.in" "${INTERLEAVE_GENERATED}/${file}" @ONLY)
  endforeach()
  set(${out} "${INTERLEAVE_GENERATED}/stages.cpp" PARENT_SCOPE)
endfunction()
