// What a state is known by: two orders of steps that lead to the same one give the same number.
#pragma once

#include <cstdint>
#include <vector>

#include "explore/label.h"

namespace interleave::explore {

// A thread can only know what it has seen, so that its state is what it has read and from whom. An object's state is
// who changed it last, and what that one knew; for a lock, whose order of holders whatever it protects may depend on,
// that is everything that was done with it. So are two values of a variable told apart that different threads wrote:
// the price of needing to know nothing about the program. Where a program keeps everything that threads share in
// variables (Subject::all_in_variables), values are enough, and who owns a lock: far fewer states are far more orders'.
//
// Numbers of 64 bits: among a million states, two are mistaken for one with a probability of 3 in a hundred million.
class Fingerprint {
 public:
  void begin_execution() {
    threads_.assign(threads_.size(), 0);
    objects_.assign(objects_.size(), 0);
    sum_ = 0;
    steps_ = 0;
  }

  // The thread takes the step. `blind`: it learns nothing of what was there (a store).
  void take(const Step& step, bool blind) {
    ++steps_;
    std::uint64_t& thread = at(threads_, step.thread);
    std::uint64_t& object = at(objects_, step.label.object);
    sum_ -= share(thread, step.thread, thread_salt) + share(object, step.label.object, object_salt);
    thread = mix(thread, static_cast<std::uint64_t>(step.label.access) + 1);
    if (!blind) thread = mix(thread, object);
    if (step.label.access != StepAccess::read && step.label.access != StepAccess::fail) {
      object = mix(thread, step.thread + object_salt);
    }
    sum_ += share(thread, step.thread, thread_salt) + share(object, step.label.object, object_salt);
  }

  // The same where values are enough: what the thread has seen, and what the object is now.
  void see(const Step& step, std::uint64_t seen) {
    ++steps_;
    learn(step.thread, mix(static_cast<std::uint64_t>(step.label.access) + 1, seen));
  }
  void become(std::uint32_t name, std::uint64_t what) {
    std::uint64_t& object = at(objects_, name);
    sum_ -= share(object, name, object_salt);
    object = what == 0 ? 0 : mix(what, value_salt);
    sum_ += share(object, name, object_salt);
  }
  // Whatever the thread knew, nobody can ask it.
  void ended(std::uint32_t name) {
    std::uint64_t& thread = at(threads_, name);
    sum_ -= share(thread, name, thread_salt);
    thread = end_salt;
    sum_ += share(thread, name, thread_salt);
  }

  void linked(std::uint32_t before, std::uint32_t after) { learn(after, mix(at(threads_, before), link_salt)); }
  void passed(std::uint32_t heir, std::uint32_t lock, bool) { learn(heir, mix(at(objects_, lock), pass_salt)); }

  // With the number of steps, so that all ways to a state are equally long.
  [[nodiscard]] std::uint64_t value() const { return mix(sum_, steps_); }

 private:
  static constexpr std::uint64_t thread_salt = 0x7468'7265'6164'0000ULL;
  static constexpr std::uint64_t object_salt = 0x6f62'6a65'6374'0000ULL;
  static constexpr std::uint64_t link_salt = 0x6c69'6e6b'0000'0000ULL;
  static constexpr std::uint64_t value_salt = 0x7661'6c75'6500'0000ULL;
  static constexpr std::uint64_t end_salt = 0x656e'6400'0000'0000ULL;
  static constexpr std::uint64_t pass_salt = 0x7061'7373'0000'0000ULL;

  // The finaliser of MurmurHash3 (Appleby), over both.
  static constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    std::uint64_t out = a * 0x9e37'79b9'7f4a'7c15ULL + b + 0x2545'f491'4f6c'dd1dULL;
    out = (out ^ (out >> 33U)) * 0xff51'afd7'ed55'8ccdULL;
    out = (out ^ (out >> 33U)) * 0xc4ce'b9fe'1a85'ec53ULL;
    return out ^ (out >> 33U);
  }
  // What one part adds to the whole; nothing as long as nothing has happened to it.
  static constexpr std::uint64_t share(std::uint64_t part, std::uint32_t name, std::uint64_t salt) {
    return part == 0 ? 0 : mix(part, name + salt);
  }
  static std::uint64_t& at(std::vector<std::uint64_t>& all, std::uint32_t name) {
    if (name >= all.size()) all.resize(name + 1, 0);
    return all[name];
  }
  void learn(std::uint32_t name, std::uint64_t what) {
    std::uint64_t& thread = at(threads_, name);
    sum_ -= share(thread, name, thread_salt);
    thread = mix(thread, what);
    sum_ += share(thread, name, thread_salt);
  }

  std::vector<std::uint64_t> threads_;
  std::vector<std::uint64_t> objects_;
  std::uint64_t sum_ = 0;
  std::uint64_t steps_ = 0;
};

}  // namespace interleave::explore
