#include "view/source/source_pane.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <imgui.h>

#include "view/kit/widgets.h"
#include "view/run/names.h"
#include "view/source/source_marks.h"

namespace interleave::view {
namespace {

constexpr Text code_close{"Close the code", "코드 닫기"};
constexpr Text python{"Python", "파이썬"};

constexpr float head_height = 48;
constexpr float row_height = 20;
constexpr float margin = 12;             // right of the text
constexpr std::size_t most_lights = 64;  // at one line; the rest are counted
constexpr std::size_t around = 2;        // rows that are seen before and behind the step just taken

float column_width(Ui& ui) { return ui.canvas.measure(Type::listing, "0000000000") / 10; }

}  // namespace

bool SourcePane::LitLine::taken() const {
  return std::ranges::any_of(lights, [](const SourceLight& light) { return light.taken; });
}

void SourcePane::make_text(const Model& model, std::size_t columns) {
  const bool same = shown_.workload == model.workload->id && shown_.tongue == tongue_ && shown_.columns == columns &&
                    std::ranges::equal(shown_.params, model.params.values);
  if (same) return;
  if (shown_.workload != model.workload->id) scroll_ = 0;
  shown_ = {};
  shown_.workload = model.workload->id;
  shown_.params.assign(model.params.values.begin(), model.params.values.end());
  shown_.tongue = tongue_;
  shown_.columns = columns;
  const SourceText cpp = source_text(model.workload->id, Tongue::cpp, model.params);
  shown_.text = source_text(model.workload->id, tongue_, model.params);
  for (std::size_t at = 0; at < cpp.lines.size(); ++at) {
    const SourceLine& line = cpp.lines[at];
    const auto number = static_cast<std::size_t>(line.number);
    shown_.places.resize(std::max(shown_.places.size(), number + 1));
    if (number > 0) shown_.places[number] = tongue_ == Tongue::cpp ? at : shown_.text.counterpart_of(line);
  }
  for (std::size_t line = 0; line < shown_.text.lines.size(); ++line) {
    shown_.first_rows.push_back(shown_.rows.size());
    for (const SourceRow& row : wrapped(shown_.text.lines[line].text, columns)) shown_.rows.push_back({line, row});
  }
}

void SourcePane::light(const Model& model, RunView& run) {
  lit_.clear();
  std::vector<SourceLight> lights;
  if (run.has_trace() && model.engine == Engine::simulate) {
    lights = run.derived<std::vector<SourceLight>>(ThreadId::none(), [&] { return simulated_lights(model, run); });
  } else if (run.has_trace() && model.engine == Engine::live) {
    live_.update(*run.trace(), model.run);
    lights = live_.lights();
  }
  for (const SourceLight& one : lights) {
    const auto number = static_cast<std::size_t>(one.line);
    if (number >= shown_.places.size() || !shown_.places[number]) continue;
    const std::size_t place = *shown_.places[number];
    auto at = std::ranges::lower_bound(lit_, place, {}, &LitLine::line);
    if (at == lit_.end() || at->line != place) at = lit_.insert(at, {place, {}, 0});
    if (at->lights.size() < most_lights || one.taken) {
      at->lights.push_back(one);
    } else {
      ++at->more;
    }
  }
}

const SourcePane::LitLine* SourcePane::lit_at(std::size_t line) const {
  const auto at = std::ranges::lower_bound(lit_, line, {}, &LitLine::line);
  return at != lit_.end() && at->line == line ? &*at : nullptr;
}

// By wheel, by dragging, or a page at a time.
void SourcePane::scroll(Ui& ui, Rect body, std::size_t visible) {
  if (ui.hovers(body)) {
    scroll_ -= ui.wheel() * 3;
    const ImVec2 pressed = ImGui::GetIO().MouseClickedPos[0];
    const float scale = ui.frame().scale;
    const bool dragged =
        ImGui::IsMouseDown(ImGuiMouseButton_Left) && body.contains(Point{pressed.x / scale, pressed.y / scale});
    if (dragged) scroll_ -= ui.pointer_delta().y / row_height;
  }
  if (!ui.editing_any()) {
    const float page = std::max(1.0F, static_cast<float>(visible) - 2);
    if (ImGui::IsKeyPressed(ImGuiKey_PageDown)) scroll_ += page;
    if (ImGui::IsKeyPressed(ImGuiKey_PageUp)) scroll_ -= page;
  }
}

// When the run or the cursor has moved, the step just taken is brought into sight. Live lines come and go too fast.
void SourcePane::follow(const Model& model, const RunView& run, std::size_t visible) {
  if (model.engine != Engine::simulate || lit_.empty()) return;
  const Followed now{model.run, run.events(), tongue_, shown_.rows.size()};
  if (now == followed_) return;
  followed_ = now;
  const auto taken = std::ranges::find_if(lit_, &LitLine::taken);
  const std::size_t row = shown_.first_rows[(taken != lit_.end() ? *taken : lit_.front()).line];
  const auto first = static_cast<std::size_t>(std::max(0.0F, scroll_));
  const bool seen = row >= first + (first == 0 ? 0 : around) && row + around < first + visible;
  if (!seen) scroll_ = static_cast<float>(row) - std::floor(static_cast<float>(visible) / 3);
}

bool SourcePane::draw_head(Ui& ui, Rect row) {
  const std::array segments{Segment{"cpp", "C++"}, Segment{"python", ui.say(python)}};
  row = row.inset(margin, 0);
  const Rect close = row.cut_right(ui.control());
  const float width = segmented_width(ui, segments);
  const auto chosen = static_cast<std::size_t>(tongue_);
  if (const auto now =
          segmented(ui, row.cut_left(width).middle(width, ui.control()), "source.tongue", segments, chosen)) {
    tongue_ = static_cast<Tongue>(*now);
  }
  const bool closed = button(ui, close.middle(ui.control(), ui.control()), "source.close", ui.say(code_close),
                             {ButtonStyle::quiet, Icon::cross, false, true, true});
  row.cut_left(gap_3);
  row.cut_right(gap_2);
  if (ui.canvas.measure(Type::label, shown_.text.file) < row.w) {
    ui.canvas.text(row, Type::label, ui.theme.mute, shown_.text.file);
  }
  return closed;
}

void SourcePane::draw_row(Ui& ui, Rect area, std::size_t row, const LitLine* lit) const {
  const auto& [line_at, piece] = shown_.rows[row];
  const SourceLine& line = shown_.text.lines[line_at];
  const bool first = row == shown_.first_rows[line_at];
  if (lit != nullptr) draw_lit_ground(ui, area, lit->taken());
  Rect text = area;
  const Rect gutter = text.cut_left(gutter_width);
  if (line.number == 0) {
    ui.canvas.rule({text.x, area.center().y}, {area.right() - margin, area.center().y}, ui.theme.line);
    return;
  }
  if (lit != nullptr && first) {
    draw_marks(ui, gutter, lit->lights, lit->more);
  } else if (first) {
    ui.canvas.text(gutter.inset(gap_2, 0), Type::listing, ui.theme.mute, std::to_string(line.number), Align::right);
  }
  const float column = column_width(ui);
  const float y = area.y + (area.h - info(Type::listing).line) / 2;
  const float begin = text.x + static_cast<float>(piece.indent) * column;
  const auto put = [&](std::size_t from, std::size_t to, Ink ink) {
    from = std::max(from, piece.begin);
    to = std::min(to, piece.end);
    while (from < to && line.text[from] == ' ') ++from;
    while (to > from && line.text[to - 1] == ' ') --to;
    while (from < to) {
      // What the typeface for code has no letters for is set in the other.
      const bool ascii = is_ascii(line.text[from]);
      std::size_t end = from;
      while (end < to && is_ascii(line.text[end]) == ascii) ++end;
      const std::size_t before = columns_of(line.text.substr(piece.begin, from - piece.begin));
      const Type type = ascii ? Type::listing : Type::label;
      const float drop = (info(Type::listing).line - info(type).line) / 2;
      ui.canvas.text(Point{begin + static_cast<float>(before) * column, y + drop}, type, color_of(ui.theme, ink),
                     line.text.substr(from, end - from));
      from = end;
    }
  };
  std::size_t at = piece.begin;
  for (const InkSpan& span : inks_of(line.text, shown_.tongue)) {
    if (span.end <= piece.begin || span.begin >= piece.end) continue;
    put(at, span.begin, Ink::plain);
    put(span.begin, span.end, span.ink);
    at = span.end;
  }
  put(at, piece.end, Ink::plain);
}

void SourcePane::draw_body(Ui& ui, Rect body, const Model& model) {
  const auto visible = static_cast<std::size_t>(body.h / row_height);
  const std::size_t rows = shown_.rows.size();
  const std::size_t most = rows > visible ? rows - visible : 0;
  scroll_ = std::clamp(scroll_, 0.0F, static_cast<float>(most));
  const auto first = static_cast<std::size_t>(scroll_);
  for (std::size_t row = first; row < std::min(rows, first + visible); ++row) {
    const Rect area{body.x, body.y + static_cast<float>(row - first) * row_height, body.w, row_height};
    const LitLine* lit = lit_at(shown_.rows[row].line);
    draw_row(ui, area, row, lit);
    if (lit != nullptr && ui.hovers(area)) ui.tooltip(names_of(ui, model, lit->lights, lit->more));
  }
  tell(ui, body, visible);
  if (most == 0) return;
  const float thumb = std::max(24.0F, body.h * static_cast<float>(visible) / static_cast<float>(rows));
  const float y = body.y + (body.h - thumb) * scroll_ / static_cast<float>(most);
  ui.canvas.fill({body.right() - 5, y, 3, thumb}, ui.theme.track, 1.5F);
  // Where lines are lit that may be out of sight.
  for (const LitLine& lit : lit_) {
    const float share = (static_cast<float>(shown_.first_rows[lit.line]) + 0.5F) / static_cast<float>(rows);
    const Rect tick{body.right() - 6, body.y + body.h * share - 1, 5, 2};
    ui.canvas.fill(tick, lit.taken() ? ui.theme.accent : ui.theme.sub, 1);
  }
}

// What a reader who cannot see the lights is told: each thread's line, in sight or not.
void SourcePane::tell(Ui& ui, Rect body, std::size_t visible) const {
  const auto first = static_cast<std::size_t>(scroll_);
  for (const LitLine& lit : lit_) {
    const std::size_t row = shown_.first_rows[lit.line];
    const bool seen = row >= first && row < first + visible;
    const Rect area = seen ? Rect{body.x, body.y + static_cast<float>(row - first) * row_height, body.w, row_height}
                           : Rect{body.x, body.y, 0, 0};
    const std::string_view text = shown_.text.lines[lit.line].text;
    const std::string number = std::to_string(shown_.text.lines[lit.line].number);
    for (const SourceLight& light : lit.lights) {
      const std::string letter = letter_of_thread(light.thread);
      const std::string key = light.taken ? std::string("source.taken") : "source.line." + letter;
      ui.tell({"text", key, text.substr(std::min(text.find_first_not_of(' '), text.size())),
               light.taken ? std::string(letter).append(" ").append(number) : number},
              area);
    }
  }
}

float SourcePane::foot_height(Ui& ui, float width, const Model& model) const {
  if (model.engine == Engine::simulate && !lit_.empty()) return legend_height;
  return ui.canvas.paragraph_height(width - 2 * margin, Type::label, ui.say(note_for(model.engine))) + 2 * gap_2;
}

void SourcePane::draw_foot(Ui& ui, Rect area, const Model& model) const {
  ui.canvas.rule({area.x, area.y}, {area.right(), area.y}, ui.theme.line);
  if (model.engine == Engine::simulate && !lit_.empty()) {
    draw_legend(ui, area.inset(margin, 0));
    return;
  }
  const std::string_view note = ui.say(note_for(model.engine));
  ui.canvas.paragraph(area.inset(margin, gap_2), Type::label, ui.theme.sub, note);
  ui.tell({"text", "source.note", note}, area);
}

bool SourcePane::draw(Ui& ui, Rect area, const Model& model, RunView& run) {
  ui.canvas.fill(area, ui.theme.panel);
  const float room = area.w - gutter_width - margin;
  make_text(model, static_cast<std::size_t>(std::max(room / column_width(ui), 20.0F)));
  light(model, run);
  Rect rest = area;
  const bool closed = draw_head(ui, rest.cut_top(head_height));
  draw_foot(ui, rest.cut_bottom(foot_height(ui, area.w, model)), model);
  rest.cut_bottom(gap_1);
  const auto visible = static_cast<std::size_t>(std::max(rest.h, 0.0F) / row_height);
  scroll(ui, rest, visible);
  follow(model, run, visible);
  draw_body(ui, rest, model);
  return closed;
}

}  // namespace interleave::view
