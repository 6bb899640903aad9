#include "stages/common/parts.h"

#include <algorithm>
#include <cmath>

#include "core/format.h"
#include "stages/common/gil_parts.h"
#include "stages/common/texts.h"
#include "view/run/names.h"

namespace interleave::stages {
namespace {

constexpr Text expected_words{"expected", "기대한 값"};

constexpr float story_padding_x = 20;
constexpr float story_padding_y = 14;
constexpr float row_height = 32;

// The smallest of 10, 20, 50, 100, ... that leaves the longer bar some room, but never beyond what there is to come.
double round_scale(double value, double total) {
  double power = 10;
  for (;; power *= 10) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (power * factor >= value * 1.2) return std::max(std::min(power * factor, total), value);
    }
  }
}

std::vector<Stretch> stretches_of(const Ui& ui, const Story& story) {
  std::vector<Stretch> stretches{{Type::sentence_strong, ui.theme.text, story.sentence}};
  if (!story.emphasis.empty()) stretches.push_back({Type::sentence_strong, ui.theme.tone(story.tone), story.emphasis});
  return stretches;
}

}  // namespace

float story_height(Ui& ui, float width, const Story& story) {
  return ui.canvas.sentence_height(width - 2 * story_padding_x, stretches_of(ui, story)) + 2 * story_padding_y;
}

void draw_story(Ui& ui, Rect area, const Story& story) {
  card(ui, area);
  ui.canvas.sentence(area.inset(story_padding_x, story_padding_y), stretches_of(ui, story));
  ui.tell({"status", "story", std::string(story.sentence).append(story.emphasis)}, area);
}

void draw_comparison(Ui& ui, Rect area, double expected, double found, double total) {
  const auto scale =
      static_cast<double>(ui.follow("comparison/scale", static_cast<float>(round_scale(expected, total))));
  const std::string expected_text = format_count(std::llround(expected));
  const std::string found_text = format_count(std::llround(found));
  const std::string_view expected_label = ui.say(expected_words);
  const std::string_view found_label = ui.say(texts::found);
  const float labels =
      std::max(ui.canvas.measure(Type::label, expected_label), ui.canvas.measure(Type::label, found_label)) + gap_3;
  const float figures =
      std::max(ui.canvas.measure(Type::body_strong, expected_text), ui.canvas.measure(Type::body_strong, found_text)) +
      gap_3;
  const auto line = [&](Rect row, std::string_view label, double value, const std::string& figure, Color color) {
    ui.canvas.text(row.cut_left(std::max(labels, 64.0F)), Type::label, ui.theme.sub, label);
    ui.canvas.text(row.cut_right(figures), Type::body_strong, ui.theme.text, figure, Align::right);
    bar(ui, row.middle(row.w, 12), scale > 0 ? static_cast<float>(value / scale) : 0, color);
  };
  line(area.cut_top(comparison_height / 2), expected_label, expected, expected_text, ui.theme.accent);
  const Color color =
      found < expected ? ui.theme.state(trace::State::waiting_lock) : ui.theme.state(trace::State::running);
  const Rect second = area.cut_top(comparison_height / 2);
  line(second, found_label, found, found_text, color);
  ui.tell({"meter", "expected", expected_label, expected_text}, second);
  ui.tell({"meter", "found", found_label, found_text}, second);
}

Rect stage_column(Rect area, float widest, float height) {
  const float margin = area.w < 480 ? gap_4 : gap_6;
  const float width = std::min(widest, area.w - 2 * margin);
  const float free = std::max(0.0F, area.h - height);
  // A little above the middle looks centred.
  return {area.x + (area.w - width) / 2, area.y + std::floor(free * 0.42F), width, std::min(height, area.h)};
}

const Outcome* outcome_shown(const StageInput& input) {
  const std::optional<Outcome>& outcome = input.model.snapshot->outcome;
  return outcome && (input.model.engine == Engine::live || input.run.at_end()) ? &*outcome : nullptr;
}

std::string told_so_far(const Ui& ui, const StageInput& input, const Text& idle, const Text& live) {
  if (!input.run.has_trace()) return std::string(ui.say(idle));
  if (const Outcome* outcome = outcome_shown(input)) return outcome->sentence.in(ui.language);
  return input.model.engine == Engine::simulate ? last_told(ui, input.run) : std::string(ui.say(live));
}

