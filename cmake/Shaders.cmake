# Embeds shaders/*.vert and *.frag into a header "shaders.h": interleave::shaders::name_vert and so on.

function(interleave_embed_shaders target)
  file(GLOB shaders CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/shaders/*.vert" "${PROJECT_SOURCE_DIR}/shaders/*.frag")
  set(header "${INTERLEAVE_GENERATED}/shaders.h")
  add_custom_command(OUTPUT "${header}"
    COMMAND "${CMAKE_COMMAND}" "-DOUT=${header}" "-DSHADERS=${shaders}" -P "${PROJECT_SOURCE_DIR}/cmake/embed_shaders.cmake"
    DEPENDS ${shaders} "${PROJECT_SOURCE_DIR}/cmake/embed_shaders.cmake"
    COMMENT "Embedding shaders" VERBATIM)
  add_custom_target(interleave_shaders DEPENDS "${header}")
  add_dependencies(${target} interleave_shaders)
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "INTERFACE_LIBRARY")
    target_include_directories(${target} INTERFACE "${INTERLEAVE_GENERATED}")
  else()
    target_include_directories(${target} PUBLIC "${INTERLEAVE_GENERATED}")
  endif()
endfunction()
