// The parts of the window never cover each other, and never leave it.
#include "view/layout.h"

#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace interleave::view {
namespace {

struct Part {
  const char* name;
  Rect rect;
};

std::vector<Part> parts_of(const Layout& layout) {
  std::vector<Part> out;
  for (const Part& part : {Part{"top", layout.top}, Part{"engines", layout.engines}, Part{"list", layout.list},
                           Part{"stage", layout.stage}, Part{"source", layout.source},
                           Part{"timeline", layout.timeline}, Part{"steps", layout.steps}, Part{"panel", layout.panel},
                           Part{"controls", layout.controls}, Part{"result", layout.result}}) {
    if (!part.rect.empty()) out.push_back(part);
  }
  return out;
}

void expect_sound(const LayoutInput& input) {
  const Layout layout = make_layout(input);
  const std::vector<Part> parts = parts_of(layout);
  const Rect window{0, 0, input.width, input.height};
  float area = 0;
  for (std::size_t one = 0; one < parts.size(); ++one) {
    EXPECT_TRUE(window.contains(parts[one].rect)) << parts[one].name;
    area += parts[one].rect.w * parts[one].rect.h;
    for (std::size_t other = one + 1; other < parts.size(); ++other) {
      EXPECT_FALSE(parts[one].rect.overlaps(parts[other].rect)) << parts[one].name << " and " << parts[other].name;
    }
  }
  // Without overlaps, the whole area means that no gap is left.
  EXPECT_NEAR(area, input.width * input.height, 1);
  EXPECT_GE(std::max(layout.stage.h, layout.source.h), 100);
  if (input.source_open) {
    EXPECT_GE(layout.source.w, std::min(input.width, source_least));
    EXPECT_TRUE(layout.stage.empty() || layout.stage.w >= stage_least);
  } else {
    EXPECT_TRUE(layout.source.empty());
  }
}

struct Size {
  float width;
  float height;
};
constexpr std::array sizes{Size{1440, 900},  Size{1024, 768}, Size{390, 844}, Size{820, 1180},
                           Size{2560, 1440}, Size{1024, 600}, Size{719, 600}};

TEST(Layout, IsSoundAtEverySize) {
  for (const Size size : sizes) {
    for (const float lanes : {1.0F, 7.0F, 17.0F, 1000.0F}) {
      for (int options = 0; options < 16; ++options) {
        SCOPED_TRACE(std::to_string(size.width) + " x " + std::to_string(size.height) + ", lanes " +
                     std::to_string(lanes));
        expect_sound({size.width, size.height, lanes, (options & 1) != 0, (options & 2) != 0, (options & 4) != 0, 100,
                      132, (options & 8) != 0});
      }
    }
  }
}

// In somebody else's page it is low, and one bar has room for what two have on a phone.
TEST(Layout, IsSoundInSomebodyElsesPage) {
  for (const Size size : {Size{640, 420}, Size{760, 480}, Size{1000, 560}, Size{390, 520}, Size{390, 640}}) {
    for (int options = 0; options < 8; ++options) {
      SCOPED_TRACE(std::to_string(size.width) + " x " + std::to_string(size.height) + ", " + std::to_string(options));
      LayoutInput input{size.width, size.height, 7, true, (options & 1) != 0, false, 48, 60, (options & 2) != 0};
      input.one_column = true;
      input.one_bar = (options & 4) != 0;
      expect_sound(input);
      EXPECT_EQ(make_layout(input).breadth, Breadth::narrow);
      EXPECT_EQ(make_layout(input).engines.empty(), input.one_bar);
    }
  }
}

TEST(Layout, FoldsAtTheWidthsOfTheDesign) {
  EXPECT_EQ(make_layout({1024, 768}).breadth, Breadth::wide);
  EXPECT_EQ(make_layout({1023, 768}).breadth, Breadth::medium);
  EXPECT_EQ(make_layout({720, 768}).breadth, Breadth::medium);
  EXPECT_EQ(make_layout({719, 768}).breadth, Breadth::narrow);
  EXPECT_TRUE(make_layout({1023, 768}).list.empty());
  EXPECT_TRUE(make_layout({390, 844}).panel.empty());
  const Layout wide = make_layout({1440, 900});
  EXPECT_EQ(wide.top.h, 52);
  EXPECT_EQ(wide.list.w, 216);
  EXPECT_EQ(wide.panel.w, 304);
}

}  // namespace
}  // namespace interleave::view
