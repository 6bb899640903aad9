// Whose step comes next in a simulated run, as far as that is decided.
#pragma once

#include "view/model.h"
#include "view/run/run_view.h"

namespace interleave::view {

// Within the recorded part the next step's thread; at its end the reader's choice, else the only thread that can go on.
// None where several could and nobody has chosen.
[[nodiscard]] ThreadId next_thread(const Model& model, const RunView& run, ThreadId chosen);

}  // namespace interleave::view
