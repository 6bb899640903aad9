#include "stages/pipeline/scene.h"

#include <algorithm>
#include <utility>

#include "trace/each_event.h"

namespace interleave::stages {
namespace {

using trace::Event;
using trace::Kind;
using trace::State;

// An item that came out of a line, at this time.
struct Passage {
  Nanoseconds time = 0;
  std::int64_t item = 0;
};

// What happened at the same time keeps its order.
template <class T>
void sort_by_time(std::vector<T>& values) {
  std::vector<std::pair<Nanoseconds, std::size_t>> order;
  for (std::size_t at = 0; at < values.size(); ++at) order.emplace_back(values[at].time, at);
  std::ranges::sort(order);
  std::vector<T> sorted;
  for (const auto& [time, at] : order) sorted.push_back(values[at]);
  values = std::move(sorted);
}

class Reading {
 public:
  Reading(const trace::Trace& trace, const Pipeline::Params& params)
      : trace_(trace), told_(Pipeline::told_by_gauges(params)) {
    scene_.params = params;
    for (const Pipeline::Stage stage : params.line()) {
      PipelineLine& line = scene_.lines.emplace_back();
      line.stage = stage;
      line.workers.resize(static_cast<std::size_t>(params.workers(stage)));
    }
    passed_.resize(scene_.lines.size());
    taken_.resize(scene_.lines.size());
    gauges_.resize(trace.objects().size());
    std::size_t next = 0;
    for (std::size_t at = 0; at < gauges_.size() && next < told_.size(); ++at) {
      if (trace.objects()[at].kind == trace::ObjectKind::gauge) gauges_[at] = &told_[next++];
    }
    by_thread_.resize(trace.threads().size());
  }

  void add(const Event& event) {
    scene_.now = std::max(scene_.now, event.time);
    if (!event.thread.valid() || event.thread.index() >= by_thread_.size()) return;
    if (event.kind == Kind::gauge) return read_gauge(event);
    PipelineWorker* worker = by_thread_[event.thread.index()];
    if (worker == nullptr || trace::is_figure(event.kind)) return;
    worker->state = event.state;
    const bool waits_for_room = event.kind == Kind::wait && is_condition(event.object);
    // Its item is dealt with, and only the next queue's room is missing: that is not work.
    if (worker->item != no_item && waits_for_room && !worker->stuck) {
      worker->busy += event.time - worker->since;
      worker->stuck = true;
    }
  }

  PipelineScene finish() {
    const std::int64_t items = scene_.params.items;
    for (std::size_t at = 0; at < scene_.lines.size(); ++at) {
      PipelineLine& line = scene_.lines[at];
      sort_by_time(line.depths);
      for (const Depth& depth : line.depths) line.deepest = std::max(line.deepest, depth.depth);
      fill_queue(at, items);
      for (PipelineWorker& worker : line.workers) {
        if (worker.item != no_item && !worker.stuck) worker.busy += scene_.now - worker.since;
      }
    }
    if (!scene_.lines.empty()) {
      scene_.done = static_cast<std::int64_t>(passed_.back().size());
      const std::vector<Depth>& first = scene_.lines.front().depths;
      scene_.began = first.empty() ? scene_.now : first.front().time;
      const bool over = scene_.done >= items && !passed_.back().empty();
      const Nanoseconds until = over ? std::ranges::max(passed_.back(), {}, &Passage::time).time : scene_.now;
      scene_.elapsed = until - scene_.began;
    }
    return std::move(scene_);
  }

 private:
  [[nodiscard]] bool is_condition(ObjectId object) const {
    return object.valid() && object.index() < trace_.objects().size() &&
           trace_.objects()[object.index()].kind == trace::ObjectKind::condition;
  }

  void read_gauge(const Event& event) {
    const Pipeline::Told* told = event.object.index() < gauges_.size() ? gauges_[event.object.index()] : nullptr;
    if (told == nullptr) return;
    PipelineLine& line = scene_.lines[told->line];
    if (!told->worker) {
      line.depths.push_back({event.time, event.value});
      return;
    }
    PipelineWorker& worker = line.workers[*told->worker];
    worker.thread = event.thread;
    by_thread_[event.thread.index()] = &worker;
    if (worker.item != no_item && event.value == no_item) {
      if (!worker.stuck) worker.busy += event.time - worker.since;
      ++worker.items;
      passed_[told->line].push_back({event.time, worker.item});
    }
    if (event.value != no_item) taken_[told->line].push_back(event.value);
    worker.item = event.value;
    worker.since = event.time;
    worker.stuck = false;
    worker.state = event.value == no_item ? State::idle : State::running;
  }

  // What came out of the line before, or was fed, and has not been taken. As many as the gauge says, since an item is
  // put in a moment before its worker says that it has it no more.
  void fill_queue(std::size_t at, std::int64_t items) {
    PipelineLine& line = scene_.lines[at];
    std::vector<std::int64_t>& taken = taken_[at];
    std::ranges::sort(taken);
    const auto waits = [&](std::int64_t item) { return !std::ranges::binary_search(taken, item); };
    const auto most = static_cast<std::size_t>(line.depth());
    if (at == 0) {
      for (std::int64_t item = 0; item < items && line.queue.size() < most; ++item) {
        if (waits(item)) line.queue.push_back(item);
      }
      return;
    }
    std::vector<Passage>& passed = passed_[at - 1];
    sort_by_time(passed);
    for (const Passage& passage : passed) {
      if (line.queue.size() < most && waits(passage.item)) line.queue.push_back(passage.item);
    }
  }

  const trace::Trace& trace_;
  PipelineScene scene_;
  std::vector<Pipeline::Told> told_;
  std::vector<const Pipeline::Told*> gauges_;  // by ObjectId
  std::vector<PipelineWorker*> by_thread_;     // by ThreadId
  std::vector<std::vector<Passage>> passed_;   // by line
  std::vector<std::vector<std::int64_t>> taken_;
};

}  // namespace

Nanoseconds PipelineLine::busy() const {
  Nanoseconds out = 0;
  for (const PipelineWorker& worker : workers) out += worker.busy;
  return out;
}

PipelineScene make_pipeline_scene(const trace::Trace& trace, std::size_t events, const Pipeline::Params& params) {
  Reading reading(trace, params);
  trace::each_event(trace, events, [&](const Event& event) { reading.add(event); });
  return reading.finish();
}

}  // namespace interleave::stages
