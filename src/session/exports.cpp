#include "session/exports.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "core/spread.h"

namespace interleave::session {
namespace {

// With an exponent, and as few digits as name this very number. std::to_chars says the same with tables of 115 KB,
// which each reader of a page would download.
std::string shortest(double value) {
  constexpr int enough = 16;  // after the point
  std::array<char, 40> buffer{};
  for (int decimals = 0; decimals <= enough; ++decimals) {
    std::snprintf(buffer.data(), buffer.size(), "%.*e", decimals, value);
    if (std::strtod(buffer.data(), nullptr) == value) break;
  }
  return buffer.data();
}

}  // namespace

trace::PerfettoOptions perfetto_options(const Setup& setup, Language language, std::optional<std::uint64_t> hash) {
  trace::PerfettoOptions out{"interleave " + std::string(setup.workload().id), language, {}};
  for (const KeyValue& pair : setup.print(Defaults::keep)) {
    out.metadata.emplace_back(pair.key, pair.value.value_or(""));
  }
  if (hash) out.metadata.emplace_back("hash", trace::print_hash(*hash));
  return out;
}

std::string csv_number(double value) {
  if (!std::isfinite(value)) return std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
  constexpr double written_out = 1e15;
  std::string text = shortest(value);
  if (std::fabs(value) >= written_out) return text;
  const std::string sign = std::signbit(value) ? "-" : "";
  const std::size_t e = text.find('e');
  const int exponent = std::atoi(text.c_str() + e + 1);
  std::string digits = text.substr(sign.size(), e - sign.size());
  std::erase(digits, '.');
  if (exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return sign + digits + std::string(whole - digits.size(), '0');
  return sign + digits.insert(whole, 1, '.');
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
