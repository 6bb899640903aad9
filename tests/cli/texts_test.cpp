// Texts on the command line: in the flag, from a file, from the standard input.
#include "cli/texts.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/cli.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/rng.h"
#include "session/sharing.h"
#include "support/letters.h"

namespace interleave::cli {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Printed {
  int exit_code = 0;
  std::string out;
  std::string err;
};

Printed run(std::vector<std::string> flags, const std::string& input = {}) {
  std::vector<std::string> arguments{"run", "letters", "--engine", "sim", "--json"};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const std::vector<rt::Entry> workloads = test::letters_workloads();
  const int exit_code = run_cli(arguments, workloads, in, out, err);
  return {exit_code, out.str(), err.str()};
}

// The program that was run, or what was said of it.
std::string program(std::vector<std::string> flags, const std::string& input = {}) {
  const Printed printed = run(std::move(flags), input);
  if (printed.exit_code != exit_fine) return "refused: " + printed.err;
  EXPECT_THAT(printed.err, IsEmpty());
  return json::parse(printed.out)["config"]["program"];
}

// A file that is gone with it.
class File {
 public:
  explicit File(std::string_view bytes) {
    std::ofstream(path_, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { std::filesystem::remove(path_); }
  [[nodiscard]] std::string flag() const { return "--program=@" + path_.string(); }

 private:
  std::filesystem::path path_ = std::filesystem::temp_directory_path() /
                                ("interleave-text-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)));
};

TEST(TextFlags, AreTakenOutBeforeAnybodyElseReadsThem) {
  const auto is_text = [](std::string_view key) { return key == "program"; };
  const std::vector<std::string> given{"run", "--program", "[1, 2]", "--threads", "4", "--program=--x", "--program"};
  const TakenTexts taken = take_texts(given, is_text);
  EXPECT_THAT(taken.pairs, ElementsAre(session::KeyValue{"program", "[1, 2]"}, session::KeyValue{"program", "--x"}));
  EXPECT_THAT(taken.rest, ElementsAre("run", "--threads", "4", "--program"));
}

TEST(TextFlags, AreTakenAsTheyStand) {
  for (const char* text : {"x", "[1, 2]", "{}", "\"quoted\"", "a\nb\n", "안녕 😀", "%&#+=", "on", "counter", "-x"}) {
    EXPECT_EQ(program({"--program", text}), text);
    EXPECT_EQ(program({std::string("--program=") + text}), text);
  }
  EXPECT_EQ(program({"--program=--x"}), "--x");
  EXPECT_EQ(program({"--program="}), "");
}

TEST(TextFlags, NameAFile) {
  const File file("import threading\nprint('한글')\n");
  EXPECT_EQ(program({file.flag()}), "import threading\nprint('한글')\n");
  EXPECT_EQ(program({File("a\r\nb").flag()}), "a\nb");
  EXPECT_EQ(program({File("").flag()}), "");
}

TEST(TextFlags, ReadTheStandardInputOnce) {
  EXPECT_EQ(program({"--program", "-"}, "x = 1\n"), "x = 1\n");
  EXPECT_EQ(program({"--program=-"}, ""), "");
  EXPECT_THAT(program({"--program", "-", "--note", "-"}, "x"), HasSubstr("another text already"));
}

TEST(TextFlags, HaveAMarkForWhatWouldMeanSomethingElse) {
  EXPECT_EQ(program({"--program=@=@home"}), "@home");
  EXPECT_EQ(program({"--program", "@=-"}), "-");
  EXPECT_EQ(program({"--program", "@="}), "");
}

TEST(TextFlags, SayWhatIsWrongWithAFileAndWhatIsAllowed) {
  const auto refused = [](std::vector<std::string> flags, const std::string& input = {}) {
    const Printed printed = run(std::move(flags), input);
    EXPECT_EQ(printed.exit_code, exit_bad_input);
    EXPECT_THAT(printed.out, IsEmpty());
    return printed.err;
  };
  EXPECT_THAT(refused({"--program", "@no-such-file.py"}),
              HasSubstr("the file \"no-such-file.py\" cannot be read. Allowed: @ and a file's name"));
  EXPECT_THAT(refused({"--program=@" + std::filesystem::temp_directory_path().string()}), HasSubstr("cannot be read"));
  EXPECT_THAT(refused({File("a\xFF").flag()}), HasSubstr("is not text"));
  EXPECT_THAT(refused({File(std::string_view("a\0b", 3)).flag()}),
              HasSubstr("Allowed: a text of at most 16,384 bytes"));
  EXPECT_THAT(refused({File(std::string(16'385, 'x')).flag()}), HasSubstr("16,385 bytes long; at most 16,384"));
  EXPECT_THAT(refused({File(std::string(1'000'000, 'x')).flag()}), HasSubstr("at most 16,384"));
  EXPECT_THAT(refused({"--program", "-"}, std::string(1'000'000, 'x')), HasSubstr("at most 16,384"));
  EXPECT_THAT(refused({"--program"}), HasSubstr("program needs a value"));
  EXPECT_THAT(refused({"--program=a", "--program=b"}), HasSubstr("more than once"));
  EXPECT_THAT(refused({"--lang", "ko", "--program", "@no-such-file.py"}), HasSubstr("파일을 읽을 수 없습니다"));
}

TEST(TextFlags, AreExplainedInTheHelp) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const std::vector<rt::Entry> workloads = test::letters_workloads();
  EXPECT_EQ(run_cli(std::vector<std::string>{"run", "letters", "--help"}, workloads, in, out, err), exit_fine);
  for (const char* part : {"--program TEXT", "@FILE", "standard input", "at most 16,384 bytes", "--schedule TEXT"})
    EXPECT_THAT(out.str(), HasSubstr(part));
}

// What the program prints can be run again, whatever the text: split as a shell would.
std::vector<std::string> words_of(std::string_view command) {
  std::vector<std::string> out;
  bool quoted = false;
  bool begun = false;
  for (std::size_t at = 0; at < command.size(); ++at) {
    const char c = command[at];
    if (!quoted && (c == ' ' || c == '\n')) {
      begun = false;
      continue;
    }
    if (!begun) out.emplace_back();
    begun = true;
    if (c == '\'') {
      quoted = !quoted;
    } else if (!quoted && c == '\\') {
      out.back().push_back(command[++at]);
    } else {
      out.back().push_back(c);
    }
  }
  return out;
}

TEST(TextFlags, ComeBackFromThePrintedCommand) {
  Rng rng(6);
  constexpr std::string_view letters = "a '\"\\\n%&#@-=[]{}$`!";
  for (int round = 0; round < 100; ++round) {
    std::string text;
    for (std::uint32_t count = rng.below(20); count > 0; --count) text.push_back(letters[rng.below(letters.size())]);
    std::vector<rt::Entry> workloads = test::letters_workloads();
    const session::Catalogue catalogue(workloads);
    session::Setup setup = catalogue.setup("letters", Engine::simulate);
    ASSERT_TRUE(setup.set("program", ParamValue(SharedText(text))));
    for (const session::FlagForm form : {session::FlagForm::joined, session::FlagForm::apart}) {
      std::vector<std::string> words = words_of(session::command_of(setup, form));
      // Without "interleave run letters" and the engine, which the helper says.
      words.erase(words.begin(), words.begin() + (form == session::FlagForm::joined ? 4 : 5));
      ASSERT_EQ(program(words), text) << session::command_of(setup, form);
    }
  }
}

}  // namespace
}  // namespace interleave::cli
