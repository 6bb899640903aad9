#include "view/run/names.h"

namespace interleave::view {

std::string letter_of(std::size_t index) {
  if (index < 26) return std::string(1, static_cast<char>('A' + static_cast<int>(index)));
  return std::to_string(index + 1);
}

std::string letter_of_thread(ThreadId thread) {
  return thread.index() == 0 ? std::string("M") : letter_of(thread.index() - 1);
}

Words numbered_thread(std::size_t number) {
  return fill({"thread {n}", "스레드 {n}"}, {{"n", static_cast<std::int64_t>(number)}});
}

Words thread_name(const RunView& run, std::size_t number) {
  const bool known = run.has_trace() && number < run.trace()->threads().size();
  return known ? run.trace()->threads()[number].name : numbered_thread(number);
}

}  // namespace interleave::view
