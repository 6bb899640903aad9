#include "view/kit/semantics.h"

#include <algorithm>
#include <utility>

namespace interleave::view {

void Semantics::begin_frame() {
  drawing_.clear();
  drawing_runs_.clear();
  action_is_fresh_ = false;
}

void Semantics::end_frame() {
  nodes_.swap(drawing_);
  runs_.swap(drawing_runs_);
  // An action that nobody took in a whole frame has lost its widget.
  if (!action_is_fresh_) action_.reset();
}

bool Semantics::perform(std::string_view role, std::string_view key, std::optional<std::string> value) {
  const auto node =
      std::ranges::find_if(nodes_, [&](const Node& n) { return n.role == role && n.key == key && n.enabled; });
  if (node == nodes_.end()) return false;
  action_ = Action{std::string(role), std::string(key), std::move(value)};
  action_is_fresh_ = true;
  return true;
}

std::optional<Semantics::Action> Semantics::take(std::string_view role, std::string_view key) {
  if (!action_ || action_->role != role || action_->key != key) return std::nullopt;
  return std::exchange(action_, std::nullopt);
}

std::vector<std::string> Semantics::flaws() const {
  std::vector<std::string> out;
  for (const TextRun& run : runs_) {
    if (run.clipped) out.push_back("clipped: " + run.text);
  }
  for (std::size_t one = 0; one < runs_.size(); ++one) {
    for (std::size_t other = one + 1; other < runs_.size(); ++other) {
      if (runs_[one].layer != runs_[other].layer) continue;
      // Line boxes of neighbours may touch and letters have room inside theirs, so a small share is no flaw.
      if (runs_[one].rect.inset(1, 3).overlaps(runs_[other].rect.inset(1, 3))) {
        out.push_back("overlapping: " + runs_[one].text + " | " + runs_[other].text);
      }
    }
  }
  return out;
}

}  // namespace interleave::view
