// What threads and a loop's tasks do alike, neither waiting nor changing who runs: variables, figures, checks and what
// is recorded of them, polling, the interpreter lock, and the workers that carry bodies.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "core/rng.h"
#include "live/cell.h"
#include "live/chunks.h"
#include "live/gauge.h"
#include "live/io.h"
#include "live/ready.h"
#include "live/run.h"
#include "live/var.h"

namespace interleave::live {

// A part of the runtime Self, which is its only heir and says who runs and where:
//   running()          the participant that calls
//   line()             of what it waits at, for what is recorded; 0 where it does not wait
//   carrier_line()     the same of the participant that is the thread: see carrier_
//   rng()              of the participant that calls
//   open_start_line()  lets those begin that were spawned
template <class Self>
class Calls {
 public:
  using Var = live::Var;
  using Gauge = live::Gauge;

  Ready<std::int32_t> load(Var& var, rt::Order order = rt::Order::relaxed) { return {var.cell.load(order)}; }
  Ready<void> store(Var& var, std::int32_t value, rt::Order order = rt::Order::relaxed) {
    var.cell.store(value, order);
    return {};
  }
  Ready<std::int32_t> fetch_add(Var& var, std::int32_t amount, rt::Order = rt::Order::relaxed) {
    return {var.cell.fetch_add(amount)};
  }
  Ready<bool> compare_exchange(Var& var, std::int32_t expected, std::int32_t desired, rt::Order = rt::Order::relaxed) {
    return {var.cell.compare_exchange(expected, desired)};
  }

  Ready<void> safepoint(rt::Safepoint place, std::int64_t done) {
    me().running().done.store(done, std::memory_order_relaxed);
    poll(place);
    return {};
  }
  template <class F>
  auto compute(std::int64_t units, Nanoseconds unit_cost, rt::Safepoint place, F work, rt::Site = {}) {
    me().open_start_line();
    return in_chunks(units, unit_cost, work, [this, place] { poll(place); });
  }

  [[nodiscard]] Nanoseconds clock() const { return run_.now(); }
  [[nodiscard]] ThreadId self() { return me().running().id; }
  std::uint32_t random(std::uint32_t bound) { return me().rng().below(bound); }
  void check(bool condition, Text text);
  Nanoseconds tell(const Gauge& gauge, std::int64_t value) {
    return record(trace::Kind::gauge, trace::State::running, gauge.id, value);
  }

  [[nodiscard]] Run& run() { return run_; }

 private:
  friend Self;
  Calls(const Calls&) = delete;
  Calls& operator=(const Calls&) = delete;
  // The carrier is the thread that all of it runs on, as the watcher and the interpreter know it.
  Calls(Run& run, Member& carrier, trace::Stream& stream)
      : run_(run), carrier_(carrier), stream_(stream), gil_(run.gil()) {}
  ~Calls() = default;

  Self& me() { return static_cast<Self&>(*this); }

  // ---- what is recorded -------------------------------------------------------------------------------------------
  Nanoseconds record(trace::Kind kind, trace::State state, ObjectId object, std::int64_t value) {
    return record(me().running(), me().line(), kind, state, object, value);
  }
  Nanoseconds record(const Member& who, std::uint16_t line, trace::Kind kind, trace::State state, ObjectId object,
                     std::int64_t value) {
    return record_at(run_.now(), who, line, kind, state, object, value);
  }
  Nanoseconds record_at(Nanoseconds time, const Member& who, std::uint16_t line, trace::Kind kind, trace::State state,
                        ObjectId object, std::int64_t value) {
    trace::Event event;
    event.time = time;
    event.value = value;
    event.thread = who.id;
    event.object = object;
    event.line = line;
    event.kind = kind;
    event.state = state;
    stream_.record(event);
    return time;
  }

  // ---- polling, and the interpreter lock --------------------------------------------------------------------------
  void poll(rt::Safepoint place) {
    if (carrier_.flags.load(std::memory_order_relaxed) != 0) [[unlikely]]
      attend(place);
  }
  void attend(rt::Safepoint place);
  [[nodiscard]] bool cancelled() const { return (carrier_.flags.load() & flag_cancel) != 0; }
  void stop_if_cancelled() const {
    if (cancelled()) throw rt::Cancelled{};
  }
  // Throws rt::Cancelled where it is not to be had any more. Nothing happens where there is no such lock.
  void take_gil();
  // Nothing happens where this thread does not have it.
  void drop_gil(bool on_request);
  // What the interpreter lock tells, as the carrier's.
  [[nodiscard]] auto gil_listener() {
    return [this](trace::Kind kind, trace::State state, std::int64_t value) { record_gil(kind, state, value); };
  }
  void record_gil(trace::Kind kind, trace::State state, std::int64_t value);

  // ---- workers ----------------------------------------------------------------------------------------------------
  // For one more that writes: of one that has ended and was joined, or a new one.
  [[nodiscard]] trace::Stream& stream_for_one_more();
  // Gives the participant's body to a worker. Where there is none left it counts as ended, and LimitReached is thrown.
  void start_worker(Member& member, std::function<void()> job);
  // Not a wait that could be cancelled: whoever is waited for is cancelled, too.
  static void wait_until_ended(Member& member);
  [[nodiscard]] Io& io_calls() {
    if (!io_) io_ = std::make_unique<Io>();
    return *io_;
  }

  Run& run_;
  Member& carrier_;
  trace::Stream& stream_;
  Gil* gil_;
  bool has_gil_ = false;
  WaitPoint nap_;                              // where the thread sleeps
  std::unique_ptr<Io> io_;                     // made when it is first wanted
  std::vector<trace::Stream*> spare_streams_;  // of those that were joined, for those to come
};

class Loop;
class Threads;
extern template class Calls<Threads>;
extern template class Calls<Loop>;

}  // namespace interleave::live
