// Whose step comes next in a simulated run, as far as that is decided.
#pragma once

#include "view/model.h"
#include "view/run_view.h"

namespace interleave::view {

// Within the recorded part the next step's thread; at its end the reader's choice, else the only thread that can go on.
// None where several could and nobody has chosen.
[[nodiscard]] ThreadId next_thread(const Model& model, const RunView& run, ThreadId chosen);

// "thread 2": the number of a thread that has not been started yet, counted from 1.
[[nodiscard]] Words numbered_thread(std::size_t number);
// The thread's own name, or its number where there is no such thread yet. The main thread is number 0.
[[nodiscard]] Words thread_name(const RunView& run, std::size_t number);

}  // namespace interleave::view
