#include "session/exports.h"

#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "core/spread.h"

namespace interleave::session {

trace::PerfettoOptions perfetto_options(const Setup& setup, Language language, std::optional<std::uint64_t> hash) {
  trace::PerfettoOptions out{"interleave " + std::string(setup.workload().id), language, {}};
  for (const KeyValue& pair : setup.print(Defaults::keep)) {
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

std::string runs_csv(const std::deque<RunRecord>& runs) {
  std::vector<const Outcome*> outcomes;
  for (const RunRecord& run : runs) outcomes.push_back(&run.outcome);
  const std::vector<Figure> figures = figures_of(outcomes);
  std::string out = "run,workload,engine,config,verdict";
  for (const Figure& figure : figures) out.append(",").append(figure.key);
  out += '\n';
  for (const RunRecord& run : runs) {
    // A query has no comma, quote or line's end: they are written as %XX in it.
    out.append(std::to_string(run.number)).append(",").append(run.setup.workload().id).append(",");
    out.append(interleave::key_of(run.setup.engine())).append(",").append(to_query(run.setup.print()));
    out.append(",").append(interleave::key_of(run.outcome.verdict));
    for (const Figure& figure : figures) {
      out += ',';
      if (const auto value = run.outcome.figure(figure.key)) out += csv_number(*value);
    }
    out += '\n';
  }
  return out;
}

}  // namespace interleave::session
