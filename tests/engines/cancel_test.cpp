// Every workload stopped at random moments, live and simulated, and how long that takes.
#include <algorithm>

#include <gtest/gtest.h>

#include "any_workload/invariants.h"
#include "any_workload/values.h"
#include "sim/settings.h"
#include "support/drive.h"
#include "support/effort.h"
#include "support/idle_cores.h"
#include "support/roomy_pool.h"

namespace interleave::test {
namespace {

constexpr int moments = fewer(200);

// What is promised is 100 ms. A machine with two cores that others use, too, may leave our threads without one for
// longer than that, so natively 2 % of the moments may take longer, and none longer than a second. How many did is in
// the report ("late", and "slowest_us"). A sanitizer or Node says little about time, so that there only the promise
// that a run ends at all is tested, with a limit of a minute.
constexpr Nanoseconds promised = 100 * millisecond;
constexpr Nanoseconds at_most = natively ? second : patience;
constexpr int may_be_late = natively ? moments / 50 : moments;

class Cancelling : public testing::TestWithParam<const rt::Entry*> {
 protected:
  // The engine's usual settings, and a long run: what live takes by default, with the options at random.
  Configuration draw(Engine engine) {
    const WorkloadInfo& info = GetParam()->info;
    Configuration out{GetParam(), engine, defaults(info.params, Engine::live), defaults(settings_of(engine), engine)};
    shuffle_options(info.params, rng_, out.params);
    return out;
  }

  void begin_and_stop(const Configuration& config, Nanoseconds longest_wait) {
    const auto run = start(config, 10'000, pool_);
    const Nanoseconds moment = steady_now() + rng_.below(static_cast<std::uint32_t>(longest_wait));
    go_on_until(*run, config.engine, moment);
    // From the moment itself: a simulated run that is in the middle of its slice then is part of the reader's wait.
    stop_and_look(config, *run, moment);
  }

  void stop_and_look(const Configuration& config, rt::Execution& run, Nanoseconds moment) {
    const bool ended_before = run.finished();
    const Nanoseconds took = ended_before ? 0 : stop(run, config.engine, moment);
    ASSERT_TRUE(run.finished()) << describe(config);
    EXPECT_LT(took, at_most) << describe(config);
    late_ += took > promised ? 1 : 0;
    slowest_ = std::max(slowest_, took);
    EXPECT_TRUE(nobody_busy(*pool_)) << describe(config);
    const Ended ended{config, run.snapshot()};
    for (const std::string& broken : violations(ended)) ADD_FAILURE() << describe(config) << "\n  " << broken;
    if (!ended.snapshot.outcome) return;
    stopped_ += ended.outcome().verdict == Verdict::cancelled ? 1 : 0;
    limited_ += ended.outcome().verdict == Verdict::limit ? 1 : 0;
  }

  // Some simulated runs are over in microseconds, so that a moment in time may come after every one of them. One of the
  // run's own steps never does: before any of the first `longest`, or of however many there are.
  void begin_and_stop_at_a_step(const Configuration& config, std::uint32_t longest) {
    const std::uint32_t steps = count_steps(config, longest);
    const auto run = start(config, 10'000);
    for (std::uint32_t at = rng_.below(steps); at > 0; --at) run->step(ThreadId::none());
    stop_and_look(config, *run, steady_now());
  }

  // Real time to the end of a simulated run, or 2 ms.
  static Nanoseconds how_long(const Configuration& config) {
    const auto run = start(config, 10'000);
    const Nanoseconds began = steady_now();
    while (!run->finished() && steady_now() - began < 2 * millisecond) run->advance(10 * microsecond);
    return std::clamp<Nanoseconds>(steady_now() - began, 1, 2 * millisecond);
  }

  static std::uint32_t count_steps(const Configuration& config, std::uint32_t longest) {
    const auto run = start(config, 10'000);
    std::uint32_t steps = 1;
    while (steps < longest && run->step(ThreadId::none())) ++steps;
    return steps;
  }

  void report() const {
    RecordProperty("stopped", stopped_);
    RecordProperty("late", late_);
    RecordProperty("slowest_us", static_cast<int>(slowest_ / microsecond));
    const double cores = late_ > may_be_late ? cores_to_be_had() : 2;
    if (cores < two_idle_cores) GTEST_SKIP() << late_ << " stops were late, and two threads had " << cores << " cores";
    EXPECT_LE(late_, may_be_late) << "of " << moments << "; the slowest took " << slowest_ / microsecond << " us";
    if (limited_ == moments) GTEST_SKIP() << "this build has nothing to run it with";
    EXPECT_GT(stopped_, 0) << "every run had ended before its moment came: nothing was tested";
  }

  Rng rng_{2024};
  std::shared_ptr<live::Pool> pool_ = roomy_pool();
  int stopped_ = 0;
  int limited_ = 0;  // wanted more than there is
  int late_ = 0;
  Nanoseconds slowest_ = 0;
};

TEST_P(Cancelling, ALiveRunStopsAtAnyMomentAndLeavesNobodyBusy) {
  if (!exists({GetParam(), Engine::live, {}, {}})) GTEST_SKIP() << "this build has no live engine";
  for (int at = 0; at < moments; ++at) begin_and_stop(draw(Engine::live), 6 * millisecond);
  report();
}

TEST_P(Cancelling, ASimulatedRunStopsAtAnyMoment) {
  for (int at = 0; at < moments; ++at) {
    Configuration config = draw(Engine::simulate);
    const auto policy = at % 2 == 0 ? sim::PolicyKind::random : sim::PolicyKind::round_robin;
    config.settings = settings_with(Engine::simulate, "policy", static_cast<std::int64_t>(policy));
    if (at % 4 < 2) {
      begin_and_stop_at_a_step(config, 20'000);
    } else {
      begin_and_stop(config, how_long(config));
    }
  }
  report();
}

INSTANTIATE_TEST_SUITE_P(Workloads, Cancelling, testing::ValuesIn(all_workloads()), workload_name);

}  // namespace
}  // namespace interleave::test
