// The two accounts of the deadlock's stage.

#include <algorithm>
#include <cmath>

#include "core/format.h"
#include "stages/deadlock/stage.h"
#include "view/kit/icons.h"
#include "view/kit/widgets.h"

namespace interleave::stages {
namespace {

constexpr float most_pitch = 52;
constexpr float caption_height = 32;
constexpr float arrow_width = 14;
constexpr float least_badge = 8;  // a smaller one has no room for a letter
constexpr float account_height = 124;

constexpr Text held_by{"locked by {who}", "{who}이(가) 잠금"};
constexpr Text free_now{"not locked", "안 잠김"};
constexpr Text unknown{"unknown while it runs", "도는 동안은 모름"};
constexpr Text all_money{"Both together: {n}", "두 계좌를 합쳐 {n}"};
constexpr Text on_the_way{"Both together: {n}, and {moving} on the way", "두 계좌를 합쳐 {n}, 옮기는 중 {moving}"};

void dashed_line(Ui& ui, Point from, Point to, Color color, float width) {
  constexpr float dash = 5;
  const float length = to.x - from.x;
  const float direction = length < 0 ? -1.0F : 1.0F;
  for (float at = 0; at < std::abs(length); at += 2 * dash) {
    const float end = std::min(at + dash, std::abs(length));
    ui.canvas.line({from.x + direction * at, from.y}, {from.x + direction * end, from.y}, color, width);
  }
}

void draw_account(Ui& ui, Rect area, const DeadlockScene& scene, std::size_t number) {
  const DeadlockLock& account = scene.locks[number];
  card(ui, area);
  if (account.holder) ui.canvas.stroke(area, color_of(ui, scene.actors[*account.holder]), corner_card, 2);
  Rect rest = area.middle(area.w - 2 * gap_2, std::min(area.h, 88.0F));
  ui.canvas.text(rest.cut_top(20), Type::body_strong, ui.theme.sub, ui.say(account.name), Align::center);
  rest.cut_top(gap_1);
  const std::string balance = account.balance ? format_count(*account.balance) : std::string("–");
  const Rect figure = rest.cut_top(44);
  const Type type = ui.canvas.measure(Type::figure, balance) <= figure.w ? Type::figure : Type::title;
  ui.canvas.text(figure, type, account.balance ? ui.theme.text : ui.theme.mute, balance, Align::center);
  Words note = free_now;
  Color ink = ui.theme.mute;
  if (account.holder) {
    const DeadlockActor& holder = scene.actors[*account.holder];
    note = fill(held_by, {{"who", std::string_view(holder.letter)}});
    ink = ink_of(ui, holder);
  } else if (scene.live && !scene.finished && scene.actors[0].begun) {
    note = unknown;
  }
  std::string_view text = ui.say(note);
  if (ui.canvas.measure(Type::label_strong, text) > rest.w && account.holder)
    text = scene.actors[*account.holder].letter;
  if (ui.canvas.measure(Type::label_strong, text) <= rest.w) {
    ui.canvas.text(rest.cut_top(20), Type::label_strong, ink, text, Align::center);
  }
  ui.tell({"group", "lock." + std::to_string(number + 1), ui.say(account.name), balance}, area);
}

// One end of a teller's line: what it has to do with the account there.
void draw_end(Ui& ui, Point from, Point to, const DeadlockActor& actor, std::size_t account) {
  const float direction = to.x < from.x ? -1.0F : 1.0F;
  const Color color = color_of(ui, actor);
  if (std::ranges::find(actor.holds, account) != actor.holds.end()) {
    ui.canvas.line(from, {to.x - direction * 3, to.y}, color, actor.in_cycle ? 3.5F : 2.5F);
    ui.canvas.circle({to.x - direction * 4, to.y}, 4.5F, color);
  } else if (actor.wants == account) {
    dashed_line(ui, from, {to.x - direction * 9, to.y}, color, actor.in_cycle ? 3.5F : 2.0F);
    draw_arrow_head(ui.canvas, to, direction, 0, color);
  } else {
    ui.canvas.rule({std::min(from.x, to.x), from.y}, {std::max(from.x, to.x), from.y}, ui.theme.line);
  }
}

// The way the money goes.
void draw_direction(Ui& ui, Rect area, bool to_the_right) {
  const float way = to_the_right ? 1.0F : -1.0F;
  const Point tip{area.center().x + way * area.w / 2, area.center().y};
  ui.canvas.line({tip.x - way * area.w, tip.y}, {tip.x - way, tip.y}, ui.theme.sub, 1.5F);
  ui.canvas.line({tip.x - way * 4.5F, tip.y - 4}, tip, ui.theme.sub, 1.5F);
  ui.canvas.line({tip.x - way * 4.5F, tip.y + 4}, tip, ui.theme.sub, 1.5F);
}

void draw_teller(Ui& ui, Rect row, const DeadlockScene& scene, std::size_t number) {
  const DeadlockActor& actor = scene.actors[number];
  const float height = std::min(row.h - 2, 32.0F);
  const float radius = std::min(11.0F, height / 2 - 2);
  const float room = row.w * 0.62F;
  const bool to_the_right = number % 2 == 0;
  // Name and doing, or the doing alone, or only the letter.
  const std::string full = std::string(ui.say(actor.name)).append(" · ").append(ui.say(actor.doing));
  std::string_view text = full;
  const float fixed = 2 * radius + arrow_width + 4 * gap_2;
  if (fixed + ui.canvas.measure(Type::label, text) > room) text = ui.say(actor.doing);
  if (fixed + ui.canvas.measure(Type::label, text) > room) text = ui.say(actor.doing_short);
  const bool written = height >= 18 && fixed + ui.canvas.measure(Type::label, text) <= room;
  const float width = written ? fixed + ui.canvas.measure(Type::label, text) : 2 * radius + arrow_width + 10;
  const Rect pill_area = row.middle(width, height);
  draw_end(ui, {pill_area.x, row.center().y}, {row.x, row.center().y}, actor, 0);
  draw_end(ui, {pill_area.right(), row.center().y}, {row.right(), row.center().y}, actor, 1);
  ui.canvas.fill(pill_area, radius >= least_badge ? ui.theme.panel : ui.theme.bg, height / 2);
  if (radius >= least_badge) {
    const Color edge = actor.is_next ? ui.theme.accent : actor.in_cycle ? ui.theme.bad : ui.theme.line;
    ui.canvas.stroke(pill_area, edge, height / 2, actor.in_cycle || actor.is_next ? 1.5F : 1.0F);
  }
  Rect rest = pill_area.inset(std::min(gap_1, height / 2 - radius + 1), 0);
  const Rect letter = Rect{rest.x, rest.y, 2 * radius, rest.h}.middle(std::max(2 * radius, 16.0F), rest.h);
  if (radius >= least_badge) {
    badge(ui, letter.center(), radius, actor.letter, color_of(ui, actor));
  } else {
    ui.canvas.text(letter, Type::label_strong, actor.is_next ? ui.theme.accent : ink_of(ui, actor), actor.letter,
                   Align::center);
  }
  rest.cut_left(2 * radius + (written ? gap_2 : 2));
  draw_direction(ui, rest.cut_left(arrow_width), to_the_right);
  if (written) {
    rest.cut_left(gap_2);
    ui.canvas.text(rest, Type::label, ink_of(ui, actor), text);
  }
  ui.tell({"group", "actor." + actor.letter, ui.say(actor.name), ui.say(actor.doing)}, row);
}

void draw_money(Ui& ui, Rect area, const DeadlockScene& scene) {
  if (!scene.money) return;
  const std::int64_t moving = workloads::Deadlock::money(scene.params) - *scene.money;
  const Words text = moving == 0 ? fill(all_money, {{"n", *scene.money}})
                                 : fill(on_the_way, {{"n", *scene.money}, {"moving", moving}});
  if (ui.canvas.measure(Type::label_strong, ui.say(text)) > area.w) return;
  ui.canvas.text(area, Type::label_strong, ui.theme.sub, ui.say(text), Align::center);
  ui.tell({"meter", "money", ui.say(text), format_count(*scene.money)}, area);
}

}  // namespace

float bank_height(const DeadlockScene& scene) {
  return std::max(account_height, static_cast<float>(scene.actors.size()) * most_pitch) + caption_height;
}

void draw_bank(Ui& ui, Rect area, const DeadlockScene& scene) {
  const Rect caption = area.cut_bottom(caption_height);
  const float side = area.w < 480 ? std::floor(area.w * 0.24F) : std::clamp(area.w * 0.21F, 128.0F, 176.0F);
  const auto count = static_cast<float>(scene.actors.size());
  const float pitch = std::min(area.h / count, most_pitch);
  const float height = std::clamp(pitch * count, std::min(account_height, area.h), area.h);
  Rect middle = area.middle(area.w, height);
  // As high as the lines, so that each of them ends at an account.
  const Rect left = middle.cut_left(side);
  const Rect right = middle.cut_right(side);
  draw_account(ui, left, scene, 0);
  draw_account(ui, right, scene, 1);
  Rect rows = middle.inset(2, 0).middle(middle.w - 4, pitch * count);
  for (std::size_t at = 0; at < scene.actors.size(); ++at) draw_teller(ui, rows.cut_top(pitch), scene, at);
  draw_money(ui, caption, scene);
}

}  // namespace interleave::stages
