// A pool of processes in virtual time: its results, where its time goes, and that a process has a GIL of its own.
#include "workloads/process_pool.h"

#include <gtest/gtest.h>

#include "engines/built.h"
#include "explore/start.h"
#include "sim/start.h"
#include "support/running.h"
#include "workloads/factorize.h"

namespace interleave::test {
namespace {

using workloads::ProcessPool;
using Params = ProcessPool::Params;
using Mode = ProcessPool::Mode;

template <class W = ProcessPool>
trace::Snapshot simulated(const typename W::Params& params, sim::PolicyKind policy = sim::PolicyKind::round_robin,
                          std::int64_t cores = 2) {
  sim::Settings settings;
  settings.policy = policy;
  settings.cores = cores;
  const auto run = sim::start<W>(start_with(params, settings));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

TEST(ProcessPool, FramesComeBackAsTheyWereAndAChangedByteIsFound) {
  namespace message = workloads::message;
  const std::string payload = message::payload(1000);
  const message::Message sent{{1, -2, 3}, {.coding = 4, .computing = 5}, payload};
  std::string bytes = message::encode(sent);
  EXPECT_EQ(bytes.size(), message::size(sent));
  EXPECT_TRUE(message::whole(bytes));
  EXPECT_FALSE(message::whole(std::string_view(bytes).substr(0, bytes.size() - 1)));
  const auto heard = message::decode(bytes);
  ASSERT_TRUE(heard);
  EXPECT_EQ(heard->numbers, sent.numbers);
  EXPECT_EQ(heard->payload, sent.payload);
  EXPECT_EQ(heard->times.computing, 5);
  // Times are written into it when it is encoded already.
  message::stamp(bytes, {.coding = 6, .computing = 7});
  const auto stamped = message::decode(bytes);
  ASSERT_TRUE(stamped);
  EXPECT_EQ(stamped->times.coding, 6);
  EXPECT_EQ(stamped->payload, sent.payload);
  EXPECT_TRUE(message::payload(2000).starts_with(payload));
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  EXPECT_FALSE(message::decode(bytes));
}

TEST(ProcessPool, AWorkersResultIsWhatDivisionSays) {
  for (std::int64_t task = 0; task < 30; ++task) {
    EXPECT_EQ(ProcessPool::divided_between(task, 0, 1000), ProcessPool::divided(task, 1000));
  }
}

// Two workers on two cores: twice as fast, unless a GIL keeps threads apart.
TEST(ProcessPool, ProcessesComputeTogetherUnderEveryInterpreterAndThreadsWhereThereIsNoGil) {
  using rt::Interpreter;
  for (const Interpreter interpreter :
       {Interpreter::none, Interpreter::cpython39, Interpreter::cpython310, Interpreter::freethreaded}) {
    SCOPED_TRACE(static_cast<int>(interpreter));
    const auto processes = simulated({.interpreter = interpreter});
    EXPECT_EQ(processes.outcome->verdict, Verdict::ok) << processes.outcome->sentence.en;
    EXPECT_GT(figure(processes, "speedup"), 1.9);
    const auto serial = simulated({.mode = Mode::serial, .interpreter = interpreter});
    EXPECT_NEAR(figure(serial, "elapsed") / figure(processes, "elapsed"), figure(processes, "speedup"), 0.05);
    const auto threads = simulated({.mode = Mode::threads, .interpreter = interpreter});
    if (rt::Interpreting{interpreter}.has_gil()) {
      EXPECT_LT(figure(threads, "speedup"), 1);
      EXPECT_GT(figure(threads, "waited"), 0.9 * figure(threads, "elapsed"));
      EXPECT_NEAR(figure(threads, "computing"), figure(serial, "computing"), 0.05 * figure(serial, "computing"));
    } else {
      EXPECT_GT(figure(threads, "speedup"), 1.9);
    }
  }
}

TEST(ProcessPool, LargePayloadsOutweighSmallTasks) {
  const auto end = simulated({.units = 1'000, .sent = 100'000, .returned = 100'000});
  EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
  EXPECT_GT(figure(end, "encoding") + figure(end, "moving"), figure(end, "computing"));
  EXPECT_GT(figure(end, "bytes"), 32 * 200'000.0);
  EXPECT_LT(figure(end, "speedup"), 1);
  EXPECT_TRUE(end.outcome->sentence.en.starts_with("Encoding and moving took longer"));
}

// That computing outweighs sending is not yet a gain.
TEST(ProcessPool, WhetherProcessesPayIsMeasured) {
  const auto begins = [](const trace::Snapshot& end, std::string_view words) {
    EXPECT_TRUE(end.outcome->sentence.en.starts_with(words)) << end.outcome->sentence.en;
  };
  begins(simulated({}), "Each process has a GIL of its own, so they computed at the same time: 2.00 times");
  begins(simulated({.workers = 1}), "Only one process had work");
  begins(simulated({.tasks = 4, .chunk = 4}), "Only one process had work");
  begins(simulated({}, sim::PolicyKind::round_robin, 1), "Computing took longer than sending did, and yet");
  begins(simulated({.mode = Mode::threads}), "Threads have nothing to send, but under the GIL");
  begins(simulated({.mode = Mode::threads, .interpreter = rt::Interpreter::none}, sim::PolicyKind::round_robin, 1),
         "Nothing keeps the threads apart, and yet");
}

TEST(ProcessPool, WhereTheClockIsIgnoredNoTimeIsTold) {
  const auto end = simulated({.tasks = 5, .units = 10}, sim::PolicyKind::random);
  EXPECT_EQ(end.outcome->headline.en, "Each of 5 tasks done once");
}

TEST(ProcessPool, AChunkIsOneMessageEachWay) {
  for (const sim::PolicyKind policy : {sim::PolicyKind::round_robin, sim::PolicyKind::random}) {
    const auto end = simulated({.tasks = 10, .workers = 3, .chunk = 4, .units = 100}, policy);
    EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
    EXPECT_EQ(figure(end, "messages"), 6);
    EXPECT_EQ(figure(end, "tasks"), 10);
    EXPECT_EQ(figure(end, "bytes"), 6 * 40 + 10 * (8 + 8 + 100 + 100));
  }
}

// The shares of a worker's process and of its thread are the whole time in which a chunk was in work.
TEST(ProcessPool, SharesAddUpToTheTimeInWork) {
  const auto end = simulated({.workers = 1, .sent = 5'000, .returned = 3'000});
  const double shares =
      figure(end, "starting") + figure(end, "encoding") + figure(end, "moving") + figure(end, "computing");
  EXPECT_LE(shares, figure(end, "elapsed"));
  EXPECT_GT(shares, 0.999 * figure(end, "elapsed"));
  EXPECT_EQ(figure(end, "computing"), 32 * 34e6);
  // Each byte is encoded once and decoded once, at a nanosecond each.
  EXPECT_NEAR(figure(end, "encoding"), 2 * figure(end, "bytes"), 1e-3 * figure(end, "encoding"));
}

// A pool in which somebody else kills the first worker's process in the middle of a task.
struct KilledPool : ProcessPool {
  template <rt::HasChildren R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    std::vector<rt::Participant> threads;
    for (std::size_t at = 0; at < state.splits.size(); ++at) {
      threads.push_back(co_await rt.spawn(
          rt::SpawnOptions{}, [](R& own, State<R>& all, Params p, std::size_t n) { return worker(own, all, p, n); },
          state, params, at));
    }
    co_await rt.sleep(50 * millisecond);
    co_await rt.kill(*state.children.front());
    for (const rt::Participant thread : threads) co_await rt.join(thread);
  }
};

TEST(ProcessPool, AWorkerThatIsKilledIsToldAndTheOthersGoOn) {
  const auto end = simulated<KilledPool>({.tasks = 8, .chunk = 2});
  EXPECT_EQ(end.outcome->verdict, Verdict::failure);
  EXPECT_EQ(end.outcome->headline.en, "A worker is lost, and 2 tasks with it");
  EXPECT_EQ(figure(end, "tasks"), 6);
}

// A pool whose parent says what no program understands, or leaves off in the middle.
struct GarbledPool : ProcessPool {
  struct Params {
    int left_off = 0;
    template <class Visit>
    static void declare(Visit&& visit) {
      visit(integer("left-off", {"Left off", "멈춤"}, {"Whether.", "여부."}, 0, 1, {0, 0, 0}), &Params::left_off);
    }
  };
  template <rt::HasChildren R>
  struct State {
    typename R::Child child;
    int code = 0;
    State(R& rt, const Params&) : child(rt, 1) {}
  };
  template <rt::HasChildren R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    std::string message = encoded(params.left_off != 0);
    co_await rt.start(state.child, Program{}, std::string("1 1 1 1"));
    const rt::Collected end = co_await rt::communicate(rt, state.child, message, rt::no_limit);
    state.code = end.code;
  }
  static std::string encoded(bool left_off) {
    std::string out = workloads::message::encode({{1, 2}, {}, "payload"});
    if (left_off) return out.substr(0, 20);
    out.back() = 'D';
    return out;
  }
  static rt::Interpreting interpreter(const Params&) { return {}; }
  static std::int64_t work(const Params&) { return 0; }
  static std::vector<Preset> presets() { return {}; }
  struct Facts {
    int code = 0;
  };
  template <rt::HasChildren R>
  static Facts observe(State<R>& state) {
    return {state.code};
  }
  static bool fine(const Params&, const Facts&) { return true; }
  static std::int64_t figure(const Facts& facts) { return facts.code; }
  static Outcome judge(const Params&, const Facts& facts, const rt::RunFacts&) {
    Outcome out;
    out.figures.push_back({"code", {"code", "코드"}, FigureUnit::count, static_cast<double>(facts.code)});
    return out;
  }
};

TEST(ProcessPool, AProgramThatDoesNotUnderstandEndsWithACodeOfItsOwn) {
  EXPECT_EQ(figure(simulated<GarbledPool>({.left_off = 1}), "code"), 1);
  EXPECT_EQ(figure(simulated<GarbledPool>({.left_off = 0}), "code"), 2);
}

// However steps are ordered: each task is done by one worker, once.
TEST(ProcessPool, NoOrderLosesATaskOrDoesOneTwice) {
  struct Case {
    Mode mode;
    int tasks;
    int chunk;
  };
  for (const Case one : {Case{Mode::processes, 2, 1}, Case{Mode::processes, 3, 2}, Case{Mode::threads, 3, 1}}) {
    for (const auto interpreter : {rt::Interpreter::none, rt::Interpreter::cpython310}) {
      Params params{.mode = one.mode, .tasks = one.tasks, .chunk = one.chunk, .units = 4, .sent = 0, .returned = 0};
      params.interpreter = interpreter;
      const auto run = explore::start<ProcessPool>(start_with(params, explore::Settings{}));
      EXPECT_TRUE(wait_until_finished(*run));
      const auto end = run->snapshot();
      ASSERT_TRUE(end.exploration.has_value());
      EXPECT_TRUE(end.exploration->exhausted);
      EXPECT_GT(end.exploration->executions, 1U);
      ASSERT_EQ(end.exploration->histogram.size(), 1U);
      EXPECT_EQ(end.exploration->histogram[0].value, one.tasks);
      EXPECT_EQ(end.exploration->failures, 0U);
      EXPECT_EQ(end.exploration->hangs, 0U);
    }
  }
}

TEST(Factorize, TheSimulatorForetellsWhatDividingFinds) {
  using workloads::Factorize;
  for (std::int64_t number = 1; number <= 400; ++number) {
    for (const std::int64_t from : {std::int64_t{0}, number / 3, number - 1}) {
      const std::int64_t units = number - from;
      const Factorize::Divisions divisions{number, from};
      EXPECT_EQ(divisions.foretell(units), divisions(0, units)) << number << " from " << from;
      std::vector<std::int64_t> foretold;
      std::vector<std::int64_t> found;
      (void)Factorize::ListedDivisions{divisions, &foretold}.foretell(units);
      (void)Factorize::ListedDivisions{divisions, &found}(0, units);
      EXPECT_EQ(foretold, found) << number << " from " << from;
    }
  }
}

TEST(Factorize, ProcessesComputeTogetherUnderAGil) {
  using workloads::Factorize;
  Factorize::Params params{.first = 1'000'000, .last = 1'000'000, .mode = Factorize::Mode::serial};
  const auto serial = simulated<Factorize>(params);
  params.mode = Factorize::Mode::processes;
  const auto processes = simulated<Factorize>(params);
  EXPECT_EQ(processes.outcome->verdict, Verdict::ok) << processes.outcome->headline.en;
  EXPECT_EQ(figure(processes, "divisors"), figure(serial, "divisors"));
  EXPECT_LT(figure(processes, "elapsed"), 0.51 * figure(serial, "elapsed"));
  EXPECT_GT(figure(processes, "parallel"), 1.9);
  EXPECT_TRUE(processes.outcome->sentence.en.starts_with("Each process has an interpreter"));
  const auto crowded = simulated<Factorize>(params, sim::PolicyKind::round_robin, 1);
  EXPECT_TRUE(crowded.outcome->sentence.en.starts_with("Processes share nothing")) << crowded.outcome->sentence.en;
}

TEST(Factorize, ALineThatIsNotAsItShouldBeIsFound) {
  using workloads::Factorize;
  Factorize::Found found;
  std::string heard = Factorize::line(6, 100, {1, 2, 3}) + Factorize::line(12, 250, {12}) + "18 3";
  EXPECT_TRUE(Factorize::take_lines(12, heard, found));
  EXPECT_EQ(heard, "18 3") << "half a line is kept";
  EXPECT_EQ(found.divisors, 4);
  EXPECT_EQ(found.done, 12);
  EXPECT_EQ(found.computing, 250);
  for (std::string wrong : {"\n", "6\n", "6 x\n", "6 100 5\n", "6 100 \n", "6 100 0\n"}) {
    EXPECT_FALSE(Factorize::take_lines(12, wrong, found)) << wrong;
  }
}

}  // namespace
}  // namespace interleave::test
