// A simulated run seen from outside: the machine, a policy, and the trace that they make.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "rt/execution.h"
#include "rt/interpreter.h"
#include "rt/workload.h"
#include "sim/policy.h"

namespace interleave::sim {

// Everything but the workload. Works in slices on the caller's thread; needs no other thread and no clock but to know
// when a slice is over.
class Simulation : public rt::Execution {
 public:
  ~Simulation() override;
  void advance(Nanoseconds budget) final;
  bool step(ThreadId thread) final;
  void cancel() final;
  [[nodiscard]] bool finished() const final { return finished_; }
  [[nodiscard]] trace::Snapshot snapshot() const final;

 protected:
  Simulation(const Settings& settings, std::size_t budget);

  // Called by the workload's own class once its State exists.
  void begin(rt::Task<> body);
  [[nodiscard]] Machine& machine() { return machine_; }
  // The judgement of a run that came to its end.
  [[nodiscard]] virtual Outcome judge(const rt::RunFacts& run) = 0;
  // A hang's outcome, with what the workload knows of its cause.
  [[nodiscard]] virtual Outcome explained(Outcome hang) = 0;

 private:
  // In the order of PolicyKind.
  using AnyPolicy = std::variant<RandomPolicy, RoundRobinPolicy, HandPolicy, ReplayPolicy>;
  struct Plan {
    AnyPolicy policy;
    bool timed = false;
    Words problem;  // of a schedule that cannot be read
  };
  static Plan plan_for(const Settings& settings);
  Simulation(const Settings& settings, Plan plan, std::size_t budget);

  template <class Do>
  void within_limits(Do act);
  void run(std::uint64_t steps);
  void look_for_end();
  void finish(Outcome outcome);

  Settings settings_;
  std::shared_ptr<trace::Trace> trace_ = std::make_shared<trace::Trace>();
  AnyPolicy policy_;
  FramePool frames_;
  Machine machine_;
  Words problem_;
  bool finished_ = false;
  std::uint64_t steps_between_looks_ = 16;
  std::optional<Outcome> outcome_;
};

template <rt::Workload W>
  requires rt::WorkloadOn<W, Machine>
class SimulationOf final : public Simulation {
 public:
  explicit SimulationOf(const rt::Start& start)
      : Simulation(params_from<Settings>(start.settings), start.budget),
        params_(params_from<typename W::Params>(start.params)),
        state_(interpreted(), params_) {
    begin(W::main(machine(), state_, params_));
  }

 private:
  Machine& interpreted() {
    machine().interpret(rt::interpreting<W>(params_));
    return machine();
  }
  Outcome judge(const rt::RunFacts& run) override { return W::judge(params_, W::observe(state_), run); }
  Outcome explained(Outcome hang) override { return rt::explained<W>(std::move(hang), params_, W::observe(state_)); }

  typename W::Params params_;
  typename W::template State<Machine> state_;
};

}  // namespace interleave::sim
