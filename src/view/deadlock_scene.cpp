#include "view/deadlock_scene.h"

#include <algorithm>
#include <utility>

#include "trace/teller.h"
#include "view/counter_scene.h"
#include "view/messages.h"
#include "view/stage_parts.h"

namespace interleave::view {
namespace {

using trace::Kind;
using trace::State;
using Order = DeadlockScene::Order;

constexpr std::int64_t money_each = 1000;
// A thread's last try lies at most so many events back; beyond that it is not looked for.
constexpr std::size_t steps_looked_back = 512;

constexpr Text eats{"eats", "먹는 중"};
constexpr Text thinks{"thinks", "생각 중"};
constexpr Text hungry{"is hungry", "배고픔"};
constexpr Text transfers{"transfers", "이체 중"};
constexpr Text pauses{"pauses", "쉬는 중"};
constexpr Text begins{"begins", "시작"};
constexpr Text reaches{"reaches", "더 집으려 함"};
constexpr Text backs_off{"backs off", "물러남"};
constexpr Text busy{"busy", "움직임"};
constexpr Text done{"done", "마침"};
constexpr Text waits{"waits", "기다림"};
constexpr Text waits_for{"waits for {what}", "{what} 기다림"};

constexpr Text say_live_idle{"{n} philosophers, each on a real thread, wait for Run.",
                             "실제 스레드를 하나씩 맡은 철학자 {n}명이 실행을 기다린다."};
constexpr Text say_live_idle_bank{"{n} tellers, each on a real thread, wait for Run.",
                                  "실제 스레드를 하나씩 맡은 창구 {n}곳이 실행을 기다린다."};
constexpr Text say_live{
    "Real threads at full speed. A fork that is free is taken faster than a clock is read, so hands are known where "
    "somebody waits for them.",
    "실제 스레드가 제 속도로 돈다. 비어 있는 포크를 집는 일은 시계를 읽는 것보다 빨라서, 누군가 기다리는 손만 알 수 "
    "있다."};
constexpr Text say_live_bank{
    "Real threads at full speed. A free account is locked faster than a clock is read, so a lock's holder is known "
    "where somebody waits.",
    "실제 스레드가 제 속도로 돈다. 비어 있는 계좌를 잠그는 일은 시계를 읽는 것보다 빨라서, 누군가 기다리는 락만 알 수 "
    "있다."};
constexpr Text say_start{"Everybody sits down.", "모두 자리에 앉았다."};
constexpr Text say_start_bank{"Every counter is open.", "창구가 모두 열렸다."};
constexpr Text say_thinks{"{who} thinks, with empty hands.", "{who}이(가) 빈손으로 생각한다."};
constexpr Text say_pauses{"{who} pauses, holding no lock.", "{who}이(가) 락 없이 쉰다."};
constexpr Text say_backs_off{"{who} could not have both, put the first one down and backs off.",
                             "{who}이(가) 둘 다 얻지 못해, 쥔 것을 놓고 물러난다."};
constexpr Text say_took{"{who} takes {what} and still needs {other}.",
                        "{who}이(가) {what}을(를) 쥐었다. {other}도 있어야 한다."};
constexpr Text say_reaches{"{who} has {what} and reaches for {other}.",
                           "{who}이(가) {what}을(를) 쥐고 {other}으로(로) 손을 뻗는다."};
constexpr Text say_took_waiter{"{who} may take both: the others are held up by {what}.",
                               "{who}의 차례다. 나머지는 {what} 앞에서 기다린다."};
constexpr Text say_has_both{"{who} takes {what} and now has both.", "{who}이(가) {what}까지 쥐어 둘 다 갖췄다."};
constexpr Text say_eats{"{who} eats with both forks.", "{who}이(가) 포크 둘로 먹는다."};
constexpr Text say_has_eaten{"{who} has eaten: {n} so far.", "{who}이(가) 먹었다. 지금까지 {n}끼."};
constexpr Text say_transferred{"{who} is done: transfer number {n}.", "{who}이(가) {n}번째 이체를 마쳤다."};
constexpr Text say_out{"{who} takes {n} out of {what}.", "{who}이(가) {what}에서 {n}을(를) 뺀다."};
constexpr Text say_in{"{who} puts {n} into {what}.", "{who}이(가) {what}에 {n}을(를) 넣는다."};
constexpr Text say_waits{"{who} waits for {what}, which {other} has.", "{who}이(가) {other}의 {what}을(를) 기다린다."};
constexpr Text say_holds_and_waits{"{who} has {mine} and waits for {what}, which {other} has.",
                                   "{who}이(가) {mine}을(를) 쥔 채 {other}의 {what}을(를) 기다린다."};
constexpr Text say_failed{"{who} tries {what}, which {other} has. So {mine} goes back.",
                          "{who}이(가) 집으려던 {what}은(는) {other}의 손에 있다. 그래서 {mine}을(를) 놓는다."};
constexpr Text say_puts_down{"{who} puts {what} down.", "{who}이(가) {what}을(를) 놓았다."};
constexpr Text say_lets_go{"{who} has both, so {what} is free for the next.",
                           "{who}이(가) 둘 다 갖췄으니 {what}은(는) 다음 차례를 받는다."};
constexpr Text say_deadlock{"Deadlock: none of them can ever go on.", "데드락. 누구도 더 나아갈 수 없다."};

Order order_of(const Model& model) {
  const std::string_view key = model.params.option("order");
  if (key == "ordered") return Order::ordered;
  if (key == "try") return Order::attempt;
  return key == "waiter" ? Order::waiter : Order::naive;
}

Words numbered(Text name, std::size_t number) {
  const auto n = std::to_string(number);
  return {std::string(name.en) + " " + n, std::string(name.ko) + " " + n};
}

Words joined(const Words& one, const Words& other) { return {one.en + other.en, one.ko + other.ko}; }

class SceneMaker {
 public:
  SceneMaker(const Model& model, RunView& run, ThreadId chosen) : model_(model), run_(run), chosen_(chosen) {}

