#include "cli/sweep.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ostream>

#include "cli/report.h"
#include "cli/table.h"

#include "core/suggestion.h"
#include "core/utf8.h"
#include "session/exports.h"

namespace interleave::cli {
namespace {

constexpr std::size_t most_values = 1'000;
constexpr std::size_t figures_shown = 4;

std::vector<ParamSpec> declared(const session::Catalogue& catalogue, const session::Config& config) {
  std::vector<ParamSpec> out;
  if (const rt::Entry* entry = catalogue.find(config.workload)) out = entry->info.params;
  const std::span<const ParamSpec> settings = catalogue.settings(config.engine, config.workload);
  out.insert(out.end(), settings.begin(), settings.end());
  return out;
}

Error no_parameter(std::string_view key, const std::vector<ParamSpec>& specs) {
  std::vector<std::string_view> keys;
  std::string allowed;
  for (const ParamSpec& spec : specs) {
    keys.push_back(spec.key);
    allowed.append(allowed.empty() ? "" : ", ").append(spec.key);
  }
  const Words hint = did_you_mean(key, keys);
  return {fill({"There is no parameter \"{key}\" to sweep.{hint} Allowed: {allowed}.",
                "바꿔 볼 매개변수 \"{key}\"(이)가 없습니다.{hint} 쓸 수 있는 것: {allowed}."},
               {{"key", quotable(key)}, {"hint", hint}, {"allowed", std::string_view(allowed)}})};
}

Error too_many() {
  return {fill({"A sweep has at most {n} values.", "한 번에 바꿔 볼 수 있는 값은 {n}개까지입니다."},
               {{"n", static_cast<std::int64_t>(most_values)}})};
}

// "1..8": each whole number from one end to the other.
Result<std::vector<std::int64_t>> range_of(const ParamSpec& spec, std::string_view text, std::size_t dots) {
  if (spec.kind != ParamKind::integer) {
    return Error{fill({"Only whole numbers have a range. Write the values of {key} with commas between them.",
                       "정수만 범위로 쓸 수 있습니다. {key}의 값은 쉼표로 나눠 쓰세요."},
                      {{"key", spec.key}})};
  }
  const Result<std::int64_t> first = parse_value(spec, text.substr(0, dots));
  if (!first) return first.error();
  const Result<std::int64_t> last = parse_value(spec, text.substr(dots + 2));
  if (!last) return last.error();
  const std::int64_t step = first.value() <= last.value() ? 1 : -1;
  if ((last.value() - first.value()) * step >= static_cast<std::int64_t>(most_values)) return too_many();
  std::vector<std::int64_t> out;
  for (std::int64_t value = first.value();; value += step) {
    out.push_back(value);
    if (value == last.value()) return out;
  }
}

Result<std::vector<std::int64_t>> values_in(const ParamSpec& spec, std::string_view text) {
  if (const std::size_t dots = text.find(".."); dots != std::string_view::npos) return range_of(spec, text, dots);
  std::vector<std::int64_t> out;
  while (true) {
    const std::size_t comma = text.find(',');
    const Result<std::int64_t> value = parse_value(spec, text.substr(0, comma));
    if (!value) return value.error();
    out.push_back(value.value());
    if (out.size() > most_values) return too_many();
    if (comma == std::string_view::npos) return out;
    text.remove_prefix(comma + 1);
  }
}

// The figures of all runs, each once, in the order in which they first appear.
std::vector<Figure> figures_of(std::span<const SweepPoint> points) {
  std::vector<Figure> out;
  for (const SweepPoint& point : points) {
    for (const session::RunRecord& record : point.records) {
      for (const Figure& figure : record.outcome.figures) {
        if (std::ranges::find(out, figure.key, &Figure::key) == out.end()) out.push_back(figure);
      }
    }
  }
  return out;
}

std::int64_t as_meant(std::span<const session::RunRecord> records) {
  return std::ranges::count(records, Verdict::ok, [](const auto& record) { return record.outcome.verdict; });
}

}  // namespace

Result<Sweep> parse_sweep(const session::Catalogue& catalogue, const session::Config& config, std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return Error{Text{"A sweep is written as --sweep threads=1..8 or --sweep lock=none,mutex.",
                      "--sweep threads=1..8 또는 --sweep lock=none,mutex처럼 씁니다."}};
  }
  const std::vector<ParamSpec> specs = declared(catalogue, config);
  const auto spec = std::ranges::find(specs, text.substr(0, equals), &ParamSpec::key);
  if (spec == specs.end()) return no_parameter(text.substr(0, equals), specs);
  Result<std::vector<std::int64_t>> values = values_in(*spec, text.substr(equals + 1));
  if (!values) return values.error();
  return Sweep{std::string(text), *spec, std::move(values).value()};
}

void print_sweep(const session::Catalogue& catalogue, const Sweep& sweep, std::span<const SweepPoint> points,
                 const session::Machine& machine, Language language, std::ostream& out) {
  std::vector<Figure> shown = figures_of(points);
  if (shown.size() > figures_shown) shown.erase(shown.begin() + figures_shown, shown.end());
  Table table;
  std::vector<std::string> heads{std::string(sweep.spec.label.in(language)),
                                 std::string(Text{"as meant", "정상"}.in(language))};
  for (const Figure& figure : shown) heads.emplace_back(figure.label.in(language));
  table.add(std::move(heads));
  for (const SweepPoint& point : points) {
    const Words share =
        fill({"{n} of {all}", "{all}번 중 {n}번"},
             {{"n", as_meant(point.records)}, {"all", static_cast<std::int64_t>(point.records.size())}});
    std::vector<std::string> row{print_value(sweep.spec, point.value), share.in(language)};
    for (const Figure& figure : shown) {
      const std::vector<Figure> all = sorted_figures(point.records, figure.key);
      row.push_back(all.empty() ? "-" : show_figure(all[all.size() / 2]));
    }
    table.add(std::move(row));
  }
  print_figures(table, out);
  if (points.front().records.size() > 1) {
    out << "\n  " << Text{"Figures are medians.", "수치는 중앙값이다."}.in(language) << '\n';
  }
  std::string more = " --sweep " + sweep.text;
  if (const std::size_t repeat = points.front().records.size(); repeat > 1)
    more += " --repeat " + std::to_string(repeat);
  print_origin(catalogue, points.front().records.front().config, machine, language, out, more);
}

void print_csv(const Sweep* sweep, std::span<const SweepPoint> points, std::ostream& out) {
  const std::vector<Figure> figures = figures_of(points);
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
