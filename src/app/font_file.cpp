#include "app/font_file.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace interleave::app {
namespace {

constexpr std::uint32_t version = 0x0001'0000;
constexpr std::size_t header = 12;
constexpr std::size_t entry = 16;  // of the list of tables

std::uint32_t number(std::span<const std::byte> bytes, std::size_t at, std::size_t count) {
  std::uint32_t out = 0;
  for (const std::byte byte : bytes.subspan(at, count)) out = (out << 8U) | std::to_integer<std::uint32_t>(byte);
  return out;
}

constexpr std::uint32_t tag(const char (&name)[5]) {
  std::uint32_t out = 0;
  for (std::size_t at = 0; at < 4; ++at) out = (out << 8U) | static_cast<unsigned char>(name[at]);
  return out;
}

}  // namespace

bool is_font(std::span<const std::byte> file) {
  std::array missing{tag("cmap"), tag("glyf"), tag("head"), tag("hhea"), tag("hmtx"), tag("loca")};
  if (file.size() < header || number(file, 0, 4) != version) return false;
  const std::size_t tables = number(file, 4, 2);
  if (file.size() < header + tables * entry) return false;
  for (std::size_t at = header; at < header + tables * entry; at += entry) {
    const std::uint64_t end = std::uint64_t{number(file, at + 8, 4)} + number(file, at + 12, 4);
    if (end > file.size()) return false;
    std::ranges::replace(missing, number(file, at, 4), 0U);
  }
  return std::ranges::count(missing, 0U) == static_cast<std::ptrdiff_t>(missing.size());
}

}  // namespace interleave::app
