// The stage of `process_pool`: the parent with its list of tasks, a box for each worker, what goes back and forth
// between them, and where each worker's time went.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "core/format.h"
#include "stages/all.h"
#include "stages/common/gil_parts.h"
#include "stages/common/parts.h"
#include "stages/process_pool/scene.h"
#include "view/kit/icons.h"
#include "view/run/names.h"

namespace interleave::stages {
namespace {

using Phase = ProcessPool::Phase;

constexpr Text say_idle{
    "Run hands the tasks out. A process needs each of them as bytes, and answers in bytes.",
    "실행을 누르면 작업을 나눠 줍니다. 프로세스에게는 바이트로 만들어 보내고, 답도 바이트로 받습니다."};
constexpr Text say_live{"Each worker takes the next tasks when it has done its last ones.",
                        "일꾼마다 맡은 작업을 마치면 다음 작업을 가져간다."};
constexpr Text parent_process{"parent process", "부모 프로세스"};
constexpr Text one_process{"one process", "한 프로세스"};
constexpr Text tasks_done{"{n} of {all} tasks done", "작업 {all}개 가운데 {n}개 마침"};
constexpr Text worker_tasks{"{n} done", "{n}개 마침"};
constexpr Text process_name{"process {n}", "프로세스 {n}"};
constexpr Text thread_of_pool{"thread {n}", "스레드 {n}"};
constexpr Text main_thread{"main thread", "메인 스레드"};
constexpr Text grid_name{"Tasks", "작업"};
constexpr Text not_started{"not started", "시작 전"};
constexpr Text starts{"starts", "시작하는 중"};
constexpr Text one_task{"task {n}", "작업 {n}"};
constexpr Text many_tasks{"tasks {n}-{m}", "작업 {n}-{m}"};
constexpr Text encodes{"encoding {tasks}", "{tasks} 인코딩"};
constexpr Text goes_there{"sending {tasks}", "{tasks} 보내는 중"};
constexpr Text computes{"computing {tasks}", "{tasks} 계산"};
constexpr Text comes_back{"hearing of {tasks}", "{tasks} 결과 받는 중"};
constexpr Text decodes{"decoding {tasks}", "{tasks} 결과 디코딩"};
constexpr Text between{"takes the next", "다음 작업 받기"};
constexpr Text at_end{"no more to do", "할 일 없음"};
constexpr Text lost{"ended too early: {code}", "너무 일찍 끝남: {code}"};
constexpr Text sent_and_back{"{sent} bytes there, {back} bytes back", "보낸 바이트 {sent}, 돌아온 바이트 {back}"};
constexpr std::array share_names{Text{"starting", "시작"}, Text{"encoding", "인코딩"}, Text{"moving", "옮기기"},
                                 Text{"computing", "계산"}, Text{"waiting for the GIL", "GIL 대기"}};
constexpr Text without_work{"no work", "일 없음"};

constexpr float most_width = 880;
constexpr float header_height = 28;
constexpr float legend_row = 20;
constexpr float swatch = 12;
constexpr float bar_height = 10;
constexpr float tallest_row = 68;
constexpr float lowest_row = 32;
constexpr float most_tasks = 96;  // above the workers, where it is narrow
constexpr float least_tasks = 16;
constexpr float least_wide = 600;

PoolScene look(const StageInput& input) {
  static const trace::Trace nothing;
  const bool live = input.model.engine == Engine::live;
  const trace::Trace& trace = input.run.has_trace() ? *input.run.trace() : nothing;
  return make_pool_scene(trace, live ? SIZE_MAX : input.run.events(), params_of<ProcessPool>(input.model));
}

// ---- words ----------------------------------------------------------------------------------------------------------

// Where what a worker has in hand is.
enum class Whereabouts : std::uint8_t { nowhere, encoded, going, there, coming, decoded };

Whereabouts whereabouts(const PoolWorker& worker) {
  switch (worker.phase) {
    case Phase::encodes: return Whereabouts::encoded;
    case Phase::decodes: return Whereabouts::decoded;
    case Phase::away: break;
    case Phase::computes: return Whereabouts::there;
    default: return Whereabouts::nowhere;
  }
  if (!worker.process) return Whereabouts::going;
  const ChildSeen& process = *worker.process;
  if (process.pipe(rt::Pipe::in).level > 0 || process.waits_at == rt::Pipe::in) return Whereabouts::going;
  return process.pipe(rt::Pipe::out).level > 0 ? Whereabouts::coming : Whereabouts::there;
}

bool is_lost(const PoolWorker& worker) { return worker.process && worker.process->code.value_or(0) != 0; }

std::string doing(const Ui& ui, const PoolWorker& worker) {
  if (is_lost(worker)) return fill(lost, {{"code", *worker.process->code}}).in(ui.language);
  if (!worker.begun) return std::string(ui.say(not_started));
  if (worker.ended) return std::string(ui.say(at_end));
  if (worker.phase == Phase::starts) return std::string(ui.say(starts));
  if (worker.phase == Phase::computes && worker.state != trace::State::running) {
    return std::string(ui.say(label_of(worker.state)));
  }
  const auto with_task = [&](const Text& text) {
    const auto first = static_cast<std::int64_t>(worker.task.value_or(0)) + 1;
    const auto last = first + static_cast<std::int64_t>(worker.in_hand) - 1;
    const std::string which = last <= first ? fill(one_task, {{"n", first}}).in(ui.language)
                                            : fill(many_tasks, {{"n", first}, {"m", last}}).in(ui.language);
    return fill(text, {{"tasks", std::string_view(which)}}).in(ui.language);
  };
  switch (whereabouts(worker)) {
    case Whereabouts::encoded: return with_task(encodes);
    case Whereabouts::going: return with_task(goes_there);
    case Whereabouts::there: return with_task(computes);
    case Whereabouts::coming: return with_task(comes_back);
    case Whereabouts::decoded: return with_task(decodes);
    case Whereabouts::nowhere: break;
  }
  const bool waits = waits_for_object(worker.state) || worker.state == trace::State::ready;
  return std::string(ui.say(waits ? label_of(worker.state) : between));
}

std::string name_of(const Ui& ui, const PoolScene& scene, std::size_t at) {
  if (scene.workers[at].thread == 0) return std::string(ui.say(main_thread));
  return fill(scene.processes() ? process_name : thread_of_pool, {{"n", static_cast<std::int64_t>(at) + 1}})
      .in(ui.language);
}

// ---- where time went ------------------------------------------------------------------------------------------------

// Only computing is what was wanted: the rest is quieter, but for what one waits for.
Color color_of(const Ui& ui, PoolShare share) {
  switch (share) {
    case PoolShare::starting: return ui.theme.mute.faded(0.55F);
    case PoolShare::coding: return ui.theme.sub;
    case PoolShare::moving: return ui.theme.state(trace::State::blocked);
    case PoolShare::computing: return ui.theme.state(trace::State::running);
    case PoolShare::waiting: return ui.theme.state(trace::State::waiting_gil);
  }
  return {};
}

void fill_share(Ui& ui, Rect area, PoolShare share) {
  ui.canvas.fill(area, color_of(ui, share));
  if (share == PoolShare::coding && area.w >= 3) ui.canvas.hatch(area, ui.theme.panel.faded(0.55F), 4);
}

void draw_split(Ui& ui, Rect area, const PoolScene& scene, const PoolWorker& worker, std::string_view name) {
  ui.canvas.fill(area, ui.theme.state(trace::State::idle), 2);
  std::string told;
  float x = area.x;
  for (std::size_t at = 0; at < pool_share_count && scene.elapsed > 0; ++at) {
    const double part = static_cast<double>(worker.shares.at(at)) / static_cast<double>(scene.elapsed);
    const float width = area.w * static_cast<float>(part);
    fill_share(ui, {x, area.y, std::min(width, area.right() - x), area.h}, static_cast<PoolShare>(at));
    x = std::min(area.right(), x + width);
    if (worker.shares.at(at) == 0) continue;
    told.append(told.empty() ? "" : ", ").append(ui.say(share_names.at(at))).append(" ");
    told += format_duration(worker.shares.at(at));
  }
  ui.tell({"meter", "split." + std::string(name), name, told}, area);
  if (ui.hovers(area) && !told.empty()) ui.tooltip({std::string(name), told});
}

std::vector<PoolShare> shares_shown(const PoolScene& scene) {
  if (scene.processes()) return {PoolShare::starting, PoolShare::coding, PoolShare::moving, PoolShare::computing};
  if (scene.serial()) return {PoolShare::computing};
  return {PoolShare::computing, PoolShare::waiting};
}

// Draws the legend, or only measures its height.
float legend(Ui& ui, Rect area, const PoolScene& scene, bool draw) {
  float x = area.x;
  float y = area.y;
  const auto entry = [&](const Text& label, const auto& paint) {
    const float width = swatch + gap_1 + ui.canvas.measure(Type::label, ui.say(label)) + 1;
    if (x > area.x && x + width > area.right()) {
      x = area.x;
      y += legend_row;
    }
    if (draw) {
      paint(Rect{x, y + (legend_row - swatch) / 2, swatch, swatch});
      ui.canvas.text(Rect{x + swatch + gap_1, y, width - swatch - gap_1, legend_row}, Type::label, ui.theme.sub,
                     ui.say(label));
    }
    x += width + gap_2;
  };
  for (const PoolShare share : shares_shown(scene)) {
    entry(share_names.at(static_cast<std::size_t>(share)), [&](Rect place) { fill_share(ui, place, share); });
  }
  entry(without_work, [&](Rect place) { ui.canvas.fill(place, ui.theme.state(trace::State::idle)); });
  return y + legend_row - area.y;
}

// ---- the tasks ------------------------------------------------------------------------------------------------------

struct GridShape {
  std::size_t columns = 1;
  float cell = 1;
};

// The largest cells with which all tasks fit.
GridShape shape_of(Rect area, std::size_t tasks) {
  for (float cell = 26; cell > 4; cell -= 1) {
    const auto columns = static_cast<std::size_t>(std::max(1.0F, std::floor(area.w / cell)));
    const std::size_t rows = (tasks + columns - 1) / columns;
    if (static_cast<float>(rows) * cell <= area.h) return {columns, cell};
  }
  return {static_cast<std::size_t>(std::max(1.0F, std::floor(area.w / 4))), 4};
}

float tasks_height(float width, float most, std::size_t tasks) {
  const auto [columns, cell] = shape_of({0, 0, width, most}, tasks);
  const std::size_t rows = (tasks + columns - 1) / columns;
  return std::min(most, static_cast<float>(rows) * cell);
}

void draw_tasks(Ui& ui, Rect area, const PoolScene& scene) {
  const auto [columns, cell] = shape_of(area, scene.tasks.size());
  const float space = cell >= 14 ? 3.0F : 1.0F;
  for (std::size_t at = 0; at < scene.tasks.size(); ++at) {
    const std::size_t row = at / columns;
    const Rect place{area.x + static_cast<float>(at % columns) * cell, area.y + static_cast<float>(row) * cell,
                     cell - space, cell - space};
    const PoolTask& task = scene.tasks[at];
    const Color owner = ui.theme.owner(task.worker);
    const float corner = cell >= 10 ? 3.0F : 0.0F;
    switch (task.place) {
      case PoolTask::Place::to_do: ui.canvas.fill(place, ui.theme.track, corner); break;
      case PoolTask::Place::in_work:
        ui.canvas.fill(place, ui.theme.tint(owner), corner);
        ui.canvas.stroke(place, owner, corner, cell >= 10 ? 2.0F : 1.0F);
        break;
      case PoolTask::Place::done: ui.canvas.fill(place, owner, corner); break;
    }
    if (cell < 20 || task.place == PoolTask::Place::to_do) continue;
    const bool done = task.place == PoolTask::Place::done;
    ui.canvas.text(place, Type::label, done ? ui.theme.panel : ui.theme.text,
                   scene.serial() ? "M" : letter_of(task.worker), Align::center);
  }
  const std::string told =
      fill(tasks_done, {{"n", scene.done}, {"all", static_cast<std::int64_t>(scene.tasks.size())}}).in(ui.language);
  ui.tell({"img", "pool.tasks", ui.say(grid_name), told}, area);
}

// ---- workers --------------------------------------------------------------------------------------------------------

void draw_pipe(Ui& ui, Rect area, const PipeSeen& pipe, bool to_the_right) {
  constexpr float head = 8;
  Rect vessel = area;
  const Rect tip = to_the_right ? vessel.cut_right(head) : vessel.cut_left(head);
  ui.canvas.fill(vessel, ui.theme.track.faded(0.7F), 3);
  const float share = std::min(1.0F, static_cast<float>(static_cast<double>(pipe.level) / rt::pipe_capacity));
  if (pipe.level > 0) {
    const Color color = ui.theme.state(share >= 1 ? trace::State::waiting_gil : trace::State::blocked);
    Rect level = vessel;
    const float width = std::max(3.0F, vessel.w * share);
    ui.canvas.fill(to_the_right ? level.cut_right(width) : level.cut_left(width), color.faded(0.6F), 3);
  }
  const float end = to_the_right ? tip.right() : tip.x;
  draw_arrow_head(ui.canvas, {end, tip.center().y}, to_the_right ? 1.0F : -1.0F, 0, ui.theme.mute);
}

// Two pipes, one there and one back, and what is on its way in them.
void draw_pipes(Ui& ui, Rect area, const PoolWorker& worker, std::size_t at) {
  Rect lanes = area.middle(area.w, 30);
  const Rect there = lanes.cut_top(11);
  const Rect back = lanes.cut_bottom(11);
  const ChildSeen none;
  const ChildSeen& process = worker.process ? *worker.process : none;
  const PipeSeen& to_process = process.pipe(rt::Pipe::in);
  const PipeSeen& from_process = process.pipe(rt::Pipe::out);
  draw_pipe(ui, there, to_process, true);
  draw_pipe(ui, back, from_process, false);
  const std::string told =
      fill(sent_and_back, {{"sent", to_process.passed}, {"back", from_process.passed}}).in(ui.language);
  ui.tell({"group", "pipes." + std::to_string(at + 1), std::to_string(at + 1), told}, area);
  if (ui.hovers(area)) ui.tooltip({told});
  const Whereabouts where = whereabouts(worker);
  if (where == Whereabouts::nowhere) return;
  // The message goes out on the upper way and comes back on the lower one.
  constexpr std::array<float, 6> along{0, 0.06F, 0.5F, 0.97F, 0.5F, 0.06F};
  const float share = ui.follow("pool/message." + std::to_string(at), along.at(static_cast<std::size_t>(where)));
  const bool upper = where <= Whereabouts::there;
  const Rect lane = upper ? there : back;
  const float width = std::clamp(6.0F + 4.0F * static_cast<float>(worker.in_hand), 10.0F, 34.0F);
  const Rect message{lane.x + (lane.w - width) * share, lane.y - 1, width, lane.h + 2};
  ui.canvas.fill(message, ui.theme.owner(at), 3);
}

// What a worker does and has done, and under that where its time went.
void draw_worker(Ui& ui, Rect area, const PoolScene& scene, std::size_t at, bool own_gil, float widest) {
  const PoolWorker& worker = scene.workers[at];
  const std::string name = name_of(ui, scene, at);
  const std::string does = doing(ui, worker);
  const std::string count = fill(worker_tasks, {{"n", worker.tasks}}).in(ui.language);
  ui.tell({"group", "worker." + std::to_string(at + 1), name, does + "; " + count}, area);
  const bool tight = area.h < 40;
  Rect inner = area.middle(area.w, tight ? area.h - 4 : 20 + gap_2 + bar_height);
  const Rect split = inner.cut_bottom(tight ? 6 : bar_height);
  Rect line = inner.cut_top(tight ? inner.h - 1 : 20);
  badge(ui, {line.x + 9, line.center().y}, tight ? 8.0F : 9.0F, scene.serial() ? "M" : letter_of(at),
        ui.theme.owner(at));
  line.cut_left(18 + gap_2);
  const float counted = ui.canvas.measure(Type::label, count) + 1;
  ui.canvas.text(line.cut_right(counted), Type::label, ui.theme.sub, count, Align::right);
  line.cut_right(gap_2);
  if (own_gil && line.w >= 120) {
    pill(ui, line.cut_right(36).middle(36, 18), "GIL", Type::label_strong, ui.theme.sub, ui.theme.raised);
    line.cut_right(gap_2);
  }
  const float named = ui.canvas.measure(Type::body_strong, name) + 1;
  const float told = ui.canvas.measure(Type::label, does) + 1;
  if (named + gap_3 + widest <= line.w) {
    ui.canvas.text(line.cut_left(named), Type::body_strong, ui.theme.text, name);
    line.cut_left(gap_3);
  }
  const bool bad = is_lost(worker);
  if (told <= line.w) ui.canvas.text(line, Type::label, bad ? ui.theme.bad : ui.theme.sub, does);
  draw_split(ui, split, scene, worker, name);
}

struct Rows {
  float pitch = tallest_row;
  float pipes = 0;  // the width between the parent and a worker
};

// The boxes of processes, or within the parent's own box its threads.
void draw_workers(Ui& ui, Rect area, const PoolScene& scene, const Rows& rows, bool gil) {
  // Either all have room for their names, or none is given.
  float widest = 0;
  for (const PoolWorker& worker : scene.workers) {
    widest = std::max(widest, ui.canvas.measure(Type::label, doing(ui, worker)) + 1);
  }
  for (std::size_t at = 0; at < scene.workers.size(); ++at) {
    Rect row = area.cut_top(rows.pitch);
    if (scene.processes()) draw_pipes(ui, row.cut_left(rows.pipes), scene.workers[at], at);
    Rect box = row.inset(0, std::clamp((rows.pitch - lowest_row) / 2, 1.5F, 4.0F));
    if (scene.processes()) {
      ui.canvas.fill(box, ui.theme.panel, corner_small);
      ui.canvas.stroke(box, is_lost(scene.workers[at]) ? ui.theme.bad : ui.theme.line, corner_small);
      box = box.inset(10, 0);
    }
    const bool token = gil && !scene.processes();
    const Rect slot = token ? box.cut_right(token_width + gap_2) : Rect{};
    draw_worker(ui, box, scene, at, gil && scene.processes(), widest);
    if (!token || !scene.workers[at].holds_gil) continue;
    const float y = ui.follow("pool/token", slot.center().y);
    draw_gil_token(ui, {slot.right() - token_width / 2, y});
  }
}

// ---- all of it ------------------------------------------------------------------------------------------------------

void draw_title(Ui& ui, Rect area, const PoolScene& scene) {
  const std::string done =
      fill(tasks_done, {{"n", scene.done}, {"all", static_cast<std::int64_t>(scene.tasks.size())}}).in(ui.language);
  const std::string_view whose = ui.say(scene.processes() ? parent_process : one_process);
  const float named = ui.canvas.measure(Type::body_strong, whose) + 1;
  const float counted = ui.canvas.measure(Type::label, done) + 1;
  if (named + gap_3 + counted <= area.w) {
    ui.canvas.text(area.cut_left(named), Type::body_strong, ui.theme.text, whose);
    ui.canvas.text(area, Type::label, ui.theme.sub, done, Align::right);
    return;
  }
  ui.canvas.text(area, Type::label, ui.theme.sub, done);
}

// The parent at the left, its workers beside it.
void draw_beside(Ui& ui, Rect area, const PoolScene& scene, const Rows& rows, bool gil) {
  Rect left = area;
  if (!scene.processes()) {
    ui.canvas.fill(area, ui.theme.panel, corner_card);
    ui.canvas.stroke(area, ui.theme.line, corner_card);
    left = area = area.inset(gap_4, gap_2);
  }
  left = area.cut_left(std::floor(area.w * (scene.processes() ? 0.32F : 0.36F)));
  if (scene.processes()) {
    ui.canvas.fill(left, ui.theme.panel, corner_card);
    ui.canvas.stroke(left, ui.theme.line, corner_card);
    left = left.inset(gap_4, gap_2);
  } else {
    area.cut_left(gap_6);
  }
  draw_title(ui, left.cut_top(header_height), scene);
  left.cut_top(gap_1);
  draw_tasks(ui, left, scene);
  draw_workers(ui, area.middle(area.w, rows.pitch * static_cast<float>(scene.workers.size())), scene, rows, gil);
}

void draw(Ui& ui, Rect area, const StageInput& input) {
  const SceneNow kept(input, [&] { return look(input); });
  const PoolScene& scene = kept.get();
  const bool gil = ProcessPool::interpreter(scene.params).has_gil();
  const std::string said = told_so_far(ui, input, say_idle, say_live);
  const Story story{said, {}};
  const float width = stage_column(area, most_width, 0).w;
  const float story_h = story_height(ui, width, story);
  const bool wide = width >= least_wide;
  const float legend_h = legend(ui, {0, 0, width, legend_row}, scene, false);
  const auto count = static_cast<float>(scene.workers.size());
  // Where room is short, the sentence goes, which the result has too; then the tasks get smaller.
  float left = area.h - 2 * gap_2 - legend_h - gap_2;
  const float workers_h = count * lowest_row;
  const float tasks_least = wide ? 0 : header_height + least_tasks + gap_3;
  const float story_room = left - tasks_least - story_h - gap_4 >= workers_h ? story_h + gap_4 : 0;
  left -= story_room;
  const float tasks_most = std::clamp(left - workers_h - header_height - gap_3, least_tasks, most_tasks);
  const float tasks_h = wide ? 0 : header_height + tasks_height(width, tasks_most, scene.tasks.size()) + gap_3;
  left -= tasks_h;
  Rows rows{std::clamp(left / count, lowest_row, tallest_row), wide ? 116.0F : 56.0F};
  const float least = wide ? std::min(left, 150.0F) : 0;
  const float middle = std::max(rows.pitch * count + (wide && !scene.processes() ? 2 * gap_2 : 0), least);
  Rect column = stage_column(area, most_width, legend_h + gap_2 + tasks_h + middle + story_room);
  if (wide) {
    draw_beside(ui, column.cut_top(std::min(middle, column.h)), scene, rows, gil);
  } else {
    Rect tasks = column.cut_top(tasks_h);
    draw_title(ui, tasks.cut_top(header_height), scene);
    tasks.cut_bottom(gap_3);
    draw_tasks(ui, tasks, scene);
    draw_workers(ui, column.cut_top(middle), scene, rows, gil);
  }
  column.cut_top(gap_2);
  legend(ui, column.cut_top(legend_h), scene, true);
  if (story_room == 0) return;
  column.cut_top(gap_4);
  draw_story(ui, column.cut_top(story_h), story);
}

}  // namespace

Stage stage_of_process_pool() { return {"process_pool", draw, nullptr}; }

}  // namespace interleave::stages
