// A parameter whose value is a text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/comparison.h"
#include "core/param_kinds.h"
#include "core/params.h"
#include "core/series.h"

namespace interleave {
namespace {

using ::testing::HasSubstr;

Result<> no_tabs(std::string_view text) {
  if (text.find('\t') == std::string_view::npos) return Nothing{};
  return Error{Text{"No tabs, please.", "탭은 쓸 수 없습니다."}};
}

struct Params {
  SharedText program;
  int threads = 1;

  template <class Visit>
  static void declare(Visit&& visit) {
    visit(text("program", {"Program", "프로그램"}, {"", ""},
               {.most = 20, .lines = 3, .defaults = {"live", "sim", ""}, .check = no_tabs}),
          &Params::program);
    visit(integer("threads", {"Threads", "스레드"}, {"", ""}, 1, 16, {6, 2, 2}), &Params::threads);
  }
};

const ParamSpec& program() {
  static const std::vector<ParamSpec> all = specs<Params>();
  return all.front();
}
ParamSpec line() { return text("note", {"Note", "쪽지"}, {"", ""}, {.most = 8}); }

std::string read(const ParamSpec& spec, std::string_view text) {
  const Result<ParamValue> value = parse_value(spec, text);
  return value ? std::string(value.value().text().view()) : "error: " + value.error().message.en;
}

TEST(TextParameter, IsBoundToASharedTextWhoseLettersAreNotCopied) {
  const ParamValues values{ParamValue(SharedText("x = 1")), 4};
  const Params params = params_from<Params>(values);
  EXPECT_EQ(params.program.view(), "x = 1");
  EXPECT_EQ(params.program.view().data(), values[0].text().view().data());
  EXPECT_EQ(params.threads, 4);
  EXPECT_EQ(values_of(params), values);
}

TEST(TextParameter, OutlivesTheValuesThatItCameFrom) {
  Params params;
  {
    const ParamValues values{ParamValue(SharedText(std::string(10, 'a'))), 1};
    params = params_from<Params>(values);
  }
  EXPECT_EQ(params.program.view(), "aaaaaaaaaa");
}

TEST(TextParameter, HasADefaultForEachEngine) {
  EXPECT_EQ(defaults(specs<Params>(), Engine::live), (ParamValues{ParamValue(SharedText("live")), 6}));
  EXPECT_EQ(defaults(specs<Params>(), Engine::explore).front(), ParamValue(SharedText()));
}

TEST(TextParameter, IsReadAsItStands) {
  for (const char* text : {"", "x", " 안녕 😀\n\"'%&#+=", "@file", "-", "--x", "[1, 2]"})
    EXPECT_EQ(read(program(), text), text);
}

TEST(TextParameter, HasLineBreaksOfOneKind) {
  EXPECT_EQ(read(program(), "a\r\nb\rc\n"), "a\nb\nc\n");
  EXPECT_EQ(read(line(), "a\r\n"), "a") << "the end of a line that is a file of its own";
}

TEST(TextParameter, RefusesWhatIsNoTextAndSaysWhatIsAllowed) {
  for (const std::string_view text : {"\xFF", "\xED\xA0\x80", "\xC3", "a\x01", "\x7F", "\xC2\x85"}) {
    EXPECT_THAT(read(program(), text), HasSubstr("is not text")) << text;
    EXPECT_THAT(read(program(), text), HasSubstr("a text of at most 20 bytes"));
  }
  EXPECT_THAT(read(program(), std::string_view("a\0b", 3)), HasSubstr("is not text"));
  EXPECT_THAT(read(line(), "a\nb"), HasSubstr("a line of at most 8 bytes"));
  EXPECT_THAT(read(line(), "a\tb"), HasSubstr("is not text"));
}

TEST(TextParameter, RefusesWhatIsTooLong) {
  EXPECT_EQ(read(program(), std::string(20, 'x')), std::string(20, 'x'));
  EXPECT_EQ(read(program(), std::string(21, 'x')),
            "error: The value of program is 21 bytes long; at most 20 are allowed.");
  EXPECT_THAT(read(line(), "한글한"), HasSubstr("9 bytes"));
}

TEST(TextParameter, MayHaveRulesOfItsOwn) {
  EXPECT_EQ(read(program(), "a\tb"), "error: No tabs, please.");
  EXPECT_FALSE(check_value(program(), ParamValue(SharedText("a\tb"))).ok());
  EXPECT_TRUE(check_value(program(), ParamValue(SharedText("sim")))) << "a default is always right";
}

TEST(TextParameter, IsShownByItsFirstLine) {
  const auto shown = [](std::string_view text) { return show_value(program(), ParamValue(SharedText(text))); };
  EXPECT_EQ(shown("").en, "empty");
  EXPECT_EQ(shown("x = 1").en, "x = 1");
  EXPECT_EQ(shown("x = 1\n").en, "x = 1");
  EXPECT_EQ(shown("x = 1\ny = 2\n"), Words("x = 1 (2 lines)", "x = 1 (2줄)"));
  EXPECT_EQ(shown("\tx\n\ny").en, " x (3 lines)");
}

TEST(TextParameter, SaysNothingOnlyWhereItIsEmptyByDefault) {
  EXPECT_TRUE(is_unsaid(program(), Engine::explore, ParamValue(SharedText())));
  EXPECT_FALSE(is_unsaid(program(), Engine::live, ParamValue(SharedText()))) << "an empty program was chosen";
  EXPECT_FALSE(is_unsaid(program(), Engine::live, ParamValue(SharedText("live"))));
}

TEST(TextParameter, IsNoneToBeSweptOver) { EXPECT_TRUE(values_to_sweep(program()).empty()); }

TEST(TextParameter, IsComparedByWhatAReaderSeesOfIt) {
  WorkloadInfo info{"letters", {"Letters", "글자"}, {"", ""}, {"", ""}, Group::structure, specs<Params>(), {}};
  Outcome fast{Verdict::ok, Text{"Fine", "좋다"}, Text{"", ""}, {}, {}};
  fast.figures = {{"elapsed", {"Elapsed", "걸린 시간"}, FigureUnit::nanoseconds, 1'000}};
  Outcome slow = fast;
  slow.figures[0].value = 3'000;
  const ParamValues a{ParamValue(SharedText("x")), 6};
  const ParamValues b{ParamValue(SharedText("x\ny")), 6};
  const Comparison out =
      compare({&info, Engine::live, true, a, {}, {}, &fast}, {&info, Engine::live, true, b, {}, {}, &slow});
  ASSERT_EQ(out.changes.size(), 1U);
  EXPECT_EQ(out.changes[0].a.en, "x");
  EXPECT_EQ(out.changes[0].b.en, "x (2 lines)");
  EXPECT_THAT(out.sentence.en, HasSubstr("3 times as long")) << "another program may have had more to do";
  const std::vector<Setting> unusual = unusual_settings({&info, Engine::live, true, b, {}, {}, &slow});
  ASSERT_EQ(unusual.size(), 1U);
  EXPECT_EQ(unusual[0].key, "program");
}

}  // namespace
}  // namespace interleave
