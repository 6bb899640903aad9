// The round table of the deadlock's stage.

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/format.h"
#include "stages/deadlock/stage.h"
#include "view/kit/icons.h"
#include "view/kit/widgets.h"

namespace interleave::stages {
namespace {

constexpr float pi = std::numbers::pi_v<float>;
constexpr std::size_t most_described = 8;  // more philosophers than that have no room for words
constexpr float least_width_with_names = 560;

constexpr Text waiter{"waiter", "웨이터"};
constexpr Text meals_of{"of {n} meals", "전체 {n}끼"};
constexpr Text deadlock{"deadlock", "데드락"};

Point polar(Point center, float radius, float angle) {
  return {center.x + radius * std::cos(angle), center.y + radius * std::sin(angle)};
}

// Where everything is: rings around one centre.
struct Rings {
  Point center;
  std::size_t count = 0;
  float badges = 0;        // radius of the ring of badges
  float badge = 0;         // radius of a badge
  float table = 0;         // of the table
  float plates = 0;        // of the ring of plates and forks
  float plate = 0;         // of a plate
  float fork = 0;          // half the length of a fork
  float numbers = 0;       // of the ring of the forks' numbers
  float arrows = 0;        // of the ring of arrows
  bool named = false;      // philosophers have their names beside them
  bool numbered = false;   // forks have theirs
  bool described = false;  // and what they do

