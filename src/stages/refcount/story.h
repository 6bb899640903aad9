// The reference counts' stage in words: what just happened, and what it means.
#pragma once

#include "stages/common/view.h"
#include "stages/refcount/scene.h"

namespace interleave::stages {

// Fills in the sentence and its emphasis. Without a trace, what Run would do.
void tell_refcount(RefcountScene& scene, const Model& model, const RunView& run);

// What a thread is doing, as its row on the stage says it.
[[nodiscard]] Words doing(const RefActor& actor);

}  // namespace interleave::stages
