#include "view/step_bar.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <imgui.h>
#include <imgui_internal.h>

#include "core/format.h"
#include "view/counter_scene.h"
#include "view/messages.h"
#include "view/widgets.h"

namespace interleave::view {
namespace {

constexpr std::array<std::int64_t, 5> speeds{1, 4, 20, 100, 1000};
constexpr std::size_t most_steps_a_frame = 200;

bool over(const Model& model, const RunView& run) {
  return run.at_end() && model.snapshot->phase == trace::Phase::finished;
}

}  // namespace

// Within what is recorded a step only moves the cursor; at its end it is the run that goes on.
void StepBar::step(Ui& ui, const Model& model, RunView& run) {
  if (!run.at_end()) {
    run.seek(run.cursor() + 1);
  } else if (!over(model, run)) {
    ui.requests.push_back(trace::StepRequest{chosen_});
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
  const double interval = 1.0 / static_cast<double>(speeds[speed_]);
  if (due_ < ui.frame().time - 0.25) due_ = ui.frame().time;  // after a pause nothing is caught up
  for (std::size_t taken = 0; due_ <= ui.frame().time && taken < most_steps_a_frame; ++taken) {
    step(ui, model, run);
    due_ += interval;
  }
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
  Rect at = place(messages::first_step, first);
  if (button(ui, at, "step.first", ui.say(messages::first_step), first)) {
    playing_ = false;
    run.seek(0);
  }
  ButtonLook back{ButtonStyle::secondary, Icon::back, false, !at_start, false};
  at = place(messages::step_back, back);
  if (button(ui, at, "step.back", ui.say(messages::step_back), back)) {
    playing_ = false;
    run.seek(run.cursor() - 1);
  }
  ButtonLook next{ButtonStyle::primary, Icon::step, true, !finished, false};
  at = place(messages::step, next);
  if (button(ui, at, "step.next", ui.say(messages::step), next)) {
    playing_ = false;
    step(ui, model, run);
  }
  ButtonLook play{ButtonStyle::secondary, playing_ ? Icon::pause : Icon::play, false, !finished, false};
  at = place(playing_ ? messages::pause : messages::play, play);
  if (button(ui, at, "step.play", ui.say(playing_ ? messages::pause : messages::play), play)) {
    playing_ = !playing_;
    due_ = ui.frame().time;
  }
}

void StepBar::draw_choices(Ui& ui, Rect& row, const Model& model, bool narrow) {
  if (narrow) return;
  std::vector<std::string> texts;
  texts.reserve(speeds.size());
  std::vector<Segment> entries;
  std::array<std::string, speeds.size()> keys;
  for (std::size_t at = 0; at < speeds.size(); ++at) {
    texts.push_back(fill(messages::per_second, {{"count", speeds[at]}}).in(ui.language));
    keys[at] = std::to_string(speeds[at]);
  }
  for (std::size_t at = 0; at < speeds.size(); ++at) entries.push_back({keys[at], texts[at], true, {}});
  float width = dropdown_width(ui, entries);
  Rect place = row.cut_left(width).middle(width, ui.control());
  if (const auto chosen = dropdown(ui, place, "step.speed", ui.say(messages::speed), entries, speed_)) speed_ = *chosen;
  row.cut_left(gap_2);

  // Who goes next: the policy, or one of those that can.
  std::vector<std::string> names{
      std::string(ui.say(messages::next_thread)).append(": ").append(ui.say(messages::by_policy))};
  std::vector<std::string> numbers{""};
  std::vector<ThreadId> threads{ThreadId::none()};
  for (const trace::Pending& pending : model.snapshot->pending) {
    if (!pending.enabled) continue;
    const bool main = pending.thread.index() == 0;
    const std::string letter = main ? "main" : letter_of(pending.thread.index() - 1);
    names.push_back(std::string(ui.say(messages::next_thread))
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
  if (const auto chosen = dropdown(ui, place, "step.thread", ui.say(messages::next_thread), choices, now))
    chosen_ = threads[*chosen];
  row.cut_left(gap_3);
}

void StepBar::handle_keys(Ui& ui, const Model& model, RunView& run) {
  if (ui.editing_any() || ImGui::GetIO().NavVisible) return;
  // While no control shows the focus these keys are ours: else the first arrow would start walking among the controls.
  for (const ImGuiKey key : {ImGuiKey_RightArrow, ImGuiKey_LeftArrow, ImGuiKey_Home, ImGuiKey_End}) {
    ImGui::SetKeyOwner(key, ImGui::GetID("steps"));
  }
  if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) step(ui, model, run);
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow) && run.cursor() > 0) run.seek(run.cursor() - 1);
  if (ImGui::IsKeyPressed(ImGuiKey_Home)) run.seek(0);
  if (ImGui::IsKeyPressed(ImGuiKey_End)) run.follow_end();
}

void StepBar::draw(Ui& ui, Rect area, const Model& model, RunView& run) {
  ui.canvas.fill(area, ui.theme.panel);
  Rect row = area.inset(gap_4, 0);
  const bool narrow = area.w < 560;
  draw_buttons(ui, row, model, run, area.w < 900);
  draw_choices(ui, row, model, narrow);
  const std::size_t steps = run.steps();
  if (row.w >= 48) {
    const float share = steps == 0 ? 0 : static_cast<float>(run.cursor()) / static_cast<float>(steps);
    const std::string value = std::to_string(run.cursor());
    const float notch = steps == 0 ? 0 : 1.0F / static_cast<float>(steps);
    const SliderChange change =
        slider(ui, row, "step.scrubber", share, {ui.say(messages::place), value, notch, steps > 0});
    if (change.share)
      run.seek(static_cast<std::size_t>(std::llround(static_cast<double>(*change.share) * static_cast<double>(steps))));
    if (change.typed) run.seek(static_cast<std::size_t>(std::strtoull(change.typed->c_str(), nullptr, 10)));
    if (change.share || change.typed) playing_ = false;
  }
  handle_keys(ui, model, run);
}

}  // namespace interleave::view
