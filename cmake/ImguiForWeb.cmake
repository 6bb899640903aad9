# Dear ImGui has a font of its own for programs that bring none: 12 KB that hardly compress, and we bring ours.

# interleave_imgui_without_font(<variable with sources> <source folder>): takes a copy of imgui_draw.cpp without the
# font's bytes in its place.
function(interleave_imgui_without_font sources source_dir)
  set(file "${source_dir}/imgui_draw.cpp")
  set(copy "${INTERLEAVE_GENERATED}/imgui_draw.cpp")
  file(READ "${file}" text)
  string(FIND "${text}" "static const char proggy_clean_ttf_compressed_data_base85[" begin)
  string(FIND "${text}" "static const char* GetDefaultCompressedFontDataTTFBase85()" end)
  if(begin EQUAL -1 OR end LESS begin)
    message(FATAL_ERROR "${file} has its font somewhere else than Dear ImGui 1.90 had: see cmake/ImguiForWeb.cmake.")
  endif()
  string(SUBSTRING "${text}" 0 ${begin} before)
  string(SUBSTRING "${text}" ${end} -1 after)
  file(CONFIGURE OUTPUT "${copy}" @ONLY
    CONTENT "@before@static const char proggy_clean_ttf_compressed_data_base85[] = \"\";\n\n@after@")
  list(REMOVE_ITEM ${sources} "${file}")
  list(APPEND ${sources} "${copy}")
  set(${sources} "${${sources}}" PARENT_SCOPE)
endfunction()
