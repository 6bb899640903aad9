// Rows of names and figures, aligned in both languages.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace interleave::cli {

// Columns that the text takes in a terminal: Hangul and other wide characters take two.
[[nodiscard]] std::size_t display_width(std::string_view utf8);

struct Table {
  std::vector<std::vector<std::string>> rows;  // all of the same length

  void add(std::vector<std::string> row) { rows.push_back(std::move(row)); }
};

// Two spaces in front of each row and between columns; the first column to the left, the others to
// the right.
void print_figures(const Table& table, std::ostream& out);
// The same, with every column to the left.
void print_names(const Table& table, std::ostream& out);

}  // namespace interleave::cli
