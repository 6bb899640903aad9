#include "session/exports.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <vector>

namespace interleave::session {

trace::PerfettoOptions perfetto_options(const Catalogue& catalogue, const Config& config, Language language,
                                        std::optional<std::uint64_t> hash) {
  trace::PerfettoOptions out{"interleave " + config.workload, language, {}};
  for (const KeyValue& pair : print(catalogue, config, Defaults::keep)) {
    out.metadata.emplace_back(pair.key, pair.value.value_or(""));
  }
  if (hash) out.metadata.emplace_back("hash", trace::print_hash(*hash));
  return out;
}

std::string csv_number(double value) {
  constexpr double written_out = 1e15;
  std::array<char, 64> buffer{};
  const auto form = std::fabs(value) < written_out ? std::chars_format::fixed : std::chars_format::general;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, form);
  return error == std::errc{} ? std::string(buffer.data(), end) : std::string();
}

std::string runs_csv(const Catalogue& catalogue, const std::deque<RunRecord>& runs) {
  std::vector<std::string_view> keys;
  for (const RunRecord& run : runs) {
    for (const Figure& figure : run.outcome.figures) {
      if (std::ranges::find(keys, figure.key) == keys.end()) keys.push_back(figure.key);
    }
  }
  std::string out = "run,workload,engine,config,verdict";
  for (const std::string_view key : keys) out.append(",").append(key);
  out += '\n';
  for (const RunRecord& run : runs) {
    // A query has no comma, quote or line's end: they are written as %XX in it.
    out.append(std::to_string(run.number)).append(",").append(run.config.workload).append(",");
    out.append(interleave::key_of(run.config.engine)).append(",").append(to_query(print(catalogue, run.config)));
    out.append(",").append(interleave::key_of(run.outcome.verdict));
    for (const std::string_view key : keys) {
      out += ',';
      if (const auto value = run.outcome.figure(key)) out += csv_number(*value);
    }
    out += '\n';
  }
  return out;
}

}  // namespace interleave::session
