#include "explore/branches.h"

#include <algorithm>

namespace interleave::explore {
namespace {

constexpr std::size_t longest_beginning = 6;

// All ways of going on by one step from each beginning; one that is over stays as it is.
std::vector<std::vector<std::uint32_t>> longer(Walk& walk, const std::vector<std::vector<std::uint32_t>>& beginnings) {
  std::vector<std::vector<std::uint32_t>> out;
  for (const std::vector<std::uint32_t>& beginning : beginnings) {
    walk.begin();
    const Dependence dependent;
    std::vector<Step> asleep;
    for (const std::uint32_t number : beginning) {
      const Step taken = walk.step_of(walk.numbered(number));
      for (const sim::Thread* thread : walk.enabled()) {
        if (thread->id.value < number) asleep.push_back(walk.step_of(*thread));
      }
      std::erase_if(
          asleep, [&](const Step& step) { return step.thread == taken.thread || dependent(step.label, taken.label); });
      walk.take(walk.numbered(number), NoNotices{});
    }
    std::vector<std::uint32_t> next;
    for (const sim::Thread* thread : walk.enabled()) {
      const std::uint32_t name = walk.name(*thread);
      const bool sleeps = std::ranges::any_of(asleep, [&](const Step& step) { return step.thread == name; });
      if (!sleeps) next.push_back(thread->id.value);
    }
    if (walk.enabled().empty()) out.push_back(beginning);
    std::ranges::sort(next);
    for (const std::uint32_t number : next) {
      out.push_back(beginning);
      out.back().push_back(number);
    }
  }
  return out;
}

}  // namespace

std::vector<std::vector<std::uint32_t>> branches(Subject& subject, const sim::Settings& settings, std::size_t wanted) {
  Walk walk(subject, settings);
  std::vector<std::vector<std::uint32_t>> out{{}};
  for (std::size_t length = 0; length < longest_beginning && out.size() < wanted; ++length) out = longer(walk, out);
  return out;
}

}  // namespace interleave::explore
