// The stage of `coroutines`: a field of all tasks, each in the colour of what it is doing, or a forest where each has a
// thread of its own; under it what the threads do over time; and, after a live run, what memory it took.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "core/format.h"
#include "stages/all.h"
#include "stages/common/parts.h"
#include "stages/coroutines/scene.h"
#include "view/messages.h"
#include "view/timeline/messages_timeline.h"

namespace interleave::stages {
namespace {

using Phase = CoroutinesScene::Phase;
using Strand = CoroutinesScene::Strand;
using Moment = CoroutinesScene::Moment;

constexpr Text say_idle{"Run starts all tasks at once. Each waits, and waits again.",
                        "실행을 누르면 모든 태스크가 한꺼번에 시작합니다. 저마다 기다리고 또 기다립니다."};
constexpr Text say_live{"The tasks are on their way.", "태스크들이 돌고 있다."};
constexpr Text say_limit{" A loop would carry them all on one thread.", " 루프라면 스레드 하나로 모두 돌린다."};
constexpr Text tasks_on_loop{"{n} tasks on one event loop", "이벤트 루프 하나에 태스크 {n}개"};
constexpr Text with_pool{", with a pool of {n}", ", 스레드 {n}개짜리 풀과 함께"};
constexpr Text one_on_loop{"One task on an event loop", "이벤트 루프에 태스크 하나"};
constexpr Text tasks_on_threads{"{n} tasks, a thread each", "태스크 {n}개에 스레드 하나씩"};
constexpr Text one_on_thread{"One task on a thread", "스레드에 태스크 하나"};
constexpr Text each_stands_for{"each stands for {n}", "하나가 {n}개"};
constexpr Text loops_thread{"the loop", "루프"};
constexpr Text pool_thread{"pool {n}", "풀 {n}"};
constexpr Text own_thread{"thread {n}", "스레드 {n}"};
constexpr Text own_threads{"{from}–{to}", "{from}–{to}"};
constexpr Text one_strand{"What the one thread does, a colour for each task",
                          "스레드 하나가 하는 일, 태스크마다 다른 색"};
constexpr Text many_strands{"What each thread does", "스레드마다 하는 일"};
constexpr Text as_tasks{"as tasks", "태스크로"};
constexpr Text as_threads{"as threads", "스레드로"};
constexpr Text memory_title{"Memory for {n}, to one scale", "{n}개의 메모리, 같은 자로"};
constexpr Text ran{"running {share}", "실행 {share}"};
constexpr std::array phase_names{Text{"not begun", "시작 전"}, Text{"waiting", "기다림"}, Text{"ready", "준비"},
                                 Text{"running", "실행"}, Text{"ended", "끝남"}};

constexpr float most_width = 836;
constexpr float header_height = 24;
constexpr float row_height = 26;
constexpr float largest_cell = 40;
constexpr float smallest_cell = 6;
constexpr std::size_t most_cells = 2'000;
constexpr std::size_t most_round = 600;  // a circle has many corners
constexpr float tree_from = 10;          // smaller ones are mere squares
constexpr float panel_width = 220;
constexpr float strand_title = 22;
constexpr float axis_height = 20;
constexpr float tallest_strand = 30;
constexpr float memory_height = 78;

Color color_of(const Theme& theme, Phase phase) {
  switch (phase) {
    case Phase::to_come: return theme.track.faded(0.6F);
    case Phase::waiting: return theme.state(trace::State::blocked);
    case Phase::ready: return theme.state(trace::State::ready);
    case Phase::running: return theme.state(trace::State::running);
    case Phase::ended: return theme.mute.faded(0.7F);
  }
  return theme.track;
}

// ---- the field ------------------------------------------------------------------------------------------------------

// How the tasks are laid out: in rows, several to a cell where they are too many.
struct Grid {
  std::size_t together = 1;
  std::size_t across = 1;
  std::size_t down = 1;
  float size = largest_cell;
};

Grid grid_of(float width, float height, std::size_t tasks) {
  Grid out;
  const auto fits = [&](float size) {
    const auto across = static_cast<std::size_t>(std::max(1.0F, std::floor(width / size)));
    return across * static_cast<std::size_t>(std::max(1.0F, std::floor(height / size)));
  };
  while (out.size > smallest_cell && fits(out.size) < tasks && fits(out.size) < most_cells) out.size -= 1;
  out.together = (tasks + fits(out.size) - 1) / fits(out.size);
  const std::size_t cells = (tasks + out.together - 1) / out.together;
  out.across = std::min(cells, static_cast<std::size_t>(std::max(1.0F, std::floor(width / out.size))));
  out.down = (cells + out.across - 1) / out.across;
  return out;
}

// Of several tasks the colours are mixed as the phases are among them.
Color mixed(const Theme& theme, const CoroutinesScene& scene, std::size_t first, std::size_t count) {
  Color out = over(color_of(theme, scene.tasks[first]), theme.bg);
  for (std::size_t at = 1; at < count; ++at) {
    const Color next = over(color_of(theme, scene.tasks[first + at]), theme.bg);
    out = mix(out, next, 1.0F / static_cast<float>(at + 1));
  }
  return out;
}

void draw_tree(Ui& ui, Rect cell, Color crown, bool begun) {
  const float middle = cell.center().x;
  const Color bark = begun ? ui.theme.mute : ui.theme.track;
  ui.canvas.line({middle, cell.bottom() - 1}, {middle, cell.center().y}, bark, std::max(1.5F, cell.w * 0.12F));
  ui.canvas.circle({middle, cell.y + cell.h * 0.38F}, cell.w * 0.32F, crown);
}

void draw_field(Ui& ui, Rect area, const CoroutinesScene& scene, const Grid& grid) {
  const float space = grid.size >= 24 ? 6.0F : grid.size >= 12 ? 3.0F : 1.0F;
  const bool round = grid.size >= tree_from && grid.across * grid.down <= most_round;
  for (std::size_t cell = 0; cell * grid.together < scene.tasks.size(); ++cell) {
    const std::size_t first = cell * grid.together;
    const std::size_t count = std::min(grid.together, scene.tasks.size() - first);
    const Color color = mixed(ui.theme, scene, first, count);
    const std::size_t across = cell % grid.across;
    const std::size_t down = cell / grid.across;
    const Rect place{area.x + grid.size * static_cast<float>(across), area.y + grid.size * static_cast<float>(down),
                     grid.size - space, grid.size - space};
    if (scene.each_its_own() && grid.together == 1 && round) {
      draw_tree(ui, place, color, scene.tasks[first] != Phase::to_come);
    } else if (round) {
      ui.canvas.circle(place.center(), place.w / 2, color);
    } else {
      ui.canvas.fill(place, color);
    }
  }
}

std::string told_phases(const Ui& ui, const CoroutinesScene& scene) {
  std::string out;
  for (std::size_t at = 0; at < CoroutinesScene::phase_count; ++at) {
    if (scene.in_phase.at(at) == 0) continue;
    if (!out.empty()) out += ", ";
    out.append(ui.say(phase_names.at(at))).append(" ").append(format_count(scene.in_phase.at(at)));
  }
  return out;
}

std::int64_t pool_of(const CoroutinesScene& scene) {
  return std::ranges::count(scene.strands, Strand::Kind::pool, &Strand::kind);
}

void draw_header(Ui& ui, Rect area, const CoroutinesScene& scene, const Grid& grid) {
  const auto tasks = static_cast<std::int64_t>(scene.tasks.size());
  const Text& one = scene.each_its_own() ? one_on_thread : one_on_loop;
  const Text& many = scene.each_its_own() ? tasks_on_threads : tasks_on_loop;
  std::string title = tasks == 1 ? std::string(ui.say(one)) : fill(many, {{"n", tasks}}).in(ui.language);
  if (const std::int64_t pool = pool_of(scene); pool > 0) title += fill(with_pool, {{"n", pool}}).in(ui.language);
  ui.tell({"group", "tasks", title, told_phases(ui, scene)}, area);
  area.cut_left(ui.canvas.text(area, Type::body_strong, ui.theme.text, title) + gap_3);
  if (grid.together == 1) return;
  const std::string scale = fill(each_stands_for, {{"n", static_cast<std::int64_t>(grid.together)}}).in(ui.language);
  if (ui.canvas.measure(Type::label, scale) <= area.w) ui.canvas.text(area, Type::label, ui.theme.sub, scale);
}

// How many there are in each phase: the legend, too.
void draw_phase(Ui& ui, Rect row, const CoroutinesScene& scene, std::size_t at) {
  const Color color = color_of(ui.theme, static_cast<Phase>(at));
  const std::int64_t count = scene.in_phase.at(at);
  ui.canvas.fill(row.cut_left(12).middle(12, 12), color, 3);
  row.cut_left(gap_2);
  ui.canvas.text(row.cut_left(64), Type::label, ui.theme.sub, ui.say(phase_names.at(at)));
  ui.canvas.text(row.cut_right(64), Type::code, ui.theme.text, format_count(count), Align::right);
  row.cut_right(gap_2);
  const double share = static_cast<double>(count) / static_cast<double>(scene.tasks.size());
  bar(ui, row.middle(row.w, 8), static_cast<float>(share), color);
}

// The same without bars, one after the other; two rows are enough on the narrowest screen.
constexpr std::size_t flowing_rows = 2;

void flow_phases(Ui& ui, Rect area, const CoroutinesScene& scene) {
  Rect row = area.cut_top(row_height);
  for (std::size_t at = 0; at < CoroutinesScene::phase_count; ++at) {
    const std::string_view name = ui.say(phase_names.at(at));
    const std::string figure = format_count(scene.in_phase.at(at));
    const float words = ui.canvas.measure(Type::label, name) + 1;
    const float digits = ui.canvas.measure(Type::label, figure) + 1;
    if (row.w < 12 + gap_2 + words + gap_1 + digits) row = area.cut_top(row_height);
    ui.canvas.fill(row.cut_left(12).middle(12, 12), color_of(ui.theme, static_cast<Phase>(at)), 3);
    row.cut_left(gap_2);
    ui.canvas.text(row.cut_left(words), Type::label, ui.theme.sub, name);
    row.cut_left(gap_1);
    ui.canvas.text(row.cut_left(digits), Type::label, ui.theme.text, figure);
    row.cut_left(gap_4);
  }
}

void draw_phases(Ui& ui, Rect area, const CoroutinesScene& scene, bool beside) {
  if (!beside) return flow_phases(ui, area, scene);
  for (std::size_t at = 0; at < CoroutinesScene::phase_count; ++at) draw_phase(ui, area.cut_top(row_height), scene, at);
}

float phases_height(bool beside) {
  return row_height * static_cast<float>(beside ? CoroutinesScene::phase_count : flowing_rows);
}

// ---- the strands ----------------------------------------------------------------------------------------------------

std::string name_of(const Ui& ui, const Strand& strand) {
  const auto first = static_cast<std::int64_t>(strand.first) + 1;
  switch (strand.kind) {
    case Strand::Kind::loop: return std::string(ui.say(loops_thread));
    case Strand::Kind::pool: return fill(pool_thread, {{"n", first}}).in(ui.language);
    case Strand::Kind::own: break;
  }
  if (strand.threads == 1) return fill(own_thread, {{"n", first}}).in(ui.language);
  const std::int64_t last = first + static_cast<std::int64_t>(strand.threads) - 1;
  return fill(own_threads, {{"from", first}, {"to", last}}).in(ui.language);
}

// Columns that look the same are drawn as one.
bool alike(const Moment& one, const Moment& other) {
  constexpr float seen = 0.01F;
  return one.task == other.task && std::fabs(one.running - other.running) < seen &&
         std::fabs(one.waiting - other.waiting) < seen && std::fabs(one.ready - other.ready) < seen;
}

// On a loop's thread each task has the colour of its number, so that turns can be told apart.
void draw_moments(Ui& ui, Rect track, const Strand& strand) {
  const bool loop = strand.kind == Strand::Kind::loop;
  const float width = track.w / static_cast<float>(strand.moments.size());
  for (std::size_t at = 0; at < strand.moments.size();) {
    const Moment& moment = strand.moments[at];
    std::size_t end = at + 1;
    while (end < strand.moments.size() && alike(moment, strand.moments[end])) ++end;
    float bottom = track.bottom();
    const auto part = [&](float share, Color color) {
      if (share <= 0.004F) return;
      const float height = track.h * std::min(share, 1.0F);
      const float left = track.x + width * static_cast<float>(at);
      ui.canvas.fill({left, bottom - height, width * static_cast<float>(end - at), height}, color);
      bottom -= height;
    };
    const Color own = moment.task < 0 ? ui.theme.mute : ui.theme.owner(static_cast<std::size_t>(moment.task));
    part(moment.running, loop ? own : ui.theme.state(trace::State::running));
    part(moment.ready, ui.theme.state(trace::State::ready));
    part(moment.waiting, ui.theme.state(trace::State::blocked));
    at = end;
  }
}

float share_running(const Strand& strand) {
  float sum = 0;
  for (const Moment& moment : strand.moments) sum += moment.running;
  return sum / static_cast<float>(strand.moments.size());
}

float strands_height(const CoroutinesScene& scene, float pitch) {
  return strand_title + pitch * static_cast<float>(scene.strands.size()) + axis_height;
}

void draw_strands(Ui& ui, Rect area, const StageInput& input, const CoroutinesScene& scene) {
  const bool one = scene.strands.size() == 1;
  ui.canvas.text(area.cut_top(strand_title), Type::label, ui.theme.sub, ui.say(one ? one_strand : many_strands));
  Rect axis = area.cut_bottom(axis_height);
  const float pitch = area.h / static_cast<float>(scene.strands.size());
  const bool named = pitch >= 16;
  float names = 0;
  for (const Strand& strand : scene.strands) {
    names = std::max(names, ui.canvas.measure(Type::label, name_of(ui, strand)) + gap_3);
  }
  if (!named) names = 0;
  for (const Strand& strand : scene.strands) {
    Rect row = area.cut_top(pitch);
    const std::string name = name_of(ui, strand);
    const std::string share = format_percent(static_cast<double>(share_running(strand)));
    ui.tell({"group", "strand." + name, name, fill(ran, {{"share", std::string_view(share)}}).in(ui.language)}, row);
    if (named) ui.canvas.text(row.cut_left(names), Type::label, ui.theme.sub, name);
    const Rect track = row.inset(0, pitch >= 8 ? 2.0F : 0.5F);
    ui.canvas.fill(track, ui.theme.track.faded(0.35F), 2);
    draw_moments(ui, track, strand);
  }
  axis.cut_left(names);
  if (scene.end == 0) return;
  const bool steps = input.run.by_steps();
  const std::string end =
      steps ? format_count(scene.end) + " " + std::string(ui.say(messages::steps_unit)) : format_duration(scene.end);
  ui.canvas.text(axis, Type::label, ui.theme.mute, "0");
  ui.canvas.text(axis, Type::label, ui.theme.mute, end, Align::right);
}

// ---- memory ---------------------------------------------------------------------------------------------------------

struct Memory {
  double tasks = 0;
  double threads = 0;
};

// Only live runs know, and only those whose tasks are tasks have both to compare.
std::optional<Memory> memory_of(const StageInput& input, const CoroutinesScene& scene) {
  const std::optional<Outcome>& outcome = input.model.snapshot->outcome;
  if (!outcome || !input.run.has_trace()) return std::nullopt;
  const auto all = outcome->figure("memory");
  const auto stack = outcome->figure("stack");
  if (!all || !stack) return std::nullopt;
  return Memory{*all, *stack * static_cast<double>(scene.tasks.size())};
}

void draw_memory(Ui& ui, Rect area, const CoroutinesScene& scene, const Memory& memory) {
  const auto tasks = static_cast<std::int64_t>(scene.tasks.size());
  const std::string title = fill(memory_title, {{"n", tasks}}).in(ui.language);
  ui.canvas.text(area.cut_top(strand_title), Type::label, ui.theme.sub, title);
  const float names =
      std::max(ui.canvas.measure(Type::label, ui.say(as_tasks)), ui.canvas.measure(Type::label, ui.say(as_threads))) +
      gap_3;
  const auto line = [&](std::string_view key, const Text& name, double bytes, Color color) {
    Rect row = area.cut_top(row_height);
    const std::string figure = format_bytes(bytes);
    ui.tell({"meter", key, ui.say(name), figure}, row);
    ui.canvas.text(row.cut_left(names), Type::label, ui.theme.sub, ui.say(name));
    ui.canvas.text(row.cut_right(92), Type::code, ui.theme.text, figure, Align::right);
    row.cut_right(gap_2);
    const Rect track = row.middle(row.w, 8);
    const double most = std::max(memory.tasks, memory.threads);
    const float width = std::max(2.0F, track.w * static_cast<float>(bytes / most));
    ui.canvas.fill(track, ui.theme.track.faded(0.35F), 4);
    ui.canvas.fill({track.x, track.y, width, track.h}, color, std::min(4.0F, width / 2));
  };
  line("memory.tasks", as_tasks, memory.tasks, ui.theme.owner(0));
  line("memory.threads", as_threads, memory.threads, ui.theme.owner(1));
}

// ---- all of it ------------------------------------------------------------------------------------------------------

struct Said {
  std::string sentence;
  std::string emphasis;
};

Said say(const Ui& ui, const StageInput& input, const CoroutinesScene& scene) {
  Said out{told_so_far(ui, input, say_idle, say_live), {}};
  const std::optional<Outcome>& outcome = input.model.snapshot->outcome;
  if (outcome && outcome->verdict == Verdict::limit && scene.each_its_own()) out.emphasis = ui.say(say_limit);
  return out;
}

// What there is room for: where it is short, memory goes first, then the sentence; the strands become thin before.
struct Plan {
  Grid grid;
  bool beside = false;
  float phases = 0;
  float field = 0;
  float strands = 0;
  float memory = 0;
  float story = 0;

