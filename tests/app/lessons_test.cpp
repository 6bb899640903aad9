// The lessons in web/lessons: each in both languages with the same structure and the same links, and every link is a
// configuration that can be run.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engines/registry.h"
#include "session/parse.h"

namespace interleave::test {
namespace {

const std::filesystem::path folder = INTERLEAVE_LESSONS;

struct Lesson {
  std::vector<std::string> headings;  // as many '#' as the heading has
  std::vector<std::string> links;     // what stands in the parentheses of [..](..)
  std::vector<std::string> code;      // languages of the fenced blocks
  std::size_t lines = 0;
  bool open_block = false;  // a fence without an end
};

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in.is_open()) << file;
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void add_links(Lesson& lesson, std::string_view line) {
  for (std::size_t at = line.find("]("); at != std::string_view::npos; at = line.find("](", at + 2)) {
    const std::size_t end = line.find(')', at);
    ASSERT_NE(end, std::string_view::npos) << line;
    lesson.links.emplace_back(line.substr(at + 2, end - at - 2));
  }
}

Lesson read(const std::filesystem::path& file) {
  const std::string text = text_of(file);
  Lesson out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line(text.data() + begin, end - begin);
    begin = end + 1;
    ++out.lines;
    if (line.starts_with("```")) {
      if (!out.open_block) out.code.emplace_back(line.substr(3));
      out.open_block = !out.open_block;
    } else if (!out.open_block && line.starts_with('#')) {
      out.headings.emplace_back(line.substr(0, line.find(' ')));
    } else if (!out.open_block) {
      add_links(out, line);
    }
  }
  return out;
}

std::set<std::string> lessons_in(std::string_view language) {
  std::set<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder / language)) {
    EXPECT_EQ(entry.path().extension(), ".md") << entry.path();
    out.insert(entry.path().stem().string());
  }
  return out;
}

TEST(Lessons, AreThereInBothLanguagesForWorkloadsThatExist) {
  const std::set<std::string> english = lessons_in("en");
  EXPECT_FALSE(english.empty());
  EXPECT_EQ(english, lessons_in("ko"));
  const session::Catalogue catalogue{engines::registry()};
  for (const std::string& id : english) EXPECT_NE(catalogue.find(id), nullptr) << id;
  // The page has a link to the lesson of whichever workload is chosen.
  for (const std::string_view id : catalogue.ids()) EXPECT_TRUE(english.contains(std::string(id))) << id;
}

TEST(Lessons, HaveTheSameStructureInBothLanguages) {
  for (const std::string& id : lessons_in("en")) {
    SCOPED_TRACE(id);
    const Lesson english = read(folder / "en" / (id + ".md"));
    const Lesson korean = read(folder / "ko" / (id + ".md"));
    EXPECT_EQ(english.headings, korean.headings);
    EXPECT_EQ(english.links, korean.links);
    EXPECT_EQ(english.code, korean.code);
    EXPECT_FALSE(english.open_block || korean.open_block);
    EXPECT_FALSE(english.links.empty());
    ASSERT_FALSE(english.headings.empty());
    EXPECT_EQ(english.headings.front(), "#");
    EXPECT_EQ(std::ranges::count(english.headings, "#"), 1);
    EXPECT_NE(std::ranges::find(english.code, "python"), english.code.end());
    EXPECT_LE(english.lines, 120U);
  }
}

TEST(Lessons, LinkToConfigurationsThatAreAcceptedWithoutAProblem) {
  const session::Catalogue catalogue{engines::registry()};
  for (const std::string& id : lessons_in("en")) {
    for (const std::string& link : read(folder / "en" / (id + ".md")).links) {
      // Links that lead away are no business of this test.
      if (!link.starts_with('?')) continue;
      SCOPED_TRACE(id + ": " + link);
      const session::Listed listed = session::from_query(link);
      const session::Parsed parsed = session::parse(catalogue, listed);
      for (const session::Problem& problem : parsed.problems) ADD_FAILURE() << problem.message.en;
      const auto given = std::ranges::find(listed.pairs, "workload", &session::KeyValue::key);
      ASSERT_NE(given, listed.pairs.end()) << "a link must name its workload";
      EXPECT_EQ(given->value, parsed.setup.workload().id);
    }
  }
}

// The checks above notice what they are for.
TEST(Lessons, ABrokenLinkWouldBeNoticed) {
  const session::Catalogue catalogue{engines::registry()};
  for (const char* link : {"?workload=deadlock&order=naif", "?workload=deadlock&thread=2", "?workload=nothing",
                           "?workload=deadlock&engine=live&policy=random"}) {
    EXPECT_FALSE(session::parse(catalogue, session::from_query(link)).problems.empty()) << link;
  }
}

}  // namespace
}  // namespace interleave::test
