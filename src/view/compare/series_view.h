// Repeats and sweeps: how they are asked for, how far they are, and what came of them.
#pragma once

#include <cstdint>
#include <string>

#include "view/kit/ui.h"
#include "view/model.h"

namespace interleave::view {

class SeriesView {
 public:
  // The series that is to be shown in the stage's place, or null: the one of the workload that is chosen.
  [[nodiscard]] static const SeriesReport* shown(const Model& model);

  // The buttons that begin a repeat or a sweep, from the area's top. Returns the height used.
  float draw_controls(Ui& ui, Rect area, const Model& model);
  // How far it is and what came of it, in the stage's place.
  void draw(Ui& ui, Rect area, const Model& model);

 private:
  void draw_repeat_row(Ui& ui, Rect row, const Model& model, bool busy);
  void draw_sweep_row(Ui& ui, Rect row, const Model& model, bool busy);
  [[nodiscard]] const ParamSpec* swept(const Model& model) const;
  void draw_head(Ui& ui, Rect area, const Model& model, const SeriesReport& report);
  // These take what they need off the area.
  void draw_sentence(Ui& ui, Rect& body, const Model& model, const SeriesReport& report);
  void draw_machine(Ui& ui, Rect& body, const Model& model);
  float draw_progress(Ui& ui, Rect area, const SeriesReport& report);
  [[nodiscard]] std::string_view choose_figure(Ui& ui, Rect& row, const SeriesReport& report);

  std::size_t repeat_ = 1;    // index of how often
  std::string swept_;         // the parameter's key; "" for the first
  std::string figure_;        // the figure's key that the reader has chosen, or "" for the one that matters most
  std::uint64_t series_ = 0;  // for which that is so
};

}  // namespace interleave::view
