#include "stages/coroutines/scene.h"

#include <algorithm>

namespace interleave::stages {
namespace {

using Phase = CoroutinesScene::Phase;
using Strand = CoroutinesScene::Strand;
using Moment = CoroutinesScene::Moment;
using trace::Lane;
using trace::Span;
using trace::State;
using workloads::Coroutines;

Phase phase_of(State state) {
  switch (state) {
    case State::running: return Phase::running;
    case State::ready: return Phase::ready;
    case State::idle: return Phase::ended;
    case State::waiting_lock:
    case State::waiting_gil:
    case State::blocked: return Phase::waiting;
  }
  return Phase::to_come;
}

Phase phase_at(const Lane& lane, Nanoseconds time) {
  const std::size_t begun = lane.spans.begun_by(time);
  return begun == 0 ? Phase::to_come : phase_of(lane.spans.state_of(begun - 1));
}

// Who takes part, by what it is here: numbers in the trace.
struct Cast {
  std::vector<std::size_t> tasks;
  std::vector<std::size_t> pool;  // calls that a thread of the pool made: each is a participant of its own
};

Cast cast_of(const trace::Trace& trace, std::size_t known, bool each_its_own) {
  Cast out;
  for (std::size_t at = 1; at < std::min(known, trace.threads().size()); ++at) {
    const bool thread = trace.threads()[at].vehicle == trace::Vehicle::thread;
    (thread && !each_its_own ? out.pool : out.tasks).push_back(at);
  }
  return out;
}

// Time spans spread over a strand's columns.
class Weaver {
 public:
  Weaver(CoroutinesScene& scene, std::span<const Lane> lanes, std::size_t strands)
      : scene_(scene),
        lanes_(lanes),
        columns_(CoroutinesScene::columns(strands)),
        column_(std::max(1.0, static_cast<double>(scene.end)) / static_cast<double>(columns_)) {}

  Strand& strand(Strand::Kind kind, std::size_t first, std::size_t threads) {
    longest_.assign(columns_, 0);
    return scene_.strands.emplace_back(Strand{kind, first, threads, std::vector<Moment>(columns_)});
  }

  // Which of a lane's spans are the strand's.
  enum class Its : std::uint8_t { runs, runs_and_waits, all };

  void add(Strand& strand, std::size_t lane, std::int64_t task, Its its) {
    for (const Span span : lanes_[lane].spans) {
      if (span.begin >= scene_.cursor) break;
      const Phase phase = phase_of(span.state);
      const bool taken =
          its == Its::all || phase == Phase::running || (its == Its::runs_and_waits && phase == Phase::waiting);
      if (phase != Phase::ended && taken) add_span(strand, span, task);
    }
  }

 private:
  void add_span(Strand& strand, const Span& span, std::int64_t task) {
    const double from = static_cast<double>(span.begin) / column_;
    const double to = static_cast<double>(std::min(span.end, scene_.cursor)) / column_;
    for (auto at = static_cast<std::size_t>(from); at < columns_ && static_cast<double>(at) < to; ++at) {
      const auto left = static_cast<double>(at);
      const auto share =
          static_cast<float>((std::min(to, left + 1) - std::max(from, left)) / static_cast<double>(strand.threads));
      Moment& moment = strand.moments[at];
      switch (phase_of(span.state)) {
        case Phase::running:
          moment.running += share;
          if (share > longest_[at]) {
            longest_[at] = share;
            moment.task = task;
          }
          break;
        case Phase::ready: moment.ready += share; break;
        default: moment.waiting += share; break;
      }
    }
  }

