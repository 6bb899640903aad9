// What decides a run, and how it is written: as an address, as flags, as JSON.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rng.h"
#include "core/utf8.h"
#include "session/parse.h"
#include "sim/settings.h"
#include "support/fake_engine.h"

namespace interleave::session {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::array language_options{Option{"en", {"", ""}, {"", ""}}, Option{"ko", {"", ""}, {"", ""}}};

class Configs : public ::testing::Test {
 protected:
  [[nodiscard]] Parsed from(std::string_view query) const { return parse(catalogue, from_query(query)); }
  [[nodiscard]] Setup fine(std::string_view query) const {
    Parsed parsed = from(query);
    for (const Problem& problem : parsed.problems) ADD_FAILURE() << query << ": " << problem.message.en;
    return parsed.setup;
  }
  // The one sentence that the query gets.
  [[nodiscard]] std::string complaint(std::string_view query) const {
    const Parsed parsed = from(query);
    EXPECT_EQ(parsed.problems.size(), 1U) << query;
    expect_usable(parsed.setup);
    return parsed.problems.empty() ? "" : parsed.problems.front().message.en;
  }
  void expect_usable(const Setup& setup) const {
    expect_in_range(setup.workload().params, setup.params());
    expect_in_range(catalogue.settings(setup.engine()), setup.settings());
  }
  static void expect_in_range(std::span<const ParamSpec> specs, const ParamValues& values) {
    ASSERT_EQ(values.size(), specs.size());
    for (std::size_t at = 0; at < specs.size(); ++at) EXPECT_TRUE(check_value(specs[at], values[at])) << specs[at].key;
  }
  [[nodiscard]] static std::int64_t value(const Setup& setup, std::string_view key) {
    return setup.value(key).value_or(-1).number();
  }
  [[nodiscard]] static std::string_view schedule_of(const Setup& setup) {
    return setup.spec("schedule") == nullptr ? "" : setup.settings().back().text().view();
  }

