// Conway's Game of Life on a torus: what the workload computes, and what its stage shows before anything is computed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace interleave {

// Row by row; 1 where a cell lives.
struct LifeGrid {
  int width = 1;
  int height = 1;
  std::vector<std::uint8_t> cells;

  [[nodiscard]] std::int64_t living() const;
};

// Patterns by key: "glider", "blinker", "soup". What does not fit goes over the edge and comes back at the other side.
// `below(bound)` draws a number in [0, bound); only the soup asks for one, once for each cell, in order.
[[nodiscard]] LifeGrid life_start(std::string_view pattern, int width, int height,
                                  const std::function<std::uint32_t(std::uint32_t)>& below);

// Whether the cell lives in the next generation: with three neighbours, or with two if it lives now.
[[nodiscard]] bool life_next(const LifeGrid& grid, int cell);

}  // namespace interleave
