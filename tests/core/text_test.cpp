#include "core/text.h"

#include <gtest/gtest.h>

#include "core/utf8.h"

namespace interleave {
namespace {

TEST(Text, IsReadInEitherLanguage) {
  constexpr Text lock{"lock", "락"};
  EXPECT_EQ(lock.in(Language::en), "lock");
  EXPECT_EQ(lock.in(Language::ko), "락");
}

TEST(Fill, PutsValuesIntoBothLanguagesInTheirOwnOrder) {
  const Words words = fill({"{lost} of {all} were lost", "{all}개 가운데 {lost}개가 사라졌다"},
                           {{"lost", std::int64_t{2'881'598}}, {"all", std::int64_t{6'000'000}}});
  EXPECT_EQ(words.en, "2,881,598 of 6,000,000 were lost");
  EXPECT_EQ(words.ko, "6,000,000개 가운데 2,881,598개가 사라졌다");
}

TEST(Fill, TakesWordsThatDifferByLanguage) {
  const Words words = fill({"waits for {what}", "{what} 기다림"}, {{"what", Words("a lock", "락")}});
  EXPECT_EQ(words.en, "waits for a lock");
  EXPECT_EQ(words.ko, "락 기다림");
}

TEST(Fill, ChoosesTheKoreanParticleThatFitsTheValue) {
  const auto filled = [](std::string_view value) {
    return fill({"{v}", "{v}이(가) {v}을(를) {v}(으)로"}, {{"v", value}}).ko;
  };
  EXPECT_EQ(filled("락"), "락이 락을 락으로");
  EXPECT_EQ(filled("스레드"), "스레드가 스레드를 스레드로");
  EXPECT_EQ(filled("1"), "1이 1을 1로") << "read il: rieul, but its particle of direction is that of a vowel";
  EXPECT_EQ(filled("스레드 2"), "스레드 2가 스레드 2를 스레드 2로");
  EXPECT_EQ(filled("1,000"), "1,000이 1,000을 1,000으로");
  EXPECT_EQ(filled("A"), "A가 A를 A로");
  EXPECT_EQ(filled("L"), "L이 L을 L로");
  EXPECT_EQ(filled(""), "가 를 로");
}

// Otherwise a reader's input could reach into the sentence that quotes it.
TEST(Fill, DoesNotReadTheValuesThatItPutsIn) {
  const Words words = fill({"\"{text}\" is {kind}", "\"{text}\": {kind}"},
                           {{"text", std::string_view("{kind}")}, {"kind", std::string_view("wrong")}});
  EXPECT_EQ(words.en, "\"{kind}\" is wrong");
}

TEST(Fill, KeepsABraceThatIsNeverClosed) { EXPECT_EQ(fill({"100 {", "100 {"}, {}).en, "100 {"); }

TEST(Utf8, KnowsWhatIsText) {
  for (const char* text : {"", "plain", "사라진 갱신", "\u00b5s", "\U0001F600", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(text)) << text;
  }
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndHalfCharacters) {
  for (const char* bytes : {"\x80", "\xC0\xAF", "\xC1\x81", "\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\xED\xA0\x80",
                            "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xE3\x82", "a\xC3", "\xFF"}) {
    EXPECT_FALSE(is_utf8(bytes));
  }
}

TEST(Utf8, TellsControlCharactersFromTextThatMayBeShown) {
  EXPECT_TRUE(is_printable("뮤텍스 mutex"));
  EXPECT_FALSE(is_printable(std::string_view("a\0b", 3)));
  EXPECT_FALSE(is_printable("a\nb"));
  EXPECT_FALSE(is_printable("\x1b[31m"));
  EXPECT_FALSE(is_printable("\xC2\x85"));
}

TEST(Utf8, QuotesAnythingAsAShortText) {
  EXPECT_EQ(quotable("mutex"), "mutex");
  EXPECT_EQ(quotable("a\x1b[31m\xFF"), "a\uFFFD[31m\uFFFD");
  EXPECT_EQ(quotable("락락락락", 3), "락락락\u2026");
  EXPECT_EQ(quotable("락락락", 3), "락락락");
  EXPECT_TRUE(is_utf8(quotable(std::string(500, '\xE3'))));
}

}  // namespace
}  // namespace interleave
