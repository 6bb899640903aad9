// A text as a parameter, through every way that a setup is written, kept, compared and run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/clock.h"
#include "core/rng.h"
#include "core/utf8.h"
#include "live/platform.h"
#include "session/catalogue_json.h"
#include "session/exports.h"
#include "session/parse.h"
#include "session/run_json.h"
#include "session/runner.h"
#include "session/series.h"
#include "session/sharing.h"
#include "support/letters.h"

namespace interleave::session {
namespace {

using test::Letters;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ParamValue value_of(std::string_view text) { return ParamValue(SharedText(text)); }

class TextParameters : public ::testing::Test {
 protected:
  [[nodiscard]] session::Setup with(std::string_view program, Engine engine = Engine::simulate) const {
    session::Setup out = catalogue.setup("letters", engine);
    EXPECT_TRUE(out.set("program", value_of(program)));
    return out;
  }
  [[nodiscard]] static std::string_view program_of(const session::Setup& setup) {
    return setup.params()[0].text().view();
  }
  void finish(Runner& runner, const session::Setup& setup) const {
    EXPECT_TRUE(runner.start(setup));
    const Nanoseconds until = steady_now() + 60 * second;
    while (runner.active() && steady_now() < until) runner.advance(millisecond);
    ASSERT_NE(runner.latest(), nullptr);
  }

