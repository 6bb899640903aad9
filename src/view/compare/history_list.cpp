// The list of finished runs, from which A and B are picked.

#include <algorithm>

#include "view/compare/compare_parts.h"
#include "view/compare/messages_compare.h"
#include "view/kit/widgets.h"
#include "view/panel/results_view.h"

namespace interleave::view {
namespace {

constexpr Text pick_a{"Take run {n} as A", "실행 {n}을(를) A로"};
constexpr Text pick_b{"Take run {n} as B", "실행 {n}을(를) B로"};
constexpr Text restore{"Set these parameters again", "이 설정으로 되돌리기"};

constexpr float row_padding = 10;

// A letter that is switched on where this run is that one of the two.
bool pick(Ui& ui, Rect area, std::string_view letter, std::size_t at, std::uint64_t number, bool chosen) {
  const std::string key = std::string("compare.pick.").append(at == 0 ? "a." : "b.").append(std::to_string(number));
  const Words text = fill(at == 0 ? pick_a : pick_b, {{"n", static_cast<std::int64_t>(number)}});
  const Press press = ui.press({"radio", key, ui.say(text), chosen ? "on" : "off"}, area);
  const Rect box = area.middle(28, 28);
  if (chosen) {
    badge(ui, box.center(), 14, letter, ui.theme.owner(at));
  } else {
    ui.canvas.fill(box, press.hovered ? ui.theme.pressed : ui.theme.raised, 14);
    ui.canvas.text(box, Type::label_strong, ui.theme.sub, letter, Align::center);
  }
  focus_ring(ui, press, box, 14);
  ui.hint(press, ui.say(text));
  return press.clicked;
}

float draw_run(Ui& ui, Rect area, const Model& model, const FinishedRun& run, Picks& picks) {
  const ComparedRun compared = compared_run(model, run);
  const bool chosen = run.number == picks.a || run.number == picks.b;
  const float text = area.w - 2 * gap_3;
  const std::string settings = told_settings(ui, compared);
  const std::string_view headline = ui.say(run.outcome->headline);
  const float target = ui.control();
  const float height = 2 * row_padding + target + ui.canvas.paragraph_height(text, Type::label, settings) +
                       ui.canvas.paragraph_height(text, Type::body_strong, headline) + gap_1;
  const Rect row{area.x, area.y, area.w, height};
  ui.canvas.fill(row, chosen ? ui.theme.accent_soft : ui.theme.panel, corner_control);
  ui.canvas.stroke(row, chosen ? ui.theme.accent_soft : ui.theme.line, corner_control);
  const Words number = fill(messages::run_number, {{"n", static_cast<std::int64_t>(run.number)}});
  ui.tell({"text", "compare.run." + std::to_string(run.number), ui.say(number), headline}, row);
  Rect inner = row.inset(gap_3, row_padding);
  Rect head = inner.cut_top(target);
  if (pick(ui, head.cut_right(target), "B", 1, run.number, run.number == picks.b)) picks.b = run.number;
  if (pick(ui, head.cut_right(target), "A", 0, run.number, run.number == picks.a)) picks.a = run.number;
  if (button(ui, head.cut_right(target), "compare.restore." + std::to_string(run.number), ui.say(restore),
             {ButtonStyle::quiet, Icon::restart, false, true, true}))
    ui.requests.push_back(RestoreRun{run.number});
  // The title stands beside the number where there is room for both.
  const float width = ui.canvas.measure(Type::label_strong, ui.say(number));
  const std::string_view title = ui.say(compared.workload->title);
  ui.canvas.text(head.cut_left(width + gap_2), Type::label_strong, ui.theme.text, ui.say(number));
  if (ui.canvas.measure(Type::label, title) <= head.w) ui.canvas.text(head, Type::label, ui.theme.sub, title);
  inner.cut_top(ui.canvas.paragraph(inner, Type::label, ui.theme.sub, settings));
  inner.cut_top(gap_1);
  ui.canvas.paragraph(inner, Type::body_strong, ink_of(ui.theme, run.outcome->verdict), headline);
  return height;
}

}  // namespace

float draw_history(Ui& ui, Rect area, const Model& model, Picks& picks) {
  const float top = area.y;
  for (auto run = model.history.rbegin(); run != model.history.rend(); ++run) {
    area.y += draw_run(ui, area, model, *run, picks) + gap_2;
  }
  return area.y - top;
}

}  // namespace interleave::view
