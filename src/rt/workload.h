// What a workload's header declares, and what an engine makes of it.
#pragma once

#include <concepts>
#include <string_view>
#include <vector>

#include "core/outcome.h"
#include "core/workload_info.h"
#include "rt/runtime.h"
#include "trace/trace.h"

namespace interleave::rt {

// What it took to carry a run's bodies.
struct Usage {
  // How often a thread or a core went on with another participant than before. Live threads, whose system does not
  // tell: how often one of them began to wait, each of which is a switch at least.
  std::int64_t switches = 0;
  // Live only, in bytes, at most at any time; none is known elsewhere. Of an event loop's tasks: their coroutine frames
  // and the engine's own record of each. Of threads: what is set aside for their stacks, touched or not.
  std::int64_t tasks = 0;
  std::int64_t stacks = 0;
  std::int64_t one_stack = 0;
};

// What an engine knows about a run that has come to its end, for the workload to judge by.
struct RunFacts {
  Engine engine = Engine::live;
  // From the first spawned body's start to the last one's end, or of the outermost body where it spawned none. Virtual
  // when simulated.
  Nanoseconds elapsed = 0;
  std::int64_t failed_checks = 0;
  const trace::Trace* trace = nullptr;  // never null for live and simulated runs
  bool timed = true;                    // whether time decided who went next: not under a policy that ignores the clock
  Usage usage = {};

  // Whether the trace has every event: what is counted in one that has not would be too little.
  [[nodiscard]] bool trace_is_whole() const { return trace != nullptr && trace->unrecorded() == 0; }
};

// What is to be said in place of anything about how long it took, where a policy ignored the clock.
inline constexpr Text untimed_sentence{
    "This policy ignores the clock, so how long it took says nothing. Round robin obeys it.",
    "이 정책은 시계를 따르지 않으므로 걸린 시간에 뜻이 없다. 라운드 로빈은 따른다."};

// A workload W is a type with
//   id, title, summary, try_next, group      as in WorkloadInfo
//   mishap                                   likewise; may be left out
//   Params                                   declared once, see core/params.h
//   presets()                                -> std::vector<Preset>
//   State<R>                                 what is shared; made from (R&, const Params&), outlives every body
//   work(params)                             units of work that safepoints will have told in all, for progress, or 0
//   main(rt, state, params)                  the outermost body: Task<>
//   vehicle(params)                          what carries the bodies: thread or task (decides the live runtime). May be
//                                            left out where it is always threads; then nothing is built for a loop
//   interpreter(params)                      which interpreter they run under; may be left out (see rt/interpreter.h)
//   Facts, observe(state)                    what the end left, as plain values
//   fine(params, facts)                      whether the run did what it was meant to
//   figure(facts)                            the one number that explore's histogram counts by
//   judge(params, facts, run)                the outcome in words and figures
//   static constexpr bool all_in_variables   true where State has nothing but variables and locks, and Facts come from
//                                            them alone: the explorer then knows states by their values. Optional
//   remedy()                                 a Preset of what makes right what an exploration found wrong, labelled as
//                                            the button that does it and explores again. May be left out
//   explain_hang(params, facts)              why everybody waits, in a sentence or two; empty where it does not know.
//                                            May be left out
template <class W, class R>
concept WorkloadOn = requires(R& rt, typename W::template State<R>& state, const typename W::Params& params) {
  { W::main(rt, state, params) } -> std::same_as<Task<>>;
  { W::observe(state) } -> std::same_as<typename W::Facts>;
};

template <class W>
concept Workload = requires(const typename W::Params& params, const typename W::Facts& facts, const RunFacts& run) {
  { W::id } -> std::convertible_to<std::string_view>;
  { W::presets() } -> std::same_as<std::vector<Preset>>;
  { W::work(params) } -> std::same_as<std::int64_t>;
  { W::fine(params, facts) } -> std::same_as<bool>;
  { W::figure(facts) } -> std::same_as<std::int64_t>;
  { W::judge(params, facts, run) } -> std::same_as<Outcome>;
};

// A hang's outcome with the workload's own explanation, where it has one.
template <Workload W>
[[nodiscard]] Outcome explained(Outcome hang, const typename W::Params& params, const typename W::Facts& facts) {
  if constexpr (requires { W::explain_hang(params, facts); }) {
    Words why = W::explain_hang(params, facts);
    if (!why.empty()) hang.sentence = std::move(why);
  }
  return hang;
}

template <Workload W>
[[nodiscard]] WorkloadInfo info_of() {
  std::string_view policy;
  if constexpr (requires { W::policy; }) policy = W::policy;
  std::optional<Text> mishap;
  if constexpr (requires { W::mishap; }) mishap = W::mishap;
  std::optional<Preset> remedy;
  if constexpr (requires { W::remedy(); }) remedy = W::remedy();
  return {W::id,        W::title, W::summary, W::try_next, W::group, specs<typename W::Params>(),
          W::presets(), policy,   mishap,     remedy};
}

}  // namespace interleave::rt
