// A simulated run in sentences: what each step did, for a reader who sees no picture of it.
#pragma once

#include <map>
#include <vector>

#include "trace/story_line.h"
#include "trace/trace.h"

namespace interleave::trace {

// The trace must outlive the teller, and be of a simulated run. What was added to it later is told too, except lost
// updates, which are looked for once.
class Teller {
 public:
  // A story is for reading; what is longer is told up to here.
  static constexpr std::size_t longest_story = 400;

  explicit Teller(const Trace& trace);

  // One sentence without a full stop: "thread 1 reads 0". Empty for what is no step of a reader's (see is_step).
  [[nodiscard]] Words told(const Event& event) const;
  // Every step of the first stream, with each lost update told where it happens.
  [[nodiscard]] std::vector<StoryLine> told() const;

 private:
  [[nodiscard]] Words name(ThreadId thread) const { return trace_.threads()[thread.index()].name; }
  [[nodiscard]] Words name(ObjectId object) const { return trace_.objects()[object.index()].name; }
  [[nodiscard]] Words about_variable(const Event& event, Text alone, Text among_several, std::int64_t value) const;
  [[nodiscard]] Words about_lock(const Event& event, Text pattern) const;
  [[nodiscard]] Words compared(const Event& event) const;
  [[nodiscard]] Words about_gil(const Event& event) const;
  [[nodiscard]] Words about_pipe(const Event& event) const;
  [[nodiscard]] Words about_time(const Event& event, Text pattern) const;

  const Trace& trace_;
  std::size_t variables_ = 0;
  std::multimap<std::size_t, ThreadId> lost_;  // by the index of the store that destroyed the update
};

// With a capital letter where English names have a small one; and with a full stop besides.
[[nodiscard]] Words capitalized(Words told);
[[nodiscard]] Words as_sentence(Words told);

}  // namespace interleave::trace
