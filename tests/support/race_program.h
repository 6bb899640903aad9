// Runs made by hand, operation by operation, for what orders them.
#pragma once

#include "support/made_trace.h"
#include "trace/races.h"

namespace interleave::test {

using trace::Event;
using trace::Kind;
using trace::ObjectKind;
using trace::Order;

// Threads that share x, flag, a lock, the GIL and a pipe. Everybody has been started but who is named otherwise.
class RaceProgram {
 public:
  explicit RaceProgram(int threads, bool start = true) : made(threads) {
    for (const char* name : {"x", "flag"}) add_object(name, ObjectKind::variable);
    add_object("lock", ObjectKind::lock);
    add_object("the GIL", ObjectKind::interpreter);
    add_object("pipe", ObjectKind::pipe);
    did(0, Kind::started, ObjectId::none(), trace::nobody);
    for (int thread = 1; start && thread <= threads; ++thread) starts(0, static_cast<std::uint32_t>(thread));
  }

  static constexpr ObjectId x{0};
  static constexpr ObjectId flag{1};
  static constexpr ObjectId lock{2};
  static constexpr ObjectId gil{3};
  static constexpr ObjectId pipe{4};

  RaceProgram& did(std::uint32_t thread, Kind kind, ObjectId object, std::int64_t value = 0,
                   Order order = Order::none) {
    Event& event = made.at(time_++, thread, kind, trace::State::running, value);
    event.object = object;
    event.order = order;
    made.stream->record(event);
    return *this;
  }
  RaceProgram& starts(std::uint32_t parent, std::uint32_t thread) {
    did(parent, Kind::spawn, ObjectId::none(), thread);
    return did(thread, Kind::started, ObjectId::none(), parent);
  }
  RaceProgram& reads(std::uint32_t thread, ObjectId object = x, Order order = Order::relaxed) {
    return did(thread, Kind::load, object, 0, order);
  }
  RaceProgram& writes(std::uint32_t thread, ObjectId object = x, Order order = Order::relaxed) {
    return did(thread, Kind::store, object, trace::pack(0, 1), order);
  }
  RaceProgram& adds(std::uint32_t thread, ObjectId object = x, Order order = Order::relaxed) {
    return did(thread, Kind::fetch_add, object, trace::pack(0, 1), order);
  }

  [[nodiscard]] trace::RaceReport report() const {
    trace::Races races;
    races.update(made.trace);
    return races.report();
  }
  [[nodiscard]] std::uint64_t count() const { return report().count; }

  MadeTrace made;

 private:
  void add_object(const char* name, ObjectKind kind) { made.trace.add_object({Words(name, name), kind, 0}); }
  Nanoseconds time_ = 0;
};

}  // namespace interleave::test
