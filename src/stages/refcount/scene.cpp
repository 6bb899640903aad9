#include "stages/refcount/scene.h"

#include <algorithm>
#include <numeric>

#include "stages/common/parts.h"
#include "stages/refcount/story.h"
#include "view/run/names.h"
#include "view/run/next_step.h"

namespace interleave::stages {
namespace {

using trace::Event;
using trace::Kind;
using workloads::Refcount;

enum class Part : std::uint8_t { none, count, generation, lock, shared };
struct PartOf {
  Part part = Part::none;
  std::size_t object = 0;
};

// Which part of which object each of the trace's objects is.
std::vector<PartOf> parts_in(const trace::Trace& trace, const Refcount::Params& params) {
  std::vector<PartOf> out(trace.objects().size());
  for (int at = 0; at < params.objects; ++at) {
    const int number = Refcount::number_of(params, at);
    const auto note = [&](Text name, Part part) {
      const ObjectId id = object_named(trace, {name, number});
      if (id.valid()) out[id.index()] = {part, static_cast<std::size_t>(at)};
    };
    note(Refcount::count_name, Part::count);
    note(Refcount::generation_name, Part::generation);
    note(Refcount::lock_name, Part::lock);
    note(Refcount::shared_name, Part::shared);
  }
  return out;
}

// Follows a run, one event after the other.
class Follower {
 public:
  Follower(RefcountScene& scene, std::vector<PartOf> parts) : scene_(scene), parts_(std::move(parts)) {}

  void add(const Event& event) {
    if (!event.thread.valid() || !event.object.valid() || event.object.index() >= parts_.size()) return;
    const PartOf place = parts_[event.object.index()];
    if (place.part == Part::none || place.object >= scene_.objects.size()) return;
    const std::size_t number = event.thread.index();
    if (number > scene_.actors.size()) return;
    if (place.part == Part::lock) {
      add_lock(event, place.object);
      return;
    }
    scene_.last = RefEvent::none;
    scene_.last_lost = false;
    scene_.last_object = place.object;
    scene_.last_actor = number == 0 ? std::nullopt : std::optional(number - 1);
    scene_.last_value = event.kind == Kind::load ? event.value : trace::written(event.value);
    if (number == 0) {
      add_main(event, place);
    } else if (place.part == Part::generation) {
      add_generation(event, number - 1, place.object);
    } else {
      add_count(event, number - 1, place);
    }
  }

 private:
  void add_lock(const Event& event, std::size_t object) {
    const bool took = event.kind == Kind::acquire && event.thread.index() > 0;
    if (took) scene_.objects[object].locked_by = event.thread.index() - 1;
    if (event.kind == Kind::release) scene_.objects[object].locked_by.reset();
  }

  // At the end of the run the table goes.
  void add_main(const Event& event, PartOf place) {
    RefObject& object = scene_.objects[place.object];
    if (place.part == Part::generation) {
      object.generation = trace::written(event.value);
      object.gone = true;
      object.being_freed = false;
      scene_.last = RefEvent::freed_last;
    } else if (event.kind == Kind::load) {
      scene_.last = RefEvent::table_read;
    } else {
      write(place, event);
      object.table = false;
      object.being_freed = object.counted() == 0;
      scene_.last = RefEvent::table_drops;
    }
  }

  void add_generation(const Event& event, std::size_t number, std::size_t at) {
    RefActor& actor = scene_.actors[number];
    RefObject& object = scene_.objects[at];
    if (event.kind == Kind::fetch_add) {
      object.generation = trace::written(event.value);
      ++object.freed_early;
      for (RefActor& other : scene_.actors) other.dangling |= other.holds && other.object == at;
      scene_.last = RefEvent::freed;
    } else if (actor.step == RefStep::use) {
      const bool there = event.value == actor.generation;
      scene_.last = there ? RefEvent::used : RefEvent::used_late;
      actor.step = there ? RefStep::down : RefStep::none;
      if (there) return;
      ++object.used_late;
      actor.holds = actor.dangling = false;
    } else {
      actor.step = RefStep::up;
      actor.object = at;
      actor.generation = event.value;
      scene_.last = RefEvent::looked;
    }
  }

  void add_count(const Event& event, std::size_t number, PartOf place) {
    RefActor& actor = scene_.actors[number];
    // Only the owner, at its end, reads a count without having looked at the object first.
    if (actor.step == RefStep::none) {
      actor.step = RefStep::merging;
      actor.object = place.object;
    }
    if (event.kind == Kind::load) {
      actor.hand = event.value;
      scene_.last = actor.step == RefStep::up     ? RefEvent::read_up
                    : actor.step == RefStep::down ? RefEvent::read_down
                                                  : RefEvent::merge_read;
      return;
    }
    // Where the count went up and down again meanwhile, nothing is lost.
    scene_.last_lost = event.kind == Kind::store && actor.hand && *actor.hand != trace::found(event.value);
    write(place, event);
    actor.hand.reset();
    wrote(actor, place);
  }

