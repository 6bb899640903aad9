// The source pane: the workload's bodies in C++ or Python, with the line of each thread lit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "view/kit/ui.h"
#include "view/run/run_view.h"
#include "view/source/source_lights.h"
#include "view/source/source_text.h"

namespace interleave::view {

class SourcePane {
 public:
  // True where the reader closes it.
  [[nodiscard]] bool draw(Ui& ui, Rect area, const Model& model, RunView& run);

 private:
  // A text as it lies in the pane, and what it was made from.
  struct Shown {
    std::string workload;
    ParamValues params;
    Tongue tongue = Tongue::cpp;
    std::size_t columns = 0;
    SourceText text;
    std::vector<std::optional<std::size_t>>
        places;  // in the text, by the line of the workload's header that a run knows
    struct Row {
      std::size_t line = 0;  // its place in the text
      SourceRow row;
    };
    std::vector<Row> rows;
    std::vector<std::size_t> first_rows;  // of each line of the text
  };
  // Whoever stands at a line of the text.
  struct LitLine {
    std::size_t line = 0;             // its place in the text
    std::vector<SourceLight> lights;  // so many of them as could be told apart
    std::size_t more = 0;
    [[nodiscard]] bool taken() const;
  };

  bool draw_head(Ui& ui, Rect row);
  void draw_body(Ui& ui, Rect body, const Model& model);
  void draw_row(Ui& ui, Rect area, std::size_t row, const LitLine* lit) const;
  [[nodiscard]] float foot_height(Ui& ui, float width, const Model& model) const;
  void draw_foot(Ui& ui, Rect area, const Model& model) const;
  void make_text(const Model& model, std::size_t columns);
  void light(const Model& model, RunView& run);
  void scroll(Ui& ui, Rect body, std::size_t visible);
  void follow(const Model& model, const RunView& run, std::size_t visible);
  void tell(Ui& ui, Rect body, std::size_t visible) const;
  [[nodiscard]] const LitLine* lit_at(std::size_t line) const;

  Tongue tongue_ = Tongue::cpp;
  Shown shown_;
  LiveLights live_;
  std::vector<LitLine> lit_;  // by line
  float scroll_ = 0;          // the first row that is seen
  struct Followed {
    std::uint64_t run = 0;
    std::size_t events = 0;
    Tongue tongue = Tongue::cpp;
    std::size_t rows = 0;
    friend bool operator==(const Followed&, const Followed&) = default;
  };
  Followed followed_;  // what the text was last scrolled for by itself
};

}  // namespace interleave::view
