#include "view/compare/compare_view.h"

#include <algorithm>

#include "view/compare/messages_compare.h"
#include "view/kit/keys.h"
#include "view/kit/widgets.h"
#include "view/layout.h"

namespace interleave::view {
namespace {

constexpr Text compare_close{"Back to the stage", "무대로 돌아가기"};
constexpr Text history{"Runs", "실행 기록"};
constexpr Text figures{"Figures", "수치"};

constexpr float head_height = 56;
constexpr float runs_width = 272;
constexpr float list_beside_from = 640;

float heading(Ui& ui, Rect area, const Text& text) {
  ui.canvas.text(Rect{area.x, area.y, area.w, 24}, Type::label_strong, ui.theme.mute, ui.say(text));
  return 28;
}

}  // namespace

void CompareView::open(const Model& model) {
  picks_ = default_picks(model);
  pair_ = list_ = Scroll{};
}

template <class Draw>
void CompareView::scrolled(Ui& ui, Rect area, Scroll& scroll, Draw draw) {
  const float most = std::max(0.0F, scroll.content - area.h);
  scroll.offset = std::clamp(scroll.offset, 0.0F, most);
  ui.canvas.push_scroll(area);
  scroll.content = draw(Rect{area.x, area.y - scroll.offset, area.w, area.h});
  ui.canvas.pop_scroll();
  if (most <= 0) return;
  // By now whatever takes the wheel, or a drag, for itself has had it.
  if (ui.hovers(area)) {
    scroll.offset -= ui.wheel() * 48;
    if (ui.drags_nothing()) scroll.offset -= ui.pointer_delta().y;
    scroll.offset = std::clamp(scroll.offset, 0.0F, most);
  }
  const float thumb = area.h * area.h / std::max(scroll.content, area.h);
  const float y = area.y + (area.h - thumb) * scroll.offset / most;
  ui.canvas.fill({area.right() + 6, y + 2, 3, thumb - 4}, ui.theme.track, 1.5F);
}

bool CompareView::draw(Ui& ui, Rect area, const Model& model, SeriesView* series) {
  ui.canvas.fill(area, ui.theme.bg);
  const float margin = area.w < list_beside_from ? gap_4 : gap_6;
  Rect head = area.cut_top(head_height).inset(margin, 0);
  const Rect close = head.cut_right(ui.control()).middle(ui.control(), ui.control());
  bool back =
      button(ui, close, "compare.close", ui.say(compare_close), {ButtonStyle::quiet, Icon::cross, false, true, true});
  back |= pressed(ui, Key::close);
  ui.canvas.text(head, Type::title, ui.theme.text, ui.say(messages::compare));
  ui.tell({"heading", "compare.title", ui.say(messages::compare)}, head);
  Rect body = area.inset(margin, 0);
  if (find_run(model, picks_.b) == nullptr) picks_ = default_picks(model);
  if (find_run(model, picks_.a) == nullptr) picks_.a = picks_.b;
  if (area.w >= list_beside_from) {
    const Rect list = body.cut_right(runs_width);
    body.cut_right(gap_6);
    scrolled(ui, list, list_, [&](Rect place) { return draw_runs(ui, place, model); });
    scrolled(ui, body, pair_, [&](Rect place) { return draw_pair(ui, place, model); });
    return !back;
  }
  scrolled(ui, body, pair_, [&](Rect place) {
    float used = draw_pair(ui, place, model) + gap_4;
    if (series != nullptr) used += series->draw_controls(ui, place.moved(0, used), model) + gap_4;
    return used + draw_runs(ui, place.moved(0, used), model);
  });
  return !back;
}

float CompareView::draw_runs(Ui& ui, Rect area, const Model& model) {
  if (model.history.empty()) return 0;
  const float used = heading(ui, area, history);
  return used + draw_history(ui, area.moved(0, used), model, picks_) + gap_4;
}

float CompareView::draw_pair(Ui& ui, Rect area, const Model& model) {
  const float top = area.y;
  const FinishedRun* a = find_run(model, picks_.a);
  const FinishedRun* b = find_run(model, picks_.b);
  if (model.history.size() < 2 || a == nullptr || b == nullptr) {
    ui.tell({"text", "compare.empty", ui.say(messages::history_empty)}, area);
    return ui.canvas.paragraph(area, Type::sentence, ui.theme.sub, ui.say(messages::history_empty)) + gap_6;
  }
  if (a == b) {
    ui.tell({"text", "compare.sentence", ui.say(messages::same_run)}, area);
    return ui.canvas.paragraph(area, Type::sentence, ui.theme.sub, ui.say(messages::same_run)) + gap_6;
  }
  const Comparison comparison = compare(compared_run(model, *a), compared_run(model, *b));
  const std::string_view sentence = ui.say(comparison.sentence);
  ui.tell({"text", "compare.sentence", sentence}, area);
  area.y += ui.canvas.sentence(area, with_code(sentence, Type::sentence_strong, ui.theme.text)) + gap_2;
  if (!comparison.note.empty()) {
    ui.tell({"text", "compare.note", ui.say(comparison.note)}, area);
    area.y += ui.canvas.paragraph(area, Type::body, ui.theme.sub, ui.say(comparison.note)) + gap_2;
  }
  area.y += gap_1 + draw_changes(ui, area.moved(0, gap_1), comparison) + gap_4;
  lanes_.show(*a, *b);
  const float lanes = lanes_.height(ui, area.w - 2 * gap_4) + 2 * gap_3;
  const Rect timelines{area.x, area.y, area.w, lanes};
  card(ui, timelines);
  lanes_.draw(ui, timelines.inset(gap_4, gap_3));
  area.y += lanes + gap_4;
  if (!comparison.figures.empty()) {
    area.y += heading(ui, area, figures);
    area.y += draw_figures(ui, area, comparison);
  }
  if (model.machine != nullptr) {
    ui.tell({"text", "compare.machine", ui.say(*model.machine)}, area);
    area.y += ui.canvas.paragraph(area, Type::label, ui.theme.mute, ui.say(*model.machine)) + gap_4;
  }
  return area.y - top;
}

}  // namespace interleave::view
