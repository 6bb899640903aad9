// The reference counts' stage: each object with what its count says and who really refers to it, the threads below, and
// what a count cost in each way that was tried.

#include <algorithm>
#include <array>
#include <cmath>

#include "core/format.h"
#include "stages/all.h"
#include "stages/common/parts.h"
#include "stages/refcount/scene.h"
#include "stages/refcount/story.h"
#include "view/messages.h"
#include "workloads/refcount.h"

namespace interleave::stages {
namespace {

using workloads::Refcount;

constexpr float card_height = 128;
constexpr float widest_card = 400;
constexpr float pill_height = 36;

// How small cards and threads may become: the first of these that fits is taken.
struct Density {
  float card_width;
  float card_height;
  float pill_width;
  float pill_height;
};
constexpr std::array densities{Density{176, 56, 184, 26}, Density{176, 56, 44, 26}, Density{108, 36, 44, 26},
                               Density{72, 26, 32, 22}};
constexpr float cost_row = 24;
constexpr float badge_radius = 9;

constexpr Text table{"table", "테이블"};
constexpr Text count_right{"{n} references, and the count says so", "참조 {n}개, 횟수도 그대로"};
constexpr Text count_right_one{"1 reference, and the count says so", "참조 1개, 횟수도 그대로"};
constexpr Text count_wrong{"{n} references, but the count says {count}", "참조는 {n}개인데 횟수는 {count}"};
constexpr Text count_wrong_one{"1 reference, but the count says {count}", "참조는 1개인데 횟수는 {count}"};
constexpr Text being_freed{"being freed", "해제하는 중"};
constexpr Text halves_merge{"the halves are being merged", "두 횟수를 합치는 중"};
constexpr Text freed{"freed", "해제됨"};
constexpr Text leaked{"leaked: {count} left", "샘: {count} 남음"};
constexpr Text freed_early{"freed too early: {n}", "너무 일찍 해제: {n}"};
constexpr Text owner_half{"owner", "소유자"};
constexpr Text others_half{"others", "나머지"};
constexpr Text cost_title{"What one count cost in this session", "지금까지 잰, 한 번 세는 값"};
constexpr Text cost_title_simulated{"What one count cost in virtual time", "가상 시간으로, 한 번 세는 값"};
constexpr Text not_tried{"not tried yet", "아직 안 해 봄"};

Color ink_of(const Ui& ui, const RefObject& object) {
  if (object.gone) return ui.theme.good;
  if (!object.settled()) return ui.theme.warn;
  return object.wrong() ? ui.theme.bad : ui.theme.sub;
}

Words verdict_on(const RefObject& object) {
  if (object.gone) return freed;
  const Fill count{"count", object.counted()};
  if (!object.table && object.settled()) return fill(leaked, {count});
  if (object.merging) return halves_merge;
  if (object.being_freed) return being_freed;
  const std::int64_t n = object.references();
  if (object.wrong()) return n == 1 ? fill(count_wrong_one, {count}) : fill(count_wrong, {{"n", n}, count});
  return n == 1 ? Words(count_right_one) : fill(count_right, {{"n", n}});
}

// The count, large; with biased counting its two halves.
void draw_count(Ui& ui, Rect area, const RefObject& object, Color color) {
  const std::string own = std::to_string(object.count);
  const Type type = area.h >= 40 ? Type::figure : Type::title;
  if (!object.shared) {
    ui.canvas.text(area, type, color, own, Align::center);
    return;
  }
  const std::string others = std::to_string(*object.shared);
  const auto half = [&](Rect cell, const std::string& figure, Text label) {
    const float words = ui.canvas.measure(Type::label, ui.say(label));
    const float width = ui.canvas.measure(type, figure);
    if (width + gap_2 + words > cell.w) return ui.canvas.text(cell, type, color, figure, Align::center);
    cell = cell.middle(width + gap_2 + words, cell.h);
    ui.canvas.text(cell.cut_left(width + 1), type, color, figure);
    cell.cut_left(gap_2 - 1);
    return ui.canvas.text(cell, Type::label, ui.theme.mute, ui.say(label));
  };
  half(area.cut_left(area.w / 2), own, owner_half);
  half(area, others, others_half);
}

// Who refers to it: the table, and threads. Of what was freed a ring is left.
void draw_references(Ui& ui, Rect area, const RefcountScene& scene, const RefObject& object) {
  const std::string_view words = ui.say(table);
  const float chip = ui.canvas.measure(Type::label, words) + 2 * gap_2;
  const std::size_t threads = object.holders.size() + object.dangling.size();
  const float pitch = 2 * badge_radius + gap_1;
  const float wanted = (object.table ? chip + gap_1 : 0) + static_cast<float>(threads) * pitch;
  if (wanted > area.w || area.h < 2 * badge_radius) return;
  Rect row = area.middle(wanted, 2 * badge_radius + 2);
  if (object.table) {
    pill(ui, row.cut_left(chip), words, Type::label, ui.theme.sub, ui.theme.raised);
    row.cut_left(gap_1);
  }
  for (const std::size_t at : object.holders) {
    badge(ui, row.cut_left(pitch).middle(pitch, row.h).center(), badge_radius, scene.actors[at].letter,
          ui.theme.state(trace::State::running));
  }
  for (const std::size_t at : object.dangling) {
    const Point center = row.cut_left(pitch).middle(pitch, row.h).center();
    ui.canvas.ring(center, badge_radius, ui.theme.bad, 1.5F);
    ui.canvas.text(Rect{center.x - badge_radius, center.y - badge_radius, 2 * badge_radius, 2 * badge_radius},
                   Type::label_strong, ui.theme.bad, scene.actors[at].letter, Align::center);
  }
}

// Its name, where there is room for it, and its count.
void draw_small_object(Ui& ui, Rect area, const RefObject& object, bool bad) {
  const std::string count = object.shared ? std::to_string(object.count) + " + " + std::to_string(*object.shared)
                                          : std::to_string(object.count);
  const float width = ui.canvas.measure(Type::body_strong, count) + 1;
  const Color ink = bad ? ui.theme.bad : ui.theme.text;
  if (width + gap_2 + ui.canvas.measure(Type::label, ui.say(object.name)) > area.w) {
    ui.canvas.text(area, Type::body_strong, ink, count, Align::center);
    return;
  }
  ui.canvas.text(area.cut_right(width), Type::body_strong, ink, count, Align::right);
  ui.canvas.text(area, Type::label, ui.theme.sub, ui.say(object.name));
}

void draw_object(Ui& ui, Rect area, const RefcountScene& scene, std::size_t number) {
  const RefObject& object = scene.objects[number];
  card(ui, area);
  const bool bad = object.wrong();
  if (bad || object.being_freed) ui.canvas.stroke(area, ui.theme.bad, corner_card, 2);
  if (object.locked_by) ui.canvas.stroke(area, ui.theme.accent, corner_card, 2);
  const Words verdict = verdict_on(object);
  ui.tell({"group", "object." + std::to_string(number + 1), ui.say(object.name), ui.say(verdict)}, area);
  if (area.h < 52) return draw_small_object(ui, area.inset(gap_2, 0), object, bad);
  Rect rest = area.inset(gap_3, 0).middle(area.w - 2 * gap_3, std::min(area.h - gap_2, 112.0F));
  Rect head = rest.cut_top(20);
  const Words early = fill(freed_early, {{"n", object.freed_early}});
  if (object.freed_early > 0 && ui.canvas.measure(Type::label_strong, ui.say(early)) +
                                        ui.canvas.measure(Type::label_strong, ui.say(object.name)) + gap_3 <=
                                    head.w) {
    ui.canvas.text(head.cut_right(ui.canvas.measure(Type::label_strong, ui.say(early)) + 1), Type::label_strong,
                   ui.theme.bad, ui.say(early), Align::right);
  }
  ui.canvas.text(head, Type::label_strong, ui.theme.sub, ui.say(object.name));
  const bool roomy = rest.h >= 84;
  if (roomy) {
    const Rect foot = rest.cut_bottom(20);
    if (ui.canvas.measure(Type::label, ui.say(verdict)) <= foot.w) {
      ui.canvas.text(foot, Type::label, ink_of(ui, object), ui.say(verdict), Align::center);
    }
    draw_references(ui, rest.cut_bottom(24), scene, object);
  }
  draw_count(ui, rest, object, bad ? ui.theme.bad : ui.theme.text);
}

void draw_actor(Ui& ui, Rect area, const RefActor& actor) {
  const Words words = doing(actor);
  const bool resting = !actor.begun || actor.ended;
  const trace::State state = resting ? trace::State::idle : actor.waits ? actor.state : trace::State::running;
  const float radius = std::min(11.0F, area.h / 2 - 3);
  const Color edge = actor.is_next ? ui.theme.accent : ui.theme.line;
  const float edge_width = actor.is_next ? 1.5F : 1.0F;
  ui.tell({"group", "actor." + actor.letter, ui.say(actor.name), ui.say(words)}, area);
  if (2 * radius + gap_1 + gap_2 + ui.canvas.measure(Type::label, ui.say(words)) + gap_2 > area.w) {
    if (actor.is_next) ui.canvas.ring(area.center(), radius + 3, edge, edge_width);
    badge(ui, area.center(), radius, actor.letter, ui.theme.state(state));
    return;
  }
  ui.canvas.fill(area, ui.theme.panel, area.h / 2);
  ui.canvas.stroke(area, edge, area.h / 2, edge_width);
  Rect rest = area.inset(gap_1, 0);
  badge(ui, Rect{rest.x, rest.y, 2 * radius, rest.h}.center(), radius, actor.letter, ui.theme.state(state));
  rest.cut_left(2 * radius + gap_2);
  const Color ink = actor.dangling || actor.stale ? ui.theme.bad : resting ? ui.theme.mute : ui.theme.text;
  ui.canvas.text(rest, Type::label, ink, ui.say(words));
}

struct Grid {
  std::size_t columns = 1;
  std::size_t rows = 1;
};
Grid grid_of(std::size_t count, float width, float least) {
  const auto most = std::max<std::size_t>(static_cast<std::size_t>((width + gap_3) / (least + gap_3)), 1);
  const std::size_t rows = (count + most - 1) / most;
  return {(count + rows - 1) / rows, rows};
}

template <class Draw>
void draw_grid(Rect area, Grid grid, std::size_t count, float widest, float gap, Draw draw) {
  const auto columns = static_cast<float>(grid.columns);
  const auto rows = static_cast<float>(grid.rows);
  const float width = std::min((area.w - (columns - 1) * gap) / columns, widest);
  const float height = (area.h - (rows - 1) * gap) / rows;
  const float left = area.x + (area.w - columns * width - (columns - 1) * gap) / 2;
  for (std::size_t at = 0; at < count; ++at) {
    const std::size_t column = at % grid.columns;
    const std::size_t row = at / grid.columns;
    draw(Rect{left + static_cast<float>(column) * (width + gap), area.y + static_cast<float>(row) * (height + gap),
              width, height},
         at);
  }
}

// ---- what a count cost, in each way that was tried ------------------------------------------------------------------

struct Cost {
  std::string_view option;
  Text label;
  std::optional<double> nanoseconds;
  bool current = false;
};

// Of runs with as many threads and objects on the same engine, the latest of each way.
std::vector<Cost> costs_of(const Model& model, const Refcount::Params& params) {
  std::vector<Cost> out;
  for (const Option& option : Refcount::countings) out.push_back({option.key, option.label, std::nullopt, false});
  const auto place = [&out](const Refcount::Params& of) -> Cost& { return out[static_cast<std::size_t>(of.counting)]; };
  place(params).current = true;
  for (const FinishedRun& run : model.history) {
    if (run.workload != Refcount::id || run.engine != model.engine) continue;
    const auto other = params_from<Refcount::Params>(run.params);
    const std::optional<double> cost = run.outcome->figure("cost");
    if (cost && other.threads == params.threads && other.objects == params.objects) place(other).nanoseconds = cost;
  }
  return out;
}

bool any_known(const std::vector<Cost>& costs) {
  return std::ranges::any_of(costs, [](const Cost& cost) { return cost.nanoseconds.has_value(); });
}

float costs_height(const std::vector<Cost>& costs) { return 28 + static_cast<float>(costs.size()) * cost_row; }

void draw_costs(Ui& ui, Rect area, const std::vector<Cost>& costs, Engine engine) {
  const Text title = engine == Engine::live ? cost_title : cost_title_simulated;
  ui.canvas.text(area.cut_top(28), Type::label_strong, ui.theme.sub, ui.say(title));
  double most = 0;
  float labels = 0;
  float figures = ui.canvas.measure(Type::label, ui.say(not_tried));
  for (const Cost& cost : costs) {
    most = std::max(most, cost.nanoseconds.value_or(0));
    labels = std::max(labels, ui.canvas.measure(Type::label_strong, ui.say(cost.label)));
    figures = std::max(figures, ui.canvas.measure(Type::label_strong, "000.00 ns"));
  }
  for (const Cost& cost : costs) {
    Rect row = area.cut_top(cost_row);
    const bool known = cost.nanoseconds.has_value();
    const std::string figure = known ? show_figure({"cost", cost.label, FigureUnit::nanoseconds, *cost.nanoseconds})
                                     : std::string(ui.say(not_tried));
    ui.tell({"meter", "cost." + std::string(cost.option), ui.say(cost.label), figure}, row);
    ui.canvas.text(row.cut_left(labels + gap_3), cost.current ? Type::label_strong : Type::label,
                   cost.current ? ui.theme.text : ui.theme.sub, ui.say(cost.label));
    ui.canvas.text(row.cut_right(figures + gap_3), known ? Type::label_strong : Type::label,
                   known ? ui.theme.text : ui.theme.mute, figure, Align::right);
    const float share = known && most > 0 ? static_cast<float>(*cost.nanoseconds / most) : 0;
    bar(ui, row.middle(row.w, 8), share, cost.current ? ui.theme.accent : ui.theme.state(trace::State::running));
  }
}

// ---- the whole ------------------------------------------------------------------------------------------------------

// What there is room for, from the top down: what is not afforded has no height.
struct Room {
  float left = 0;
  float take(float height, float gap) {
    if (height <= 0 || left < height + gap) return 0;
    left -= height + gap;
    return height;
  }
};

struct Layout {
  Density density;
  Grid cards;
  Grid pills;

