#include "stages/blocking_io/scene.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace interleave::stages {
namespace {

using trace::Event;
using trace::Kind;
using trace::State;

class CallReader {
 public:
  CallReader(const trace::Trace& trace, const IoReading& how)
      : trace_(trace), how_(how), callers_(trace.threads().size()) {}

  void add(const Event& event) {
    now_ = std::max(now_, event.time);
    if (!event.thread.valid() || event.thread.index() >= callers_.size() || trace::is_figure(event.kind)) return;
    if (event.thread.value == 0) note_loop(event);
    Caller& caller = callers_[event.thread.index()];
    switch (caller.phase) {
      case Phase::none: return begin(event, caller);
      case Phase::waiting: answered(event, caller); break;
      case Phase::answered: break;
    }
    if (caller.phase == Phase::answered && is_back(event, caller)) finish(caller, event.time);
  }

  std::vector<IoCallSeen> finish_all() {
    for (Caller& caller : callers_) {
      if (caller.phase == Phase::none) continue;
      if (caller.phase == Phase::waiting) caller.call.answered = std::max(now_, caller.call.asked);
      caller.call.end = std::max(now_, caller.call.answered);
      out_.push_back(caller.call);
    }
    std::ranges::sort(out_, {}, [](const IoCallSeen& call) { return std::pair(call.begin, call.thread); });
    return std::move(out_);
  }

 private:
  enum class Phase : std::uint8_t { none, waiting, answered };
  struct Caller {
    Phase phase = Phase::none;
    std::optional<Nanoseconds> begun;  // it let the lock go, or sent
    bool sent = false;
    Nanoseconds due = 0;
    IoCallSeen call;
  };

  // Letting the lock go is how a call begins that sends first, where sending is not recorded.
  void begin(const Event& event, Caller& caller) {
    if (event.kind == Kind::gil_drop && event.value == 0 && !caller.begun) caller.begun = event.time;
    if (event.kind != Kind::io) return;
    if (how_.sends_recorded && !caller.sent) {
      caller.sent = true;
      if (!caller.begun) caller.begun = event.time;
      return;
    }
    caller.call = {event.thread, caller.begun.value_or(event.time), event.time, 0, 0, false};
    caller.due = event.time + event.value;
    caller.phase = Phase::waiting;
  }

  // A simulated sleeper is not told to have been woken: its next event is what it does then.
  void answered(const Event& event, Caller& caller) {
    const Nanoseconds due = std::max(caller.due, caller.call.asked);
    caller.call.answered = event.kind == Kind::woken ? event.time : std::min(event.time, due);
    // A task is woken by its loop, and the loop may have waited for the lock before.
    const bool task = trace_.threads()[event.thread.index()].vehicle == trace::Vehicle::task;
    if (task && loop_waited_until_ > due) caller.call.answered = std::clamp(loop_waited_since_, due, event.time);
    caller.phase = Phase::answered;
  }

  [[nodiscard]] bool is_back(const Event& event, const Caller& caller) const {
    if (event.state != State::running && event.kind != Kind::ended) return false;
    const bool task = trace_.threads()[caller.call.thread.index()].vehicle == trace::Vehicle::task;
    return !how_.lets_gil_go || task || event.kind == Kind::gil_take || event.kind == Kind::ended;
  }

  void finish(Caller& caller, Nanoseconds at) {
    caller.call.end = std::max(at, caller.call.answered);
    caller.call.done = true;
    out_.push_back(caller.call);
    caller = {};
  }

  // A loop's own waits for the lock.
  void note_loop(const Event& event) {
    if (event.state == State::waiting_gil && !loop_waits_) {
      loop_waits_ = true;
      loop_waited_since_ = event.time;
    } else if (event.kind == Kind::gil_take && loop_waits_) {
      loop_waits_ = false;
      loop_waited_until_ = event.time;
    }
  }

  const trace::Trace& trace_;
  IoReading how_;
  std::vector<Caller> callers_;
  std::vector<IoCallSeen> out_;
  Nanoseconds now_ = 0;
  Nanoseconds loop_waited_since_ = 0;
  Nanoseconds loop_waited_until_ = -1;
  bool loop_waits_ = false;
};

}  // namespace

std::vector<IoCallSeen> calls_of(const trace::Trace& trace, std::size_t events, const IoReading& how) {
  CallReader reader(trace, how);
  for (std::size_t at = 0; at < trace.streams().size(); ++at) {
    const auto& log = trace.streams()[at]->events();
    const std::size_t count = std::min(log.size(), events);
    for (std::size_t index = 0; index < count; ++index) reader.add(log[index]);
  }
  return reader.finish_all();
}

}  // namespace interleave::stages
