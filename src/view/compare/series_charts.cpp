#include "view/compare/series_charts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/format.h"
#include "view/compare/messages_compare.h"
#include "view/kit/widgets.h"

namespace interleave::view {
namespace {

constexpr Text runs_of{"{n} runs", "실행 {n}번"};
constexpr Text one_run{"1 run", "실행 1번"};
constexpr Text as_meant_words{"{n} of {all} as meant", "{all}번 중 {n}번 정상"};
constexpr Text click_to_set{"Click to set this value", "누르면 이 값으로 맞춥니다"};

constexpr float axis_height = 28;
constexpr std::size_t most_columns = 24;
constexpr float dot_pitch = 20;
constexpr float least_dot_pitch = 4;

Figure with_value(Figure figure, double value) {
  figure.value = value;
  return figure;
}

// The next of 1, 2, 2.5 and 5 times a power of ten.
double round_up(double value) {
  if (value <= 0) return 1;
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  for (const double step : {1.0, 2.0, 2.5, 5.0}) {
    if (value <= step * power) return step * power;
  }
  return 10 * power;
}

// What the figure of an outcome is, where it has one.
const Figure* figure_in(const Outcome& outcome, std::string_view key) {
  const auto found = std::ranges::find(outcome.figures, key, &Figure::key);
  return found == outcome.figures.end() ? nullptr : &*found;
}

Color dot_color(const Theme& theme, Verdict verdict) {
  const bool bad = verdict == Verdict::failure || verdict == Verdict::hang;
  return theme.state(bad ? trace::State::waiting_lock : trace::State::running);
}

// ---- The distribution

struct Column {
  double from = 0;
  double to = 0;  // equal to `from` where the column is one value
  std::vector<Verdict> runs;
};

std::vector<Column> columns_of(const SeriesReport& report, std::string_view key, const std::vector<Figure>& sorted) {
  std::vector<Column> out;
  const double least = sorted.front().value;
  const double most = sorted.back().value;
  std::vector<double> values;
  for (const Figure& figure : sorted) {
    if (values.empty() || values.back() != figure.value) values.push_back(figure.value);
  }
  const bool whole = sorted.front().unit == FigureUnit::count;
  const bool each = whole && most - least < static_cast<double>(most_columns);
  if (each) {
    for (double value = least; value <= most; value += 1) out.push_back({value, value, {}});
  } else {
    const std::size_t count = values.size() == 1 ? 1 : most_columns;
    const double width = (most - least) / static_cast<double>(count);
    for (std::size_t at = 0; at < count; ++at) {
      const double from = least + static_cast<double>(at) * width;
      out.push_back({from, from + width, {}});
    }
  }
  const double width = each ? 1 : std::max(out.front().to - out.front().from, 1e-300);
  for (const SeriesRun& run : report.runs) {
    const Figure* figure = figure_in(run.outcome, key);
    if (figure == nullptr) continue;
    const double place = std::floor((figure->value - least) / width);
    const auto at = static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(out.size() - 1)));
    out[at].runs.push_back(run.outcome.verdict);
  }
  // What went wrong lies on top, where it is seen.
  for (Column& column : out) {
    std::ranges::sort(column.runs,
                      [](Verdict a, Verdict b) { return (a == Verdict::ok ? 0 : 1) < (b == Verdict::ok ? 0 : 1); });
  }
  return out;
}

void draw_column(Ui& ui, Rect area, const Column& column, float pitch) {
  if (pitch >= least_dot_pitch) {
    float y = area.bottom() - pitch / 2;
    for (const Verdict verdict : column.runs) {
      ui.canvas.circle({area.center().x, y}, pitch * 0.42F, dot_color(ui.theme, verdict));
      y -= pitch;
    }
    return;
  }
  const auto bad =
      static_cast<float>(std::ranges::count_if(column.runs, [](Verdict verdict) { return verdict != Verdict::ok; }));
  const float all = static_cast<float>(column.runs.size());
  const Rect bar = area.inset(std::min(2.0F, area.w / 4), 0);
  ui.canvas.fill({bar.x, bar.bottom() - all * pitch, bar.w, all * pitch},
                 dot_color(ui.theme, bad > 0 ? Verdict::failure : Verdict::ok));
  if (bad > 0 && bad < all) {
    ui.canvas.fill({bar.x, bar.bottom() - (all - bad) * pitch, bar.w, (all - bad) * pitch},
                   dot_color(ui.theme, Verdict::ok));
  }
}

// Labels under the places, as many as fit.
class AxisLabels {
 public:
  AxisLabels(Ui& ui, Rect area) : ui_(ui), area_(area), free_from_(area.x) {}
  void put(float x, std::string_view text) {
    const float width = ui_.canvas.measure(Type::label, text);
    const float at = std::clamp(x - width / 2, area_.x, std::max(area_.x, area_.right() - width));
    if (at < free_from_) return;
    ui_.canvas.text(Point{at, area_.y}, Type::label, ui_.theme.mute, text);
    free_from_ = at + width + gap_3;
  }

