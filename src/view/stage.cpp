#include "view/stage.h"

#include <algorithm>
#include <array>

namespace interleave::view {
namespace {

constexpr Stage generic{"", draw_generic_stage, nullptr};
// Each stage's line here, and its file stage_<id>.cpp.
constexpr std::array stages{
    Stage{"counter", draw_counter_stage, counter_so_far},
};

}  // namespace

const Stage& stage_for(std::string_view workload) {
  const auto* found = std::ranges::find(stages, workload, &Stage::workload);
  return found == stages.end() ? generic : *found;
}

}  // namespace interleave::view
