// The stage of `pipeline`: queues that fill and stages whose workers have a picture in hand, from left to right, and
// how deep the queues were over time. Where it is narrow, from top to bottom.

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "core/format.h"
#include "stages/all.h"
#include "stages/common/parts.h"
#include "stages/common/travellers.h"
#include "stages/pipeline/scene.h"

namespace interleave::stages {
namespace {

constexpr Text say_idle{"Run sends the pictures off. Each queue fills where the next stage cannot keep up.",
                        "실행을 누르면 사진이 흘러갑니다. 다음 단계가 못 따라가는 곳에서 큐가 찹니다."};
constexpr Text say_live{"Pictures go from queue to worker to queue.", "사진이 큐에서 일꾼으로, 다시 큐로 넘어간다."};
constexpr Text say_no_stage{"Every stage is switched off.", "단계가 모두 꺼져 있습니다."};
constexpr Text to_come{"to come", "남음"};
constexpr Text done_label{"done", "완료"};
constexpr Text bottleneck_label{"bottleneck", "병목"};
constexpr Text busy_bottleneck{"bottleneck, {share} busy", "병목, {share} 가동"};
constexpr Text queue_label{"queue", "큐"};
constexpr Text of_capacity{"{n} of {all}", "{all} 중 {n}"};
constexpr Text busy_label{"{share} busy", "{share} 가동"};
constexpr Text computes_label{"CPU", "CPU"};
constexpr Text depth_title{"In the queues", "큐에 든 수"};
constexpr Text before_stage{"before {stage}", "{stage} 앞"};
constexpr Text has_picture{"has picture {n}", "사진 {n} 처리 중"};
constexpr Text waits_for_room{"waits for room in the next queue", "다음 큐의 빈자리를 기다림"};
constexpr Text waits_for_picture{"waits for a picture", "사진을 기다림"};

constexpr float pill_height = 24;
constexpr float tile_height = 42;
constexpr float card_head = 36;
constexpr float under_card = 24;
constexpr float capsule_height = 32;
constexpr float narrow_row = 60;
constexpr float least_curve = 104;
constexpr float most_curve = 168;
constexpr float least_wide = 620;

// A line as it is set up.
struct LineSetup {
  std::string_view name;
  Nanoseconds time = 0;  // 0: it computes
};

struct Picture {
  const PipelineScene& scene;
  std::vector<LineSetup> setup;
  std::vector<double> busy;               // of each line the share
  std::optional<std::size_t> bottleneck;  // the line that is one
};

PipelineScene make_scene(const StageInput& input) {
  const bool live = input.model.engine == Engine::live;
  static const trace::Trace nothing;
  const trace::Trace& trace = input.run.has_trace() ? *input.run.trace() : nothing;
  return make_pipeline_scene(trace, live ? SIZE_MAX : input.run.events(), params_of<Pipeline>(input.model));
}

std::vector<LineSetup> setup_of(const Ui& ui, const PipelineScene& scene) {
  std::vector<LineSetup> out;
  for (const PipelineLine& line : scene.lines) {
    out.push_back({ui.say(Pipeline::title_of(line.stage)), scene.params.waits(line.stage)});
  }
  return out;
}

// At the end as the outcome has it, which the workers measured themselves.
std::vector<double> busy_shares(const StageInput& input, const PipelineScene& scene) {
  const Outcome* outcome = outcome_shown(input);
  std::vector<double> out;
  for (const PipelineLine& line : scene.lines) {
    const auto measured = outcome != nullptr ? outcome->figure(Pipeline::busy_key(line.stage)) : std::nullopt;
    out.push_back(measured.value_or(scene.busy_share(line)));
  }
  return out;
}

Picture make_picture(const Ui& ui, const StageInput& input, const PipelineScene& scene) {
  Picture out{scene, setup_of(ui, scene), busy_shares(input, scene), std::nullopt};
  // Where a policy ignores the clock, nobody can tell.
  const bool timed = input.model.engine != Engine::simulate || input.model.snapshot->timed;
  if (timed) out.bottleneck = Pipeline::bottleneck(out.busy);
  return out;
}

// How far a worker is with what it has in hand, as far as can be told from how long such a thing takes.
float progress(const PipelineWorker& worker, const LineSetup& setup, Nanoseconds now) {
  if (worker.item == no_item) return 0;
  if (worker.stuck) return 1;
  Nanoseconds whole = setup.time;
  if (whole == 0 && worker.items > 0) whole = worker.busy / (worker.items + 1);
  if (whole <= 0) return 0.5F;
  return std::clamp(static_cast<float>(static_cast<double>(now - worker.since) / static_cast<double>(whole)), 0.06F,
                    1.0F);
}

trace::State shown_state(const PipelineWorker& worker) {
  if (worker.item == no_item) return trace::State::idle;
  return worker.stuck ? trace::State::waiting_gil : worker.state;
}

void tell_worker(Ui& ui, Rect area, const PipelineWorker& worker, const LineSetup& setup, std::size_t number) {
  const std::string name = std::string(setup.name) + " " + std::to_string(number);
  const std::string what = worker.item == no_item ? std::string(ui.say(waits_for_picture))
                           : worker.stuck         ? std::string(ui.say(waits_for_room))
                                                  : fill(has_picture, {{"n", worker.item + 1}}).in(ui.language);
  ui.tell({"group", "worker." + name, name, what}, area);
  if (ui.hovers(area)) ui.tooltip({name, what});
}

// The sign beside a picture: it computes, is on the wire, or stands still.
void draw_sign(Ui& ui, Point at, const PipelineWorker& worker, const LineSetup& setup) {
  const Color ink = ui.theme.sub;
  if (worker.stuck) return draw_icon(ui.canvas, Icon::pause, Rect{at.x - 8, at.y - 8, 16, 16}, ink);
  if (setup.time == 0) return draw_icon(ui.canvas, Icon::play, Rect{at.x - 8, at.y - 8, 16, 16}, ink);
  ui.canvas.line({at.x - 5, at.y}, {at.x + 3, at.y}, ink, 1.5F);
  draw_arrow_head(ui.canvas, {at.x + 6, at.y}, 1, 0, ink);
}

void draw_tile(Ui& ui, Rect area, const PipelineWorker& worker, const LineSetup& setup, std::size_t number,
               Nanoseconds now, Travellers& travellers) {
  tell_worker(ui, area, worker, setup, number);
  ui.canvas.fill(area, ui.theme.raised, corner_small);
  Rect inner = area.inset(6, 5);
  bar(ui, inner.cut_bottom(4), progress(worker, setup, now), ui.theme.state(shown_state(worker)));
  inner.cut_bottom(3);
  const Rect place = inner.cut_left(inner.h);
  if (worker.item == no_item) {
    ui.canvas.stroke(place, ui.theme.line, 4);
    return;
  }
  travellers.add(place, worker.item, 4);
  if (inner.w >= 14) draw_sign(ui, inner.center(), worker, setup);
}

// What is in the queue: a level, and on it the thumbnails of those that come out next, the first at the right.
void draw_capsule(Ui& ui, Rect area, const Picture& picture, std::size_t at, Travellers& travellers) {
  const PipelineLine& line = picture.scene.lines[at];
  const std::int64_t capacity = picture.scene.params.capacity;
  const std::int64_t whole = capacity > 0 ? capacity : std::max<std::int64_t>(line.deepest, 8);
  const float share =
      std::clamp(static_cast<float>(static_cast<double>(line.depth()) / static_cast<double>(whole)), 0.0F, 1.0F);
  ui.canvas.fill(area, ui.theme.raised, corner_small);
  const Color color = ui.theme.state(share >= 0.75F ? trace::State::waiting_gil : trace::State::blocked);
  Rect level = area;
  ui.canvas.fill(level.cut_right(area.w * share), color.faded(0.4F), corner_small);
  ui.canvas.stroke(area, ui.theme.line, corner_small);
  Rect slots = area.inset(5, (area.h - 18) / 2);
  for (const std::int64_t item : line.queue) {
    if (slots.w < 18) break;
    const Rect slot = slots.cut_right(18);
    travellers.add(slot.middle(18, 18), item, 3);
    slots.cut_right(3);
  }
}

std::string depth_text(const Ui& ui, const Picture& picture, std::size_t at) {
  const std::int64_t depth = picture.scene.lines[at].depth();
  const std::int64_t capacity = picture.scene.params.capacity;
  return capacity > 0 ? fill(of_capacity, {{"n", depth}, {"all", capacity}}).in(ui.language) : format_count(depth);
}

std::string busy_text(const Ui& ui, const Picture& picture, std::size_t at, const Text& text) {
  const std::string share = format_percent(picture.busy[at]);
  return fill(text, {{"share", std::string_view(share)}}).in(ui.language);
}

// Also that it is the bottleneck, which the picture says with a sign of its own.
std::string busy_told(const Ui& ui, const Picture& picture, std::size_t at) {
  return busy_text(ui, picture, at, at == picture.bottleneck ? busy_bottleneck : busy_label);
}

void tell_queue(Ui& ui, Rect area, const Picture& picture, std::size_t at) {
  const Words name = fill(before_stage, {{"stage", picture.setup[at].name}});
  ui.tell({"meter", "queue." + std::to_string(at + 1), name.in(ui.language), depth_text(ui, picture, at)}, area);
}

void draw_card(Ui& ui, Rect area, const Picture& picture, std::size_t at, Nanoseconds now, Travellers& travellers) {
  const LineSetup& setup = picture.setup[at];
  const bool slowest = at == picture.bottleneck;
  Rect over = area.cut_top(pill_height);
  if (slowest) {
    const float width = ui.canvas.measure(Type::label_strong, ui.say(bottleneck_label)) + 2 * gap_3;
    pill(ui, over.middle(width, 20).moved(0, -2), ui.say(bottleneck_label), Type::label_strong, ui.theme.accent,
         ui.theme.accent_soft);
  }
  Rect below = area.cut_bottom(under_card);
  ui.canvas.fill(area, ui.theme.panel, corner_card);
  ui.canvas.stroke(area, slowest ? ui.theme.accent : ui.theme.line, corner_card, slowest ? 1.5F : 1.0F);
  Rect inner = area.inset(gap_3, 0);
  Rect head = inner.cut_top(card_head);
  const std::string time = setup.time == 0 ? std::string(ui.say(computes_label)) : format_duration(setup.time);
  const float time_width = ui.canvas.measure(Type::label, time) + 1;
  // The name comes first where both have no room; the time is among the settings, too.
  if (ui.canvas.measure(Type::body_strong, setup.name) + gap_2 + time_width <= head.w)
    ui.canvas.text(head.cut_right(time_width), Type::label, ui.theme.sub, time, Align::right);
  ui.canvas.text(head, Type::body_strong, ui.theme.text, setup.name);
  const std::vector<PipelineWorker>& workers = picture.scene.lines[at].workers;
  const float width = (inner.w - gap_2) / 2;
  for (std::size_t number = 0; number < workers.size(); ++number) {
    const std::size_t column = number % 2;
    const std::size_t row = number / 2;
    const Rect tile{inner.x + static_cast<float>(column) * (width + gap_2),
                    inner.y + static_cast<float>(row) * (tile_height + gap_2), width, tile_height};
    draw_tile(ui, tile, workers[number], setup, number + 1, now, travellers);
  }
  const std::string busy = busy_text(ui, picture, at, busy_label);
  ui.tell({"meter", "busy." + std::to_string(at + 1), setup.name, busy_told(ui, picture, at)}, below);
  ui.canvas.text(below, Type::label_strong, slowest ? ui.theme.accent : ui.theme.sub, busy, Align::center);
}

void draw_count(Ui& ui, Rect area, std::string_view key, std::int64_t count, const Text& label) {
  const std::string text = format_count(count);
  ui.tell({"meter", key, ui.say(label), text}, area);
  Rect two = area.middle(area.w, 44);
  ui.canvas.text(two.cut_top(26), Type::title, ui.theme.text, text, Align::center);
  ui.canvas.text(two, Type::label, ui.theme.sub, ui.say(label), Align::center);
}

float card_height(const Picture& picture) {
  std::size_t most = 1;
  for (const PipelineLine& line : picture.scene.lines) most = std::max(most, line.workers.size());
  const std::size_t rows = (most + 1) / 2;
  return card_head + static_cast<float>(rows) * (tile_height + gap_2) + gap_1;
}

std::int64_t left_to_come(const Picture& picture) {
  const std::int64_t items = picture.scene.params.items;
  if (picture.scene.lines.empty()) return items;
  const PipelineLine& first = picture.scene.lines.front();
  std::int64_t taken = first.depth();
  for (const PipelineWorker& worker : first.workers) taken += worker.items + (worker.item == no_item ? 0 : 1);
  return std::max<std::int64_t>(0, items - taken);
}

void draw_flow(Ui& ui, Rect area, const Picture& picture, Nanoseconds now, Travellers& travellers) {
  constexpr float count_width = 76;
  const auto lines = static_cast<float>(picture.setup.size());
  const float each = std::min(260.0F, (area.w - 2 * count_width) / lines);
  Rect row = area.middle(2 * count_width + each * lines, area.h);
  Rect body = row;
  body.cut_top(pill_height);
  body.cut_bottom(under_card);
  const float middle = body.center().y;
  draw_count(ui, {row.x, middle - 22, count_width, 44}, "to-come", left_to_come(picture), to_come);
  row.cut_left(count_width);
  for (std::size_t at = 0; at < picture.setup.size(); ++at) {
    Rect part = row.cut_left(each);
    const Rect queue = part.cut_left(each * 0.38F);
    const Rect capsule = Rect{queue.x, middle - capsule_height / 2, queue.w, capsule_height}.inset(gap_2, 0);
    ui.canvas.rule({queue.x, middle}, {queue.right(), middle}, ui.theme.line);
    draw_capsule(ui, capsule, picture, at, travellers);
    tell_queue(ui, capsule, picture, at);
    const Rect above{queue.x, capsule.y - 22, queue.w, 18};
    const Rect below{queue.x, capsule.bottom() + gap_1, queue.w, 18};
    ui.canvas.text(above, Type::label, ui.theme.mute, ui.say(queue_label), Align::center);
    ui.canvas.text(below, Type::label_strong, ui.theme.text, depth_text(ui, picture, at), Align::center);
    draw_card(ui, part, picture, at, now, travellers);
  }
  draw_count(ui, {row.x, middle - 22, count_width, 44}, "done", picture.scene.done, done_label);
}

// One stage under the other: what waits for it at the left, who works at the right.
void draw_rows(Ui& ui, Rect area, const Picture& picture, Nanoseconds now, Travellers& travellers) {
  for (std::size_t at = 0; at < picture.setup.size(); ++at) {
    const LineSetup& setup = picture.setup[at];
    Rect row = area.cut_top(narrow_row);
    const bool slowest = at == picture.bottleneck;
    Rect head = row.cut_top(20);
    const std::string busy = busy_told(ui, picture, at);
    ui.tell({"meter", "busy." + std::to_string(at + 1), setup.name, busy}, head);
    const float width = ui.canvas.measure(Type::label, busy) + 1;
    ui.canvas.text(head.cut_right(width), Type::label, slowest ? ui.theme.accent : ui.theme.sub, busy, Align::right);
    ui.canvas.text(head, Type::body_strong, slowest ? ui.theme.accent : ui.theme.text, setup.name);
    row.cut_bottom(gap_2);
    const Rect capsule = row.cut_left(row.w * 0.36F);
    draw_capsule(ui, capsule.middle(capsule.w, 26), picture, at, travellers);
    tell_queue(ui, capsule, picture, at);
    row.cut_left(gap_2);
    const std::vector<PipelineWorker>& workers = picture.scene.lines[at].workers;
    const float tile = std::min(64.0F, (row.w - 4 * gap_1) / 5);
    for (std::size_t number = 0; number < workers.size(); ++number) {
      const Rect place = row.cut_left(tile);
      draw_tile(ui, place.middle(place.w, row.h), workers[number], setup, number + 1, now, travellers);
      row.cut_left(gap_1);
    }
  }
}

Color curve_color(const Ui& ui, const Picture& picture, std::size_t at) {
  if (at == picture.bottleneck) return ui.theme.state(trace::State::waiting_gil);
  // Those that are left, told apart by their lightness.
  const bool first_of_others = at == (picture.bottleneck == 0 ? 1U : 0U);
  return first_of_others ? ui.theme.state(trace::State::blocked) : ui.theme.mute;
}

// The deepest in each column of pixels, as steps would be too many to see.
std::vector<Point> curve_points(const std::vector<Depth>& depths, Rect area, Nanoseconds from, Nanoseconds to,
                                Nanoseconds now, std::int64_t most) {
  std::vector<Point> out;
  const auto x = [&](Nanoseconds time) {
    return area.x + area.w * static_cast<float>(static_cast<double>(time - from) / static_cast<double>(to - from));
  };
  const auto y = [&](std::int64_t depth) {
    return area.bottom() - area.h * static_cast<float>(static_cast<double>(depth) / static_cast<double>(most));
  };
  for (std::size_t at = 0; at < depths.size();) {
    const float left = std::floor(x(depths[at].time));
    std::int64_t deepest = 0;
    for (; at < depths.size() && x(depths[at].time) < left + 2; ++at) deepest = std::max(deepest, depths[at].depth);
    if (!out.empty()) out.push_back({left, out.back().y});
    out.push_back({left, y(deepest)});
  }
  if (!depths.empty()) {
    out.push_back({out.back().x + 1, y(depths.back().depth)});
    out.push_back({x(now), y(depths.back().depth)});
  }
  return out;
}

void draw_curves(Ui& ui, Rect area, const Picture& picture, const StageInput& input, Nanoseconds now) {
  ui.canvas.text(area.cut_top(20), Type::label, ui.theme.sub, ui.say(depth_title));
  area.cut_top(gap_2);
  std::int64_t most = 4;
  for (const PipelineLine& line : picture.scene.lines) most = std::max(most, line.deepest);
  const std::int64_t capacity = picture.scene.params.capacity;
  if (capacity > 0 && capacity <= 4 * most) most = std::max(most, capacity);
  const std::string top = format_count(most);
  float names = 0;
  std::vector<std::string> labels;
  for (const LineSetup& line : picture.setup) {
    labels.push_back(fill(before_stage, {{"stage", line.name}}).in(ui.language));
    names = std::max(names, ui.canvas.measure(Type::label_strong, labels.back()));
  }
  Rect scale = area.cut_left(ui.canvas.measure(Type::label, top) + gap_2);
  ui.canvas.text(Rect{scale.x, area.y - 8, scale.w - gap_2, 16}, Type::label, ui.theme.mute, top, Align::right);
  ui.canvas.text(Rect{scale.x, area.bottom() - 12, scale.w - gap_2, 16}, Type::label, ui.theme.mute, "0", Align::right);
  Rect legend = area.cut_right(names + 1);
  area.cut_right(gap_3);
  area.cut_bottom(gap_1);
  ui.canvas.rule({area.x, area.bottom()}, {area.right(), area.bottom()}, ui.theme.line);
  ui.canvas.rule({area.x, area.y}, {area.right(), area.y}, ui.theme.line.faded(0.5F));
  const Nanoseconds from = picture.scene.began;
  const bool scrubbing = input.model.engine == Engine::simulate && !input.run.at_end() && !input.run.by_steps();
  const Nanoseconds to = std::max(scrubbing ? input.run.end() : now, from + 1);
  struct Mark {
    float y;
    std::size_t line;
  };
  std::vector<Mark> marks;
  for (std::size_t at = 0; at < picture.scene.lines.size(); ++at) {
    const PipelineLine& line = picture.scene.lines[at];
    const std::vector<Point> points = curve_points(line.depths, area, from, to, std::min(now, to), most);
    if (points.size() > 1) ui.canvas.polyline(points, curve_color(ui, picture, at), 1.75F);
    const float share = static_cast<float>(static_cast<double>(line.depth()) / static_cast<double>(most));
    marks.push_back({area.bottom() - area.h * share, at});
  }
  // Names stand where their curves end, and never on each other.
  std::ranges::sort(marks, {}, [](const Mark& mark) { return std::pair(mark.y, mark.line); });
  const auto rest = [&](std::size_t after) { return static_cast<float>(marks.size() - 1 - after) * 16; };
  float free = legend.y - 8;
  for (std::size_t at = 0; at < marks.size(); ++at) {
    const float y = std::clamp(marks[at].y - 8, free, std::max(free, legend.bottom() - 12 - rest(at)));
    const Color color = curve_color(ui, picture, marks[at].line);
    ui.canvas.text(Rect{legend.x, y, legend.w, 16}, Type::label_strong, mix(color, ui.theme.text, 0.35F),
                   labels[marks[at].line]);
    free = y + 16;
  }
}

std::string sentence(const Ui& ui, const StageInput& input, const Picture& picture) {
  if (picture.setup.empty()) return std::string(ui.say(say_no_stage));
  return told_so_far(ui, input, say_idle, say_live);
}

void draw(Ui& ui, Rect area, const StageInput& input) {
  const SceneNow kept(input, [&] { return make_scene(input); });
  const Picture picture = make_picture(ui, input, kept.get());
  const bool running = input.model.engine == Engine::live && input.model.snapshot->phase == trace::Phase::running;
  const Nanoseconds now = running ? std::max(input.model.snapshot->now, picture.scene.now) : picture.scene.now;
  const std::string said = sentence(ui, input, picture);
  const Story story{said, {}};
  const float width = stage_column(area, widest_column, 0).w;
  const bool wide = width >= least_wide;
  const float story_h = story_height(ui, width, story);
  const float flow = picture.setup.empty() ? 0
                     : wide                ? pill_height + card_height(picture) + under_card
                                           : static_cast<float>(picture.setup.size()) * narrow_row;
  // Where room is short, the sentence goes first, which the result has too, then the curves.
  float left = area.h - 2 * gap_3 - flow;
  const bool has_curves = !picture.setup.empty() && left >= least_curve + gap_4;
  if (has_curves) left -= least_curve + gap_4;
  const bool has_story = left >= story_h + gap_4;
  if (has_story) left -= story_h + gap_4;
  const float curves = has_curves ? std::min(most_curve, least_curve + std::max(0.0F, left)) : 0;
  const float height = flow + (has_curves ? curves + gap_4 : 0) + (has_story ? story_h + gap_4 : 0);
  Rect column = stage_column(area, widest_column, height);
  const Rect flow_area = column.cut_top(flow);
  if (!picture.setup.empty()) {
    Travellers travellers(input.model.run);
    (wide ? draw_flow : draw_rows)(ui, flow_area, picture, now, travellers);
    travellers.draw(ui);
  }
  if (has_curves) {
    column.cut_top(gap_4);
    draw_curves(ui, column.cut_top(curves), picture, input, now);
  }
  if (!has_story) return;
  column.cut_top(gap_4);
  draw_story(ui, column.cut_top(story_h), story);
}

}  // namespace

Stage stage_of_pipeline() { return {"pipeline", draw, nullptr}; }

}  // namespace interleave::stages