  DeadlockScene make() {
    scene_.accounts = model_.params.option("scene") == "accounts";
    scene_.order = order_of(model_);
    scene_.live = model_.engine == Engine::live;
    scene_.finished = run_.has_trace() && run_.at_end() && model_.snapshot->phase == trace::Phase::finished;
    const auto threads = static_cast<std::size_t>(std::max<std::int64_t>(model_.params.value("threads", 2), 2));
    scene_.total = static_cast<std::int64_t>(threads) * model_.params.value("meals", 1);
    add_everybody(threads);
    if (!run_.has_trace()) {
      if (scene_.accounts) scene_.money = 2 * money_each;
      say_idle(threads);
      return std::move(scene_);
    }
    find_objects();
    if (scene_.live) {
      look_at_waits();
    } else {
      look_at_world();
    }
    link();
    describe();
    say();
    return std::move(scene_);
  }

 private:
  // ---- who and what there is ------------------------------------------------------------------------------------
  void add_everybody(std::size_t threads) {
    const Text name = scene_.accounts ? Text{"teller", "창구"} : Text{"philosopher", "철학자"};
    const Text lock = scene_.accounts ? Text{"account", "계좌"} : Text{"fork", "포크"};
    for (std::size_t at = 0; at < threads; ++at) {
      DeadlockActor actor;
      actor.id = ThreadId{static_cast<std::uint32_t>(at + 1)};
      actor.letter = letter_of(at);
      actor.name = numbered(name, at + 1);
      actor.meals = 0;
      scene_.actors.push_back(std::move(actor));
    }
    for (std::size_t at = 0; at < (scene_.accounts ? 2 : threads); ++at) {
      DeadlockLock one;
      one.name = numbered(lock, at + 1);
      if (scene_.accounts && !run_.has_trace()) one.balance = money_each;
      scene_.locks.push_back(std::move(one));
    }
  }

  // The workload makes the waiter's lock first, then the others; plates first, then balances.
  void find_objects() {
    const auto& objects = run_.trace()->objects();
    for (std::size_t at = 0; at < objects.size(); ++at) {
      const ObjectId id{static_cast<std::uint32_t>(at)};
      if (objects[at].kind == trace::ObjectKind::variable) {
        variables_.push_back(id);
      } else if (!waiter_.valid()) {
        waiter_ = id;
        waiter_name_ = objects[at].name;
      } else if (locks_.size() < scene_.locks.size()) {
        scene_.locks[locks_.size()].name = objects[at].name;
        locks_.push_back(id);
      }
    }
  }

