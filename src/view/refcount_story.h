// The reference counts' stage in words: what just happened, and what it means.
#pragma once

#include "view/refcount_scene.h"

namespace interleave::view {

// Fills in the sentence and its emphasis. Without a trace, what Run would do.
void tell_refcount(RefcountScene& scene, const Model& model, const RunView& run);

// What a thread is doing, as its row on the stage says it.
[[nodiscard]] Words doing(const RefActor& actor);

}  // namespace interleave::view
