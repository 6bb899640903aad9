// A search divided: beginnings that together hold every class of interleavings, each in exactly one of them.
#pragma once

#include <cstdint>
#include <vector>

#include "explore/walk.h"

namespace interleave::explore {

// The beginnings, as the machine's numbers of those who take the steps, for Search::begin_with: at least `wanted` where
// there are so many, none longer than a few steps. A class belongs to the first of the beginnings, in the order of
// threads, with which one of its orders begins; the sleep sets of Search see to that (Godefroid, "Partial-order methods
// for the verification of concurrent systems", 1996). The subject must not be in use.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> branches(Subject& subject, const sim::Settings& settings,
                                                               std::size_t wanted);

}  // namespace interleave::explore