  [[nodiscard]] float height() const {
    const auto with_gap = [](float height, float gap) { return height > 0 ? height + gap : 0; };
    return header_height + gap_2 + field + (beside ? 0 : gap_2 + phases) + gap_4 + strands + with_gap(memory, gap_4) +
           with_gap(story, gap_4);
  }
};

Plan plan_for(Rect area, const CoroutinesScene& scene, float story_height, bool has_memory) {
  constexpr float least_field = 60;
  const float width = stage_column(area, most_width, 0).w;
  const auto strands = static_cast<float>(scene.strands.size());
  Plan out;
  out.beside = width >= 620;
  out.phases = phases_height(out.beside);
  out.field = out.beside ? out.phases : least_field;
  out.strands = strands_height(scene, std::clamp(72.0F / strands, 2.5F, tallest_strand));
  float left = area.h - 2 * gap_3 - out.height();
  const auto afford = [&](float height) {
    if (left < height + gap_4) return 0.0F;
    left -= height + gap_4;
    return height;
  };
  out.story = afford(story_height);
  if (has_memory) out.memory = afford(memory_height);
  left = std::max(0.0F, left);
  const float most_strands = strands_height(scene, std::min(tallest_strand, std::max(240.0F / strands, 5.0F)));
  const float more = std::clamp(left / 2, 0.0F, std::max(0.0F, most_strands - out.strands));
  out.strands += more;
  const float room = out.field + left - more;
  out.grid = grid_of(out.beside ? width - panel_width - gap_6 : width, room, scene.tasks.size());
  out.field =
      std::min(room, std::max(out.grid.size * static_cast<float>(out.grid.down), out.beside ? out.phases : 0.0F));
  return out;
}

void draw(Ui& ui, Rect area, const StageInput& input) {
  const SceneNow kept(input, [&] { return make_coroutines_scene(input.model, input.run); });
  const CoroutinesScene& scene = kept.get();
  const Said said = say(ui, input, scene);
  const Story story{said.sentence, said.emphasis};
  const float story_h = story_height(ui, stage_column(area, most_width, 0).w, story);
  const std::optional<Memory> memory = memory_of(input, scene);
  const Plan plan = plan_for(area, scene, story_h, memory.has_value());
  Rect column = stage_column(area, most_width, plan.height());
  draw_header(ui, column.cut_top(header_height), scene, plan.grid);
  column.cut_top(gap_2);
  Rect field = column.cut_top(plan.field);
  if (plan.beside) {
    draw_phases(ui, field.cut_right(panel_width), scene, true);
  } else {
    column.cut_top(gap_2);
    draw_phases(ui, column.cut_top(plan.phases), scene, false);
  }
  draw_field(ui, field, scene, plan.grid);
  column.cut_top(gap_4);
  draw_strands(ui, column.cut_top(plan.strands), input, scene);
  if (plan.memory > 0) {
    column.cut_top(gap_4);
    draw_memory(ui, column.cut_top(plan.memory), scene, *memory);
  }
  if (plan.story > 0) {
    column.cut_top(gap_4);
    draw_story(ui, column.cut_top(plan.story), story);
  }
}

}  // namespace

Stage stage_of_coroutines() { return {workloads::Coroutines::id, draw, nullptr}; }

}  // namespace interleave::stages