  [[nodiscard]] std::optional<std::size_t> lock_of(ObjectId object) const {
    const auto found = std::ranges::find(locks_, object);
    if (found == locks_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - locks_.begin());
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
    const std::size_t plates = scene_.actors.size();
    for (std::size_t at = 0; at < variables_.size() && variables_[at].index() < world.objects.size(); ++at) {
      const std::int64_t value = world.objects[variables_[at].index()].value;
      if (at < plates) {
        scene_.actors[at].meals = value;
      } else if (at - plates < scene_.locks.size()) {
        scene_.locks[at - plates].balance = value;
        scene_.money = scene_.money.value_or(0) + value;
      }
    }
    find_next();
  }

  void hold(DeadlockActor& actor, ObjectId object) {
    if (const auto lock = lock_of(object)) {
      actor.holds.push_back(*lock);
      scene_.locks[*lock].holder = actor.id.index() - 1;
    } else if (object == waiter_) {
      scene_.waiter_holder = actor.id.index() - 1;
    }
  }

  // A lock that was put down is still waited for until the waiter's own next step, but nobody keeps it.
  void wait(DeadlockActor& actor, ObjectId object, ThreadId owner) {
    if (!owner.valid()) {
      actor.state = State::ready;
      return;
    }
    if (const auto lock = lock_of(object)) actor.wants = lock;
    actor.wants_waiter = object == waiter_;
  }

  void find_next() {
    ThreadId next = chosen_;
    if (const trace::Event* event = run_.replay().next_step(run_.events())) {
      next = event->thread;
    } else if (!next.valid()) {
      const auto can = [](const trace::Pending& pending) { return pending.enabled; };
      const auto& pending = model_.snapshot->pending;
      if (std::ranges::count_if(pending, can) == 1) next = std::ranges::find_if(pending, can)->thread;
    }
    if (const auto actor = actor_of(next)) scene_.actors[*actor].is_next = true;
  }

  // ---- live: what follows from the waits --------------------------------------------------------------------------
  void look_at_waits() {
    const auto& outcome = model_.snapshot->outcome;
    hung_ = outcome && outcome->verdict == Verdict::hang;
    const std::vector<std::int64_t> progress = live_progress(*run_.trace());
    const bool came_to_its_end =
        outcome && (outcome->verdict == Verdict::ok || (outcome->verdict == Verdict::failure && !may_miss()));
    for (DeadlockActor& actor : scene_.actors) {
      const std::size_t thread = actor.id.index();
      if (thread < progress.size()) actor.meals = progress[thread];
      // The last batch of a thread's progress may not have been seen; a run that came to its end has done all.
      if (came_to_its_end) actor.meals = model_.params.value("meals", 0);
      if (thread < run_.lanes().size()) look_at_spans(actor, run_.lanes()[thread].spans);
    }
    if (!scene_.accounts) find_hands_by_neighbours();
  }

  [[nodiscard]] bool may_miss() const { return scene_.order == Order::attempt; }

