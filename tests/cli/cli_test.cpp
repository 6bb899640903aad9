// The headless program, from its arguments to what it prints and its exit code.
#include "cli/cli.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/table.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/fake_engine.h"

namespace interleave::cli {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Printed {
  int exit_code = 0;
  std::string out;
  std::string err;
};

Printed run(const std::vector<std::string>& arguments, const std::string& input = {}) {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const int exit_code = run_cli(arguments, test::fake_workloads(), in, out, err);
  return {exit_code, out.str(), err.str()};
}

// Splits at spaces, as a shell would.
Printed run(const std::string& line) {
  std::istringstream words(line);
  std::vector<std::string> arguments;
  for (std::string word; words >> word;) arguments.push_back(word);
  return run(arguments);
}

json run_json(const std::string& line) {
  const Printed printed = run(line);
  EXPECT_EQ(printed.err, "") << line;
  return json::parse(printed.out);
}

TEST(List, ShowsTheWorkloadsByGroup) {
  const Printed printed = run("list");
  EXPECT_EQ(printed.exit_code, exit_fine);
  EXPECT_EQ(printed.out,
            "Shared data\n"
            "  counter  Lost updates  Not one step but three.\n"
            "Structure\n"
            "  pipeline  Pipeline  Stages and queues.\n");
}

TEST(List, SpeaksKorean) { EXPECT_THAT(run("list --lang ko").out, StartsWith("공유 데이터\n  counter  사라진 갱신")); }

TEST(List, IsJsonForWhoeverBuildsUponIt) {
  const json list = run_json("list --json");
  EXPECT_EQ(list["format"], 1);
  EXPECT_EQ(list["engines"][1]["key"], "sim");
  EXPECT_EQ(list["engines"][1]["settings"][0]["key"], "policy");
  const json& settings = list["engines"][1]["settings"];
  const auto slice = std::ranges::find_if(settings, [](const json& one) { return one["key"] == "slice"; });
  ASSERT_NE(slice, settings.end());
  EXPECT_EQ((*slice)["needs"][0]["key"], "policy");
  EXPECT_EQ((*slice)["needs"][0]["values"], json({"round-robin", "replay"}));
  EXPECT_NE((*slice)["needs"][0]["reason"]["ko"], "");
  EXPECT_FALSE(settings[0].contains("needs"));
  ASSERT_EQ(list["workloads"].size(), 2U);
  const json& counter = list["workloads"][0];
  EXPECT_EQ(counter["title"]["ko"], "사라진 갱신");
  EXPECT_EQ(counter["group"], "shared-data");
  EXPECT_EQ(counter["engines"], json({"live", "sim", "explore"}));
  EXPECT_EQ(list["workloads"][1]["engines"], json({"live", "sim"}));
  const json& threads = counter["params"][0];
  EXPECT_EQ(threads["min"], 1);
  EXPECT_EQ(threads["max"], 16);
  EXPECT_EQ(threads["primary"], true);
  EXPECT_EQ(threads["defaults"]["sim"]["value"], 2);
  EXPECT_EQ(counter["params"][3]["defaults"]["live"]["text"], "0ns");
  EXPECT_EQ(counter["params"][2]["options"][1]["label"]["ko"], "뮤텍스");
  EXPECT_EQ(counter["presets"][0]["values"]["lock"], "mutex");
}

TEST(Run, PrintsTheHeadlineFirstAndAlignedFigures) {
  const Printed printed = run("run counter --engine sim --increments 100 --lock mutex");
  EXPECT_EQ(printed.exit_code, exit_fine);
  EXPECT_THAT(printed.out, StartsWith("Nothing was lost\nThe lock helped.\n\n"));
  EXPECT_THAT(printed.out, HasSubstr("  Expected                                       200\n"));
  EXPECT_THAT(printed.out, HasSubstr("  Lost                                             0\n"));
  EXPECT_THAT(printed.out, HasSubstr("Schedule: A2BA.\n"));
  EXPECT_THAT(printed.out, HasSubstr("interleave run counter --engine sim --increments 100 --lock mutex\n"));
}

TEST(Run, TakesTheEnginesOwnDefaults) {
  EXPECT_EQ(run_json("run counter --json")["config"]["increments"], 50);
  EXPECT_EQ(run_json("run counter --engine sim --json")["config"]["increments"], 20);
}

TEST(Run, TellsEverythingAsJson) {
  const json out = run_json("run counter --engine sim --increments 5 --gentle --delay 5ms --seed 7 --json");
  EXPECT_EQ(out["format"], 1);
  EXPECT_EQ(out["workload"], "counter");
  EXPECT_EQ(out["engine"], "sim");
  EXPECT_EQ(out["config"]["threads"], 2);
  EXPECT_EQ(out["config"]["lock"], "none");
  EXPECT_EQ(out["config"]["gentle"], true);
  EXPECT_EQ(out["config"]["delay"], "5ms");
  EXPECT_EQ(out["config"]["seed"], 7);
  EXPECT_THAT(out["hash"].get<std::string>(), ::testing::MatchesRegex("[0-9a-f]{16}"));
  EXPECT_EQ(out["outcome"]["verdict"], "failure");
  EXPECT_EQ(out["outcome"]["headline"], "Updates were lost");
  EXPECT_EQ(out["outcome"]["figures"]["expected"], 10);
  EXPECT_TRUE(out["outcome"]["figures"]["expected"].is_number_integer());
  EXPECT_EQ(out["outcome"]["figures"]["cost"], 0.5);
  EXPECT_EQ(out["outcome"]["shown"]["cost"]["text"], "0.500 ns");
  EXPECT_EQ(out["metrics"]["threads"].size(), 3U);
  EXPECT_EQ(out["metrics"]["threads"][1]["name"], "thread 1");
  EXPECT_GE(out["machine"]["cores"], 1);
  EXPECT_EQ(out["timed_out"], false);
}

TEST(Run, HasAHashOnlyWhereItIsSimulated) {
  EXPECT_FALSE(run_json("run counter --json").contains("hash"));
  EXPECT_EQ(run_json("run counter --engine sim --json")["hash"], run_json("run counter --engine sim --json")["hash"]);
}

TEST(Run, PrintsWhatCanBeRunAgain) {
  const json first = run_json("run counter --engine sim --threads 3 --increments 9 --lock mutex --seed 5 --json");
  const Printed printed = run("run counter --engine sim --threads 3 --increments 9 --lock mutex --seed 5");
  const std::size_t at = printed.out.find("interleave run ");
  const std::string again = printed.out.substr(at + 11, printed.out.find('\n', at) - at - 11);
  EXPECT_EQ(run_json(again + " --json")["hash"], first["hash"]);
}

TEST(Run, AFlagCanBeSwitchedOffAndItsPrintedFormCanBeRunAgain) {
  EXPECT_EQ(run_json("run --gentle counter --json")["config"]["gentle"], true);
  EXPECT_EQ(run_json("run counter --gentle off --json")["config"]["gentle"], false);
  EXPECT_EQ(run_json("run counter --gentle=off --json")["config"]["gentle"], false);
  EXPECT_THAT(run("run counter --gentle").out, HasSubstr("interleave run counter --gentle on\n"));
  EXPECT_EQ(run_json("run counter --gentle on --json")["config"]["gentle"], true);
}

TEST(Run, FlagsMayComeInAnyOrder) {
  EXPECT_EQ(run_json("run --threads 3 --json counter --engine sim")["config"]["threads"], 3);
}

TEST(Run, TellsInOneLineWhatWasGivenAndHasNoEffect) {
  const Printed printed = run("run counter --engine sim --slice 1ms");
  EXPECT_EQ(printed.exit_code, exit_fine);
  EXPECT_EQ(
      printed.err,
      "interleave: --slice has no effect: This policy does not obey the clock: anybody may be next at any step.\n");
  EXPECT_EQ(run("run counter --engine sim --slice 1ms --policy round-robin").err, "");
  EXPECT_THAT(run("run counter --engine sim --slice 1ms --lang ko").err, HasSubstr("달라지는 것이 없습니다"));
}

TEST(Run, SpeaksKorean) {
  const Printed printed = run("run counter --lang ko");
  EXPECT_THAT(printed.out, StartsWith("갱신이 사라졌다\n덮어써졌다.\n"));
  EXPECT_THAT(printed.out, HasSubstr("사라짐"));
}

TEST(ExitCodes, AreOneForAnOutcomeThatWasNotExpected) {
  EXPECT_EQ(run("run counter").exit_code, exit_fine);
  EXPECT_EQ(run("run counter --expect-ok").exit_code, exit_failure);
  EXPECT_EQ(run("run counter --expect-ok --lock mutex").exit_code, exit_fine);
  EXPECT_EQ(run("run counter --expect-ok --ending limit").exit_code, exit_failure);
  EXPECT_EQ(run("run counter --expect-ok --ending hang --timeout 1ms").exit_code, exit_failure);
}

TEST(Run, StopsAtItsTimeLimit) {
  const json out = run_json("run counter --ending hang --timeout 2ms --json");
  EXPECT_EQ(out["outcome"]["verdict"], "cancelled");
  EXPECT_EQ(out["timed_out"], true);
}

TEST(Run, SaysWhyThereIsNoOutcome) {
  const Printed printed = run("run counter --engine sim --ending problem");
  EXPECT_EQ(printed.exit_code, exit_bad_input);
  EXPECT_EQ(printed.err, "interleave: The schedule does not fit.\n");
  const Printed by_hand = run("run counter --engine sim --policy by-hand");
  EXPECT_EQ(by_hand.exit_code, exit_bad_input);
  EXPECT_THAT(by_hand.err, HasSubstr("someone has to choose"));
}

TEST(Repeat, CountsTheOutcomes) {
  const Printed printed = run("run counter --engine sim --increments 4 --repeat 50");
  EXPECT_EQ(printed.exit_code, exit_fine);
  EXPECT_THAT(printed.out, StartsWith("failed in 50 of 50 runs\n"));
  EXPECT_THAT(printed.out, HasSubstr("median"));
}

TEST(Repeat, TakesTheNextSeedEachTime) {
  const json out = run_json("run counter --engine sim --seed 4294967295 --repeat 3 --json");
  ASSERT_EQ(out["runs"].size(), 3U);
  EXPECT_EQ(out["distribution"], json({{"failure", 3}}));
  EXPECT_EQ(out["runs"][0]["config"]["seed"], 4'294'967'295);
  EXPECT_EQ(out["runs"][1]["config"]["seed"], 1);
  EXPECT_NE(out["runs"][1]["hash"], out["runs"][2]["hash"]);
  EXPECT_EQ(run_json("run counter --engine sim --seed 2 --json")["hash"], out["runs"][2]["hash"]);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

TEST(Sweep, RunsEachValueAndPrintsARowForIt) {
  const Printed printed = run("run counter --engine sim --increments 4 --sweep threads=2..4 --repeat 3");
  EXPECT_EQ(printed.err, "");
  const std::vector<std::string> lines = lines_of(printed.out);
  ASSERT_GE(lines.size(), 4U);
  EXPECT_THAT(lines[0], HasSubstr("Threads"));
  EXPECT_THAT(lines[1], StartsWith("  2"));
  EXPECT_THAT(lines[1], HasSubstr("8"));  // two times four are expected
  EXPECT_THAT(lines[3], StartsWith("  4"));
  EXPECT_THAT(lines[3], HasSubstr("16"));
  EXPECT_THAT(printed.out, HasSubstr("of 3"));
  EXPECT_THAT(printed.out, HasSubstr(" --sweep threads=2..4 --repeat 3\n"));
  EXPECT_THAT(run("run counter --sweep lock=mutex,none --lang ko").out, HasSubstr("mutex"));
}

TEST(Sweep, IsJsonAndCsvForWhoeverDrawsTheCurve) {
  const json out = run_json("run counter --engine sim --increments 4 --sweep threads=4..2 --repeat 2 --json");
  EXPECT_EQ(out["sweep"]["key"], "threads");
  ASSERT_EQ(out["sweep"]["points"].size(), 3U);
  EXPECT_EQ(out["sweep"]["points"][0]["value"], "4");
  EXPECT_EQ(out["sweep"]["points"][2]["runs"].size(), 2U);
  EXPECT_EQ(out["sweep"]["points"][2]["runs"][0]["config"]["threads"], 2);

  const std::vector<std::string> csv =
      lines_of(run("run counter --engine sim --increments 4 --sweep threads=2,3 --repeat 2 --csv").out);
  ASSERT_EQ(csv.size(), 5U);
  EXPECT_THAT(csv[0], StartsWith("threads,verdict,expected,found,lost"));
  EXPECT_THAT(csv[1], StartsWith("2,"));
  EXPECT_THAT(csv[4], StartsWith("3,"));
  EXPECT_THAT(csv[4], HasSubstr(",12,"));
  const std::vector<std::string> single = lines_of(run("run counter --engine sim --increments 4 --csv").out);
  ASSERT_EQ(single.size(), 2U);
  EXPECT_THAT(single[0], StartsWith("verdict,expected"));
}

TEST(Sweep, SaysWhatIsWrongAndWhatIsAllowed) {
  struct Case {
    const char* line;
    const char* says;
  };
  for (const Case& tried :
       {Case{"--sweep threads", "--sweep threads=1..8"}, Case{"--sweep thraeds=1..2", "Did you mean threads?"},
        Case{"--sweep threads=1..17", "1 to 16"}, Case{"--sweep threads=1,x", "threads"},
        Case{"--sweep lock=none..mutex", "commas"}, Case{"--sweep increments=1..5000", "at most 1,000"},
        Case{"--json --csv", "Either"}}) {
    const Printed printed = run(std::string("run counter --engine sim ") + tried.line);
    EXPECT_EQ(printed.exit_code, exit_bad_input) << tried.line;
    EXPECT_EQ(printed.out, "");
    EXPECT_THAT(printed.err, HasSubstr(tried.says)) << tried.line;
  }
}

TEST(Sweep, FailsWhereOneOfItsRunsFails) {
  EXPECT_EQ(run("run counter --sweep lock=mutex,none --expect-ok").exit_code, exit_failure);
  EXPECT_EQ(run("run counter --sweep threads=1..4 --lock mutex --expect-ok").exit_code, exit_fine);
}

TEST(Repeat, FailsWhereOneRunFails) {
  EXPECT_EQ(run("run counter --repeat 2 --expect-ok").exit_code, exit_failure);
  EXPECT_EQ(run("run counter --repeat 2 --expect-ok --lock mutex").exit_code, exit_fine);
}

TEST(Explore, ReportsEveryOrderAndTheShortestFailure) {
  const Printed printed = run("explore counter --threads 2 --increments 2");
  EXPECT_EQ(printed.exit_code, exit_failure);
  EXPECT_THAT(printed.out, HasSubstr("  2              30     75.0 %  fails\n  4               4     18.8 %"));
  EXPECT_THAT(printed.out, HasSubstr("Every order that matters was run."));
  EXPECT_THAT(printed.out, HasSubstr("The shortest failure: ABA2B2.\n    thread 1 reads 0\n"));
  EXPECT_THAT(printed.out, HasSubstr("To see it: interleave run counter --engine sim --increments 2 --gentle on "
                                     "--schedule ABA2B2.\n"));
}

TEST(Explore, FailsWithTheScheduleWhereAFailureExists) {
  const Printed printed = run("explore counter --json");
  EXPECT_EQ(printed.exit_code, exit_failure);
  const json out = json::parse(printed.out);
  EXPECT_EQ(out["engine"], "explore");
  EXPECT_EQ(out["exploration"]["executions"], 34);
  EXPECT_EQ(out["exploration"]["schedule"], "ABA2B2.");
  EXPECT_EQ(out["exploration"]["histogram"][0]["failure"], true);
  EXPECT_EQ(out["exploration"]["orders"], 70);
  EXPECT_EQ(out["exploration"]["chance"]["value"], 0.8125);
  EXPECT_EQ(run("explore counter --lock mutex").exit_code, exit_fine);
  EXPECT_EQ(run("run counter --engine explore").exit_code, exit_failure);
}

TEST(Help, IsMadeFromTheDeclarations) {
  const Printed printed = run("run counter --help");
  EXPECT_EQ(printed.exit_code, exit_fine);
  EXPECT_THAT(printed.out, HasSubstr("--threads N"));
  EXPECT_THAT(printed.out, HasSubstr("Threads. How many at once."));
  EXPECT_THAT(printed.out, HasSubstr("1 to 16. Default: 6 (live), 2 (sim), 2 (explore)."));
  EXPECT_THAT(printed.out, HasSubstr("--lock none|mutex"));
  EXPECT_THAT(printed.out, HasSubstr("mutex: One at a time."));
  EXPECT_THAT(printed.out, HasSubstr("Settings of the engine sim"));
  EXPECT_THAT(printed.out, HasSubstr("--repeat N"));
  EXPECT_THAT(printed.out, Not(HasSubstr("--stages")));
}

TEST(Help, SpeaksKorean) { EXPECT_THAT(run("run counter --lang ko --help").out, HasSubstr("스레드. 함께 도는 수.")); }

TEST(Help, OfExploreShowsOnlyWhatCanBeExplored) {
  const std::string help = run("explore counter --help").out;
  EXPECT_THAT(help, HasSubstr("--executions N"));
  EXPECT_THAT(help, Not(HasSubstr("--policy")));
}

struct BadLine {
  const char* line;
  const char* sentence;  // part of what is printed on stderr
};

TEST(BadInput, IsAnsweredWithASentenceAndExitCodeTwo) {
  constexpr std::array<BadLine, 18> table{{
      {"", "Usage"},
      {"rnu", "There is no command \"rnu\". Did you mean run? Allowed: list, run, explore."},
      {"--nonsense", "nonsense"},
      {"run", "Which workload? Allowed: counter, pipeline."},
      {"run countr", "workload cannot be \"countr\". Allowed: counter, pipeline. Did you mean counter?"},
      {"run counter --thraeds 4", "counter has no \"thraeds\". Did you mean threads?"},
      {"run counter --threads 99", "threads must be 1 to 16, not 99."},
      {"run counter --threads=six", "a whole number from 1 to 16, not \"six\"."},
      {"run counter --threads -1", "threads must be 1 to 16, not -1."},
      {"run counter --threads", "threads needs a value. Allowed: 1 to 16."},
      {"run counter --threads 4 --threads 5", "threads is given more than once."},
      {"run counter --engine lvie", "Did you mean live?"},
      {"run counter --engine live --slice 5ms", "slice is a setting of engine=sim"},
      {"run counter --engine sim --schedule A2B", "schedule"},
      {"run counter --repaet 5", "Did you mean repeat?"},
      {"run counter --timeout 5", "timeout must be a duration such as 5ms or 1.5s"},
      {"run counter surplus", "\"surplus\" is not a flag."},
      {"explore pipeline", "This build has no engine \"explore\"."},
  }};
  for (const BadLine& bad : table) {
    const Printed printed = run(bad.line);
    EXPECT_EQ(printed.exit_code, exit_bad_input) << bad.line;
    EXPECT_THAT(printed.err, HasSubstr(bad.sentence)) << bad.line;
    EXPECT_EQ(printed.out, "") << bad.line;
  }
}

TEST(BadInput, IsToldInKorean) {
  EXPECT_EQ(run("run counter --threads 99 --lang ko").err,
            "interleave: threads는 1부터 16까지여야 합니다. 99는 벗어났습니다.\n");
}

TEST(BadInput, IsAllToldAtOnce) {
  const std::string err = run("run counter --threads 99 --lock mutx --nonsense 1").err;
  EXPECT_EQ(std::ranges::count(err, '\n'), 3);
}

TEST(TraceFile, IsWrittenForPerfetto) {
  const std::string path = (std::filesystem::temp_directory_path() / "interleave_cli_test.json").string();
  EXPECT_EQ(run("run counter --engine sim --increments 3 --trace " + path).exit_code, exit_fine);
  std::ifstream file(path);
  const json document = json::parse(file);
  EXPECT_GT(document["traceEvents"].size(), 3U);
  EXPECT_EQ(document["otherData"]["workload"], "counter");
  EXPECT_TRUE(document["otherData"].contains("hash"));
  std::filesystem::remove(path);
}

TEST(TraceFile, ThatCannotBeWrittenIsTold) {
  const Printed printed = run("run counter --trace /nowhere/at/all.json");
  EXPECT_EQ(printed.exit_code, exit_bad_input);
  EXPECT_EQ(printed.err, "interleave: The file \"/nowhere/at/all.json\" cannot be written.\n");
}

TEST(Tables, CountWideCharactersAsTwo) {
  EXPECT_EQ(display_width("Lost"), 4U);
  EXPECT_EQ(display_width("사라짐"), 6U);
  EXPECT_EQ(display_width("µs"), 2U);
  Table table;
  table.add({"락", "1"});
  table.add({"lock", "12,345"});
  std::ostringstream out;
  print_figures(table, out);
  EXPECT_EQ(out.str(), "  락         1\n  lock  12,345\n");
}

}  // namespace
}  // namespace interleave::cli
