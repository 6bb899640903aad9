# The fonts of the canvas, subset to the characters that our texts use and compiled in. The target is interleave_fonts;
# its header is "fonts.h". A page's module has those without Hangul: the target interleave_font_files puts the whole
# ones beside it, which the page fetches where it shows Korean.

set(INTERLEAVE_PRETENDARD "${PROJECT_SOURCE_DIR}/node_modules/pretendard/dist/public/static/alternative"
  CACHE PATH "Folder of Pretendard-*.ttf (npm package pretendard)")
find_path(INTERLEAVE_JETBRAINS_MONO JetBrainsMono-Regular.ttf NO_CMAKE_FIND_ROOT_PATH
  PATHS /usr/share/fonts/truetype/jetbrains-mono /usr/share/fonts/jetbrains-mono
  DOC "Folder of JetBrainsMono-*.ttf (Debian package fonts-jetbrains-mono)")
# Debian's own Python has Debian's fonttools; another one on PATH may not.
find_program(INTERLEAVE_PYTHON python3 HINTS /usr/bin NO_CMAKE_FIND_ROOT_PATH)

set(fonts
  pretendard_regular=${INTERLEAVE_PRETENDARD}/Pretendard-Regular.ttf
  pretendard_semibold=${INTERLEAVE_PRETENDARD}/Pretendard-SemiBold.ttf
  jetbrains_mono_regular=${INTERLEAVE_JETBRAINS_MONO}/JetBrainsMono-Regular.ttf
  jetbrains_mono_bold=${INTERLEAVE_JETBRAINS_MONO}/JetBrainsMono-Bold.ttf)

# What the canvas draws. Lessons are prose for the page, in its own fonts.
file(GLOB_RECURSE texts CONFIGURE_DEPENDS
  "${PROJECT_SOURCE_DIR}/src/*.h" "${PROJECT_SOURCE_DIR}/src/*.cpp" "${PROJECT_SOURCE_DIR}/src/*.py")
set(characters "${INTERLEAVE_GENERATED}/characters.txt")
set(script "${PROJECT_SOURCE_DIR}/tools/lib/fonts.py")

# Two steps: the characters seldom change when a source does, and only then are the fonts made again.
string(REPLACE ";" "\n" texts_lines "${texts}")
file(GENERATE OUTPUT "${INTERLEAVE_GENERATED}/texts.txt" CONTENT "${texts_lines}\n")
add_custom_command(OUTPUT "${characters}"
  COMMAND "${INTERLEAVE_PYTHON}" "${script}" characters "${INTERLEAVE_GENERATED}/texts.txt" "${characters}"
  DEPENDS ${texts} "${script}" "${INTERLEAVE_GENERATED}/texts.txt"
  COMMENT "Collecting the characters of our texts" VERBATIM)
set(font_files pretendard-regular.ttf pretendard-semibold.ttf)
list(TRANSFORM font_files PREPEND "${INTERLEAVE_GENERATED}/")
add_custom_command(OUTPUT "${INTERLEAVE_GENERATED}/fonts.cpp" "${INTERLEAVE_GENERATED}/fonts.h" ${font_files}
  COMMAND "${INTERLEAVE_PYTHON}" "${script}" embed "${characters}" "${INTERLEAVE_GENERATED}" ${fonts}
  DEPENDS "${characters}" "${script}"
  COMMENT "Subsetting fonts" VERBATIM)
add_library(interleave_fonts STATIC EXCLUDE_FROM_ALL "${INTERLEAVE_GENERATED}/fonts.cpp" "${INTERLEAVE_GENERATED}/fonts.h")
target_include_directories(interleave_fonts PUBLIC "${INTERLEAVE_GENERATED}")
add_custom_target(interleave_font_files
  COMMAND "${CMAKE_COMMAND}" -E copy_if_different ${font_files} "${CMAKE_RUNTIME_OUTPUT_DIRECTORY}"
  DEPENDS ${font_files} VERBATIM)
