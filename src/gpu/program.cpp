#include "gpu/program.h"

#include <array>
#include <cstddef>
#include <utility>

namespace interleave::gpu {
namespace {

constexpr std::string_view es_header = "#version 300 es";
constexpr std::string_view core_header = "#version 330 core";

Error failure(std::string_view stage, std::string_view log) {
  const std::string text(log);
  return {fill({"The {stage} shader does not build here: {log}", "{stage} 셰이더를 만들 수 없습니다: {log}"},
               {{"stage", stage}, {"log", text}})};
}

GLuint compile(GLenum kind, std::string_view source) {
  const GLuint shader = glCreateShader(kind);
  const std::string text = adapted(source);
  const char* characters = text.c_str();
  glShaderSource(shader, 1, &characters, nullptr);
  glCompileShader(shader);
  return shader;
}

std::string log_of(GLuint shader) {
  std::array<char, 1024> buffer{};
  GLsizei length = 0;
  glGetShaderInfoLog(shader, static_cast<GLsizei>(buffer.size()), &length, buffer.data());
  return {buffer.data(), static_cast<std::size_t>(length)};
}

bool compiled(GLuint shader) {
  GLint status = GL_FALSE;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &status);
  return status == GL_TRUE;
}

bool context_is_es() {
  // glGetString answers "OpenGL ES 3.0 ..." on ES contexts, as the specification demands.
  const GLubyte* raw = glGetString(GL_VERSION);
  if (raw == nullptr) return true;
  std::string version;
  for (; *raw != 0; ++raw) version.push_back(static_cast<char>(*raw));
  return version.starts_with("OpenGL ES");
}

}  // namespace

std::string adapted(std::string_view source) {
  if (!source.starts_with(es_header) || context_is_es()) return std::string(source);
  return std::string(core_header).append(source.substr(es_header.size()));
}

Result<Program> Program::make(std::string_view vertex, std::string_view fragment) {
  const GLuint vertex_id = compile(GL_VERTEX_SHADER, vertex);
  const GLuint fragment_id = compile(GL_FRAGMENT_SHADER, fragment);
  Program program(glCreateProgram());
  glAttachShader(program.id_, vertex_id);
  glAttachShader(program.id_, fragment_id);
  glLinkProgram(program.id_);
  GLint linked = GL_FALSE;
  glGetProgramiv(program.id_, GL_LINK_STATUS, &linked);
  const std::string vertex_log = compiled(vertex_id) ? "" : log_of(vertex_id);
  const std::string fragment_log = compiled(fragment_id) ? "" : log_of(fragment_id);
  // The program keeps what it needs of them.
  glDeleteShader(vertex_id);
  glDeleteShader(fragment_id);
  if (!vertex_log.empty()) return failure("vertex", vertex_log);
  if (linked != GL_TRUE) return failure("fragment", fragment_log);
  return program;
}

Program::Program(Program&& other) noexcept : id_(std::exchange(other.id_, 0)) {}

Program& Program::operator=(Program&& other) noexcept {
  std::swap(id_, other.id_);
  return *this;
}

Program::~Program() {
  if (id_ != 0) glDeleteProgram(id_);
}

}  // namespace interleave::gpu
