#include "core/comparison.h"

#include <algorithm>
#include <cmath>

#include "core/format.h"
#include "core/param_kinds.h"

namespace interleave {
namespace {

constexpr double exact_noise = 1.005;  // of simulated times: what rounding hides
constexpr double told_in_percent = 1.5;

bool came_to_its_end(const Outcome& outcome) {
  return outcome.verdict == Verdict::ok || outcome.verdict == Verdict::failure;
}

// Whose clock a run's times are read from.
enum class Clock : std::uint8_t { real, simulated, none };

Clock clock_of(const ComparedRun& run) {
  if (run.engine == Engine::explore || !run.timed) return Clock::none;
  return run.engine == Engine::live ? Clock::real : Clock::simulated;
}

bool same_clock(const ComparedRun& a, const ComparedRun& b) {
  return clock_of(a) == clock_of(b) && clock_of(a) != Clock::none;
}

bool is_time(const Figure& figure) { return figure.unit == FigureUnit::nanoseconds || figure.unit == FigureUnit::rate; }

// A number for a sentence: two digits, and no ".0".
std::string spoken(double value) {
  constexpr double whole_from = 9.95;
  if (value >= whole_from) return format_count(std::llround(value));
  const std::int64_t tenths = std::llround(value * 10);
  return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10));
}

// ---- What was set differently

void add_changes(std::span<const ParamSpec> a_specs, std::span<const ParamValue> a_values,
                 std::span<const ParamSpec> b_specs, std::span<const ParamValue> b_values, std::vector<Change>& out) {
  for (std::size_t at = 0; at < a_specs.size() && at < a_values.size(); ++at) {
    const ParamSpec& spec = a_specs[at];
    const auto other = std::ranges::find(b_specs, spec.key, &ParamSpec::key);
    const auto place = static_cast<std::size_t>(other - b_specs.begin());
    if (other == b_specs.end() || place >= b_values.size() || b_values[place] == a_values[at]) continue;
    out.push_back({spec.key, spec.label, show_value(spec, a_values[at]), show_value(*other, b_values[place])});
  }
}

std::vector<Change> changes_between(const ComparedRun& a, const ComparedRun& b) {
  std::vector<Change> out;
  const bool same_workload = a.workload->id == b.workload->id;
  if (!same_workload)
    out.push_back({"workload", Text{"Workload", "작업"}, Words(a.workload->title), Words(b.workload->title)});
  if (a.engine != b.engine)
    out.push_back({"engine", Text{"Engine", "실행 방식"}, Words(label_of(a.engine)), Words(label_of(b.engine))});
  // Two workloads may use one key for different things.
  if (same_workload) add_changes(a.workload->params, a.params, b.workload->params, b.params, out);
  if (a.engine == b.engine) add_changes(a.setting_specs, a.settings, b.setting_specs, b.settings, out);
  return out;
}

// ---- The figures

// How near the top a pair stands.
int rank_of(const FigurePair& pair) {
  if (pair.comparable && pair.a.key == "elapsed") return 0;
  return pair.a.tone != Tone::plain || pair.b.tone != Tone::plain ? 1 : 2;
}

std::vector<FigurePair> figures_in_common(const ComparedRun& a, const ComparedRun& b) {
  std::vector<FigurePair> all;
  const bool times = same_clock(a, b) && came_to_its_end(*a.outcome) && came_to_its_end(*b.outcome);
  for (const Figure& figure : a.outcome->figures) {
    const auto other = std::ranges::find(b.outcome->figures, figure.key, &Figure::key);
    if (other == b.outcome->figures.end() || other->unit != figure.unit) continue;
    FigurePair pair{figure, *other, times || !is_time(figure), std::nullopt};
    if (pair.comparable && figure.value > 0 && other->value >= 0) pair.ratio = other->value / figure.value;
    all.push_back(pair);
  }
  std::vector<FigurePair> out;
  for (const int rank : {0, 1, 2}) {
    std::ranges::copy_if(all, std::back_inserter(out), [&](const FigurePair& pair) { return rank_of(pair) == rank; });
  }
  return out;
}

// ---- How long it took

// The first half of a sentence, in Korean with the ending that leads to the second half.
struct Pace {
  Tone tone = Tone::plain;  // good where B took less
  Words and_then;           // empty where nothing can be said
  Words but;
};

