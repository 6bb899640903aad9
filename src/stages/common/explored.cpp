// What an exploration found: counts, whether it is a proof, what came out how often, and the shortest failure.
#include "stages/common/explored.h"

#include <algorithm>
#include <cmath>

#include "core/format.h"
#include "stages/common/parts.h"
#include "view/messages.h"

namespace interleave::stages {
namespace {

constexpr Text explore_idle{"Run searches every order in which these threads can take their steps.",
                            "실행을 누르면 스레드들이 걸음을 밟을 수 있는 모든 순서를 찾아봅니다."};
constexpr Text executions_text{"orders that differ", "서로 다른 순서"};
constexpr Text executions_at_random{"random runs", "무작위 실행"};
constexpr Text ends{"ends that differ", "서로 다른 끝"};
constexpr Text failures{"go wrong", "잘못됨"};
constexpr Text hangs{"of these hang", "그중 멈춤"};
constexpr Text hangs_row{"hangs", "멈춤"};
constexpr Text all_orders{"orders in all", "모든 순서"};
constexpr Text states{"states", "상태"};
constexpr Text chance_text{"fail at random", "무작위일 때 실패"};
constexpr Text chance_between{"{low} to {high} of random orders fail, with a confidence of 95 %.",
                              "95 % 신뢰도로, 무작위 순서의 {low}에서 {high}가 실패합니다."};
constexpr Text at_random_only{"Orders were drawn at random: what was not found is not disproved.",
                              "순서를 무작위로 뽑았습니다. 못 찾았다고 없는 것은 아닙니다."};
constexpr Text pct_promise{
    "Each run finds a failure that needs {depth} steps in order with a chance of at least 1 in {n}.",
    "걸음 {depth}개의 순서가 맞아야 하는 실패를 실행마다 적어도 {n}분의 1의 확률로 찾습니다."};
constexpr Text bounded{"Every order with at most {n} interruptions was looked at; what happens with more is not known.",
                       "가로막기가 {n}번까지인 순서는 모두 보았습니다. 그보다 많으면 어떤지는 모릅니다."};
constexpr Text go_on_searching{"Search on", "더 찾기"};
constexpr Text lines_more{"and {n} lines more", "그리고 {n}줄 더"};
constexpr Text outcomes{"What came out, and in how many orders", "나온 값과 그 순서의 수"};
constexpr Text outcomes_chance{"What came out, and how likely it is at random", "나온 값과 무작위일 때의 확률"};
constexpr Text shortest_found{"The shortest found that goes wrong", "찾은 것 가운데 가장 짧게 잘못되는 순서"};
constexpr Text none_fails{"None of them goes wrong.", "잘못되는 것이 하나도 없습니다."};

using Report = trace::ExplorationReport;

constexpr float column_width = 720;
constexpr float count_width = 112;
constexpr float count_height = 56;
constexpr float bar_row = 28;
constexpr float story_row = 24;
constexpr float tight_story_row = 20;
constexpr float failure_heading = 48;
constexpr float heading = 24;
constexpr std::size_t most_bars = 8;

std::int64_t whole(std::uint64_t count) { return static_cast<std::int64_t>(count); }

bool fails(const Report& report) { return report.failures + report.hangs > 0 || !report.schedule.empty(); }

// ---- how much was looked at -----------------------------------------------------------------------------------------

struct Counted {
  std::string_view key;
  std::string value;
  Text label;
  Color ink;
};

// `told`: the outcome's figures say how many there were and how many failed.
std::vector<Counted> counted(const Ui& ui, const Report& report, bool told) {
  std::vector<Counted> out;
  const auto add = [&](std::string_view key, std::string value, Text label, Color ink) {
    out.push_back({key, std::move(value), label, ink});
  };
  if (!told) {
    add("executions", format_count(whole(report.executions)),
        report.sampled ? executions_at_random : (report.ends ? ends : executions_text), ui.theme.text);
    add("failures", format_count(whole(report.failures)), failures, report.failures > 0 ? ui.theme.bad : ui.theme.good);
    if (report.hangs > 0) add("hangs", format_count(whole(report.hangs)), hangs, ui.theme.bad);
  }
  if (report.orders) {
    add("orders", format_large_count(*report.orders), all_orders, ui.theme.text);
  } else if (report.states > 0) {
    add("states", format_count(whole(report.states)), states, ui.theme.text);
  }
  if (report.chance && fails(report)) {
    add("chance", format_chance(report.chance->value), chance_text, ui.theme.bad);
  }
  return out;
}

std::size_t counts_in_a_row(float width, std::size_t count) {
  return std::min(count, static_cast<std::size_t>(std::max(2.0F, std::floor(width / count_width))));
}

float counts_height(float width, std::size_t count) {
  const std::size_t columns = counts_in_a_row(width, count);
  const std::size_t rows = (count + columns - 1) / columns;
  return static_cast<float>(rows) * count_height;
}

void draw_counts(Ui& ui, Rect area, const std::vector<Counted>& counts) {
  const std::size_t columns = counts_in_a_row(area.w, counts.size());
  const float width = area.w / static_cast<float>(columns);
  for (std::size_t at = 0; at < counts.size(); ++at) {
    const Counted& one = counts[at];
    const std::size_t row = at / columns;
    Rect place{area.x + static_cast<float>(at % columns) * width, area.y + static_cast<float>(row) * count_height,
               width - gap_2, count_height};
    ui.tell({"meter", one.key, ui.say(one.label), one.value}, place);
    const bool narrow = ui.canvas.measure(Type::figure, one.value) > place.w;
    ui.canvas.text(place.cut_top(info(Type::figure).line), narrow ? Type::title : Type::figure, one.ink, one.value);
    ui.canvas.text(place.cut_top(20), Type::label, ui.theme.sub, ui.say(one.label));
  }
}

// What the counts say, and what they do not.
std::string proof_text(const Ui& ui, const Report& report) {
  const auto say = [&](const Words& words) { return words.in(ui.language); };
  if (report.sampled) {
    std::string out = say(at_random_only);
    if (report.guarantee > 0) {
      out += ' ' + say(fill(pct_promise, {{"depth", std::int64_t{report.depth}},
                                          {"n", format_large_count(std::ceil(1 / report.guarantee))}}));
    } else if (report.chance) {
      out += ' ' + say(fill(chance_between, {{"low", format_chance(report.chance->low)},
                                             {"high", format_chance(report.chance->high)}}));
    }
    return out;
  }
  if (report.exhausted) return say(fails(report) ? messages::exhausted_failing : messages::exhausted);
  if (report.ends && report.bound) return say(fill(bounded, {{"n", std::int64_t{*report.bound}}}));
  return say(messages::not_exhausted);
}

// ---- what came out --------------------------------------------------------------------------------------------------

bool has_chances(const Report& report) { return !report.histogram.empty() && report.histogram.front().chance; }

struct Row {
  std::string label;
  Type type = Type::code;  // words have no place in a font for figures
  double weight = 0;
  std::string figure;
  bool failure = false;
};

std::vector<Row> rows_of(const Ui& ui, const Report& report) {
  std::vector<Row> out;
  const bool chances = has_chances(report);
  double left = 1;
  const auto add = [&](std::string label, Type type, double chance, std::uint64_t executions, bool failure) {
    out.push_back({std::move(label), type, chances ? chance : static_cast<double>(executions),
                   chances ? format_chance(chance) : format_count(whole(executions)), failure});
  };
  for (const Report::Bar& bar : report.histogram) {
    left -= bar.chance.value_or(0);
    add(format_count(bar.value), Type::code, bar.chance.value_or(0), bar.executions, bar.failure);
  }
  // What does not end has no value.
  if (report.hangs > 0) add(std::string(ui.say(hangs_row)), Type::body, std::max(0.0, left), report.hangs, true);
  return out;
}

void draw_histogram(Ui& ui, Rect area, const std::vector<Row>& rows) {
  double most = 0;
  float labels = 0;
  float figures = 0;
  for (const Row& row : rows) {
    most = std::max(most, row.weight);
    labels = std::max(labels, ui.canvas.measure(row.type, row.label));
    figures = std::max(figures, ui.canvas.measure(Type::body_strong, row.figure));
  }
  for (const Row& one : rows) {
    Rect row = area.cut_top(bar_row);
    if (row.h < bar_row) break;
    ui.tell({"meter", "outcome." + one.label, one.label, one.figure}, row);
    const Color ink = one.failure ? ui.theme.bad : ui.theme.good;
    ui.canvas.text(row.cut_left(labels + gap_4), one.type, one.failure ? ink : ui.theme.text, one.label);
    draw_icon(ui.canvas, one.failure ? Icon::cross : Icon::check, row.cut_left(16), ink);
    row.cut_left(gap_2);
    ui.canvas.text(row.cut_right(figures + gap_2), Type::body_strong, ui.theme.text, one.figure, Align::right);
    row.cut_right(gap_2);
    const trace::State state = one.failure ? trace::State::waiting_lock : trace::State::running;
    bar(ui, row.middle(row.w, 12), most > 0 ? static_cast<float>(one.weight / most) : 0, ui.theme.state(state));
  }
}

// ---- the shortest failure -------------------------------------------------------------------------------------------

// Step by step, and between them what came of these; where there is no room for all, how many more there are.
void draw_lines(Ui& ui, Rect area, std::span<const trace::StoryLine> story, float row_h) {
  std::int64_t number = 0;
  for (std::size_t at = 0; at < story.size() && area.h >= row_h; ++at) {
    Rect row = area.cut_top(row_h);
    const auto left = static_cast<std::int64_t>(story.size() - at);
    if (left > 1 && area.h < row_h) {
      const Words more = fill(lines_more, {{"n", left}});
      row.cut_left(28);
      ui.canvas.text(row, Type::body, ui.theme.mute, ui.say(more));
      return;
    }
    const trace::StoryLine& line = story[at];
    Rect margin = row.cut_left(28);
    if (line.step) ui.canvas.text(margin, Type::label, ui.theme.mute, std::to_string(++number));
    ui.canvas.text(row, Type::body, line.step ? ui.theme.text : ui.theme.bad, ui.say(line.words));
  }
}

void draw_failure(Ui& ui, Rect area, const Report& report, RunView& run, float row_h) {
  Rect head = area.cut_top(failure_heading);
  const std::string_view title = ui.say(report.shortest ? messages::shortest : shortest_found);
  if (!report.schedule.empty()) {
    ButtonLook look{ButtonStyle::secondary, Icon::step, false, true, false};
    const float title_width = ui.canvas.measure(Type::body_strong, title) + gap_4;
    look.text_hidden = title_width + button_width(ui, ui.say(messages::watch), look) > head.w;
    const float width = button_width(ui, ui.say(messages::watch), look);
    if (button(ui, head.cut_right(width).middle(width, ui.control()), "watch", ui.say(messages::watch), look)) {
      ui.requests.push_back(WatchSchedule{report.schedule});
      run.rewind_next();
    }
  }
  ui.canvas.text(head, Type::body_strong, ui.theme.text, title);
  draw_lines(ui, area.cut_top(std::max(0.0F, area.h - row_h)), report.story, row_h);
  if (report.schedule.empty() || area.h < row_h) return;
  const std::string_view label = ui.say(messages::schedule);
  Rect row = area.cut_top(row_h);
  ui.canvas.text(row.cut_left(ui.canvas.measure(Type::label, label) + gap_3), Type::label, ui.theme.mute, label);
  ui.canvas.text(row, Type::code, ui.theme.sub, report.schedule);
}

// ---- what to do next ------------------------------------------------------------------------------------------------

// The workload's own remedy, where it has not been taken.
const Preset* remedy_for(const Model& model, const Report& report) {
  if (!fails(report) || !model.workload->remedy) return nullptr;
  const Preset& remedy = *model.workload->remedy;
  const bool taken = std::ranges::all_of(
      remedy.values, [&](const auto& value) { return model.params.option(value.first) == value.second; });
  return taken ? nullptr : &remedy;
}

bool may_search_on(const StageInput& input, const Report& report) {
  return report.may_go_on && input.model.snapshot->phase == trace::Phase::finished && !input.model.set_for_next;
}

void draw_actions(Ui& ui, Rect row, const Preset* remedy, bool search_on) {
  const ButtonLook look{ButtonStyle::secondary, Icon::none, false, true, false};
  const auto next = [&](std::string_view text) {
    const Rect place = row.cut_left(std::min(row.w, button_width(ui, text, look)));
    row.cut_left(gap_2);
    return place.middle(place.w, ui.control());
  };
  if (remedy != nullptr) {
    const std::string_view text = ui.say(remedy->label);
    if (button(ui, next(text), "remedy", text, look)) ui.requests.push_back(TryRemedy{});
  }
  if (search_on) {
    const std::string_view text = ui.say(go_on_searching);
    if (button(ui, next(text), "search-on", text, look)) ui.requests.push_back(GoOnRequest{});
  }
}

// ---- all of it ------------------------------------------------------------------------------------------------------

// What stands on the stage, and how high each part is.
struct Plan {
  bool tight = false;
  std::vector<Counted> counts;
  std::string proof;
  const Preset* remedy = nullptr;
  bool search_on = false;
  std::vector<Row> rows;
  bool has_failure = false;
  float counts_h = 0;
  float proof_h = 0;
  float actions_h = 0;
  float bars_h = 0;
  float story_row_h = story_row;
  float gap = gap_4;  // between parts
  float height = 0;
};

Plan plan_for(Ui& ui, Rect area, const StageInput& input, const Report& report, bool tight) {
  Plan out;
  const float width = stage_column(area, column_width, 0).w;
  out.tight = tight;
  if (tight) {
    out.gap = gap_2;
    out.story_row_h = tight_story_row;
  }
  // A search that was stopped has an outcome without figures.
  const std::optional<Outcome>& outcome = input.model.snapshot->outcome;
  out.counts = counted(ui, report, tight && outcome && !outcome->figures.empty());
  out.counts_h = out.counts.empty() ? 0 : counts_height(width, out.counts.size()) + out.gap;
  out.proof = proof_text(ui, report);
  out.proof_h =
      (tight ? ui.canvas.paragraph_height(width, Type::body, out.proof) : story_height(ui, width, {out.proof})) +
      out.gap;
  out.remedy = remedy_for(input.model, report);
  out.search_on = may_search_on(input, report);
  if (out.remedy != nullptr || out.search_on) out.actions_h = ui.control() + out.gap;
  out.rows = rows_of(ui, report);
  out.bars_h = heading + static_cast<float>(std::min(out.rows.size(), most_bars)) * bar_row + out.gap;
  out.has_failure = !report.story.empty() || !report.schedule.empty();
  const float failure_h =
      out.has_failure ? failure_heading + static_cast<float>(report.story.size() + 1) * out.story_row_h : heading;
  out.height = 2 * gap_3 + out.counts_h + out.proof_h + out.actions_h + out.bars_h + failure_h;
  return out;
}

void draw_planned(Ui& ui, Rect area, const StageInput& input, const Report& report, const Plan& plan) {
  Rect column = stage_column(area.inset(0, gap_3), column_width, plan.height - 2 * gap_3);
  const auto part = [&](float height) {
    Rect out = column.cut_top(height);
    out.h = std::max(0.0F, out.h - plan.gap);
    return out;
  };
  if (plan.counts_h > 0) draw_counts(ui, part(plan.counts_h), plan.counts);
  const Rect proof = part(plan.proof_h);
  if (plan.tight) {
    ui.canvas.paragraph(proof, Type::body, ui.theme.text, plan.proof);
    ui.tell({"status", "story", plan.proof}, proof);
  } else {
    draw_story(ui, proof, {plan.proof});
  }
  if (plan.actions_h > 0) draw_actions(ui, part(plan.actions_h), plan.remedy, plan.search_on);
  Rect bars = part(plan.bars_h);
  ui.canvas.text(bars.cut_top(heading), Type::body_strong, ui.theme.text,
                 ui.say(has_chances(report) ? outcomes_chance : outcomes));
  draw_histogram(ui, bars, plan.rows);
  if (plan.has_failure) {
    draw_failure(ui, column, report, input.run, plan.story_row_h);
  } else if (report.exhausted) {
    ui.canvas.text(column, Type::body, ui.theme.good, ui.say(none_fails));
  }
}

}  // namespace

void draw_exploration(Ui& ui, Rect area, const StageInput& input) {
  const std::optional<Report>& found = input.model.snapshot->exploration;
  if (!found) {
    const std::string_view idle = ui.say(explore_idle);
    const float width = stage_column(area, 640, 0).w;
    const float height = story_height(ui, width, {idle});
    draw_story(ui, stage_column(area, 640, height), {idle});
    return;
  }
  const Report& report = *found;
  const Plan roomy = plan_for(ui, area, input, report, false);
  // The outcome's figures, which stand below the stage then, come with the end of the search.
  const bool tight = roomy.height > area.h && input.model.snapshot->phase == trace::Phase::finished;
  draw_planned(ui, area, input, report, tight ? plan_for(ui, area, input, report, true) : roomy);
}

}  // namespace interleave::stages