  [[nodiscard]] float cards_height() const { return height(cards, density.card_height, gap_3); }
  [[nodiscard]] float pills_height() const { return height(pills, density.pill_height, gap_2); }
  [[nodiscard]] float least() const { return cards_height() + gap_4 + pills_height(); }
  // Up to the size at which everything is written on them.
  [[nodiscard]] float more_for_cards() const {
    return density.card_height < 52 ? 0 : static_cast<float>(cards.rows) * (card_height - density.card_height);
  }
  [[nodiscard]] float more_for_pills() const {
    return static_cast<float>(pills.rows) * (pill_height - density.pill_height);
  }

 private:
  static float height(Grid grid, float each, float gap) { return static_cast<float>(grid.rows) * (each + gap) - gap; }
};

Layout layout_for(const RefcountScene& scene, float width, float height) {
  Layout out;
  for (const Density& density : densities) {
    out = {density, grid_of(scene.objects.size(), width, density.card_width),
           grid_of(scene.actors.size(), width, density.pill_width)};
    if (out.least() <= height) break;
  }
  return out;
}

void draw_simulated(Ui& ui, Rect area, const StageInput& input, const RefcountScene& scene) {
  const float width = stage_column(area, widest_column, 0).w;
  const Story story{ui.say(scene.sentence), ui.say(scene.emphasis), scene.emphasis_tone};
  const std::vector<Cost> costs = costs_of(input.model, scene.params);
  const Layout layout = layout_for(scene, width, area.h - 2 * gap_3);
  Room room{area.h - 2 * gap_3 - layout.least()};
  const float story_h = room.take(story_height(ui, width, story), gap_4);
  const float cards_h = layout.cards_height() + room.take(layout.more_for_cards(), 0);
  const float pills_h = layout.pills_height() + room.take(layout.more_for_pills(), 0);
  const float costs_h = any_known(costs) ? room.take(costs_height(costs), gap_4) : 0;
  const float total =
      cards_h + gap_4 + pills_h + (story_h > 0 ? gap_4 + story_h : 0) + (costs_h > 0 ? gap_4 + costs_h : 0);
  Rect column = stage_column(area, widest_column, total);
  draw_grid(column.cut_top(cards_h), layout.cards, scene.objects.size(), widest_card, gap_3,
            [&](Rect cell, std::size_t at) { draw_object(ui, cell, scene, at); });
  column.cut_top(gap_4);
  draw_grid(column.cut_top(pills_h), layout.pills, scene.actors.size(), 240, gap_2,
            [&](Rect cell, std::size_t at) { draw_actor(ui, cell, scene.actors[at]); });
  if (story_h > 0) {
    column.cut_top(gap_4);
    draw_story(ui, column.cut_top(story_h), story);
  }
  if (costs_h == 0) return;
  column.cut_top(gap_4);
  draw_costs(ui, column, costs, input.model.engine);
}

// On real threads single counts are not recorded: how far each thread is, and what came out.
void draw_live(Ui& ui, Rect area, const StageInput& input, const RefcountScene& scene) {
  const std::vector<ProgressRow> rows = live_rows(ui, input, scene.actors.size(), scene.params.rounds);
  const float width = stage_column(area, widest_column, 0).w;
  const Story story{ui.say(scene.sentence), ui.say(scene.emphasis), scene.emphasis_tone};
  const std::vector<Cost> costs = costs_of(input.model, scene.params);
  // Once it has ended the costs matter more than that everybody is done.
  Room room{area.h - 2 * gap_3};
  const float story_h = room.take(story_height(ui, width, story), 0);
  const float costs_h = any_known(costs) ? room.take(costs_height(costs), gap_6) : 0;
  const float most = progress_height(rows.size(), width);
  const float rows_h =
      room.take(std::min(most, room.left - gap_6) >= most * 0.6F ? std::min(most, room.left - gap_6) : 0, gap_6);
  Rect column = stage_column(area, widest_column,
                             story_h + (rows_h > 0 ? rows_h + gap_6 : 0) + (costs_h > 0 ? costs_h + gap_6 : 0));
  if (rows_h > 0) {
    draw_progress(ui, column.cut_top(rows_h), rows);
    column.cut_top(gap_6);
  }
  draw_story(ui, column.cut_top(story_h), story);
  if (costs_h == 0) return;
  column.cut_top(gap_6);
  draw_costs(ui, column, costs, input.model.engine);
}

const RefcountScene& scene_of(const StageInput& input) {
  return input.run.derived<RefcountScene>(input.chosen,
                                          [&] { return make_refcount_scene(input.model, input.run, input.chosen); });
}

void draw(Ui& ui, Rect area, const StageInput& input) {
  const RefcountScene& scene = scene_of(input);
  if (input.model.engine == Engine::live) {
    draw_live(ui, area, input, scene);
  } else {
    draw_simulated(ui, area, input, scene);
  }
}

std::optional<Outcome> so_far(const StageInput& input) {
  if (input.model.engine != Engine::simulate || !input.run.has_trace()) return std::nullopt;
  const RefcountScene& scene = scene_of(input);
  Outcome out;
  const auto wrong = static_cast<std::int64_t>(scene.wrong());
  const bool good = wrong == 0 && scene.freed_early() == 0 && scene.used_late() == 0;
  out.verdict = good ? Verdict::ok : Verdict::failure;
  out.headline = good         ? Words(Text{"Every count is right so far", "지금까지는 횟수가 모두 맞다"})
                 : wrong == 1 ? Words(Text{"A count is wrong", "횟수가 틀린 객체가 있다"})
                 : wrong > 1  ? fill({"{n} counts are wrong", "객체 {n}개의 횟수가 틀리다"}, {{"n", wrong}})
                              : Words(Text{"An object was freed too early", "객체가 너무 일찍 해제되었다"});
  const auto figure = [&](std::string_view key, Text label, std::int64_t value, Tone tone) {
    out.figures.push_back({key, label, FigureUnit::count, static_cast<double>(value), tone});
  };
  const auto bad_if_any = [](std::int64_t value) { return value == 0 ? Tone::plain : Tone::bad; };
  std::int64_t references = 0;
  std::int64_t counted = 0;
  for (const RefObject& object : scene.objects) {
    references += object.references();
    counted += object.counted();
  }
  figure("references", {"References", "참조"}, references, Tone::plain);
  figure("counted", {"Counted", "세어진 횟수"}, counted, bad_if_any(wrong));
  figure("early", {"Freed too early", "너무 일찍 해제"}, scene.freed_early(), bad_if_any(scene.freed_early()));
  figure("used", {"Used after free", "해제 뒤 사용"}, scene.used_late(), bad_if_any(scene.used_late()));
  return out;
}

}  // namespace

Stage stage_of_refcount() { return {Refcount::id, draw, so_far, threads_set<Refcount>}; }

}  // namespace interleave::stages
