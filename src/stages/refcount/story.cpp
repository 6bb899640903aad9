#include "stages/refcount/story.h"

#include <algorithm>

#include "stages/common/texts.h"
#include "trace/teller.h"

namespace interleave::stages {
namespace {

constexpr Text say_live_idle{
    "{n} real threads wait for Run. Each takes a reference to an object of the table, uses the object, and drops it.",
    "실제 스레드 {n}개가 실행을 기다린다. 저마다 테이블의 객체에서 참조를 얻고, 쓰고, 놓는다."};
constexpr Text say_live{
    "Real threads at full speed. Single counts are not recorded there: Simulate shows each of them.",
    "실제 스레드가 제 속도로 돈다. 한 번 한 번은 기록되지 않으니, 시뮬레이션에서 보자."};
constexpr Text say_start{"The table refers to each object, so each count is 1.",
                         "테이블이 객체를 하나씩 가리키므로 횟수는 모두 1이다."};
constexpr Text say_looked{"{who} finds {what} in the table and wants a reference to it.",
                          "{who}이(가) 테이블에서 {what}을(를) 찾아 참조를 얻으려 한다."};
constexpr Text say_read_up{"{who} reads the count, {n}, and will write {next}.",
                           "{who}이(가) 횟수 {n}을(를) 읽었다. {next}을(를) 쓸 차례다."};
constexpr Text say_read_down{"{who} is done with {what}. It reads the count, {n}, and will write {next}.",
                             "{who}이(가) {what}을(를) 다 썼다. 횟수 {n}을(를) 읽었으니 {next}을(를) 쓸 차례다."};
constexpr Text say_took{"{who} has a reference to {what} now: the count is {n}.",
                        "{who}에게 {what}의 참조가 생겼다. 횟수는 {n}."};
constexpr Text say_took_owner{"{who}, the owner, has a reference: its own half is {n}.",
                              "소유자 {who}에게 참조가 생겼다. 소유자의 횟수는 {n}."};
constexpr Text say_took_shared{"{who} has a reference: the others' half is {n}.",
                               "{who}에게 참조가 생겼다. 나머지의 횟수는 {n}."};
constexpr Text say_used{"{who} uses {what}.", "{who}이(가) {what}을(를) 쓴다."};
constexpr Text say_used_late{"{who} uses {what}, ", "{who}이(가) {what}을(를) 쓴다. "};
constexpr Text say_used_late_end{"but it was freed: its memory may be anybody's by now.",
                                 "그러나 이미 해제된 객체다. 그 메모리는 남의 것일 수 있다."};
constexpr Text say_dropped{"{who} has dropped its reference: the count is {n}.",
                           "{who}이(가) 참조를 놓았다. 횟수는 {n}."};
constexpr Text say_dropped_owner{"{who}, the owner, has dropped its reference: its own half is {n}.",
                                 "소유자 {who}이(가) 참조를 놓았다. 소유자의 횟수는 {n}."};
constexpr Text say_dropped_shared{"{who} has dropped its reference: the others' half is {n}.",
                                  "{who}이(가) 참조를 놓았다. 나머지의 횟수는 {n}."};
constexpr Text say_zero{"{who} has dropped its reference, and the count is 0: it frees {what}.",
                        "{who}이(가) 참조를 놓자 횟수가 0이다. 그래서 {what}을(를) 해제한다."};
constexpr Text say_zero_wrong{" But the table still refers to it.", " 그러나 테이블이 아직 가리키고 있다."};
constexpr Text say_zero_wrong_held{" But the table and {others} still refer to it.",
                                   " 그러나 테이블과 {others}이(가) 아직 가리키고 있다."};
constexpr Text say_freed{"{who} has freed {what}.", "{who}이(가) {what}을(를) 해제했다."};
constexpr Text say_freed_dangling{" The reference that {others} holds now points at nothing.",
                                  " {others}의 참조가 가리키던 것은 이제 없다."};
constexpr Text say_remade{"{who} puts a new object in its place, so that the run goes on.",
                          "{who}이(가) 그 자리에 새 객체를 둔다. 실행을 이어 가기 위해서다."};
constexpr Text say_merge_read{"{who}, the owner, is done with everything. Its own half of the count is {n}.",
                              "소유자 {who}이(가) 할 일을 다 마쳤다. 소유자의 횟수는 {n}."};
constexpr Text say_merge_took{"{who} empties its own half, and carries it to the others'.",
                              "{who}이(가) 자기 횟수를 비워, 나머지의 횟수로 옮긴다."};
constexpr Text say_merged{"Both halves are one count now, {n}, and whoever brings it to 0 frees {what}.",
                          "두 횟수가 하나로 합쳐져 {n}이(가) 되었다. 이제 0으로 만드는 쪽이 {what}을(를) 해제한다."};
constexpr Text say_table_read{"Everybody is done. The table goes, and with it its reference to {what}.",
                              "모두 마쳤다. 테이블이 사라지면서 {what}의 참조도 놓는다."};
constexpr Text say_table_drops{"The table's reference is gone, and the count is {n}.",
                               "테이블의 참조가 사라졌다. 횟수는 {n}."};
constexpr Text say_leaks{" Nobody is left to drop the rest: {what} leaks.",
                         " 나머지를 놓을 쪽이 없다. {what}은(는) 새고 만다."};
constexpr Text say_freed_last{"{what} is freed, now that nobody refers to it.",
                              "아무도 가리키지 않으니 {what}이(가) 해제된다."};
constexpr Text say_lost{" It wrote over what another had counted meanwhile, so the count is wrong from now on.",
                        " 그 사이 다른 스레드가 센 것을 덮어썼다. 이제부터 횟수가 틀린다."};
constexpr Text say_lost_luckily{
    " It wrote over what another had counted meanwhile, which happens to make up for an earlier loss.",
    " 그 사이 다른 스레드가 센 것을 덮어썼는데, 마침 앞서 사라진 것과 맞아떨어졌다."};

constexpr Text not_yet{"not begun", "시작 전"};
constexpr Text done{"done", "마침"};
constexpr Text waits{"waits", "기다림"};
constexpr Text wants{"wants a reference", "참조를 얻으려 함"};
constexpr Text has_read{"has read {n}", "{n}을(를) 읽음"};
constexpr Text has_reference{"has a reference", "참조가 있음"};
constexpr Text has_dangling{"refers to what is freed", "해제된 것을 가리킴"};
constexpr Text has_used{"has used it", "다 썼음"};
constexpr Text frees{"frees", "해제 중"};
constexpr Text merges{"merges", "합치는 중"};
constexpr Text between{"between rounds", "다음 차례"};

Words letters(const RefcountScene& scene, const std::vector<std::size_t>& actors) {
  std::string out;
  for (const std::size_t at : actors) {
    if (!out.empty()) out += ", ";
    out += scene.actors[at].letter;
  }
  return {out, out};
}

class StepTeller {
 public:
  explicit StepTeller(RefcountScene& scene) : scene_(scene), object_(scene.objects[scene.last_object]) {}

