// What a page's form asks for changes all of it or nothing, and says what was wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/controller.h"
#include "engines/registry.h"

namespace interleave::app {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Change : public ::testing::Test {
 protected:
  [[nodiscard]] std::vector<Words> change(const session::KeyValues& changes) { return controller.change(changes); }
  [[nodiscard]] std::int64_t value(std::string_view key) const {
    return controller.setup().value(key).value_or(-1).number();
  }
  session::Catalogue catalogue{engines::registry()};
  Controller controller{catalogue};
};

TEST_F(Change, ValuesOfTheWorkloadThatIsSet) {
  controller.configure(session::from_query("workload=counter&engine=sim&increments=7"));
  EXPECT_THAT(change({{"threads", "4"}, {"lock", "mutex"}}), IsEmpty());
  EXPECT_EQ(value("threads"), 4);
  EXPECT_EQ(value("increments"), 7) << "what is not named stays";
}

TEST_F(Change, AnotherWorkloadBeginsWithItsDefaults) {
  controller.configure(session::from_query("workload=counter&engine=sim&threads=4"));
  EXPECT_THAT(change({{"workload", "deadlock"}}), IsEmpty());
  EXPECT_EQ(controller.setup(), catalogue.setup("deadlock", Engine::simulate));
  EXPECT_THAT(change({{"workload", "counter"}, {"threads", "3"}}), IsEmpty());
  EXPECT_EQ(value("threads"), 3);
}

TEST_F(Change, AnotherEngineTakesAlongWhatSuitsIt) {
  controller.configure(session::from_query("workload=counter&engine=sim&lock=mutex&policy=round-robin"));
  EXPECT_THAT(change({{"engine", "live"}}), IsEmpty()) << "settings of the simulator are not asked of real threads";
  EXPECT_EQ(controller.setup(), controller.setup().on(Engine::live));
  EXPECT_EQ(value("lock"), 1);
  EXPECT_THAT(change({{"engine", "explore"}}), IsEmpty());
  EXPECT_EQ(value("increments"), catalogue.setup("counter", Engine::explore).value("increments"));
}

TEST_F(Change, AllOfItOrNothing) {
  controller.configure(session::from_query("workload=counter&engine=sim&threads=4"));
  const std::vector<Words> wrong = change({{"lock", "mutex"}, {"threads", "99"}});
  ASSERT_THAT(wrong, SizeIs(1));
  EXPECT_THAT(wrong.front().en, HasSubstr("99"));
  EXPECT_EQ(value("threads"), 4);
  EXPECT_EQ(controller.setup().params(),
            session::parse(catalogue, session::from_query("engine=sim&threads=4")).setup.params());
  EXPECT_THAT(change({{"nonsense", "1"}}), SizeIs(1));
  EXPECT_THAT(change({{"workload", "nonsense"}}), SizeIs(1));
}

TEST_F(Change, AnEngineThatCannotBeChosenHereIsRefusedWithTheReason) {
  controller.forbid(Engine::live, {"No threads here.", "스레드가 없다."});
  controller.configure(session::from_query("workload=counter&engine=sim"));
  const std::vector<Words> wrong = change({{"engine", "live"}});
  ASSERT_THAT(wrong, SizeIs(1));
  EXPECT_EQ(wrong.front().en, "No threads here.");
  EXPECT_EQ(controller.setup().engine(), Engine::simulate);
}

TEST_F(Change, APresetIsTakenOnAnEngineThatThereIs) {
  controller.forbid(Engine::live, {"No threads here.", "스레드가 없다."});
  controller.configure(session::from_query("workload=counter&engine=sim"));
  for (const Preset& preset : catalogue.find("counter")->info.presets) {
    EXPECT_THAT(change({{"preset", std::string(preset.key)}}), IsEmpty()) << preset.key;
    EXPECT_NE(controller.setup().engine(), Engine::live);
  }
}

// A link names the run that it was made for.
TEST_F(Change, ALinkWhoseRunIsAnotherOneSaysSoOnceItHasRun) {
  controller.configure(session::from_query("workload=counter&engine=sim&threads=2&increments=3&seed=5"));
  const auto run = [&] {
    controller.carry_out(view::RunRequest{});
    while (controller.active()) controller.advance(second);
    controller.look();
  };
  run();
  const std::string query = controller.shared().query;
  static constexpr std::array<std::string_view, 2> beside{session::version_key, session::checksum_key};
  const session::OtherKeys others{{}, {}, beside};
  controller.configure(session::from_query(query), others);
  run();
  EXPECT_THAT(controller.problems(), IsEmpty());
  std::string other = query;
  other.back() = other.back() == '0' ? '1' : '0';
  controller.configure(session::from_query(other), others);
  EXPECT_THAT(controller.problems(), IsEmpty()) << "the settings are those";
  run();
  ASSERT_THAT(controller.problems(), SizeIs(1));
  EXPECT_THAT(controller.problems().front().en, HasSubstr("not the run that was shared"));
}

}  // namespace
}  // namespace interleave::app
