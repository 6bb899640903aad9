# Embeds what the source pane shows: of each workload's header and of its Python counterpart the regions between
# `source: begin` and `source: end`, as view/source/source_text.h declares them.

function(interleave_source_regions out)
  file(GLOB counterparts CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/workloads/*.py")
  set(files "")
  foreach(counterpart IN LISTS counterparts)
    get_filename_component(name "${counterpart}" NAME_WE)
    # A name that would hide a module of Python's own ends with an underscore.
    string(REGEX REPLACE "_$" "" id "${name}")
    list(APPEND files "${PROJECT_SOURCE_DIR}/src/workloads/${id}.h" "${counterpart}")
  endforeach()
  set(generated "${INTERLEAVE_GENERATED}/source_regions.cpp")
  set(script "${PROJECT_SOURCE_DIR}/cmake/embed_sources.cmake")
  add_custom_command(OUTPUT "${generated}"
    COMMAND "${CMAKE_COMMAND}" "-DOUT=${generated}" "-DFILES=${files}" -P "${script}"
    DEPENDS ${files} "${script}"
    COMMENT "Embedding the workloads' source" VERBATIM)
  set(${out} "${generated}" PARENT_SCOPE)
endfunction()