  [[nodiscard]] float step() const { return 2 * pi / static_cast<float>(count); }
  // Two sit left and right, more begin at the top; clockwise.
  [[nodiscard]] float angle(std::size_t seat) const {
    return (count == 2 ? -pi : -pi / 2) + step() * static_cast<float>(seat);
  }
  // A fork lies between its own philosopher, who has the same number, and the one before.
  [[nodiscard]] float fork_at(std::size_t number) const { return angle(number) - step() / 2; }
};

Rings rings_for(Rect area, std::size_t count) {
  Rings out;
  out.count = count;
  out.center = area.center();
  out.described = count <= most_described;
  out.named = out.described && area.w >= least_width_with_names;
  out.badge = out.described ? 15.0F : 11.0F;
  const float beside = out.named ? 160.0F : out.described ? 72.0F : 28.0F;
  const float above = out.described ? 4.0F : 20.0F;
  out.badges = std::min(area.h / 2 - out.badge - above, area.w / 2 - out.badge - beside);
  if (out.badges < 80) out.badge = std::min(out.badge, 10.0F);
  out.table = out.badges - out.badge - 6;
  const float chord = std::sin(out.step() / 2) * 2;  // between neighbours, for a radius of 1
  out.plate = std::min({24.0F, out.table * 0.19F, out.table * 0.86F * chord * 0.3F});
  out.plates = out.table - out.plate - std::max(4.0F, out.table * 0.045F);
  out.fork = std::clamp(out.plate * 0.95F, 7.0F, 20.0F);
  out.numbers = out.plates - out.fork - 13;
  out.numbered = out.numbers > 44 && out.numbers * out.step() > 20;
  out.arrows = out.numbered ? out.numbers - 13 : out.plates - out.fork - std::min(12.0F, out.plates * 0.16F);
  return out;
}

// Three tines towards the centre, and a handle.
void draw_fork(Ui& ui, const Rings& rings, float angle, Color color) {
  const Point at = polar(rings.center, rings.plates, angle);
  const Point along{-std::cos(angle), -std::sin(angle)};
  const Point across{-along.y, along.x};
  const float half = rings.fork;
  const auto point = [&](float forward, float aside) {
    return Point{at.x + along.x * forward * half + across.x * aside,
                 at.y + along.y * forward * half + across.y * aside};
  };
  const float spread = std::clamp(half * 0.26F, 2.2F, 4.6F);
  const float width = std::clamp(half * 0.12F, 1.2F, 2.0F);
  ui.canvas.line(point(-1, 0), point(0.15F, 0), color, width * 1.5F);
  ui.canvas.polyline(std::array{point(1, -spread), point(0.35F, -spread), point(0.15F, -spread * 0.5F),
                                point(0.15F, spread * 0.5F), point(0.35F, spread), point(1, spread)},
                     color, width);
  ui.canvas.line(point(0.15F, 0), point(1, 0), color, width);
}

// A fork moves to whoever takes it.
void draw_forks(Ui& ui, const Rings& rings, const DeadlockScene& scene) {
  const float to_hand = rings.step() / 2 - (rings.plate + std::max(6.0F, rings.fork * 0.45F)) / rings.plates;
  for (std::size_t at = 0; at < scene.locks.size(); ++at) {
    const std::optional<std::size_t> holder = scene.locks[at].holder;
    const float target = !holder ? 0.0F : *holder == at ? 1.0F : -1.0F;
    const float moved = ui.follow("deadlock/fork/" + std::to_string(at), target);
    const float angle = rings.fork_at(at) + moved * std::max(to_hand, rings.step() * 0.14F);
    const Color color = holder ? ink_of(ui, scene.actors[*holder]) : ui.theme.mute;
    draw_fork(ui, rings, angle, color);
    const std::string number = std::to_string(at + 1);
    if (rings.numbered) {
      const Point text = polar(rings.center, rings.plates - rings.plate - 4, angle);
      const float width = ui.canvas.measure(Type::label, number);
      ui.canvas.text(Point{text.x - width / 2, text.y - 8}, Type::label, ui.theme.mute, number);
    }
    const Point place = polar(rings.center, rings.plates, angle);
    ui.tell({"group", "lock." + number, ui.say(scene.locks[at].name),
             holder ? std::string_view(scene.actors[*holder].letter) : std::string_view()},
            Rect{place.x - 8, place.y - 8, 16, 16});
  }
}

// Short enough for a plate: "12k" for twelve thousand and something.
std::string on_plate(Ui& ui, std::int64_t meals, float room) {
  std::string text = format_count(meals);
  if (ui.canvas.measure(Type::label_strong, text) <= room) return text;
  if (meals >= 1'000'000) return std::to_string(meals / 1'000'000) + "M";
  if (meals >= 1000) return std::to_string(meals / 1000) + "k";
  return text;
}

void draw_plate(Ui& ui, const Rings& rings, const DeadlockActor& actor, float angle) {
  const Point at = polar(rings.center, rings.plates, angle);
  const bool both = actor.holds.size() == 2;
  ui.canvas.circle(at, rings.plate, ui.theme.raised);
  ui.canvas.ring(at, rings.plate, both ? color_of(ui, actor) : ui.theme.line, both ? 2.0F : 1.0F);
  if (!actor.meals || rings.plate < 10) return;
  const float room = 2 * rings.plate - 6;
  const std::string text = on_plate(ui, *actor.meals, room);
  const bool large = rings.plate >= 17 && ui.canvas.measure(Type::body_strong, text) <= room;
  if (ui.canvas.measure(Type::label_strong, text) > room + 4) return;
  ui.canvas.text(Rect{at.x - rings.plate, at.y - 10, 2 * rings.plate, 20},
                 large ? Type::body_strong : Type::label_strong, ui.theme.text, text, Align::center);
}

// Name and doing, on the side away from the table.
void draw_name(Ui& ui, const Rings& rings, Rect area, const DeadlockActor& actor, float angle) {
  const Point at = polar(rings.center, rings.badges, angle);
  const bool left = std::cos(angle) < -0.1F;
  const float gap = rings.badge + gap_2;
  const Rect room = left ? Rect{area.x, at.y - 18, at.x - gap - area.x, 36}
                         : Rect{at.x + gap, at.y - 18, area.right() - at.x - gap, 36};
  const Align align = left ? Align::right : Align::left;
  const std::string_view name = ui.say(actor.name);
  std::string_view doing = ui.say(actor.doing);
  if (ui.canvas.measure(Type::label, doing) > room.w) doing = ui.say(actor.doing_short);
  Rect rest = room;
  if (rings.named) ui.canvas.text(rest.cut_top(20), Type::body_strong, ui.theme.text, name, align);
  if (!rings.named) rest = Rect{rest.x, at.y - 8, rest.w, 16};
  if (ui.canvas.measure(Type::label, doing) <= room.w) {
    ui.canvas.text(rest.cut_top(16), actor.in_cycle ? Type::label_strong : Type::label, ink_of(ui, actor), doing,
                   align);
  }
}

void draw_seat(Ui& ui, const Rings& rings, Rect area, const DeadlockScene& scene, std::size_t seat) {
  const DeadlockActor& actor = scene.actors[seat];
  const float angle = rings.angle(seat);
  const Point at = polar(rings.center, rings.badges, angle);
  draw_plate(ui, rings, actor, angle);
  if (actor.is_next) ui.canvas.ring(at, rings.badge + 3, ui.theme.accent, 1.5F);
  badge(ui, at, rings.badge, actor.letter, color_of(ui, actor));
  if (rings.described) {
    draw_name(ui, rings, area, actor, angle);
  } else if (rings.plate < 12 && actor.meals) {
    const Point text = polar(rings.center, rings.badges + rings.badge + 10, angle);
    const std::string meals = on_plate(ui, *actor.meals, 24);
    ui.canvas.text(Rect{text.x - 20, text.y - 8, 40, 16}, Type::label, ui.theme.sub, meals, Align::center);
  }
  ui.tell({"group", "actor." + actor.letter, ui.say(actor.name), ui.say(actor.doing)},
          Rect{at.x - rings.badge, at.y - rings.badge, 2 * rings.badge, 2 * rings.badge});
}

// From one angle to the other along the ring of arrows; the head stands at the end.
void draw_arc(Ui& ui, const Rings& rings, float from, float to, Color color, float width) {
  const float direction = to > from ? 1.0F : -1.0F;
  const float length = std::abs(to - from) * rings.arrows;
  const float head_size = std::clamp(length * 0.3F, 5.0F, 10.0F);
  const float trim = std::min(7.0F, length * 0.1F) / rings.arrows;
  const float begin = from + direction * trim;
  const float tip = to - direction * trim;
  const float end = tip - direction * head_size * 0.8F / rings.arrows;
  std::vector<Point> points;
  constexpr int pieces = 24;
  for (int k = 0; k <= pieces; ++k) {
    points.push_back(polar(rings.center, rings.arrows, begin + (end - begin) * static_cast<float>(k) / pieces));
  }
  ui.canvas.polyline(points, color, width);
  const Point head = polar(rings.center, rings.arrows, tip);
  const Point back{head.x - points.back().x, head.y - points.back().y};
  const float size = head_size / std::hypot(back.x, back.y);
  const Point base{head.x - back.x * size, head.y - back.y * size};
  const Point side{-back.y * size * 0.62F, back.x * size * 0.62F};
  ui.canvas.triangle(head, {base.x + side.x, base.y + side.y}, {base.x - side.x, base.y - side.y}, color);
}

// The wait-for graph: from who waits to who holds, past the fork in question or to the waiter in the middle.
void draw_waits(Ui& ui, const Rings& rings, const DeadlockScene& scene, float middle) {
  const Color waiting = ui.theme.state(trace::State::waiting_lock);
  for (std::size_t at = 0; at < scene.actors.size(); ++at) {
    const DeadlockActor& actor = scene.actors[at];
    const float angle = rings.angle(at);
    if (actor.wants_waiter) {
      const Point from = polar(rings.center, rings.plates - rings.plate - 4, angle);
      const Point to = polar(rings.center, middle + 12, angle);
      ui.canvas.line(from, to, waiting, 1.75F);
      draw_arrow_head(ui.canvas, polar(rings.center, middle + 4, angle), -std::cos(angle), -std::sin(angle), waiting);
    } else if (actor.wants && actor.waits_for && rings.arrows > 12) {
      const float turn = *actor.wants == at ? -rings.step() : rings.step();
      draw_arc(ui, rings, angle, angle + turn, waiting,
               actor.in_cycle ? std::clamp(rings.arrows / 22, 2.0F, 3.5F) : 1.75F);
    }
  }
  if (scene.waiter_holder) {
    const float angle = rings.angle(*scene.waiter_holder);
    ui.canvas.line(polar(rings.center, middle, angle), polar(rings.center, rings.plates - rings.plate - 4, angle),
                   ui.theme.state(trace::State::running), 2.5F);
  }
}

// What stands in the middle of the table. Returns its radius.
float draw_middle(Ui& ui, const Rings& rings, const DeadlockScene& scene) {
  const Point c = rings.center;
  if (scene.params.order == workloads::Deadlock::Order::waiter) {
    const std::string_view name = ui.say(waiter);
    const float radius = ui.canvas.measure(Type::label_strong, name) / 2 + 8;
    const bool serves = scene.waiter_holder.has_value();
    ui.canvas.circle(c, radius, ui.theme.raised);
    ui.canvas.ring(c, radius, serves ? ui.theme.state(trace::State::running) : ui.theme.line, serves ? 2.0F : 1.0F);
    ui.canvas.text(Rect{c.x - radius, c.y - 8, 2 * radius, 16}, Type::label_strong, ui.theme.text, name, Align::center);
    return radius;
  }
  const float radius = rings.arrows - 14;
  const bool stuck = !scene.cycle.empty();
  const std::string_view word = ui.say(deadlock);
  const std::string meals = format_count(scene.meals);
  const Words of = fill(meals_of, {{"n", scene.params.expected()}});
  if (stuck && ui.canvas.measure(Type::body_strong, word) <= 2 * radius) {
    ui.canvas.text(Rect{c.x - radius, c.y - 10, 2 * radius, 20}, Type::body_strong, ui.theme.bad, word, Align::center);
  } else if (!stuck && radius > 34 && ui.canvas.measure(Type::label, ui.say(of)) <= 1.7F * radius) {
    ui.canvas.text(Rect{c.x - radius, c.y - 24, 2 * radius, 28}, Type::title, ui.theme.text, meals, Align::center);
    ui.canvas.text(Rect{c.x - radius, c.y + 4, 2 * radius, 16}, Type::label, ui.theme.sub, ui.say(of), Align::center);
  } else if (!stuck && radius > 14 && ui.canvas.measure(Type::body_strong, meals) <= 2 * radius) {
    ui.canvas.text(Rect{c.x - radius, c.y - 10, 2 * radius, 20}, Type::body_strong, ui.theme.text, meals,
                   Align::center);
  }
  return radius;
}

}  // namespace

float table_height(const DeadlockScene& scene) {
  // A table for two need not be as large as one for five.
  return std::min(220 + 60 * static_cast<float>(scene.actors.size()), 420.0F);
}

void draw_table(Ui& ui, Rect area, const DeadlockScene& scene) {
  const Rings rings = rings_for(area, scene.actors.size());
  const bool stuck = !scene.cycle.empty();
  ui.canvas.circle(rings.center, rings.table, ui.theme.panel);
  ui.canvas.ring(rings.center, rings.table, stuck ? ui.theme.bad : ui.theme.line, stuck ? 1.5F : 1.0F);
  const float middle = draw_middle(ui, rings, scene);
  draw_waits(ui, rings, scene, middle);
  for (std::size_t seat = 0; seat < scene.actors.size(); ++seat) draw_seat(ui, rings, area, scene, seat);
  draw_forks(ui, rings, scene);
  ui.tell({"meter", "meals", "meals", format_count(scene.meals)},
          Rect{rings.center.x - 10, rings.center.y - 10, 20, 20});
}

}  // namespace interleave::stages
