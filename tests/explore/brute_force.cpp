#include "explore/brute_force.h"

#include <algorithm>

namespace interleave::test {
namespace {

struct Done {
  std::uint32_t thread = 0;
  std::string what;      // the operation, its object and what it did
  std::string object;    // "" where it touches none
  bool changes = false;  // the object
};

// Straight from the definitions: two readers of one variable, and two tries that fail, leave each other alone.
bool depend(const Done& a, const Done& b) {
  if (a.thread == b.thread) return true;
  return !a.object.empty() && a.object == b.object && (a.changes || b.changes);
}

// Whether a step that may or may not change its object would do so now.
bool would_change(const sim::Thread& thread) {
  const sim::Parked& parked = *thread.parked;
  switch (parked.op) {
    case sim::Op::load: return false;
    case sim::Op::compare_exchange: return static_cast<const sim::Var*>(parked.target)->value == parked.expected;
    case sim::Op::try_acquire:
    case sim::Op::acquire_for: return static_cast<const sim::Lock*>(parked.target)->owner == nullptr;
    default: return true;
  }
}

Done describe(const sim::Machine& machine, const sim::Thread& thread) {
  const trace::Operation operation = machine.pending(thread);
  Done out;
  out.thread = thread.id.value;
  out.what = std::string(trace::info(operation.kind).key);
  if (sim::info(thread.parked->op).on == sim::On::condition) {
    // Whoever waits or notifies has the condition's lock, so that its order among all others of that lock says all.
    out.object = std::to_string(static_cast<const sim::Condition*>(thread.parked->target)->lock.id.value);
    out.changes = true;
    return out;
  }
  if (!operation.object.valid()) return out;
  out.object = std::to_string(operation.object.value);
  out.changes = would_change(thread);
  out.what += out.changes ? "+" : "-";
  return out;
}

// The lexicographically smallest of the equivalent sequences, by threads.
std::string canonical(const std::vector<Done>& steps) {
  std::vector<bool> taken(steps.size(), false);
  std::string out;
  for (std::size_t count = 0; count < steps.size(); ++count) {
    std::size_t best = steps.size();
    for (std::size_t at = 0; at < steps.size(); ++at) {
      if (taken[at]) continue;
      bool ready = true;
      for (std::size_t earlier = 0; earlier < at && ready; ++earlier) {
        ready = taken[earlier] || !depend(steps[earlier], steps[at]);
      }
      if (ready && (best == steps.size() || steps[at].thread < steps[best].thread)) best = at;
    }
    taken[best] = true;
    out += std::to_string(steps[best].thread) + steps[best].what + steps[best].object + ";";
  }
  return out;
}

std::vector<std::uint32_t> enabled(const sim::Machine& machine) {
  std::vector<std::uint32_t> out;
  for (const auto& thread : machine.threads()) {
    if (machine.may_step(*thread)) out.push_back(thread->id.value);
  }
  return out;
}

}  // namespace

BruteForce run_every_schedule(explore::Subject& subject, std::uint64_t most_schedules) {
  BruteForce out;
  sim::FramePool frames;
  sim::Machine machine(sim::Settings{}, false, nullptr, frames);
  struct Branch {
    std::vector<std::uint32_t> options;
    std::size_t chosen = 0;
  };
  std::vector<Branch> path;
  while (true) {
    if (out.schedules == most_schedules) {
      out.gave_up = true;
      return out;
    }
    machine.reset();
    subject.begin(machine);
    std::vector<Done> steps;
    for (std::size_t depth = 0; !machine.enabled().empty(); ++depth) {
      if (depth == path.size()) path.push_back({enabled(machine), 0});
      sim::Thread& thread = *machine.threads()[path[depth].options[path[depth].chosen]];
      steps.push_back(describe(machine, thread));
      machine.step(thread);
    }
    ++out.schedules;
    const std::string trace = canonical(steps);
    out.classes.insert(trace);
    if (machine.hung()) {
      out.hanging_classes.insert(trace);
    } else {
      out.outcomes[subject.observe().figure].insert(trace);
    }
    while (!path.empty() && ++path.back().chosen == path.back().options.size()) path.pop_back();
    if (path.empty()) return out;
  }
}

}  // namespace interleave::test
