#include <gtest/gtest.h>

#include "sim/golden_programs.h"
#include "sim/run.h"

namespace interleave::test {
namespace {

using sim::parse_schedule;
using sim::PolicyKind;
using sim::print_schedule;
using sim::Schedule;
using sim::Settings;

TEST(Schedule, PrintsAndReadsBack) {
  for (const char* text : {".", "-", "A.", "A2BA.", "@A26Z(27)3(999999)4294967295.", "~@2A40B-", "~."}) {
    const auto parsed = parse_schedule(text);
    ASSERT_TRUE(parsed.ok()) << text;
    EXPECT_EQ(print_schedule(parsed.value()), text);
  }
}

TEST(Schedule, RefusesWhatItCannotRead) {
  for (const char* text : {"",           "A",     "A2",   "A2B",          "~",
                           "a.",         "A0.",   "A00.", "A4294967296.", "A99999999999999999999.",
                           "(1000000).", "(.",    "().",  "(5.",          "(5",
                           "(-5).",      "A.B",   "..",   "A-.",          "~~A.",
                           "A .",        " A.",   "A\n.", "\xff.",        "A\xea\xb0\x80.",
                           "3A.",        "A2 B.", "A+2.", "[.",           "(27)(.",
                           "A2.\n"}) {
    const auto parsed = parse_schedule(text);
    ASSERT_FALSE(parsed.ok()) << text;
    EXPECT_FALSE(parsed.error().message.en.empty());
    EXPECT_FALSE(parsed.error().message.ko.empty());
  }
  EXPECT_FALSE(parse_schedule(std::string_view("A\0.", 3)).ok());
}

TEST(Schedule, QuotesAWholeLetterOfWhatItCannotRead) {
  const auto read = parse_schedule("A2한글.");
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().message.en.find("character 3 (\"한\")"), std::string::npos) << read.error().message.en;
}

TEST(Schedule, EveryTruncationIsRefused) {
  const std::string text = "~@2A40B(27)3A.";
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_FALSE(parse_schedule(text.substr(0, length)).ok()) << length;
  }
}

TEST(Schedule, RandomBytesNeverCrash) {
  Rng rng(5);
  constexpr std::string_view alphabet = "@AZ(279)0-.~\xff ";
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::uint32_t length = rng.below(12); length > 0; --length) {
      text += alphabet[rng.below(static_cast<std::uint32_t>(alphabet.size()))];
    }
    if (const auto parsed = parse_schedule(text)) {
      const std::string printed = print_schedule(parsed.value());
      EXPECT_EQ(print_schedule(parse_schedule(printed).value()), printed);
    }
  }
}

Settings random_settings(Rng& rng) {
  Settings out;
  out.policy = rng.below(2) == 0 ? PolicyKind::random : PolicyKind::round_robin;
  out.seed = rng.below(1'000'000);
  out.cores = 1 + rng.below(4);
  out.slice = std::array<Nanoseconds, 4>{1, 40, 3 * microsecond, 5 * millisecond}[rng.below(4)];
  out.wake_order = static_cast<sim::WakeOrder>(rng.below(3));
  out.cost_access = rng.below(4);
  out.cost_atomic = rng.below(8);
  out.cost_switch = rng.below(2) == 0 ? 0 : rng.below(3000);
  out.cost_wake = rng.below(2) == 0 ? 0 : rng.below(3000);
  out.cost_spawn = rng.below(2) == 0 ? 0 : rng.below(20'000);
  return out;
}

// Locks, spinning, tries, timed locks and sleeps are all in the program.
TEST(Schedule, ReplaysExactlyWhateverTheConfiguration) {
  Rng rng(11);
  for (int round = 0; round < 500; ++round) {
    const Settings settings = random_settings(rng);
    const int threads = 1 + static_cast<int>(rng.below(5));
    const int rounds = 1 + static_cast<int>(rng.below(4));
    const RunResult original = run<Everything::Shared>(settings, Everything::main, threads, rounds);
    ASSERT_TRUE(original.over) << round;
    const std::string text = print_schedule(original.schedule);
    const RunResult again =
        replay<Everything::Shared>(settings, parse_schedule(text).value(), Everything::main, threads, rounds);
    ASSERT_TRUE(again.problem.empty()) << round << ": " << again.problem.en;
    ASSERT_EQ(again.hash, original.hash) << round << " " << text;
    ASSERT_EQ(print_schedule(again.schedule), text) << round;
  }
}

TEST(Schedule, OfAnotherProgramIsAProblemAndNotACrash) {
  Settings settings;
  const auto increment = [&](const char* text) {
    return replay<Increment::Shared>(settings, parse_schedule(text).value(), Increment::main, false);
  };
  EXPECT_TRUE(increment("A2B2.").problem.empty());
  EXPECT_TRUE(increment("A2-").problem.empty());
  EXPECT_FALSE(increment("A2B2.").hung);
  for (const char* wrong : {"A3.", "C.", "@.", "A2B.", "A2B2A.", "(999999).", "."}) {
    EXPECT_FALSE(increment(wrong).problem.empty()) << wrong;
  }
}

}  // namespace
}  // namespace interleave::test
