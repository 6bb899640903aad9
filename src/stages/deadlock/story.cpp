#include "stages/deadlock/story.h"

#include <algorithm>

#include "stages/common/parts.h"
#include "stages/common/texts.h"
#include "trace/teller.h"

namespace interleave::stages {
namespace {

using trace::Kind;
using workloads::Deadlock;

// A thread's last try lies at most so many events back; beyond that it is not looked for.
constexpr std::size_t events_looked_back = 512;

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
constexpr Text say_pair{
    "{who} has {mine} and waits for {what}; {other} has {what} and waits for {mine}. ",
    "{who}은(는) {mine}을(를) 쥔 채 {what}을(를), {other}은(는) {what}을(를) 쥔 채 {mine}을(를) 기다린다. "};
constexpr Text say_deadlock{"Deadlock: none of them can ever go on.", "데드락. 누구도 더 나아갈 수 없다."};
constexpr Text say_counts{"{who} has taken the money out; it is in nobody's account.",
                          "{who}이(가) 돈을 빼 들었다. 지금은 어느 계좌에도 없는 돈이다."};

Words joined(const Words& one, const Words& other) { return {one.en + other.en, one.ko + other.ko}; }

// Two are told in full.
void tell_pair(DeadlockScene& scene) {
  const DeadlockActor& one = scene.actors[scene.cycle[0]];
  const DeadlockActor& other = scene.actors[scene.cycle[1]];
  if (!one.wants || !other.wants) return;
  scene.sentence = fill(say_pair, {{"who", std::string_view(one.letter)},
                                   {"other", std::string_view(other.letter)},
                                   {"what", scene.locks[*one.wants].name},
                                   {"mine", scene.locks[*other.wants].name}});
}

// "A waits for B, B for C, C for A." Of a long circle the first and the last are enough.
void tell_cycle(DeadlockScene& scene) {
  scene.emphasis = say_deadlock;
  if (scene.cycle.size() == 2) return tell_pair(scene);
  constexpr std::size_t most = 6;
  const std::size_t count = scene.cycle.size();
  Words list;
  for (std::size_t at = 0; at < count; ++at) {
    if (count > most && at >= 3 && at + 1 < count) {
      if (at == 3) list = joined(list, Words(", …", ", …"));
      continue;
    }
    const std::string& who = scene.actors[scene.cycle[at]].letter;
    const std::string& other = scene.actors[scene.cycle[(at + 1) % count]].letter;
    const Text pattern = at == 0 ? Text{"{who} waits for {other}", "{who}은(는) {other}을(를)"}
                                 : Text{", {who} for {other}", ", {who}은(는) {other}을(를)"};
    list = joined(list, fill(pattern, {{"who", std::string_view(who)}, {"other", std::string_view(other)}}));
  }
  scene.sentence = joined(list, Words(". ", " 기다린다. "));
}

std::optional<std::size_t> place_of(std::span<const ObjectId> all, ObjectId object) {
  const auto found = std::ranges::find(all, object);
  if (!object.valid() || found == all.end()) return std::nullopt;
  return static_cast<std::size_t>(found - all.begin());
}

// One step of a simulated run.
class StepTeller {
 public:
  StepTeller(const DeadlockScene& scene, const RunView& run, const DeadlockObjects& objects, const trace::Event& event,
             const DeadlockActor& actor)
      : scene_(scene),
        run_(run),
        objects_(objects),
        event_(event),
        actor_(actor),
        who_("who", std::string_view(actor.letter)),
        what_("what", name_of(event.object)) {}

  // Empty for what it has no sentence of its own for.
  [[nodiscard]] Words told() const {
    switch (event_.kind) {
      case Kind::sleep: return told_pause();
      case Kind::wait: return told_wait();
      case Kind::acquire: return told_take();
      case Kind::try_acquire: return event_.value == 1 ? told_take() : told_failure();
      case Kind::release: return fill(event_.object == objects_.waiter ? say_lets_go : say_puts_down, {who_, what_});
      case Kind::compute: return fill(scene_.accounts() ? say_counts : say_eats, {who_});
      case Kind::store: return told_store();
      default: return {};
    }
  }

 private:
  [[nodiscard]] Words name_of(ObjectId object) const {
    if (const auto lock = objects_.lock_of(object)) return scene_.locks[*lock].name;
    return object == objects_.waiter ? objects_.waiter_name : Words{};
  }
  [[nodiscard]] const Words& other_lock(std::size_t lock) const {
    const Deadlock::Pair needs = scene_.params.forks_of(actor_.id.index() - 1);
    return scene_.locks[needs.first == lock ? needs.second : needs.first].name;
  }
  [[nodiscard]] Fill other(std::size_t actor) const { return {"other", std::string_view(scene_.actors[actor].letter)}; }

  [[nodiscard]] Words told_pause() const {
    if (actor_.holds.size() == 1) {
      const std::size_t mine = actor_.holds[0];
      return fill(say_reaches, {who_, {"what", scene_.locks[mine].name}, {"other", other_lock(mine)}});
    }
    if (gave_way(scene_, run_, actor_.id)) return fill(say_backs_off, {who_});
    return fill(scene_.accounts() ? say_pauses : say_thinks, {who_});
  }

