// Random small programs: as many executions as classes, and the same outcomes as all schedules have.
#include "explore/random_programs.h"

#include <array>

#include <gtest/gtest.h>

#include "explore/branches.h"
#include "explore/brute_force.h"
#include "explore/search.h"

namespace interleave::test {
namespace {

// What is handed over as a failure fails again, in as many steps.
void expect_replay(explore::Subject& subject, const explore::Findings& found, const std::string& what) {
  ASSERT_EQ(found.shortest.has_value(), found.failures > 0) << what;
  if (!found.shortest) return;
  EXPECT_TRUE(found.shortest->certain) << what;
  const auto schedule = sim::parse_schedule(found.shortest->text());
  ASSERT_TRUE(schedule.ok()) << what;
  const auto again = explore::replay(subject, schedule.value());
  ASSERT_TRUE(again.has_value()) << what << found.shortest->text();
  EXPECT_TRUE(again->failed) << what;
  EXPECT_EQ(again->hung, found.shortest->hang) << what;
  EXPECT_EQ(again->steps, found.shortest->steps) << what;
}

// Returns how many of the executions hung.
template <class ThreadBody>
std::uint64_t compare(std::uint64_t first_seed, int wanted, std::uint64_t most_schedules) {
  int compared = 0;
  std::uint64_t hangs = 0;
  for (std::uint64_t seed = first_seed; compared < wanted; ++seed) {
    Rng rng = Rng::stream(seed, 0x70726f67);
    const Script script = random_script(rng);
    explore::Program<ScriptState> program([&](sim::Machine& rt) { return ScriptState(rt, script); });
    program.threads(static_cast<int>(script.size()), ThreadBody{}).figure([](const ScriptState& s) {
      return s.figure();
    });
    const BruteForce all = run_every_schedule(program, most_schedules);
    if (all.gave_up) continue;
    ++compared;
    const explore::Findings found = explore::explore(program);
    EXPECT_EQ(found.executions, all.classes.size()) << "seed " << seed << ": " << print(script);
    EXPECT_EQ(found.blocked, 0U) << seed;
    EXPECT_TRUE(found.exhausted) << seed;
    EXPECT_EQ(found.hangs, all.hanging_classes.size()) << "seed " << seed << ": " << print(script);
    EXPECT_EQ(found.outcomes.size(), all.outcomes.size()) << "seed " << seed << ": " << print(script);
    for (const auto& [figure, classes] : all.outcomes) {
      EXPECT_TRUE(found.outcomes.contains(figure)) << "seed " << seed << ": " << print(script);
    }
    expect_replay(program, found, print(script));
    hangs += found.hangs;
    if (testing::Test::HasFailure()) break;
  }
  return hangs;
}

TEST(RandomPrograms, AgreeWithBruteForce) { compare<Body>(1, 1'000, 3'000); }

TEST(RandomPrograms, ThatNestTheirLocksAgreeWithBruteForce) { EXPECT_GT(compare<NestingBody>(10'001, 300, 3'000), 0U); }

TEST(RandomPrograms, ThatWaitForConditionsAgreeWithBruteForce) {
  EXPECT_GT(compare<ConditionsBody>(20'001, 300, 3'000), 0U);
}

// In branches, as several threads share a search: together they run every class, and each once.
void expect_branches_to_agree(explore::Subject& subject, std::size_t wanted, const std::string& what) {
  const explore::Findings whole = explore::explore(subject);
  if (whole.executions > 5'000) return;
  explore::Findings together;
  for (const std::vector<std::uint32_t>& beginning : explore::branches(subject, sim::Settings{}, wanted)) {
    explore::Search search(subject, sim::Settings{});
    search.begin_with(beginning);
    while (search.next()) {
      if (!search.was_blocked()) together.count(search.ending());
    }
  }
  EXPECT_EQ(together.executions, whole.executions) << what;
  EXPECT_EQ(together.hangs, whole.hangs) << what;
  EXPECT_EQ(together.outcomes, whole.outcomes) << what;
}

template <class ThreadBody>
void compare_branches(std::uint64_t first_seed, int programs) {
  for (std::uint64_t seed = first_seed; programs > 0 && !testing::Test::HasFailure(); ++seed, --programs) {
    Rng rng = Rng::stream(seed, 0x70726f67);
    const Script script = random_script(rng);
    explore::Program<ScriptState> program([&](sim::Machine& rt) { return ScriptState(rt, script); });
    program.threads(static_cast<int>(script.size()), ThreadBody{}).figure([](const ScriptState& s) {
      return s.figure();
    });
    expect_branches_to_agree(program, 1 + seed % 20, "seed " + std::to_string(seed) + ": " + print(script));
  }
}

// Every search gives the threads that threads start names of its own, in the order in which it meets them.
TEST(Branches, KnowThreadsThatOtherThreadsStart) {
  explore::Program<> program;
  program.threads(2, [](auto& rt, auto& s) -> rt::Task<> {
    const auto child = [](auto& own, auto& shared) -> rt::Task<> {
      const auto value = co_await own.load(shared.x);
      co_await own.store(shared.x, value + 1);
    };
    const rt::SpawnOptions options{{{"child", "자식"}}};
    co_await rt.fetch_add(s.y, 1);
    const auto one = co_await rt.spawn(options, child, s);
    co_await rt.fetch_add(s.z, 1);
    co_await rt.join(one);
  });
  program.figure([](const explore::Shared& s) { return s.x.peek(); });
  for (const std::size_t wanted : std::array<std::size_t, 6>{1, 2, 5, 20, 100, 400}) {
    expect_branches_to_agree(program, wanted, std::to_string(wanted) + " branches");
  }
}

TEST(RandomPrograms, InBranchesRunEveryClassOnce) {
  compare_branches<Body>(1, 300);
  compare_branches<NestingBody>(10'001, 300);
  compare_branches<ConditionsBody>(20'001, 300);
}

// A search that takes the two kinds of access of one rule for independent, on programs of one kind: whether it misses a
// class, runs one twice, or comes to a halt half-way.
template <class ThreadBody>
bool is_found_out(std::span<const explore::Rule> rules, std::uint64_t first_seed, int programs) {
  for (std::uint64_t seed = first_seed; programs > 0; ++seed) {
    Rng rng = Rng::stream(seed, 0x70726f67);
    const Script script = random_script(rng);
    explore::Program<ScriptState> program([&](sim::Machine& rt) { return ScriptState(rt, script); });
    program.threads(static_cast<int>(script.size()), ThreadBody{});
    const BruteForce all = run_every_schedule(program, 1'000);
    if (all.gave_up) continue;
    --programs;
    explore::Search search(program, sim::Settings{}, rules);
    std::uint64_t executions = 0;
    while (executions <= all.classes.size() && search.next()) ++executions;
    if (executions != all.classes.size() || search.blocked() > 0) return true;
  }
  return false;
}

TEST(RandomPrograms, FindOutASearchThatLeavesOutAnyRule) {
  const std::vector<explore::Rule> all(explore::dependency_rules.begin(), explore::dependency_rules.end());
  ASSERT_FALSE(is_found_out<Body>(all, 1, 100));
  for (std::size_t left_out = 0; left_out < all.size(); ++left_out) {
    std::vector<explore::Rule> rules = all;
    rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(left_out));
    EXPECT_TRUE(is_found_out<Body>(rules, 1, 1'000)) << "without rule " << left_out;
  }
}

}  // namespace
}  // namespace interleave::test
