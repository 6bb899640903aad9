// What every widget and view is handed: where to draw, in which colours and language, what the pointer does, and
// where requests go. One Ui lives as long as the application; begin and end enclose each frame.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "view/kit/canvas.h"
#include "view/kit/semantics.h"
#include "view/kit/theme.h"
#include "view/requests.h"

namespace interleave::view {

// What the reader did with a widget in this frame.
struct Press {
  bool hovered = false;
  bool held = false;
  bool clicked = false;
  bool focused = false;              // by keyboard, and to be shown
  std::optional<std::string> value;  // set from outside, in the form of the widget's value
};

// A value that is being typed: the key it was started with, the text so far, and where it stands.
struct EditField {
  std::string key;
  std::string value;
  Rect area;
  int lines = 1;  // above 1: a line's end is a letter like others
};

// Whom a widget is: its role and key in the semantic model, and what it says.
struct Label {
  std::string_view role;
  std::string_view key;
  std::string_view text;
  std::string_view value = {};
};

// Two fingers that moved since the last frame.
struct Pinch {
  bool fingers = false;  // whether there are two
  float apart = 1;       // their distance, in shares of what it was
  Point center;          // between them, now
  Point moved;           // how far that has moved, in points
};

struct FrameInput {
  float scale = 1;  // device pixels per point
  double time = 0;  // seconds, rising
  float width = 0;  // of the canvas, in points
  float height = 0;
  bool reduced_motion = false;
  bool coarse_pointer = false;  // a finger: targets are larger
  Pinch pinch;
};

class Ui {
 public:
  Ui(Fonts& fonts, Semantics& semantics) : canvas(fonts, semantics), semantics_(semantics) {}

  Canvas canvas;
  Theme theme = make_theme(ThemeKind::dark);
  Language language = Language::en;
  std::vector<Request> requests;

  void begin(const FrameInput& input);
  void end();

  [[nodiscard]] std::string_view say(const Text& text) const { return text.in(language); }
  [[nodiscard]] std::string_view say(const Words& words) const { return words.in(language); }
  [[nodiscard]] const FrameInput& frame() const { return input_; }
  [[nodiscard]] float control() const { return input_.coarse_pointer ? touch_height : control_height; }

  // An area that can be clicked, focused and acted on.
  Press press(const Label& label, Rect area, bool enabled = true);
  // Something that is read and not acted on.
  void tell(const Label& label, Rect area);

  [[nodiscard]] Point pointer() const;
  [[nodiscard]] bool hovers(Rect area) const;
  // 0 once something has taken it in this frame.
  [[nodiscard]] float wheel() const;
  // What lies around this, drawn later, does not scroll.
  void take_wheel() { wheel_taken_ = true; }
  // Of a wheel or a pad that goes sideways.
  [[nodiscard]] float sideways() const;
  // How far the pointer has moved since the last frame.
  [[nodiscard]] Point pointer_delta() const;
  // A finger or button is down, and on nothing that follows it.
  [[nodiscard]] bool drags_nothing() const;
  [[nodiscard]] bool double_clicked() const;

  // A value that follows its target smoothly; at once with reduced motion.
  float follow(std::string_view key, float target, float seconds = 0.16F);
  // Something moves by itself: another frame is needed soon.
  void keep_drawing() { moving_ = true; }
  [[nodiscard]] bool moving() const { return moving_; }

  // Shown beside the pointer, above everything, at the end of this frame.
  void tooltip(std::vector<std::string> lines);
  // The hint of a control, after the pointer has rested on it.
  void hint(const Press& press, std::string_view text);

  // A surface above the page, for a menu. Draw it in `content`; close_popup closes it.
  void open_popup(std::string_view key);
  void popup(std::string_view key, Rect area, const std::function<void(Rect)>& content);
  void close_popup();

  // A text field in place of a value. Returns the text when it is confirmed: by Enter, with Ctrl
  // where it has several lines, or by leaving it.
  std::optional<std::string> edit(std::string_view key, Rect area, std::string_view initial, int lines = 1);
  void start_edit(std::string_view key);
  [[nodiscard]] bool editing(std::string_view key) const { return edited_ == key; }
  [[nodiscard]] bool editing_any() const { return !edited_.empty(); }
  // Where the surroundings have a text field of their own, with what comes with it: composed letters, the clipboard, a
  // touch keyboard. It is shown in the place, and answers with the text, or with nothing where it was left unchanged.
  void edit_elsewhere(std::function<void(const EditField&)> show) { edit_elsewhere_ = std::move(show); }
  void answer_edit(std::optional<std::string> text);

 private:
  void show_hint();
  void draw_tooltip();

  struct Motion {
    float from = 0;
    float to = 0;
    double since = 0;
    double asked = 0;  // when it was last followed
  };

  Semantics& semantics_;
  FrameInput input_;
  bool moving_ = false;
  bool wheel_taken_ = false;
  std::unordered_map<std::string, Motion> motions_;
  std::vector<std::string> tooltip_;
  std::string edited_;
  std::string edit_text_;
  bool edit_starts_ = false;
  bool edit_answered_ = false;
  std::optional<std::string> edit_answer_;
  std::function<void(const EditField&)> edit_elsewhere_;
  std::string hinted_;
  std::string wanted_hint_;  // of this frame
  double hinted_since_ = 0;
};

}  // namespace interleave::view