Pace told_pace(Tone tone, Text and_then, Text but, const Words& value) {
  return {tone, fill(and_then, {{"x", value}}), fill(but, {{"x", value}})};
}

// Where a number or a text differs, there may have been more to do: then "slower" would say too much.
bool may_be_other_work(const ComparedRun& a, const ComparedRun& b) {
  for (std::size_t at = 0; at < a.workload->params.size() && at < a.params.size() && at < b.params.size(); ++at) {
    if (!traits_of(a.workload->params[at].kind).listed && a.params[at] != b.params[at]) return true;
  }
  return false;
}

Pace pace_of_ratio(double ratio, bool exact, bool other_work) {
  const double larger = std::max(ratio, 1 / ratio);
  if (larger < (exact ? exact_noise : live_noise)) {
    return exact && ratio == 1 ? told_pace(Tone::plain, {"Both took the same time", "걸린 시간은 같고"},
                                           {"Both took the same time", "걸린 시간은 같지만"}, {})
                               : told_pace(Tone::plain, {"Both took about the same time", "걸린 시간은 비슷하고"},
                                           {"Both took about the same time", "걸린 시간은 비슷하지만"}, {});
  }
  const bool longer = ratio > 1;
  const Tone tone = longer ? Tone::bad : Tone::good;
  if (other_work) {
    const std::string times = spoken(larger);
    const Words value{times, times};
    return longer ? told_pace(tone, {"B took {x} times as long as A", "B가 A보다 {x}배 오래 걸렸고"},
                              {"B took {x} times as long as A", "B가 A보다 {x}배 오래 걸렸지만"}, value)
                  : told_pace(tone, {"A took {x} times as long as B", "A가 B보다 {x}배 오래 걸렸고"},
                              {"A took {x} times as long as B", "A가 B보다 {x}배 오래 걸렸지만"}, value);
  }
  const bool small = larger < told_in_percent;
  const std::string amount = spoken(small ? (larger - 1) * 100 : larger);
  const Words value = small ? Words{amount + " %", amount + " %"} : Words{amount + " times", amount + "배"};
  return longer ? told_pace(tone, {"B was {x} slower than A", "B가 A보다 {x} 느리고"},
                            {"B was {x} slower than A", "B가 A보다 {x} 느리지만"}, value)
                : told_pace(tone, {"B was {x} faster than A", "B가 A보다 {x} 빠르고"},
                            {"B was {x} faster than A", "B가 A보다 {x} 빠르지만"}, value);
}

Pace pace_of(const ComparedRun& a, const ComparedRun& b, std::span<const FigurePair> figures) {
  if (a.workload->id != b.workload->id) return {};
  const auto usable = [](const FigurePair& pair) {
    return pair.ratio && *pair.ratio > 0 && pair.a.unit == FigureUnit::nanoseconds && pair.a.key == "elapsed";
  };
  const auto pair = std::ranges::find_if(figures, usable);
  if (pair == figures.end()) return {};
  return pace_of_ratio(*pair->ratio, a.engine == Engine::simulate, may_be_other_work(a, b));
}

// ---- What came out

// As the second half of a sentence: "No update was lost" -> "no update was lost", but "GIL ..." stays.
Words as_clause(const Words& headline) {
  Words out = headline;
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (!out.en.empty() && upper(out.en[0]) && (out.en.size() < 2 || !upper(out.en[1])))
    out.en[0] = static_cast<char>(out.en[0] - 'A' + 'a');
  return out;
}

Words joined(const Words& first, const Words& second) {
  if (first.empty()) return second;
  if (second.empty()) return first;
  return {first.en + " " + second.en, first.ko + " " + second.ko};
}

// What each of them came to.
Words each_outcome(const Outcome& a, const Outcome& b) {
  if (a.headline == b.headline)
    return fill({"Both times: {what}.", "둘 다 결과가 같다: {what}."}, {{"what", as_clause(a.headline)}});
  return fill({"A: {a}. B: {b}.", "A: {a}. B: {b}."}, {{"a", as_clause(a.headline)}, {"b", as_clause(b.headline)}});
}

