#include "view/panel/results_view.h"

#include "core/format.h"
#include "view/kit/widgets.h"
#include "view/messages.h"
#include "view/panel/controls_view.h"
#include "view/panel/races_view.h"

namespace interleave::view {
namespace {

constexpr Text result_so_far{"So far", "지금까지"};
constexpr Text elapsed{"Elapsed", "걸린 시간"};
constexpr Text virtual_time{"Virtual time", "가상 시간"};
constexpr Text unrecorded{"The record is full: {kept} events, {bytes}. {count} more were counted and are not shown.",
                          "기록이 가득 찼습니다({kept}개, {bytes}). 이어진 {count}개는 세기만 했고 보이지 않습니다."};

struct Shown {
  Words label;
  Words headline;
  Words sentence;
  Color ink;
  std::vector<Figure> figures;
  double progress = -1;  // a bar, where it is not negative
};

Shown from(const Theme& theme, const Outcome& outcome, Text label) {
  return {label, outcome.headline, outcome.sentence, ink_of(theme, outcome.verdict), outcome.figures, -1};
}

Shown what_to_show(Ui& ui, const StageInput& input, const Stage& stage) {
  const trace::Snapshot& snapshot = *input.model.snapshot;
  if (snapshot.problem) return {messages::result, messages::could_not_run, *snapshot.problem, ui.theme.bad, {}, -1};
  // While the reader looks at an earlier step, the figures are those of that step.
  const bool earlier = input.model.engine == Engine::simulate && !input.run.at_end();
  if (snapshot.outcome && !earlier) return from(ui.theme, *snapshot.outcome, messages::result);
  if (stage.so_far != nullptr) {
    if (const std::optional<Outcome> so_far = stage.so_far(input)) return from(ui.theme, *so_far, result_so_far);
  }
  switch (snapshot.phase) {
    case trace::Phase::idle: return {messages::result, {}, messages::nothing_yet, ui.theme.text, {}, -1};
    case trace::Phase::starting: return {result_so_far, messages::starting, {}, ui.theme.text, {}, 0};
    default: break;
  }
  const Text time = input.model.engine == Engine::simulate ? virtual_time : elapsed;
  const Figure now{"now", time, FigureUnit::nanoseconds, static_cast<double>(snapshot.now), Tone::plain};
  return {result_so_far, messages::running, {}, ui.theme.text, {now}, snapshot.progress};
}

void draw_figure(Ui& ui, Rect row, const Figure& figure) {
  const std::string value = show_figure(figure);
  ui.tell({"meter", std::string("figure.").append(figure.key), ui.say(figure.label), value}, row);
  const float width = ui.canvas.measure(Type::body_strong, value);
  ui.canvas.text(row.cut_right(width + 1), Type::body_strong, ui.theme.tone(figure.tone), value, Align::right);
  row.cut_right(gap_2);
  ui.canvas.text(row, Type::body, ui.theme.sub, ui.say(figure.label));
}

float headline_at(Ui& ui, Rect area, const Shown& shown) {
  const std::string_view text = ui.say(shown.headline);
  if (text.empty()) return 0;
  // A long headline stays a headline, in the next smaller type.
  const bool long_text = ui.canvas.paragraph_height(area.w, Type::figure, text) > 2 * info(Type::figure).line;
  const float used = ui.canvas.paragraph(area, long_text ? Type::title : Type::figure, shown.ink, text);
  ui.tell({"heading", "headline", text}, Rect{area.x, area.y, area.w, used});
  return used;
}

}  // namespace

Color ink_of(const Theme& theme, Verdict verdict) {
  switch (verdict) {
    case Verdict::ok: return theme.good;
    case Verdict::failure:
    case Verdict::hang: return theme.bad;
    case Verdict::cancelled:
    case Verdict::limit: return theme.text;
  }
  return theme.text;
}

float draw_results(Ui& ui, Rect area, const StageInput& input, const Stage& stage) {
  const Shown shown = what_to_show(ui, input, stage);
  const float start = area.y;
  ui.canvas.text(Rect{area.x, area.y, area.w, 20}, Type::label_strong, ui.theme.mute, ui.say(shown.label));
  area.y += 24;
  area.y += headline_at(ui, area, shown);
  if (!shown.sentence.empty()) {
    const std::vector<Stretch> sentence = with_code(ui.say(shown.sentence), Type::body, ui.theme.sub);
    area.y += gap_1;
    area.y += ui.canvas.sentence(area, sentence);
    ui.tell({"text", "sentence", ui.say(shown.sentence)}, area);
  }
  area.y += draw_race(ui, area, input);
  if (shown.progress >= 0) {
    area.y += gap_2;
    bar(ui, Rect{area.x, area.y, area.w, 8}, static_cast<float>(shown.progress), ui.theme.accent);
    ui.tell({"progressbar", "progress", ui.say(messages::running), format_percent(shown.progress)},
            Rect{area.x, area.y, area.w, 8});
    area.y += 8;
  }
  area.y += gap_2;
  for (const Figure& figure : shown.figures) {
    draw_figure(ui, Rect{area.x, area.y, area.w, 26}, figure);
    area.y += 26;
  }
  area.y += draw_no_race(ui, area, input);
  if (input.model.machine != nullptr && input.model.snapshot->outcome) {
    const std::string_view machine = ui.say(*input.model.machine);
    ui.tell({"text", "machine-line", machine}, area);
    area.y +=
        gap_1 + ui.canvas.paragraph(Rect{area.x, area.y + gap_1, area.w, 60}, Type::label, ui.theme.mute, machine);
  }
  const trace::Trace* trace = input.run.trace();
  if (trace != nullptr && trace->unrecorded() > 0) {
    const Words note = fill(unrecorded, {{"kept", static_cast<std::int64_t>(trace->event_count())},
                                         {"bytes", format_bytes(static_cast<double>(trace->event_bytes()))},
                                         {"count", static_cast<std::int64_t>(trace->unrecorded())}});
    ui.tell({"text", "unrecorded", ui.say(note)}, area);
    area.y +=
        ui.canvas.paragraph(Rect{area.x, area.y + gap_1, area.w, 60}, Type::label, ui.theme.mute, ui.say(note)) + gap_1;
  }
  return area.y - start;
}

void draw_short_result(Ui& ui, Rect area, const StageInput& input, const Stage& stage) {
  const Shown shown = what_to_show(ui, input, stage);
  ui.canvas.fill(area, ui.theme.panel);
  ui.canvas.rule({area.x, area.y}, {area.right(), area.y}, ui.theme.line);
  Rect rest = area.inset(gap_4, gap_3);
  const std::string_view headline = ui.say(shown.headline);
  if (!headline.empty()) {
    const Type type = ui.canvas.measure(Type::title, headline) > rest.w ? Type::sentence_strong : Type::title;
    const float height = ui.canvas.paragraph_height(rest.w, type, headline);
    ui.canvas.paragraph(rest.cut_top(height), type, shown.ink, headline);
    ui.tell({"heading", "headline", headline}, area);
  }
  if (shown.progress >= 0) bar(ui, rest.cut_top(8), static_cast<float>(shown.progress), ui.theme.accent);
  const std::vector<Stretch> sentence = with_code(ui.say(shown.sentence), Type::body, ui.theme.sub);
  const float needed = shown.sentence.empty() ? 0 : ui.canvas.sentence_height(rest.w, sentence);
  if (needed > 0 && needed <= rest.h) ui.canvas.sentence(rest.cut_top(needed), sentence);
  if (input.model.set_for_next && rest.h >= 20) draw_next_note(ui, rest.cut_bottom(20));
  if (rest.h >= 24 && draw_short_race(ui, Rect{rest.x, rest.y, rest.w, 24}, input)) rest.cut_top(24);
  for (const Figure& figure : shown.figures) {
    if (rest.h < 24) break;
    draw_figure(ui, rest.cut_top(24), figure);
  }
}

float try_next_height(Ui& ui, float width, const Model& model) {
  return ui.canvas.sentence_height(width - 2 * gap_3,
                                   with_code(ui.say(model.workload->try_next), Type::body, ui.theme.sub)) +
         20 + 2 * gap_3;
}

void draw_try_next(Ui& ui, Rect area, const Model& model) {
  ui.canvas.fill(area, ui.theme.raised, corner_control);
  Rect rest = area.inset(gap_3);
  ui.canvas.text(rest.cut_top(20), Type::body_strong, ui.theme.text, ui.say(messages::try_next));
  ui.canvas.sentence(rest, with_code(ui.say(model.workload->try_next), Type::body, ui.theme.sub));
}

}  // namespace interleave::view
