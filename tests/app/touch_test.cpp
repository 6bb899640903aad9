// Two fingers zoom and move; while they do, the mouse that SDL makes of a finger does nothing.
#include <gtest/gtest.h>
#include <imgui.h>

#include "app/input.h"

namespace interleave::app {
namespace {

constexpr float width = 400;
constexpr float height = 800;

class TouchTest : public ::testing::Test {
 protected:
  TouchTest() : context_(ImGui::CreateContext()) { ImGui::GetIO().IniFilename = nullptr; }
  ~TouchTest() override { ImGui::DestroyContext(context_); }
  TouchTest(const TouchTest&) = delete;
  TouchTest& operator=(const TouchTest&) = delete;

  // At a place in points.
  bool finger(Uint32 type, SDL_FingerID id, float x, float y) {
    SDL_Event event{};
    event.type = type;
    event.tfinger.fingerId = id;
    event.tfinger.x = x / width;
    event.tfinger.y = y / height;
    return touch.feed(event, width, height);
  }
  bool mouse_of_a_finger() {
    SDL_Event event{};
    event.type = SDL_MOUSEMOTION;
    event.motion.which = SDL_TOUCH_MOUSEID;
    return touch.feed(event, width, height);
  }

  Touch touch;

 private:
  ImGuiContext* context_;
};

TEST_F(TouchTest, OneFingerIsLeftToTheMouseThatSdlMakesOfIt) {
  EXPECT_FALSE(finger(SDL_FINGERDOWN, 1, 100, 100));
  EXPECT_FALSE(finger(SDL_FINGERMOTION, 1, 120, 100));
  EXPECT_FALSE(mouse_of_a_finger());
  EXPECT_FALSE(touch.take().fingers);
}

TEST_F(TouchTest, FingersThatMoveApartZoomAroundTheirMiddle) {
  finger(SDL_FINGERDOWN, 1, 100, 400);
  EXPECT_TRUE(finger(SDL_FINGERDOWN, 2, 200, 400));
  EXPECT_FLOAT_EQ(touch.take().apart, 1);
  finger(SDL_FINGERMOTION, 1, 50, 400);
  finger(SDL_FINGERMOTION, 2, 250, 400);
  const view::Pinch pinch = touch.take();
  ASSERT_TRUE(pinch.fingers);
  EXPECT_FLOAT_EQ(pinch.apart, 2);
  EXPECT_FLOAT_EQ(pinch.center.x, 150);
  EXPECT_FLOAT_EQ(pinch.moved.x, 0);
  EXPECT_FLOAT_EQ(touch.take().apart, 1) << "told once";
}

TEST_F(TouchTest, FingersThatMoveTogetherMoveWhatIsShown) {
  finger(SDL_FINGERDOWN, 1, 100, 400);
  finger(SDL_FINGERDOWN, 2, 200, 400);
  static_cast<void>(touch.take());
  finger(SDL_FINGERMOTION, 1, 130, 420);
  finger(SDL_FINGERMOTION, 2, 230, 420);
  const view::Pinch pinch = touch.take();
  EXPECT_FLOAT_EQ(pinch.apart, 1);
  EXPECT_NEAR(pinch.moved.x, 30, 0.01F);
  EXPECT_NEAR(pinch.moved.y, 20, 0.01F);
}

// The finger that stays must not drag what it lies on.
TEST_F(TouchTest, TheMouseIsSilentUntilAllFingersAreUp) {
  finger(SDL_FINGERDOWN, 1, 100, 400);
  finger(SDL_FINGERDOWN, 2, 200, 400);
  EXPECT_TRUE(mouse_of_a_finger());
  finger(SDL_FINGERUP, 2, 200, 400);
  EXPECT_TRUE(mouse_of_a_finger());
  EXPECT_FALSE(touch.take().fingers);
  finger(SDL_FINGERUP, 1, 100, 400);
  EXPECT_FALSE(mouse_of_a_finger());
}

}  // namespace
}  // namespace interleave::app