 private:
  Ui& ui_;
  Rect area_;
  float free_from_;
};

// ---- The curve

struct CurvePoint {
  std::int64_t value = 0;
  float x = 0;
  std::vector<Figure> sorted;  // empty where no run of this value has the figure
  std::size_t runs = 0;
  std::size_t as_meant = 0;
};

std::vector<CurvePoint> points_of(const SeriesReport& report, std::string_view key) {
  std::vector<CurvePoint> out;
  for (const std::int64_t value : report.values) {
    const std::vector<const Outcome*> outcomes = report.outcomes_at(value);
    if (outcomes.empty()) break;
    out.push_back({value, 0, sorted_at(report, value, key), outcomes.size(), count_of(outcomes, Verdict::ok)});
  }
  return out;
}

// The plot's inside, and how a value lies in it.
struct Plot {
  Rect inside;
  double top = 1;
  [[nodiscard]] float y_of(double value) const {
    return inside.bottom() - inside.h * static_cast<float>(std::clamp(value / top, 0.0, 1.0));
  }
};

Plot draw_grid(Ui& ui, Rect area, const Figure& sample, double most) {
  constexpr int lines = 4;
  const double top = round_up(most);
  float widest = 0;
  for (int at = 0; at <= lines; ++at) {
    const std::string label = show_figure(with_value(sample, top * at / lines));
    widest = std::max(widest, ui.canvas.measure(Type::label, label));
  }
  area.cut_top(gap_2);
  area.cut_bottom(axis_height);
  Plot plot{{area.x + widest + gap_3, area.y, area.w - widest - gap_3, area.h}, top};
  for (int at = 0; at <= lines; ++at) {
    const double value = top * at / lines;
    const float y = plot.y_of(value);
    ui.canvas.rule({plot.inside.x, y}, {plot.inside.right(), y}, ui.theme.line);
    ui.canvas.text({area.x, y - 8, widest + 1, 16}, Type::label, ui.theme.mute, show_figure(with_value(sample, value)),
                   Align::right);
  }
  return plot;
}

void draw_band(Ui& ui, const Plot& plot, std::span<const CurvePoint> points) {
  const Color color = ui.theme.accent.faded(0.16F);
  for (std::size_t at = 1; at < points.size(); ++at) {
    const CurvePoint& a = points[at - 1];
    const CurvePoint& b = points[at];
    if (a.sorted.empty() || b.sorted.empty()) continue;
    const Point a_low{a.x, plot.y_of(a.sorted.front().value)};
    const Point a_high{a.x, plot.y_of(a.sorted.back().value)};
    const Point b_low{b.x, plot.y_of(b.sorted.front().value)};
    const Point b_high{b.x, plot.y_of(b.sorted.back().value)};
    ui.canvas.triangle(a_low, a_high, b_high, color);
    ui.canvas.triangle(a_low, b_high, b_low, color);
  }
}

void draw_line(Ui& ui, const Plot& plot, std::span<const CurvePoint> points) {
  std::vector<Point> line;
  const auto flush = [&] {
    if (line.size() > 1) ui.canvas.polyline(line, ui.theme.accent, 2);
    line.clear();
  };
  for (const CurvePoint& point : points) {
    if (point.sorted.empty()) {
      flush();
    } else {
      line.push_back({point.x, plot.y_of(median_of(point.sorted).value)});
    }
  }
  flush();
}

std::vector<std::string> told_point(const Ui& ui, const SeriesReport& report, const CurvePoint& point) {
  std::vector<std::string> out{std::string(ui.say(report.swept->label)) + " " +
                               std::string(ui.say(show_value(*report.swept, point.value)))};
  if (!point.sorted.empty() && point.sorted.front().key != went_wrong) {
    const auto line = [&](const Text& name, const Figure& figure) {
      out.push_back(std::string(ui.say(name)).append(" ").append(show_figure(figure)));
    };
    line(messages::median, median_of(point.sorted));
    if (point.sorted.size() > 1) {
      line(messages::least, point.sorted.front());
      line(messages::most, point.sorted.back());
    }
  }
  out.push_back(fill(as_meant_words,
                     {{"n", static_cast<std::int64_t>(point.as_meant)}, {"all", static_cast<std::int64_t>(point.runs)}})
                    .in(ui.language));
  out.emplace_back(ui.say(click_to_set));
  return out;
}

