// What the app says of itself to tests, to the page around it, and to whoever is curious: one JSON object.
#pragma once

#include <optional>
#include <string>

#include "app/app.h"

namespace interleave::app {

// Follows what is told in words, so that a page asks for the whole state only when that has changed.
class StateWriter {
 public:
  // Looks at the last frame.
  void look(const App& app);
  // Rises with each change of language, theme, settings, phase, progress, place, problems, status or outcome, and when
  // the source is opened or closed.
  [[nodiscard]] std::uint64_t revision() const { return revision_; }

 private:
  std::string told_;
  std::optional<session::Setup> told_setup_;
  std::uint64_t revision_ = 0;
};

[[nodiscard]] std::string state_as_json(const App& app);

}  // namespace interleave::app
