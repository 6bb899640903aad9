// Names for threads and objects that mean the same in every execution of one program. The machine numbers both in
// order of creation, which depends on the schedule where several threads create.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "explore/label.h"
#include "sim/machine.h"

namespace interleave::explore {

// A thread is known by who started it and as which of its children, an object by who made it and as which of its
// objects. Numbers are given once and kept for the whole search.
class Identities {
 public:
  static constexpr std::uint32_t nobody = 0xffff'ffffU;

  Identities() {
    families_.reserve(room);
    for (auto* some : {&machine_threads_, &started_}) some->reserve(room);
    for (auto* some : {&threads_, &objects_}) some->reserve(room);
    families_.emplace_back();
  }

  // How far an execution has come.
  struct Extent {
    std::uint32_t threads = 0;
    std::uint32_t objects = 0;
  };

  // Forgets the rest of the execution, not the names: another begins that agrees with it up to there.
  void keep(Extent extent) {
    for (; started_.size() > extent.threads; started_.pop_back()) {
      const Known& thread = threads_[started_.back()];
      machine_threads_[thread.name] = nobody;
      --families_[thread.family].threads_seen;
    }
    for (; objects_.size() > extent.objects; objects_.pop_back()) --families_[objects_.back().family].objects_seen;
  }
  [[nodiscard]] std::uint32_t started() const { return static_cast<std::uint32_t>(started_.size()); }

  // The machine has started a thread; its starter is known already, unless it is the outermost body.
  std::uint32_t add_thread(ThreadId started, ThreadId starter) {
    const std::uint32_t family = family_of(starter);
    const std::uint32_t place = families_[family].threads_seen++;
    if (place == families_[family].threads.size()) {
      families_[family].threads.push_back(thread_count());
      families_.emplace_back();
      machine_threads_.push_back(nobody);
    }
    const std::uint32_t name = families_[family].threads[place];
    if (threads_.size() <= started.index()) threads_.resize(started.index() + 1);
    threads_[started.index()] = {name, family};
    machine_threads_[name] = started.value;
    started_.push_back(started.value);
    return name;
  }

  // It must have been started.
  [[nodiscard]] std::uint32_t thread(ThreadId id) const { return threads_[id.index()].name; }
  // The machine's number for a thread of the search; nobody where it has not been started.
  [[nodiscard]] std::uint32_t machine_thread(std::uint32_t name) const { return machine_threads_[name]; }

  [[nodiscard]] std::uint32_t object(ObjectId id, std::span<const ThreadId> makers) {
    while (objects_.size() <= id.index()) {
      const std::uint32_t family = family_of(makers[objects_.size()]);
      const std::uint32_t place = families_[family].objects_seen++;
      if (place == families_[family].objects.size()) families_[family].objects.push_back(object_count_++);
      objects_.push_back({families_[family].objects[place], family});
    }
    return objects_[id.index()].name;
  }

 private:
  // What one thread starts and makes, in that order.
  struct Family {
    std::vector<std::uint32_t> threads;
    std::vector<std::uint32_t> objects;
    std::uint32_t threads_seen = 0;  // in this execution
    std::uint32_t objects_seen = 0;
  };
  struct Known {
    std::uint32_t name = 0;
    std::uint32_t family = 0;
  };

  [[nodiscard]] std::uint32_t thread_count() const { return static_cast<std::uint32_t>(machine_threads_.size()); }
  [[nodiscard]] std::uint32_t family_of(ThreadId maker) const { return maker.valid() ? thread(maker) + 1 : 0; }

  std::vector<Family> families_;  // the run's own, then each thread's
  std::uint32_t object_count_ = 0;
  std::vector<std::uint32_t> machine_threads_;  // by our names, in this execution
  // In this execution, by the machine's numbers.
  std::vector<Known> threads_;
  std::vector<Known> objects_;
  std::vector<std::uint32_t> started_;  // the machine's numbers of threads, as they were started
};

}  // namespace interleave::explore
