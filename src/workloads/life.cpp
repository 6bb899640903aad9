#include "workloads/life.h"

#include <array>
#include <numeric>
#include <span>
#include <utility>

namespace interleave {
namespace {

using Place = std::pair<int, int>;  // across, down
constexpr std::array glider{Place{1, 0}, Place{2, 1}, Place{0, 2}, Place{1, 2}, Place{2, 2}};
constexpr std::array blinker{Place{0, 1}, Place{1, 1}, Place{2, 1}};

// In the middle, or as near to it as can be.
void put(LifeGrid& grid, std::span<const Place> pattern) {
  const int left = grid.width > 3 ? (grid.width - 3) / 2 : 0;
  const int top = grid.height > 3 ? (grid.height - 3) / 2 : 0;
  for (const auto& [across, down] : pattern) {
    const int x = (left + across) % grid.width;
    const int y = (top + down) % grid.height;
    const int cell = y * grid.width + x;
    grid.cells[static_cast<std::size_t>(cell)] = 1;
  }
}

}  // namespace

std::int64_t LifeGrid::living() const { return std::accumulate(cells.begin(), cells.end(), std::int64_t{0}); }

LifeGrid life_start(std::string_view pattern, int width, int height,
                    const std::function<std::uint32_t(std::uint32_t)>& below) {
  LifeGrid out{width, height,
               std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))};
  if (pattern == "soup") {
    for (std::uint8_t& cell : out.cells) cell = below(3) == 0 ? 1 : 0;
  } else {
    put(out, pattern == "glider" ? std::span<const Place>(glider) : std::span<const Place>(blinker));
  }
  return out;
}

bool life_next(const LifeGrid& grid, int cell) {
  const int x = cell % grid.width;
  const int y = cell / grid.width;
  int neighbours = 0;
  for (const int down : {-1, 0, 1}) {
    for (const int across : {-1, 0, 1}) {
      if (down == 0 && across == 0) continue;
      const int row = (y + down + grid.height) % grid.height;
      const int other = row * grid.width + (x + across + grid.width) % grid.width;
      neighbours += grid.cells[static_cast<std::size_t>(other)];
    }
  }
  return neighbours == 3 || (neighbours == 2 && grid.cells[static_cast<std::size_t>(cell)] != 0);
}

}  // namespace interleave
