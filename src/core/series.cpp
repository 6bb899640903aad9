#include "core/series.h"

#include <algorithm>
#include <cmath>

#include "core/param_kinds.h"

namespace interleave {
namespace {

constexpr std::int64_t most_by_difference = 100;  // a wider range is told apart by ratio

// Of a range by ratio: 1, 2 or 5 times a power of ten.
std::int64_t rounded(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(std::max(value, 1.0))));
  const double digit = value / power;
  const double nearest = digit < 1.4 ? 1 : digit < 3.1 ? 2 : digit < 7 ? 5 : 10;
  return std::llround(nearest * power);
}

void append(Words& out, const Words& sentence) {
  if (!out.empty()) {
    out.en += ' ';
    out.ko += ' ';
  }
  out.en += sentence.en;
  out.ko += sentence.ko;
}

bool differs(Outcomes outcomes, std::string_view key) {
  const std::vector<Figure> sorted = sorted_figures(outcomes, key);
  return !sorted.empty() && sorted.front().value < sorted.back().value;
}

// Whether the number stands in the text by itself: 4 does not stand in "14 updates" or "4,000 updates".
bool names(std::string_view text, std::string_view number) {
  const auto belongs = [&](std::size_t at) {
    return at < text.size() && ((text[at] >= '0' && text[at] <= '9') || text[at] == ',' || text[at] == '.');
  };
  for (std::size_t at = text.find(number); at != std::string_view::npos; at = text.find(number, at + 1)) {
    if ((at == 0 || !belongs(at - 1)) && !belongs(at + number.size())) return true;
  }
  return false;
}

// In how many headlines the value of the figure stands.
std::size_t times_named(Outcomes outcomes, std::string_view key) {
  return static_cast<std::size_t>(std::ranges::count_if(outcomes, [&](const Outcome* outcome) {
    return std::ranges::any_of(outcome->figures, [&](const Figure& figure) {
      return figure.key == key && names(outcome->headline.en, show_figure(figure));
    });
  }));
}

bool tells_of_harm(Outcomes outcomes, std::string_view key) {
  return std::ranges::any_of(outcomes, [&](const Outcome* outcome) {
    return std::ranges::any_of(outcome->figures,
                               [&](const Figure& figure) { return figure.key == key && figure.tone == Tone::bad; });
  });
}

// Of at least one outcome.
Figure share_that_went_wrong(Outcomes outcomes) {
  const auto right = static_cast<double>(count_of(outcomes, Verdict::ok));
  const double share = 1 - right / static_cast<double>(outcomes.size());
  return {went_wrong, {"How often it went wrong", "잘못된 비율"}, FigureUnit::share, share, Tone::bad};
}

}  // namespace

std::vector<const Outcome*> SeriesReport::outcomes() const {
  std::vector<const Outcome*> out;
  out.reserve(runs.size());
  for (const SeriesRun& run : runs) out.push_back(&run.outcome);
  return out;
}

std::vector<const Outcome*> SeriesReport::outcomes_at(std::int64_t value) const {
  std::vector<const Outcome*> out;
  for (const SeriesRun& run : runs) {
    if (run.value == value) out.push_back(&run.outcome);
  }
  return out;
}

std::vector<Figure> figures_to_draw(const SeriesReport& report) {
  const std::vector<const Outcome*> outcomes = report.outcomes();
  std::vector<Figure> out = figures_of(outcomes);
  if (report.swept && count_of(outcomes, Verdict::ok) < outcomes.size()) out.push_back(share_that_went_wrong(outcomes));
  return out;
}

std::vector<Figure> sorted_at(const SeriesReport& report, std::int64_t value, std::string_view key) {
  const std::vector<const Outcome*> outcomes = report.outcomes_at(value);
  if (key != went_wrong) return sorted_figures(outcomes, key);
  if (outcomes.empty()) return {};
  return {share_that_went_wrong(outcomes)};
}

