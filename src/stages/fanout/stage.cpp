// The stage of `fanout`: the grid, each cell in the colour of the worker that computed it in the generation shown, and
// the workers, or the crowd of threads and tasks where each cell has one of its own.

#include <algorithm>
#include <array>
#include <cmath>

#include "core/format.h"
#include "stages/all.h"
#include "stages/common/gil_parts.h"
#include "stages/common/parts.h"
#include "stages/fanout/scene.h"
#include "view/run/names.h"

namespace interleave::stages {
namespace {

using Note = Fanout::Note;

constexpr Text say_idle{"Run computes generation after generation. Each cell is a task.",
                        "실행을 누르면 세대를 하나씩 계산합니다. 칸 하나가 일 하나입니다."};
constexpr Text say_live_serial{"The main thread does every cell.", "메인 스레드가 모든 칸을 계산한다."};
constexpr Text say_live_workers{"The workers take the cells, as many at a time as there are workers.",
                                "일꾼들이 칸을 가져간다. 한 번에 일꾼 수만큼 진행된다."};
constexpr Text say_live_each{"Each cell has its own, and all of them are there at once.",
                             "칸마다 하나씩, 모두 한꺼번에 있다."};
constexpr Text say_limit{" A thread for each of {cells} cells is too many. {workers} workers and a queue would do.",
                         " 칸 {cells}개에 스레드 하나씩은 너무 많다. 일꾼 {workers}명과 큐면 된다."};
constexpr Text generation_of{"Generation {n} of {all}", "{n}세대 (모두 {all}세대)"};
constexpr Text generations_to_come{"{all} generations to compute", "앞으로 {all}세대"};
constexpr Text alive{"alive", "살아 있음"};
constexpr Text dead{"dead", "죽음"};
constexpr Text in_work{"in work", "계산 중"};
constexpr Text not_yet{"not yet", "아직"};
constexpr Text grid_name{"The grid", "격자"};
constexpr Text grid_holds{"{n} cells alive", "살아 있는 칸 {n}개"};
constexpr Text cells_of_worker{"{n} cells", "칸 {n}개"};
constexpr Text at_a_cell{"at a cell", "칸 계산 중"};
constexpr Text waits_for_work{"waits for work", "일을 기다림"};
constexpr Text crowd_of_threads{"{n} cells, so {n} threads in each generation", "칸이 {n}개라 세대마다 스레드 {n}개"};
constexpr Text crowd_of_tasks{"{n} cells, so {n} tasks in each generation", "칸이 {n}개라 세대마다 태스크 {n}개"};
constexpr Text threads_made{"threads made", "만든 스레드"};
constexpr Text tasks_made{"tasks made", "만든 태스크"};
constexpr Text at_once{"at once, at most", "한꺼번에 최대"};
constexpr Text cells_done{"cells computed", "계산한 칸"};
constexpr Text a_second{"cells a second", "초당 칸"};

constexpr float most_width = 836;
constexpr float header_height = 28;
constexpr float figures_height = 52;
constexpr float panel_width = 264;
constexpr float row_height = 30;
constexpr float curve_height = 64;
constexpr float largest_cell = 34;
constexpr float lettered_cell = 19;  // from here on a cell has room for its worker's letter

std::string letter_at(const FanoutScene& scene, std::size_t worker) {
  return scene.serial() ? std::string("M") : letter_of(worker);
}

// ---- the grid -------------------------------------------------------------------------------------------------------

struct CellLook {
  Color owner;
  std::string letter;
  bool second_round = false;  // another worker has this colour, too
};

void draw_cell(Ui& ui, Rect area, const FanoutCell& cell, const CellLook& look) {
  const Theme& theme = ui.theme;
  const float corner = area.w >= 10 ? 3.0F : 0.0F;
  const Color before = cell.alive_before ? theme.mute.faded(0.7F) : theme.track.faded(0.45F);
  if (!cell.note) return ui.canvas.fill(area, before, corner);
  switch (*cell.note) {
    case Note::begun:
      ui.canvas.fill(area, before, corner);
      ui.canvas.stroke(area, look.owner, corner, area.w >= 10 ? 2.0F : 1.0F);
      break;
    case Note::dead: ui.canvas.fill(area, theme.tint(look.owner), corner); break;
    case Note::alive: ui.canvas.fill(area, look.owner, corner); break;
  }
  const bool filled = cell.note == Note::alive;
  if (!look.letter.empty()) {
    ui.canvas.text(area, Type::label,
                   filled                     ? theme.panel
                   : cell.note == Note::begun ? theme.text
                                              : theme.sub,
                   look.letter, Align::center);
  } else if (look.second_round && area.w >= 7) {
    ui.canvas.circle(area.center(), std::max(1.0F, area.w / 7), filled ? theme.bg : look.owner);
  }
}

float cell_size(Rect area, const FanoutScene& scene) {
  const float fits =
      std::min(area.w / static_cast<float>(scene.params.width), area.h / static_cast<float>(scene.params.height));
  return std::clamp(std::floor(fits), 2.0F, largest_cell);
}

void draw_grid(Ui& ui, Rect area, const FanoutScene& scene) {
  const float size = cell_size(area, scene);
  const float space = size >= 14 ? 2.0F : size >= 5 ? 1.0F : 0.0F;
  const Rect grid =
      area.middle(size * static_cast<float>(scene.params.width), size * static_cast<float>(scene.params.height));
  for (std::size_t at = 0; at < scene.cells.size(); ++at) {
    const auto across = static_cast<int>(at) % scene.params.width;
    const auto down = static_cast<int>(at) / scene.params.width;
    const Rect place{std::floor(grid.x) + size * static_cast<float>(across),
                     std::floor(grid.y) + size * static_cast<float>(down), size - space, size - space};
    const FanoutCell& cell = scene.cells[at];
    CellLook look{ui.theme.owner(0), {}, false};
    if (cell.worker) {
      look.owner = ui.theme.owner(*cell.worker);
      look.second_round = *cell.worker >= ui.theme.owners.size();
      if (size >= lettered_cell) look.letter = letter_at(scene, *cell.worker);
    }
    draw_cell(ui, place, cell, look);
  }
  ui.tell({"img", "fanout.grid", ui.say(grid_name), fill(grid_holds, {{"n", scene.living}}).in(ui.language)}, grid);
}

void draw_header(Ui& ui, Rect area, const FanoutScene& scene) {
  const std::string all = std::to_string(scene.params.generations);
  const std::string words =
      scene.generation == 0
          ? fill(generations_to_come, {{"all", std::string_view(all)}}).in(ui.language)
          : fill(generation_of, {{"n", std::int64_t{scene.generation}}, {"all", std::string_view(all)}})
                .in(ui.language);
  ui.canvas.text(area.cut_left(ui.canvas.measure(Type::body_strong, words) + 1), Type::body_strong, ui.theme.text,
                 words);
  area.cut_left(gap_4);
  struct Entry {
    Text label;
    std::optional<Note> note;
  };
  const std::array entries{Entry{alive, Note::alive}, Entry{dead, Note::dead}, Entry{in_work, Note::begun},
                           Entry{not_yet, std::nullopt}};
  constexpr float swatch = 12;
  float needed = 0;
  for (const Entry& entry : entries) {
    needed += swatch + gap_1 + ui.canvas.measure(Type::label, ui.say(entry.label)) + gap_3;
  }
  if (needed > area.w) return;
  area.cut_left(area.w - needed + gap_3);
  for (const Entry& entry : entries) {
    draw_cell(ui, area.cut_left(swatch).middle(swatch, swatch), {entry.note, false, {}},
              {ui.theme.owner(0), {}, false});
    area.cut_left(gap_1);
    const float width = ui.canvas.measure(Type::label, ui.say(entry.label));
    ui.canvas.text(area.cut_left(width + 1), Type::label, ui.theme.sub, ui.say(entry.label));
    area.cut_left(gap_3 - 1);
  }
}

// ---- who computes ---------------------------------------------------------------------------------------------------

std::string_view doing(const Ui& ui, const FanoutWorker& worker) {
  if (waits_for_object(worker.state) || worker.state == trace::State::ready) return ui.say(label_of(worker.state));
  if (worker.at_cell) return ui.say(at_a_cell);
  return ui.say(worker.state == trace::State::blocked ? waits_for_work : label_of(worker.state));
}

// What a worker has done is a bar: full would be an even share of all there is to do.
void draw_worker(Ui& ui, Rect row, const FanoutScene& scene, std::size_t at, float figures) {
  const FanoutWorker& worker = scene.workers[at];
  const double share =
      static_cast<double>(scene.cells.size()) * scene.params.generations / static_cast<double>(scene.workers.size());
  const std::string count = format_count(worker.cells);
  const std::string letter = letter_at(scene, at);
  ui.tell({"group", "worker." + letter, letter, fill(cells_of_worker, {{"n", worker.cells}}).in(ui.language)}, row);
  const float radius = std::min(10.0F, row.h / 2 - 2);
  badge(ui, {row.x + radius, row.center().y}, radius, letter, ui.theme.owner(at));
  row.cut_left(2 * radius + gap_2);
  ui.canvas.text(row.cut_right(figures), Type::code, ui.theme.text, count, Align::right);
  row.cut_right(gap_2);
  const std::string_view state = doing(ui, worker);
  if (row.w >= 190) {
    Rect words = row.cut_right(116);
    state_swatch(ui, words.cut_left(12).middle(12, 12), worker.state);
    words.cut_left(gap_1);
    ui.canvas.text(words, Type::label, ui.theme.sub, state);
    row.cut_right(gap_2);
  } else if (row.w >= 44) {
    state_swatch(ui, row.cut_right(12).middle(12, 12), worker.state);
    row.cut_right(gap_2);
  }
  const Rect track = row.middle(row.w, 8);
  bar(ui, track, static_cast<float>(static_cast<double>(worker.cells) / share), ui.theme.owner(at));
  // The mark that its cells have, too.
  if (at >= ui.theme.owners.size()) ui.canvas.circle({track.x + 8, track.center().y}, 2, ui.theme.bg);
}

// In a row of their own, or below each other beside the grid.
std::size_t worker_columns(const FanoutScene& scene, bool beside) {
  if (beside) return scene.workers.size() > 8 ? 2 : 1;
  return std::min<std::size_t>(scene.workers.size(), 4);
}

std::size_t worker_rows(const FanoutScene& scene, bool beside) {
  const std::size_t columns = worker_columns(scene, beside);
  return (scene.workers.size() + columns - 1) / columns;
}

void draw_workers(Ui& ui, Rect area, const FanoutScene& scene, bool beside) {
  const std::size_t columns = worker_columns(scene, beside);
  const std::size_t rows = worker_rows(scene, beside);
  const float width = (area.w - gap_4 * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const float pitch = std::min(row_height, area.h / static_cast<float>(rows));
  float figures = 0;
  for (const FanoutWorker& worker : scene.workers) {
    figures = std::max(figures, ui.canvas.measure(Type::code, format_count(worker.cells)) + 1);
  }
  for (std::size_t at = 0; at < scene.workers.size(); ++at) {
    const std::size_t down = at / columns;
    const Rect row{area.x + static_cast<float>(at % columns) * (width + gap_4),
                   area.y + static_cast<float>(down) * pitch, width, pitch};
    draw_worker(ui, row, scene, at, figures);
  }
}

// How many there were at each time: steps, since a thread is there or is not.
void draw_curve(Ui& ui, Rect area, const FanoutScene& scene) {
  ui.canvas.rule({area.x, area.bottom()}, {area.right(), area.bottom()}, ui.theme.line);
  if (scene.most_at_once == 0) return;
  const auto from = static_cast<double>(scene.there.front().first);
  const double span = std::max(1.0, static_cast<double>(scene.there.back().first) - from);
  std::vector<Point> points{{area.x, area.bottom()}};
  for (const auto& [time, count] : scene.there) {
    const float x = area.x + area.w * static_cast<float>((static_cast<double>(time) - from) / span);
    const float share = static_cast<float>(count) / static_cast<float>(scene.most_at_once);
    const float y = area.bottom() - (area.h - 2) * share;
    // No finer than can be seen: of what lies within half a point only the highest and the last remain.
    if (points.size() > 2 && x - points[points.size() - 3].x < 0.5F) {
      points[points.size() - 2].y = std::min(points[points.size() - 2].y, y);
      points.back() = {x, y};
      continue;
    }
    points.push_back({x, points.back().y});
    points.push_back({x, y});
  }
  ui.canvas.polyline(points, ui.theme.owner(0), 1.5F);
}

// How many there are of a crowd, and what they do now.
void draw_crowd(Ui& ui, Rect area, const FanoutScene& scene) {
  const auto cells = static_cast<std::int64_t>(scene.cells.size());
  const std::string words = fill(scene.tasks() ? crowd_of_tasks : crowd_of_threads, {{"n", cells}}).in(ui.language);
  area.cut_top(ui.canvas.paragraph(area, Type::label, ui.theme.sub, words) + gap_2);
  draw_curve(ui, area.cut_top(std::min(area.h, curve_height)), scene);
  area.cut_top(gap_2);
  for (std::size_t at = 0; at < scene.in_state.size(); ++at) {
    const auto state = static_cast<trace::State>(at);
    const std::int64_t count = scene.in_state.at(at);
    if (count == 0 || area.h < 20) continue;
    Rect row = area.cut_top(std::min(row_height, area.h));
    state_swatch(ui, row.cut_left(12).middle(12, 12), state);
    row.cut_left(gap_2);
    ui.canvas.text(row.cut_right(48), Type::code, ui.theme.text, format_count(count), Align::right);
    ui.canvas.text(row.cut_left(std::min(row.w / 2, 130.0F)), Type::label, ui.theme.sub, ui.say(label_of(state)));
    bar(ui, row.middle(row.w, 8), static_cast<float>(static_cast<double>(count) / static_cast<double>(cells)),
        ui.theme.state(state));
  }
}

float panel_height(const FanoutScene& scene, bool beside) {
  constexpr float crowd = 24 + gap_2 + curve_height;
  if (scene.each_its_own()) return beside ? crowd + gap_2 + 3 * row_height : crowd;
  return static_cast<float>(worker_rows(scene, beside)) * row_height;
}

void draw_panel(Ui& ui, Rect area, const FanoutScene& scene, bool beside) {
  if (scene.each_its_own()) {
    draw_crowd(ui, area, scene);
  } else {
    draw_workers(ui, area, scene, beside);
  }
}

// ---- all of it ------------------------------------------------------------------------------------------------------

void draw_figures(Ui& ui, Rect area, const FanoutScene& scene, const std::optional<double>& rate) {
  struct Entry {
    std::string_view key;
    Text label;
    std::string value;
  };
  const std::array entries{
      Entry{"made", scene.tasks() ? tasks_made : threads_made, format_count(scene.made)},
      Entry{"most", at_once, format_count(scene.most_at_once)},
      rate ? Entry{"rate", a_second, format_number(*rate)} : Entry{"done", cells_done, format_count(scene.done)}};
  const float width = area.w / static_cast<float>(entries.size());
  for (const Entry& entry : entries) {
    Rect cell = area.cut_left(width);
    ui.tell({"meter", "fanout." + std::string(entry.key), ui.say(entry.label), entry.value}, cell);
    ui.canvas.text(cell.cut_top(30), Type::title, ui.theme.text, entry.value);
    ui.canvas.text(cell.cut_top(20), Type::label, ui.theme.sub, ui.say(entry.label));
  }
}

struct Said {
  std::string sentence;
  std::string emphasis;
};

Said say(const Ui& ui, const StageInput& input, const FanoutScene& scene) {
  if (!input.run.has_trace()) return {std::string(ui.say(say_idle)), {}};
  if (const Outcome* outcome = outcome_shown(input)) {
    Said out{outcome->sentence.in(ui.language), {}};
    if (outcome->verdict == Verdict::limit && scene.each_its_own()) {
      out.emphasis = fill(say_limit, {{"cells", static_cast<std::int64_t>(scene.cells.size())},
                                      {"workers", std::int64_t{scene.params.workers}}})
                         .in(ui.language);
    }
    return out;
  }
  if (input.model.engine == Engine::simulate) return {last_told(ui, input.run), {}};
  if (scene.each_its_own()) return {std::string(ui.say(say_live_each)), {}};
  return {std::string(ui.say(scene.serial() ? say_live_serial : say_live_workers)), {}};
}

void draw(Ui& ui, Rect area, const StageInput& input) {
  const SceneNow kept(input, [&] { return make_fanout_scene(input.model, input.run); });
  const FanoutScene& scene = kept.get();
  const Said said = say(ui, input, scene);
  const Story story{said.sentence, said.emphasis};
  const float width = stage_column(area, most_width, 0).w;
  const bool beside = width >= 620;
  const float grid_width = beside ? width - panel_width - gap_6 : width;
  const float story_h = story_height(ui, width, story);
  const auto shape = static_cast<float>(scene.params.height) / static_cast<float>(scene.params.width);
  const float tallest = std::min(largest_cell * static_cast<float>(scene.params.height), grid_width * shape);
  // Where room is short, the figures go first, then who computes, then the sentence.
  const float least = std::min(tallest, std::max(120.0F, 5 * static_cast<float>(scene.params.height)));
  float left = area.h - 2 * gap_3 - header_height - gap_2 - least;
  const auto afford = [&](float height) {
    if (left < height) return 0.0F;
    left -= height;
    return height;
  };
  const float story_room = afford(gap_4 + story_h);
  const float panel = panel_height(scene, beside);
  const float panel_room = beside ? 0.0F : afford(gap_3 + panel);
  const float figures = afford(gap_3 + figures_height);
  const float middle = beside ? std::min(least + left, std::max(tallest, panel)) : std::min(least + left, tallest);
  Rect column = stage_column(area, most_width, header_height + gap_2 + middle + panel_room + figures + story_room);
  draw_header(ui, column.cut_top(header_height), scene);
  column.cut_top(gap_2);
  Rect body = column.cut_top(middle);
  if (beside) {
    // The grid stands at the left, and what it leaves is the panel's.
    const Rect grid =
        body.cut_left(cell_size({0, 0, grid_width, body.h}, scene) * static_cast<float>(scene.params.width));
    body.cut_left(gap_6);
    draw_panel(ui, body.middle(body.w, std::min(body.h, panel)), scene, true);
    body = grid;
  }
  draw_grid(ui, body, scene);
  if (panel_room > 0) {
    column.cut_top(gap_3);
    draw_panel(ui, column.cut_top(panel_room - gap_3), scene, false);
  }
  if (figures > 0) {
    column.cut_top(gap_3);
    const Outcome* outcome = outcome_shown(input);
    const auto rate = outcome != nullptr ? outcome->figure("rate") : std::nullopt;
    draw_figures(ui, column.cut_top(figures - gap_3), scene, rate);
  }
  if (story_room > 0) {
    column.cut_top(gap_4);
    draw_story(ui, column.cut_top(story_h), story);
  }
}

}  // namespace

Stage stage_of_fanout() { return {"fanout", draw, nullptr}; }

}  // namespace interleave::stages
