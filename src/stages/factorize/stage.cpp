// The stage of `factorize`: a row for each number, the interpreter lock as a token beside whoever has it, and the
// clocks of those that wait for it.

#include <algorithm>
#include <array>
#include <cmath>

#include "core/format.h"
#include "stages/all.h"
#include "stages/common/gil_parts.h"
#include "stages/common/parts.h"
#include "view/messages.h"
#include "view/run/names.h"

namespace interleave::stages {
namespace {

constexpr Text say_idle{"Run looks for the divisors of each number, by trying every one.",
                        "실행을 누르면 수마다 하나하나 나눠 보며 약수를 찾습니다."};
constexpr Text say_live_gil{
    "Only the thread with the GIL runs. Another waits for a switch interval, asks, and gets it.",
    "GIL을 쥔 스레드만 돈다. 다른 스레드는 전환 간격만큼 기다렸다가 달라고 해서 받는다."};
constexpr Text say_live_serial{"The main thread does one number after the other.",
                               "메인 스레드가 수를 하나씩 처리한다."};
constexpr Text say_live_free{"Nothing keeps the threads apart: each runs when it has a core.",
                             "스레드를 가로막는 것이 없다. 코어만 있으면 돈다."};
constexpr Text say_live_processes{"Each process computes by itself, and sends back what it finds.",
                                  "프로세스마다 알아서 계산하고, 찾은 것을 돌려보낸다."};
constexpr Text no_gil{"No GIL here", "GIL 없음"};
constexpr Text process_name{"process {n}", "프로세스 {n}"};
constexpr Text own_gils{"A GIL in each process", "프로세스마다 GIL 하나씩"};
constexpr Text handovers_so_far{"GIL hand-overs: {n}", "GIL이 넘어간 횟수: {n}"};
constexpr Text elapsed{"elapsed", "걸린 시간"};
constexpr Text in_one_thread{"in one thread", "한 스레드라면"};

// What dividing once takes in virtual time, as the workload has it; a test holds the two together.
constexpr Nanoseconds division_compiled = 2;
constexpr Nanoseconds division_interpreted = 34;

constexpr float slot_width = 72;

struct Row {
  std::string letter;
  std::string name;
  std::int64_t number = 0;
  double share = 0;
  trace::State state = trace::State::idle;
  std::optional<ThreadId> thread;  // none where nobody is at this number
};

bool serial(const Model& model) { return model.params.option("mode") == "serial"; }
bool in_processes(const Model& model) { return model.params.option("mode") == "processes"; }

std::int64_t number_at(const Model& model, std::int64_t at) {
  const std::int64_t count = model.params.value("numbers", 1);
  const std::int64_t first = model.params.value("first", 1);
  return count <= 1 ? first : first + (model.params.value("last", 1) - first) * at / (count - 1);
}

// How many divisions each thread has made, by ThreadId.
std::vector<double> divisions(const StageInput& input) {
  const trace::Trace& trace = *input.run.trace();
  std::vector<double> out;
  if (input.model.engine == Engine::live) {
    for (const std::int64_t done : told_progress(trace)) out.push_back(static_cast<double>(done));
    return out;
  }
  const Nanoseconds unit =
      input.model.params.option("interpreter") == "none" ? division_compiled : division_interpreted;
  for (const Nanoseconds time : computed(trace, input.run.events(), input.model.snapshot->timed)) {
    out.push_back(static_cast<double>(time) / static_cast<double>(unit));
  }
  return out;
}

// Worked out of the trace.
struct Seen {
  GilScene gil;
  std::vector<double> done;          // divisions, by ThreadId
  std::vector<std::size_t> doer_of;  // who computes for a thread: itself, or its process; by ThreadId
};

Seen look(const StageInput& input) {
  if (!input.run.has_trace()) return {};
  const trace::Trace& trace = *input.run.trace();
  const std::size_t events = input.model.engine == Engine::live ? all_events : input.run.events();
  Seen out{make_gil_scene(trace, events), divisions(input), {}};
  for (std::size_t at = 0; at < out.done.size(); ++at) out.doer_of.push_back(at);
  for (std::size_t at = 0; at < out.done.size(); ++at) {
    const trace::ThreadInfo& thread = trace.threads()[at];
    if (thread.vehicle != trace::Vehicle::process || thread.parent.index() >= at) continue;
    out.doer_of[thread.parent.index()] = at;
    // On live the thread tells what its process has told it.
    if (input.model.engine != Engine::live) out.done[thread.parent.index()] = out.done[at];
  }
  return out;
}

std::vector<Row> make_rows(const Ui& ui, const StageInput& input, const Seen& seen) {
  const bool alone = serial(input.model);
  const std::vector<double>& done = seen.done;
  double left = alone && !done.empty() ? done[0] : 0;
  bool current_seen = false;
  std::vector<Row> rows;
  for (std::int64_t at = 0; at < input.model.params.value("numbers", 1); ++at) {
    Row row;
    const auto index = static_cast<std::size_t>(alone ? 0 : at + 1);
    row.letter = alone ? std::string("M") : letter_of(static_cast<std::size_t>(at));
    row.number = number_at(input.model, at);
    const auto size = static_cast<double>(std::max<std::int64_t>(row.number, 1));
    const bool known = index < done.size();
    row.name = thread_name(input.run, index).in(ui.language);
    if (alone && !known) row.name = ui.say(Text{"main", "메인"});
    if (in_processes(input.model)) row.name = fill(process_name, {{"n", at + 1}}).in(ui.language);
    const std::size_t doer = known ? seen.doer_of[index] : index;
    const double mine = alone ? std::min(left, size) : known ? done[index] : 0;
    left -= mine;
    row.share = std::clamp(mine / size, 0.0, 1.0);
    const bool current = known && (!alone || (row.share < 1 && !current_seen));
    if (current) {
      current_seen = true;
      row.thread = ThreadId{static_cast<std::uint32_t>(index)};
      row.state = doer < seen.gil.states.size() ? seen.gil.states[doer] : trace::State::idle;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

void draw_row(Ui& ui, Rect area, const Row& row, Rect slot, const GilScene& gil, Nanoseconds interval) {
  const bool roomy = area.h >= 44;
  Rect line = area;
  const float radius = std::min(11.0F, area.h / 2 - 3);
  const bool ended = row.share >= 1;
  badge(ui, {line.x + radius, line.center().y}, radius, row.letter,
        ui.theme.state(ended ? trace::State::running : row.state));
  line.cut_left(2 * radius + gap_3);
  const std::string percent = std::to_string(std::llround(std::floor(row.share * 100))) + " %";
  const std::string number = format_count(row.number);
  if (roomy) {
    line = line.middle(line.w, 40);
    Rect words = line.cut_top(22);
    ui.canvas.text(words.cut_right(ui.canvas.measure(Type::code, percent) + gap_1), Type::code, ui.theme.sub, percent,
                   Align::right);
    const float used = ui.canvas.measure(Type::code_strong, number);
    ui.canvas.text(words.cut_left(std::min(used + 1, words.w)), Type::code_strong, ui.theme.text, number);
    words.cut_left(gap_2);
    if (ui.canvas.measure(Type::label, row.name) <= words.w) {
      ui.canvas.text(words, Type::label, ui.theme.sub, row.name);
    }
    bar(ui, line.middle(line.w, 8), static_cast<float>(row.share), ui.theme.state(trace::State::running));
  } else {
    const float width = std::max(ui.canvas.measure(Type::code, "200,000,000"), 60.0F);
    ui.canvas.text(line.cut_left(width), Type::code, ui.theme.text, number, Align::right);
    line.cut_left(gap_2);
    ui.canvas.text(line.cut_right(ui.canvas.measure(Type::code, "100 %") + gap_1), Type::code, ui.theme.sub, percent,
                   Align::right);
    bar(ui, line.middle(line.w, 8), static_cast<float>(row.share), ui.theme.state(trace::State::running));
  }
  if (row.thread) {
    if (const GilWaiter* waiter = gil.waiter(*row.thread)) draw_gil_clock(ui, slot, *waiter, gil.now, interval);
  }
  ui.tell({"group", "number." + row.letter + number, row.name, percent}, area);
}

void draw_bars(Ui& ui, Rect area, const Outcome& outcome) {
  const double took = outcome.figure("elapsed").value_or(0);
  const double alone = took * outcome.figure("parallel").value_or(0);
  const double most = std::max({took, alone, 1.0});
  struct Line {
    Text label;
    double value;
    Color color;
  };
  const std::array lines{Line{in_one_thread, alone, ui.theme.accent},
                         Line{elapsed, took, ui.theme.state(trace::State::running)}};
  float labels = 0;
  float figures = 0;
  for (const Line& line : lines) {
    labels = std::max(labels, ui.canvas.measure(Type::label, ui.say(line.label)));
    figures = std::max(figures, ui.canvas.measure(Type::body_strong, format_duration(std::llround(line.value))));
  }
  for (const Line& line : lines) {
    Rect row = area.cut_top(comparison_height / 2);
    const std::string figure = format_duration(std::llround(line.value));
    ui.tell({"meter", line.label.en, ui.say(line.label), figure}, row);
    ui.canvas.text(row.cut_left(labels + gap_3), Type::label, ui.theme.sub, ui.say(line.label));
    ui.canvas.text(row.cut_right(figures + gap_3), Type::body_strong, ui.theme.text, figure, Align::right);
    bar(ui, row.middle(row.w, 12), static_cast<float>(line.value / most), line.color);
  }
}

std::string sentence(const Ui& ui, const StageInput& input) {
  if (!input.run.has_trace()) return std::string(ui.say(say_idle));
  const std::optional<Outcome>& outcome = input.model.snapshot->outcome;
  const bool at_end = input.model.engine == Engine::live || input.run.at_end();
  if (outcome && at_end) return outcome->sentence.in(ui.language);
  if (input.model.engine == Engine::simulate) return last_told(ui, input.run);
  if (serial(input.model)) return std::string(ui.say(say_live_serial));
  if (in_processes(input.model)) return std::string(ui.say(say_live_processes));
  return std::string(ui.say(has_gil(input.model) ? say_live_gil : say_live_free));
}

void draw(Ui& ui, Rect area, const StageInput& input) {
  const bool own = in_processes(input.model);
  const bool token = has_gil(input.model) && !own;
  const Nanoseconds interval = input.model.params.value("switch-interval", 1);
  const Seen& seen = input.run.derived<Seen>(input.chosen, [&] { return look(input); });
  const GilScene& gil = seen.gil;
  const std::vector<Row> rows = make_rows(ui, input, seen);
  const std::string said = sentence(ui, input);
  const Story story{said, {}};
  const float width = stage_column(area, 720, 0).w;
  const float story_h = story_height(ui, width, story);
  const auto count = static_cast<float>(rows.size());
  const auto& outcome = input.model.snapshot->outcome;
  // Where room is short, the bars go first, then the sentence.
  constexpr float note_height = 24;
  float left = area.h - 2 * gap_3 - note_height - count * 26;
  const auto afford = [&](float height) {
    if (left < height) return 0.0F;
    left -= height;
    return height;
  };
  const float story_room = afford(gap_4 + story_h);
  const bool compared = outcome && outcome->verdict == Verdict::ok && outcome->figure("parallel");
  const float bars = compared ? afford(gap_4 + comparison_height) : 0.0F;
  const float pitch = std::min(26 + std::max(0.0F, left) / count, 60.0F);
  Rect column = stage_column(area, 720, pitch * count + note_height + story_room + bars);
  const Rect note = column.cut_top(note_height);
  const std::string words =
      token ? fill(handovers_so_far, {{"n", static_cast<std::int64_t>(gil.handovers)}}).in(ui.language)
            : std::string(ui.say(own && has_gil(input.model) ? own_gils : no_gil));
  ui.canvas.text(note, Type::label, ui.theme.sub, words, Align::right);
  std::optional<float> holder;
  for (const Row& row : rows) {
    Rect line = column.cut_top(pitch);
    const Rect slot = token ? line.cut_right(slot_width) : Rect{};
    draw_row(ui, line, row, slot, gil, interval);
    if (row.thread && gil.holds(*row.thread)) holder = slot.center().y;
  }
  if (token && holder) {
    const float y = ui.follow("factorize/token", *holder);
    draw_gil_token(ui, {column.right() - slot_width / 2, y});
  }
  if (story_room > 0) {
    column.cut_top(gap_4);
    draw_story(ui, column.cut_top(story_h), story);
  }
  if (bars == 0) return;
  column.cut_top(gap_4);
  draw_bars(ui, column, *outcome);
}

}  // namespace

Stage stage_of_factorize() { return {"factorize", draw, nullptr}; }

}  // namespace interleave::stages
