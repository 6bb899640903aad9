#include "stages/common/gil_parts.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/format.h"
#include "stages/common/texts.h"
#include "trace/teller.h"

namespace interleave::stages {
namespace {

constexpr Text asked_for{"asked", "요청함"};

// A bar's ends are round and a clock's are not, so this is a polyline, clockwise from the top.
void draw_arc(Canvas& canvas, Point center, float radius, float share, Color color) {
  constexpr int parts = 32;
  const int used = std::max(1, static_cast<int>(std::lround(share * parts)));
  std::vector<Point> points;
  for (int part = 0; part <= used; ++part) {
    const float angle = share * 2 * std::numbers::pi_v<float> * static_cast<float>(part) / static_cast<float>(used);
    points.push_back({center.x + radius * std::sin(angle), center.y - radius * std::cos(angle)});
  }
  canvas.polyline(points, color, 2.5F);
}

// Further back than this nothing is looked for that could be told.
constexpr std::size_t look_back = 64;

Words find_last_told(const RunView& run) {
  if (run.trace()->streams().size() == 0) return texts::say_idle_simulated;
  const auto& events = run.trace()->streams()[0]->events();
  const std::size_t count = std::min(run.events(), events.size());
  const trace::Teller teller(*run.trace());
  for (std::size_t back = 1; back <= std::min(count, look_back); ++back) {
    const trace::Event& event = events[count - back];
    if (!event.thread.valid()) continue;
    if (Words words = teller.told(event); !words.empty()) return trace::as_sentence(std::move(words));
  }
  return texts::say_idle_simulated;
}

}  // namespace

bool has_gil(const Model& model) { return model.params.option("interpreter").starts_with("cpython"); }

void draw_gil_token(Ui& ui, Point center) {
  const Rect area{center.x - token_width / 2, center.y - token_height / 2, token_width, token_height};
  ui.canvas.fill(area, ui.theme.accent, token_height / 2);
  ui.canvas.text(area, Type::label_strong, ui.theme.on_accent, "GIL", Align::center);
  ui.tell({"status", "gil", "GIL"}, area);
}

void draw_gil_clock(Ui& ui, Rect area, const GilWaiter& waiter, Nanoseconds now, Nanoseconds interval) {
  const std::string text =
      waiter.asked ? std::string(ui.say(asked_for)) : format_duration(std::max<Nanoseconds>(now - waiter.since, 0));
  const Color color = ui.theme.state(trace::State::waiting_gil);
  const bool tall = area.h >= 44;
  const float radius = tall ? 9.0F : std::min(7.0F, area.h / 2 - 4);
  const float width = ui.canvas.measure(Type::label, text);
  Point center = area.center();
  if (tall) {
    Rect rest = area.middle(area.w, 40);
    center = {area.center().x, rest.y + 11};
    rest.cut_top(23);
    if (width <= rest.w)
      ui.canvas.text(rest, Type::label, ui.theme.state_ink(trace::State::waiting_gil), text, Align::center);
  } else if (area.w >= width + 2 * radius + gap_1) {
    center = {area.x + (area.w - width - gap_1) / 2, area.center().y};
    ui.canvas.text(Rect{center.x + radius + gap_1, area.y, width + 1, area.h}, Type::label,
                   ui.theme.state_ink(trace::State::waiting_gil), text);
  }
  ui.canvas.ring(center, radius, ui.theme.track, 2.5F);
  draw_arc(ui.canvas, center, radius, interval_share(waiter, now, interval), color);
}

std::string last_told(const Ui& ui, RunView& run) {
  struct LastTold {
    Words words;
  };
  return run.derived<LastTold>(ThreadId::none(), [&] { return LastTold{find_last_told(run)}; }).words.in(ui.language);
}

}  // namespace interleave::stages
