#include "cli/sweep.h"

#include <algorithm>
#include <ostream>

#include "cli/report.h"
#include "cli/table.h"

#include "core/spread.h"
#include "session/exports.h"

namespace interleave::cli {
namespace {

constexpr std::size_t figures_shown = 4;

std::vector<const Outcome*> outcomes_of(std::span<const SweepPoint> points) {
  std::vector<const Outcome*> out;
  for (const SweepPoint& point : points) {
    for (const session::RunRecord& record : point.records) out.push_back(&record.outcome);
  }
  return out;
}

}  // namespace

void print_sweep(const AskedSweep& asked, std::span<const SweepPoint> points, const session::Host& host,
                 Language language, std::ostream& out) {
  const session::Sweep& sweep = asked.sweep;
  std::vector<Figure> shown = figures_of(outcomes_of(points));
  if (shown.size() > figures_shown) shown.erase(shown.begin() + figures_shown, shown.end());
  Table table;
  std::vector<std::string> heads{std::string(sweep.spec.label.in(language)),
                                 std::string(Text{"as meant", "정상"}.in(language))};
  for (const Figure& figure : shown) heads.emplace_back(figure.label.in(language));
  table.add(std::move(heads));
  for (const SweepPoint& point : points) {
    const std::vector<const Outcome*> outcomes = outcomes_of({&point, 1});
    const Words share =
        fill({"{n} of {all}", "{all}번 중 {n}번"}, {{"n", static_cast<std::int64_t>(count_of(outcomes, Verdict::ok))},
                                                    {"all", static_cast<std::int64_t>(outcomes.size())}});
    std::vector<std::string> row{print_value(sweep.spec, point.value), share.in(language)};
    for (const Figure& figure : shown) {
      const std::vector<Figure> all = sorted_figures(outcomes, figure.key);
      row.push_back(all.empty() ? "-" : show_figure(median_of(all)));
    }
    table.add(std::move(row));
  }
  print_figures(table, out);
  if (points.front().records.size() > 1) {
    out << "\n  " << Text{"Figures are medians.", "수치는 중앙값이다."}.in(language) << '\n';
  }
  std::string more = " --sweep " + asked.text;
  if (const std::size_t repeat = points.front().records.size(); repeat > 1)
    more += " --repeat " + std::to_string(repeat);
  print_origin(points.front().records.front().setup, host, language, out, more);
}

void print_csv(const session::Sweep* sweep, std::span<const SweepPoint> points, std::ostream& out) {
  const std::vector<Figure> figures = figures_of(outcomes_of(points));
  if (sweep != nullptr) out << sweep->spec.key << ',';
  out << "verdict";
  for (const Figure& figure : figures) out << ',' << figure.key;
  out << '\n';
  for (const SweepPoint& point : points) {
    for (const session::RunRecord& record : point.records) {
      if (sweep != nullptr) out << print_value(sweep->spec, point.value) << ',';
      out << key_of(record.outcome.verdict);
      for (const Figure& figure : figures) {
        out << ',';
        if (const auto value = record.outcome.figure(figure.key)) out << session::csv_number(*value);
      }
      out << '\n';
    }
  }
}

}  // namespace interleave::cli
