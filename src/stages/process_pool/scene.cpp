#include "stages/process_pool/scene.h"

#include <algorithm>

#include "trace/each_event.h"

namespace interleave::stages {
namespace {

using trace::Event;
using trace::Kind;
using trace::State;
using Phase = ProcessPool::Phase;
using Told = ProcessPool::Told;

// Streams of a live run are read one after the other, so nothing here depends on the order of different threads'
// events.
class Reading {
 public:
  Reading(const trace::Trace& trace, const ProcessPool::Params& params) {
    scene_.params = params;
    serial_ = scene_.serial();
    const std::size_t workers = serial_ ? 1 : static_cast<std::size_t>(params.workers);
    scene_.tasks.resize(static_cast<std::size_t>(params.tasks));
    scene_.workers.resize(workers);
    own_.resize(workers);
    for (std::size_t at = 0; at < workers; ++at) scene_.workers[at].thread = serial_ ? 0 : at + 1;
    std::size_t gauges = 0;
    told_.resize(trace.objects().size());
    for (std::size_t at = 0; at < told_.size() && gauges < ProcessPool::gauges; ++at) {
      if (trace.objects()[at].kind == trace::ObjectKind::gauge) told_[at] = static_cast<Told>(gauges++);
    }
  }

  void add(const Event& event) {
    now_ = std::max(now_, event.time);
    const std::optional<std::size_t> at = worker_of(event.thread);
    // Progress is sampled by somebody else, in a stream of its own.
    if (!at || event.kind == Kind::progress) return;
    PoolWorker& worker = scene_.workers[*at];
    pass(worker, own_[*at], event.time);
    if (event.kind == Kind::gauge) return hear(worker, own_[*at], event);
    worker.begun = true;
    worker.state = event.state;
    if (event.kind == Kind::gil_take) worker.holds_gil = true;
    if (event.kind == Kind::gil_drop) worker.holds_gil = false;
    if (event.kind == Kind::ended) worker.ended = true;
    if (event.kind == Kind::ended) worker.holds_gil = false;
  }

  // With each worker's process, in the order of workers.
  PoolScene finish(const std::vector<ChildSeen>& processes) {
    Nanoseconds first = now_;
    Nanoseconds last = 0;
    for (std::size_t at = 0; at < scene_.workers.size(); ++at) {
      PoolWorker& worker = scene_.workers[at];
      Own& own = own_[at];
      if (at < processes.size()) worker.process = processes[at];
      if (!worker.begun) continue;
      if (!worker.ended) pass(worker, own, now_);
      first = std::min(first, own.began);
      last = std::max(last, own.latest);
      settle(worker, own);
    }
    scene_.elapsed = std::max<Nanoseconds>(0, last - first);
    for (const PoolTask& task : scene_.tasks) {
      scene_.done += task.place == PoolTask::Place::done ? 1 : 0;
      scene_.in_work += task.place == PoolTask::Place::in_work ? 1 : 0;
    }
    for (std::size_t at = scene_.tasks.size(); at-- > 0;) {
      const PoolTask& task = scene_.tasks[at];
      if (task.place != PoolTask::Place::in_work) continue;
      PoolWorker& worker = scene_.workers[task.worker];
      worker.task = at;
      ++worker.in_hand;
    }
    return std::move(scene_);
  }

 private:
  // What only the reading of a worker needs.
  struct Own {
    Nanoseconds began = -1;
    Nanoseconds latest = 0;
    Nanoseconds away = 0;            // its chunks, in all
    Nanoseconds told_of = 0;         // of that, what came back with its process's own times
    Nanoseconds coding_to_come = 0;  // told, but not yet with what it belongs to
    Nanoseconds coding = 0;          // in its process, as that told
    Nanoseconds computing = 0;       // likewise
  };