  void tell() {
    const std::int64_t value = scene_.last_value;
    switch (scene_.last) {
      case RefEvent::looked: return say(say_looked);
      case RefEvent::read_up: return say(say_read_up, value, value + 1);
      case RefEvent::read_down: return say(say_read_down, value, value - 1);
      case RefEvent::took: return took();
      case RefEvent::used: return say(say_used);
      case RefEvent::used_late: say(say_used_late); return emphasise(say_used_late_end);
      case RefEvent::dropped: return dropped();
      case RefEvent::zero:
        say(say_zero);
        return emphasise(object_.holders.empty() ? say_zero_wrong : say_zero_wrong_held, object_.holders);
      case RefEvent::freed:
        say(say_freed);
        if (!object_.dangling.empty()) emphasise(say_freed_dangling, object_.dangling);
        return;
      case RefEvent::remade: return say(say_remade);
      case RefEvent::merge_read: return say(say_merge_read, value);
      case RefEvent::merge_took: return say(say_merge_took);
      case RefEvent::merged: return say(say_merged, object_.shared.value_or(0));
      case RefEvent::table_read: return say(say_table_read);
      case RefEvent::table_drops:
        say(say_table_drops, object_.counted());
        if (object_.counted() != 0) emphasise(say_leaks);
        return;
      case RefEvent::freed_last: return say(say_freed_last);
      case RefEvent::none: return;
    }
  }

