#include "explore/story.h"

#include <map>

#include "sim/policy.h"
#include "trace/lost_updates.h"

namespace interleave::explore {
namespace {

using trace::Event;
using trace::Kind;

// A story is for reading; what is longer is told up to here.
constexpr std::size_t longest_story = 400;

class Teller {
 public:
  explicit Teller(const trace::Trace& trace) : trace_(trace) {
    for (std::size_t at = 0; at < trace.objects().size(); ++at) {
      if (trace.objects()[at].kind == trace::ObjectKind::variable) ++variables_;
    }
    for (const trace::Overwrite& overwrite : trace::overwrites(trace)) lost_.emplace(overwrite.store, overwrite.of);
  }

  std::vector<Words> told() {
    std::vector<Words> out;
    const auto& events = trace_.streams()[0]->events();
    for (std::size_t at = 0; at < events.size() && out.size() < longest_story; ++at) {
      if (Words words = told(events[at]); !words.empty()) out.push_back(std::move(words));
      if (const auto lost = lost_.find(at); lost != lost_.end()) {
        out.push_back(fill({"{who}'s update is lost", "{who}의 갱신이 사라진다"}, {{"who", name(lost->second)}}));
      }
    }
    return out;
  }

 private:
  [[nodiscard]] Words name(ThreadId thread) const { return trace_.threads()[thread.index()].name; }
  [[nodiscard]] Words name(ObjectId object) const { return trace_.objects()[object.index()].name; }

  // Which variable is only said where there are several.
  Words about_variable(const Event& event, Text alone, Text among_several, std::int64_t value) const {
    if (variables_ <= 1) return fill(alone, {{"who", name(event.thread)}, {"value", value}});
    return fill(among_several, {{"who", name(event.thread)}, {"value", value}, {"what", name(event.object)}});
  }
  Words about_lock(const Event& event, Text pattern) const {
    return fill(pattern, {{"who", name(event.thread)}, {"what", name(event.object)}});
  }

  [[nodiscard]] Words told(const Event& event) const {
    const std::int64_t written = trace::written(event.value);
    switch (event.kind) {
      case Kind::load:
        return about_variable(event, {"{who} reads {value}", "{who}: {value}을(를) 읽는다"},
                              {"{who} reads {value} from {what}", "{who}: {what}에서 {value}을(를) 읽는다"},
                              event.value);
      case Kind::store:
        return about_variable(event, {"{who} writes {value}", "{who}: {value}을(를) 쓴다"},
                              {"{who} writes {value} to {what}", "{who}: {what}에 {value}을(를) 쓴다"}, written);
      case Kind::fetch_add:
        return about_variable(
            event, {"{who} makes it {value} in one step", "{who}: 한 걸음에 {value}(으)로 만든다"},
            {"{who} makes {what} {value} in one step", "{who}: {what}을(를) 한 걸음에 {value}(으)로 만든다"}, written);
      case Kind::compare_exchange:
        if (trace::found(event.value) == trace::written(event.value)) {
          return about_variable(
              event,
              {"{who} compares, finds {value} and writes nothing new", "{who}: 비교해 보니 {value}, 바뀌는 것이 없다"},
              {"{who} compares {what}, finds {value} and writes nothing new",
               "{who}: {what}을(를) 비교해 보니 {value}, 바뀌는 것이 없다"},
              written);
        }
        return about_variable(
            event, {"{who} compares and writes {value}", "{who}: 비교하고 {value}을(를) 쓴다"},
            {"{who} compares {what} and writes {value}", "{who}: {what}을(를) 비교하고 {value}을(를) 쓴다"}, written);
      case Kind::acquire: return about_lock(event, {"{who} takes {what}", "{who}: {what}을(를) 얻는다"});
      case Kind::try_acquire:
      case Kind::acquire_for:
        return event.value == 1
                   ? about_lock(event, {"{who} tries {what} and takes it", "{who}: {what}을(를) 시도해 얻는다"})
                   : about_lock(event, {"{who} tries {what} and finds it taken",
                                        "{who}: {what}을(를) 시도했으나 이미 잡혀 있다"});
      case Kind::release: return about_lock(event, {"{who} releases {what}", "{who}: {what}을(를) 놓는다"});
      case Kind::check_failed:
        return fill({"{who}: a check fails", "{who}: 검사가 실패한다"}, {{"who", name(event.thread)}});
      default: return {};
    }
  }

  const trace::Trace& trace_;
  std::size_t variables_ = 0;
  std::multimap<std::size_t, ThreadId> lost_;
};

}  // namespace

void tell(Counterexample& counterexample, Subject& subject, const sim::Settings& settings) {
  trace::Trace trace;
  sim::FramePool frames;
  sim::Machine machine(settings, false, &trace, frames);
  subject.begin(machine);
  sim::ReplayPolicy replay(counterexample.schedule);
  machine.run(replay, counterexample.steps);
  counterexample.story = Teller(trace).told();
  if (machine.hung()) {
    counterexample.outcome = rt::hang_outcome(machine.waits(), trace);
    for (const Words& edge : counterexample.outcome.cycle) counterexample.story.push_back(edge);
  } else {
    counterexample.outcome = subject.judge({Engine::simulate, machine.elapsed(), machine.failed_checks(), &trace});
  }
}

}  // namespace interleave::explore
