#include "cli/table.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <ostream>
#include <utility>

namespace interleave::cli {
namespace {

// From Unicode's EastAsianWidth.txt: the wide blocks that our texts can hold.
constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 6> wide_blocks{{
    {0x1100, 0x115F},  // Hangul Jamo
    {0x2E80, 0x303E},  // CJK radicals and punctuation
    {0x3041, 0xA4CF},  // Kana to Yi, CJK ideographs
    {0xAC00, 0xD7A3},  // Hangul syllables
    {0xF900, 0xFAFF},  // compatibility ideographs
    {0xFF00, 0xFF60},  // full-width forms
}};

std::vector<std::size_t> widths_of(const Table& table) {
  std::vector<std::size_t> widths;
  for (const auto& row : table.rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t at = 0; at < row.size(); ++at) {
      widths[at] = std::max(widths[at], display_width(row[at]));
    }
  }
  return widths;
}

void print(const Table& table, bool figures, std::ostream& out) {
  const std::vector<std::size_t> widths = widths_of(table);
  for (const auto& row : table.rows) {
    for (std::size_t at = 0; at < row.size(); ++at) {
      const std::string gap(widths[at] - display_width(row[at]), ' ');
      const bool right = figures && at > 0;
      const bool last = at + 1 == row.size();
      out << "  " << (right ? gap : "") << row[at] << (right || last ? "" : gap);
    }
    out << '\n';
  }
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  std::uint32_t character = 0;
  const auto count = [&] {
    const bool wide = std::ranges::any_of(
        wide_blocks, [&](const auto& block) { return block.first <= character && character <= block.second; });
    width += wide ? 2 : 1;
  };
  bool begun = false;
  for (const char c : utf8) {
    const std::uint32_t byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U) {
      character = (character << 6U) | (byte & 0x3FU);
      continue;
    }
    if (begun) count();
    begun = true;
    character = byte < 0x80U ? byte : byte < 0xE0U ? byte & 0x1FU : byte < 0xF0U ? byte & 0x0FU : byte & 0x07U;
  }
  if (begun) count();
  return width;
}

void print_figures(const Table& table, std::ostream& out) { print(table, true, out); }
void print_names(const Table& table, std::ostream& out) { print(table, false, out); }

}  // namespace interleave::cli
