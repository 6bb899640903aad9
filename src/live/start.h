// What the generated engine files call: a workload on live, on threads or on a loop.
#pragma once

#include <memory>
#include <optional>

#include "live/loop.h"
#include "live/platform.h"
#include "live/threads.h"

namespace interleave::live {

// The runtime, the state and the outermost body of one run. They live as long as the run, because its watcher may look
// at a lock or a wait until the end.
template <rt::Workload W, class R>
class RunOf final : public Run {
 public:
  RunOf(const Settings& settings, std::size_t budget, const typename W::Params& params)
      : Run(settings, rt::interpreting<W>(params), budget, W::work(params)), params_(params) {}

 private:
  void carry() override {
    if constexpr (std::is_same_v<R, Threads>) {
      Member& outermost = add_member(Words{Text{"main", "main"}}, ThreadId::none(), trace::Vehicle::thread);
      runtime_.emplace(*this, outermost, add_stream());
      state_.emplace(*runtime_, params_);
      body_ = W::main(*runtime_, *state_, params_);
      runtime_->carry(body_);
    } else {
      runtime_.emplace(*this);
      state_.emplace(*runtime_, params_);
      runtime_->carry(W::main(*runtime_, *state_, params_));
    }
  }
  Outcome judge(const rt::RunFacts& facts) override { return W::judge(params_, W::observe(*state_), facts); }
  [[nodiscard]] rt::Usage usage() const override {
    rt::Usage out = Run::usage();
    if constexpr (std::is_same_v<R, Loop>) {
      const rt::Usage loop = runtime_->usage();
      out.switches += loop.switches;
      out.tasks = loop.tasks;
    }
    return out;
  }
  Outcome explained(Outcome hang) override { return rt::explained<W>(std::move(hang), params_, W::observe(*state_)); }

  typename W::Params params_;
  // In this order: what comes later refers to what comes before, and dies first. The loop's tasks refer to the state,
  // but only run, never end, through it.
  std::optional<R> runtime_;
  std::optional<typename W::template State<R>> state_;
  rt::Task<> body_;
};

// A live run as its owner sees it. Letting go of it cancels the run, which ends by itself.
class LiveExecution final : public rt::Execution {
 public:
  LiveExecution(std::shared_ptr<Pool> pool, std::shared_ptr<Run> run) : pool_(std::move(pool)), run_(std::move(run)) {
    pool_->submit(run_);
  }
  ~LiveExecution() override { run_->cancel(); }

  void advance(Nanoseconds) override {}
  bool step(ThreadId) override { return false; }
  void cancel() override { run_->cancel(); }
  [[nodiscard]] bool finished() const override { return run_->finished(); }
  [[nodiscard]] trace::Snapshot snapshot() const override { return run_->snapshot(); }

 private:
  std::shared_ptr<Pool> pool_;
  std::shared_ptr<Run> run_;
};

template <rt::Workload W>
std::unique_ptr<rt::Execution> start(const rt::Start& start) {
  auto pool = std::dynamic_pointer_cast<Pool>(start.resources);
  if (!pool) pool = make_pool();
  const auto settings = params_from<Settings>(start.settings);
  const auto params = params_from<typename W::Params>(start.params);
  std::shared_ptr<Run> run;
  // A workload with child processes has no tasks: a loop cannot start them.
  if constexpr (requires { W::vehicle(params); }) {
    if (W::vehicle(params) == rt::Vehicle::task) {
      run = std::make_shared<RunOf<W, Loop>>(settings, start.budget, params);
    }
  }
  if (!run) run = std::make_shared<RunOf<W, Threads>>(settings, start.budget, params);
  return std::make_unique<LiveExecution>(std::move(pool), std::move(run));
}

}  // namespace interleave::live
