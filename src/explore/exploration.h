// An exploration seen from outside: a search that works in slices and reports as it goes.
#pragma once

#include <memory>
#include <optional>

#include "explore/findings.h"
#include "explore/memory_budget.h"
#include "explore/sampler.h"
#include "explore/search.h"
#include "explore/settings.h"
#include "explore/state_graph.h"
#include "explore/subject.h"
#include "rt/execution.h"

namespace interleave::explore {

// A workload as what is explored.
template <rt::Workload W>
  requires rt::WorkloadOn<W, sim::Machine>
class WorkloadSubject final : public Subject {
 public:
  explicit WorkloadSubject(const typename W::Params& params) : params_(params) {}

  void begin(sim::Machine& machine) override {
    machine.interpret(rt::interpreting<W>(params_));
    state_.emplace(machine, params_);
    machine.begin(W::main(machine, *state_, params_));
  }
  [[nodiscard]] bool all_in_variables() const override {
    return requires { requires W::all_in_variables; };
  }
  Observation observe() override {
    const auto facts = W::observe(*state_);
    return {W::figure(facts), W::fine(params_, facts)};
  }
  Outcome judge(const rt::RunFacts& run) override { return W::judge(params_, W::observe(*state_), run); }
  Outcome explained(Outcome hang) override { return rt::explained<W>(std::move(hang), params_, W::observe(*state_)); }

 private:
  typename W::Params params_;
  std::optional<typename W::template State<sim::Machine>> state_;
};

// What the machine needs to know of an exploration's settings.
[[nodiscard]] sim::Settings machine_settings(const Settings& settings);

// Works on the caller's thread. The subject must outlive it.
//
// Every order: the classes are run (Search), and the graph of states is built in turn with them, for the chances and
// the shortest failure; where it grows too large and something fails, random runs estimate the chance.
class Exploration : public rt::Execution {
 public:
  Exploration(Subject& subject, const Settings& settings);
  ~Exploration() override;
  void advance(Nanoseconds budget) final;
  bool step(ThreadId) final { return false; }  // an exploration is no single run
  void cancel() final;
  [[nodiscard]] bool finished() const final { return outcome_.has_value(); }
  bool go_on() final;
  [[nodiscard]] trace::Snapshot snapshot() const final;
  [[nodiscard]] const Findings& findings() const { return findings_; }

  // ---- for a search that several share, each on a thread of its own ------------------------------------------------
  // As one of them: only this portion, without a graph, and without a limit of its own to executions and time. Before
  // the first advance().
  void confine(const rt::Portion& portion);
  // What it has found since the last time.
  [[nodiscard]] Findings hand_over();
  // As the one that leads them: whether it is worth it, and how the search is divided, into `wanted` portions or more.
  [[nodiscard]] bool may_share() const;
  [[nodiscard]] std::vector<rt::Portion> portions(std::size_t wanted);
  // It forgets what it has run itself, goes on with the graph alone, and is not finished before end_sharing().
  void share();
  void take_in(const Findings& part) { findings_.merge(part); }
  // They go on, after go_on().
  void share_on();
  // The others have ended: with all they had to do, or because they were told to.
  void end_sharing(bool with_all);
  // Whether as much has been run as the settings allow.
  [[nodiscard]] bool spent() const;
  // Whether it ended for lack of memory: what it has not run, nobody has.
  [[nodiscard]] bool out_of_memory() const { return out_of_memory_; }

 private:
  // Who works with the subject now; the others have left it.
  enum class Part : std::uint8_t { classes, graph, sample };

  // Each does a little, and returns false once there is nothing left for it to do.
  bool run_classes();
  bool build_graph();
  bool draw_sample();
  void turn_to(Part part);
  void leave_subject();
  [[nodiscard]] bool wants_sample() const;
  [[nodiscard]] bool may_go_on() const;
  void take_from_graph();
  void finish();
  void give_up(const rt::LimitReached& limit);
  void tell_shortest();

  Subject& subject_;
  Settings settings_;
  sim::Settings sim_settings_;
  Search search_;
  StateGraph graph_;
  Sampler sampler_;
  Part part_ = Part::classes;
  bool classes_left_ = true;
  bool graph_left_ = true;
  std::int64_t executions_allowed_ = 0;
  std::int64_t runs_allowed_ = 0;
  std::uint64_t handed_over_ = 0;  // executions that are no longer among the findings
  bool shared_ = false;            // others run it
  std::optional<rt::Portion> portion_;
  Nanoseconds worked_ = 0;
  Nanoseconds time_allowed_ = 0;
  MemoryBudget memory_of_orders_;
  MemoryBudget memory_of_states_;
  bool out_of_memory_ = false;
  Findings findings_;
  std::optional<Outcome> outcome_;
};

// Holds the subject: a base, so that it is made before the exploration and outlives it.
template <class W>
struct SubjectHolder {
  explicit SubjectHolder(const typename W::Params& params) : subject(params) {}
  WorkloadSubject<W> subject;
};

template <rt::Workload W>
class ExplorationOf final : private SubjectHolder<W>, public Exploration {
 public:
  explicit ExplorationOf(const rt::Start& start)
      : SubjectHolder<W>(params_from<typename W::Params>(start.params)),
        Exploration(this->subject, params_from<Settings>(start.settings)) {
    if (start.portion) confine(*start.portion);
  }
};

}  // namespace interleave::explore
