// Names for threads and objects that mean the same in every execution of one program. The machine numbers both in
// order of creation, which depends on the schedule where several threads create.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/machine.h"

namespace interleave::explore {

// A thread is known by who started it and as which of its children, an object by who made it and as which of its
// objects. Numbers are given once and kept for the whole search.
class Identities {
 public:
  static constexpr std::uint32_t nobody = 0xffff'ffffU;

  // Forgets the execution, not the names.
  void begin_execution() {
    threads_.clear();
    machine_threads_.assign(families_.size(), nobody);
    for (Family& family : families_) family.threads_seen = family.objects_seen = 0;
    before_run_.objects_seen = 0;
    objects_.clear();
  }

  // The machine has started a thread; its starter is known already, unless it is the outermost body.
  std::uint32_t add_thread(ThreadId started, ThreadId starter) {
    std::uint32_t name = 0;
    if (starter.valid()) {
      Family& family = families_[threads_[starter.index()]];
      const std::uint32_t place = family.threads_seen++;
      name = place < family.threads.size() ? family.threads[place] : new_thread(threads_[starter.index()]);
    } else if (families_.empty()) {
      families_.emplace_back();
    }
    if (threads_.size() <= started.index()) threads_.resize(started.index() + 1, nobody);
    if (machine_threads_.size() < families_.size()) machine_threads_.resize(families_.size(), nobody);
    threads_[started.index()] = name;
    machine_threads_[name] = started.value;
    return name;
  }

  [[nodiscard]] std::uint32_t thread(ThreadId id) const { return threads_[id.index()]; }
  // The machine's number for a thread of the search; nobody where it has not been started.
  [[nodiscard]] std::uint32_t machine_thread(std::uint32_t name) const { return machine_threads_[name]; }
  [[nodiscard]] std::uint32_t thread_count() const { return static_cast<std::uint32_t>(families_.size()); }

  [[nodiscard]] std::uint32_t object(ObjectId id, std::span<const ThreadId> makers) {
    while (objects_.size() <= id.index()) {
      const ThreadId maker = makers[objects_.size()];
      Family& family = maker.valid() ? families_[threads_[maker.index()]] : before_run_;
      const std::uint32_t place = family.objects_seen++;
      if (place == family.objects.size()) family.objects.push_back(object_count_++);
      objects_.push_back(family.objects[place]);
    }
    return objects_[id.index()];
  }
  [[nodiscard]] std::uint32_t object_count() const { return object_count_; }

 private:
  struct Family {
    std::vector<std::uint32_t> threads;
    std::vector<std::uint32_t> objects;
    std::uint32_t threads_seen = 0;
    std::uint32_t objects_seen = 0;
  };

  std::uint32_t new_thread(std::uint32_t starter) {
    const auto name = static_cast<std::uint32_t>(families_.size());
    families_[starter].threads.push_back(name);
    families_.emplace_back();
    return name;
  }

  std::vector<Family> families_;  // of each thread
  Family before_run_;
  std::uint32_t object_count_ = 0;
  std::vector<std::uint32_t> threads_;          // by the machine's numbers, in this execution
  std::vector<std::uint32_t> machine_threads_;  // by our names, in this execution
  std::vector<std::uint32_t> objects_;          // by the machine's numbers, in this execution
};

}  // namespace interleave::explore
