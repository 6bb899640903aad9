// What is handed on gives the same again, and an old link says where it does not.
#include "session/sharing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/host.h"
#include "session/parse.h"
#include "support/fake_engine.h"

namespace interleave::session {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class Sharing : public ::testing::Test {
 protected:
  [[nodiscard]] Setup setup(std::string_view query) const { return parse(catalogue, from_query(query)).setup; }
  [[nodiscard]] std::optional<Promise> promise(const std::string& query) {
    problems.clear();
    return promise_of(from_query(query), problems);
  }
  Catalogue catalogue{test::fake_workloads()};
  std::vector<Problem> problems;
};

TEST_F(Sharing, ALinkGivesTheSameConfigurationAndKeepsItsPromise) {
  const Setup shown = setup("engine=sim&seed=7");
  const Shared shared = share(shown, "", 0x0123456789abcdefULL);
  static constexpr std::string_view beside[] = {version_key, checksum_key};
  const Parsed read = parse(catalogue, from_query(shared.query), {{}, {}, beside});
  EXPECT_EQ(read.setup, shown);
  EXPECT_TRUE(read.problems.empty());
  const auto kept = promise(shared.query);
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->version, program_version);
  EXPECT_FALSE(broken_by(*kept, read.setup).has_value());
  EXPECT_FALSE(broken_by(*kept, 0x0123456789abcdefULL).has_value());
}

TEST_F(Sharing, TheWorkloadIsNamedAlsoWhereItIsTheFirst) {
  const Shared shared = share(setup(""), "", std::nullopt);
  EXPECT_THAT(shared.query, StartsWith("workload=" + shared.workload));
}

TEST_F(Sharing, ARunByHandIsHandedOnAsItsSchedule) {
  const Shared shared = share(setup("engine=sim"), "AB2A.", std::nullopt);
  EXPECT_THAT(shared.query, HasSubstr("schedule=AB2A."));
  EXPECT_THAT(shared.command, HasSubstr("--schedule=AB2A."));
}

TEST_F(Sharing, TheCommandIsOneThatAShellReads) {
  const Setup shown = setup("engine=sim&seed=7");
  const Shared shared = share(shown, "", std::nullopt);
  EXPECT_THAT(shared.command, StartsWith("interleave run " + std::string(shown.workload().id) + " --"));
  EXPECT_THAT(shared.command, HasSubstr(" --seed=7"));
}

TEST_F(Sharing, ALinkThatWasChangedSaysSo) {
  const auto changed = promise(share(setup("engine=sim&seed=7"), "", std::nullopt).query);
  ASSERT_TRUE(changed.has_value());
  const auto said = broken_by(*changed, setup("engine=sim&seed=8"));
  ASSERT_TRUE(said.has_value());
  EXPECT_THAT(said->en, HasSubstr("changed after it was made"));
}

TEST_F(Sharing, ALinkOfAnotherVersionSaysWhatIsOtherNow) {
  constexpr std::uint64_t another = 0x123456789abcdef0ULL;
  Promise old{"0.0.9", "00000000", "00000000"};
  const auto settings = broken_by(old, setup(""));
  ASSERT_TRUE(settings.has_value());
  EXPECT_THAT(settings->en, HasSubstr("0.0.9"));
  EXPECT_THAT(settings->en, HasSubstr(std::string(program_version)));
  const auto run = broken_by(old, another);
  ASSERT_TRUE(run.has_value());
  EXPECT_THAT(run->en, HasSubstr("not the run that was shared"));
  old.run.clear();
  EXPECT_FALSE(broken_by(old, another).has_value()) << "nothing was promised of a run";
}

TEST_F(Sharing, ADamagedChecksumIsTold) {
  EXPECT_FALSE(promise("sum=xyz").has_value());
  EXPECT_EQ(problems.size(), 1U);
  EXPECT_FALSE(promise("sum=0123abcd-").has_value());
  EXPECT_EQ(problems.size(), 1U);
  EXPECT_FALSE(promise("sum=0123abcd-%3Cscript%3E").has_value());
  EXPECT_EQ(problems.size(), 1U);
  EXPECT_FALSE(promise("engine=sim").has_value());
  EXPECT_TRUE(problems.empty()) << "a link may promise nothing";
}

}  // namespace
}  // namespace interleave::session
