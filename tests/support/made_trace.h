// Traces made by hand, event by event.
#pragma once

#include <string>

#include "trace/trace.h"

namespace interleave::test {

class MadeTrace {
 public:
  // The main body and this many threads, started by it and named "thread 1" and so on.
  explicit MadeTrace(int threads) {
    trace.add_thread({Words("main", "메인"), ThreadId::none(), trace::Vehicle::thread});
    for (int at = 1; at <= threads; ++at) {
      const std::string number = std::to_string(at);
      trace.add_thread({Words("thread " + number, "스레드 " + number), ThreadId{0}, trace::Vehicle::thread});
    }
    stream = &trace.add_stream();
  }

  trace::Event& at(Nanoseconds time, std::uint32_t thread, trace::Kind kind, trace::State state,
                   std::int64_t value = 0) {
    event = trace::Event();
    event.time = time;
    event.thread = ThreadId{thread};
    event.kind = kind;
    event.state = state;
    event.value = value;
    return event;
  }
  void add(Nanoseconds time, std::uint32_t thread, trace::Kind kind, trace::State state, std::int64_t value = 0) {
    stream->record(at(time, thread, kind, state, value));
  }
  void add(Nanoseconds time, std::uint32_t thread, trace::Kind kind, trace::State state, ObjectId object) {
    at(time, thread, kind, state).object = object;
    stream->record(event);
  }

  trace::Trace trace;
  trace::Stream* stream = nullptr;
  trace::Event event;
};

}  // namespace interleave::test
