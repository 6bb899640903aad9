// Dear ImGui's OpenGL back end, without its questions to the driver. It saves some thirty pieces of state in every
// frame and restores them; in a browser each question waits until the GPU has caught up (97 % of a frame's time, seen
// in Chromium with software drawing). Nobody else draws into this context, and we set what we need ourselves, so fixed
// answers will do.

#include <GLES3/gl3.h>

#include <algorithm>

namespace {

void answer_integer(GLenum name, GLint* out) {
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

GLboolean answer_enabled(GLenum) { return GL_FALSE; }

}  // namespace

#define glGetIntegerv answer_integer
#define glIsEnabled answer_enabled
#include <imgui_impl_opengl3.cpp>  // NOLINT(bugprone-suspicious-include)