 private:
  [[nodiscard]] bool by_owner() const { return scene_.last_actor == std::size_t{0}; }

  void say(Text pattern, std::int64_t n = 0, std::int64_t next = 0) {
    const Words who = scene_.last_actor ? fill({"{l}", "{l}"}, {{"l", std::string_view(letter())}}) : Words();
    scene_.sentence =
        trace::capitalized(fill(pattern, {{"who", who}, {"what", object_.name}, {"n", n}, {"next", next}}));
  }
  [[nodiscard]] const std::string& letter() const { return scene_.actors[*scene_.last_actor].letter; }
  void emphasise(Text pattern, const std::vector<std::size_t>& others = {}) {
    scene_.emphasis = fill(pattern, {{"what", object_.name}, {"others", letters(scene_, others)}});
  }

  void took() {
    if (scene_.biased()) return say(by_owner() ? say_took_owner : say_took_shared, half());
    say(say_took, object_.count);
    tell_loss();
  }
  void dropped() {
    if (scene_.biased()) return say(by_owner() ? say_dropped_owner : say_dropped_shared, half());
    say(say_dropped, object_.count);
    tell_loss();
  }
  void tell_loss() {
    if (scene_.last_lost) emphasise(object_.wrong() ? say_lost : say_lost_luckily);
  }
  [[nodiscard]] std::int64_t half() const { return by_owner() ? object_.count : object_.shared.value_or(0); }

  RefcountScene& scene_;
  const RefObject& object_;
};

void tell_step(RefcountScene& scene, const RunView& run) {
  const trace::Event* last = run.replay().last_step(run.events());
  if (last == nullptr) {
    scene.sentence = texts::say_idle_simulated;
    return;
  }
  const bool of_an_object =
      last->object.valid() &&
      (last->kind == trace::Kind::load || last->kind == trace::Kind::store || last->kind == trace::Kind::fetch_add);
  if (of_an_object) {
    StepTeller(scene).tell();
  } else if (last->kind == trace::Kind::spawn) {
    scene.sentence = say_start;
  } else {
    scene.sentence = trace::as_sentence(trace::Teller(*run.trace()).told(*last));
  }
}

}  // namespace

Words doing(const RefActor& actor) {
  if (!actor.begun) return not_yet;
  if (actor.ended) return done;
  if (actor.waits) return waits;
  if (actor.hand) return fill(has_read, {{"n", *actor.hand}});
  if (actor.dangling) return has_dangling;
  switch (actor.step) {
    case RefStep::up: return wants;
    case RefStep::use: return has_reference;
    case RefStep::down: return has_used;
    case RefStep::freeing: return frees;
    case RefStep::merging: return merges;
    case RefStep::none: break;
  }
  return between;
}

void tell_refcount(RefcountScene& scene, const Model& model, const RunView& run) {
  const std::optional<Outcome>& outcome = model.snapshot->outcome;
  const bool live = model.engine == Engine::live;
  if (!run.has_trace()) {
    const Fill count{"n", static_cast<std::int64_t>(scene.actors.size())};
    scene.sentence = live ? fill(say_live_idle, {count}) : Words(texts::say_idle_simulated);
  } else if (outcome && (live || scene.finished)) {
    scene.sentence = {outcome->headline.en + ". ", outcome->headline.ko + ". "};
    scene.emphasis = outcome->sentence;
    scene.emphasis_tone = outcome->verdict == Verdict::ok ? Tone::good : Tone::bad;
  } else if (live) {
    scene.sentence = say_live;
  } else {
    tell_step(scene, run);
  }
}

}  // namespace interleave::stages
