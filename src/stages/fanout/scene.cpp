#include "stages/fanout/scene.h"

#include <algorithm>
#include <utility>

#include "core/rng.h"
#include "workloads/life.h"

namespace interleave::stages {
namespace {

using trace::Event;
using trace::Kind;
using Phase = FanoutCell::Phase;

// What a cell's note says: workloads/fanout.h has the same order, and a test holds the two together.
constexpr std::array phases{Phase::begun, Phase::dead, Phase::alive};
constexpr std::int64_t note_values = 4;

// A cell of one of the generations.
struct Item {
  Phase phase = Phase::untouched;
  std::uint32_t thread = 0;
};

struct Carrier {
  trace::State state = trace::State::idle;
  std::int64_t cells = 0;
  bool at_cell = false;
  bool there = false;  // begun, and not ended
};

// Streams of a live run are read one after the other, so nothing here depends on the order of different threads'
// events.
class Reading {
 public:
  // The first gauge tells of cells; a queue has one of its own.
  Reading(std::size_t items, const trace::Trace* trace)
      : items_(items), carriers_(trace != nullptr ? trace->threads().size() : 0) {
    for (std::size_t at = trace != nullptr ? trace->objects().size() : 0; at-- > 0;) {
      if (trace->objects()[at].kind == trace::ObjectKind::gauge) told_ = ObjectId{static_cast<std::uint32_t>(at)};
    }
  }

  void add(const Event& event) {
    if (!event.thread.valid() || event.thread.index() >= carriers_.size()) return;
    Carrier& carrier = carriers_[event.thread.index()];
    if (event.kind == Kind::gauge && event.object == told_) return add_note(event, carrier);
    if (trace::is_figure(event.kind)) return;
    carrier.state = event.state;
    switch (event.kind) {
      case Kind::spawn: appear(static_cast<std::size_t>(event.value), event.time); break;
      case Kind::started: appear(event.thread.index(), event.time); break;
      case Kind::ended:
        carrier.there = false;
        carrier.at_cell = false;
        if (event.thread.value != 0) changes_.emplace_back(event.time, -1);
        break;
      default: break;
    }
  }

  [[nodiscard]] const std::vector<Item>& items() const { return items_; }
  [[nodiscard]] const std::vector<Carrier>& carriers() const { return carriers_; }
  [[nodiscard]] std::size_t latest() const { return latest_; }  // one past the last item that was begun

  void count(FanoutScene& scene) {
    // Who ends at an instant has ended before others begin at it.
    std::ranges::sort(changes_);
    std::int64_t there = 0;
    for (const auto& [time, change] : changes_) {
      there += change;
      scene.there.emplace_back(time, there);
      scene.made += change > 0 ? 1 : 0;
      scene.most_at_once = std::max(scene.most_at_once, there);
    }
    for (std::size_t at = 1; at < carriers_.size(); ++at) {
      if (carriers_[at].there) ++scene.in_state[static_cast<std::size_t>(carriers_[at].state)];
      scene.done += carriers_[at].cells;
    }
    if (!carriers_.empty()) scene.done += carriers_[0].cells;
  }

  // What was wanted last could not be had.
  void take_back_last_spawn() {
    const auto found = std::ranges::find(changes_, last_spawned_);
    if (found == changes_.end()) return;
    changes_.erase(found);
    carriers_[last_].there = false;
  }

 private:
  // A thread is there from when it was spawned; of a loop's tasks only their beginning is recorded.
  void appear(std::size_t index, Nanoseconds at) {
    if (index == 0 || index >= carriers_.size() || carriers_[index].there) return;
    carriers_[index].there = true;
    last_ = index;
    last_spawned_ = {at, 1};
    changes_.push_back(last_spawned_);
  }

  void add_note(const Event& event, Carrier& carrier) {
    const auto index = static_cast<std::size_t>(event.value / note_values);
    const auto what = static_cast<std::size_t>(event.value % note_values);
    if (index >= items_.size() || what >= phases.size()) return;
    items_[index] = {phases.at(what), event.thread.value};
    carrier.at_cell = what == 0;
    carrier.cells += what == 0 ? 0 : 1;
    latest_ = std::max(latest_, index + 1);
  }

