#include "sim/policy.h"

namespace interleave::sim {
namespace {

// The first in the queue that can run by now; where none can yet (they were woken, and have not come to it), the one
// that can soonest. And from when on one before it in the queue can, too, so that it is the first no more.
struct First {
  Thread* thread = nullptr;
  Nanoseconds until = std::numeric_limits<Nanoseconds>::max();
};
First first_ready(const Machine& machine) {
  First out;
  for (Thread* thread : machine.ready()) {
    if (out.thread == nullptr || thread->ready_at < out.thread->ready_at) {
      if (out.thread != nullptr) out.until = out.thread->ready_at;
      out.thread = thread;
    }
    if (out.thread->ready_at <= machine.now()) break;
  }
  return out;
}

}  // namespace

Thread* RoundRobinPolicy::next(Machine& machine) {
  constexpr Nanoseconds never = std::numeric_limits<Nanoseconds>::max();
  while (true) {
    machine.clear_ready_changed();
    const Core* first = nullptr;  // the busy core that is free earliest
    Nanoseconds second = never;   // and when the next one is
    for (const Core& core : machine.cores()) {
      if (core.resident == nullptr) continue;
      if (first == nullptr || core.free_at < first->free_at) {
        if (first != nullptr) second = std::min(second, first->free_at);
        first = &core;
      } else {
        second = std::min(second, core.free_at);
      }
    }
    const Nanoseconds busy_start = first == nullptr ? never : std::max(first->free_at, machine.now());
    const auto [waiting, first_until] = first_ready(machine);
    const Nanoseconds idle_start = waiting == nullptr ? never : machine.start_on_idle(*waiting);
    const Nanoseconds alarm = machine.next_alarm();
    if (alarm <= std::min(busy_start, idle_start)) {
      if (alarm == never) return nullptr;
      machine.ring_alarms(alarm);
      continue;
    }
    if (idle_start < busy_start) {
      until_ = 0;
      return waiting;
    }
    if (first == nullptr) return nullptr;
    // A thread that was woken may be at the head of the queue before it can run. Where a core is idle it will go
    // there, and nobody must make way.
    const bool must_share = waiting != nullptr && idle_start == never;
    const Nanoseconds turn_over = must_share ? std::max(first->slice_end, waiting->ready_at) : never;
    if (first->free_at >= turn_over) {
      until_ = 0;
      return waiting;
    }
    until_ = std::min({second, alarm, idle_start, turn_over, first_until});
    return first->resident;
  }
}

Thread* ReplayPolicy::next(Machine& machine) {
  if (machine.over() || at_end() || !problem_.empty()) return nullptr;
  const Machine::Choice& choice = schedule_.choices[run_];
  ++step_;
  const auto threads = machine.threads();
  Thread* thread = choice.thread < threads.size() ? threads[choice.thread].get() : nullptr;
  if (thread != nullptr && machine.timed()) {
    // A sleeper that the schedule wakes: its timer has rung by then.
    while (!thread->over && thread->alarm_set) machine.ring_alarms(machine.next_alarm());
  }
  if (thread == nullptr || !machine.may_step(*thread)) {
    problem_ =
        fill({"At step {step} the schedule asks for {thread}, which cannot go on there. It was made for another "
              "configuration.",
              "{step}번째 걸음에서 일정은 {thread}의 차례라고 하지만, 그 스레드는 거기서 갈 수 없습니다. 다른 설정에서 "
              "만든 일정입니다."},
             {{"step", step_}, {"thread", schedule_name(choice.thread)}});
    return nullptr;
  }
  if (++done_in_run_ == choice.count) {
    ++run_;
    done_in_run_ = 0;
  }
  return thread;
}

void ReplayPolicy::check_end(const Machine& machine) {
  if (!problem_.empty()) return;
  const bool ended = machine.over() || machine.hung();
  if (ended && !at_end()) {
    problem_ =
        fill({"The run ended after {step} steps, before the schedule did. It was made for another configuration.",
              "일정이 끝나기 전에 {step}걸음 만에 실행이 끝났습니다. 다른 설정에서 만든 일정입니다."},
             {{"step", step_}});
  } else if (!ended && at_end() && schedule_.whole) {
    problem_ =
        fill({"The schedule ended after {step} steps, before the run did. It was made for another configuration.",
              "실행이 끝나기 전에 {step}걸음 만에 일정이 끝났습니다. 다른 설정에서 만든 일정입니다."},
             {{"step", step_}});
  }
}

}  // namespace interleave::sim
