#include "app/font_file.h"

#include <array>

#include <gtest/gtest.h>

#include "fonts.h"

namespace interleave::app {
namespace {

TEST(FontFile, OurFontsAreFonts) {
  for (const auto file :
       {fonts::pretendard_regular(), fonts::pretendard_semibold(), fonts::latin_regular(), fonts::latin_semibold()}) {
    EXPECT_TRUE(is_font(file));
  }
}

TEST(FontFile, WhatIsNoFontOrOnlyAPartOfOneIsRefused) {
  constexpr std::array<std::byte, 64> zeros{};
  EXPECT_FALSE(is_font({}));
  EXPECT_FALSE(is_font(zeros));
  const std::span<const std::byte> whole = fonts::pretendard_regular();
  for (const std::size_t size :
       {std::size_t{4}, std::size_t{12}, std::size_t{100}, whole.size() / 2, whole.size() - 8}) {
    EXPECT_FALSE(is_font(whole.first(size))) << size;
  }
}

}  // namespace
}  // namespace interleave::app
