#include <gtest/gtest.h>

#include "sim/golden_programs.h"
#include "sim/run.h"

namespace interleave::test {
namespace {

using sim::PolicyKind;
using sim::Settings;

Settings with(PolicyKind policy, std::int64_t seed = 7) {
  Settings out;
  out.policy = policy;
  out.seed = seed;
  return out;
}

RunResult run_everything(const Settings& settings, int threads = 4, int rounds = 5) {
  return run<Everything::Shared>(settings, Everything::main, threads, rounds);
}

TEST(Determinism, TheSameSeedGivesTheSameTrace) {
  for (const PolicyKind policy : {PolicyKind::random, PolicyKind::round_robin}) {
    const RunResult first = run_everything(with(policy));
    ASSERT_TRUE(first.over);
    EXPECT_EQ(first.hash, run_everything(with(policy)).hash);
    EXPECT_NE(first.hash, run_everything(with(policy, 8)).hash);
  }
}

TEST(Determinism, ACostChangedByOneNanosecondChangesTheTrace) {
  for (const PolicyKind policy : {PolicyKind::random, PolicyKind::round_robin}) {
    const std::uint64_t before = run_everything(with(policy)).hash;
    for (Nanoseconds Settings::* cost : {&Settings::cost_access, &Settings::cost_atomic, &Settings::cost_switch,
                                         &Settings::cost_wake, &Settings::cost_spawn}) {
      Settings settings = with(policy);
      settings.*cost += 1;
      EXPECT_NE(before, run_everything(settings).hash);
    }
  }
}

// The same on g++, clang and WebAssembly; a change of the simulator that changes these changes every shared link.
TEST(Determinism, GoldenTraces) {
  const auto hash = [](PolicyKind policy) { return trace::print_hash(run_everything(with(policy)).hash); };
  EXPECT_EQ(hash(PolicyKind::random), "12afc2ac9684a8b7");
  EXPECT_EQ(hash(PolicyKind::round_robin), "1f673db30f6d2641");
  const auto increment = [](PolicyKind policy, bool locked) {
    return trace::print_hash(run<Increment::Shared>(with(policy), Increment::main, locked).hash);
  };
  EXPECT_EQ(increment(PolicyKind::random, false), "4c3b0ccbe0001891");
  EXPECT_EQ(increment(PolicyKind::round_robin, false), "d6a8e82e394f0fdc");
  EXPECT_EQ(increment(PolicyKind::random, true), "58d2bf316f005550");
  EXPECT_EQ(increment(PolicyKind::round_robin, true), "788c3a23d86d963d");
}

// A machine that is used again does what a new one does.
TEST(Determinism, AResetMachineIsAsNew) {
  sim::FramePool frames;
  sim::Machine machine(with(PolicyKind::random), false, nullptr, frames);
  std::vector<sim::Machine::Choice> first;
  for (int round = 0; round < 3; ++round) {
    machine.reset();
    Everything::Shared shared(machine);
    machine.begin(Everything::main(machine, shared, 4, 5));
    sim::RandomPolicy policy(7);
    machine.run(policy, round == 1 ? 40 : no_limit);  // the second is left in the middle
    if (round == 1) continue;
    EXPECT_TRUE(machine.over());
    const std::vector<sim::Machine::Choice> choices = machine.choices();
    if (first.empty()) first = choices;
    ASSERT_EQ(choices.size(), first.size());
    for (std::size_t at = 0; at < choices.size(); ++at) {
      ASSERT_EQ(choices[at].thread, first[at].thread);
      ASSERT_EQ(choices[at].count, first[at].count);
    }
  }
  machine.reset();
}

}  // namespace
}  // namespace interleave::test
