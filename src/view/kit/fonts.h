// Typefaces at the device's own resolution. Glyphs are drawn into the atlas when they are first needed, so that
// Hangul costs only what is on screen.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "core/picture.h"

struct ImFont;

namespace interleave::view {

enum class Face : std::uint8_t { regular, semibold, bold, mono, mono_bold };
inline constexpr std::size_t face_count = 5;

// TrueType files, by Face. The bytes must outlive the Fonts.
using FontFiles = std::array<std::span<const std::byte>, face_count>;

enum class Type : std::uint8_t {
  label,  // 12/16
  label_strong,
  body,  // 14/20
  body_strong,
  sentence,  // 16/24
  sentence_strong,
  title,   // 20/28
  figure,  // 28/34
  count,   // 44/52
  code,    // 13/20
  code_strong,
  listing,  // 12/18, of source code
};
inline constexpr std::size_t type_count = 12;

struct TypeInfo {
  Face face;
  float size;      // of the em, as in CSS
  float line;      // height of a line
  float tracking;  // added between letters
};
[[nodiscard]] TypeInfo info(Type type);

class Fonts {
 public:
  explicit Fonts(FontFiles files);

  // Builds the atlas of the current ImGui context anew where the scale has changed or a glyph was missing. True if
  // it did: the texture must then be uploaded again, and what was drawn with missing glyphs drawn again.
  bool prepare(float device_scale);
  // Notes the characters of a text that is about to be drawn or measured.
  void need(Type type, std::string_view text);

  [[nodiscard]] ImFont* font(Type type) const { return fonts_[static_cast<std::size_t>(type)]; }
  // In device pixels.
  [[nodiscard]] float pixel_size(Type type) const { return sizes_[static_cast<std::size_t>(type)]; }
  // Where the thumbnail of a made picture (see core/picture.h) lies in the atlas: its edges, as shares of the texture.
  struct Patch {
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;
  };
  [[nodiscard]] Patch thumbnail(std::int64_t number) const;
  // Characters that were asked for and that no file has.
  [[nodiscard]] const std::set<std::uint32_t>& absent() const { return absent_; }

 private:
  void build();
  void make_figures_tabular(ImFont& font) const;
  void paint_thumbnails();

  FontFiles files_;
  float scale_ = 0;
  bool dirty_ = true;
  std::array<ImFont*, type_count> fonts_{};
  std::array<float, type_count> sizes_{};
  std::array<std::set<std::uint32_t>, type_count> wanted_;
  std::array<std::vector<std::uint16_t>, type_count> ranges_;  // the atlas reads them while it is built
  std::array<int, picture_count> thumbnails_{};                // their rectangles' numbers in the atlas
  std::set<std::uint32_t> absent_;
};

// The code points of a text in UTF-8. Broken bytes are passed over.
template <class Visit>
void each_character(std::string_view text, Visit&& visit) {
  for (std::size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    std::uint32_t code = length == 1 ? first : first & (0xffU >> (length + 1));
    for (std::size_t k = 1; k < length && at + k < text.size(); ++k) {
      code = (code << 6U) | (static_cast<unsigned char>(text[at + k]) & 0x3fU);
    }
    visit(code, at, length);
    at += length;
  }
}

}  // namespace interleave::view
