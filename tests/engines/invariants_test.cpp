// The rules that runs are held to, each seen to notice what is broken for it.
#include "any_workload/invariants.h"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "any_workload/random_run.h"
#include "engines/registry.h"
#include "support/drive.h"

namespace interleave::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

// A simulated run of a workload that came to its end, with its defaults but for some options, by key and index.
Ended simulated(std::string_view id, const std::vector<std::pair<std::string_view, std::int64_t>>& options = {}) {
  for (const rt::Entry& entry : engines::registry()) {
    if (entry.info.id != id) continue;
    Configuration config{&entry, Engine::simulate, defaults(entry.info.params, Engine::simulate),
                         defaults(settings_of(Engine::simulate), Engine::simulate)};
    for (const auto& [key, value] : options) {
      const auto spec = std::ranges::find(entry.info.params, key, &ParamSpec::key);
      config.params[static_cast<std::size_t>(spec - entry.info.params.begin())] = value;
    }
    return run_by_steps(config);
  }
  ADD_FAILURE() << "there is no " << id;
  return {};
}

// As it is and to be tampered with.
Ended counted() { return simulated("counter"); }

Figure& figure(Ended& ended, std::string_view key) {
  return *std::ranges::find(ended.snapshot.outcome->figures, key, &Figure::key);
}

// The same run with events of its outermost body added at the end.
void append(Ended& ended, const std::vector<trace::Event>& more) {
  auto trace = std::make_shared<trace::Trace>();
  const trace::Trace& old = *ended.snapshot.trace;
  for (std::size_t at = 0; at < old.threads().size(); ++at) trace->add_thread(old.threads()[at]);
  for (std::size_t at = 0; at < old.objects().size(); ++at) trace->add_object(old.objects()[at]);
  trace::Stream& stream = trace->add_stream();
  const auto& events = old.streams()[0]->events();
  for (std::size_t at = 0; at < events.size(); ++at) stream.record(events[at]);
  for (trace::Event event : more) {
    event.time = events[events.size() - 1].time;
    stream.record(event);
  }
  ended.snapshot.trace = trace;
}

trace::Event event(trace::Kind kind, ThreadId thread, ObjectId object, std::int64_t value) {
  trace::Event out;
  out.kind = kind;
  out.thread = thread;
  out.object = object;
  out.value = value;
  return out;
}

TEST(Invariants, HoldOfARunAsItIs) { EXPECT_THAT(violations(counted()), IsEmpty()); }

TEST(Invariants, ThereAreSomeForEveryWorkload) {
  for (const rt::Entry& entry : engines::registry()) {
    EXPECT_NE(invariants_of(entry.info.id), nullptr) << "write tests/workloads/" << entry.info.id << "_invariants.cpp";
  }
  for (const auto& [id, own] : all_invariants()) {
    EXPECT_TRUE(std::ranges::any_of(engines::registry(), [&](const rt::Entry& entry) { return entry.info.id == id; }))
        << "tests/workloads/" << id << "_invariants.cpp is of no workload";
    EXPECT_TRUE(own.check) << id;
  }
}

TEST(Invariants, SayWhatARunWithTheDefaultsMayComeTo) {
  for (const rt::Entry& entry : engines::registry()) {
    SCOPED_TRACE(entry.info.id);
    const Invariants* own = invariants_of(entry.info.id);
    ASSERT_NE(own, nullptr);
    for (const std::int64_t seed : {1, 2, 3, 4, 5}) {
      const Configuration config{&entry, Engine::simulate, defaults(entry.info.params, Engine::simulate),
                                 settings_with(Engine::simulate, "seed", seed)};
      const std::unique_ptr<rt::Execution> run = start(config, trace::Trace::default_budget);
      ASSERT_TRUE(wait_until_finished(*run));
      EXPECT_THAT(own->ends, Contains(run->snapshot().outcome->verdict)) << run->snapshot().outcome->headline.en;
    }
  }
}

