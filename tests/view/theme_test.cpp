// Everything that is read can be read: 4.5 to 1, in both themes.
#include "view/kit/theme.h"

#include <gtest/gtest.h>

namespace interleave::view {
namespace {

TEST(Contrast, IsThatOfWcag) {
  EXPECT_NEAR(contrast(Color::hex(0x000000), Color::hex(0xffffff)), 21, 0.01);
  EXPECT_NEAR(contrast(Color::hex(0x777777), Color::hex(0xffffff)), 4.48, 0.01);
}

TEST(Theme, InksCanBeReadOnEverySurface) {
  for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
    const Theme theme = make_theme(kind);
    for (const Color surface : {theme.bg, theme.panel, theme.raised}) {
      for (const Color ink : {theme.text, theme.sub, theme.mute, theme.good, theme.bad, theme.warn}) {
        EXPECT_GE(contrast(ink, surface), 4.5);
      }
      for (const Color ink : theme.state_inks) EXPECT_GE(contrast(ink, surface), 4.5);
    }
    EXPECT_GE(contrast(theme.mute, theme.chosen), 4.5) << "what is chosen where nothing can be chosen now";
    EXPECT_GE(contrast(theme.on_accent, theme.accent), 4.5);
    EXPECT_GE(contrast(theme.text, theme.accent_soft), 4.5);
    EXPECT_GE(contrast(theme.bad, theme.accent_soft), 4.5);
    for (const Color state : theme.states) EXPECT_GE(contrast(theme.ink_on(state), over(state, theme.panel)), 4.5);
    EXPECT_GE(contrast(theme.accent, theme.panel), 4.5);
  }
}

TEST(Theme, StatesDifferInMoreThanHue) {
  for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
    const Theme theme = make_theme(kind);
    for (const Color state : theme.states) {
      if (state.a == 255) {
        EXPECT_GE(contrast(state, theme.panel), 1.25);
      }
    }
  }
}

// A letter stands on an owner's colour and on its tint, and neither looks like a state.
TEST(Theme, OwnersCanBeReadAndAreNoStates) {
  for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
    const Theme theme = make_theme(kind);
    for (const Color owner : theme.owners) {
      EXPECT_GE(contrast(theme.panel, owner), 4.5);
      EXPECT_GE(contrast(theme.sub, theme.tint(owner)), 4.5);
      EXPECT_GE(contrast(owner, theme.tint(owner)), 3.0);
      for (const Color state : theme.states) EXPECT_NE(owner, state);
    }
  }
}

TEST(Mix, ReachesBothEnds) {
  const Color a = Color::hex(0x102030);
  const Color b = Color::hex(0xf0e0d0);
  EXPECT_EQ(mix(a, b, 0), a);
  EXPECT_EQ(mix(a, b, 1), b);
}

}  // namespace
}  // namespace interleave::view
