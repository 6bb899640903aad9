#include "view/bars/step_bar.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <imgui.h>
#include <imgui_internal.h>

#include "core/format.h"
#include "view/kit/keys.h"
#include "view/kit/widgets.h"
#include "view/messages.h"
#include "view/run/names.h"

namespace interleave::view {
namespace {

constexpr Text first_step{"Start", "처음"};
constexpr Text play_text{"Play", "재생"};
constexpr Text pause{"Pause", "멈추기"};
constexpr Text speed_text{"Speed", "빠르기"};
constexpr Text next_thread{"Next", "다음"};
constexpr Text by_policy{"by the policy", "정책대로"};
constexpr Text place_text{"Place in the run", "실행 속 위치"};

// How fast it plays: so many steps a second, a share of the virtual clock's own speed, or without waiting at all.
struct Speed {
  std::string_view key;
  double steps = 0;  // a second
  double clock = 0;  // virtual seconds a real second
  Text text;
};
constexpr std::array speeds{
    Speed{"1", 1, 0, {"1 step/s", "초당 1단계"}},
    Speed{"4", 4, 0, {"4 steps/s", "초당 4단계"}},
    Speed{"20", 20, 0, {"20 steps/s", "초당 20단계"}},
    Speed{"100", 100, 0, {"100 steps/s", "초당 100단계"}},
    Speed{"1000", 1000, 0, {"1,000 steps/s", "초당 1,000단계"}},
    Speed{"x0.001", 0, 0.001, {"time × 1/1000", "시간 × 1/1000"}},
    Speed{"x0.01", 0, 0.01, {"time × 1/100", "시간 × 1/100"}},
    Speed{"x0.1", 0, 0.1, {"time × 1/10", "시간 × 1/10"}},
    Speed{"x1", 0, 1, {"time × 1", "시간 × 1"}},
    Speed{"most", 0, 0, {"as fast as it goes", "가장 빠르게"}},
};
constexpr std::size_t most_steps_a_frame = 200;

bool as_fast_as_it_goes(const Speed& speed) { return speed.steps == 0 && speed.clock == 0; }

bool over(const Model& model, const RunView& run) {
  return run.at_end() && model.snapshot->phase == trace::Phase::finished;
}

}  // namespace

// Within what is recorded a step only moves the cursor; at its end it is the run that goes on.
void StepBar::step(Ui& ui, const Model& model, RunView& run) {
  if (!run.at_end()) {
    run.seek(run.cursor() + 1);
  } else if (!over(model, run)) {
    ui.requests.push_back(StepRequest{chosen_});
    chosen_ = ThreadId::none();
  }
}

void StepBar::advance(Ui& ui, const Model& model, RunView& run) {
  if (model.run != run_) {
    run_ = model.run;
    chosen_ = ThreadId::none();
  }
  if (!playing_) return;
  if (over(model, run) || model.snapshot->problem) {
    playing_ = false;
    return;
  }
  ui.keep_drawing();
  const Speed& speed = speeds[speed_];
  if (as_fast_as_it_goes(speed)) {
    run.follow_end();
    if (model.snapshot->phase == trace::Phase::paused) ui.requests.push_back(RunRequest{});
    return;
  }
  if (speed.clock > 0) {
    play_by_clock(ui, run, speed.clock);
    return;
  }
  const double interval = 1.0 / speed.steps;
  if (due_ < ui.frame().time - 0.25) due_ = ui.frame().time;  // after a pause nothing is caught up
  for (std::size_t taken = 0; due_ <= ui.frame().time && taken < most_steps_a_frame; ++taken) {
    step(ui, model, run);
    due_ += interval;
  }
}

// The virtual clock goes on with the real one: within what is recorded the cursor moves, past its end the run goes on.
void StepBar::play_by_clock(Ui& ui, RunView& run, double rate) {
  constexpr double longest_frame = 0.25;  // seconds; after a pause nothing is caught up
  const double passed = std::min(ui.frame().time - due_, longest_frame);
  due_ = ui.frame().time;
  // Parts of a nanosecond are kept for the next frame: at 1/1000 a frame has 16 microseconds.
  clock_ += passed * rate * static_cast<double>(second);
  const auto until = static_cast<Nanoseconds>(clock_);
  if (!run.at_end() && until <= run.end()) {
    run.seek_time(until);
    return;
  }
  run.follow_end();
  ui.requests.push_back(PlayUntil{until});
}

// From the place where the cursor stands.
void StepBar::start_playing(const Ui& ui, RunView& run) {
  playing_ = true;
  due_ = ui.frame().time;
  clock_ = static_cast<double>(run.cursor_time());
}

void StepBar::stop_playing(Ui& ui, const Model& model) {
  if (playing_ && as_fast_as_it_goes(speeds[speed_]) && model.snapshot->phase == trace::Phase::running)
    ui.requests.push_back(StopRequest{});
  playing_ = false;
}

void StepBar::draw_buttons(Ui& ui, Rect& row, const Model& model, RunView& run, bool icons_only) {
  const bool at_start = run.cursor() == 0;
  const bool finished = over(model, run);
  const auto place = [&](Text text, ButtonLook& look) {
    look.text_hidden = icons_only;
    const Rect out = row.cut_left(button_width(ui, ui.say(text), look));
    row.cut_left(gap_2);
    return out.middle(out.w, ui.control());
  };
  ButtonLook first{ButtonStyle::secondary, Icon::restart, false, !at_start, false};
  Rect at = place(first_step, first);
  if (button(ui, at, "step.first", ui.say(first_step), first)) {
    stop_playing(ui, model);
    run.seek(0);
  }
  ButtonLook back{ButtonStyle::secondary, Icon::back, false, !at_start, false};
  at = place(messages::step_back, back);
  if (button(ui, at, "step.back", ui.say(messages::step_back), back)) {
    stop_playing(ui, model);
    run.seek(run.cursor() - 1);
  }
  ButtonLook next{ButtonStyle::primary, Icon::step, true, !finished, false};
  at = place(messages::step, next);
  if (button(ui, at, "step.next", ui.say(messages::step), next)) {
    stop_playing(ui, model);
    step(ui, model, run);
  }
  ButtonLook play{ButtonStyle::secondary, playing_ ? Icon::pause : Icon::play, false, !finished, false};
  at = place(playing_ ? pause : play_text, play);
  if (button(ui, at, "step.play", ui.say(playing_ ? pause : play_text), play)) {
    switch_playing(ui, model, run);
  }
}

void StepBar::draw_choices(Ui& ui, Rect& row, const Model& model, RunView& run, bool narrow) {
  if (narrow) return;
  // Without a clock there is nothing to be in step with.
  std::vector<Segment> entries;
  std::vector<std::size_t> which;
  std::size_t chosen_speed = 0;
  for (std::size_t at = 0; at < speeds.size(); ++at) {
    if (speeds[at].clock > 0 && !model.snapshot->timed) continue;
    if (at == speed_) chosen_speed = entries.size();
    entries.push_back({speeds[at].key, ui.say(speeds[at].text), true, {}});
    which.push_back(at);
  }
  float width = dropdown_width(ui, entries);
  Rect place = row.cut_left(width).middle(width, ui.control());
  if (const auto chosen = dropdown(ui, place, "step.speed", ui.say(speed_text), entries, chosen_speed)) {
    const bool was_playing = playing_;
    stop_playing(ui, model);
    speed_ = which[*chosen];
    if (was_playing) start_playing(ui, run);
  }
  row.cut_left(gap_2);

  // Who goes next: the policy, or one of those that can.
  std::vector<std::string> names{std::string(ui.say(next_thread)).append(": ").append(ui.say(by_policy))};
  std::vector<std::string> numbers{""};
  std::vector<ThreadId> threads{ThreadId::none()};
  for (const trace::Pending& pending : model.snapshot->pending) {
    if (!pending.enabled) continue;
    const bool main = pending.thread.index() == 0;
    const std::string letter = main ? "main" : letter_of(pending.thread.index() - 1);
    names.push_back(std::string(ui.say(next_thread))
                        .append(": ")
                        .append(letter)
                        .append(" · ")
                        .append(ui.say(info(pending.operation.kind).label)));
    numbers.push_back(letter);
    threads.push_back(pending.thread);
  }
  std::vector<Segment> choices;
  std::size_t now = 0;
  for (std::size_t at = 0; at < names.size(); ++at) {
    choices.push_back({numbers[at], names[at], true, {}});
    if (threads[at] == chosen_) now = at;
  }
  width = std::min(dropdown_width(ui, choices), 190.0F);
  if (row.w < width + 80) return;
  place = row.cut_left(width).middle(width, ui.control());
  if (const auto chosen = dropdown(ui, place, "step.thread", ui.say(next_thread), choices, now))
    chosen_ = threads[*chosen];
  row.cut_left(gap_3);
}

void StepBar::handle_keys(Ui& ui, const Model& model, RunView& run) {
  if (ui.editing_any() || ImGui::GetIO().NavVisible) return;
  // While no control shows the focus these keys are ours: else the first arrow would start walking among the controls.
  for (const ImGuiKey key : {ImGuiKey_RightArrow, ImGuiKey_LeftArrow, ImGuiKey_Home, ImGuiKey_End}) {
    ImGui::SetKeyOwner(key, ImGui::GetID("steps"));
  }
  if (pressed(ui, Key::step)) step(ui, model, run);
  if (pressed(ui, Key::step_back) && run.cursor() > 0) run.seek(run.cursor() - 1);
  if (pressed(ui, Key::first_step)) run.seek(0);
  if (pressed(ui, Key::last_step)) run.follow_end();
  if (pressed(ui, Key::play) && !over(model, run)) switch_playing(ui, model, run);
}

void StepBar::switch_playing(Ui& ui, const Model& model, RunView& run) {
  if (playing_) {
    stop_playing(ui, model);
  } else {
    start_playing(ui, run);
  }
}

void StepBar::draw(Ui& ui, Rect area, const Model& model, RunView& run) {
  ui.canvas.fill(area, ui.theme.panel);
  Rect row = area.inset(gap_4, 0);
  const bool narrow = area.w < 560;
  draw_buttons(ui, row, model, run, area.w < 900);
  draw_choices(ui, row, model, run, narrow);
  const std::size_t steps = run.steps();
  if (row.w >= 48) {
    const float share = steps == 0 ? 0 : static_cast<float>(run.cursor()) / static_cast<float>(steps);
    const std::string value = std::to_string(run.cursor());
    const float notch = steps == 0 ? 0 : 1.0F / static_cast<float>(steps);
    const SliderChange change = slider(ui, row, "step.scrubber", share, {ui.say(place_text), value, notch, steps > 0});
    if (change.share)
      run.seek(static_cast<std::size_t>(std::llround(static_cast<double>(*change.share) * static_cast<double>(steps))));
    if (change.typed) run.seek(static_cast<std::size_t>(std::strtoull(change.typed->c_str(), nullptr, 10)));
    if (change.share || change.typed) stop_playing(ui, model);
  }
  handle_keys(ui, model, run);
}

}  // namespace interleave::view