TEST(Invariants, NoticeWhatIsWrongWithAnOutcome) {
  Ended ended = counted();
  ended.snapshot.outcome->headline.ko.clear();
  EXPECT_THAT(violations(ended), Contains(HasSubstr("the headline lacks a language")));
  ended = counted();
  ended.snapshot.outcome->sentence.ko = "Not translated";
  EXPECT_THAT(violations(ended), Contains(HasSubstr("no Hangul in its Korean")));
  ended = counted();
  ended.snapshot.outcome->sentence.en += " {n}";
  EXPECT_THAT(violations(ended), Contains(HasSubstr("not filled")));
  ended = counted();
  figure(ended, "cost").value = std::numeric_limits<double>::infinity();
  EXPECT_THAT(violations(ended), Contains(HasSubstr("the figure cost is not finite")));
  ended = counted();
  ended.snapshot.outcome->verdict = Verdict::hang;
  EXPECT_THAT(violations(ended), Contains(HasSubstr("it hangs, and must not")));
  ended = counted();
  ended.snapshot.outcome.reset();
  EXPECT_THAT(violations(ended), Contains(HasSubstr("without an outcome")));
}

TEST(Invariants, NoticeALockThatTwoHoldAndAParticipantThatEndsTwice) {
  const ObjectId lock{1};
  const auto take = [&](std::uint32_t who) { return event(trace::Kind::acquire, ThreadId{who}, lock, 1); };
  Ended ended = counted();
  append(ended, {take(1), take(2)});
  EXPECT_THAT(violations(ended), Contains(HasSubstr("is taken while it is held")));
  ended = counted();
  append(ended, {take(1), event(trace::Kind::release, ThreadId{2}, lock, 0)});
  EXPECT_THAT(violations(ended), Contains(HasSubstr("released by one that does not hold it")));
  ended = counted();
  append(ended, {event(trace::Kind::ended, ThreadId{1}, ObjectId::none(), 0)});
  EXPECT_THAT(violations(ended), Contains(HasSubstr("began 1 times and ended 2 times")));
}

TEST(Invariants, NoticeACounterThatDoesNotAddUp) {
  Ended ended = counted();
  figure(ended, "found").value += 1;
  EXPECT_THAT(violations(ended), Contains(HasSubstr("do not make up what was expected")));
  EXPECT_THAT(violations(ended), Contains(HasSubstr("not what the trace wrote last")));
  ended = counted();
  figure(ended, "found").value = 1;  // of two threads with a hundred increments each
  EXPECT_THAT(violations(ended), Contains(HasSubstr("which is not from 2 to 200")));
  ended = counted();
  append(ended, {event(trace::Kind::store, ThreadId{1}, ObjectId{0}, trace::pack(0, 200))});
  EXPECT_THAT(violations(ended), Contains(HasSubstr("not one write for each increment")));
}

TEST(Invariants, NoticeMoneyThatIsGoneAndMealsThatNobodyAte) {
  // Transfers that take the smaller number first.
  const auto transferred = [] { return simulated("deadlock", {{"scene", 1}, {"order", 1}}); };
  EXPECT_THAT(violations(transferred()), IsEmpty());
  Ended ended = transferred();
  figure(ended, "money-after").value -= 1;
  EXPECT_THAT(violations(ended), Contains(HasSubstr("money was made or lost")));
  ended = transferred();
  figure(ended, "meals").value += 1;
  EXPECT_THAT(violations(ended), Contains(HasSubstr("do not add up")));
  ended = transferred();
  const auto& objects = ended.snapshot.trace->objects();
  const ObjectId balance{static_cast<std::uint32_t>(objects.size() - 1)};
  append(ended, {event(trace::Kind::store, ThreadId{1}, balance, trace::pack(0, 7))});
  EXPECT_THAT(violations(ended), Contains(HasSubstr("a write without both locks")));
  EXPECT_THAT(violations(ended), Contains(HasSubstr("the trace shows that money was made or lost")));
  ended = transferred();
  ended.snapshot.outcome->verdict = Verdict::hang;
  EXPECT_THAT(violations(ended), Contains(HasSubstr("it hangs, and must not")));
}

}  // namespace
}  // namespace interleave::test
