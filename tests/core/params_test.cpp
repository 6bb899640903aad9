#include "core/params.h"

#include <gtest/gtest.h>

namespace interleave {
namespace {

enum class Lock : std::uint8_t { none, mutex, spin };
constexpr std::array lock_options{
    Option{"none", {"none", "없음"}, {"", ""}},
    Option{"mutex", {"mutex", "뮤텍스"}, {"", ""}},
    Option{"spin", {"spin lock", "스핀락"}, {"", ""}},
};

struct Params {
  int threads = 6;
  Lock lock = Lock::none;
  std::int64_t delay = 1;
  bool fair = true;

  template <class Visit>
  static void declare(Visit&& visit) {
    visit(integer("threads", {"Threads", "스레드"}, {"", ""}, 1, 16, {6, 2, 2}), &Params::threads);
    visit(choice("lock", {"Lock", "락"}, {"", ""}, lock_options, {0, 0, 1}), &Params::lock);
    visit(duration("delay", {"Delay", "지연"}, {"", ""}, 0, 10'000'000'000, {5'000'000, 1'000, 0}), &Params::delay);
    visit(toggle("fair", {"Fair", "공정"}, {"", ""}, {1, 1, 0}), &Params::fair);
  }
};

const std::vector<ParamSpec>& declared() {
  static const std::vector<ParamSpec> all = specs<Params>();
  return all;
}
const ParamSpec& threads() { return declared()[0]; }
const ParamSpec& lock() { return declared()[1]; }
const ParamSpec& delay() { return declared()[2]; }
const ParamSpec& fair() { return declared()[3]; }

std::string complaint(const ParamSpec& spec, std::string_view text) {
  const Result<ParamValue> result = parse_value(spec, text);
  EXPECT_FALSE(result.ok()) << text;
  return result.ok() ? "" : result.error().message.en;
}

TEST(Params, AreDeclaredOnceAndBoundToTheirMembers) {
  const Params params = params_from<Params>(ParamValues{3, 2, 700, 0});
  EXPECT_EQ(params.threads, 3);
  EXPECT_EQ(params.lock, Lock::spin);
  EXPECT_EQ(params.delay, 700);
  EXPECT_FALSE(params.fair);
  EXPECT_EQ(values_of(params), (ParamValues{3, 2, 700, 0}));
}

TEST(Params, HaveADefaultForEachEngine) {
  EXPECT_EQ(defaults(declared(), Engine::live), (ParamValues{6, 0, 5'000'000, 1}));
  EXPECT_EQ(defaults(declared(), Engine::simulate), (ParamValues{2, 0, 1'000, 1}));
  EXPECT_EQ(defaults(declared(), Engine::explore), (ParamValues{2, 1, 0, 0}));
}

TEST(Params, HaveAnEffectOnlyWhereTheirNeedsAreMet) {
  const Text reason{"Only a lock that spins.", "도는 락만."};
  const Text other{"Nobody waits.", "기다리는 쪽이 없다."};
  std::vector<ParamSpec> specs = declared();
  specs[2] = needs_at_least(needs(specs[2], "lock", {Lock::mutex, Lock::spin}, reason), "threads", 2, other);
  specs[3] = needs_on(integer("more", {"More", "더"}, {"", ""}, 0, 9, {0, 0, 0}), "fair", other);
  const auto unmet = [&](const ParamValues& values) { return unmet_need(specs, values, 2); };
  EXPECT_EQ(unmet({6, 1, 0, 0}), nullptr);
  EXPECT_EQ(unmet({6, 2, 0, 0}), nullptr);
  ASSERT_NE(unmet({6, 0, 0, 0}), nullptr);
  EXPECT_EQ(unmet({6, 0, 0, 0})->reason.en, reason.en);
  ASSERT_NE(unmet({1, 1, 0, 0}), nullptr);
  EXPECT_EQ(unmet({1, 1, 0, 0})->key, "threads");
  EXPECT_EQ(unmet({1, 0, 0, 0})->key, "lock") << "the first that is not met";
  EXPECT_EQ(unmet_need(specs, ParamValues{6, 0, 0, 0}, 0), nullptr) << "it needs nothing";
}

TEST(Params, ArePrimaryOnlyWhereMarked) {
  EXPECT_FALSE(threads().primary);
  EXPECT_TRUE(primary(threads()).primary);
}

TEST(ParseValue, ReadsWholeNumbersWithSeparators) {
  const ParamSpec many = integer("increments", {"", ""}, {"", ""}, 1, 100'000'000, {1, 1, 1});
  EXPECT_EQ(parse_value(many, "1000000").value(), 1'000'000);
  EXPECT_EQ(parse_value(many, "1_000_000").value(), 1'000'000);
  EXPECT_EQ(parse_value(many, "1,000,000").value(), 1'000'000);
}

TEST(ParseValue, RefusesWhatIsNoWholeNumberAndSaysWhatIsAllowed) {
  EXPECT_EQ(complaint(threads(), "six"), "threads must be a whole number from 1 to 16, not \"six\".");
  for (const char* text : {"", " 6", "6 ", "6.5", "0x6", "1e1", "+6", "--6", "NaN", "99999999999999999999", "_"}) {
    EXPECT_NE(complaint(threads(), text).find("1 to 16"), std::string::npos) << text;
  }
}

TEST(ParseValue, RefusesANumberOutOfRange) {
  EXPECT_EQ(complaint(threads(), "17"), "threads must be 1 to 16, not 17.");
  EXPECT_EQ(complaint(threads(), "-6"), "threads must be 1 to 16, not -6.");
  EXPECT_EQ(parse_value(threads(), "0").error().message.ko, "threads는 1부터 16까지여야 합니다. 0은 벗어났습니다.");
}

TEST(ParseValue, ReadsDurationsExactly) {
  EXPECT_EQ(parse_value(delay(), "5ms").value(), 5'000'000);
  EXPECT_EQ(parse_value(delay(), "1.5s").value(), 1'500'000'000);
  EXPECT_EQ(parse_value(delay(), "0.000000001s").value(), 1);
  EXPECT_EQ(parse_value(delay(), "12us").value(), 12'000);
  EXPECT_EQ(parse_value(delay(), "12µs").value(), 12'000);
  EXPECT_EQ(parse_value(delay(), "7ns").value(), 7);
  EXPECT_EQ(parse_value(delay(), "0").value(), 0);
}

TEST(ParseValue, RefusesDurationsWithoutUnitAndFinerThanANanosecond) {
  for (const char* text : {"5", "ms", "-5ms", "5 ms", "1.5ns", "1.ms", ".5s", "1.2.3s", "99999999999999999999s", "11s",
                           "9223372036854775807s"}) {
    EXPECT_NE(complaint(delay(), text).find("0ns to 10s"), std::string::npos) << text;
  }
}

TEST(ParseValue, ReadsAnOptionByItsKeyAndSuggestsTheNearest) {
  EXPECT_EQ(parse_value(lock(), "mutex").value(), 1);
  EXPECT_EQ(complaint(lock(), "mutx"), "lock cannot be \"mutx\". Allowed: none, mutex, spin. Did you mean mutex?");
  EXPECT_EQ(complaint(lock(), "semaphore"), "lock cannot be \"semaphore\". Allowed: none, mutex, spin.");
  EXPECT_EQ(complaint(lock(), "MUTEX"), "lock cannot be \"MUTEX\". Allowed: none, mutex, spin. Did you mean mutex?");
}

TEST(ParseValue, ReadsToggles) {
  for (const char* text : {"on", "true", "yes", "1"}) EXPECT_EQ(parse_value(fair(), text).value(), 1);
  for (const char* text : {"off", "false", "no", "0"}) EXPECT_EQ(parse_value(fair(), text).value(), 0);
  EXPECT_EQ(complaint(fair(), "maybe"), "fair cannot be \"maybe\". Allowed: on, off.");
}

TEST(ParseValue, QuotesHostileInputHarmlessly) {
  const std::string message = complaint(lock(), "\x1b[2J" + std::string(5000, 'x') + "\xFF");
  EXPECT_LT(message.size(), 200U);
  EXPECT_EQ(message.find('\x1b'), std::string::npos);
}

TEST(CheckValue, AppliesTheSameBoundsToNumbers) {
  EXPECT_TRUE(check_value(threads(), 16));
  EXPECT_FALSE(check_value(threads(), 17).ok());
  EXPECT_FALSE(check_value(lock(), 3).ok());
  EXPECT_FALSE(check_value(fair(), -1).ok());
  EXPECT_FALSE(check_value(delay(), INT64_MIN).ok());
}

TEST(PrintValue, IsReadBackAsTheSame) {
  for (const ParamSpec& spec : declared()) {
    for (const std::int64_t value : {spec.min, spec.max, (spec.min + spec.max) / 2}) {
      EXPECT_EQ(parse_value(spec, print_value(spec, value)).value(), value) << spec.key;
    }
  }
}

TEST(ShowValue, IsWhatAReaderSees) {
  EXPECT_EQ(show_value(delay(), 5'000'000).en, "5.00 ms");
  EXPECT_EQ(show_value(lock(), 2), Words("spin lock", "스핀락"));
  EXPECT_EQ(show_value(fair(), 1), Words("on", "켬"));
}

TEST(AllowedValues, AreTheOnesThatCanBeWritten) {
  EXPECT_EQ(allowed_values(threads()), Words("1 to 16", "1부터 16까지"));
  EXPECT_EQ(allowed_values(delay()).en, "0ns to 10s");
  EXPECT_EQ(allowed_values(lock()).en, "none, mutex, spin");
  EXPECT_EQ(allowed_values(fair()).en, "on, off");
}

TEST(Nearest, FindsANameThatIsAlmostRight) {
  constexpr std::array<std::string_view, 4> names{"counter", "pipeline", "deadlock", "lock"};
  EXPECT_EQ(nearest("countr", names), "counter");
  EXPECT_EQ(nearest("Pipeline", names), "pipeline");
  EXPECT_EQ(nearest("piepline", names), "pipeline");
  EXPECT_EQ(nearest("lokc", names), "lock");
  EXPECT_EQ(nearest("lok", names), "lock");
  EXPECT_EQ(nearest("lick", names), "lock");
  EXPECT_EQ(nearest("lkoc", names), "");  // two of four letters: as likely another word
}

TEST(Nearest, SuggestsNothingRatherThanSomethingElse) {
  constexpr std::array<std::string_view, 2> names{"a", "counter"};
  EXPECT_EQ(nearest("", names), "");
  EXPECT_EQ(nearest("b", names), "");
  EXPECT_EQ(nearest("banana", names), "");
  EXPECT_EQ(nearest(std::string(100'000, 'c'), names), "");
}

}  // namespace
}  // namespace interleave
