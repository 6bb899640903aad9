// Stepping through a simulated run: back and forth, by hand or by itself, and who goes next.
#pragma once

#include "view/kit/ui.h"
#include "view/run/run_view.h"

namespace interleave::view {

class StepBar {
 public:
  void draw(Ui& ui, Rect area, const Model& model, RunView& run);
  // Goes on where it plays; once a frame, whether drawn or not.
  void advance(Ui& ui, const Model& model, RunView& run);

  // The reader's choice for the next step; none: as the policy decides.
  [[nodiscard]] ThreadId chosen() const { return chosen_; }

 private:
  void step(Ui& ui, const Model& model, RunView& run);
  void draw_buttons(Ui& ui, Rect& row, const Model& model, RunView& run, bool icons_only);
  void draw_choices(Ui& ui, Rect& row, const Model& model, RunView& run, bool narrow);
  void handle_keys(Ui& ui, const Model& model, RunView& run);
  void play_by_clock(Ui& ui, RunView& run, double rate);
  void start_playing(const Ui& ui, RunView& run);
  void stop_playing(Ui& ui, const Model& model);
  void switch_playing(Ui& ui, const Model& model, RunView& run);

  bool playing_ = false;
  std::size_t speed_ = 1;  // index into the speeds offered
  double due_ = 0;         // when the next step is to be taken; or when the virtual clock was last moved on
  double clock_ = 0;       // virtual nanoseconds that are to be reached, where it plays by the clock
  ThreadId chosen_;
  std::uint64_t run_ = 0;
};

}  // namespace interleave::view