  [[nodiscard]] Words told_wait() const {
    if (!actor_.waits_for) return {};
    if (actor_.holds.empty()) return fill(say_waits, {who_, what_, other(*actor_.waits_for)});
    return fill(say_holds_and_waits,
                {who_, {"mine", scene_.locks[actor_.holds[0]].name}, what_, other(*actor_.waits_for)});
  }

  [[nodiscard]] Words told_take() const {
    const auto lock = objects_.lock_of(event_.object);
    if (!lock) return fill(say_took_waiter, {who_, what_});
    if (actor_.holds.size() == 2) return fill(say_has_both, {who_, what_});
    return fill(say_took, {who_, what_, {"other", other_lock(*lock)}});
  }

  [[nodiscard]] Words told_failure() const {
    const auto lock = objects_.lock_of(event_.object);
    if (!lock || !scene_.locks[*lock].holder) return {};
    return fill(say_failed, {who_, what_, other(*scene_.locks[*lock].holder), {"mine", other_lock(*lock)}});
  }

  [[nodiscard]] Words told_store() const {
    const std::int64_t value = trace::written(event_.value);
    if (place_of(objects_.plates, event_.object)) {
      return fill(scene_.accounts() ? say_transferred : say_has_eaten, {who_, {"n", value}});
    }
    const auto account = place_of(objects_.balances, event_.object);
    if (!account) return {};
    const std::int64_t change = value - trace::found(event_.value);
    return fill(change < 0 ? say_out : say_in,
                {who_, {"n", change < 0 ? -change : change}, {"what", scene_.locks[*account].name}});
  }

  const DeadlockScene& scene_;
  const RunView& run_;
  const DeadlockObjects& objects_;
  const trace::Event& event_;
  const DeadlockActor& actor_;
  Fill who_;
  Fill what_;
};

Words told_last(const DeadlockScene& scene, const RunView& run, const DeadlockObjects& objects) {
  const trace::Event* last = run.replay().last_step(run.events());
  if (last == nullptr) return texts::say_idle_simulated;
  if (!last->thread.valid() || last->thread.index() == 0 || last->thread.index() > scene.actors.size()) {
    const Text& start = scene.accounts() ? say_start_bank : say_start;
    return last->kind == Kind::join || last->kind == Kind::wait ? texts::say_joined : start;
  }
  Words own = StepTeller(scene, run, objects, *last, scene.actors[last->thread.index() - 1]).told();
  return own.empty() ? trace::as_sentence(trace::Teller(*run.trace()).told(*last)) : own;
}

void tell_outcome(DeadlockScene& scene, const Outcome& outcome) {
  scene.sentence = joined(outcome.headline, Words(". ", ". "));
  scene.emphasis = outcome.sentence;
  scene.emphasis_tone = outcome.verdict == Verdict::ok ? Tone::good : Tone::bad;
}

}  // namespace

std::optional<std::size_t> DeadlockObjects::lock_of(ObjectId object) const { return place_of(locks, object); }

DeadlockObjects find_deadlock_objects(const trace::Trace& trace, const Deadlock::Params& params) {
  const Deadlock::Names names = Deadlock::names_in(params.scene);
  DeadlockObjects out;
  out.waiter = object_named(trace, {names.waiter});
  out.waiter_name = Words(names.waiter);
  const int locks = static_cast<int>(params.locks());
  for (int at = 1; at <= locks; ++at) out.locks.push_back(object_named(trace, {names.lock, at}));
  for (int at = 1; at <= params.threads; ++at) out.plates.push_back(object_named(trace, {names.plate, at}));
  if (params.scene == Deadlock::Scene::philosophers) return out;
  for (int at = 1; at <= locks; ++at) out.balances.push_back(object_named(trace, {Deadlock::balance_name, at}));
  return out;
}

bool gave_way(const DeadlockScene& scene, const RunView& run, ThreadId thread) {
  if (scene.params.order != Deadlock::Order::attempt) return false;
  const std::size_t end = run.events();
  for (std::size_t back = 1; back <= std::min(end, events_looked_back); ++back) {
    const trace::Event* event = run.replay().event(end - back);
    if (event == nullptr || event->thread != thread) continue;
    if (event->kind == Kind::try_acquire) return event->value == 0;
    if (event->kind == Kind::store) return false;
  }
  return false;
}

void tell_deadlock(DeadlockScene& scene, const Model& model, const RunView& run, const DeadlockObjects& objects) {
  if (!run.has_trace()) {
    const Fill count{"n", static_cast<std::int64_t>(scene.actors.size())};
    scene.sentence = scene.live ? fill(scene.accounts() ? say_live_idle_bank : say_live_idle, {count})
                                : Words(texts::say_idle_simulated);
  } else if (!scene.cycle.empty()) {
    tell_cycle(scene);
  } else if (scene.finished && model.snapshot->outcome) {
    tell_outcome(scene, *model.snapshot->outcome);
  } else if (scene.live) {
    scene.sentence = scene.accounts() ? say_live_bank : say_live;
  } else {
    scene.sentence = told_last(scene, run, objects);
  }
}

}  // namespace interleave::stages