Words told(const SeriesReport& report, const std::optional<Text>& mishap) {
  const std::vector<const Outcome*> outcomes = report.outcomes();
  if (outcomes.empty()) return {};
  const auto all = static_cast<std::int64_t>(outcomes.size());
  Words out;
  const auto add = [&](Verdict verdict, Text what) {
    const std::size_t count = count_of(outcomes, verdict);
    if (count == 0) return;
    append(out, fill({"{what} in {n} of {all} runs.", "{all}번 중 {n}번 {what}."},
                     {{"what", what}, {"n", static_cast<std::int64_t>(count)}, {"all", all}}));
  };
  add(Verdict::failure, mishap.value_or(Text{"Something went wrong", "잘못됐다"}));
  add(Verdict::hang, {"It came to a standstill", "영영 멈춰 버렸다"});
  add(Verdict::limit, {"It wanted more than there is", "한계에 걸렸다"});
  add(Verdict::cancelled, {"It was stopped", "도중에 멈췄다"});
  if (!out.empty()) return out;
  return all == 1 ? Words(Text{"The only run did what it should.", "하나뿐인 실행은 제대로 끝났다."})
                  : fill({"All {all} runs did what they should.", "{all}번 모두 제대로 끝났다."}, {{"all", all}});
}

bool is_idle_time(const Figure& figure, bool timed) { return !timed && figure.unit == FigureUnit::nanoseconds; }

std::string_view main_figure(Outcomes outcomes, bool timed) {
  const std::vector<Figure> figures = figures_of(outcomes);
  const Figure* harm = nullptr;
  const Figure* named = nullptr;
  std::size_t harm_count = 0;
  std::size_t named_count = 0;
  const Figure* differing = nullptr;
  for (const Figure& figure : figures) {
    if (is_idle_time(figure, timed)) continue;
    const std::size_t count = times_named(outcomes, figure.key);
    if (count > harm_count && tells_of_harm(outcomes, figure.key)) {
      harm = &figure;
      harm_count = count;
    }
    if (count > named_count) {
      named = &figure;
      named_count = count;
    }
    if (differing == nullptr && differs(outcomes, figure.key)) differing = &figure;
  }
  if (harm != nullptr) return harm->key;
  const auto elapsed = std::ranges::find(figures, std::string_view("elapsed"), &Figure::key);
  if (timed && elapsed != figures.end()) return elapsed->key;
  if (named != nullptr) return named->key;
  if (differing != nullptr) return differing->key;
  return figures.empty() ? std::string_view{} : figures.front().key;
}

std::vector<std::int64_t> values_to_sweep(const ParamSpec& spec, std::size_t most) {
  std::vector<std::int64_t> out;
  if (spec.kind == ParamKind::text) return out;
  const auto steps = static_cast<std::int64_t>(most) - 1;
  if (traits_of(spec.kind).listed || spec.max - spec.min <= steps) {
    for (std::int64_t value = spec.min; value <= spec.max; ++value) out.push_back(value);
    return out;
  }
  if (spec.kind == ParamKind::integer && spec.max - spec.min <= most_by_difference) {
    // Round to the same distance where that fits: 1, 5, 10, ... says more than 1, 4, 8, 11.
    for (std::int64_t at = 0; at <= steps; ++at) out.push_back(spec.min + (spec.max - spec.min) * at / steps);
  } else {
    const double from = static_cast<double>(std::max<std::int64_t>(spec.min, 1));
    const double ratio = static_cast<double>(spec.max) / from;
    out.push_back(spec.min);
    // Where the range begins with 0, the ratio begins with 1: one place is gone.
    const std::int64_t first = spec.min < 1 ? 0 : 1;
    const std::int64_t last = spec.min < 1 ? steps - 1 : steps;
    for (std::int64_t at = first; at < last; ++at) {
      const double share = static_cast<double>(at) / static_cast<double>(last);
      out.push_back(std::clamp(rounded(from * std::pow(ratio, share)), spec.min, spec.max));
    }
    out.push_back(spec.max);
  }
  std::ranges::sort(out);
  const auto doubles = std::ranges::unique(out);
  out.erase(doubles.begin(), doubles.end());
  return out;
}

}  // namespace interleave
