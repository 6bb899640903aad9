#include "gpu/rectangles.h"

#include <algorithm>
#include <cstddef>

namespace interleave::gpu {

Result<std::unique_ptr<Rectangles>> Rectangles::make(std::string_view vertex, std::string_view fragment) {
  Result<Program> program = Program::make(vertex, fragment);
  if (!program) return program.error();
  return std::unique_ptr<Rectangles>(new Rectangles(std::move(program).value()));
}

Rectangles::Rectangles(Program program)
    : program_(std::move(program)),
      view_size_(program_.uniform("view_size")),
      device_scale_(program_.uniform("device_scale")),
      colors_(program_.uniform("style_color")),
      inks_(program_.uniform("style_ink")),
      textures_(program_.uniform("style_texture")) {}

RectangleBatch::RectangleBatch() {
  glBindVertexArray(array_.id());
  glBindBuffer(GL_ARRAY_BUFFER, buffer_.id());
  const auto attribute = [](GLuint location, GLint size, std::size_t offset) {
    glEnableVertexAttribArray(location);
    // OpenGL takes an offset into the buffer in the guise of a pointer.
    const void* at = reinterpret_cast<const void*>(offset);  // NOLINT
    glVertexAttribPointer(location, size, GL_FLOAT, GL_FALSE, sizeof(Rectangle), at);
    glVertexAttribDivisor(location, 1);
  };
  attribute(0, 4, offsetof(Rectangle, x0));
  attribute(1, 1, offsetof(Rectangle, corner));
  glEnableVertexAttribArray(2);
  glVertexAttribIPointer(2, 1, GL_UNSIGNED_INT, sizeof(Rectangle),
                         reinterpret_cast<const void*>(offsetof(Rectangle, style)));  // NOLINT
  glVertexAttribDivisor(2, 1);
  glBindVertexArray(0);
}

void RectangleBatch::upload(std::span<const Rectangle> rectangles) {
  count_ = static_cast<GLsizei>(rectangles.size());
  if (rectangles.empty()) return;
  glBindBuffer(GL_ARRAY_BUFFER, buffer_.id());
  if (rectangles.size() > capacity_) {
    capacity_ = std::max(rectangles.size(), capacity_ * 2);
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(capacity_ * sizeof(Rectangle)), nullptr, GL_DYNAMIC_DRAW);
  }
  glBufferSubData(GL_ARRAY_BUFFER, 0, static_cast<GLsizeiptr>(rectangles.size_bytes()), rectangles.data());
}

void Rectangles::draw(const RectangleBatch& batch, const RectangleView& view, std::span<const Style> styles) const {
  if (batch.count_ == 0 || view.clip[2] < 1 || view.clip[3] < 1) return;
  std::array<float, most_styles * 4> colors{};
  std::array<float, most_styles * 4> inks{};
  std::array<GLint, most_styles> textures{};
  const std::size_t used = std::min(styles.size(), most_styles);
  for (std::size_t at = 0; at < used; ++at) {
    std::ranges::copy(styles[at].color, colors.begin() + static_cast<std::ptrdiff_t>(at * 4));
    std::ranges::copy(styles[at].ink, inks.begin() + static_cast<std::ptrdiff_t>(at * 4));
    textures[at] = static_cast<GLint>(styles[at].texture);
  }
  const auto whole = [](float value) { return static_cast<GLint>(value); };
  // OpenGL counts rows from the bottom.
  const auto bottom = [&](const std::array<float, 4>& area) { return whole(view.surface[1] - area[1] - area[3]); };
  glViewport(whole(view.area[0]), bottom(view.area), whole(view.area[2]), whole(view.area[3]));
  glEnable(GL_SCISSOR_TEST);
  glScissor(whole(view.clip[0]), bottom(view.clip), whole(view.clip[2]), whole(view.clip[3]));
  glEnable(GL_BLEND);
  glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
  glUseProgram(program_.id());
  const auto count = static_cast<GLsizei>(most_styles);
  glUniform2f(view_size_, view.area[2], view.area[3]);
  glUniform1f(device_scale_, view.scale);
  glUniform4fv(colors_, count, colors.data());
  glUniform4fv(inks_, count, inks.data());
  glUniform1iv(textures_, count, textures.data());
  glBindVertexArray(batch.array_.id());
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, batch.count_);
  glBindVertexArray(0);
}

}  // namespace interleave::gpu
