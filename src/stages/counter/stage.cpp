// The counter's stage: threads beside the three steps of `count += 1`, the shared box between them, and what it means.

#include "stages/counter/stage.h"

#include <algorithm>
#include <cmath>

#include "core/format.h"
#include "stages/all.h"
#include "stages/common/parts.h"
#include "stages/common/texts.h"
#include "stages/counter/scene.h"
#include "stages/counter/steps.h"
#include "workloads/counter.h"

namespace interleave::stages {
namespace {

constexpr Text has_ended{"ended", "끝남"};
constexpr Text one_step{"one step, nothing comes between", "한 걸음, 아무도 못 끼어듦"};
constexpr Text may_hand_over{"here the GIL may go to another thread", "여기서 GIL이 넘어갈 수 있다"};
constexpr Text gil{"GIL", "GIL"};
constexpr Text in_hand{"in hand", "가진 값"};
constexpr Text next_up{"next", "다음 차례"};
constexpr Text out_of_date{"out of date", "낡은 값"};
constexpr Text lost{"lost", "사라진 갱신"};
constexpr Text lost_so_far{"{count} lost", "{count}개가 사라졌다"};
constexpr Text none_lost_so_far{"None lost", "사라진 것 없음"};
constexpr Text additions{"additions so far", "지금까지 더한 횟수"};

constexpr float step_pitch = 34;
constexpr float hand_height = 40;
constexpr float box_height = 144;

float card_height(const CounterScene& scene) {
  const float extra = scene.is_atomic() ? 24 : 0;
  return 56 + static_cast<float>(counter_rows(scene).size()) * step_pitch + gap_3 + extra;
}

Color state_color(const Ui& ui, const CounterThread& thread) {
  if (!thread.begun || thread.ended) return ui.theme.state(trace::State::idle);
  return ui.theme.state(thread.state == trace::State::ready ? trace::State::running : thread.state);
}

Words role_of(const CounterThread& thread) {
  if (thread.ended) return has_ended;
  if (!thread.begun) return texts::not_begun;
  if (thread.is_next) return next_up;
  if (trace::waits_for_object(thread.state)) return label_of(thread.state);
  return {};
}

// The value in hand, next to the step that has it.
std::string value_at(const CounterThread& thread, CounterStep step) {
  if (!thread.hand) return {};
  if (step == CounterStep::read) return format_count(*thread.hand);
  if (step == CounterStep::add || step == CounterStep::write) return format_count(*thread.hand + 1);
  return {};
}

struct Placed {
  Rect rect;
  Point port;  // where arrows meet it
};

// A ring beside a bytecode: after it the interpreter lock may change hands.
void draw_hand_over(Ui& ui, Rect area) {
  ui.canvas.ring({area.right() - 5, area.center().y}, 4, ui.theme.state_ink(trace::State::waiting_gil), 1.5F);
}

void draw_step(Ui& ui, Rect row, const CounterRow& step, const CounterThread& thread, bool all_at_once) {
  const bool current = step.step == thread.next || (all_at_once && thread.next == CounterStep::read);
  const bool lit = current && thread.begun && !thread.ended;
  const bool passed = thread.hand.has_value() && (step.step == CounterStep::read || step.step == CounterStep::add);
  if (lit) ui.canvas.fill(row.inset(0, 1), ui.theme.accent_soft, corner_small);
  Rect inner = row.inset(gap_2, 0);
  const Rect mark = inner.cut_left(16);
  if (lit) {
    draw_icon(ui.canvas, Icon::play, mark, ui.theme.accent);
  } else if (passed) {
    draw_icon(ui.canvas, Icon::check, mark, ui.theme.mute);
  }
  inner.cut_left(gap_1);
  if (step.hands_over) draw_hand_over(ui, inner.cut_right(12));
  const std::string value = value_at(thread, step.step);
  if (!value.empty() && (passed || lit)) {
    const float width = ui.canvas.measure(Type::code, value);
    const bool room =
        inner.w - width - gap_2 >= ui.canvas.measure(lit ? Type::body_strong : Type::body, ui.say(step.label));
    if (room) ui.canvas.text(inner.cut_right(width), Type::code, thread.stale ? ui.theme.bad : ui.theme.sub, value);
  }
  const Color ink = lit ? ui.theme.text : thread.ended || !thread.begun ? ui.theme.mute : ui.theme.sub;
  const Type type = lit ? Type::body_strong : Type::body;
  const bool fits = ui.canvas.measure(type, ui.say(step.label)) <= inner.w;
  ui.canvas.text(inner, type, ink, ui.say(fits ? step.label : step.short_label));
}

// Returns where the current step is, so that arrows can start there.
Point draw_card(Ui& ui, Rect area, const CounterScene& scene, const CounterThread& thread, bool at_left) {
  card(ui, area);
  if (thread.is_next) ui.canvas.stroke(area, ui.theme.accent, corner_card, 1.5F);
  const float padding = area.w < 180 ? gap_2 : gap_3;
  Rect rest = area.inset(padding, 0);
  Rect head = rest.cut_top(52);
  badge(ui, {head.x + 12, head.center().y + 2}, 12, thread.letter, state_color(ui, thread));
  head.cut_left(24 + gap_2);
  head.y += 2;
  if (thread.has_gil) {
    const float width = ui.canvas.measure(Type::label_strong, ui.say(gil)) + 2 * gap_2;
    const Rect chip = head.cut_right(width).middle(width, 22);
    ui.canvas.fill(chip, ui.theme.state(trace::State::waiting_gil).faded(0.22F), 11);
    ui.canvas.text(chip, Type::label_strong, ui.theme.state_ink(trace::State::waiting_gil), ui.say(gil), Align::center);
    head.cut_right(gap_1);
  }
  const Words role = role_of(thread);
  const std::string_view name = ui.say(thread.name);
  const float name_width = ui.canvas.measure(Type::body_strong, name);
  const std::string_view role_text = ui.say(role);
  const float role_width = ui.canvas.measure(Type::label, role_text);
  if (!role.empty() && head.w > name_width + role_width + gap_2) {
    ui.canvas.text(head.cut_right(role_width), Type::label, thread.is_next ? ui.theme.accent : ui.theme.sub, role_text);
  }
  ui.canvas.text(head, Type::body_strong, ui.theme.text,
                 name_width > head.w + 0.5F ? std::string_view(thread.letter) : name);
  const bool atomic = scene.is_atomic();
  Point port{at_left ? area.right() : area.x, rest.y + step_pitch / 2};
  if (atomic) {
    const Rect group{rest.x, rest.y, rest.w, 3 * step_pitch};
    ui.canvas.stroke(group, thread.next == CounterStep::read && thread.begun ? ui.theme.accent : ui.theme.line,
                     corner_control);
  }
  for (const CounterRow& step : counter_rows(scene)) {
    const Rect row = rest.cut_top(step_pitch);
    draw_step(ui, row, step, thread, atomic);
    if (step.step == thread.next) port.y = row.center().y;
  }
  if (atomic) {
    rest.cut_top(gap_1);
    const std::string_view note = ui.say(one_step);
    if (ui.canvas.measure(Type::label, note) <= rest.w)
      ui.canvas.text(rest.cut_top(20), Type::label, ui.theme.mute, note, Align::center);
  }
  ui.tell({"group", std::string("thread.").append(thread.letter), name, ui.say(role)}, area);
  return port;
}

void draw_hand(Ui& ui, Rect area, const CounterThread& thread) {
  const std::string_view label = ui.say(in_hand);
  area = area.inset(gap_3, 0);
  const float width = ui.canvas.measure(Type::label, label);
  ui.canvas.text(area.cut_left(width + gap_3), Type::label, ui.theme.sub, label);
  const std::string value = thread.hand ? format_count(*thread.hand) : std::string("–");
  const Color ink = thread.stale ? ui.theme.bad : thread.hand ? ui.theme.text : ui.theme.mute;
  const Type type = ui.canvas.measure(Type::title, value) <= area.w ? Type::title : Type::body_strong;
  const float used = ui.canvas.text(area, type, ink, value);
  if (!thread.stale) return;
  area.cut_left(used + gap_2);
  const std::string_view note = ui.say(out_of_date);
  if (ui.canvas.measure(Type::label, note) <= area.w) ui.canvas.text(area, Type::label, ui.theme.bad, note);
}

void draw_box(Ui& ui, Rect area, const CounterScene& scene) {
  card(ui, area);
  if (scene.soon_overwrites) ui.canvas.stroke(area, ui.theme.bad, corner_card, 1.5F);
  Rect rest = area.inset(gap_2, gap_3);
  ui.canvas.text(rest.cut_top(24), Type::code, ui.theme.sub, "count", Align::center);
  const std::string value = format_count(scene.value);
  const Rect figure = rest.cut_top(56);
  const Type type = ui.canvas.measure(Type::count, value) <= figure.w    ? Type::count
                    : ui.canvas.measure(Type::figure, value) <= figure.w ? Type::figure
                                                                         : Type::body_strong;
  ui.canvas.text(figure, type, ui.theme.text, value, Align::center);
  const Words& note = scene.soon ? scene.soon_words : scene.lock_words;
  const Color ink = scene.soon_overwrites ? ui.theme.bad : ui.theme.sub;
  const std::string_view text = ui.say(note);
  if (!text.empty()) {
    if (ui.canvas.measure(Type::label_strong, text) > rest.w) {
      const std::string soon = scene.soon ? "→ " + format_count(*scene.soon) : std::string{};
      ui.canvas.text(rest.cut_top(20), Type::label_strong, ink, soon, Align::center);
    } else {
      ui.canvas.text(rest.cut_top(20), Type::label_strong, ink, text, Align::center);
    }
  }
  ui.tell({"meter", "count", "count", value}, area);
}

void draw_heads(Ui& ui, const CounterScene& scene, Rect box, std::span<const Placed> places) {
  const auto head = [&](std::size_t actor, bool to_box, Color color) {
    if (actor >= places.size()) return;
    const Placed& place = places[actor];
    const bool left = place.rect.x < box.x;
    const float middle = left ? (place.rect.right() + box.x) / 2 : (box.right() + place.rect.x) / 2;
    const float direction = left == to_box ? 1.0F : -1.0F;
    draw_arrow_head(ui.canvas, {middle + direction * 4.5F, box.center().y}, direction, 0, color);
  };
  if (scene.next_actor) {
    const CounterStep next = scene.threads[*scene.next_actor].next;
    if (next == CounterStep::read || next == CounterStep::write) {
      head(*scene.next_actor, scene.soon.has_value(), scene.soon_overwrites ? ui.theme.bad : ui.theme.accent);
    }
  }
  if (scene.last_actor && scene.last_actor != scene.next_actor)
    head(*scene.last_actor, scene.last_wrote, ui.theme.mute);
}

void draw_arrows(Ui& ui, const CounterScene& scene, Rect box, std::span<const Placed> places) {
  const auto port_of_box = [&](const Placed& place, float lift) {
    const bool left = place.rect.x < box.x;
    return Point{left ? box.x - 3 : box.right() + 3, box.center().y + lift};
  };
  // In a gap too narrow for a curve, heads alone tell the direction.
  const float gap = places.empty() ? 0 : std::abs(places[0].port.x - (places[0].rect.x < box.x ? box.x : box.right()));
  if (gap < 36) {
    draw_heads(ui, scene, box, places);
    return;
  }
  if (scene.last_actor && *scene.last_actor < places.size() && scene.last_actor != scene.next_actor) {
    const Placed& place = places[*scene.last_actor];
    const Point port = port_of_box(place, 4);
    const float direction = place.rect.x < box.x ? 1.0F : -1.0F;
    const Color color = ui.theme.mute;
    if (scene.last_wrote) {
      ui.canvas.curve(place.port, {port.x - direction * 8, port.y}, color, 1.5F, false);
      draw_arrow_head(ui.canvas, port, direction, 0, color);
    } else {
      ui.canvas.curve(port, {place.port.x + direction * 10, place.port.y}, color, 1.5F, false);
      draw_arrow_head(ui.canvas, {place.port.x + direction * 2, place.port.y}, -direction, 0, color);
    }
  }
  if (!scene.next_actor || *scene.next_actor >= places.size()) return;
  const CounterThread& actor = scene.threads[*scene.next_actor];
  if (actor.next != CounterStep::read && actor.next != CounterStep::write) return;
  const Placed& place = places[*scene.next_actor];
  const float direction = place.rect.x < box.x ? 1.0F : -1.0F;
  const Point port = port_of_box(place, -4);
  const Color color = scene.soon_overwrites ? ui.theme.bad : ui.theme.accent;
  if (scene.soon) {
    ui.canvas.curve({place.port.x + direction * 3, place.port.y}, {port.x - direction * 8, port.y}, color, 2, true);
    draw_arrow_head(ui.canvas, port, direction, 0, color);
  } else {
    ui.canvas.curve(port, {place.port.x + direction * 11, place.port.y}, color, 2, true);
    draw_arrow_head(ui.canvas, {place.port.x + direction * 3, place.port.y}, -direction, 0, color);
  }
}

// Two threads: a card at each side of the box.
void draw_cards(Ui& ui, Rect area, const CounterScene& scene, bool with_hands) {
  const float side = area.w < 480 ? std::floor(area.w * 0.345F) : std::min(248.0F, std::floor(area.w * 0.33F));
  const float box_width = area.w < 480 ? std::floor(area.w * 0.22F) : std::clamp(area.w * 0.21F, 104.0F, 172.0F);
  const float height = card_height(scene);
  const Rect middle = Rect{area.x, area.y, area.w, height}.middle(box_width, box_height);
  std::vector<Placed> places;
  draw_box(ui, middle, scene);
  for (std::size_t at = 0; at < scene.threads.size(); ++at) {
    const bool left = at == 0;
    const Rect place{left ? area.x : area.right() - side, area.y, side, height};
    const Point port = draw_card(ui, place, scene, scene.threads[at], left);
    places.push_back({place, port});
    if (with_hands) draw_hand(ui, {place.x, place.bottom() + gap_1, place.w, hand_height}, scene.threads[at]);
  }
  draw_arrows(ui, scene, middle, places);
}

// Many threads: a row each, with the three steps as three small blocks.
Placed draw_row(Ui& ui, Rect area, const CounterScene& scene, const CounterThread& thread, bool at_left) {
  const Rect body = area.inset(0, 2);
  ui.canvas.fill(body, thread.is_next ? ui.theme.accent_soft : ui.theme.panel, corner_control);
  ui.canvas.stroke(body, thread.is_next ? ui.theme.accent : ui.theme.line, corner_control);
  Rect rest = body.inset(gap_2, 0);
  const float radius = std::min(10.0F, body.h / 2 - 3);
  badge(ui, {rest.x + radius, rest.center().y}, radius, thread.letter, state_color(ui, thread));
  rest.cut_left(2 * radius + gap_2);
  const std::string value = thread.hand ? format_count(*thread.hand) : std::string("–");
  const float value_width = std::max(36.0F, ui.canvas.measure(Type::code_strong, value));
  ui.canvas.text(rest.cut_right(value_width), Type::code_strong,
                 thread.stale  ? ui.theme.bad
                 : thread.hand ? ui.theme.text
                               : ui.theme.mute,
                 value, Align::right);
  rest.cut_right(gap_2);
  const std::vector<CounterRow> steps = counter_rows(scene);
  const float gap = 3;
  const float width = (rest.w - gap * static_cast<float>(steps.size() - 1)) / static_cast<float>(steps.size());
  const bool atomic = scene.is_atomic();
  for (const CounterRow& step : steps) {
    const bool current =
        (step.step == thread.next || (atomic && thread.next == CounterStep::read)) && thread.begun && !thread.ended;
    const bool passed = thread.hand.has_value() && (step.step == CounterStep::read || step.step == CounterStep::add);
    const Rect block = rest.cut_left(width).middle(width, 8);
    ui.canvas.fill(block, current ? ui.theme.accent : passed ? ui.theme.mute : ui.theme.track, 2);
    rest.cut_left(gap);
  }
  ui.tell({"group", std::string("thread.").append(thread.letter), ui.say(thread.name), value}, area);
  return {body, {at_left ? body.right() : body.x, body.center().y}};
}

float rows_height(const CounterScene& scene, float room) {
  const float rows = std::ceil(static_cast<float>(scene.threads.size()) / 2);
  return std::max(box_height, rows * std::clamp(room / rows, 26.0F, 44.0F));
}

void draw_rows(Ui& ui, Rect area, const CounterScene& scene) {
  const std::size_t half = (scene.threads.size() + 1) / 2;
  const float side = std::floor(area.w * (area.w < 480 ? 0.35F : 0.34F));
  const float pitch = std::clamp(area.h / static_cast<float>(half), 26.0F, 44.0F);
  const Rect box = area.middle(area.w < 480 ? area.w * 0.22F : std::clamp(area.w * 0.19F, 104.0F, 160.0F), box_height);
  const float top = area.y + (area.h - pitch * static_cast<float>(half)) / 2;
  std::vector<Placed> places;
  for (std::size_t at = 0; at < scene.threads.size(); ++at) {
    const bool left = at < half;
    const Rect row{left ? area.x : area.right() - side, top + static_cast<float>(left ? at : at - half) * pitch, side,
                   pitch};
    places.push_back(draw_row(ui, row, scene, scene.threads[at], left));
  }
  draw_box(ui, box, scene);
  draw_arrows(ui, scene, box, places);
}

// What the blocks of a row are, since they are too small to be named each.
void draw_caption(Ui& ui, Rect area, const CounterScene& scene) {
  std::string text;
  for (const CounterRow& step : counter_rows(scene)) text.append(text.empty() ? "" : " · ").append(ui.say(step.label));
  text.append(" | ").append(ui.say(in_hand));
  if (ui.canvas.measure(Type::label, text) <= area.w)
    ui.canvas.text(area, Type::label, ui.theme.mute, text, Align::center);
}

void draw_legend(Ui& ui, Rect area) {
  const std::string_view text = ui.say(may_hand_over);
  const float width = ui.canvas.measure(Type::label, text) + 16;
  Rect row = area.middle(width, area.h);
  draw_hand_over(ui, row.cut_left(12));
  row.cut_left(gap_1);
  ui.canvas.text(row, Type::label, ui.theme.sub, text);
}

void draw_simulated(Ui& ui, Rect area, const StageInput& input) {
  const CounterScene scene = make_counter_scene(input.model, input.run, input.chosen);
  const float width = stage_column(area, widest_column, 0).w;
  const Story story{ui.say(scene.sentence), ui.say(scene.emphasis), scene.emphasis_tone};
  const float story_h = story_height(ui, width, story);
  const bool cards = scene.threads.size() <= 2;
  const float least_top = cards ? card_height(scene) : rows_height(scene, 0);
  // Where room is short, the bars go first: the result has their figures. Then the sentence, then the captions.
  float left = area.h - 2 * gap_3 - least_top;
  const auto afford = [&](float height) {
    if (left < height) return 0.0F;
    left -= height;
    return height;
  };
  const float note = afford(cards ? gap_1 + hand_height : 24);
  const bool hands_over = std::ranges::any_of(counter_rows(scene), &CounterRow::hands_over);
  const float legend = hands_over && cards ? afford(24) : 0;
  const float story_room = afford(gap_4 + story_h);
  const float bars = afford(gap_4 + comparison_height);
  const float top = cards ? least_top : rows_height(scene, least_top + left - gap_6);
  Rect column = stage_column(area, widest_column, top + note + legend + story_room + bars);
  const Rect place = column.cut_top(top);
  if (cards) {
    draw_cards(ui, place, scene, note > 0);
  } else {
    draw_rows(ui, place, scene);
  }
  const Rect caption = column.cut_top(note);
  if (!cards && note > 0) draw_caption(ui, caption, scene);
  if (legend > 0) draw_legend(ui, column.cut_top(legend));
  if (story_room > 0) {
    column.cut_top(gap_4);
    draw_story(ui, column.cut_top(story_h), story);
  }
  if (bars == 0) return;
  column.cut_top(gap_4);
  draw_comparison(ui, column, static_cast<double>(scene.additions), static_cast<double>(scene.value),
                  static_cast<double>(std::max(scene.params.expected(), scene.additions)));
}

void draw(Ui& ui, Rect area, const StageInput& input) {
  if (input.model.engine == Engine::live) {
    draw_live_counter(ui, area, input);
  } else {
    draw_simulated(ui, area, input);
  }
}

std::optional<Outcome> so_far(const StageInput& input) {
  if (input.model.engine != Engine::simulate || !input.run.has_trace()) return std::nullopt;
  const CounterScene scene = make_counter_scene(input.model, input.run, input.chosen);
  Outcome out;
  out.verdict = scene.lost() > 0 ? Verdict::failure : Verdict::ok;
  out.headline = scene.lost() > 0 ? fill(lost_so_far, {{"count", scene.lost()}}) : Words(none_lost_so_far);
  const auto number = [](std::int64_t value) { return static_cast<double>(value); };
  out.figures = {{"additions", additions, FigureUnit::count, number(scene.additions), Tone::plain},
                 {"found", texts::found, FigureUnit::count, number(scene.value), Tone::plain},
                 {"lost", lost, FigureUnit::count, number(scene.lost()), scene.lost() > 0 ? Tone::bad : Tone::good}};
  return out;
}

}  // namespace

Stage stage_of_counter() { return {workloads::Counter::id, draw, so_far, threads_set<workloads::Counter>}; }

}  // namespace interleave::stages
