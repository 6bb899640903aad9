#include "view/kit/fonts.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

namespace interleave::view {
namespace {

constexpr std::array<TypeInfo, type_count> types{{
    {Face::regular, 12, 16, 0},
    {Face::semibold, 12, 16, 0},
    {Face::regular, 14, 20, 0},
    {Face::semibold, 14, 20, 0},
    {Face::regular, 16, 24, 0},
    {Face::semibold, 16, 24, 0},
    {Face::bold, 20, 28, -0.2F},
    {Face::bold, 28, 34, -0.5F},
    {Face::bold, 44, 52, -1.0F},
    {Face::mono, 13, 20, 0},
    {Face::mono_bold, 13, 20, 0},
    {Face::mono, 12, 18, 0},
}};

// Large enough for the largest that is drawn.
constexpr float thumbnail_points = 28;

std::uint32_t big_endian(std::span<const std::byte> bytes, std::size_t at, std::size_t count) {
  std::uint32_t out = 0;
  for (std::size_t k = 0; k < count && at + k < bytes.size(); ++k) {
    out = (out << 8U) | std::to_integer<std::uint32_t>(bytes[at + k]);
  }
  return out;
}

std::size_t find_table(std::span<const std::byte> file, std::uint32_t tag) {
  const std::size_t tables = big_endian(file, 4, 2);
  for (std::size_t at = 0; at < tables; ++at) {
    if (big_endian(file, 12 + at * 16, 4) == tag) return big_endian(file, 12 + at * 16 + 8, 4);
  }
  return 0;
}

// ImGui sizes a font by its ascent and descent together, CSS by its em: this is how many times larger the former is.
float height_per_em(std::span<const std::byte> file) {
  constexpr std::uint32_t head = 0x6865'6164;
  constexpr std::uint32_t hhea = 0x6868'6561;
  const std::size_t head_at = find_table(file, head);
  const std::size_t hhea_at = find_table(file, hhea);
  if (head_at == 0 || hhea_at == 0) return 1.2F;
  const auto units = static_cast<float>(big_endian(file, head_at + 18, 2));
  const auto ascent = static_cast<std::int16_t>(big_endian(file, hhea_at + 4, 2));
  const auto descent = static_cast<std::int16_t>(big_endian(file, hhea_at + 6, 2));
  return units > 0 ? static_cast<float>(ascent - descent) / units : 1.2F;
}

}  // namespace

TypeInfo info(Type type) { return types[static_cast<std::size_t>(type)]; }

Fonts::Fonts(FontFiles files) : files_(files) {
  for (std::set<std::uint32_t>& wanted : wanted_) {
    for (std::uint32_t code = 0x20; code < 0x7f; ++code) wanted.insert(code);
    wanted.insert(0x2026);  // the ellipsis, which appears where it is not expected
  }
}

void Fonts::need(Type type, std::string_view text) {
  std::set<std::uint32_t>& wanted = wanted_[static_cast<std::size_t>(type)];
  each_character(text, [&](std::uint32_t code, std::size_t, std::size_t) {
    if (code < 0x80 || code > 0xffff) return;
    if (wanted.insert(code).second) dirty_ = true;
  });
}

bool Fonts::prepare(float device_scale) {
  if (!dirty_ && device_scale == scale_) return false;
  scale_ = device_scale;
  build();
  dirty_ = false;
  return true;
}

void Fonts::build() {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  for (std::size_t at = 0; at < type_count; ++at) {
    const TypeInfo& type = types[at];
    std::vector<std::uint16_t>& ranges = ranges_[at];
    ranges.clear();
    for (const std::uint32_t code : wanted_[at]) {
      const auto narrow = static_cast<std::uint16_t>(code);
      if (!ranges.empty() && ranges.back() + 1 == narrow) {
        ranges.back() = narrow;
      } else {
        ranges.insert(ranges.end(), {narrow, narrow});
      }
    }
    ranges.push_back(0);
    const std::span<const std::byte> file = files_[static_cast<std::size_t>(type.face)];
    sizes_[at] = type.size * height_per_em(file) * scale_;
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    config.OversampleH = scale_ < 2 ? 3 : 1;
    config.OversampleV = 1;
    config.GlyphExtraSpacing.x = type.tracking * scale_;
    // ImGui takes a mutable pointer and does not write through it, since the atlas does not own the data.
    void* data = const_cast<std::byte*>(file.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    fonts_[at] = atlas.AddFontFromMemoryTTF(data, static_cast<int>(file.size()), sizes_[at], &config, ranges.data());
  }
  const auto side = static_cast<int>(std::lround(thumbnail_points * scale_));
  for (int& thumbnail : thumbnails_) thumbnail = atlas.AddCustomRectRegular(side, side);
  atlas.Build();
  paint_thumbnails();
  for (std::size_t at = 0; at < type_count; ++at) {
    // Large figures stand alone; with equal widths a 1 would look lost in them.
    if (types[at].size < 20) make_figures_tabular(*fonts_[at]);
    for (const std::uint32_t code : wanted_[at]) {
      if (fonts_[at]->FindGlyphNoFallback(static_cast<ImWchar>(code)) == nullptr) absent_.insert(code);
    }
  }
}

// Each pixel is the mean of nine places in the picture.
void Fonts::paint_thumbnails() {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  unsigned char* pixels = nullptr;
  int width = 0;
  atlas.GetTexDataAsRGBA32(&pixels, &width, nullptr);
  for (int number = 0; number < picture_count; ++number) {
    const ImFontAtlasCustomRect& rect = *atlas.GetCustomRectByIndex(thumbnails_[static_cast<std::size_t>(number)]);
    for (int at = 0; at < rect.Width * rect.Height; ++at) {
      const int row = at / rect.Width;
      const int column = at % rect.Width;
      std::array<int, 3> sum{};
      for (int k = 0; k < 9; ++k) {
        const int part_row = k / 3;
        const float x = static_cast<float>(column) + (static_cast<float>(k % 3) + 0.5F) / 3;
        const float y = static_cast<float>(row) + (static_cast<float>(part_row) + 0.5F) / 3;
        const auto color = picture_at(number, x / static_cast<float>(rect.Width), y / static_cast<float>(rect.Height));
        for (std::size_t part = 0; part < sum.size(); ++part) sum[part] += color[part];
      }
      const int place = (rect.Y + row) * width + rect.X + column;
      unsigned char* pixel = pixels + static_cast<std::ptrdiff_t>(place) * 4;
      for (std::size_t part = 0; part < sum.size(); ++part) pixel[part] = static_cast<unsigned char>(sum[part] / 9);
      pixel[3] = 255;
    }
  }
}

Fonts::Patch Fonts::thumbnail(std::int64_t number) const {
  const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  const auto index = thumbnails_[static_cast<std::size_t>(number % picture_count)];
  const ImFontAtlasCustomRect& rect = atlas.CustomRects[index];
  const auto share = [](int at, int all) { return static_cast<float>(at) / static_cast<float>(all); };
  return {share(rect.X, atlas.TexWidth), share(rect.Y, atlas.TexHeight), share(rect.X + rect.Width, atlas.TexWidth),
          share(rect.Y + rect.Height, atlas.TexHeight)};
}

// Figures that change must not make their neighbours jump: all ten get the width of the widest.
void Fonts::make_figures_tabular(ImFont& font) const {
  float widest = 0;
  for (ImWchar digit = '0'; digit <= '9'; ++digit) {
    const ImFontGlyph* glyph = font.FindGlyphNoFallback(digit);
    if (glyph != nullptr) widest = std::max(widest, glyph->AdvanceX);
  }
  for (ImWchar digit = '0'; digit <= '9'; ++digit) {
    const ImWchar index = digit < font.IndexLookup.Size ? font.IndexLookup[digit] : ImWchar{0xffff};
    if (index == 0xffff) continue;
    ImFontGlyph& glyph = font.Glyphs[index];
    const float shift = (widest - glyph.AdvanceX) / 2;
    glyph.X0 += shift;
    glyph.X1 += shift;
    glyph.AdvanceX = widest;
    font.IndexAdvanceX[digit] = widest;
  }
}

}  // namespace interleave::view
