// A long exploration on several threads: the pool's workers run the classes, or the random runs, while the graph of
// states grows on the caller's own thread.
#pragma once

#include <memory>

#include "live/crew.h"
#include "rt/execution.h"

namespace interleave::session {

// Begins alone, since most explorations are over before a thread would have woken; then shares what is left. What is
// found where everything was run is the same in any case; where a budget ends the search, which part of it was run
// depends on the threads. Like every Execution, for one thread, and no call waits.
class SharedSearch final : public rt::Execution {
 public:
  // `begin` makes explorations: explore::start of a workload. The pool must have two workers or more.
  SharedSearch(rt::StartFunction begin, const rt::Start& start, std::shared_ptr<live::Pool> pool, std::size_t workers);
  ~SharedSearch() override;
  void advance(Nanoseconds budget) override;
  bool step(ThreadId) override { return false; }
  void cancel() override;
  [[nodiscard]] bool finished() const override;
  bool go_on() override;
  [[nodiscard]] trace::Snapshot snapshot() const override;

 private:
  struct Work;
  void share();
  void send_crew();
  void collect();

  rt::StartFunction begin_;
  rt::Start start_;
  std::shared_ptr<live::Pool> pool_;
  std::size_t workers_;
  std::unique_ptr<rt::Execution> leader_;  // an explore::Exploration
  std::shared_ptr<Work> work_;             // null as long as nothing is shared
  std::shared_ptr<live::Crew> crew_;
  Nanoseconds alone_ = 0;
};

}  // namespace interleave::session
