// What decides a run, and how it is written: as an address, as flags, as JSON.
#include "session/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rng.h"
#include "core/utf8.h"
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
  [[nodiscard]] Config fine(std::string_view query) const {
    Parsed parsed = from(query);
    for (const Problem& problem : parsed.problems) ADD_FAILURE() << query << ": " << problem.message.en;
    return parsed.config;
  }
  // The one sentence that the query gets.
  [[nodiscard]] std::string complaint(std::string_view query) const {
    const Parsed parsed = from(query);
    EXPECT_EQ(parsed.problems.size(), 1U) << query;
    expect_usable(parsed.config);
    return parsed.problems.empty() ? "" : parsed.problems.front().message.en;
  }
  void expect_usable(const Config& config) const {
    const rt::Entry* entry = catalogue.find(config.workload);
    ASSERT_NE(entry, nullptr) << config.workload;
    expect_in_range(entry->info.params, config.params);
    expect_in_range(catalogue.settings(config.engine), config.settings);
    EXPECT_TRUE(config.engine == Engine::simulate || config.schedule.empty());
  }
  static void expect_in_range(std::span<const ParamSpec> specs, const ParamValues& values) {
    ASSERT_EQ(values.size(), specs.size());
    for (std::size_t at = 0; at < specs.size(); ++at) EXPECT_TRUE(check_value(specs[at], values[at])) << specs[at].key;
  }
  [[nodiscard]] std::int64_t value(const Config& config, std::string_view key) const {
    return value_of(catalogue, config, key).value_or(-1);
  }

  Catalogue catalogue{test::fake_workloads()};
};

TEST_F(Configs, AnEmptyAddressIsTheFirstWorkloadLiveWithItsDefaults) {
  const Config config = fine("");
  EXPECT_EQ(config, default_config(catalogue, "counter", Engine::live));
  EXPECT_EQ(value(config, "threads"), 6);
  EXPECT_EQ(value(config, "seed"), 1);
}

TEST_F(Configs, AnAddressNamesWhatDiffersFromTheDefaults) {
  const Config config = fine("?workload=counter&engine=sim&threads=4&lock=mutex&delay=5ms&gentle=on&seed=7&cores=3");
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
  const Config expected = fine("workload=counter&engine=sim&threads=4&delay=5ms&gentle=on&seed=7");
  const std::vector<std::string> flags{"--workload",  "counter",  "--engine=sim", "--threads", "4",
                                       "--delay=5ms", "--gentle", "--seed",       "7"};
  EXPECT_EQ(parse(catalogue, from_flags(flags)).config, expected);
  const Parsed json = parse(catalogue, from_json(R"({"workload": "counter", "engine": "sim", "threads": 4,
                                                     "delay": "5ms", "gentle": true, "seed": 7})"));
  EXPECT_THAT(json.problems, IsEmpty());
  EXPECT_EQ(json.config, expected);
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
  EXPECT_EQ(value(parsed.config, "threads"), 6);
  EXPECT_EQ(value(parsed.config, "increments"), 7);
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
      {"schedule=A2BA.", "A schedule is for simulated runs: add engine=sim."},
  }};
  for (const BadInput& bad : table) EXPECT_THAT(complaint(bad.query), HasSubstr(bad.sentence)) << bad.query;
}

TEST_F(Configs, AMisspeltWorkloadIsTakenForTheNearestOne) {
  const Parsed parsed = from("workload=pipelin&stages=4");
  EXPECT_EQ(parsed.problems.size(), 1U);
  EXPECT_EQ(parsed.config.workload, "pipeline");
  EXPECT_EQ(value(parsed.config, "stages"), 4);
}

TEST_F(Configs, ParametersOfAnUnknownWorkloadAreNotBlamed) {
  EXPECT_THAT(complaint("workload=philosophers&forks=5&order=naive"), HasSubstr("philosophers"));
}

TEST_F(Configs, AToggleMayStandAlone) {
  EXPECT_EQ(value(fine("gentle"), "gentle"), 1);
  const std::vector<std::string> flags{"--gentle", "--threads", "3"};
  EXPECT_EQ(value(parse(catalogue, from_flags(flags)).config, "gentle"), 1);
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
    expect_usable(parsed.config);
  }
}

TEST_F(Configs, JsonTellsWhereItStopsMakingSenseAndSeesRepeatedKeys) {
  EXPECT_THAT(from_json("{\"threads\": 6, nonsense}").problems.front().message.en, HasSubstr("at byte 1"));
  const Parsed parsed = parse(catalogue, from_json("{\"threads\": 4, \"threads\": 5}"));
  EXPECT_THAT(parsed.problems.front().message.en, HasSubstr("more than once"));
  EXPECT_EQ(value(parsed.config, "threads"), 4);
}

TEST_F(Configs, JsonNumbersMustBeWhole) {
  EXPECT_THAT(parse(catalogue, from_json("{\"threads\": 6.5}")).problems.front().message.en, HasSubstr("not \"6.5\""));
  EXPECT_THAT(parse(catalogue, from_json("{\"threads\": 1e400}")).problems.size(), 1U);
}

