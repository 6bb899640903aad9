// Many rounded rectangles with a colour and a texture each, in one draw call.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "gpu/program.h"

namespace interleave::gpu {

// In device pixels from the view's top left. `style` is an index into the styles given to draw.
struct Rectangle {
  float x0 = 0;
  float x1 = 0;
  float y0 = 0;
  float y1 = 0;
  float corner = 0;
  std::uint32_t style = 0;
};

enum class Texture : std::uint8_t { plain, stripes, dots, lines, frame };

struct Style {
  std::array<float, 4> color{};  // straight alpha, 0 to 1
  std::array<float, 4> ink{};    // of the texture
  Texture texture = Texture::plain;
};
inline constexpr std::size_t most_styles = 16;

struct RectangleView {
  std::array<float, 4> area{};     // x, y, width, height in device pixels from the framebuffer's top left
  std::array<float, 4> clip{};     // likewise: what of the area is seen, all of it where nothing hides a part
  std::array<float, 2> surface{};  // width and height of the framebuffer
  float scale = 1;                 // device pixels per point, for the textures' pitch
};

// Rectangles on the device. Keep their number near what the screen has pixels for.
class RectangleBatch {
 public:
  RectangleBatch();
  // Replaces what was there.
  void upload(std::span<const Rectangle> rectangles);

 private:
  friend class Rectangles;

  VertexArray array_;
  Buffer buffer_;
  GLsizei count_ = 0;
  std::size_t capacity_ = 0;
};

// The program that draws them.
class Rectangles {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Rectangles>> make(std::string_view vertex, std::string_view fragment);

  // Draws what was uploaded, clipped to the view's clip. Changes viewport, scissor, blending, program and vertex array.
  void draw(const RectangleBatch& batch, const RectangleView& view, std::span<const Style> styles) const;

 private:
  explicit Rectangles(Program program);

  Program program_;
  GLint view_size_ = -1;
  GLint device_scale_ = -1;
  GLint colors_ = -1;
  GLint inks_ = -1;
  GLint textures_ = -1;
};

}  // namespace interleave::gpu
