#include "view/source/source_marks.h"

#include <algorithm>

#include "view/kit/widgets.h"
#include "view/run/names.h"

namespace interleave::view {
namespace {

constexpr Text source_before{"Step or run, and each thread's line is lit here.",
                             "한 단계씩 가거나 실행하면 스레드마다 지금 줄에 불이 들어옵니다."};
constexpr Text source_just{"just taken", "방금 한 걸음"};
constexpr Text source_next{"next", "다음 걸음"};
constexpr Text source_live{
    "Live lights a line only while a thread waits there: noting each step would slow it down.",
    "실제 스레드는 기다리는 동안만 그 줄에 불이 들어옵니다. 걸음마다 적으면 느려지기 때문입니다."};
constexpr Text source_explore{
    "Explore runs all orders at once; watch one of them and its lines are lit.",
    "탐색은 모든 순서를 한꺼번에 봅니다. 그중 하나를 한 단계씩 보면 그 줄에 불이 들어옵니다."};

constexpr float radius = 8;
constexpr float pitch = 2 * radius + 1;
constexpr std::size_t most_badges = 3;
constexpr std::size_t longest_letter = 2;  // what a badge has room for
constexpr std::size_t most_names = 12;
constexpr float toward_text = 0.25F;  // of the hues: so they can be read on the ground of a lit line, too

Color badge_color(const Ui& ui, const SourceLight& light) { return over(ui.theme.state(light.state), ui.theme.panel); }

void draw_ring(Ui& ui, Point center, std::string_view letter) {
  ui.canvas.ring(center, radius - 0.75F, ui.theme.accent, 1.5F);
  const Rect box{center.x - radius, center.y - radius, 2 * radius, 2 * radius};
  ui.canvas.text(box, Type::label_strong, ui.theme.text, letter, Align::center);
}

}  // namespace

Color color_of(const Theme& theme, Ink ink) {
  switch (ink) {
    case Ink::plain: return theme.text;
    case Ink::comment: return theme.sub;
    case Ink::keyword: return mix(theme.owner(3), theme.text, toward_text);
    case Ink::text:
    case Ink::number: return mix(theme.owner(4), theme.text, toward_text);
  }
  return theme.text;
}

Color ground_of(const Theme& theme, bool taken) { return taken ? theme.accent_soft : theme.raised; }

void draw_lit_ground(Ui& ui, Rect area, bool taken) {
  ui.canvas.fill(area, ground_of(ui.theme, taken));
  if (taken) ui.canvas.fill({area.x, area.y, 3, area.h}, ui.theme.accent);
}

void draw_marks(Ui& ui, Rect area, std::span<const SourceLight> lights, std::size_t more) {
  Rect row = area.inset(gap_1 + 2, 0);
  // Who took the last step and stands at the same line again is not shown twice.
  std::vector<const SourceLight*> shown;
  for (const SourceLight& light : lights) {
    const bool twice = light.taken && std::ranges::any_of(lights, [&](const SourceLight& other) {
                         return !other.taken && other.thread == light.thread;
                       });
    if (!twice) shown.push_back(&light);
  }
  // The ring comes first.
  if (!shown.empty() && shown.back()->taken) std::ranges::rotate(shown, shown.end() - 1);
  std::size_t badges = std::min(shown.size(), most_badges);
  const auto fits = [&] {
    const std::size_t others = shown.size() - badges + more;
    const float text = others == 0 ? 0 : ui.canvas.measure(Type::label, "+" + std::to_string(others));
    return static_cast<float>(badges) * pitch + text <= row.w + 0.5F;
  };
  while (badges > 0 && !fits()) --badges;
  for (std::size_t at = 0; at < badges; ++at) {
    const std::string letter = letter_of_thread(shown[at]->thread);
    if (letter.size() > longest_letter) {
      badges = at;
      break;
    }
    const Point center{row.x + radius, row.center().y};
    if (shown[at]->taken) {
      draw_ring(ui, center, letter);
    } else {
      badge(ui, center, radius, letter, badge_color(ui, *shown[at]));
    }
    row.cut_left(pitch);
  }
  const std::size_t others = shown.size() - badges + more;
  if (others == 0) return;
  const std::string count = (badges > 0 ? "+" : "") + std::to_string(others);
  ui.canvas.text(row, Type::label, ui.theme.text, count);
}

void draw_legend(Ui& ui, Rect area) {
  draw_ring(ui, {area.x + radius, area.center().y}, "A");
  area.cut_left(pitch + gap_1);
  const std::string_view just = ui.say(source_just);
  ui.canvas.text(area.cut_left(ui.canvas.measure(Type::label, just) + gap_4), Type::label, ui.theme.sub, just);
  badge(ui, {area.x + radius, area.center().y}, radius, "A", ui.theme.state(trace::State::running));
  area.cut_left(pitch + gap_1);
  ui.canvas.text(area, Type::label, ui.theme.sub, ui.say(source_next));
}

std::vector<std::string> names_of(const Ui& ui, const Model& model, std::span<const SourceLight> lights,
                                  std::size_t more) {
  std::vector<std::string> out;
  const trace::Trace* trace = model.snapshot->trace.get();
  for (const SourceLight& light : lights) {
    if (out.size() == most_names || trace == nullptr) break;
    if (light.thread.index() >= trace->threads().size()) continue;
    out.push_back(letter_of_thread(light.thread)
                      .append("  ")
                      .append(ui.say(trace->threads()[light.thread.index()].name))
                      .append(", ")
                      .append(ui.say(light.taken ? source_just : source_next)));
  }
  if (lights.size() + more > out.size()) out.push_back("+" + std::to_string(lights.size() + more - out.size()));
  return out;
}

const Text& note_for(Engine engine) {
  switch (engine) {
    case Engine::live: return source_live;
    case Engine::simulate: return source_before;
    case Engine::explore: return source_explore;
  }
  return source_before;
}

}  // namespace interleave::view
