#include "stages/counter/scene.h"

#include <algorithm>

#include "core/format.h"
#include "view/messages.h"
#include "view/run/names.h"
#include "view/run/next_step.h"

namespace interleave::stages {
namespace {

using trace::Kind;

// The next operation of a thread, wherever it is known from.
struct Next {
  Kind kind = Kind::ended;
  std::optional<std::int64_t> writes;
};

std::optional<Next> next_of(const trace::Event& event) {
  Next out{event.kind, std::nullopt};
  if (event.kind == Kind::store || event.kind == Kind::fetch_add) out.writes = trace::written(event.value);
  return out;
}

std::optional<Next> next_of(const trace::Operation& operation, std::int64_t value_now) {
  Next out{operation.kind, std::nullopt};
  if (operation.kind == Kind::store) out.writes = operation.operand;
  if (operation.kind == Kind::fetch_add) out.writes = value_now + operation.operand;
  return out;
}

const trace::Pending* pending_of(const Model& model, ThreadId thread) {
  const auto& all = model.snapshot->pending;
  const auto found = std::ranges::find(all, thread, &trace::Pending::thread);
  return found == all.end() ? nullptr : &*found;
}

// Where it lets the interpreter lock go and takes it again: between reading and writing, or at the loop's jump back.
CounterStep step_of(Kind kind, const CounterThread& thread) {
  switch (kind) {
    case Kind::gil_drop:
    case Kind::gil_take: return thread.hand ? CounterStep::call : CounterStep::jump;
    case Kind::acquire:
    case Kind::wait: return CounterStep::take;
    case Kind::load: return CounterStep::read;
    case Kind::fetch_add: return CounterStep::read;
    case Kind::store: return CounterStep::write;
    case Kind::release: return CounterStep::release;
    default: return CounterStep::none;
  }
}

CounterScene::Protection protection_of(const Model& model) {
  const std::string_view lock = model.params.option("lock");
  if (lock == "atomic") return CounterScene::Protection::atomic;
  return lock == "none" || lock.empty() ? CounterScene::Protection::none : CounterScene::Protection::lock;
}

void set_program(CounterScene& scene, const Model& model) {
  scene.protection = protection_of(model);
  scene.interpreter = static_cast<CounterScene::Interpreter>(model.params.value("interpreter"));
  scene.calls = model.params.option("increment") == "call";
}

class SceneMaker {
 public:
  SceneMaker(const Model& model, RunView& run, ThreadId chosen)
      : model_(model), run_(run), chosen_(chosen), world_(run.world()) {}

  CounterScene make() {
    set_program(scene_, model_);
    scene_.total = model_.params.value("threads") * model_.params.value("increments");
    scene_.finished = run_.at_end() && model_.snapshot->phase == trace::Phase::finished;
    add_objects();
    add_threads();
    add_lock();
    add_next();
    add_last();
    say();
    return scene_;
  }

 private:
  void add_objects() {
    const trace::Trace& trace = *run_.trace();
    for (std::size_t at = 0; at < trace.objects().size() && at < world_.objects.size(); ++at) {
      const trace::ObjectState& object = world_.objects[at];
      if (trace.objects()[at].kind == trace::ObjectKind::lock) {
        owner_ = object.owner;
      } else if (trace.objects()[at].kind == trace::ObjectKind::interpreter) {
        gil_owner_ = object.owner;
      } else if (!variable_.valid()) {
        variable_ = ObjectId{static_cast<std::uint32_t>(at)};
        scene_.value = object.value;
        scene_.additions = trace.objects()[at].initial + static_cast<std::int64_t>(object.writes);
      }
    }
  }

  // The run's main body only starts the others and waits for them; it has no card. Threads that it has not started yet
  // stand there already.
  void add_threads() {
    const trace::Trace& trace = *run_.trace();
    const std::size_t known = trace.threads().size();
    const auto wanted = static_cast<std::size_t>(model_.params.value("threads", 0)) + 1;
    for (std::size_t at = 1; at < std::max(known, wanted); ++at) {
      CounterThread thread;
      thread.id = ThreadId{static_cast<std::uint32_t>(at)};
      thread.letter = letter_of(at - 1);
      thread.name = thread_name(run_, at);
      if (at < world_.threads.size()) {
        const trace::ThreadState& state = world_.threads[at];
        thread.state = state.state;
        thread.begun = state.begun;
        thread.ended = state.ended;
        thread.stale = world_.stale(thread.id);
        if (state.has_value) thread.hand = state.loaded;
      }
      thread.holds_lock = owner_ == thread.id && owner_.valid();
      if (thread.holds_lock) scene_.lock_owner = at - 1;
      thread.has_gil = gil_owner_ == thread.id && gil_owner_.valid();
      if (const std::optional<Next> next = find_next(thread.id)) thread.next = step_of(next->kind, thread);
      if (const trace::Pending* pending = pending_of(model_, thread.id); pending != nullptr && run_.at_end()) {
        thread.enabled = pending->enabled;
      }
      scene_.threads.push_back(std::move(thread));
    }
  }

  std::optional<Next> find_next(ThreadId thread) const {
    if (const trace::Event* event = run_.replay().next_step_of(thread, run_.events())) return next_of(*event);
    const trace::Pending* pending = pending_of(model_, thread);
    if (pending != nullptr) return next_of(pending->operation, scene_.value);
    return std::nullopt;
  }

