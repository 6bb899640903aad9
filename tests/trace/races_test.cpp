// Which accesses race: one hand-made trace for each thing that orders.
#include "trace/races.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/race_program.h"
#include "trace/race_verdict.h"

namespace interleave::trace {
namespace {

using testing::HasSubstr;
using Program = test::RaceProgram;

TEST(Races, TwoWritesThatNothingOrders) {
  const RaceReport report = Program(2).writes(1).writes(2).report();
  ASSERT_EQ(report.races.size(), 1U);
  EXPECT_EQ(report.races[0].variable, Program::x);
  EXPECT_EQ(report.races[0].first.thread, ThreadId{1});
  EXPECT_EQ(report.races[0].second.thread, ThreadId{2});
  // After two spawns, which are steps; starting is none.
  EXPECT_EQ(report.races[0].first.step, 3U);
  EXPECT_EQ(report.races[0].second.step, 4U);
  EXPECT_EQ(report.count, 1U);
}

TEST(Races, AReadAndAWriteRaceAndTwoReadsDoNot) {
  EXPECT_EQ(Program(2).reads(1).writes(2).count(), 1U);
  EXPECT_EQ(Program(2).writes(1).reads(2).count(), 1U);
  EXPECT_EQ(Program(2).reads(1).reads(2).count(), 0U);
  EXPECT_EQ(Program(2).writes(1).reads(1).writes(1).count(), 0U) << "a thread's own order";
  EXPECT_EQ(Program(2).writes(1, Program::x).writes(2, Program::flag).count(), 0U) << "two variables";
}

TEST(Races, TheFirstOfAVariableIsToldAndAllAreCounted) {
  Program program(3);
  program.writes(1).reads(2).reads(3).writes(1, Program::flag).writes(3, Program::flag);
  const RaceReport report = program.report();
  ASSERT_EQ(report.races.size(), 2U);
  EXPECT_EQ(report.races[0].count, 2U);
  EXPECT_EQ(report.races[0].second.thread, ThreadId{2});
  EXPECT_EQ(report.races[1].variable, Program::flag);
  EXPECT_EQ(report.count, 3U);
  EXPECT_EQ(report.accesses, 5U);
}

TEST(Races, TheLatestOfSeveralThatAnAccessRacesWithIsNamed) {
  const RaceReport report = Program(3).reads(1).reads(2).writes(3).report();
  ASSERT_EQ(report.races.size(), 1U);
  EXPECT_EQ(report.races[0].first.thread, ThreadId{2});
}

TEST(Races, AStartOrders) {
  Program program(2, false);
  program.writes(0).starts(0, 1).writes(1);
  EXPECT_EQ(program.count(), 0U);
  program.writes(0);
  EXPECT_EQ(program.count(), 1U) << "after the start nothing does";
}

TEST(Races, AnEndThatIsWaitedForOrders) {
  Program program(2);
  program.writes(1).did(1, Kind::ended, ObjectId::none());
  EXPECT_EQ(program.did(0, Kind::join, ObjectId::none(), 1).writes(0).count(), 0U);
}

TEST(Races, AnEndThatNobodyWaitsForDoesNot) {
  Program program(2);
  program.writes(1).did(1, Kind::ended, ObjectId::none());
  program.writes(0);
  EXPECT_EQ(program.count(), 1U);
}

TEST(Races, ALockOrdersWhoHadItBeforeWhoHasItNext) {
  const auto locked = [](Kind take, std::int64_t taken) {
    Program program(2);
    program.did(1, Kind::acquire, Program::lock, 1).writes(1).did(1, Kind::release, Program::lock);
    program.did(2, take, Program::lock, taken).writes(2);
    return program.count();
  };
  EXPECT_EQ(locked(Kind::acquire, 1), 0U);
  EXPECT_EQ(locked(Kind::try_acquire, 1), 0U);
  EXPECT_EQ(locked(Kind::acquire_for, 1), 0U);
  EXPECT_EQ(locked(Kind::try_acquire, 0), 1U) << "what was tried in vain orders nothing";
  EXPECT_EQ(locked(Kind::acquire_for, 0), 1U);
}

TEST(Races, AnotherLockOrdersNothing) {
  Program program(2);
  program.did(1, Kind::acquire, Program::lock, 1).writes(1).did(1, Kind::release, Program::lock);
  program.did(2, Kind::acquire, Program::gil, 1).writes(2);
  EXPECT_EQ(program.count(), 1U);
}

TEST(Races, TheInterpreterLockOrdersSoThatAnUpdateIsLostWithoutARace) {
  Program program(2);
  const auto turn = [&](std::uint32_t thread, bool write) {
    program.did(thread, Kind::gil_take, Program::gil, nobody);
    write ? program.writes(thread) : program.reads(thread);
    program.did(thread, Kind::gil_drop, Program::gil, 1);
  };
  turn(1, false);
  turn(2, false);
  turn(2, true);
  turn(1, true);
  const RaceReport report = program.report();
  EXPECT_EQ(report.count, 0U);
  const RaceVerdict verdict = judge_races(program.made.trace, report, Verdict::failure);
  EXPECT_EQ(verdict.finding, RaceFinding::none_lost);
  EXPECT_THAT(verdict.sentence.en, HasSubstr("No data race"));
  EXPECT_THAT(verdict.sentence.en, HasSubstr("lost all the same"));
}

TEST(Races, AReleaseAndAnAcquireOfTheSameVariableOrder) {
  const auto signalled = [](Order release, Order acquire) {
    return Program(2).writes(1).writes(1, Program::flag, release).reads(2, Program::flag, acquire).reads(2).report();
  };
  EXPECT_EQ(signalled(Order::release, Order::acquire).count, 0U);
  EXPECT_EQ(signalled(Order::seq_cst, Order::seq_cst).count, 0U);
  EXPECT_EQ(signalled(Order::release, Order::relaxed).count, 2U)
      << "x, and the flag that is read like a plain variable";
  EXPECT_EQ(signalled(Order::relaxed, Order::acquire).count, 2U);
}

TEST(Races, ChangesInOneStepNeverRaceWithEachOtherAndOrderAsTheySay) {
  EXPECT_EQ(Program(2).adds(1).adds(2).count(), 0U);
  EXPECT_EQ(Program(2).adds(1).reads(2).count(), 1U) << "but with a plain read";
  EXPECT_EQ(Program(2).adds(1).reads(2, Program::x, Order::acquire).count(), 0U);
  const auto counted = [](Order order) {
    return Program(2).reads(1).adds(1, Program::flag, order).adds(2, Program::flag, order).writes(2).count();
  };
  EXPECT_EQ(counted(Order::relaxed), 1U);
  EXPECT_EQ(counted(Order::release), 1U);
  EXPECT_EQ(counted(Order::acquire), 1U);
  EXPECT_EQ(counted(Order::acq_rel), 0U) << "what brings a reference count to zero comes after all uses";
}

TEST(Races, AChangeInOneStepGoesOnWithWhatWasReleased) {
  Program program(3);
  program.writes(1).writes(1, Program::flag, Order::release);
  EXPECT_EQ(program.adds(3, Program::flag).reads(2, Program::flag, Order::acquire).reads(2).count(), 0U);
}

TEST(Races, AStoreEndsWhatWasReleased) {
  Program program(3);
  program.writes(1).writes(1, Program::flag, Order::release);
  program.writes(3, Program::flag, Order::release).reads(2, Program::flag, Order::acquire).reads(2);
  EXPECT_EQ(program.count(), 1U);
}

TEST(Races, ACompareThatFailsIsARead) {
  Program failed(2);
  failed.reads(1).did(2, Kind::compare_exchange, Program::x, pack(4, 4), Order::seq_cst);
  EXPECT_EQ(failed.count(), 0U);
  Program changed(2);
  changed.reads(1).did(2, Kind::compare_exchange, Program::x, pack(4, 5), Order::seq_cst);
  EXPECT_EQ(changed.count(), 1U);
}

TEST(Races, APipeOrdersWhoWritesBeforeWhoReads) {
  Program program(2);
  program.writes(1).did(1, Kind::pipe_write, Program::pipe, 4);
  program.did(2, Kind::pipe_read, Program::pipe, 4).writes(2);
  EXPECT_EQ(program.count(), 0U);
  Program closed(2);
  closed.writes(1).did(1, Kind::pipe_close, Program::pipe);
  closed.did(2, Kind::pipe_read, Program::pipe, 0).writes(2);
  EXPECT_EQ(closed.count(), 0U);
}

TEST(Races, AKillAndAnExitOrder) {
  Program program(2);
  program.writes(1).did(1, Kind::kill, ObjectId::none(), 2).writes(2);
  program.did(2, Kind::exit, ObjectId::none(), 137).did(0, Kind::join, ObjectId::none(), 2).writes(0);
  EXPECT_EQ(program.count(), 0U);
}

TEST(Races, TasksOfOneLoopAreOneThread) {
  Program program(1);
  for (const char* name : {"task 1", "task 2"}) {
    program.made.trace.add_thread({Words(name, name), ThreadId{1}, Vehicle::task});
  }
  program.starts(1, 2).starts(1, 3).reads(2).reads(3).writes(2).writes(3);
  EXPECT_EQ(program.count(), 0U) << "the loop runs one after another, though an update is lost";
  program.writes(0);
  EXPECT_EQ(program.count(), 1U) << "a thread beside the loop is none of it";
  // Who waits for a task comes after it.
  program.did(3, Kind::ended, ObjectId::none()).did(0, Kind::join, ObjectId::none(), 3).writes(0);
  EXPECT_EQ(program.count(), 1U);
}

TEST(Races, PassOverWhatNamesNothing) {
  Program program(2);
  program.writes(1, ObjectId::none()).writes(2, ObjectId{99}).did(1, Kind::release, ObjectId::none());
  program.did(7, Kind::started, ObjectId::none(), 0).did(1, Kind::join, ObjectId::none(), 7);
  program.did(1, Kind::kill, ObjectId::none(), nobody);
  EXPECT_EQ(program.report().accesses, 0U);
  EXPECT_EQ(program.writes(1).writes(2).count(), 1U);
}

TEST(Races, AreFoundInATraceAsItGrows) {
  Program program(2);
  Races races;
  races.update(program.made.trace);
  EXPECT_EQ(races.report().count, 0U);
  program.writes(1);
  races.update(program.made.trace);
  program.writes(2).writes(1);
  races.update(program.made.trace);
  races.update(program.made.trace);
  EXPECT_EQ(races.report().count, program.count());
  EXPECT_EQ(races.report().count, 2U);
}

TEST(Races, AreNotLookedForAmongTooManyThreads) {
  const int threads = static_cast<int>(Races::most_clocks);  // and the main body
  Program program(threads);
  program.writes(1).writes(2);
  const RaceReport report = program.report();
  EXPECT_EQ(report.checked, Checked::too_many);
  const RaceVerdict verdict = judge_races(program.made.trace, report, Verdict::ok);
  EXPECT_EQ(verdict.finding, RaceFinding::unchecked);
  EXPECT_THAT(verdict.sentence.en, HasSubstr("Not checked for data races"));
}

TEST(Races, ATraceThatWasCutSaysSo) {
  test::MadeTrace made(1);
  made.trace.add_object({Words("x", "x"), ObjectKind::variable, 0});
  made.stream = &made.trace.add_stream(1);
  Trace cut;
  cut.add_thread({Words("main", "메인"), ThreadId::none(), Vehicle::thread});
  cut.add_object({Words("x", "x"), ObjectKind::variable, 0});
  Stream& stream = cut.add_stream(1);
  Event event = made.at(0, 0, Kind::store, State::running, pack(0, 1));
  event.object = ObjectId{0};
  stream.record(event);
  stream.record(event);
  Races races;
  races.update(cut);
  EXPECT_EQ(races.report().checked, Checked::cut);
  EXPECT_EQ(judge_races(cut, races.report(), Verdict::ok).finding, RaceFinding::unchecked);
}

TEST(RaceVerdicts, NameTheTwoAccesses) {
  Program program(2);
  program.writes(1).reads(2);
  const RaceReport report = program.report();
  const RaceVerdict right = judge_races(program.made.trace, report, Verdict::ok);
  EXPECT_EQ(right.finding, RaceFinding::race);
  EXPECT_EQ(
      right.sentence.en,
      "This run happened to be right, and is a data race all the same: thread 1 wrote x (step 3) and thread 2 read "
      "it (step 4), and nothing orders the two.");
  EXPECT_EQ(right.sentence.ko,
            "이번 결과는 맞았지만 그래도 데이터 경쟁이다. 스레드 1이 3단계에서 x를 쓴 것과 스레드 2가 4단계에서 읽은 "
            "것 사이에 "
            "순서를 정해 주는 것이 없다.");
  EXPECT_THAT(judge_races(program.made.trace, report, Verdict::failure).sentence.en,
              testing::StartsWith("A data race: "));
}

TEST(RaceVerdicts, SayNothingWhereNoVariableWasTouched) {
  const Program program(2);
  const RaceVerdict verdict = judge_races(program.made.trace, program.report(), Verdict::ok);
  EXPECT_EQ(verdict.finding, RaceFinding::nothing);
  EXPECT_TRUE(verdict.sentence.empty());
}

}  // namespace
}  // namespace interleave::trace
