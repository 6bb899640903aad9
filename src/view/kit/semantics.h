// What is on the screen, as a list that tests and assistive technology can read, and the way in for actions that
// come from there. Widgets register themselves in each frame that they are drawn.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "view/kit/geometry.h"

namespace interleave::view {

struct Node {
  std::string role;   // button, radio, switch, slider, combobox, option, link, text, image, meter
  std::string key;    // stable, and the same in every language
  std::string label;  // as the reader sees it
  std::string value;
  bool enabled = true;
  Rect rect;
};

// A piece of text as it was drawn.
struct TextRun {
  std::string text;
  Rect rect;
  bool clipped = false;  // did not fit and was shortened
  int layer = 0;         // popups and tooltips lie above the page and may cover it
};

class Semantics {
 public:
  void begin_frame();
  void end_frame();

  void add(Node node) { drawing_.push_back(std::move(node)); }
  void add(TextRun run) { drawing_runs_.push_back(std::move(run)); }

  // The last complete frame.
  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  [[nodiscard]] const std::vector<TextRun>& runs() const { return runs_; }
  // Texts of that frame which were shortened, and pairs of texts that lie on each other.
  [[nodiscard]] std::vector<std::string> flaws() const;

  // Acts on a widget of the last frame in the next one: a click, or, where a value is given, setting it (in the form
  // that the widget's own value has). False where there is no such widget or it is switched off.
  bool perform(std::string_view role, std::string_view key, std::optional<std::string> value);
  [[nodiscard]] bool action_waits() const { return action_.has_value(); }

  struct Action {
    std::string role;
    std::string key;
    std::optional<std::string> value;
  };
  // For a widget that is being drawn: the action that is meant for it, once.
  [[nodiscard]] std::optional<Action> take(std::string_view role, std::string_view key);

 private:
  std::vector<Node> drawing_;
  std::vector<Node> nodes_;
  std::vector<TextRun> drawing_runs_;
  std::vector<TextRun> runs_;
  std::optional<Action> action_;
  bool action_is_fresh_ = false;
};

}  // namespace interleave::view