  void add_next() {
    const ThreadId next = next_thread(model_, run_, chosen_);
    const auto at = std::ranges::find(scene_.threads, next, &CounterThread::id);
    if (!next.valid() || at == scene_.threads.end()) return;
    at->is_next = true;
    scene_.next_actor = static_cast<std::size_t>(at - scene_.threads.begin());
    if (const std::optional<Next> step = find_next(next); step && step->writes) {
      scene_.soon = step->writes;
      scene_.soon_overwrites = step->kind == Kind::store && at->stale;
      scene_.soon_words = scene_.soon_overwrites ? fill(messages::overwrites, {{"value", *step->writes}})
                                                 : fill(messages::becomes, {{"value", *step->writes}});
    }
  }

  void add_lock() {
    if (scene_.protection != CounterScene::Protection::lock) return;
    scene_.lock_words = scene_.lock_owner
                            ? fill(messages::lock_held, {{"who", scene_.threads[*scene_.lock_owner].letter}})
                            : Words(messages::lock_free);
  }

  void add_last() {
    const trace::Event* last = run_.replay().last_step(run_.events());
    if (last == nullptr || last->object != variable_) return;
    const auto at = std::ranges::find(scene_.threads, last->thread, &CounterThread::id);
    if (at == scene_.threads.end()) return;
    scene_.last_actor = static_cast<std::size_t>(at - scene_.threads.begin());
    scene_.last_wrote = last->kind != Kind::load;
  }

  [[nodiscard]] std::string letter(ThreadId id) const {
    return id.valid() && id.index() > 0 ? letter_of(id.index() - 1) : std::string("?");
  }

  void say() {
    if (scene_.soon_overwrites) {
      say_next();
    } else if (scene_.finished) {
      scene_.sentence = messages::say_done;
      scene_.emphasis_tone = scene_.lost() > 0 ? Tone::bad : Tone::good;
      scene_.emphasis = scene_.lost() == 0   ? Words(messages::say_done_fine)
                        : scene_.lost() == 1 ? Words(messages::say_done_lost_one)
                                             : fill(messages::say_done_lost, {{"count", scene_.lost()}});
    } else {
      say_last();
    }
  }

  void say_next() {
    const CounterThread& actor = scene_.threads[*scene_.next_actor];
    const std::string other = letter(world_.objects[variable_.index()].last_writer);
    scene_.sentence =
        fill(messages::say_will_overwrite,
             {{"who", actor.letter}, {"loaded", actor.hand.value_or(0)}, {"other", other}, {"now", scene_.value}});
    scene_.emphasis = fill(messages::say_will_overwrite_end, {{"who", actor.letter}, {"value", *scene_.soon}});
  }

  void say_last() {
    const trace::Event* last = run_.replay().last_step(run_.events());
    if (last == nullptr) {
      scene_.sentence = messages::say_idle_simulated;
      return;
    }
    if (!last->thread.valid() || last->thread.index() == 0) {
      scene_.sentence = last->kind == Kind::join ? messages::say_joined : messages::say_start;
      return;
    }
    const Words who(letter(last->thread), letter(last->thread));
    switch (last->kind) {
      case Kind::load:
        scene_.sentence = fill(owner_ == last->thread ? messages::say_read_locked : messages::say_read,
                               {{"who", who}, {"value", last->value}});
        break;
      case Kind::store: say_store(*last, who); break;
      case Kind::fetch_add:
        scene_.sentence = fill(messages::say_added, {{"who", who},
                                                     {"was", std::int64_t{trace::found(last->value)}},
                                                     {"value", std::int64_t{trace::written(last->value)}}});
        break;
      case Kind::acquire: scene_.sentence = fill(messages::say_took, {{"who", who}}); break;
      case Kind::gil_take: scene_.sentence = fill(messages::say_took_gil, {{"who", who}}); break;
      case Kind::gil_drop:
        scene_.sentence =
            fill(last->value == 1 ? messages::say_offered_gil : messages::say_dropped_gil, {{"who", who}});
        break;
      case Kind::release: scene_.sentence = fill(messages::say_released, {{"who", who}}); break;
      case Kind::wait: scene_.sentence = fill(messages::say_waits, {{"who", who}}); break;
      default: scene_.sentence = messages::say_start; break;
    }
  }

  void say_store(const trace::Event& last, const Words& who) {
    const std::int64_t value = trace::written(last.value);
    const std::int64_t was = trace::found(last.value);
    if (was + 1 == value) {
      scene_.sentence = fill(messages::say_wrote, {{"who", who}, {"value", value}});
      return;
    }
    const std::string found = format_count(was);
    scene_.sentence = fill(messages::say_overwrote, {{"who", who}, {"value", value}, {"was", std::string_view(found)}});
    scene_.emphasis = messages::say_overwrote_end;
  }

  const Model& model_;
  RunView& run_;
  ThreadId chosen_;
  const trace::World& world_;
  ThreadId owner_;
  ThreadId gil_owner_;
  ObjectId variable_;
  CounterScene scene_;
};

// Before anything has run: as many threads as are set, all at the start line.
CounterScene empty_scene(const Model& model) {
  CounterScene scene;
  set_program(scene, model);
  scene.total = model.params.value("threads") * model.params.value("increments");
  const auto threads = static_cast<std::size_t>(std::max<std::int64_t>(model.params.value("threads", 2), 1));
  for (std::size_t at = 0; at < threads; ++at) {
    CounterThread thread;
    thread.letter = letter_of(at);
    thread.name = numbered_thread(at + 1);
    scene.threads.push_back(std::move(thread));
  }
  scene.sentence = messages::say_idle_simulated;
  return scene;
}

}  // namespace

CounterScene make_counter_scene(const Model& model, RunView& run, ThreadId chosen) {
  if (!run.has_trace() || run.trace()->threads().size() < 2) return empty_scene(model);
  return SceneMaker(model, run, chosen).make();
}

}  // namespace interleave::stages
