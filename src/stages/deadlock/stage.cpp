// The deadlock's stage: the table or the two accounts, and under it what just happened and what it means.

#include "stages/deadlock/stage.h"

#include <algorithm>

#include "stages/all.h"
#include "stages/common/parts.h"
#include "workloads/deadlock.h"

namespace interleave::stages {
namespace {

constexpr float least_picture = 150;

constexpr Text deadlock{"Deadlock", "데드락"};
constexpr Text meals_so_far{"{n} meals eaten", "{n}끼를 먹었다"};
constexpr Text one_meal_so_far{"1 meal eaten", "1끼를 먹었다"};
constexpr Text transfers_so_far{"{n} transfers made", "이체 {n}건을 마쳤다"};
constexpr Text one_transfer_so_far{"1 transfer made", "이체 1건을 마쳤다"};

const DeadlockScene& scene_of(const StageInput& input) {
  return input.run.derived<DeadlockScene>(input.chosen,
                                          [&] { return make_deadlock_scene(input.model, input.run, input.chosen); });
}

void draw(Ui& ui, Rect area, const StageInput& input) {
  const DeadlockScene& scene = scene_of(input);
  const float width = stage_column(area, widest_column, 0).w;
  const Story story{ui.say(scene.sentence), ui.say(scene.emphasis), scene.emphasis_tone};
  const float story_h = story_height(ui, width, story);
  // Where room is short, the sentence goes: the result says it too.
  const bool with_story = area.h - 2 * gap_3 - gap_4 - story_h >= least_picture;
  const float below = with_story ? gap_4 + story_h : 0;
  const float wanted = scene.accounts() ? bank_height(scene) : table_height(scene);
  const float picture = std::min(area.h - 2 * gap_3 - below, wanted);
  Rect column = stage_column(area, widest_column, picture + below);
  const Rect place = column.cut_top(picture);
  if (scene.accounts()) {
    draw_bank(ui, place, scene);
  } else {
    draw_table(ui, place, scene);
  }
  if (!with_story) return;
  column.cut_top(gap_4);
  draw_story(ui, column.cut_top(story_h), story);
}

std::optional<Outcome> so_far(const StageInput& input) {
  if (input.model.engine != Engine::simulate || !input.run.has_trace()) return std::nullopt;
  const DeadlockScene& scene = scene_of(input);
  Outcome out;
  const bool stuck = !scene.cycle.empty();
  out.verdict = stuck ? Verdict::hang : Verdict::ok;
  if (stuck) {
    out.headline = deadlock;
  } else if (scene.meals == 1) {
    out.headline = scene.accounts() ? one_transfer_so_far : one_meal_so_far;
  } else {
    out.headline = fill(scene.accounts() ? transfers_so_far : meals_so_far, {{"n", scene.meals}});
  }
  const auto [least, most] = std::ranges::minmax(scene.actors, {}, &DeadlockActor::meals);
  const auto figure = [&](std::string_view key, Text label, std::int64_t value, Tone tone = Tone::plain) {
    out.figures.push_back({key, label, FigureUnit::count, static_cast<double>(value), tone});
  };
  if (stuck) figure("meals", scene.accounts() ? Text{"Transfers", "이체"} : Text{"Meals", "끼니"}, scene.meals);
  figure(
      "hungriest",
      scene.accounts() ? Text{"By the slowest", "가장 적은 창구"} : Text{"By the hungriest", "가장 적게 먹은 철학자"},
      least.meals.value_or(0));
  figure("luckiest",
         scene.accounts() ? Text{"By the fastest", "가장 많은 창구"} : Text{"By the luckiest", "가장 많이 먹은 철학자"},
         most.meals.value_or(0));
  figure("waiting", {"Waiting", "기다리는 수"}, static_cast<std::int64_t>(scene.waiting()),
         stuck ? Tone::bad : Tone::plain);
  if (scene.money) figure("money", {"Money in both accounts", "두 계좌의 돈"}, *scene.money);
  return out;
}

}  // namespace

Color color_of(const Ui& ui, const DeadlockActor& actor) {
  if (!actor.begun || actor.ended) return ui.theme.state(trace::State::idle);
  if (actor.wants || actor.wants_waiter) return ui.theme.state(trace::State::waiting_lock);
  return ui.theme.state(actor.state == trace::State::ready ? trace::State::running : actor.state);
}

Color ink_of(const Ui& ui, const DeadlockActor& actor) {
  if (!actor.begun || actor.ended) return ui.theme.mute;
  if (actor.wants || actor.wants_waiter) return ui.theme.state_ink(trace::State::waiting_lock);
  return ui.theme.state_ink(actor.state);
}

Stage stage_of_deadlock() { return {workloads::Deadlock::id, draw, so_far, threads_set<workloads::Deadlock>}; }

}  // namespace interleave::stages
