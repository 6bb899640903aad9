#include "stages/deadlock/scene.h"

#include <algorithm>
#include <utility>

#include "stages/common/parts.h"
#include "stages/common/texts.h"
#include "stages/deadlock/story.h"
#include "view/run/names.h"
#include "view/run/next_step.h"

namespace interleave::stages {
namespace {

using trace::State;
using workloads::Deadlock;

constexpr Text eats{"eats", "먹는 중"};
constexpr Text thinks{"thinks", "생각 중"};
constexpr Text hungry{"is hungry", "배고픔"};
constexpr Text transfers{"transfers", "이체 중"};
constexpr Text pauses{"pauses", "쉬는 중"};
constexpr Text begins{"begins", "시작"};
constexpr Text reaches{"reaches", "손 뻗는 중"};
constexpr Text backs_off{"backs off", "물러나는 중"};
constexpr Text busy{"busy", "움직이는 중"};
constexpr Text done{"done", "마침"};
constexpr Text waits{"waits", "기다림"};
constexpr Text waits_for{"waits for {what}", "{what} 기다림"};

class SceneMaker {
 public:
  SceneMaker(const Model& model, RunView& run, ThreadId chosen) : model_(model), run_(run), chosen_(chosen) {}

  DeadlockScene make() {
    scene_.params = params_from<Deadlock::Params>(model_.params.values);
    scene_.live = model_.engine == Engine::live;
    scene_.finished = run_.has_trace() && run_.at_end() && model_.snapshot->phase == trace::Phase::finished;
    add_everybody();
    if (run_.has_trace()) {
      objects_ = find_deadlock_objects(*run_.trace(), scene_.params);
      if (scene_.live) {
        look_at_waits();
      } else {
        look_at_world();
      }
      link();
    } else if (scene_.accounts()) {
      scene_.money = Deadlock::money(scene_.params);
    }
    for (DeadlockActor& actor : scene_.actors) describe(actor);
    tell_deadlock(scene_, model_, run_, objects_);
    return std::move(scene_);
  }

 private:
  // ---- who and what there is ------------------------------------------------------------------------------------
  void add_everybody() {
    const Deadlock::Names names = Deadlock::names_in(scene_.params.scene);
    for (int number = 1; number <= scene_.params.threads; ++number) {
      DeadlockActor actor;
      actor.id = ThreadId{static_cast<std::uint32_t>(number)};
      actor.letter = letter_of(actor.id.index() - 1);
      actor.name = rt::Name{names.diner, number}.words();
      actor.meals = 0;
      scene_.actors.push_back(std::move(actor));
    }
    for (int number = 1; number <= static_cast<int>(scene_.params.locks()); ++number) {
      DeadlockLock one;
      one.name = rt::Name{names.lock, number}.words();
      if (scene_.accounts() && !run_.has_trace()) one.balance = Deadlock::money_each;
      scene_.locks.push_back(std::move(one));
    }
  }

  [[nodiscard]] std::optional<std::size_t> actor_of(ThreadId thread) const {
    if (!thread.valid() || thread.index() == 0 || thread.index() > scene_.actors.size()) return std::nullopt;
    return thread.index() - 1;
  }

  // ---- simulated: exactly ---------------------------------------------------------------------------------------
  void look_at_world() {
    const trace::World& world = run_.world();
    for (DeadlockActor& actor : scene_.actors) {
      if (actor.id.index() >= world.threads.size()) continue;
      const trace::ThreadState& thread = world.threads[actor.id.index()];
      actor.begun = thread.begun;
      actor.ended = thread.ended;
      actor.state = thread.state;
      for (const ObjectId object : thread.held) hold(actor, object);
      if (thread.waits_for.valid()) wait(actor, thread.waits_for, world.objects[thread.waits_for.index()].owner);
    }
    for (std::size_t at = 0; at < objects_.plates.size(); ++at) {
      if (const auto meals = value_of(world, objects_.plates[at])) scene_.actors[at].meals = meals;
    }
    for (std::size_t at = 0; at < objects_.balances.size(); ++at) {
      const auto balance = value_of(world, objects_.balances[at]);
      if (!balance) continue;
      scene_.locks[at].balance = balance;
      scene_.money = scene_.money.value_or(0) + *balance;
    }
    if (const auto actor = actor_of(next_thread(model_, run_, chosen_))) scene_.actors[*actor].is_next = true;
  }

  static std::optional<std::int64_t> value_of(const trace::World& world, ObjectId variable) {
    if (!variable.valid() || variable.index() >= world.objects.size()) return std::nullopt;
    return world.objects[variable.index()].value;
  }

  void hold(DeadlockActor& actor, ObjectId object) {
    if (const auto lock = objects_.lock_of(object)) {
      actor.holds.push_back(*lock);
      scene_.locks[*lock].holder = actor.id.index() - 1;
    } else if (object == objects_.waiter) {
      scene_.waiter_holder = actor.id.index() - 1;
    }
  }

  // A lock that was put down is still waited for until the waiter's own next step, but nobody keeps it.
  void wait(DeadlockActor& actor, ObjectId object, ThreadId owner) {
    if (!owner.valid()) {
      actor.state = State::ready;
      return;
    }
    if (const auto lock = objects_.lock_of(object)) actor.wants = lock;
    actor.wants_waiter = object == objects_.waiter;
  }