  std::vector<rt::Entry> entries = test::letters_workloads();
  Catalogue catalogue{entries};
};

// A text of everything that a codec may trip over.
std::string drawn(Rng& rng, std::size_t most) {
  constexpr std::array<std::string_view, 26> letters{"a",  "Z",  "0", " ",   "\n", "\t", "%",  "&",  "#",
                                                     "+",  "=",  "?", "\"",  "'",  "<",  "\\", "{}", "한",
                                                     "글", "😀", "é", "%41", "@",  "-",  "--", ","};
  std::string out;
  for (std::uint32_t count = rng.below(200); count > 0; --count) {
    const std::string_view letter = letters[rng.below(letters.size())];
    if (out.size() + letter.size() <= most) out.append(letter);
  }
  return out;
}

TEST_F(TextParameters, ComeBackFromEveryForm) {
  Rng rng(3);
  for (int round = 0; round < 2'000; ++round) {
    session::Setup setup = with(drawn(rng, Letters::most));
    std::string note = drawn(rng, 40);
    std::erase_if(note, [](char c) { return c == '\n' || c == '\t'; });
    ASSERT_TRUE(setup.set("note", value_of(note))) << note;
    const KeyValues pairs = setup.print();
    for (const Listed& listed : {Listed{pairs, {}}, from_query(to_query(pairs)), from_query("?" + to_query(pairs)),
                                 from_flags(to_flags(pairs)), from_json(to_json(pairs))}) {
      const Parsed parsed = parse(catalogue, listed);
      ASSERT_THAT(parsed.problems, IsEmpty()) << to_query(pairs);
      ASSERT_EQ(parsed.setup, setup) << to_query(pairs);
    }
  }
}

TEST_F(TextParameters, AsLongAsMayBeFitIntoAnAddressWhateverTheirLetters) {
  for (const std::string_view letter : {"x", "\n", "%", "é", "한", "😀"}) {
    std::string text;
    while (text.size() + letter.size() <= static_cast<std::size_t>(Letters::most)) text.append(letter);
    const session::Setup setup = with(text);
    const Parsed parsed = parse(catalogue, from_query(to_query(setup.print())));
    EXPECT_THAT(parsed.problems, IsEmpty());
    EXPECT_EQ(parsed.setup, setup);
  }
}

// Any bytes whatever: what is no text is refused, and told in words that can be shown.
TEST_F(TextParameters, ThatAreNoneAreRefusedAndTold) {
  Rng rng(4);
  for (int round = 0; round < 5'000; ++round) {
    std::string bytes;
    for (std::uint32_t count = rng.below(12) + 1; count > 0; --count)
      bytes.push_back(static_cast<char>(rng.below(256)));
    const std::string query = to_query(KeyValues{{"workload", "letters"}, {"engine", "sim"}, {"program", bytes}});
    const Parsed parsed = parse(catalogue, from_query(query));
    std::string plain = bytes;
    std::erase(plain, '\r');
    if (is_plain_text(plain)) {
      ASSERT_THAT(parsed.problems, IsEmpty()) << query;
      continue;
    }
    ASSERT_EQ(parsed.problems.size(), 1U) << query;
    ASSERT_TRUE(is_printable(parsed.problems.front().message.en));
    ASSERT_TRUE(is_printable(parsed.problems.front().message.ko));
    ASSERT_EQ(program_of(parsed.setup), Letters::usual);
  }
}

TEST_F(TextParameters, ThatAreTooLongAreToldWithWhatIsAllowed) {
  const std::string long_text(static_cast<std::size_t>(Letters::most) + 1, 'x');
  const Parsed parsed = parse(catalogue, {{{"program", long_text}, {"note", "a\nb"}}, {}});
  ASSERT_EQ(parsed.problems.size(), 2U);
  EXPECT_EQ(parsed.problems[0].message.en, "The value of program is 16,385 bytes long; at most 16,384 are allowed.");
  EXPECT_THAT(parsed.problems[1].message.en, HasSubstr("a line of at most 40 bytes"));
  EXPECT_THAT(parse(catalogue, from_query("program")).problems.front().message.en, HasSubstr("program needs a value"));
}

TEST_F(TextParameters, ThatAreEmptyAreSaidWhereTheDefaultIsNot) {
  const Parsed parsed = parse(catalogue, from_query("program="));
  EXPECT_THAT(parsed.problems, IsEmpty());
  EXPECT_EQ(program_of(parsed.setup), "");
  EXPECT_EQ(to_query(parsed.setup.print()), "workload=letters&program=");
  EXPECT_THAT(to_query(catalogue.setup("letters", Engine::live).print(Defaults::keep)),
              ::testing::Not(HasSubstr("note")));
}

TEST_F(TextParameters, GoAlongToAnotherEngineAndComeWithAPreset) {
  const session::Setup live = with("x", Engine::live);
  EXPECT_EQ(program_of(live.on(Engine::simulate)), "x");
  EXPECT_EQ(program_of(live.on(Engine::explore)), "x");
  EXPECT_EQ(program_of(live.preset("short")), "x = 1\ny = 2");
}

TEST_F(TextParameters, AreDeclaredInTheCatalogue) {
  const Json list = Json::parse(text_of(catalogue_json(catalogue)));
  const Json& program = list["workloads"][0]["params"][0];
  EXPECT_EQ(program["kind"], "text");
  EXPECT_EQ(program["max"], 16'384);
  EXPECT_EQ(program["lines"], 12);
  EXPECT_EQ(program["defaults"]["sim"]["text"], Letters::usual);
  EXPECT_EQ(program["defaults"]["sim"]["value"], Letters::usual);
}

TEST_F(TextParameters, AreReadByEveryEngine) {
  const std::shared_ptr<rt::Resources> pool = live::make_pool();
  for (const Engine engine : all_engines) {
    Runner runner(Host{}, pool);
    const session::Setup setup = with("print(1)\n한글\n", engine);
    finish(runner, setup);
    const RunRecord& record = *runner.latest();
    EXPECT_EQ(record.outcome.verdict, Verdict::ok) << key_of(engine) << ": " << record.outcome.headline.en;
    if (engine != Engine::explore) {
      EXPECT_EQ(record.outcome.figure("value"), 2 * 16);
    }
    EXPECT_EQ(record.setup, setup) << "the history knows the text";
    const Json written = Json::parse(run_json(record, Host{}, Language::en));
    EXPECT_EQ(written["config"]["program"], "print(1)\n한글\n");
    EXPECT_FALSE(written["config"].contains("note")) << "which says nothing";
    EXPECT_EQ(parse(catalogue, from_json(written["config"].dump())).setup, setup);
  }
}

TEST_F(TextParameters, ChangeASimulatedRunAndNothingElseDoes) {
  Runner runner(Host{});
  const auto hash_of = [&](std::string_view program) {
    finish(runner, with(program));
    return *runner.latest()->hash;
  };
  const std::uint64_t first = hash_of("abc");
  EXPECT_EQ(hash_of("abc"), first);
  EXPECT_NE(hash_of("abcd"), first) << "another number is added";
}

TEST_F(TextParameters, AreSharedAndALinkWithAnotherTextSaysSo) {
  Rng rng(5);
  for (int round = 0; round < 200; ++round) {
    const session::Setup shown = with(drawn(rng, Letters::most));
    const Shared shared = share(shown, "", std::nullopt);
    static constexpr std::string_view beside[] = {version_key, checksum_key};
    const Listed listed = from_query(shared.query);
    const Parsed read = parse(catalogue, listed, {{}, {}, beside});
    ASSERT_THAT(read.problems, IsEmpty());
    ASSERT_EQ(read.setup, shown);
    std::vector<Problem> damaged;
    const auto promise = promise_of(listed, damaged);
    ASSERT_TRUE(promise.has_value());
    ASSERT_FALSE(broken_by(*promise, read.setup).has_value());
    ASSERT_TRUE(broken_by(*promise, with("another")).has_value());
  }
}

TEST_F(TextParameters, AreMarkedInACommandWhereTheyWouldMeanSomethingElse) {
  EXPECT_THAT(command_of(with("@home"), FlagForm::joined), HasSubstr("'--program=@=@home'"));
  EXPECT_THAT(command_of(with("-"), FlagForm::joined), HasSubstr("--program=@=-"));
  EXPECT_THAT(command_of(with("it's\nso"), FlagForm::joined), HasSubstr("'--program=it'\\''s\nso'"));
}

TEST_F(TextParameters, HaveALineOfTheirOwnInCsvAndCannotBeSwept) {
  Runner runner(Host{});
  finish(runner, with("a,\"b\"\nc"));
  EXPECT_THAT(runs_csv(runner.history()), HasSubstr("program=a,%22b%22%0Ac"));
  EXPECT_THAT(make_sweep(with("x"), "program", {1}).error().message.en, HasSubstr("Allowed: readers"));
}

TEST_F(TextParameters, AScheduleIsOneAndBelongsToTheSimulator) {
  const session::Setup setup = parse(catalogue, from_query("engine=sim&schedule=A2BA.")).setup;
  ASSERT_TRUE(setup.value("schedule").has_value());
  EXPECT_EQ(setup.value("schedule")->text().view(), "A2BA.");
  EXPECT_TRUE(setup.replays());
  EXPECT_FALSE(setup.on(Engine::live).value("schedule").has_value());
  EXPECT_EQ(setup.unmet("schedule"), nullptr);
}

TEST_F(TextParameters, AScheduleThatNoPolicyFollowsIsKeptAndNotSaid) {
  session::Setup setup = catalogue.setup("letters", Engine::simulate).replaying("A2BA.");
  const std::string followed = to_query(setup.print());
  EXPECT_TRUE(setup.set("policy", std::int64_t{1}));
  EXPECT_EQ(to_query(setup.print()), "workload=letters&engine=sim&policy=round-robin");
  EXPECT_NE(setup.unmet("schedule"), nullptr);
  EXPECT_TRUE(setup.set("policy", std::int64_t{3}));
  EXPECT_EQ(to_query(setup.print()), followed);
}

TEST_F(TextParameters, AnotherPolicyLetsGoOfASchedule) {
  const session::Setup replays = catalogue.setup("letters", Engine::simulate).replaying("A2BA.");
  const Parsed parsed = parse_onto(replays, {{{"policy", "round-robin"}}, {}});
  EXPECT_THAT(parsed.problems, IsEmpty());
  EXPECT_EQ(to_query(parsed.setup.print()), "workload=letters&engine=sim&policy=round-robin");
  EXPECT_EQ(parse_onto(replays, {{{"readers", "3"}}, {}}).setup.replays(), true);
}

}  // namespace
}  // namespace interleave::session
