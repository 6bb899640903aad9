// A run's record: who took part, what was shared, and streams of events. It only ever grows, so a view may read
// a prefix of it while the run goes on.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/outcome.h"
#include "trace/append_log.h"
#include "trace/event.h"

namespace interleave::trace {

enum class ObjectKind : std::uint8_t { variable, lock, interpreter, condition, gauge, pipe };

struct ThreadInfo {
  Words name;
  ThreadId parent;
  Vehicle vehicle = Vehicle::thread;
};

struct ObjectInfo {
  Words name;
  ObjectKind kind = ObjectKind::variable;
  std::int64_t initial = 0;  // a variable's or a gauge's value at the start
};

// Events written by one thread at a time. Events of one participant are in time order. On the simulator there is
// one stream, in the order of execution; on live one for each carrier.
class Stream {
 public:
  explicit Stream(std::size_t budget) : budget_(budget) {}

  // Records the event, or counts it where the budget is spent. For the stream's one writer.
  void record(const Event& event) {
    if (events_.size() < budget_) [[likely]] {
      events_.push(event);
    } else {
      unrecorded_.store(unrecorded_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
  }

  // Safe from every thread.
  [[nodiscard]] const AppendLog<Event, 256>& events() const { return events_; }
  // Events past the budget: how many there were is known and shown, what they were is not.
  [[nodiscard]] std::uint64_t unrecorded() const { return unrecorded_.load(std::memory_order_relaxed); }

 private:
  AppendLog<Event, 256> events_;
  std::size_t budget_;
  std::atomic<std::uint64_t> unrecorded_{0};
};

class Trace {
 public:
  // How many events all streams of one run may hold together, unless told otherwise (32 bytes each).
  static constexpr std::size_t default_budget = 1'000'000;

  // Adding is for one thread at a time; the engine sees to that.
  ThreadId add_thread(ThreadInfo info) {
    threads_.push(std::move(info));
    return ThreadId{static_cast<std::uint32_t>(threads_.size() - 1)};
  }
  ObjectId add_object(ObjectInfo info) {
    objects_.push(std::move(info));
    return ObjectId{static_cast<std::uint32_t>(objects_.size() - 1)};
  }
  Stream& add_stream(std::size_t budget = default_budget) {
    streams_.push(std::make_unique<Stream>(budget));
    return *streams_[streams_.size() - 1];
  }

  // Reading is safe from every thread.
  [[nodiscard]] const AppendLog<ThreadInfo>& threads() const { return threads_; }
  [[nodiscard]] const AppendLog<ObjectInfo>& objects() const { return objects_; }
  [[nodiscard]] const AppendLog<std::unique_ptr<Stream>>& streams() const { return streams_; }

  [[nodiscard]] std::size_t event_count() const;
  // What the events that are kept take of memory, in bytes.
  [[nodiscard]] std::uint64_t event_bytes() const { return std::uint64_t{event_count()} * sizeof(Event); }
  [[nodiscard]] std::uint64_t unrecorded() const;

 private:
  AppendLog<ThreadInfo> threads_;
  AppendLog<ObjectInfo> objects_;
  AppendLog<std::unique_ptr<Stream>> streams_;
};

// A hash over every field of every event, thread and object, in order: equal on every platform for equal traces.
[[nodiscard]] std::uint64_t hash(const Trace& trace);
// Sixteen hexadecimal digits.
[[nodiscard]] std::string print_hash(std::uint64_t hash);

}  // namespace interleave::trace