  ObjectId told_;
  std::vector<Item> items_;
  std::vector<Carrier> carriers_;
  std::vector<std::pair<Nanoseconds, int>> changes_;
  std::pair<Nanoseconds, int> last_spawned_;
  std::size_t last_ = 0;  // who that was
  std::size_t latest_ = 0;
};

void read(const Model& model, const RunView& run, Reading& reading) {
  const trace::Trace& trace = *run.trace();
  for (std::size_t at = 0; at < trace.streams().size(); ++at) {
    const auto& log = trace.streams()[at]->events();
    const std::size_t count = model.engine == Engine::live ? log.size() : std::min(log.size(), run.events());
    for (std::size_t index = 0; index < count;) {
      const auto [first, length] = log.run(index, count);
      for (std::size_t k = 0; k < length; ++k) reading.add(first[k]);
      index += length;
    }
  }
}

LifeGrid start_of(const Model& model, const FanoutScene& scene) {
  const auto set = static_cast<std::uint64_t>(model.engine_params.value("seed", 1));
  // The main body's generator: see rt/runtime.h.
  Rng rng = Rng::stream(model.snapshot->trace != nullptr ? model.snapshot->seed : set, 0);
  return life_start(model.params.option("pattern"), scene.width, scene.height,
                    [&](std::uint32_t bound) { return rng.below(bound); });
}

void add_cells(FanoutScene& scene, const LifeGrid& start, const Reading& reading) {
  const std::size_t cells = start.cells.size();
  const std::size_t generation = reading.latest() == 0 ? 0 : (reading.latest() - 1) / cells;
  scene.generation = reading.latest() == 0 ? 0 : static_cast<int>(generation) + 1;
  const std::size_t first = generation * cells;
  for (std::size_t at = 0; at < cells; ++at) {
    FanoutCell cell;
    cell.alive_before =
        generation == 0 ? start.cells[at] != 0 : reading.items()[first - cells + at].phase == Phase::alive;
    const Item& item = reading.items()[first + at];
    cell.phase = item.phase;
    if (item.phase != Phase::untouched && !scene.each_its_own) {
      cell.worker = scene.workers.front().thread == 0 ? 0 : std::size_t{item.thread} - 1;
      if (*cell.worker >= scene.workers.size()) cell.worker.reset();
    }
    const bool known = item.phase == Phase::dead || item.phase == Phase::alive;
    scene.living += (known ? item.phase == Phase::alive : cell.alive_before) ? 1 : 0;
    scene.cells.push_back(cell);
  }
}

}  // namespace

FanoutScene make_fanout_scene(const Model& model, const RunView& run) {
  FanoutScene scene;
  scene.width = static_cast<int>(model.params.value("width", 1));
  scene.height = static_cast<int>(model.params.value("height", 1));
  scene.generations = static_cast<int>(model.params.value("generations", 1));
  const std::string_view mode = model.params.option("mode");
  scene.tasks = mode == "tasks";
  scene.each_its_own = scene.tasks || mode == "threads";
  const std::size_t items = static_cast<std::size_t>(scene.width) * static_cast<std::size_t>(scene.height) *
                            static_cast<std::size_t>(scene.generations);
  Reading reading(items, run.trace());
  if (run.has_trace()) read(model, run, reading);
  const bool alone = mode == "serial";
  const std::int64_t workers = alone ? 1 : scene.each_its_own ? 0 : model.params.value("workers", 1);
  for (std::int64_t at = 0; at < workers; ++at) {
    FanoutWorker worker;
    worker.thread = static_cast<std::size_t>(alone ? 0 : at + 1);
    if (worker.thread < reading.carriers().size()) {
      const Carrier& carrier = reading.carriers()[worker.thread];
      worker.cells = carrier.cells;
      worker.at_cell = carrier.at_cell;
      worker.state = carrier.state;
    }
    scene.workers.push_back(worker);
  }
  const std::optional<Outcome>& outcome = model.snapshot->outcome;
  if (outcome && outcome->verdict == Verdict::limit) reading.take_back_last_spawn();
  reading.count(scene);
  add_cells(scene, start_of(model, scene), reading);
  return scene;
}

}  // namespace interleave::stages
