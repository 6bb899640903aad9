// Owners of OpenGL objects. All need a current context, and the same one until they are destroyed.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "gpu/gl.h"

namespace interleave::gpu {

// The source with the first line that the current context wants: `#version 300 es` as written, or `#version 330 core`.
[[nodiscard]] std::string adapted(std::string_view source);

class Program {
 public:
  // Compiles and links. An error carries the compiler's message.
  [[nodiscard]] static Result<Program> make(std::string_view vertex, std::string_view fragment);

  Program() = default;
  Program(Program&& other) noexcept;
  Program& operator=(Program&& other) noexcept;
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  [[nodiscard]] GLuint id() const { return id_; }
  [[nodiscard]] GLint uniform(const char* name) const { return glGetUniformLocation(id_, name); }

 private:
  explicit Program(GLuint id) : id_(id) {}
  GLuint id_ = 0;
};

class VertexArray {
 public:
  VertexArray() { glGenVertexArrays(1, &id_); }
  VertexArray(const VertexArray&) = delete;
  VertexArray& operator=(const VertexArray&) = delete;
  ~VertexArray() { glDeleteVertexArrays(1, &id_); }
  [[nodiscard]] GLuint id() const { return id_; }

 private:
  GLuint id_ = 0;
};

class Buffer {
 public:
  Buffer() { glGenBuffers(1, &id_); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { glDeleteBuffers(1, &id_); }
  [[nodiscard]] GLuint id() const { return id_; }

 private:
  GLuint id_ = 0;
};

}  // namespace interleave::gpu
