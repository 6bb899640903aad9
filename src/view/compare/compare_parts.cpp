#include "view/compare/compare_parts.h"

#include <algorithm>

#include "core/format.h"
#include "core/series.h"
#include "view/compare/messages_compare.h"
#include "view/kit/widgets.h"
#include "view/panel/results_view.h"

namespace interleave::view {
namespace {

constexpr Text a_and_b{"A and B", "A와 B"};
constexpr Text nothing_differs{"Both were set the same.", "둘의 설정이 같습니다."};
constexpr Text not_compared{"not compared", "비교하지 않음"};

constexpr float chip_height = 28;
constexpr float two_columns_from = 560;
constexpr float column_gap = 32;
constexpr float bar_row = 20;
constexpr float pair_height = 24 + 2 * bar_row + 12;

// How many times A's value B's is.
std::string told_ratio(double ratio) { return "× " + format_number(ratio); }

void draw_value(Ui& ui, Rect row, const Figure& figure, double most, Color color, std::size_t at, bool with_bar,
                float values) {
  constexpr std::array letters{"A", "B"};
  ui.canvas.text(row.cut_left(18), Type::label_strong, ui.theme.sub, letters[at]);
  const std::string value = show_figure(figure);
  ui.canvas.text(row.cut_right(values), Type::body_strong, ui.theme.tone(figure.tone), value, Align::right);
  row.cut_right(gap_3);
  const std::string key = std::string("compare.").append(figure.key).append(at == 0 ? ".a" : ".b");
  ui.tell({"meter", key, ui.say(figure.label), value}, row);
  if (!with_bar) return;
  bar(ui, row.middle(row.w, 8), most > 0 ? static_cast<float>(std::max(figure.value, 0.0) / most) : 0.0F, color);
}

// Both values on one scale, under the figure's name.
void draw_pair(Ui& ui, Rect area, const FigurePair& pair, float values) {
  Rect head = area.cut_top(24);
  const std::string aside = !pair.comparable                                    ? std::string(ui.say(not_compared))
                            : pair.ratio && *pair.ratio > 0 && *pair.ratio != 1 ? told_ratio(*pair.ratio)
                                                                                : std::string{};
  const float label = ui.canvas.measure(Type::body, ui.say(pair.a.label));
  const float width = ui.canvas.measure(Type::label, aside);
  if (label + width + gap_2 <= head.w) ui.canvas.text(head.cut_right(width + 1), Type::label, ui.theme.mute, aside);
  ui.canvas.text(head, Type::body, ui.theme.text, ui.say(pair.a.label));
  const double most = std::max(pair.a.value, pair.b.value);
  draw_value(ui, area.cut_top(bar_row), pair.a, most, ui.theme.owner(0), 0, pair.comparable, values);
  draw_value(ui, area.cut_top(bar_row), pair.b, most, ui.theme.owner(1), 1, pair.comparable, values);
}

std::string told_change(const Ui& ui, const Change& change) {
  return std::string(ui.say(change.name)).append(" ").append(ui.say(change.a)).append(" → ").append(ui.say(change.b));
}

// What is set in the run at `at` (0: A, 1: B) and not in the other: "Lock mutex". Where nothing is: what is unusual.
std::string told_difference(const Ui& ui, const Comparison& comparison, const ComparedRun& run, std::size_t at) {
  std::string out;
  for (const Change& change : comparison.changes) {
    out.append(out.empty() ? "" : " · ");
    if (change.key != "engine") out.append(ui.say(change.name)).append(" ");
    out.append(ui.say(at == 0 ? change.a : change.b));
  }
  return out.empty() ? told_settings(ui, run) : out;
}

// A line in the panel, which opens the comparison.
bool draw_short_line(Ui& ui, Rect row, std::size_t at, const ComparedRun& run, const std::string& settings,
                     std::string_view key) {
  constexpr std::array letters{"A", "B"};
  const auto figure = std::ranges::find(run.outcome->figures, key, &Figure::key);
  const std::string value = figure == run.outcome->figures.end() ? std::string{} : show_figure(*figure);
  const Press press =
      ui.press({"button", at == 0 ? "ab.a" : "ab.b", std::string(letters[at]) + " · " + settings, value}, row);
  if (press.hovered) ui.canvas.fill(row.inset(-gap_2, 0), ui.theme.raised, corner_small);
  focus_ring(ui, press, row, corner_small);
  ui.hint(press, ui.say(messages::compare));
  badge(ui, {row.x + 9, row.center().y}, 9, letters[at], ui.theme.owner(at));
  row.cut_left(26);
  const Color ink = figure == run.outcome->figures.end() ? ui.theme.text : ui.theme.tone(figure->tone);
  const float width = ui.canvas.measure(Type::body_strong, value);
  ui.canvas.text(row.cut_right(width + 1), Type::body_strong, ink, value, Align::right);
  row.cut_right(gap_2);
  // What does not fit is left out from the end, a setting at a time.
  std::string shown = settings;
  while (ui.canvas.measure(Type::body, shown) > row.w) {
    const std::size_t cut = shown.rfind(" · ");
    if (cut == std::string::npos) break;
    shown.resize(cut);
  }
  if (ui.canvas.measure(Type::body, shown) <= row.w) ui.canvas.text(row, Type::body, ui.theme.sub, shown);
  return press.clicked;
}

}  // namespace

ComparedRun compared_run(const Model& model, const FinishedRun& run) {
  const auto workload = std::ranges::find(model.workloads, run.workload, &WorkloadInfo::id);
  return {&*workload, run.engine, run.timed, run.params, run.setting_specs, run.settings, run.outcome};
}

std::string told_settings(const Ui& ui, const ComparedRun& run) {
  std::string out(ui.say(label_of(run.engine)));
  for (const Setting& setting : unusual_settings(run))
    out.append(" · ").append(ui.say(setting.name)).append(" ").append(ui.say(setting.value));
  return out;
}

const FinishedRun* find_run(const Model& model, std::uint64_t number) {
  const auto found = std::ranges::find(model.history, number, &FinishedRun::number);
  return found == model.history.end() ? nullptr : &*found;
}

Picks default_picks(const Model& model) {
  Picks out;
  const auto take = [&](bool any) {
    out = {};
    for (auto run = model.history.rbegin(); run != model.history.rend() && out.a == 0; ++run) {
      if (!any && run->workload != model.workload->id) continue;
      (out.b == 0 ? out.b : out.a) = run->number;
    }
  };
  take(false);
  if (out.a == 0) take(true);
  return out;
}

float draw_changes(Ui& ui, Rect area, const Comparison& comparison) {
  const float top = area.y;
  if (comparison.changes.empty()) {
    ui.tell({"text", "compare.changes", ui.say(nothing_differs)}, area);
    return ui.canvas.paragraph(area, Type::body, ui.theme.mute, ui.say(nothing_differs));
  }
  float x = area.x;
  float y = area.y;
  for (const Change& change : comparison.changes) {
    const std::string whole = told_change(ui, change);
    const std::string name = std::string(ui.say(change.name)) + " ";
    const std::string rest = whole.substr(name.size());
    const float first = ui.canvas.measure(Type::body, name);
    const float width = first + ui.canvas.measure(Type::body_strong, rest) + 2 * gap_3;
    if (x > area.x && x + width > area.right()) {
      x = area.x;
      y += chip_height + gap_1;
    }
    const std::string key = std::string("compare.change.").append(change.key);
    if (width > area.w) {
      // Too long for a chip: it stands as a sentence.
      ui.tell({"text", key, whole}, {area.x, y, area.w, chip_height});
      y += ui.canvas.paragraph({area.x, y, area.w, 0}, Type::body, ui.theme.text, whole) + gap_1;
      continue;
    }
    const Rect chip{x, y, width, chip_height};
    ui.tell({"text", key, whole}, chip);
    ui.canvas.fill(chip, ui.theme.raised, chip_height / 2);
    const float line = y + (chip_height - info(Type::body).line) / 2;
    ui.canvas.text(Point{x + gap_3, line}, Type::body, ui.theme.sub, name);
    ui.canvas.text(Point{x + gap_3 + first, line}, Type::body_strong, ui.theme.text, rest);
    x += width + gap_1;
  }
  return y + (x > area.x ? chip_height : 0) - top;
}

float draw_figures(Ui& ui, Rect area, const Comparison& comparison) {
  const bool two = area.w >= two_columns_from;
  const float column = two ? (area.w - column_gap) / 2 : area.w;
  float values = 40;
  for (const FigurePair& pair : comparison.figures) {
    for (const Figure* figure : {&pair.a, &pair.b})
      values = std::max(values, ui.canvas.measure(Type::body_strong, show_figure(*figure)) + 1);
  }
  std::size_t at = 0;
  for (const FigurePair& pair : comparison.figures) {
    const float x = area.x + (two && at % 2 == 1 ? column + column_gap : 0);
    const float y = area.y + static_cast<float>(two ? at / 2 : at) * pair_height;
    draw_pair(ui, {x, y, column, pair_height}, pair, values);
    ++at;
  }
  const std::size_t rows = two ? (at + 1) / 2 : at;
  return static_cast<float>(rows) * pair_height;
}

ShortComparison draw_short_comparison(Ui& ui, Rect area, const Model& model) {
  const Picks picks = default_picks(model);
  const FinishedRun* a = find_run(model, picks.a);
  const FinishedRun* b = find_run(model, picks.b);
  if (a == nullptr || b == nullptr || a->workload != model.workload->id || b->workload != model.workload->id) return {};
  const std::array outcomes{a->outcome, b->outcome};
  const std::string_view key = main_figure(outcomes, a->timed && b->timed && a->engine == b->engine);
  Rect head{area.x, area.y, area.w, 24};
  const std::string_view title = ui.say(a_and_b);
  const auto figure = std::ranges::find(b->outcome->figures, key, &Figure::key);
  if (figure != b->outcome->figures.end()) {
    const float width = ui.canvas.measure(Type::label, ui.say(figure->label));
    const float room = head.w - ui.canvas.measure(Type::label_strong, title) - gap_2;
    if (width <= room)
      ui.canvas.text(head.cut_right(width + 1), Type::label, ui.theme.mute, ui.say(figure->label), Align::right);
  }
  ui.canvas.text(head, Type::label_strong, ui.theme.mute, title);
  ShortComparison out;
  const float row = std::max(28.0F, ui.control() - 4);
  const std::array runs{compared_run(model, *a), compared_run(model, *b)};
  const Comparison comparison = compare(runs[0], runs[1]);
  for (std::size_t at = 0; at < runs.size(); ++at) {
    const Rect line{area.x, area.y + 24 + static_cast<float>(at) * row, area.w, row};
    out.opened |= draw_short_line(ui, line, at, runs[at], told_difference(ui, comparison, runs[at], at), key);
  }
  out.height = 24 + 2 * row;
  return out;
}

}  // namespace interleave::view