  void wrote(RefActor& actor, PartOf place) {
    RefObject& object = scene_.objects[place.object];
    switch (actor.step) {
      case RefStep::up:
        actor.holds = true;
        actor.dangling = actor.generation != object.generation;
        actor.step = RefStep::use;
        scene_.last = RefEvent::took;
        break;
      case RefStep::down:
        actor.holds = actor.dangling = false;
        object.being_freed = frees(place);
        actor.step = object.being_freed ? RefStep::freeing : RefStep::none;
        scene_.last = object.being_freed ? RefEvent::zero : RefEvent::dropped;
        break;
      case RefStep::freeing:
        object.being_freed = false;
        actor.step = RefStep::none;
        scene_.last = RefEvent::remade;
        break;
      default:
        object.merging = place.part == Part::count;
        scene_.last = object.merging ? RefEvent::merge_took : RefEvent::merged;
        if (object.merging) break;
        object.being_freed = frees(place);
        actor.step = object.being_freed ? RefStep::freeing : RefStep::none;
        break;
    }
  }

  // The owner's half alone never frees; a shared half only once it is the whole.
  [[nodiscard]] bool frees(PartOf place) const {
    return scene_.biased() ? place.part == Part::shared && word_ == Refcount::shared_merged
                           : scene_.objects[place.object].count == 0;
  }

  void write(PartOf place, const Event& event) {
    RefObject& object = scene_.objects[place.object];
    word_ = trace::written(event.value);
    if (place.part == Part::shared) {
      object.shared = Refcount::shared_count(word_);
      object.merged = (word_ & Refcount::shared_merged) != 0;
    } else {
      object.count = word_;
    }
  }

  RefcountScene& scene_;
  std::vector<PartOf> parts_;
  std::int32_t word_ = 0;  // written last
};

void add_everybody(RefcountScene& scene, const Model& model, const RunView& run) {
  scene.params = params_from<Refcount::Params>(model.params.values);
  for (int at = 0; at < scene.params.threads; ++at) {
    RefActor actor;
    actor.id = ThreadId{static_cast<std::uint32_t>(at + 1)};
    actor.letter = letter_of(static_cast<std::size_t>(at));
    actor.name = thread_name(run, actor.id.index());
    scene.actors.push_back(std::move(actor));
  }
  const std::int64_t objects = scene.params.objects;
  for (std::int64_t at = 1; at <= objects; ++at) {
    RefObject object;
    object.name = objects == 1 ? Words(Text{"the object", "객체"}) : fill({"object {n}", "객체 {n}"}, {{"n", at}});
    if (scene.biased()) object.shared = 0;
    scene.objects.push_back(std::move(object));
  }
}

void look_at_world(RefcountScene& scene, RunView& run) {
  const trace::World& world = run.world();
  for (RefActor& actor : scene.actors) {
    if (actor.id.index() >= world.threads.size()) continue;
    const trace::ThreadState& thread = world.threads[actor.id.index()];
    actor.begun = thread.begun;
    actor.ended = thread.ended;
    actor.state = thread.state;
    actor.waits = trace::waits_for_object(thread.state);
  }
}

}  // namespace

std::int64_t RefcountScene::freed_early() const {
  return std::accumulate(objects.begin(), objects.end(), std::int64_t{0},
                         [](std::int64_t sum, const RefObject& object) { return sum + object.freed_early; });
}

std::int64_t RefcountScene::used_late() const {
  return std::accumulate(objects.begin(), objects.end(), std::int64_t{0},
                         [](std::int64_t sum, const RefObject& object) { return sum + object.used_late; });
}

std::size_t RefcountScene::wrong() const {
  return static_cast<std::size_t>(std::ranges::count_if(objects, &RefObject::wrong));
}

RefcountScene make_refcount_scene(const Model& model, RunView& run, ThreadId chosen) {
  RefcountScene scene;
  add_everybody(scene, model, run);
  scene.finished = run.has_trace() && run.at_end() && model.snapshot->phase == trace::Phase::finished;
  if (run.has_trace() && model.engine == Engine::simulate) {
    Follower follower(scene, parts_in(*run.trace(), scene.params));
    for (std::size_t at = 0; at < run.events(); ++at) follower.add(*run.replay().event(at));
    look_at_world(scene, run);
    for (std::size_t at = 0; at < scene.actors.size(); ++at) {
      RefActor& actor = scene.actors[at];
      actor.stale = !scene.biased() && actor.hand && *actor.hand != scene.objects[actor.object].count;
      if (actor.holds)
        (actor.dangling ? scene.objects[actor.object].dangling : scene.objects[actor.object].holders).push_back(at);
    }
    const ThreadId next = next_thread(model, run, chosen);
    if (next.valid() && next.index() > 0 && next.index() <= scene.actors.size()) {
      scene.actors[next.index() - 1].is_next = true;
    }
  }
  tell_refcount(scene, model, run);
  return scene;
}

}  // namespace interleave::stages
