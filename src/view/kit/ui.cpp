#include "view/kit/ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui.h>
#include <imgui_internal.h>

namespace interleave::view {
namespace {

constexpr double hint_delay = 0.45;
constexpr std::size_t motions_kept = 512;
constexpr double forgotten_after = 2;  // seconds

// ImGui types into a string's own memory, and asks for more of it.
int grow_text(ImGuiInputTextCallbackData* data) {
  auto* text = static_cast<std::string*>(data->UserData);
  text->resize(static_cast<std::size_t>(data->BufTextLen));
  data->Buf = text->data();
  return 0;
}

std::string id_of(std::string_view role, std::string_view key) { return std::string(role).append("/").append(key); }

}  // namespace

void Ui::begin(const FrameInput& input) {
  input_ = input;
  moving_ = wheel_taken_ = false;
  tooltip_.clear();
  requests.clear();
  semantics_.begin_frame();
  // Thousands of items may have passed by.
  if (motions_.size() > motions_kept) {
    std::erase_if(motions_, [&](const auto& one) { return one.second.asked + forgotten_after < input_.time; });
  }
  const ImVec2 size{input.width * input.scale, input.height * input.scale};
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("interleave", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoBringToFrontOnFocus |
                   ImGuiWindowFlags_NoSavedSettings);
  canvas.target(ImGui::GetWindowDrawList(), input.scale, 0);
}

void Ui::end() {
  show_hint();
  draw_tooltip();
  ImGui::End();
  ImGui::PopStyleVar(2);
  semantics_.end_frame();
}

Press Ui::press(const Label& label, Rect area, bool enabled) {
  semantics_.add(Node{std::string(label.role), std::string(label.key), std::string(label.text),
                      std::string(label.value), enabled, area});
  Press out;
  if (area.empty()) return out;
  if (enabled) {
    if (auto action = semantics_.take(label.role, label.key)) {
      out.clicked = !action->value.has_value();
      out.value = std::move(action->value);
    }
  }
  // What is scrolled away can be acted on from outside, and does not lie under the pointer.
  area = canvas.visible(area);
  if (area.empty()) return out;
  const float x = canvas.px(area.x);
  const float y = canvas.px(area.y);
  ImGui::SetCursorScreenPos({x, y});
  if (!enabled) ImGui::BeginDisabled();
  const std::string id = id_of(label.role, label.key);
  const bool clicked = ImGui::InvisibleButton(id.c_str(), {canvas.px(area.right()) - x, canvas.px(area.bottom()) - y});
  if (!enabled) ImGui::EndDisabled();
  out.clicked = out.clicked || (clicked && enabled);
  out.hovered = enabled && ImGui::IsItemHovered();
  out.held = enabled && ImGui::IsItemActive();
  out.focused = ImGui::IsItemFocused() && !ImGui::GetCurrentContext()->NavDisableHighlight;
  if (out.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  return out;
}

void Ui::tell(const Label& label, Rect area) {
  semantics_.add(Node{std::string(label.role), std::string(label.key), std::string(label.text),
                      std::string(label.value), true, area});
}

Point Ui::pointer() const {
  const ImVec2 p = ImGui::GetIO().MousePos;
  return {p.x / input_.scale, p.y / input_.scale};
}

bool Ui::hovers(Rect area) const { return ImGui::IsWindowHovered() && area.contains(pointer()); }

float Ui::wheel() const { return wheel_taken_ ? 0 : ImGui::GetIO().MouseWheel; }

float Ui::sideways() const { return ImGui::GetIO().MouseWheelH; }

Point Ui::pointer_delta() const {
  const ImVec2 d = ImGui::GetIO().MouseDelta;
  return {d.x / input_.scale, d.y / input_.scale};
}

bool Ui::drags_nothing() const { return ImGui::IsMouseDown(ImGuiMouseButton_Left) && !ImGui::IsAnyItemActive(); }

bool Ui::double_clicked() const { return ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left); }

float Ui::follow(std::string_view key, float target, float seconds) {
  const auto [at, is_new] = motions_.try_emplace(std::string(key), Motion{target, target, 0});
  Motion& motion = at->second;
  motion.asked = input_.time;
  const auto place = [&] {
    const double share = std::clamp((input_.time - motion.since) / static_cast<double>(seconds), 0.0, 1.0);
    const double eased = 1 - std::pow(1 - share, 3);
    return motion.from + (motion.to - motion.from) * static_cast<float>(eased);
  };
  if (target != motion.to) {
    motion.from = input_.reduced_motion ? target : place();
    motion.to = target;
    motion.since = input_.time;
  }
  const float now = place();
  if (now != motion.to) moving_ = true;
  return now;
}

void Ui::tooltip(std::vector<std::string> lines) { tooltip_ = std::move(lines); }

void Ui::hint(const Press& press, std::string_view text) {
  // Of two that lie over each other, the later one: what is drawn on top.
  if (press.hovered && !press.held && !text.empty()) wanted_hint_ = text;
}

void Ui::show_hint() {
  if (hinted_ != wanted_hint_) {
    hinted_ = wanted_hint_;
    hinted_since_ = input_.time;
  }
  wanted_hint_.clear();
  if (hinted_.empty()) return;
  if (input_.time - hinted_since_ >= hint_delay) {
    tooltip({hinted_});
  } else {
    moving_ = true;
  }
}

void Ui::draw_tooltip() {
  if (tooltip_.empty()) return;
  canvas.target(ImGui::GetForegroundDrawList(), input_.scale, 2);
  constexpr float widest = 260;
  float width = 0;
  float height = 0;
  for (const std::string& line : tooltip_) {
    const float natural = canvas.measure(Type::label, line);
    width = std::max(width, std::min(natural + 1, widest));
    height += canvas.paragraph_height(widest, Type::label, line);
  }
  const Point at = pointer();
  Rect box{at.x + 14, at.y + 18, width + 2 * gap_3, height + 2 * gap_2};
  if (box.right() > input_.width - gap_2) box.x = std::max(gap_2, input_.width - gap_2 - box.w);
  if (box.bottom() > input_.height - gap_2) box.y = std::max(gap_2, at.y - 10 - box.h);
  canvas.shadow(box, theme.shadow, corner_small);
  canvas.fill(box, theme.panel, corner_small);
  canvas.stroke(box, theme.line, corner_small);
  Rect inner = box.inset(gap_3, gap_2);
  inner.w = widest;
  bool first = true;
  for (const std::string& line : tooltip_) {
    const float used = canvas.paragraph(inner, first && tooltip_.size() > 1 ? Type::label_strong : Type::label,
                                        first ? theme.text : theme.sub, line);
    inner.cut_top(used);
    first = false;
  }
}

void Ui::open_popup(std::string_view key) { ImGui::OpenPopup(std::string(key).c_str()); }
void Ui::close_popup() { ImGui::CloseCurrentPopup(); }

void Ui::popup(std::string_view key, Rect area, const std::function<void(Rect)>& content) {
  const std::string id(key);
  if (!ImGui::IsPopupOpen(id.c_str())) return;
  // A menu opens upwards or shifts left where it would leave the canvas.
  area.x = std::clamp(area.x, gap_2, std::max(gap_2, input_.width - gap_2 - area.w));
  area.y = std::clamp(area.y, gap_2, std::max(gap_2, input_.height - gap_2 - area.h));
  const float margin = gap_2;  // for the shadow
  const Rect outer = area.inset(-margin);
  ImGui::SetNextWindowPos({canvas.px(outer.x), canvas.px(outer.y)});
  ImGui::SetNextWindowSize({canvas.px(outer.w), canvas.px(outer.h)});
  ImGui::PushStyleColor(ImGuiCol_PopupBg, 0);
  ImGui::PushStyleColor(ImGuiCol_Border, 0);
  const bool open = ImGui::BeginPopup(id.c_str(), ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoDecoration);
  ImGui::PopStyleColor(2);
  if (!open) return;
  ImDrawList* page = canvas.list();
  canvas.target(ImGui::GetWindowDrawList(), input_.scale, 1);
  canvas.shadow(area, theme.shadow, corner_control);
  canvas.fill(area, theme.panel, corner_control);
  canvas.stroke(area, theme.line, corner_control);
  content(area);
  canvas.target(page, input_.scale, 0);
  ImGui::EndPopup();
}

void Ui::start_edit(std::string_view key) {
  edited_ = key;
  edit_starts_ = true;
  edit_answered_ = false;
}

void Ui::answer_edit(std::optional<std::string> text) {
  edit_answer_ = std::move(text);
  edit_answered_ = true;
}

std::optional<std::string> Ui::edit(std::string_view key, Rect area, std::string_view initial, int lines) {
  if (edited_ != key) return std::nullopt;
  if (edit_elsewhere_) {
    if (edit_starts_) edit_elsewhere_({std::string(key), std::string(initial), area, lines});
    edit_starts_ = false;
    if (!edit_answered_) return std::nullopt;
    edited_.clear();
    return std::exchange(edit_answer_, std::nullopt);
  }
  if (edit_starts_) edit_text_ = initial;
  ImGui::SetCursorScreenPos({canvas.px(area.x), canvas.px(area.y)});
  ImGui::PushFont(canvas.font(Type::body));
  const float slack = lines > 1 ? gap_1 : (area.h * input_.scale - ImGui::GetFontSize()) / 2;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {gap_1 * input_.scale, std::floor(slack)});
  ImGui::PushStyleColor(ImGuiCol_Text, IM_COL32(theme.text.r, theme.text.g, theme.text.b, 255));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
  ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, IM_COL32(theme.accent.r, theme.accent.g, theme.accent.b, 90));
  ImGui::SetNextItemWidth(canvas.px(area.w));
  if (edit_starts_) ImGui::SetKeyboardFocusHere();
  constexpr auto flags =
      ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll | ImGuiInputTextFlags_CallbackResize;
  const std::string id = id_of("edit", key);
  const ImVec2 size{canvas.px(area.w), canvas.px(area.h)};
  const std::size_t room = edit_text_.capacity() + 1;
  const bool entered =
      lines > 1 ? ImGui::InputTextMultiline(id.c_str(), edit_text_.data(), room, size, flags, grow_text, &edit_text_)
                : ImGui::InputText(id.c_str(), edit_text_.data(), room, flags, grow_text, &edit_text_);
  const bool left = !edit_starts_ && ImGui::IsItemDeactivated();
  ImGui::PopStyleColor(3);
  ImGui::PopStyleVar();
  ImGui::PopFont();
  const bool cancelled = ImGui::IsKeyPressed(ImGuiKey_Escape);
  edit_starts_ = false;
  moving_ = true;  // the caret blinks
  if (!entered && !left) return std::nullopt;
  edited_.clear();
  if (cancelled) return std::nullopt;
  return edit_text_;
}

}  // namespace interleave::view