  [[nodiscard]] std::optional<std::size_t> worker_of(ThreadId thread) const {
    if (!thread.valid()) return std::nullopt;
    const std::size_t index = thread.index();
    if (serial_) return index == 0 ? std::optional<std::size_t>(0) : std::nullopt;
    return index >= 1 && index <= scene_.workers.size() ? std::optional(index - 1) : std::nullopt;
  }

  // Time goes by for a worker, in whatever it is about.
  static void pass(PoolWorker& worker, Own& own, Nanoseconds until) {
    if (own.began < 0) own.began = own.latest = until;
    const Nanoseconds time = std::max<Nanoseconds>(0, until - own.latest);
    own.latest = std::max(own.latest, until);
    const auto into = [&](PoolShare share) { worker.shares.at(static_cast<std::size_t>(share)) += time; };
    switch (worker.phase) {
      case Phase::idle: break;
      case Phase::starts: into(PoolShare::starting); break;
      case Phase::encodes:
      case Phase::decodes: into(PoolShare::coding); break;
      case Phase::away: own.away += time; break;
      case Phase::computes: into(worker.state == State::running ? PoolShare::computing : PoolShare::waiting); break;
    }
  }

  void hear(PoolWorker& worker, Own& own, const Event& event) {
    const std::optional<Told> told = event.object.index() < told_.size() ? told_[event.object.index()] : std::nullopt;
    if (!told) return;
    switch (*told) {
      case Told::tasks: {
        const auto [task, done] = ProcessPool::noted(event.value);
        if (task >= scene_.tasks.size()) return;
        scene_.tasks[task] = {done ? PoolTask::Place::done : PoolTask::Place::in_work,
                              serial_ ? 0 : event.thread.index() - 1};
        worker.tasks += done ? 1 : 0;
        return;
      }
      case Told::phases: worker.phase = static_cast<Phase>(event.value); return;
      case Told::coding: own.coding_to_come = event.value; return;
      case Told::computing:
        own.computing = event.value;
        own.coding = own.coding_to_come;
        own.told_of = own.away;
        return;
    }
  }

  // What a process has told of is taken out of the time in which its chunks were away. Of a chunk that still is away,
  // or has just come back, nothing was told yet, so that it counts as what its process seems to have been doing.
  static void settle(PoolWorker& worker, const Own& own) {
    const auto add = [&](PoolShare share, Nanoseconds time) {
      worker.shares.at(static_cast<std::size_t>(share)) += std::max<Nanoseconds>(0, time);
    };
    add(PoolShare::coding, own.coding);
    add(PoolShare::computing, own.computing);
    add(PoolShare::moving, own.told_of - own.coding - own.computing);
    const bool moves = worker.phase == Phase::away && !worker.process_computes();
    add(moves ? PoolShare::moving : PoolShare::computing, own.away - own.told_of);
  }

  bool serial_ = false;
  PoolScene scene_;
  std::vector<Own> own_;
  std::vector<std::optional<Told>> told_;  // by the object's number
  Nanoseconds now_ = 0;
};

}  // namespace

bool PoolWorker::process_computes() const {
  return process && process->started && !process->code && process->state == State::running &&
         process->pipe(rt::Pipe::in).level == 0 && process->pipe(rt::Pipe::out).level == 0;
}

PoolScene make_pool_scene(const trace::Trace& trace, std::size_t events, const ProcessPool::Params& params) {
  Reading reading(trace, params);
  trace::each_event(trace, events, [&](const Event& event) { reading.add(event); });
  if (params.mode != ProcessPool::Mode::processes) return reading.finish({});
  // Worker n's thread starts child n, whichever of them comes first.
  std::vector<std::size_t> numbers;
  for (std::size_t at = 0; at < trace.threads().size(); ++at) {
    const trace::ThreadInfo& thread = trace.threads()[at];
    if (thread.vehicle == trace::Vehicle::process) numbers.push_back(thread.parent.index() - 1);
  }
  return reading.finish(children_of(trace, events, numbers));
}

}  // namespace interleave::stages
