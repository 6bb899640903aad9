// A pool of processes in virtual time: its results, where its time goes, and that a process has a GIL of its own.
#include "workloads/process_pool.h"

#include <gtest/gtest.h>

#include "sim/machine.h"
#include "sim/simulation.h"
#include "support/running.h"

namespace interleave::test {
namespace {

using workloads::ProcessPool;
using Params = ProcessPool::Params;
using Mode = ProcessPool::Mode;

trace::Snapshot simulated(const Params& params, sim::PolicyKind policy = sim::PolicyKind::round_robin) {
  sim::Settings settings;
  settings.policy = policy;
  sim::SimulationOf<ProcessPool> run(start_with(params, settings));
  EXPECT_TRUE(wait_until_finished(run));
  return run.snapshot();
}

TEST(ProcessPool, FramesComeBackAsTheyWereAndAChangedByteIsFound) {
  namespace frames = workloads::frames;
  const frames::Message sent{{1, -2, 3}, {.coding = 4, .computing = 5}, frames::payload(1000)};
  std::string bytes = frames::encode(sent);
  EXPECT_EQ(bytes.size(), frames::size(sent));
  EXPECT_TRUE(frames::whole(bytes));
  EXPECT_FALSE(frames::whole(std::string_view(bytes).substr(0, bytes.size() - 1)));
  const auto heard = frames::decode(bytes);
  ASSERT_TRUE(heard);
  EXPECT_EQ(heard->numbers, sent.numbers);
  EXPECT_EQ(heard->payload, sent.payload);
  EXPECT_EQ(heard->times.computing, 5);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  EXPECT_FALSE(frames::decode(bytes));
}

TEST(ProcessPool, AWorkersResultIsWhatDivisionSays) {
  for (std::int64_t task = 0; task < 30; ++task) {
    EXPECT_EQ(ProcessPool::divided_between(task, 0, 1000), ProcessPool::divided(task, 1000));
  }
}

TEST(ProcessPool, UnderAGilProcessesComputeTogetherAndThreadsInTurn) {
  const auto processes = simulated({});
  const auto threads = simulated({.mode = Mode::threads});
  const auto serial = simulated({.mode = Mode::serial});
  EXPECT_EQ(processes.outcome->verdict, Verdict::ok) << processes.outcome->sentence.en;
  EXPECT_LT(figure(processes, "elapsed"), 0.6 * figure(serial, "elapsed"));
  EXPECT_GT(figure(threads, "elapsed"), 0.95 * figure(serial, "elapsed"));
  const auto free = simulated({.mode = Mode::threads, .interpreter = rt::Interpreter::freethreaded});
  EXPECT_LT(figure(free, "elapsed"), 0.6 * figure(serial, "elapsed"));
}

TEST(ProcessPool, LargePayloadsOutweighSmallTasks) {
  const auto end = simulated({.units = 1'000, .sent = 100'000, .returned = 100'000});
  EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
  EXPECT_GT(figure(end, "encoding") + figure(end, "moving"), figure(end, "computing"));
  EXPECT_GT(figure(end, "bytes"), 32 * 200'000.0);
}

TEST(ProcessPool, AChunkIsOneMessageEachWay) {
  for (const sim::PolicyKind policy : {sim::PolicyKind::round_robin, sim::PolicyKind::random}) {
    const auto end = simulated({.tasks = 10, .workers = 3, .chunk = 4, .units = 100}, policy);
    EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
    EXPECT_EQ(figure(end, "messages"), 6);
    EXPECT_EQ(figure(end, "tasks"), 10);
  }
}

}  // namespace
}  // namespace interleave::test