  void look_at_spans(DeadlockActor& actor, std::span<const trace::Span> spans) {
    actor.begun = !spans.empty();
    // Where a run hangs its threads are let go of afterwards: what counts is what they waited for.
    while (hung_ && !spans.empty() && spans.back().state != State::waiting_lock) spans = spans.first(spans.size() - 1);
    if (spans.empty()) return;
    const trace::Span& last = spans.back();
    actor.state = last.state;
    actor.ended = last.state == State::idle;
    const DeadlockScene::Pair needs = scene_.needs(actor.id.index() - 1);
    if (last.state == State::waiting_lock) {
      const auto lock = lock_of(last.object);
      actor.wants = lock;
      actor.wants_waiter = last.object == waiter_;
      if (lock && scene_.order == Order::waiter) scene_.waiter_holder = actor.id.index() - 1;
      if (lock == needs.second) take(actor, needs.first);
      return;
    }
    if (spans.size() < 2 || actor.ended) return;
    // Just after a wait: it got what it had waited for, and has not let go of it before its next pause.
    const auto before = lock_of(spans[spans.size() - 2].object);
    if (last.state != State::running || spans[spans.size() - 2].state != State::waiting_lock || !before) return;
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
  void describe() {
    for (DeadlockActor& actor : scene_.actors) {
      actor.doing_short = doing(actor);
      actor.doing = actor.doing_short;
      if (actor.wants) actor.doing = fill(waits_for, {{"what", scene_.locks[*actor.wants].name}});
      if (actor.wants_waiter) actor.doing = fill(waits_for, {{"what", waiter_name_}});
    }
  }

  [[nodiscard]] Words doing(const DeadlockActor& actor) const {
    if (!actor.begun) return messages::not_begun;
    if (actor.ended) return done;
    if (actor.wants || actor.wants_waiter) return waits;
    if (actor.holds.size() == 2) return scene_.accounts ? transfers : eats;
    if (scene_.live) return actor.state == State::blocked ? pauses : busy;
    if (actor.holds.size() == 1 || scene_.waiter_holder == actor.id.index() - 1) return reaches;
    if (actor.state != State::blocked) return scene_.accounts ? begins : hungry;
    if (gave_way(actor.id)) return backs_off;
    return scene_.accounts ? pauses : thinks;
  }

  // Whether the thread's last try failed, and it has not eaten since.
  [[nodiscard]] bool gave_way(ThreadId thread) const {
    if (scene_.order != Order::attempt) return false;
    const std::size_t end = run_.events();
    for (std::size_t back = 1; back <= std::min(end, steps_looked_back); ++back) {
      const trace::Event* event = run_.replay().event(end - back);
      if (event == nullptr || event->thread != thread) continue;
      if (event->kind == Kind::try_acquire) return event->value == 0;
      if (event->kind == Kind::store) return false;
    }
    return false;
  }

  void say_idle(std::size_t threads) {
    for (DeadlockActor& actor : scene_.actors) actor.doing = actor.doing_short = messages::not_begun;
    const Text& live = scene_.accounts ? say_live_idle_bank : say_live_idle;
    scene_.sentence =
        scene_.live ? fill(live, {{"n", static_cast<std::int64_t>(threads)}}) : Words(messages::say_idle_simulated);
  }

  void say() {
    if (!scene_.cycle.empty()) {
      say_cycle();
    } else if (scene_.finished && model_.snapshot->outcome) {
      const Outcome& outcome = *model_.snapshot->outcome;
      scene_.sentence = joined(outcome.headline, Words(". ", ". "));
      scene_.emphasis = outcome.sentence;
      scene_.emphasis_tone = outcome.verdict == Verdict::ok ? Tone::good : Tone::bad;
    } else if (scene_.live) {
      scene_.sentence = scene_.accounts ? say_live_bank : say_live;
    } else {
      say_last();
    }
  }

  // "A waits for B, B for C, C for A." Of a long circle the first and the last are enough.
  void say_cycle() {
    constexpr std::size_t most = 6;
    const std::size_t count = scene_.cycle.size();
    Words list;
    for (std::size_t at = 0; at < count; ++at) {
      if (count > most && at >= 3 && at + 1 < count) {
        if (at == 3) list = joined(list, Words(", …", ", …"));
        continue;
      }
      const std::string& who = scene_.actors[scene_.cycle[at]].letter;
      const std::string& other = scene_.actors[scene_.cycle[(at + 1) % count]].letter;
      const Text pattern = at == 0 ? Text{"{who} waits for {other}", "{who}은(는) {other}을(를)"}
                                   : Text{", {who} for {other}", ", {who}은(는) {other}을(를)"};
      list = joined(list, fill(pattern, {{"who", std::string_view(who)}, {"other", std::string_view(other)}}));
    }
    scene_.sentence = joined(list, Words(". ", " 기다린다. "));
    scene_.emphasis = say_deadlock;
  }

  void say_last() {
    const trace::Event* last = run_.replay().last_step(run_.events());
    if (last == nullptr) {
      scene_.sentence = messages::say_idle_simulated;
      return;
    }
    const auto actor = actor_of(last->thread);
    if (!actor) {
      const Text& start = scene_.accounts ? say_start_bank : say_start;
      scene_.sentence = last->kind == Kind::join || last->kind == Kind::wait ? messages::say_joined : start;
      return;
    }
    scene_.sentence = told(*last, scene_.actors[*actor]);
    if (!scene_.sentence.empty()) return;
    // What this scene has no sentence of its own for.
    scene_.sentence = joined(trace::Teller(*run_.trace()).told(*last), Words(".", "."));
  }

  [[nodiscard]] Words told(const trace::Event& event, const DeadlockActor& actor) const {
    const Fill who{"who", std::string_view(actor.letter)};
    const Fill what{"what", name_of(event.object)};
    switch (event.kind) {
      case Kind::sleep: return told_pause(actor);
      case Kind::wait: return told_wait(actor);
      case Kind::acquire: return told_take(event, actor);
      case Kind::try_acquire: return event.value == 1 ? told_take(event, actor) : told_failure(event, actor);
      case Kind::release: return fill(event.object == waiter_ ? say_lets_go : say_puts_down, {who, what});
      case Kind::compute: return scene_.accounts ? Words{} : fill(say_eats, {who});
      case Kind::store: return told_store(event, actor);
      default: return {};
    }
  }

  [[nodiscard]] Words name_of(ObjectId object) const {
    if (const auto lock = lock_of(object)) return scene_.locks[*lock].name;
    return object == waiter_ ? waiter_name_ : Words{};
  }
  [[nodiscard]] const Words& other_lock(const DeadlockActor& actor, std::size_t lock) const {
    const DeadlockScene::Pair needs = scene_.needs(actor.id.index() - 1);
    return scene_.locks[needs.first == lock ? needs.second : needs.first].name;
  }

  [[nodiscard]] Words told_pause(const DeadlockActor& actor) const {
    const Fill who{"who", std::string_view(actor.letter)};
    if (actor.holds.size() == 1) {
      return fill(say_reaches,
                  {who, {"what", scene_.locks[actor.holds[0]].name}, {"other", other_lock(actor, actor.holds[0])}});
    }
    if (gave_way(actor.id)) return fill(say_backs_off, {who});
    return fill(scene_.accounts ? say_pauses : say_thinks, {who});
  }

  [[nodiscard]] Words told_wait(const DeadlockActor& actor) const {
    if (!actor.waits_for) return {};
    const Words what = actor.wants ? scene_.locks[*actor.wants].name : waiter_name_;
    const std::string& other = scene_.actors[*actor.waits_for].letter;
    const Fill who{"who", std::string_view(actor.letter)};
    if (actor.holds.empty()) {
      return fill(say_waits, {who, {"what", what}, {"other", std::string_view(other)}});
    }
    return fill(say_holds_and_waits,
                {who, {"mine", scene_.locks[actor.holds[0]].name}, {"what", what}, {"other", std::string_view(other)}});
  }

  [[nodiscard]] Words told_take(const trace::Event& event, const DeadlockActor& actor) const {
    const Fill who{"who", std::string_view(actor.letter)};
    const Fill what{"what", name_of(event.object)};
    const auto lock = lock_of(event.object);
    if (!lock) return fill(say_took_waiter, {who, what});
    if (actor.holds.size() == 2) return fill(say_has_both, {who, what});
    return fill(say_took, {who, what, {"other", other_lock(actor, *lock)}});
  }

  [[nodiscard]] Words told_failure(const trace::Event& event, const DeadlockActor& actor) const {
    const auto lock = lock_of(event.object);
    if (!lock || !scene_.locks[*lock].holder) return {};
    const std::string& other = scene_.actors[*scene_.locks[*lock].holder].letter;
    return fill(say_failed, {{"who", std::string_view(actor.letter)},
                             {"what", name_of(event.object)},
                             {"other", std::string_view(other)},
                             {"mine", other_lock(actor, *lock)}});
  }

  [[nodiscard]] Words told_store(const trace::Event& event, const DeadlockActor& actor) const {
    const Fill who{"who", std::string_view(actor.letter)};
    const auto found = static_cast<std::size_t>(std::ranges::find(variables_, event.object) - variables_.begin());
    const std::int64_t value = trace::written(event.value);
    if (found < scene_.actors.size()) {
      return fill(scene_.accounts ? say_transferred : say_has_eaten, {who, {"n", value}});
    }
    const std::size_t account = found - scene_.actors.size();
    if (account >= scene_.locks.size()) return {};
    const std::int64_t change = value - trace::found(event.value);
    return fill(change < 0 ? say_out : say_in,
                {who, {"n", change < 0 ? -change : change}, {"what", scene_.locks[account].name}});
  }

  const Model& model_;
  RunView& run_;
  ThreadId chosen_;
  DeadlockScene scene_;
  std::vector<ObjectId> locks_;
  std::vector<ObjectId> variables_;
  ObjectId waiter_;
  Words waiter_name_;
  bool hung_ = false;
};

}  // namespace

DeadlockScene::Pair DeadlockScene::needs(std::size_t actor) const {
  Pair out{actor % locks.size(), (actor + 1) % locks.size()};
  if (order == Order::ordered && out.first > out.second) std::swap(out.first, out.second);
  return out;
}

std::size_t DeadlockScene::waiting() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(actors, [](const DeadlockActor& actor) { return actor.wants || actor.wants_waiter; }));
}

DeadlockScene make_deadlock_scene(const Model& model, RunView& run, ThreadId chosen) {
  return SceneMaker(model, run, chosen).make();
}

}  // namespace interleave::view
