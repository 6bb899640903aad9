#include "stages/counter/scene.h"

#include <algorithm>

#include "core/format.h"
#include "stages/common/texts.h"
#include "view/run/names.h"
#include "view/run/next_step.h"

namespace interleave::stages {
namespace {

constexpr Text overwrites{"soon overwritten by {value}", "곧 {value}을(를) 덮어쓴다"};
constexpr Text becomes{"soon {value}", "곧 {value}"};
constexpr Text lock_free{"lock: free", "락: 비어 있음"};
constexpr Text lock_held{"lock: held by {who}", "락: {who}이(가) 쥠"};
constexpr Text say_start{"All threads stand at the start line.", "모든 스레드가 출발선에 섰다."};
constexpr Text say_will_overwrite{"{who} read {loaded}, then {other} wrote {now}. ",
                                  "{who}이(가) {loaded}을(를) 읽은 뒤 {other}이(가) {now}을(를) 썼다. "};
constexpr Text say_will_overwrite_end{"Now {who} writes {value} over it: an update is lost.",
                                      "이제 {who}이(가) {value}을(를) 덮어쓰면 갱신 하나가 사라진다."};
constexpr Text say_overwrote{"{who} wrote {value} over {was}, from a value read before. ",
                             "{who}이(가) 예전에 읽은 값으로 {was} 위에 {value}을(를) 썼다. "};
constexpr Text say_overwrote_end{"An update was lost.", "갱신 하나가 사라졌다."};
constexpr Text say_read{"{who} read {value}. Until it writes, another thread may change the count.",
                        "{who}이(가) {value}을(를) 읽었다. 쓰기 전까지 다른 스레드가 count를 바꿀 수 있다."};
constexpr Text say_read_locked{"{who} read {value}, and holds the lock: nobody can come between.",
                               "{who}이(가) {value}을(를) 읽었다. 락을 쥐고 있어 아무도 끼어들 수 없다."};
constexpr Text say_wrote{"{who} wrote {value}. Nobody had written since it read, so nothing is lost.",
                         "{who}이(가) {value}을(를) 썼다. 읽은 뒤로 아무도 쓰지 않아 사라진 것이 없다."};
constexpr Text say_added{"{who} made {was} into {value} in one step. Nothing can come between.",
                         "{who}이(가) 한 걸음에 {was}을(를) {value}(으)로 바꿨다. 아무도 끼어들 수 없다."};
constexpr Text say_took{"{who} took the lock. The others wait until it is free.",
                        "{who}이(가) 락을 얻었다. 나머지는 풀릴 때까지 기다린다."};
constexpr Text say_released{"{who} released the lock. Another may take it now.",
                            "{who}이(가) 락을 놓았다. 이제 다른 스레드가 얻을 수 있다."};
constexpr Text say_waits{"{who} wants the lock, but another thread holds it. So {who} waits.",
                         "{who}도 락이 필요하지만 다른 스레드가 쥐고 있다. 그래서 기다린다."};
constexpr Text say_took_gil{"{who} took the GIL: until it lets go, no other thread runs.",
                            "{who}이(가) GIL을 얻었다. 놓을 때까지 다른 스레드는 돌지 않는다."};
constexpr Text say_offered_gil{"{who} let the GIL go at a place where it may be asked to. Whoever takes it runs.",
                               "{who}이(가) 내줄 수 있는 곳에서 GIL을 놓았다. 먼저 얻는 스레드가 돈다."};
constexpr Text say_dropped_gil{"{who} let the GIL go, because it is about to wait or has ended.",
                               "{who}이(가) 기다리거나 끝나게 되어 GIL을 놓았다."};
constexpr Text say_done{"All threads have ended. ", "모든 스레드가 끝났다. "};
constexpr Text say_done_lost_one{"One update was overwritten.", "갱신 하나가 덮어써졌다."};
constexpr Text say_done_lost{"{count} updates were overwritten.", "갱신 {count}개가 덮어써졌다."};
constexpr Text say_done_fine{"Not one update was lost.", "사라진 갱신이 하나도 없다."};

using trace::Kind;
using workloads::Counter;

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

class SceneMaker {
 public:
  SceneMaker(const Model& model, RunView& run, ThreadId chosen)
      : model_(model), run_(run), chosen_(chosen), world_(run.world()) {}