  // ---- live: what follows from the waits --------------------------------------------------------------------------
  void look_at_waits() {
    const auto& outcome = model_.snapshot->outcome;
    hung_ = outcome && outcome->verdict == Verdict::hang;
    const std::vector<std::int64_t> progress = live_progress(*run_.trace());
    const bool all_eaten = outcome && outcome->verdict == Verdict::ok;
    for (DeadlockActor& actor : scene_.actors) {
      const std::size_t thread = actor.id.index();
      if (thread < progress.size()) actor.meals = progress[thread];
      // The last batch of a thread's progress may not have been seen.
      if (all_eaten) actor.meals = scene_.params.meals;
      if (thread < run_.lanes().size()) look_at_spans(actor, run_.lanes()[thread].spans);
    }
    if (!scene_.accounts()) find_hands_by_neighbours();
    if (!outcome) return;
    if (const auto counted = outcome->figure("money-after")) scene_.money = static_cast<std::int64_t>(*counted);
  }

  void look_at_spans(DeadlockActor& actor, const trace::Spans& spans) {
    std::size_t count = spans.size();
    actor.begun = count > 0;
    // Where a run hangs its threads are let go of afterwards: what counts is what they waited for.
    while (hung_ && count > 0 && spans.state_of(count - 1) != State::waiting_lock) --count;
    if (count == 0) return;
    const trace::Span last = spans[count - 1];
    actor.state = last.state;
    actor.ended = last.state == State::idle;
    const Deadlock::Pair needs = scene_.params.forks_of(actor.id.index() - 1);
    if (last.state == State::waiting_lock) {
      const auto lock = objects_.lock_of(last.object);
      actor.wants = lock;
      actor.wants_waiter = last.object == objects_.waiter;
      if (lock && scene_.params.order == Deadlock::Order::waiter) scene_.waiter_holder = actor.id.index() - 1;
      if (lock == needs.second) take(actor, needs.first);
      return;
    }
    if (count < 2 || actor.ended) return;
    // Just after a wait: it got what it had waited for, and has not let go of it before its next pause.
    const trace::Span waited = spans[count - 2];
    const auto before = objects_.lock_of(waited.object);
    if (last.state != State::running || waited.state != State::waiting_lock || !before) return;
    take(actor, needs.first);
    if (before == needs.second) take(actor, needs.second);
  }

  void take(DeadlockActor& actor, std::size_t lock) {
    if (scene_.locks[lock].holder) return;
    actor.holds.push_back(lock);
    scene_.locks[lock].holder = actor.id.index() - 1;
  }

  // Only two ever use a fork: if one waits for it, the other has it.
  void find_hands_by_neighbours() {
    const std::size_t count = scene_.actors.size();
    for (std::size_t at = 0; at < count; ++at) {
      const std::optional<std::size_t> fork = scene_.actors[at].wants;
      if (!fork) continue;
      DeadlockActor& other = scene_.actors[*fork == at ? (at + count - 1) % count : *fork];
      if (!other.ended) take(other, *fork);
    }
  }

  // ---- who waits for whom -----------------------------------------------------------------------------------------
  void link() {
    for (DeadlockActor& actor : scene_.actors) {
      if (actor.wants) actor.waits_for = scene_.locks[*actor.wants].holder;
      if (actor.wants_waiter) actor.waits_for = scene_.waiter_holder;
      scene_.meals += actor.meals.value_or(0);
    }
    if (!scene_.live || hung_) find_cycle();
  }

  void find_cycle() {
    for (std::size_t start = 0; start < scene_.actors.size() && scene_.cycle.empty(); ++start) {
      std::vector<std::size_t> path{start};
      while (const auto next = scene_.actors[path.back()].waits_for) {
        if (*next == start) scene_.cycle = path;
        if (std::ranges::find(path, *next) != path.end()) break;
        path.push_back(*next);
      }
    }
    for (const std::size_t actor : scene_.cycle) scene_.actors[actor].in_cycle = true;
  }

  // ---- in words ---------------------------------------------------------------------------------------------------
  void describe(DeadlockActor& actor) const {
    actor.doing = actor.doing_short = doing(actor);
    if (actor.wants) actor.doing = fill(waits_for, {{"what", scene_.locks[*actor.wants].name}});
    if (actor.wants_waiter) actor.doing = fill(waits_for, {{"what", objects_.waiter_name}});
  }

  [[nodiscard]] Words doing(const DeadlockActor& actor) const {
    if (!actor.begun) return texts::not_begun;
    if (actor.ended) return done;
    if (actor.wants || actor.wants_waiter) return waits;
    if (actor.holds.size() == 2) return scene_.accounts() ? transfers : eats;
    if (scene_.live) return actor.state == State::blocked ? pauses : busy;
    if (actor.holds.size() == 1 || scene_.waiter_holder == actor.id.index() - 1) return reaches;
    if (actor.state != State::blocked) return scene_.accounts() ? begins : hungry;
    if (gave_way(scene_, run_, actor.id)) return backs_off;
    return scene_.accounts() ? pauses : thinks;
  }

  const Model& model_;
  RunView& run_;
  ThreadId chosen_;
  DeadlockScene scene_;
  DeadlockObjects objects_;
  bool hung_ = false;
};

}  // namespace

std::size_t DeadlockScene::waiting() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(actors, [](const DeadlockActor& actor) { return actor.wants || actor.wants_waiter; }));
}

DeadlockScene make_deadlock_scene(const Model& model, RunView& run, ThreadId chosen) {
  return SceneMaker(model, run, chosen).make();
}

}  // namespace interleave::stages