// The strip of the plot that belongs to a point: hovered it tells, clicked it sets the value.
void draw_point(Ui& ui, const Plot& plot, const SeriesReport& report, const CurvePoint& point, float pitch) {
  const std::string shown(ui.say(show_value(*report.swept, point.value)));
  const std::string median = point.sorted.empty() ? std::string{} : show_figure(median_of(point.sorted));
  const Rect strip{point.x - pitch / 2, plot.inside.y, pitch, plot.inside.h};
  const std::string key = "series.point." + print_value(*report.swept, point.value);
  const Press press = ui.press({"button", key, std::string(ui.say(report.swept->label)) + " " + shown, median},
                               strip.meet(plot.inside.inset(-pitch / 2, 0)));
  if (press.clicked) ui.requests.push_back(SetParameter{std::string(report.swept->key), point.value});
  if (press.hovered || press.focused) {
    ui.canvas.fill({point.x - 0.5F, plot.inside.y, 1, plot.inside.h}, ui.theme.text.faded(0.4F));
    ui.tooltip(told_point(ui, report, point));
  }
  for (const SeriesRun& run : report.runs) {
    if (run.value != point.value || point.sorted.empty()) continue;
    const Figure* figure = figure_in(run.outcome, point.sorted.front().key);
    if (figure == nullptr) continue;
    ui.canvas.circle({point.x, plot.y_of(figure->value)}, 3, dot_color(ui.theme, run.outcome.verdict));
  }
  if (!point.sorted.empty()) {
    const Point at{point.x, plot.y_of(median_of(point.sorted).value)};
    ui.canvas.circle(at, press.hovered ? 6.0F : 4.5F, ui.theme.panel);
    ui.canvas.ring(at, press.hovered ? 6.0F : 4.5F, ui.theme.accent, 2);
  }
}

}  // namespace

void draw_distribution(Ui& ui, Rect area, const SeriesReport& report, std::string_view figure) {
  const std::vector<Figure> sorted = sorted_figures(report.outcomes(), figure);
  if (sorted.empty()) return;
  const std::vector<Column> columns = columns_of(report, figure, sorted);
  Rect axis = area.cut_bottom(axis_height);
  axis.cut_top(gap_1 + 2);
  std::size_t most = 1;
  for (const Column& column : columns) most = std::max(most, column.runs.size());
  const float count = static_cast<float>(columns.size());
  const float width = std::min(area.w / count, 56.0F);
  const float pitch = std::min({dot_pitch, width * 0.9F, area.h / static_cast<float>(most)});
  const float left = area.x + (area.w - width * count) / 2;
  ui.canvas.rule({area.x, area.bottom()}, {area.right(), area.bottom()}, ui.theme.line);
  AxisLabels labels(ui, axis);
  for (std::size_t at = 0; at < columns.size(); ++at) {
    const Column& column = columns[at];
    const Rect place{left + static_cast<float>(at) * width, area.y, width, area.h - 1};
    draw_column(ui, place, column, pitch);
    const std::string from = show_figure(with_value(sorted.front(), column.from));
    const std::string range =
        column.to > column.from ? from + " – " + show_figure(with_value(sorted.front(), column.to)) : from;
    labels.put(place.center().x, show_figure(with_value(sorted.front(), (column.from + column.to) / 2)));
    const auto runs = static_cast<std::int64_t>(column.runs.size());
    ui.tell({"meter", "series.column." + std::to_string(at), range, std::to_string(runs)}, place);
    if (runs > 0 && ui.hovers(place)) {
      ui.canvas.fill({place.x, place.bottom() + 1, place.w, 2}, ui.theme.accent);
      const Words told = runs == 1 ? Words(one_run) : fill(runs_of, {{"n", runs}});
      ui.tooltip({range, told.in(ui.language)});
    }
  }
}

void draw_curve(Ui& ui, Rect area, const SeriesReport& report, std::string_view figure) {
  std::vector<CurvePoint> points = points_of(report, figure);
  const Figure* largest = nullptr;
  for (const CurvePoint& point : points) {
    if (point.sorted.empty()) continue;
    if (largest == nullptr || point.sorted.back().value > largest->value) largest = &point.sorted.back();
  }
  if (largest == nullptr) return;
  const Plot plot = draw_grid(ui, area, *largest, largest->value);
  // Evenly spaced: values are options, or go by ratio where their range is wide.
  const float pitch = plot.inside.w / static_cast<float>(report.values.size());
  AxisLabels labels(ui, {plot.inside.x, plot.inside.bottom() + gap_2, plot.inside.w, 16});
  for (std::size_t at = 0; at < report.values.size(); ++at) {
    const float x = plot.inside.x + (static_cast<float>(at) + 0.5F) * pitch;
    if (at < points.size()) points[at].x = x;
    labels.put(x, ui.say(show_value(*report.swept, report.values[at])));
  }
  draw_band(ui, plot, points);
  draw_line(ui, plot, points);
  for (const CurvePoint& point : points) draw_point(ui, plot, report, point, pitch);
}

}  // namespace interleave::view
