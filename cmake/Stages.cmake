# stages/all.h and the table of all stages, made from the folders src/stages/<id>/. The file stage.cpp of such a folder
# includes "stages/all.h" and defines `Stage stage_of_<id>()`. What several stages share is src/stages/common/.

function(interleave_stages out)
  set(folder "${INTERLEAVE_GENERATED}/stages")
  file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/stages/*/stage.cpp")
  foreach(file IN LISTS files)
    cmake_path(GET file PARENT_PATH id)
    cmake_path(GET id FILENAME id)
    string(APPEND STAGE_DECLARATIONS "[[nodiscard]] view::Stage stage_of_${id}();\n")
    string(APPEND STAGE_ENTRIES "      stage_of_${id}(),\n")
  endforeach()
  configure_file("${PROJECT_SOURCE_DIR}/cmake/stages.h.in" "${folder}/all.h" @ONLY)
  configure_file("${PROJECT_SOURCE_DIR}/cmake/stages.cpp.in" "${folder}/all.cpp" @ONLY)
  set(${out} "${folder}/all.cpp" PARENT_SCOPE)
endfunction()
