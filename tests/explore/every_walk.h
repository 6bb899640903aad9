// Every order of the steps that count, one after the other, with nothing merged: what the graph of states is held
// against.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "explore/state_graph.h"
#include "explore/subject.h"

namespace interleave::test {

struct EveryWalk {
  explore::Odds odds;
  std::optional<std::pair<std::uint32_t, std::uint32_t>> shortest;  // a failure's interruptions and chosen steps
  bool gave_up = false;                                             // there are more orders than allowed
};

[[nodiscard]] EveryWalk walk_every_order(explore::Subject& subject, std::uint64_t most_orders);

}  // namespace interleave::test