  CounterScene make() {
    scene_.params = params_from<Counter::Params>(model_.params.values);
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
    const auto wanted = static_cast<std::size_t>(scene_.params.threads) + 1;
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
      scene_.soon_words = scene_.soon_overwrites ? fill(overwrites, {{"value", *step->writes}})
                                                 : fill(becomes, {{"value", *step->writes}});
    }
  }

  void add_lock() {
    if (!scene_.has_lock()) return;
    scene_.lock_words =
        scene_.lock_owner ? fill(lock_held, {{"who", scene_.threads[*scene_.lock_owner].letter}}) : Words(lock_free);
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
      scene_.sentence = say_done;
      scene_.emphasis_tone = scene_.lost() > 0 ? Tone::bad : Tone::good;
      scene_.emphasis = scene_.lost() == 0   ? Words(say_done_fine)
                        : scene_.lost() == 1 ? Words(say_done_lost_one)
                                             : fill(say_done_lost, {{"count", scene_.lost()}});
    } else {
      say_last();
    }
  }

  void say_next() {
    const CounterThread& actor = scene_.threads[*scene_.next_actor];
    const std::string other = letter(world_.objects[variable_.index()].last_writer);
    scene_.sentence =
        fill(say_will_overwrite,
             {{"who", actor.letter}, {"loaded", actor.hand.value_or(0)}, {"other", other}, {"now", scene_.value}});
    scene_.emphasis = fill(say_will_overwrite_end, {{"who", actor.letter}, {"value", *scene_.soon}});
  }

  void say_last() {
    const trace::Event* last = run_.replay().last_step(run_.events());
    if (last == nullptr) {
      scene_.sentence = texts::say_idle_simulated;
      return;
    }
    if (!last->thread.valid() || last->thread.index() == 0) {
      scene_.sentence = last->kind == Kind::join ? texts::say_joined : say_start;
      return;
    }
    const Words who(letter(last->thread), letter(last->thread));
    switch (last->kind) {
      case Kind::load:
        scene_.sentence =
            fill(owner_ == last->thread ? say_read_locked : say_read, {{"who", who}, {"value", last->value}});
        break;
      case Kind::store: say_store(*last, who); break;
      case Kind::fetch_add:
        scene_.sentence = fill(say_added, {{"who", who},
                                           {"was", std::int64_t{trace::found(last->value)}},
                                           {"value", std::int64_t{trace::written(last->value)}}});
        break;
      case Kind::acquire: scene_.sentence = fill(say_took, {{"who", who}}); break;
      case Kind::gil_take: scene_.sentence = fill(say_took_gil, {{"who", who}}); break;
      case Kind::gil_drop:
        scene_.sentence = fill(last->value == 1 ? say_offered_gil : say_dropped_gil, {{"who", who}});
        break;
      case Kind::release: scene_.sentence = fill(say_released, {{"who", who}}); break;
      case Kind::wait: scene_.sentence = fill(say_waits, {{"who", who}}); break;
      default: scene_.sentence = say_start; break;
    }
  }

  void say_store(const trace::Event& last, const Words& who) {
    const std::int64_t value = trace::written(last.value);
    const std::int64_t was = trace::found(last.value);
    if (was + 1 == value) {
      scene_.sentence = fill(say_wrote, {{"who", who}, {"value", value}});
      return;
    }
    const std::string found = format_count(was);
    scene_.sentence = fill(say_overwrote, {{"who", who}, {"value", value}, {"was", std::string_view(found)}});
    scene_.emphasis = say_overwrote_end;
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
  scene.params = params_from<Counter::Params>(model.params.values);
  for (std::size_t at = 0; at < static_cast<std::size_t>(scene.params.threads); ++at) {
    CounterThread thread;
    thread.letter = letter_of(at);
    thread.name = numbered_thread(at + 1);
    scene.threads.push_back(std::move(thread));
  }
  scene.sentence = texts::say_idle_simulated;
  return scene;
}

}  // namespace

CounterScene make_counter_scene(const Model& model, RunView& run, ThreadId chosen) {
  if (!run.has_trace() || run.trace()->threads().size() < 2) return empty_scene(model);
  return SceneMaker(model, run, chosen).make();
}

}  // namespace interleave::stages