  Catalogue catalogue{test::fake_workloads()};
};

TEST_F(Configs, AnEmptyAddressIsTheFirstWorkloadLiveWithItsDefaults) {
  const Setup config = fine("");
  EXPECT_EQ(config, catalogue.setup("counter", Engine::live));
  EXPECT_EQ(value(config, "threads"), 6);
  EXPECT_EQ(value(config, "seed"), 1);
}

TEST_F(Configs, AnAddressNamesWhatDiffersFromTheDefaults) {
  const Setup config = fine("?workload=counter&engine=sim&threads=4&lock=mutex&delay=5ms&gentle=on&seed=7&cores=3");
  EXPECT_EQ(config.engine, Engine::simulate);
  EXPECT_EQ(value(config, "threads"), 4);
  EXPECT_EQ(value(config, "increments"), 20);  // the simulator's default
  EXPECT_EQ(value(config, "lock"), 1);
  EXPECT_EQ(value(config, "delay"), 5 * millisecond);
  EXPECT_EQ(value(config, "gentle"), 1);
  EXPECT_EQ(value(config, "seed"), 7);
  EXPECT_EQ(value(config, "cores"), 3);
}

TEST_F(Configs, TheOrderOfKeysDoesNotMatter) {
  EXPECT_EQ(fine("seed=7&cores=3&engine=sim"), fine("engine=sim&cores=3&seed=7"));
}

TEST_F(Configs, AWholeAddressIsReadLikeItsQuery) {
  EXPECT_EQ(fine("https://example.org/play/?threads=4#top"), fine("threads=4"));
  EXPECT_EQ(fine("https://example.org/play/"), fine(""));
  EXPECT_EQ(fine("?threads=4#threads=5"), fine("threads=4"));
}

TEST_F(Configs, PercentEscapesAndPlusesAreDecoded) {
  EXPECT_EQ(fine("thr%65ads=%34"), fine("threads=4"));
  EXPECT_THAT(from_query("a+b=c%2Bd%26e").pairs, ElementsAre(KeyValue{"a b", "c+d&e"}));
}

TEST_F(Configs, FlagsAddressAndJsonAreOneCodec) {
  const Setup expected = fine("workload=counter&engine=sim&threads=4&delay=5ms&gentle=on&seed=7");
  const std::vector<std::string> flags{"--workload",  "counter",  "--engine=sim", "--threads", "4",
                                       "--delay=5ms", "--gentle", "--seed",       "7"};
  EXPECT_EQ(parse(catalogue, from_flags(flags)).setup, expected);
  const Parsed json = parse(catalogue, from_json(R"({"workload": "counter", "engine": "sim", "threads": 4,
                                                     "delay": "5ms", "gentle": true, "seed": 7})"));
  EXPECT_THAT(json.problems, IsEmpty());
  EXPECT_EQ(json.setup, expected);
}

TEST_F(Configs, TheSameMistakeGetsTheSameSentenceFromEachForm) {
  const std::string sentence = complaint("threads=99");
  EXPECT_EQ(sentence, "threads must be 1 to 16, not 99.");
  const std::vector<std::string> flags{"--threads", "99"};
  EXPECT_EQ(parse(catalogue, from_flags(flags)).problems.front().message.en, sentence);
  EXPECT_EQ(parse(catalogue, from_json(R"({"threads": 99})")).problems.front().message.en, sentence);
}

TEST_F(Configs, EveryMistakeIsToldAndTheRestIsUsed) {
  const Parsed parsed = from("threads=99&lock=mutx&increments=7&nonsense=1");
  ASSERT_EQ(parsed.problems.size(), 3U);
  EXPECT_EQ(parsed.problems[0].key, "threads");
  EXPECT_EQ(parsed.problems[1].key, "lock");
  EXPECT_EQ(parsed.problems[2].key, "nonsense");
  EXPECT_EQ(value(parsed.setup, "threads"), 6);
  EXPECT_EQ(value(parsed.setup, "increments"), 7);
}

TEST_F(Configs, MistakesAreToldInBothLanguages) {
  for (const char* query : {"threads=99", "lock=mutx", "nonsense=1", "workload=countr", "engine=lvie",
                            "threads=", "threads=%zz", "threads=1&threads=2", "slice=5ms", "schedule=A.", "%FF=1"}) {
    for (const Problem& problem : from(query).problems) {
      EXPECT_FALSE(problem.message.en.empty()) << query;
      EXPECT_FALSE(problem.message.ko.empty()) << query;
      EXPECT_NE(problem.message.en, problem.message.ko) << query;
    }
  }
}

struct BadInput {
  const char* query;
  const char* sentence;  // part of it
};

TEST_F(Configs, BadInputIsAnsweredWithWhatIsWrongAndWhatIsAllowed) {
  constexpr std::array<BadInput, 27> table{{
      {"workload=countr", "workload cannot be \"countr\". Allowed: counter, pipeline. Did you mean counter?"},
      {"workload=nothing-like-it", "Allowed: counter, pipeline."},
      {"workload=", "workload needs a value. Allowed: counter, pipeline."},
      {"engine=lvie", "engine cannot be \"lvie\". Allowed: live, sim, explore. Did you mean live?"},
      {"engine=turbo", "Allowed: live, sim, explore."},
      {"threads=0", "threads must be 1 to 16, not 0."},
      {"threads=17", "threads must be 1 to 16, not 17."},
      {"threads=-6", "threads must be 1 to 16, not -6."},
      {"threads=six", "threads must be a whole number from 1 to 16, not \"six\"."},
      {"threads=99999999999999999999999999", "a whole number from 1 to 16"},
      {"threads=", "threads needs a value. Allowed: 1 to 16."},
      {"threads", "threads needs a value. Allowed: 1 to 16."},
      {"thraeds=4", "counter has no \"thraeds\". Did you mean threads? Allowed: workload, engine, threads,"},
      {"lock=mutx", "Did you mean mutex?"},
      {"delay=5", "delay must be a duration such as 5ms or 1.5s, from 0ns to 1s, not \"5\"."},
      {"delay=2s", "delay must be 0ns to 1s, not 2s."},
      {"gentle=perhaps", "gentle cannot be \"perhaps\". Allowed: on, off."},
      {"threads=4&threads=5", "threads is given more than once. The first one counts."},
      {"slice=5ms", "slice is a setting of engine=sim and means nothing to engine=live."},
      {"threads=%", "has a % without two hexadecimal digits"},
      {"threads=%4", "has a % without two hexadecimal digits"},
      {"threads=%E0%A4%A", "has a % without two hexadecimal digits"},
      {"threads=%FF%FE", "The value of threads is not text"},
      {"threads=4%00", "The value of threads is not text"},
      {"%FF=1", "is not a key"},
      {"=5", "\"\" is not a key. Allowed: workload, engine,"},
      {"schedule=A2BA.", "schedule is a setting of engine=sim and means nothing to engine=live."},
  }};
  for (const BadInput& bad : table) EXPECT_THAT(complaint(bad.query), HasSubstr(bad.sentence)) << bad.query;
}

TEST_F(Configs, AMisspeltWorkloadIsTakenForTheNearestOne) {
  const Parsed parsed = from("workload=pipelin&stages=4");
  EXPECT_EQ(parsed.problems.size(), 1U);
  EXPECT_EQ(parsed.setup.workload().id, "pipeline");
  EXPECT_EQ(value(parsed.setup, "stages"), 4);
}

TEST_F(Configs, ParametersOfAnUnknownWorkloadAreNotBlamed) {
  EXPECT_THAT(complaint("workload=philosophers&forks=5&order=naive"), HasSubstr("philosophers"));
}

TEST_F(Configs, AToggleMayStandAlone) {
  EXPECT_EQ(value(fine("gentle"), "gentle"), 1);
  const std::vector<std::string> flags{"--gentle", "--threads", "3"};
  EXPECT_EQ(value(parse(catalogue, from_flags(flags)).setup, "gentle"), 1);
}

TEST_F(Configs, LongInputIsRefusedBeforeItIsRead) {
  EXPECT_THAT(complaint("threads=" + std::string(5'000, '4')), HasSubstr("at most 256"));
  EXPECT_THAT(complaint("?" + std::string(100'000, 'a')), HasSubstr("at most 65,536"));
  EXPECT_THAT(complaint(std::string(1'000, 'k') + "=1"), HasSubstr("is not a key"));
  const std::vector<std::string> flags(2, std::string(40'000, '-'));
  EXPECT_EQ(parse(catalogue, from_flags(flags)).problems.size(), 1U);
  EXPECT_EQ(from_json(std::string(70'000, ' ')).problems.size(), 1U);
}

TEST_F(Configs, ManyKeysAreToldOnce) {
  std::string query;
  for (int at = 0; at < 10'000; ++at) query += "a&";
  const Parsed parsed = from(query);
  ASSERT_EQ(parsed.problems.size(), 3U);
  EXPECT_THAT(parsed.problems[0].message.en, HasSubstr("more than 256"));
  EXPECT_THAT(parsed.problems[1].message.en, HasSubstr("has no \"a\""));
  EXPECT_THAT(parsed.problems[2].message.en, HasSubstr("more than once"));
}

TEST_F(Configs, FlagsMustBeFlags) {
  const std::vector<std::string> flags{"threads", "4", "-t", "--", "--=5"};
  const Listed listed = from_flags(flags);
  EXPECT_THAT(listed.pairs, IsEmpty());
  ASSERT_EQ(listed.problems.size(), 5U);
  EXPECT_EQ(listed.problems[0].message.en, "\"threads\" is not a flag. Write --key value.");
}

TEST_F(Configs, AFlagMayHaveANegativeValue) {
  const std::vector<std::string> flags{"--threads", "-6", "--seed"};
  EXPECT_THAT(from_flags(flags).pairs, ElementsAre(KeyValue{"threads", "-6"}, KeyValue{"seed", std::nullopt}));
}

TEST_F(Configs, JsonMustBeAFlatObject) {
  for (const char* text :
       {"", "{", "[]", "6", "\"text\"", "null", "{\"threads\": {\"a\": 1}}", "{\"threads\": [1]}",
        "{\"threads\": null}", "{\"threads\" 6}", "{} {}", "\xFF", "[[[[[[[[[[[[", "{\"threads\":1,}"}) {
    const Parsed parsed = parse(catalogue, from_json(text));
    EXPECT_EQ(parsed.problems.size(), 1U) << text;
    expect_usable(parsed.setup);
  }
}

TEST_F(Configs, JsonTellsWhereItStopsMakingSenseAndSeesRepeatedKeys) {
  EXPECT_THAT(from_json("{\"threads\": 6, nonsense}").problems.front().message.en, HasSubstr("at byte 1"));
  const Parsed parsed = parse(catalogue, from_json("{\"threads\": 4, \"threads\": 5}"));
  EXPECT_THAT(parsed.problems.front().message.en, HasSubstr("more than once"));
  EXPECT_EQ(value(parsed.setup, "threads"), 4);
}

TEST_F(Configs, JsonNumbersMustBeWhole) {
  EXPECT_THAT(parse(catalogue, from_json("{\"threads\": 6.5}")).problems.front().message.en, HasSubstr("not \"6.5\""));
  EXPECT_THAT(parse(catalogue, from_json("{\"threads\": 1e400}")).problems.size(), 1U);
}

TEST_F(Configs, AScheduleAsksForReplay) {
  const Setup config = fine("engine=sim&schedule=A2BA.");
  EXPECT_EQ(schedule_of(config), "A2BA.");
  EXPECT_EQ(config, fine("engine=sim&policy=replay&schedule=A2BA."));
}

TEST_F(Configs, AScheduleBesideAnotherPolicyWinsAndSaysSo) {
  const Parsed parsed = from("engine=sim&policy=random&schedule=A2BA.");
  ASSERT_EQ(parsed.problems.size(), 1U);
  EXPECT_THAT(parsed.problems.front().message.en, HasSubstr("policy=replay"));
  EXPECT_EQ(parsed.setup, fine("engine=sim&schedule=A2BA."));
}

TEST_F(Configs, ATruncatedScheduleIsToldAndLeftOut) {
  for (const char* query :
       {"engine=sim&schedule=A2B", "engine=sim&schedule=(27", "engine=sim&schedule=A99999999999999.",
        "engine=sim&schedule=%F0%9F%98%80", "engine=sim&schedule="}) {
    const Parsed parsed = from(query);
    EXPECT_EQ(parsed.problems.size(), 1U) << query;
    EXPECT_EQ(schedule_of(parsed.setup), "") << query;
  }
}

TEST_F(Configs, OtherKeysAreReadBesideTheConfiguration) {
  const std::array page{choice("lang", {"", ""}, {"", ""}, language_options, {0, 0, 0}),
                        integer("repeat", {"", ""}, {"", ""}, 1, 100, {1, 1, 1})};
  const std::array<std::string_view, 1> known{"trace"};
  const std::array<std::string_view, 2> ignored{"utm_*", "fbclid"};
  const OtherKeys others{page, known, ignored};
  const Parsed parsed =
      parse(catalogue, from_query("lang=ko&threads=4&utm_source=blog&utm_medium=x&fbclid=%FF"), others);
  EXPECT_THAT(parsed.problems, IsEmpty());
  EXPECT_THAT(parsed.others, ElementsAre(std::optional<std::int64_t>(1), std::nullopt));
  EXPECT_EQ(parsed.setup, fine("threads=4"));

  const Parsed wrong = parse(catalogue, from_query("lang=xx&repaet=4&trcae=file"), others);
  ASSERT_EQ(wrong.problems.size(), 3U);
  EXPECT_THAT(wrong.problems[0].message.en, HasSubstr("Allowed: en, ko."));
  EXPECT_THAT(wrong.problems[1].message.en, HasSubstr("Did you mean repeat?"));
  EXPECT_THAT(wrong.problems[2].message.en, HasSubstr("Did you mean trace?"));
}

TEST_F(Configs, PrintingLeavesOutDefaults) {
  EXPECT_EQ(to_query(fine("").print()), "workload=counter");
  EXPECT_EQ(to_query(fine("seed=7&threads=4&lock=none").print()), "workload=counter&threads=4&seed=7");
  EXPECT_EQ(to_query(fine("engine=sim&schedule=A2(27)@.").print()), "workload=counter&engine=sim&schedule=A2(27)@.");
}

TEST_F(Configs, PrintingCanKeepDefaults) {
  const KeyValues pairs = fine("engine=explore").print(Defaults::keep);
  EXPECT_EQ(to_query(pairs),
            "workload=counter&engine=explore&threads=2&increments=2&lock=none&delay=0ns&gentle=on&ending=judged"
            "&search=all&executions=1000000&states=200000&preemptions=2&runs=10000&depth=3&search-time=0ns&search-"
            "memory=64&workers=0&seed=1");
  EXPECT_EQ(parse(catalogue, {pairs, {}}).setup, fine("engine=explore"));
}

// A configuration drawn from all that there are.
class RandomConfigs {
 public:
  RandomConfigs(const Catalogue& catalogue, std::uint64_t seed) : catalogue_(catalogue), rng_(seed) {}

  Setup next() {
    const rt::Entry& entry = catalogue_.entries()[rng_.below(static_cast<std::uint32_t>(catalogue_.entries().size()))];
    Setup setup(catalogue_, entry, static_cast<Engine>(rng_.below(3)));
    change(entry.info.params, setup);
    change(catalogue_.settings(setup.engine()), setup);
    if (!setup.replays()) return setup;
    return setup.replaying("A" + std::to_string(rng_.below(1000) + 2) + "B(27)@3" + (rng_.below(2) == 0 ? "." : "-"));
  }

 private:
  void change(std::span<const ParamSpec> specs, Setup& setup) {
    for (const ParamSpec& spec : specs) {
      if (spec.kind == ParamKind::text || rng_.below(2) == 0) continue;
      const auto width = static_cast<std::uint64_t>(spec.max - spec.min) + 1;
      setup.set(spec.key, spec.min + static_cast<std::int64_t>(rng_.next() % width));
    }
  }

  const Catalogue& catalogue_;
  Rng rng_;
};

TEST_F(Configs, WhatIsPrintedIsReadBackAsTheSameInEveryForm) {
  RandomConfigs configs(catalogue, 11);
  for (int round = 0; round < 2'000; ++round) {
    const Setup config = configs.next();
    const KeyValues pairs = config.print();
    for (const Listed& listed : {Listed{pairs, {}}, from_query(to_query(pairs)), from_query("?" + to_query(pairs)),
                                 from_flags(to_flags(pairs)), from_json(to_json(pairs))}) {
      const Parsed parsed = parse(catalogue, listed);
      ASSERT_THAT(parsed.problems, IsEmpty()) << to_query(pairs);
      ASSERT_EQ(parsed.setup, config) << to_query(pairs);
      ASSERT_EQ(parsed.setup.print(), pairs);
    }
  }
}

// Any bytes whatever, made by spoiling addresses that were fine.
TEST_F(Configs, TwentyThousandSpoiltAddressesAllGiveAUsableConfiguration) {
  RandomConfigs configs(catalogue, 12);
  Rng rng(13);
  constexpr std::string_view favourites = "%&=+?#\0\xFF\xC3{}\"'<>A2.~(,;-_\n 0";
  for (int round = 0; round < 20'000; ++round) {
    std::string query = to_query(configs.next().print(Defaults::keep));
    for (std::uint32_t spoilt = rng.below(8); spoilt > 0; --spoilt) {
      const std::size_t at = rng.below(static_cast<std::uint32_t>(query.size() + 1));
      switch (rng.below(4)) {
        case 0: query.insert(at, 1, favourites[rng.below(static_cast<std::uint32_t>(favourites.size()))]); break;
        case 1: query.erase(at, rng.below(9)); break;
        case 2: query.insert(at, query.substr(at / 2, rng.below(40))); break;
        default: query.insert(at, 1, static_cast<char>(rng.below(256))); break;
      }
    }
    const std::size_t cut = rng.below(static_cast<std::uint32_t>(query.size() + 1));
    for (const Listed& listed :
         {from_query(query), from_query(std::string_view(query).substr(0, cut)), from_json(query),
          from_flags(std::vector<std::string>{"--" + query, query.substr(cut)})}) {
      const Parsed parsed = parse(catalogue, listed);
      expect_usable(parsed.setup);
      for (const Problem& problem : parsed.problems) {
        ASSERT_TRUE(is_printable(problem.message.en)) << problem.message.en;
        ASSERT_TRUE(is_printable(problem.message.ko)) << problem.message.ko;
        ASSERT_LT(problem.message.en.size(), 2'000U);
      }
      // What could be understood is a configuration like any other.
      ASSERT_EQ(parse(catalogue, from_query(to_query(parsed.setup.print()))).setup, parsed.setup);
      if (HasFailure()) FAIL() << query;
    }
  }
}

TEST_F(Configs, ValuesAreReachedByTheirKeys) {
  Setup config = fine("engine=sim");
  EXPECT_TRUE(config.set("threads", 9));
  EXPECT_TRUE(config.set("cores", 5));
  EXPECT_FALSE(config.set("threads", 17));
  EXPECT_FALSE(config.set("nonsense", 1));
  EXPECT_EQ(config, fine("engine=sim&threads=9&cores=5"));
  EXPECT_EQ(config.value("nonsense"), std::nullopt);
}

TEST_F(Configs, AnotherEngineKeepsWhatSuitsIt) {
  std::vector<rt::Entry> entries(catalogue.entries().begin(), catalogue.entries().end());
  entries.front().info.params[1].defaults = {1'000'000, 20, 2};
  const Catalogue real(entries);
  const auto on = [&real](std::string_view query) { return parse(real, from_query(query)).setup; };
  const Setup live = on("threads=9&increments=90000&lock=mutex&seed=7");
  const Setup sim = live.on(Engine::simulate);
  EXPECT_EQ(sim, on("engine=sim&threads=9&lock=mutex&seed=7")) << "so many increments are for live threads";
  EXPECT_EQ(sim.on(Engine::live), on("threads=9&lock=mutex&seed=7"));
  EXPECT_EQ(live.on(Engine::explore), on("engine=explore&lock=mutex&seed=7"));
  EXPECT_EQ(on("lock=mutex").on(Engine::simulate), on("engine=sim&lock=mutex"))
      << "what nobody chose is as the engine has it";
}

TEST_F(Configs, AWorkloadAboutTimeBeginsWithAPolicyThatObeysTheClock) {
  std::vector<rt::Entry> entries(catalogue.entries().begin(), catalogue.entries().end());
  entries.front().info.policy = "round-robin";
  const Catalogue timed(entries);
  const auto policy = [](const Setup& setup) { return value(setup, "policy"); };
  const auto round_robin = static_cast<std::int64_t>(sim::PolicyKind::round_robin);
  const Setup begins = timed.setup("counter", Engine::simulate);
  EXPECT_EQ(policy(begins), round_robin);
  EXPECT_EQ(to_query(begins.print()), to_query(catalogue.setup("counter", Engine::simulate).print()))
      << "a default is left out of a link";
  EXPECT_EQ(policy(parse(timed, from_query("engine=sim")).setup), round_robin);
  EXPECT_EQ(policy(timed.setup("counter", Engine::live).on(Engine::simulate)), round_robin);
  EXPECT_NE(policy(parse(timed, from_query("engine=sim&policy=random")).setup), round_robin);
  EXPECT_NE(value(catalogue.setup("counter", Engine::simulate), "policy"), round_robin);
}

TEST_F(Configs, AScheduleFoundByExploringIsReplayedWithTheSameParameters) {
  const Setup explored = fine("engine=explore&threads=3&seed=7");
  EXPECT_EQ(explored.replaying("A2BA."), fine("engine=sim&threads=3&increments=2&gentle=on&seed=7&schedule=A2BA."));
}

TEST_F(Configs, APresetIsAnEngineAndSomeValues) {
  EXPECT_EQ(fine("").preset("mutex"), fine("engine=sim&threads=3&lock=mutex"));
  EXPECT_EQ(fine("").preset("nonsense"), fine(""));
}

}  // namespace
}  // namespace interleave::session
