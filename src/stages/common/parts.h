// What several stages have in common.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "rt/runtime.h"
#include "stages/common/view.h"
#include "view/kit/widgets.h"
#include "view/stage.h"

namespace interleave::stages {

// What a stage works out of the run at the cursor, kept as long as nothing changes. Before a run it is made each time,
// from the settings, of which what is kept for a run knows nothing.
template <class Make>
class SceneNow {
 public:
  using Scene = std::invoke_result_t<Make>;

  SceneNow(const StageInput& input, Make make)
      : to_come_(input.run.has_trace() ? std::nullopt : std::optional<Scene>(make())),
        scene_(to_come_ ? *to_come_ : input.run.derived<Scene>(input.chosen, make)) {}
  SceneNow(const SceneNow&) = delete;
  SceneNow& operator=(const SceneNow&) = delete;

  [[nodiscard]] const Scene& get() const { return scene_; }

 private:
  std::optional<Scene> to_come_;
  const Scene& scene_;
};

// A card with a sentence in it, with its bad news in another ink. Returns its height for the given width.
struct Story {
  std::string_view sentence;
  std::string_view emphasis = {};
  Tone tone = Tone::bad;  // of the emphasis
};
[[nodiscard]] float story_height(Ui& ui, float width, const Story& story);
void draw_story(Ui& ui, Rect area, const Story& story);

// Two bars on one scale: what was expected, and what was found. The scale grows in round numbers, up to the total.
inline constexpr float comparison_height = 56;
void draw_comparison(Ui& ui, Rect area, double expected, double found, double total);

inline constexpr float widest_column = 836;
// A column in the middle of the stage, no wider than is good to read.
[[nodiscard]] Rect stage_column(Rect area, float widest, float height);

// The outcome, where the end of the run is what is shown; else null.
[[nodiscard]] const Outcome* outcome_shown(const StageInput& input);
// What a stage says of its run: how to begin, what a live run does, what the last simulated step was, or the outcome.
[[nodiscard]] std::string told_so_far(const Ui& ui, const StageInput& input, const Text& idle, const Text& live);

// Rows with a badge, a name, a bar and a figure; in two columns where there are many.
struct ProgressRow {
  std::string letter;
  std::string name;
  double share = 0;
  std::string figure;
  trace::State state = trace::State::idle;
};
[[nodiscard]] float progress_height(std::size_t rows, float width);
void draw_progress(Ui& ui, Rect area, std::span<const ProgressRow> rows);
// How far the threads of a live run are, each with so many units of work to do. They stand there before the run, too.
[[nodiscard]] std::vector<ProgressRow> live_rows(const Ui& ui, const StageInput& input, std::size_t threads,
                                                 std::int64_t each);

// How many threads a workload with a parameter for that is set to: see Stage.
template <class Workload>
[[nodiscard]] std::size_t threads_set(const Model& model) {
  return static_cast<std::size_t>(params_from<typename Workload::Params>(model.params.values).threads);
}

// The object that a workload made under this name, or none.
[[nodiscard]] ObjectId object_named(const trace::Trace& trace, const rt::Name& name);

// How far each thread of a live run is, from its progress events: value by ThreadId.
[[nodiscard]] std::vector<std::int64_t> live_progress(const trace::Trace& trace);
[[nodiscard]] trace::State last_state(const RunView& run, std::size_t thread);

}  // namespace interleave::stages
