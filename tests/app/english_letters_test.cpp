// A page in English starts with fonts that have no Hangul. What it draws must not want any.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/registry.h"
#include "fonts.h"
#include "view/screen.h"

namespace interleave::view {
namespace {

FontFiles latin_files() {
  return {fonts::latin_regular(), fonts::latin_semibold(), fonts::latin_semibold(), fonts::jetbrains_mono_regular(),
          fonts::jetbrains_mono_bold()};
}

// Characters of the screen's last frame that the fonts without Hangul lack.
std::set<std::uint32_t> lacking(const Screen& screen) {
  ImGuiContext* before = ImGui::GetCurrentContext();
  ImGuiContext* own = ImGui::CreateContext();
  ImGui::SetCurrentContext(own);
  Fonts latin(latin_files());
  for (const TextRun& run : screen.semantics().runs()) latin.need(Type::body, run.text);
  (void)latin.prepare(1);
  std::set<std::uint32_t> out = latin.absent();
  ImGui::DestroyContext(own);
  ImGui::SetCurrentContext(before);
  return out;
}

TEST(EnglishLetters, EveryWorkloadIsDrawnWithoutHangulBeforeAndAfterARun) {
  for (const rt::Entry& entry : engines::registry()) {
    for (const char* engine : {"sim", "explore"}) {
      SCOPED_TRACE(std::string(entry.info.id) + ", " + engine);
      Screen screen;
      screen.shell.set_look({Language::en, ThemeKind::dark, true});
      screen.configure("workload=" + std::string(entry.info.id) + "&engine=" + engine);
      screen.draw();
      ASSERT_FALSE(screen.semantics().runs().empty());
      EXPECT_THAT(lacking(screen), testing::IsEmpty());
      screen.run_to_the_end();
      EXPECT_THAT(lacking(screen), testing::IsEmpty());
    }
  }
}

TEST(EnglishLetters, KoreanIsNotDrawnWithoutHangul) {
  Screen screen;
  screen.shell.set_look({Language::ko, ThemeKind::dark, false});
  screen.draw();
  EXPECT_FALSE(lacking(screen).empty());
}

}  // namespace
}  // namespace interleave::view