Words one_end(std::string_view who, const Outcome& outcome) {
  Text pattern{"{who} came to its end: {what}.", "{who}는 끝까지 갔다: {what}."};
  switch (outcome.verdict) {
    case Verdict::ok:
    case Verdict::failure: break;
    case Verdict::hang: pattern = {"{who} came to a standstill: {what}.", "{who}는 영영 멈춰 버렸다: {what}."}; break;
    case Verdict::cancelled: pattern = {"{who} was stopped before its end.", "{who}는 끝나기 전에 멈췄다."}; break;
    case Verdict::limit: pattern = {"{who} could not run: {what}.", "{who}는 돌 수 없었다: {what}."}; break;
  }
  return fill(pattern, {{"who", who}, {"what", as_clause(outcome.headline)}});
}

// One sentence of the time and of what came out.
Words with_pace(const Pace& pace, const Outcome& a, const Outcome& b) {
  const bool a_good = a.verdict == Verdict::ok;
  const bool b_good = b.verdict == Verdict::ok;
  const Fill and_then{"pace", pace.and_then};
  const Fill but{"pace", pace.but};
  const Fill what{"what", as_clause(b.headline)};
  if (a_good && b_good)
    return fill({"{pace}, and both did what they should.", "{pace}, 둘 다 제대로 끝났다."}, {and_then});
  if (!a_good && !b_good && a.headline == b.headline)
    return fill({"{pace}, and both went wrong: {what}.", "{pace}, 둘 다 잘못됐다: {what}."}, {and_then, what});
  if (!a_good && !b_good) {
    return joined(fill({"{pace}, and both went wrong.", "{pace}, 둘 다 잘못됐다."}, {and_then}), each_outcome(a, b));
  }
  // Korean sets a loss of time against a gain in safety, too; English does not need to.
  if (b_good) return fill({"{pace}, and {what}.", "{pace}, {what}."}, {pace.tone == Tone::good ? and_then : but, what});
  return pace.tone == Tone::bad ? fill({"{pace}, and {what}.", "{pace}, {what}."}, {and_then, what})
                                : fill({"{pace}, but {what}.", "{pace}, {what}."}, {but, what});
}

Words note_of(const ComparedRun& a, const ComparedRun& b) {
  if (a.engine == Engine::explore || b.engine == Engine::explore) return {};
  if (a.engine != b.engine) {
    return Text{"The time of one is real and that of the other virtual, so they are not compared.",
                "한쪽은 실제 시간이고 다른 쪽은 가상 시간이라 서로 비교하지 않는다."};
  }
  if (!same_clock(a, b)) {
    return Text{"A policy that ignores the clock was at work, so the times are not compared.",
                "시계를 따르지 않는 정책으로 돌린 시간이라 비교하지 않는다."};
  }
  return {};
}

}  // namespace

std::vector<Setting> unusual_settings(const ComparedRun& run) {
  std::vector<Setting> out;
  const auto add = [&](std::span<const ParamSpec> specs, std::span<const ParamValue> values) {
    for (std::size_t at = 0; at < specs.size() && at < values.size(); ++at) {
      const ParamSpec& spec = specs[at];
      if (values[at] == spec.default_on(run.engine)) continue;
      out.push_back({spec.key, spec.label, show_value(spec, values[at])});
    }
  };
  add(run.workload->params, run.params);
  add(run.setting_specs, run.settings);
  return out;
}

Comparison compare(const ComparedRun& a, const ComparedRun& b) {
  Comparison out;
  out.changes = changes_between(a, b);
  out.figures = figures_in_common(a, b);
  const Outcome& one = *a.outcome;
  const Outcome& other = *b.outcome;
  const Pace pace = pace_of(a, b, out.figures);
  if (!came_to_its_end(one) || !came_to_its_end(other)) {
    out.sentence = joined(one_end("A", one), one_end("B", other));
    return out;
  }
  if (a.workload->id != b.workload->id) {
    out.sentence = joined(Text{"These are two workloads.", "서로 다른 작업이다."}, each_outcome(one, other));
    return out;
  }
  out.note = note_of(a, b);
  out.sentence = !pace.and_then.empty() ? with_pace(pace, one, other) : each_outcome(one, other);
  return out;
}

}  // namespace interleave
