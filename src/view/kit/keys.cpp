#include "view/kit/keys.h"

#include <algorithm>
#include <array>

#include <imgui.h>

#include "view/kit/widgets.h"

namespace interleave::view {
namespace {

constexpr std::string_view popup_key = "keys";
constexpr float row_height = 28;
constexpr float group_height = 32;
constexpr float list_width = 440;

constexpr std::array all{
    KeyInfo{Key::run, KeyGroup::run, "R", {"Run, or stop", "실행하거나 멈추기"}},
    KeyInfo{Key::reset, KeyGroup::run, "X", {"Back to before the run", "실행 전으로 돌아가기"}},
    KeyInfo{Key::step, KeyGroup::stepping, "→", {"One step forwards", "한 단계 앞으로"}},
    KeyInfo{Key::step_back, KeyGroup::stepping, "←", {"One step back", "한 단계 뒤로"}},
    KeyInfo{Key::first_step, KeyGroup::stepping, "Home", {"To the start", "처음으로"}},
    KeyInfo{Key::last_step, KeyGroup::stepping, "End", {"To the last step", "마지막 단계로"}},
    KeyInfo{Key::play, KeyGroup::stepping, "P", {"Play, or pause", "재생하거나 멈추기"}},
    KeyInfo{Key::zoom_in, KeyGroup::timeline, "W", {"Closer", "확대"}},
    KeyInfo{Key::zoom_out, KeyGroup::timeline, "S", {"Further away", "축소"}},
    KeyInfo{Key::earlier, KeyGroup::timeline, "A", {"Earlier", "앞쪽으로"}},
    KeyInfo{Key::later, KeyGroup::timeline, "D", {"Later", "뒤쪽으로"}},
    KeyInfo{Key::fit, KeyGroup::timeline, "F", {"The whole run", "실행 전체"}},
    KeyInfo{Key::measure, KeyGroup::timeline, "M", {"Measure the span under the pointer", "가리킨 조각의 길이 재기"}},
    KeyInfo{Key::code, KeyGroup::page, "C", {"Show the code, or hide it", "코드 보이기, 감추기"}},
    KeyInfo{Key::close, KeyGroup::page, "Esc", {"Close what is open", "열린 것 닫기"}},
    KeyInfo{Key::help, KeyGroup::page, "?", {"These keys", "이 키 목록"}},
};

constexpr std::array all_gestures{
    GestureInfo{{"Wheel, or two fingers", "휠, 또는 두 손가락"}, {"Closer or further away", "확대와 축소"}},
    GestureInfo{{"Drag", "끌기"}, {"Move along the timeline", "타임라인 움직이기"}},
    GestureInfo{{"Shift and drag", "Shift 누르고 끌기"}, {"Measure", "길이 재기"}},
    GestureInfo{{"Double click", "두 번 누르기"}, {"The whole run", "실행 전체"}},
    GestureInfo{{"Page Up, Page Down", "Page Up, Page Down"}, {"Through the code", "코드 넘겨 보기"}},
    GestureInfo{{"Tab, Enter, arrows", "Tab, Enter, 화살표"},
                {"Every control, without a pointer", "마우스 없이 모든 조작"}},
    GestureInfo{{"Esc, then Tab", "Esc, 다음 Tab"}, {"The same as a form, beside the canvas", "캔버스 옆의 양식으로"}},
};

ImGuiKey code_of(Key key) {
  switch (key) {
    case Key::run: return ImGuiKey_R;
    case Key::reset: return ImGuiKey_X;
    case Key::step: return ImGuiKey_RightArrow;
    case Key::step_back: return ImGuiKey_LeftArrow;
    case Key::first_step: return ImGuiKey_Home;
    case Key::last_step: return ImGuiKey_End;
    case Key::play: return ImGuiKey_P;
    case Key::zoom_in: return ImGuiKey_W;
    case Key::zoom_out: return ImGuiKey_S;
    case Key::earlier: return ImGuiKey_A;
    case Key::later: return ImGuiKey_D;
    case Key::fit: return ImGuiKey_F;
    case Key::measure: return ImGuiKey_M;
    case Key::code: return ImGuiKey_C;
    case Key::close: return ImGuiKey_Escape;
    case Key::help: return ImGuiKey_Slash;
  }
  return ImGuiKey_None;
}

bool repeats(Key key) {
  switch (key) {
    case Key::step:
    case Key::step_back:
    case Key::zoom_in:
    case Key::zoom_out:
    case Key::earlier:
    case Key::later: return true;
    default: return false;
  }
}

const KeyInfo& info_of(Key key) { return *std::ranges::find(all, key, &KeyInfo::key); }

float list_height() {
  float out = 2 * gap_4 + 36 + group_height + row_height * static_cast<float>(all.size() + all_gestures.size());
  std::optional<KeyGroup> group;
  for (const KeyInfo& key : all) {
    if (group != key.group) out += group_height;
    group = key.group;
  }
  return out;
}

void draw_cap(Ui& ui, Rect place, std::string_view text) {
  const float width = std::max(28.0F, ui.canvas.measure(Type::label_strong, text) + 2 * gap_2);
  const Rect cap{place.x, place.center().y - 11, width, 22};
  ui.canvas.fill(cap, ui.theme.raised, 5);
  ui.canvas.stroke(cap, ui.theme.line, 5);
  ui.canvas.text(cap, Type::label_strong, ui.theme.text, text, Align::center);
}

void draw_heading(Ui& ui, Rect& rest, std::string_view text) {
  Rect row = rest.cut_top(group_height);
  row.cut_top(gap_2);
  ui.canvas.text(row, Type::label_strong, ui.theme.mute, text);
}

}  // namespace

Text title_of(KeyGroup group) {
  switch (group) {
    case KeyGroup::run: return {"Running", "실행"};
    case KeyGroup::stepping: return {"Stepping, on Simulate", "한 단계씩 (시뮬레이션)"};
    case KeyGroup::timeline: return {"Timeline", "타임라인"};
    case KeyGroup::page: return {"Page", "화면"};
  }
  return {"", ""};
}

std::span<const KeyInfo> keys() { return all; }
std::span<const GestureInfo> gestures() { return all_gestures; }

bool pressed(const Ui& ui, Key key) {
  const ImGuiIO& io = ImGui::GetIO();
  if (ui.editing_any() || io.KeyCtrl || io.KeyAlt || io.KeySuper) return false;
  if (info_of(key).group == KeyGroup::stepping && io.NavVisible) return false;
  return ImGui::IsKeyPressed(code_of(key), repeats(key));
}

void open_keys(Ui& ui) { ui.open_popup(popup_key); }

void draw_keys(Ui& ui) {
  if (pressed(ui, Key::help)) open_keys(ui);
  const float width = std::min(list_width, ui.frame().width - 2 * gap_4);
  const float natural = list_height();
  const float height = std::min(natural, ui.frame().height - 2 * gap_4);
  const Rect whole{0, 0, ui.frame().width, ui.frame().height};
  ui.popup(popup_key, whole.middle(width, height), [&](Rect area) {
    Rect rest = area.inset(gap_4);
    Rect head = rest.cut_top(36);
    const Rect close = head.cut_right(32).middle(32, 32);
    ui.canvas.text(head, Type::sentence_strong, ui.theme.text, ui.say(Text{"Keys and gestures", "키와 손짓"}));
    ui.tell({"heading", "keys.title", ui.say(Text{"Keys and gestures", "키와 손짓"})}, head);
    if (button(ui, close, "keys.close", ui.say(info_of(Key::close).what),
               {ButtonStyle::quiet, Icon::cross, false, true, true}))
      ui.close_popup();
    // A short window shows the keys closer together.
    const float squeeze = std::min(1.0F, (height - 2 * gap_4 - 36) / (natural - 2 * gap_4 - 36));
    const float pitch = std::max(20.0F, row_height * squeeze);
    std::optional<KeyGroup> group;
    for (const KeyInfo& key : all) {
      if (group != key.group) draw_heading(ui, rest, ui.say(title_of(key.group)));
      group = key.group;
      Rect row = rest.cut_top(pitch);
      if (row.h < pitch) break;
      draw_cap(ui, row.cut_left(64), key.shown);
      ui.canvas.text(row, Type::body, ui.theme.text, ui.say(key.what));
      ui.tell({"text", std::string("keys.").append(key.shown), ui.say(key.what)}, row);
    }
    draw_heading(ui, rest, ui.say(Text{"Pointer and fingers", "마우스와 손가락"}));
    for (const GestureInfo& gesture : all_gestures) {
      Rect row = rest.cut_top(pitch);
      if (row.h < pitch) break;
      ui.canvas.text(row.cut_left(row.w * 0.42F), Type::body_strong, ui.theme.text, ui.say(gesture.how));
      ui.canvas.text(row, Type::body, ui.theme.sub, ui.say(gesture.what));
    }
  });
}

}  // namespace interleave::view
