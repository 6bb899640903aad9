// What Dear ImGui's OpenGL back end is told when it asks for the state of the context. It saves some thirty pieces of
// state in every frame to restore them; in a browser each question waits until the GPU has caught up (97 % of the main
// thread's time, seen in Chromium with software drawing). Nobody else draws into this context, and we set what we need
// ourselves, so fixed answers will do. CMake gives the back end these names for glGetIntegerv and glIsEnabled.

#include <algorithm>

#include <GLES3/gl3.h>

extern "C" {

void interleave_answer_integer(GLenum name, GLint* out);
GLboolean interleave_answer_enabled(GLenum name);

void interleave_answer_integer(GLenum name, GLint* out) {
  switch (name) {
    case GL_ACTIVE_TEXTURE: *out = GL_TEXTURE0; break;
    case GL_CURRENT_PROGRAM:
    case GL_TEXTURE_BINDING_2D:
    case GL_SAMPLER_BINDING:
    case GL_ARRAY_BUFFER_BINDING:
    case GL_VERTEX_ARRAY_BINDING: *out = 0; break;
    case GL_VIEWPORT:
    case GL_SCISSOR_BOX: std::fill_n(out, 4, 0); break;
    case GL_BLEND_SRC_RGB:
    case GL_BLEND_SRC_ALPHA: *out = GL_ONE; break;
    case GL_BLEND_DST_RGB:
    case GL_BLEND_DST_ALPHA: *out = GL_ZERO; break;
    case GL_BLEND_EQUATION_RGB:
    case GL_BLEND_EQUATION_ALPHA: *out = GL_FUNC_ADD; break;
    default: glGetIntegerv(name, out); break;  // versions and counts, once at the start
  }
}

GLboolean interleave_answer_enabled(GLenum) { return GL_FALSE; }
}
