#include "workloads/fanout.h"

#include <algorithm>
#include <map>

#include "core/format.h"

namespace interleave::workloads {
namespace {

using Mode = Fanout::Mode;

// What one thread gets, cell by cell, from the grid that the run began with.
LifeGrid reference(const Fanout::Params& params, LifeGrid grid) {
  for (int generation = 0; generation < params.generations; ++generation) {
    LifeGrid next = grid;
    for (int at = 0; at < params.cells(); ++at) {
      next.cells[static_cast<std::size_t>(at)] = life_next(grid, at) ? 1 : 0;
    }
    grid = std::move(next);
  }
  return grid;
}

std::int64_t wrong_cells(const Fanout::Params& params, const Fanout::Facts& facts) {
  if (facts.first.cells.empty()) return params.cells();
  const LifeGrid right = reference(params, facts.first);
  std::int64_t wrong = 0;
  for (std::size_t at = 0; at < right.cells.size(); ++at) wrong += right.cells[at] != facts.last.cells[at] ? 1 : 0;
  return wrong;
}

std::int64_t computed(const Fanout::Facts& facts) {
  return std::ranges::count_if(facts.who, [](ThreadId who) { return who.valid(); });
}

// How many cells each of a fixed number of workers has computed: the fewest and the most.
std::pair<std::int64_t, std::int64_t> shares(const Fanout::Params& params, const Fanout::Facts& facts) {
  std::map<ThreadId, std::int64_t> counts;
  for (const ThreadId who : facts.who) ++counts[who];
  std::pair<std::int64_t, std::int64_t> out{static_cast<std::int64_t>(facts.who.size()), 0};
  for (const auto& [who, count] : counts) out = {std::min(out.first, count), std::max(out.second, count)};
  if (counts.size() < static_cast<std::size_t>(params.workers)) out.first = 0;
  return out;
}

Words sentence(const Fanout::Params& params, const Fanout::Facts& facts) {
  if (params.mode != Mode::serial && params.wait == 0 && params.work > 0 &&
      rt::Interpreting{params.interpreter}.has_gil()) {
    return Text{"These cells only compute, and the GIL lets one thread run at a time: nothing was gained.",
                "이 칸들은 계산만 한다. GIL 아래에서는 한 번에 한 스레드만 도니 나눠서 얻은 것이 없다."};
  }
  switch (params.mode) {
    case Mode::serial:
      return Text{"One thread did one cell after the other.", "한 스레드가 칸을 하나씩 차례로 계산했다."};
    case Mode::threads:
      return fill({"{made} threads were made, up to {most} at once, each of them for a single cell.",
                   "스레드 {made}개를 만들어 저마다 칸 하나만 시켰다. 한꺼번에 {most}개까지 있었다."},
                  {{"made", facts.made}, {"most", facts.most_alive}});
    case Mode::queue:
      return fill({"{n} threads were made once, and took the cells from the queue one by one.",
                   "한 번 만든 스레드 {n}개가 큐에서 칸을 하나씩 꺼내 계산했다."},
                  {{"n", facts.made}});
    case Mode::pool:
      return fill({"{n} threads were made once, and took up to {chunk} cells at a time without a lock.",
                   "한 번 만든 스레드 {n}개가 락 없이 한 번에 {chunk}칸까지 가져가 계산했다."},
                  {{"n", facts.made}, {"chunk", std::int64_t{params.chunk}}});
    case Mode::tasks:
      return fill({"{made} tasks waited together, and no thread was made for any of them.",
                   "태스크 {made}개가 함께 기다렸다. 그 때문에 만든 스레드는 하나도 없다."},
                  {{"made", facts.made}});
  }
  return {};
}

}  // namespace

std::vector<Preset> Fanout::presets() {
  return {{"serial",
           {"One after the other", "차례로"},
           {"What there is to compare with: 960 waits of 2 ms.", "비교의 기준. 2 ms씩 960번."},
           Engine::live,
           {{"mode", "serial"}}},
          {"threads",
           {"A thread for each cell", "칸마다 스레드"},
           {"Sixteen cells, so sixteen threads in each generation.", "열여섯 칸이라 세대마다 스레드 열여섯 개."},
           Engine::live,
           {{"mode", "threads"}, {"width", "4"}, {"height", "4"}}},
          {"limit",
           {"More threads than there are", "스레드가 모자랄 때"},
           {"A large grid wants a thread for every cell at once.", "격자가 크면 스레드도 한꺼번에 그만큼 든다."},
           Engine::live,
           {{"mode", "threads"}, {"width", "48"}, {"height", "32"}, {"generations", "1"}}},
          {"queue",
           {"Queue and workers", "큐와 일꾼"},
           {"Eight threads do it all.", "여덟 스레드가 다 한다."},
           Engine::live,
           {{"mode", "queue"}}},
          {"tasks",
           {"As coroutines", "코루틴으로"},
           {"A task for each cell is no problem.", "칸마다 태스크라면 문제없다."},
           Engine::live,
           {{"mode", "tasks"}}},
          {"virtual",
           {"Step by step", "한 걸음씩"},
           {"A glider, and four workers that share its cells.", "글라이더의 칸을 네 일꾼이 나눈다."},
           Engine::simulate,
           {{"mode", "queue"}}}};
}

LifeGrid Fanout::start_of(const Params& params, const std::function<std::uint32_t(std::uint32_t)>& below) {
  return life_start(params.pattern, params.width, params.height, below);
}

bool Fanout::fine(const Params& params, const Facts& facts) {
  return computed(facts) == work(params) && wrong_cells(params, facts) == 0;
}

Outcome Fanout::judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
  Outcome out;
  const bool good = fine(params, facts);
  out.verdict = good ? Verdict::ok : Verdict::failure;
  const auto add = [&](std::string_view key, Text label, FigureUnit unit, auto value) {
    out.figures.push_back({key, label, unit, static_cast<double>(value)});
  };
  const std::int64_t cells = computed(facts);
  if (run.engine != Engine::explore) {
    add("elapsed", {"Elapsed", "걸린 시간"}, FigureUnit::nanoseconds, facts.elapsed);
    add("rate", {"Cells a second", "초당 칸"}, FigureUnit::rate,
        facts.elapsed > 0 ? static_cast<double>(cells) * 1e9 / static_cast<double>(facts.elapsed) : 0);
  }
  add("cells", {"Cells computed", "계산한 칸"}, FigureUnit::count, cells);
  const bool tasks = params.mode == Mode::tasks;
  add("made", tasks ? Text{"Tasks made", "만든 태스크"} : Text{"Threads made", "만든 스레드"}, FigureUnit::count,
      facts.made);
  add("most", {"At once, at most", "한꺼번에 최대"}, FigureUnit::count, facts.most_alive);
  if (params.has_workers()) {
    const auto [fewest, most] = shares(params, facts);
    add("fewest", {"Fewest cells of a worker", "가장 적게 한 일꾼의 칸"}, FigureUnit::count, fewest);
    add("busiest", {"Most cells of a worker", "가장 많이 한 일꾼의 칸"}, FigureUnit::count, most);
  }
  add("alive", {"Cells alive at the end", "끝에 살아 있는 칸"}, FigureUnit::count, figure(facts));
  if (!good) {
    out.headline = Text{"The grid is wrong", "격자가 틀렸다"};
    out.sentence = fill({"{n} cells are not what one thread computes.", "칸 {n}개가 한 스레드로 계산한 것과 다르다."},
                        {{"n", wrong_cells(params, facts)}});
    return out;
  }
  const std::string time = format_duration(facts.elapsed);
  out.headline = run.engine == Engine::explore ? fill({"{n} cells, all right", "칸 {n}개가 모두 맞다"}, {{"n", cells}})
                                               : fill({"{n} cells in {time}", "칸 {n}개에 {time}"},
                                                      {{"n", cells}, {"time", std::string_view(time)}});
  out.sentence = run.timed ? sentence(params, facts) : rt::untimed_sentence;
  return out;
}

}  // namespace interleave::workloads
