// The source pane in the window: it fits beside every stage or in its place, and its lights follow the steps.
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "view/screen.h"

namespace interleave::view {
namespace {

// The stage beside the source is narrow, and the source is wrapped.
TEST(Fit, WithTheSourceOpen) {
  const auto open = [](const std::string& query, const std::vector<std::string>& cursors) {
    expect_tidy_everywhere(query, true, cursors, true);
  };
  for (const char* lock : {"none", "mutex", "atomic"}) {
    open(std::string("engine=sim&threads=2&increments=5&seed=7&lock=") + lock, {"0", "3", "9", "14"});
  }
  open("engine=sim&increments=200&lock=mutex&threads=16", {"30", "500"});
  open("engine=sim&increments=4&seed=7&interpreter=cpython39&threads=5", {"0", "4", "15"});
  open("engine=live&threads=3&increments=1000000&lock=none", {});
  open("engine=explore&threads=2&increments=2&lock=none", {});
  open("workload=factorize&engine=sim&mode=processes&interpreter=cpython310&numbers=8&first=100000&last=200000",
       {"30"});
  open("workload=blocking_io&engine=sim&mode=serial&calls=60&hogs=8&echo=on&delay=1ms", {"200"});
  for (const char* count : {"plain", "biased"}) {
    open(std::string("workload=refcount&engine=sim&rounds=4&threads=16&objects=8&count=") + count, {"7", "60"});
  }
  for (const char* mode : {"serial", "threads", "queue", "pool", "tasks"}) {
    open(std::string("workload=fanout&engine=sim&wait=100us&mode=") + mode, {"0", "40"});
  }
  open("workload=fanout&engine=sim&mode=queue&workers=16&width=48&height=32&generations=1", {"900"});
  open("workload=coroutines&engine=sim&mode=threads&tasks=3000&rounds=1", {"900"});
  open("workload=coroutines&engine=sim&call=blocks&mode=pool&tasks=12", {"0", "40"});
  open("workload=subprocess&engine=sim&task=echo&children=20&payload=200000&collect=wait-then-read", {"60"});
  open("workload=process_pool&engine=sim&tasks=256&workers=6&chunk=8&sent=100000&units=1000&interpreter=none", {"40"});
  open("workload=pipeline&engine=sim&items=20", {"0", "60"});
  for (const char* order : {"naive", "try"}) {
    open(std::string("workload=deadlock&engine=sim&threads=8&meals=3&order=") + order, {"9", "33"});
    open(std::string("workload=deadlock&scene=accounts&engine=sim&threads=16&meals=3&order=") + order, {"9", "33"});
  }
}

std::optional<Node> node_of(const Screen& screen, std::string_view key) {
  for (const Node& node : screen.semantics().nodes()) {
    if (node.key == key) return node;
  }
  return std::nullopt;
}

TEST(Screen, LightsTheLineOfEachThread) {
  for (const Size size : sizes) {
    Screen screen;
    screen.width = size.width;
    screen.height = size.height;
    screen.configure("engine=sim&threads=2&increments=2&seed=3&lock=none");
    screen.draw();
    EXPECT_FALSE(node_of(screen, "source.tongue.cpp"));
    ASSERT_TRUE(screen.perform("button", "code"));
    EXPECT_TRUE(screen.shell.look().code);
    ASSERT_TRUE(node_of(screen, "source.tongue.cpp"));
    // Until somebody has read.
    const auto taken = [&] { return node_of(screen, "source.taken"); };
    for (int step = 0; step < 12 && !(taken() && taken()->label.find("rt.load") != std::string::npos); ++step) {
      EXPECT_TRUE(screen.perform("button", "step.next"));
    }
    ASSERT_TRUE(taken());
    const std::string who = taken()->value.substr(0, 1);
    ASSERT_TRUE(node_of(screen, "source.line." + who));
    EXPECT_EQ(node_of(screen, "source.line." + who)->label, "co_await rt.store(state.count, value + 1);");
    EXPECT_TRUE(screen.perform("radio", "source.tongue.python"));
    EXPECT_EQ(taken()->label, "value = state.count");
    EXPECT_EQ(node_of(screen, "source.line." + who)->label, "state.count = value");
    EXPECT_FALSE(taken()->rect.empty()) << "the step just taken is in sight";
    EXPECT_TRUE(screen.perform("button", "step.back"));
    EXPECT_TRUE(!taken() || taken()->label != "value = state.count");
    EXPECT_TRUE(screen.perform("button", "source.close"));
    EXPECT_FALSE(screen.shell.look().code);
    EXPECT_FALSE(node_of(screen, "source.tongue.cpp"));
  }
}

}  // namespace
}  // namespace interleave::view