float progress_height(std::size_t rows, float width) {
  const std::size_t columns = rows > 8 && width > 560 ? 2 : 1;
  const auto lines = (rows + columns - 1) / columns;
  return static_cast<float>(lines) * row_height;
}

void draw_progress(Ui& ui, Rect area, std::span<const ProgressRow> rows) {
  const std::size_t columns = rows.size() > 8 && area.w > 560 ? 2 : 1;
  const std::size_t each = (rows.size() + columns - 1) / columns;
  const float width = (area.w - static_cast<float>(columns - 1) * gap_6) / static_cast<float>(columns);
  const float pitch = std::min(row_height, area.h / static_cast<float>(std::max<std::size_t>(each, 1)));
  float names = 0;
  float figures = 0;
  for (const ProgressRow& row : rows) {
    names = std::max(names, ui.canvas.measure(Type::body, row.name));
    figures = std::max(figures, ui.canvas.measure(Type::label, row.figure));
  }
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const ProgressRow& row = rows[at];
    const auto column = at / each;
    Rect line{area.x + static_cast<float>(column) * (width + gap_6), area.y + static_cast<float>(at % each) * pitch,
              width, pitch};
    const bool ended = row.state == trace::State::idle && row.share >= 1;
    const Color color = ended ? ui.theme.state(trace::State::running) : ui.theme.state(row.state);
    const float radius = std::min(10.0F, pitch / 2 - 2);
    badge(ui, {line.x + radius, line.center().y}, radius, row.letter, color);
    line.cut_left(2 * radius + gap_2);
    ui.canvas.text(line.cut_left(std::min(names + gap_3, line.w * 0.34F)), Type::body, ui.theme.text, row.name);
    ui.canvas.text(line.cut_right(figures + gap_2), Type::label, ui.theme.sub, row.figure, Align::right);
    bar(ui, line.middle(line.w, 8), static_cast<float>(row.share), ui.theme.state(trace::State::running));
  }
}

std::vector<ProgressRow> live_rows(const Ui& ui, const StageInput& input, std::size_t threads, std::int64_t each) {
  std::vector<std::int64_t> done;
  if (input.run.has_trace()) done = live_progress(*input.run.trace());
  // The last batch of a thread's progress may not have been seen; one that ended by itself has done all.
  const std::optional<Outcome>& outcome = input.model.snapshot->outcome;
  const bool came_to_its_end = input.model.snapshot->phase == trace::Phase::finished && outcome &&
                               (outcome->verdict == Verdict::ok || outcome->verdict == Verdict::failure);
  std::vector<ProgressRow> rows;
  for (std::size_t at = 1; at <= threads; ++at) {
    const bool known = at < done.size();
    const trace::State state = known ? last_state(input.run, at) : trace::State::idle;
    const bool complete = known && came_to_its_end && state == trace::State::idle;
    const std::int64_t count = complete ? each : known ? done[at] : 0;
    rows.push_back({letter_of(at - 1), thread_name(input.run, at).in(ui.language),
                    static_cast<double>(count) / static_cast<double>(each), format_count(count), state});
  }
  return rows;
}

ObjectId object_named(const trace::Trace& trace, const rt::Name& name) {
  const Words words = name.words();
  const auto& objects = trace.objects();
  for (std::size_t at = 0; at < objects.size(); ++at) {
    if (objects[at].name.en == words.en) return ObjectId{static_cast<std::uint32_t>(at)};
  }
  return ObjectId::none();
}

std::vector<std::int64_t> live_progress(const trace::Trace& trace) {
  std::vector<std::int64_t> done(trace.threads().size());
  for (std::size_t at = 0; at < trace.streams().size(); ++at) {
    const auto& events = trace.streams()[at]->events();
    std::vector<bool> seen(done.size());
    // The last progress of a thread is near its stream's end, so this looks from there, and not far.
    const std::size_t count = events.size();
    for (std::size_t back = 0; back < std::min<std::size_t>(count, 256); ++back) {
      const trace::Event& event = events[count - 1 - back];
      const std::size_t thread = event.thread.index();
      if (event.kind != trace::Kind::progress || thread >= done.size() || seen[thread]) continue;
      done[thread] = std::max(done[thread], event.value);
      seen[thread] = true;
    }
  }
  return done;
}

trace::State last_state(const RunView& run, std::size_t thread) {
  const auto lanes = run.lanes();
  if (thread >= lanes.size() || lanes[thread].spans.empty()) return trace::State::idle;
  return lanes[thread].spans.back().state;
}

}  // namespace interleave::stages
