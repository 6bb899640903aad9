// The grid that `fanout` leaves, computed another way: the living cells give their neighbours one each.
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/rng.h"
#include "invariants_table.h"

namespace interleave::test {
namespace {

using Place = std::pair<std::int64_t, std::int64_t>;
using Living = std::map<Place, bool>;

Living generation_after(const Living& living, std::int64_t width, std::int64_t height) {
  std::map<Place, int> given;
  for (const auto& [place, lives] : living) {
    for (const int down : {-1, 0, 1}) {
      for (const int across : {-1, 0, 1}) {
        if (down == 0 && across == 0) continue;
        ++given[{(place.first + across + width) % width, (place.second + down + height) % height}];
      }
    }
  }
  Living out;
  for (const auto& [place, count] : given) {
    if (count == 3 || (count == 2 && living.contains(place))) out[place] = true;
  }
  return out;
}

Living living_first(const Configuration& config, std::int64_t width, std::int64_t height) {
  Living out;
  const std::string_view pattern = config.option("pattern");
  if (pattern == "soup") {
    // The main body's generator, which is asked once for each cell.
    const std::vector<ParamSpec>& settings = settings_of(config.engine);
    const auto seed = std::ranges::find(settings, "seed", &ParamSpec::key) - settings.begin();
    Rng rng = Rng::stream(static_cast<std::uint64_t>(config.settings[static_cast<std::size_t>(seed)].number()), 0);
    for (std::int64_t at = 0; at < width * height; ++at) {
      if (rng.below(3) == 0) out[{at % width, at / width}] = true;
    }
    return out;
  }
  const std::int64_t left = std::max<std::int64_t>(0, (width - 3) / 2);
  const std::int64_t top = std::max<std::int64_t>(0, (height - 3) / 2);
  const std::vector<Place> places = pattern == "glider" ? std::vector<Place>{{1, 0}, {2, 1}, {0, 2}, {1, 2}, {2, 2}}
                                                        : std::vector<Place>{{0, 1}, {1, 1}, {2, 1}};
  for (const auto& [across, down] : places) out[{(left + across) % width, (top + down) % height}] = true;
  return out;
}

std::int64_t living_last(const Configuration& config) {
  const std::int64_t width = config.param("width");
  const std::int64_t height = config.param("height");
  Living living = living_first(config, width, height);
  for (std::int64_t at = 0; at < config.param("generations"); ++at) living = generation_after(living, width, height);
  return static_cast<std::int64_t>(living.size());
}

void check_threads(const Ended& ended, Violations& out) {
  const std::string_view mode = ended.config.option("mode");
  const auto cells = static_cast<double>(ended.config.param("width") * ended.config.param("height"));
  const auto workers = static_cast<double>(ended.config.param("workers"));
  const auto generations = static_cast<double>(ended.config.param("generations"));
  const bool each = mode == "threads" || mode == "tasks";
  const double most = mode == "serial" ? 0 : each ? cells : workers;
  if (ended.figure("most") != most) out.emplace_back("another number of threads was alive at once");
  if (ended.figure("made") != (each ? cells * generations : most))
    out.emplace_back("another number of threads was made");
  const double participants = static_cast<double>(ended.snapshot.trace->threads().size()) - 1;
  if (participants != ended.figure("made")) out.emplace_back("the trace has another number of threads");
  // Nobody can be faster than the waits in the cells, spread over those that compute them.
  const double rounds = each ? 1 : std::ceil(cells / std::max(1.0, most));
  if (!(ended.figure("elapsed") >= generations * rounds * static_cast<double>(ended.config.param("wait")))) {
    out.emplace_back("it took less than the waits in it");
  }
}

void check(const Ended& ended, Violations& out) {
  if (ended.config.engine == Engine::explore) {
    for (const auto& bar : ended.snapshot.exploration->histogram) {
      if (bar.value != living_last(ended.config)) out.emplace_back("an order left another grid");
    }
    return;
  }
  if (!ended.judged()) return;
  const auto cells = static_cast<double>(ended.config.param("width") * ended.config.param("height"));
  if (ended.outcome().verdict != Verdict::ok) out.emplace_back("nothing can go wrong here");
  if (ended.figure("cells") != cells * static_cast<double>(ended.config.param("generations"))) {
    out.emplace_back("not every cell was computed");
  }
  if (ended.figure("alive") != static_cast<double>(living_last(ended.config))) out.emplace_back("the grid is another");
  check_threads(ended, out);
}

}  // namespace

Invariants fanout_invariants() { return {.check = check}; }

}  // namespace interleave::test
