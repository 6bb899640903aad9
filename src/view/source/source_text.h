// What the source pane shows: the bodies of a workload in C++, line by line as they stand in its header, and the same
// in Python. Tags in comments (`// @read` and `# @read`) say which lines of the two are the same step.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "view/model.h"

namespace interleave::view {

enum class Tongue : std::uint8_t { cpp, python };
inline constexpr std::size_t tongue_count = 2;

// A stretch of a file as it stands there, with its tags. Embedded by the build: see cmake/embed_sources.cmake.
struct SourceRegion {
  std::string_view workload;
  std::string_view file;       // its name without folders
  int line = 0;                // the number of its first line in the file
  std::string_view condition;  // when it is shown, as "mode=queue,pool": a parameter's key and its options; "": always
  std::string_view text;

  [[nodiscard]] Tongue tongue() const { return file.ends_with(".py") ? Tongue::python : Tongue::cpp; }
};
[[nodiscard]] std::span<const SourceRegion> source_regions();

struct SourceLine {
  int number = 0;                      // in the file; 0: a gap between two regions
  std::string_view text;               // without the indentation that all of its region has, and without tags
  std::vector<std::string_view> tags;  // what steps it is
};

// What a workload's file shows with these parameters.
struct SourceText {
  std::string_view file;
  std::vector<SourceLine> lines;

  // The place in `lines` of the line with this number, or none.
  [[nodiscard]] std::optional<std::size_t> place_of(int number) const;
  // The place of the line that is the same step as this one of the other text, or none.
  [[nodiscard]] std::optional<std::size_t> counterpart_of(const SourceLine& other) const;
};
// Heads of templates are left out of C++: they say the same of every body.
[[nodiscard]] SourceText source_text(std::string_view workload, Tongue tongue, const ParamSet& params);

// Light colouring: which stretches of a line are what. What lies between them is plain.
enum class Ink : std::uint8_t { plain, keyword, comment, text, number };
struct InkSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  Ink ink = Ink::plain;
};
[[nodiscard]] std::vector<InkSpan> inks_of(std::string_view line, Tongue tongue);

// How many columns a text takes: a letter of a script that the typeface for code has not takes two, set in another.
[[nodiscard]] std::size_t columns_of(std::string_view text);
[[nodiscard]] constexpr bool is_ascii(char letter) { return (static_cast<unsigned char>(letter) & 0x80U) == 0; }

// A row of a line that is wrapped to so many columns: its letters, and by how many columns it is indented.
struct SourceRow {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t indent = 0;
};
// At least one row. Breaks behind spaces, commas and opening brackets where it can; later rows are indented further.
[[nodiscard]] std::vector<SourceRow> wrapped(std::string_view line, std::size_t columns);

}  // namespace interleave::view
