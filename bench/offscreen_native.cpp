#include <array>
#include <vector>

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES3/gl3.h>

#include "offscreen.h"

namespace interleave::bench {
namespace {

class EglOffscreen final : public Offscreen {
 public:
  EglOffscreen() = default;
  EglOffscreen(const EglOffscreen&) = delete;
  EglOffscreen& operator=(const EglOffscreen&) = delete;
  ~EglOffscreen() override {
    if (display_ == EGL_NO_DISPLAY) return;
    eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (surface_ != EGL_NO_SURFACE) eglDestroySurface(display_, surface_);
    if (context_ != EGL_NO_CONTEXT) eglDestroyContext(display_, context_);
    eglTerminate(display_);
  }

  // Returns what failed, or nothing.
  std::string start(EGLDisplay display, int width, int height) {
    display_ = display;
    if (eglInitialize(display_, nullptr, nullptr) == EGL_FALSE) return "eglInitialize failed";
    eglBindAPI(EGL_OPENGL_ES_API);
    constexpr std::array<EGLint, 13> wanted{EGL_SURFACE_TYPE,
                                            EGL_PBUFFER_BIT,
                                            EGL_RENDERABLE_TYPE,
                                            EGL_OPENGL_ES3_BIT,
                                            EGL_RED_SIZE,
                                            8,
                                            EGL_GREEN_SIZE,
                                            8,
                                            EGL_BLUE_SIZE,
                                            8,
                                            EGL_ALPHA_SIZE,
                                            8,
                                            EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    if (eglChooseConfig(display_, wanted.data(), &config, 1, &count) == EGL_FALSE || count == 0)
      return "there is no configuration with a picture in memory";
    const std::array<EGLint, 5> size{EGL_WIDTH, width, EGL_HEIGHT, height, EGL_NONE};
    surface_ = eglCreatePbufferSurface(display_, config, size.data());
    constexpr std::array<EGLint, 3> version{EGL_CONTEXT_CLIENT_VERSION, 3, EGL_NONE};
    context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, version.data());
    if (context_ == EGL_NO_CONTEXT || eglMakeCurrent(display_, surface_, surface_, context_) == EGL_FALSE)
      return "OpenGL ES 3 is not there";
    glViewport(0, 0, width, height);
    return {};
  }

  [[nodiscard]] std::string renderer() const override {
    std::string out;
    for (const GLubyte* at = glGetString(GL_RENDERER); at != nullptr && *at != 0; ++at)
      out.push_back(static_cast<char>(*at));
    return out;
  }
  void clear() override {
    glDisable(GL_SCISSOR_TEST);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
  }
  void finish() override {
    glFinish();
    // Some drivers only begin when a pixel is asked for.
    std::array<GLubyte, 4> pixel{};
    glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel.data());
  }

 private:
  EGLDisplay display_ = EGL_NO_DISPLAY;
  EGLSurface surface_ = EGL_NO_SURFACE;
  EGLContext context_ = EGL_NO_CONTEXT;
};

template <class Function>
Function look_up(const char* name) {
  return reinterpret_cast<Function>(eglGetProcAddress(name));  // NOLINT: EGL hands out every function as one type
}

// Devices first, since they include GPUs without a screen; then whatever is the default.
std::vector<EGLDisplay> displays() {
  std::vector<EGLDisplay> out;
  const auto query = look_up<PFNEGLQUERYDEVICESEXTPROC>("eglQueryDevicesEXT");
  const auto open = look_up<PFNEGLGETPLATFORMDISPLAYEXTPROC>("eglGetPlatformDisplayEXT");
  std::array<EGLDeviceEXT, 16> devices{};
  EGLint count = 0;
  if (query != nullptr && open != nullptr && query(devices.size(), devices.data(), &count) == EGL_TRUE) {
    for (EGLint at = 0; at < count; ++at)
      out.push_back(open(EGL_PLATFORM_DEVICE_EXT, devices[static_cast<std::size_t>(at)], nullptr));
  }
  out.push_back(eglGetDisplay(EGL_DEFAULT_DISPLAY));
  return out;
}

}  // namespace

std::unique_ptr<Offscreen> Offscreen::make(int width, int height, std::string& why) {
  for (EGLDisplay display : displays()) {
    if (display == EGL_NO_DISPLAY) continue;
    auto out = std::make_unique<EglOffscreen>();
    why = out->start(display, width, height);
    if (why.empty()) return out;
  }
  if (why.empty()) why = "EGL has no display";
  return nullptr;
}

}  // namespace interleave::bench
