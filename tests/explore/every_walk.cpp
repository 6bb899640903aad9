#include "explore/every_walk.h"

#include <algorithm>
#include <vector>

#include "explore/walk.h"

namespace interleave::test {

EveryWalk walk_every_order(explore::Subject& subject, std::uint64_t most_orders) {
  EveryWalk out;
  explore::Walk walk(subject, sim::Settings{});
  struct Branch {
    std::vector<std::uint32_t> threads;
    std::size_t chosen = 0;
  };
  std::vector<Branch> path;
  for (std::uint64_t orders = 0;; ++orders) {
    if (orders == most_orders) {
      out.gave_up = true;
      return out;
    }
    walk.begin();
    double probability = 1;
    std::uint32_t depth = 0;
    for (; !walk.enabled().empty(); ++depth) {
      if (depth == path.size()) {
        path.push_back({});
        for (const sim::Thread* thread : walk.enabled()) path.back().threads.push_back(walk.name(*thread));
        std::ranges::sort(path.back().threads);
      }
      probability /= static_cast<double>(path[depth].threads.size());
      walk.take(*walk.able(path[depth].threads[path[depth].chosen]), explore::NoNotices{});
    }
    const explore::Ending end = walk.result();
    const auto add = [&](explore::Odds::End& to) {
      ++to.orders;
      to.probability += probability;
    };
    ++out.odds.orders;
    if (end.failed) {
      add(out.odds.failing);
      const std::pair length(end.preemptions, depth);
      out.shortest = out.shortest ? std::min(*out.shortest, length) : length;
    }
    add(end.hung ? out.odds.hanging : out.odds.ends[end.figure]);
    while (!path.empty() && ++path.back().chosen == path.back().threads.size()) path.pop_back();
    if (path.empty()) return out;
  }
}

}  // namespace interleave::test
