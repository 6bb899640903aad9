// What threads are called on the screen: by a letter in a badge, and by a name beside it.
#pragma once

#include <cstddef>
#include <string>

#include "view/run/run_view.h"

namespace interleave::view {

// The letter of the thread with the given index among those started: A to Z, then numbers from 27.
[[nodiscard]] std::string letter_of(std::size_t index);
// The same for any thread of a run; the main thread is M.
[[nodiscard]] std::string letter_of_thread(ThreadId thread);

// "thread 2": the number of a thread that has not been started yet, counted from 1.
[[nodiscard]] Words numbered_thread(std::size_t number);
// The thread's own name, or its number where there is no such thread yet. The main thread is number 0.
[[nodiscard]] Words thread_name(const RunView& run, std::size_t number);

}  // namespace interleave::view