TEST_F(Configs, AScheduleAsksForReplay) {
  const Config config = fine("engine=sim&schedule=A2BA.");
  EXPECT_EQ(config.schedule, "A2BA.");
  EXPECT_EQ(config, fine("engine=sim&policy=replay&schedule=A2BA."));
}

TEST_F(Configs, AScheduleBesideAnotherPolicyWinsAndSaysSo) {
  const Parsed parsed = from("engine=sim&policy=random&schedule=A2BA.");
  ASSERT_EQ(parsed.problems.size(), 1U);
  EXPECT_THAT(parsed.problems.front().message.en, HasSubstr("policy=replay"));
  EXPECT_EQ(parsed.config, fine("engine=sim&schedule=A2BA."));
}

TEST_F(Configs, ATruncatedScheduleIsToldAndLeftOut) {
  for (const char* query :
       {"engine=sim&schedule=A2B", "engine=sim&schedule=(27", "engine=sim&schedule=A99999999999999.",
        "engine=sim&schedule=%F0%9F%98%80", "engine=sim&schedule="}) {
    const Parsed parsed = from(query);
    EXPECT_EQ(parsed.problems.size(), 1U) << query;
    EXPECT_EQ(parsed.config.schedule, "") << query;
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
  EXPECT_EQ(parsed.config, fine("threads=4"));

  const Parsed wrong = parse(catalogue, from_query("lang=xx&repaet=4&trcae=file"), others);
  ASSERT_EQ(wrong.problems.size(), 3U);
  EXPECT_THAT(wrong.problems[0].message.en, HasSubstr("Allowed: en, ko."));
  EXPECT_THAT(wrong.problems[1].message.en, HasSubstr("Did you mean repeat?"));
  EXPECT_THAT(wrong.problems[2].message.en, HasSubstr("Did you mean trace?"));
}

TEST_F(Configs, PrintingLeavesOutDefaults) {
  EXPECT_EQ(to_query(print(catalogue, fine(""))), "workload=counter");
  EXPECT_EQ(to_query(print(catalogue, fine("seed=7&threads=4&lock=none"))), "workload=counter&threads=4&seed=7");
  EXPECT_EQ(to_query(print(catalogue, fine("engine=sim&schedule=A2(27)@."))),
            "workload=counter&engine=sim&schedule=A2(27)@.");
}

TEST_F(Configs, PrintingCanKeepDefaults) {
  const KeyValues pairs = print(catalogue, fine("engine=explore"), Defaults::keep);
  EXPECT_EQ(to_query(pairs),
            "workload=counter&engine=explore&threads=2&increments=2&lock=none&delay=0ns&gentle=on&ending=judged"
            "&search=all&executions=1000000&states=200000&preemptions=2&runs=10000&depth=3&search-time=0ns&search-"
            "memory=64&workers=0&seed=1");
  EXPECT_EQ(parse(catalogue, {pairs, {}}).config, fine("engine=explore"));
}

// A configuration drawn from all that there are.
class RandomConfigs {
 public:
  RandomConfigs(const Catalogue& catalogue, std::uint64_t seed) : catalogue_(catalogue), rng_(seed) {}

  Config next() {
    const rt::Entry& entry = catalogue_.entries()[rng_.below(static_cast<std::uint32_t>(catalogue_.entries().size()))];
    Config config = default_config(catalogue_, entry.info.id, static_cast<Engine>(rng_.below(3)));
    change(entry.info.params, config.params);
    change(catalogue_.settings(config.engine), config.settings);
    if (config.engine == Engine::simulate && value_of(catalogue_, config, "policy") == std::int64_t{3}) {
      config.schedule = "A" + std::to_string(rng_.below(1000) + 2) + "B(27)@3" + (rng_.below(2) == 0 ? "." : "-");
    }
    return config;
  }

 private:
  void change(std::span<const ParamSpec> specs, ParamValues& values) {
    for (std::size_t at = 0; at < specs.size(); ++at) {
      if (rng_.below(2) == 0) continue;
      const auto width = static_cast<std::uint64_t>(specs[at].max - specs[at].min) + 1;
      values[at] = specs[at].min + static_cast<std::int64_t>(rng_.next() % width);
    }
  }

  const Catalogue& catalogue_;
  Rng rng_;
};

TEST_F(Configs, WhatIsPrintedIsReadBackAsTheSameInEveryForm) {
  RandomConfigs configs(catalogue, 11);
  for (int round = 0; round < 2'000; ++round) {
    const Config config = configs.next();
    const KeyValues pairs = print(catalogue, config);
    for (const Listed& listed : {Listed{pairs, {}}, from_query(to_query(pairs)), from_query("?" + to_query(pairs)),
                                 from_flags(to_flags(pairs)), from_json(to_json(pairs))}) {
      const Parsed parsed = parse(catalogue, listed);
      ASSERT_THAT(parsed.problems, IsEmpty()) << to_query(pairs);
      ASSERT_EQ(parsed.config, config) << to_query(pairs);
      ASSERT_EQ(print(catalogue, parsed.config), pairs);
    }
  }
}

// Any bytes whatever, made by spoiling addresses that were fine.
TEST_F(Configs, TwentyThousandSpoiltAddressesAllGiveAUsableConfiguration) {
  RandomConfigs configs(catalogue, 12);
  Rng rng(13);
  constexpr std::string_view favourites = "%&=+?#\0\xFF\xC3{}\"'<>A2.~(,;-_\n 0";
  for (int round = 0; round < 20'000; ++round) {
    std::string query = to_query(print(catalogue, configs.next(), Defaults::keep));
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
      expect_usable(parsed.config);
      for (const Problem& problem : parsed.problems) {
        ASSERT_TRUE(is_printable(problem.message.en)) << problem.message.en;
        ASSERT_TRUE(is_printable(problem.message.ko)) << problem.message.ko;
        ASSERT_LT(problem.message.en.size(), 2'000U);
      }
      // What could be understood is a configuration like any other.
      ASSERT_EQ(parse(catalogue, from_query(to_query(print(catalogue, parsed.config)))).config, parsed.config);
      if (HasFailure()) FAIL() << query;
    }
  }
}

TEST_F(Configs, ValuesAreReachedByTheirKeys) {
  Config config = fine("engine=sim");
  EXPECT_TRUE(set_value(catalogue, config, "threads", 9));
  EXPECT_TRUE(set_value(catalogue, config, "cores", 5));
  EXPECT_FALSE(set_value(catalogue, config, "threads", 17));
  EXPECT_FALSE(set_value(catalogue, config, "nonsense", 1));
  EXPECT_EQ(config, fine("engine=sim&threads=9&cores=5"));
  EXPECT_EQ(value_of(catalogue, config, "nonsense"), std::nullopt);
}

TEST_F(Configs, AnotherEngineKeepsWhatSuitsIt) {
  std::vector<rt::Entry> entries(catalogue.entries().begin(), catalogue.entries().end());
  entries.front().info.params[1].defaults = {1'000'000, 20, 2};
  const Catalogue real(entries);
  const auto on = [&real](std::string_view query) { return parse(real, from_query(query)).config; };
  const Config live = on("threads=9&increments=90000&lock=mutex&seed=7");
  const Config sim = with_engine(real, live, Engine::simulate);
  EXPECT_EQ(sim, on("engine=sim&threads=9&lock=mutex&seed=7")) << "so many increments are for live threads";
  EXPECT_EQ(with_engine(real, sim, Engine::live), on("threads=9&lock=mutex&seed=7"));
  EXPECT_EQ(with_engine(real, live, Engine::explore), on("engine=explore&lock=mutex&seed=7"));
  EXPECT_EQ(with_engine(real, on("lock=mutex"), Engine::simulate), on("engine=sim&lock=mutex"))
      << "what nobody chose is as the engine has it";
}

TEST_F(Configs, AWorkloadAboutTimeBeginsWithAPolicyThatObeysTheClock) {
  std::vector<rt::Entry> entries(catalogue.entries().begin(), catalogue.entries().end());
  entries.front().info.policy = "round-robin";
  const Catalogue timed(entries);
  const auto policy = [&timed](const Config& config) { return value_of(timed, config, "policy"); };
  const auto round_robin = static_cast<std::int64_t>(sim::PolicyKind::round_robin);
  const Config begins = default_config(timed, "counter", Engine::simulate);
  EXPECT_EQ(policy(begins), round_robin);
  EXPECT_EQ(to_query(print(timed, begins)),
            to_query(print(catalogue, default_config(catalogue, "counter", Engine::simulate))))
      << "a default is left out of a link";
  EXPECT_EQ(policy(parse(timed, from_query("engine=sim")).config), round_robin);
  EXPECT_EQ(policy(with_engine(timed, default_config(timed, "counter", Engine::live), Engine::simulate)), round_robin);
  EXPECT_NE(policy(parse(timed, from_query("engine=sim&policy=random")).config), round_robin);
  EXPECT_NE(value(default_config(catalogue, "counter", Engine::simulate), "policy"), round_robin);
}

TEST_F(Configs, AScheduleFoundByExploringIsReplayedWithTheSameParameters) {
  const Config explored = fine("engine=explore&threads=3&seed=7");
  EXPECT_EQ(replay_of(catalogue, explored, "A2BA."),
            fine("engine=sim&threads=3&increments=2&gentle=on&seed=7&schedule=A2BA."));
}

TEST_F(Configs, APresetIsAnEngineAndSomeValues) {
  EXPECT_EQ(with_preset(catalogue, "counter", "mutex"), fine("engine=sim&threads=3&lock=mutex"));
  EXPECT_EQ(with_preset(catalogue, "counter", "nonsense"), fine(""));
}

}  // namespace
}  // namespace interleave::session
