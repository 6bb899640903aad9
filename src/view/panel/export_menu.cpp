#include "view/panel/export_menu.h"

#include <array>

#include "view/kit/widgets.h"

namespace interleave::view {
namespace {

constexpr Text export_hint{"Save trace, results or picture", "트레이스, 결과, 그림 저장"};
constexpr Text export_after_run{"After a run", "실행한 뒤에"};

constexpr std::string_view popup_key = "export";
constexpr float menu_width = 300;
constexpr float row_height = 52;

struct Choice {
  ExportKind kind;
  std::string_view key;
  Text title;
  Text note;
};
constexpr std::array choices{
    Choice{ExportKind::trace,
           "export.trace",
           {"Trace for Perfetto", "Perfetto용 트레이스"},
           {"Opens in ui.perfetto.dev", "ui.perfetto.dev에서 열립니다"}},
    Choice{ExportKind::json,
           "export.json",
           {"Result as JSON", "결과를 JSON으로"},
           {"Figures, settings and machine", "수치와 설정, 기계 정보"}},
    Choice{ExportKind::csv,
           "export.csv",
           {"All runs as CSV", "모든 실행을 CSV로"},
           {"A line for each run of this page", "이 화면에서 돌린 실행마다 한 줄"}},
    Choice{ExportKind::picture,
           "export.picture",
           {"Stage as PNG", "무대를 PNG로"},
           {"As it is on the screen", "보이는 그대로"}},
};

bool possible(const Model& model, ExportKind kind) {
  switch (kind) {
    case ExportKind::trace: return model.snapshot->trace != nullptr;
    case ExportKind::json: return model.snapshot->outcome.has_value();
    case ExportKind::csv: return !model.history.empty();
    case ExportKind::picture: return true;
  }
  return false;
}

void draw_choices(Ui& ui, Rect rest, const Model& model) {
  for (const Choice& choice : choices) {
    const Rect line = rest.cut_top(row_height);
    const bool enabled = possible(model, choice.kind);
    const Press press = ui.press({"option", choice.key, ui.say(choice.title)}, line, enabled);
    if (press.hovered || press.focused) ui.canvas.fill(line, ui.theme.raised, corner_small);
    Rect text = line.inset(gap_3, gap_1);
    const Color ink = enabled ? ui.theme.text : ui.theme.mute;
    ui.canvas.text(text.cut_top(22), Type::body_strong, ink, ui.say(choice.title));
    ui.canvas.text(text.cut_top(18), Type::label, enabled ? ui.theme.sub : ui.theme.mute,
                   ui.say(enabled ? choice.note : export_after_run));
    if (press.clicked) {
      ui.requests.push_back(ExportRequest{choice.kind, ui.language});
      ui.close_popup();
    }
  }
}

constexpr float choices_height = row_height * static_cast<float>(choices.size());

}  // namespace

void draw_export(Ui& ui, Rect& row, const Model& model, float size) {
  const Rect place = row.cut_right(size).middle(size, size);
  if (button(ui, place, "export", ui.say(export_hint), {ButtonStyle::quiet, Icon::download, false, true, true}))
    ui.open_popup(popup_key);
  const Rect menu{place.right() - menu_width, place.bottom() + gap_1, menu_width, choices_height + 2 * gap_1};
  ui.popup(popup_key, menu, [&](Rect area) { draw_choices(ui, area.inset(gap_1), model); });
}

float draw_exports(Ui& ui, Rect area, const Model& model) {
  constexpr float heading = 28;
  ui.canvas.text(area.cut_top(heading), Type::label_strong, ui.theme.mute, ui.say(export_hint));
  // The titles stand in line with the heading.
  draw_choices(ui, {area.x - gap_3, area.y, area.w + 2 * gap_3, choices_height}, model);
  return heading + choices_height;
}

}  // namespace interleave::view
