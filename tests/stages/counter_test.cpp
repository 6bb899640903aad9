// What the counter's stage says of a trace made by hand.
#include <memory>

#include <gtest/gtest.h>

#include "stages/counter/scene.h"
#include "stages/counter/steps.h"
#include "support/made_trace.h"

namespace interleave::stages {
namespace {

using trace::Kind;
using trace::State;

class Scene : public testing::Test {
 protected:
  Scene() {
    count = made->trace.add_object({Words("count", "count"), trace::ObjectKind::variable, 41});
    lock = made->trace.add_object({Words("lock", "락"), trace::ObjectKind::lock, 0});
    for (const std::uint32_t thread : {1U, 2U}) made->add(0, thread, Kind::started, State::running);
    snapshot.engine = Engine::simulate;
    snapshot.phase = trace::Phase::paused;
    snapshot.trace = std::shared_ptr<const trace::Trace>(made, &made->trace);
    model.engine = Engine::simulate;
    model.params = {{}, values};
    model.snapshot = &snapshot;
    model.run = 1;
  }
  void load(std::uint32_t thread, std::int64_t value) { add(thread, Kind::load, value); }
  void store(std::uint32_t thread, std::int32_t was, std::int32_t now) {
    add(thread, Kind::store, trace::pack(was, now));
  }
  void add(std::uint32_t thread, Kind kind, std::int64_t value) {
    made->at(++time, thread, kind, State::running, value).object = count;
    made->stream->record(made->event);
  }
  CounterScene look(std::optional<std::size_t> step = std::nullopt) {
    run.update(model);
    if (step) run.seek(*step);
    return make_counter_scene(model, run, ThreadId::none());
  }

  std::shared_ptr<test::MadeTrace> made = std::make_shared<test::MadeTrace>(2);
  ObjectId count;
  ObjectId lock;
  trace::Snapshot snapshot;
  ParamValues values = values_of(workloads::Counter::Params{.threads = 2});
  Model model;
  RunView run;
  Nanoseconds time = 0;
};

TEST_F(Scene, ForeseesAnUpdateThatWillBeLost) {
  load(1, 41);
  load(2, 41);
  store(2, 41, 42);
  store(1, 42, 42);
  const CounterScene scene = look(3);
  EXPECT_EQ(scene.value, 42);
  ASSERT_TRUE(scene.next_actor);
  EXPECT_EQ(scene.threads[*scene.next_actor].letter, "A");
  EXPECT_TRUE(scene.threads[0].stale);
  EXPECT_FALSE(scene.threads[1].stale);
  EXPECT_TRUE(scene.soon_overwrites);
  EXPECT_EQ(scene.soon, 42);
  EXPECT_EQ(scene.sentence.en, "A read 41, then B wrote 42. ");
  EXPECT_EQ(scene.sentence.ko, "A가 41을 읽은 뒤 B가 42를 썼다. ");
  EXPECT_EQ(scene.emphasis.ko, "이제 A가 42를 덮어쓰면 갱신 하나가 사라진다.");
}

TEST_F(Scene, CountsWhatWasLost) {
  load(1, 41);
  load(2, 41);
  store(2, 41, 42);
  store(1, 42, 42);
  const CounterScene scene = look();
  EXPECT_EQ(scene.additions, 43);
  EXPECT_EQ(scene.value, 42);
  EXPECT_EQ(scene.lost(), 1);
  EXPECT_EQ(scene.emphasis.en, "An update was lost.");
}

TEST_F(Scene, TellsWhoHoldsTheLock) {
  made->add(++time, 1, Kind::acquire, State::running, lock);
  made->add(++time, 2, Kind::wait, State::waiting_lock, lock);
  const CounterScene scene = look();
  ASSERT_TRUE(scene.lock_owner);
  EXPECT_EQ(*scene.lock_owner, 0U);
  EXPECT_TRUE(scene.threads[0].holds_lock);
  EXPECT_EQ(scene.threads[1].state, State::waiting_lock);
  EXPECT_EQ(scene.sentence.en, "B wants the lock, but another thread holds it. So B waits.");
}

TEST_F(Scene, KnowsTheNextStepAtTheEndFromWhatIsPending) {
  load(1, 41);
  snapshot.pending = {{ThreadId{1}, {Kind::store, count, 42, 0}, true}, {ThreadId{2}, {Kind::load, count, 0, 0}, true}};
  EXPECT_FALSE(look().next_actor) << "two could go, and nobody has chosen";
  const CounterScene chosen = make_counter_scene(model, run, ThreadId{1});
  ASSERT_TRUE(chosen.next_actor);
  EXPECT_EQ(chosen.soon, 42);
  EXPECT_FALSE(chosen.soon_overwrites);
  EXPECT_EQ(chosen.threads[0].next, CounterStep::write);
  EXPECT_EQ(chosen.threads[1].next, CounterStep::read);
}

TEST_F(Scene, BeforeTheFirstStepSaysWhatToDo) {
  const CounterScene scene = look();
  EXPECT_EQ(scene.threads.size(), 2U);
  EXPECT_FALSE(scene.sentence.empty());
  EXPECT_EQ(scene.lost(), 0);
}

TEST(CounterRows, MarkWhereTheInterpreterMayHandItsLockOver) {
  using enum CounterStep;
  using rt::Interpreter;
  using Increment = workloads::Counter::Increment;
  const auto marked = [](Interpreter interpreter, Increment increment) {
    CounterScene scene;
    scene.params = {.interpreter = interpreter, .increment = increment};
    std::vector<CounterStep> out;
    for (const CounterRow& row : counter_rows(scene)) {
      if (row.hands_over) out.push_back(row.step);
    }
    return out;
  };
  EXPECT_EQ(marked(Interpreter::none, Increment::call), std::vector<CounterStep>{});
  EXPECT_EQ(marked(Interpreter::freethreaded, Increment::call), std::vector<CounterStep>{});
  EXPECT_EQ(marked(Interpreter::cpython310, Increment::plain), std::vector{jump});
  EXPECT_EQ(marked(Interpreter::cpython310, Increment::call), (std::vector{call, jump}));
  EXPECT_EQ(marked(Interpreter::cpython39, Increment::call), (std::vector{read, call, add, write, jump}));
}

}  // namespace
}  // namespace interleave::stages