  CoroutinesScene& scene_;
  std::span<const Lane> lanes_;
  std::size_t columns_;
  double column_;               // how long one is
  std::vector<float> longest_;  // of one task's running in each column of the strand made last
};

// Calls of the pool take the first thread that is free; there are never more at a time than it has threads.
std::vector<std::vector<std::size_t>> rows_of(const std::vector<std::size_t>& calls, std::span<const Lane> lanes,
                                              std::size_t threads) {
  std::vector<std::vector<std::size_t>> rows(threads);
  std::vector<Nanoseconds> free_at(threads, 0);
  for (const std::size_t call : calls) {
    const trace::Spans& spans = lanes[call].spans;
    if (spans.empty()) continue;
    auto row = std::ranges::find_if(free_at, [&](Nanoseconds free) { return free <= spans.front().begin; });
    if (row == free_at.end()) row = std::ranges::min_element(free_at);
    *row = spans.back().state == State::idle ? spans.back().begin : spans.back().end;
    rows[static_cast<std::size_t>(row - free_at.begin())].push_back(call);
  }
  return rows;
}

void weave_loop(Weaver& weaver, const Cast& cast, std::span<const Lane> lanes, const Coroutines::Params& params) {
  // A blocking call is the loop's own wait. Who is ready waits for a turn, and the thread runs another.
  const bool blocks = params.mode == Coroutines::Mode::loop && params.call == Coroutines::Call::blocks;
  const Weaver::Its its = blocks ? Weaver::Its::runs_and_waits : Weaver::Its::runs;
  Strand& loop = weaver.strand(Strand::Kind::loop, 0, 1);
  if (!lanes.empty()) weaver.add(loop, 0, -1, Weaver::Its::runs);
  for (std::size_t at = 0; at < cast.tasks.size(); ++at) {
    weaver.add(loop, cast.tasks[at], static_cast<std::int64_t>(at), its);
  }
  if (params.mode != Coroutines::Mode::pool) return;
  const auto rows = rows_of(cast.pool, lanes, static_cast<std::size_t>(params.workers));
  for (std::size_t row = 0; row < rows.size(); ++row) {
    Strand& strand = weaver.strand(Strand::Kind::pool, row, 1);
    for (const std::size_t call : rows[row]) weaver.add(strand, call, -1, Weaver::Its::all);
  }
}

void weave_forest(Weaver& weaver, const Cast& cast, std::size_t all) {
  const std::size_t together = (all + CoroutinesScene::most_strands - 1) / CoroutinesScene::most_strands;
  for (std::size_t first = 0; first < all; first += together) {
    Strand& strand = weaver.strand(Strand::Kind::own, first, std::min(together, all - first));
    for (std::size_t at = first; at < std::min(first + strand.threads, cast.tasks.size()); ++at) {
      weaver.add(strand, cast.tasks[at], static_cast<std::int64_t>(at), Weaver::Its::all);
    }
  }
}

}  // namespace

CoroutinesScene make_coroutines_scene(const Model& model, RunView& run) {
  CoroutinesScene scene;
  scene.params = params_from<Coroutines::Params>(model.params.values);
  const auto count = static_cast<std::size_t>(scene.params.tasks);
  scene.tasks.assign(count, Phase::to_come);
  const std::span<const Lane> lanes = run.has_trace() ? run.lanes() : std::span<const Lane>{};
  Cast cast;
  if (run.has_trace()) {
    cast = cast_of(*run.trace(), lanes.size(), scene.each_its_own());
    scene.end = run.end();
    const bool scrubbed = model.engine != Engine::live && !run.at_end();
    scene.cursor = scrubbed ? run.place() : scene.end;
  }
  for (std::size_t at = 0; at < std::min(count, cast.tasks.size()); ++at) {
    scene.tasks[at] = phase_at(lanes[cast.tasks[at]], scene.cursor);
  }
  for (const Phase phase : scene.tasks) ++scene.in_phase.at(static_cast<std::size_t>(phase));
  // Of a run that ran into a limit there are only those that there were.
  const std::size_t threads = run.has_trace() ? std::min(count, cast.tasks.size()) : count;
  const std::size_t strands = scene.each_its_own() ? std::min(threads, CoroutinesScene::most_strands) : 1;
  Weaver weaver(scene, lanes, strands);
  if (scene.each_its_own()) {
    weave_forest(weaver, cast, threads);
  } else {
    weave_loop(weaver, cast, lanes, scene.params);
  }
  return scene;
}

}  // namespace interleave::stages
