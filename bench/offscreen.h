// A context of OpenGL ES without a window, drawing into a picture in memory: on whatever the system's EGL offers, a GPU
// or Mesa's llvmpipe.
#pragma once

#include <memory>
#include <string>

namespace interleave::bench {

class Offscreen {
 public:
  // None where there is no EGL; then `why` says so.
  [[nodiscard]] static std::unique_ptr<Offscreen> make(int width, int height, std::string& why);
  virtual ~Offscreen() = default;

  // What draws, as it calls itself.
  [[nodiscard]] virtual std::string renderer() const = 0;
  virtual void clear() = 0;
  // Waits until everything asked for has been drawn.
  virtual void finish() = 0;
};

}  // namespace interleave::bench
