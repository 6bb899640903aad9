#include "app/png.h"

#include <algorithm>
#include <fstream>
#include <string_view>
#include <vector>

namespace interleave::app {
namespace {

using Bytes = std::vector<std::uint8_t>;

void add_number(Bytes& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(value >> static_cast<unsigned>(shift)));
}

std::uint32_t crc(std::span<const std::uint8_t> bytes) {
  std::uint32_t sum = 0xffff'ffffU;
  for (const std::uint8_t byte : bytes) {
    sum ^= byte;
    for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1U) ^ ((sum & 1U) != 0 ? 0xedb8'8320U : 0U);
  }
  return ~sum;
}

void add_chunk(Bytes& out, std::string_view name, const Bytes& content) {
  add_number(out, static_cast<std::uint32_t>(content.size()));
  const std::size_t from = out.size();
  for (const char c : name) out.push_back(static_cast<std::uint8_t>(c));
  out.insert(out.end(), content.begin(), content.end());
  add_number(out, crc(std::span(out).subspan(from)));
}

// zlib's container around stored blocks.
Bytes stored(const Bytes& raw) {
  constexpr std::size_t most = 65'535;
  Bytes out{0x78, 0x01};
  for (std::size_t at = 0; at < raw.size(); at += most) {
    const std::size_t length = std::min(most, raw.size() - at);
    const auto low = static_cast<std::uint8_t>(length & 0xffU);
    const auto high = static_cast<std::uint8_t>(length >> 8U);
    out.push_back(at + length == raw.size() ? 1 : 0);
    out.insert(out.end(), {low, high, static_cast<std::uint8_t>(~low), static_cast<std::uint8_t>(~high)});
    out.insert(out.end(), raw.begin() + static_cast<std::ptrdiff_t>(at),
               raw.begin() + static_cast<std::ptrdiff_t>(at + length));
  }
  std::uint32_t a = 1;
  std::uint32_t b = 0;
  for (const std::uint8_t byte : raw) {
    a = (a + byte) % 65'521;
    b = (b + a) % 65'521;
  }
  add_number(out, (b << 16U) | a);
  return out;
}

}  // namespace

bool write_png(const std::string& path, int width, int height, std::span<const std::uint8_t> rgba) {
  Bytes raw;
  const std::size_t row = static_cast<std::size_t>(width) * 4;
  for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
    raw.push_back(0);  // this row is not filtered
    const auto line = rgba.subspan(y * row, row);
    raw.insert(raw.end(), line.begin(), line.end());
  }
  Bytes header;
  add_number(header, static_cast<std::uint32_t>(width));
  add_number(header, static_cast<std::uint32_t>(height));
  header.insert(header.end(), {8, 6, 0, 0, 0});  // 8 bits, RGBA
  Bytes out{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  add_chunk(out, "IHDR", header);
  add_chunk(out, "IDAT", stored(raw));
  add_chunk(out, "IEND", {});
  std::ofstream file(path, std::ios::binary);
  const std::string text(out.begin(), out.end());
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  return file.good();
}

}  // namespace interleave::app
