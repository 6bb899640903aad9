#include "view/compare/series_view.h"

#include <algorithm>
#include <array>

#include "core/format.h"
#include "view/compare/messages_compare.h"
#include "view/compare/series_charts.h"
#include "view/kit/keys.h"
#include "view/kit/widgets.h"

namespace interleave::view {
namespace {

constexpr Text many_runs{"Many runs", "여러 번 실행"};
constexpr Text repeat_words{"Repeat", "반복"};
constexpr Text repeat_times{"{n} times", "{n}번"};
constexpr Text repeat_hint{"Runs this again and again, and shows how often it goes wrong.",
                           "같은 설정으로 여러 번 돌려 얼마나 자주 잘못되는지 봅니다."};
constexpr Text sweep{"Sweep", "바꿔 보기"};
constexpr Text sweep_hint{"Runs at each value of one parameter, and draws the curve.",
                          "매개변수 하나를 값마다 돌려 곡선을 그립니다."};
constexpr Text no_repeat{"An exploration gives the same each time.", "탐색은 몇 번을 해도 같습니다."};
constexpr Text swept_parameter{"Parameter to sweep", "바꿔 볼 매개변수"};
constexpr Text repeat_count{"How often", "횟수"};
constexpr Text repeated_title{"{title}, {n} times", "{title}, {n}번 반복"};
constexpr Text swept_title{"{title} by {name}", "{name}에 따른 {title}"};
constexpr Text done_of{"{done} of {all} runs", "{all}번 중 {done}번"};
constexpr Text stop_series{"Stop", "멈춤"};
constexpr Text stopping_series{"Stopping", "멈추는 중"};
constexpr Text stopped_early{"Stopped after {done} of {all} runs.", "{all}번 중 {done}번까지 하고 멈췄습니다."};
constexpr Text waiting_for_first{"The first run has not ended yet.", "첫 실행이 아직 끝나지 않았습니다."};
constexpr Text show_figure_of{"Figure", "수치"};
constexpr Text close_series{"Back to the stage", "무대로 돌아가기"};
constexpr Text sweep_key{"line: median · band: least to most of {n} runs", "선: 중앙값 · 띠: {n}번의 최소에서 최대"};
constexpr Text went_wrong_key{"of {n} runs of each value", "값마다 {n}번 실행"};
constexpr Text dots_key{"each dot is a run", "점 하나가 실행 하나"};

constexpr std::array repeats{10, 50, 200};
// Of a sweep: enough to see how far they lie apart, and on Simulate, where a run is quick, how often one goes wrong.
constexpr int runs_of_a_value = 5;
constexpr int simulated_runs_of_a_value = 20;
constexpr float head_height = 56;
constexpr float widest_chart = 900;
constexpr float roomy_from = 560;
constexpr float highest_chart = 440;
constexpr float summary_row = 26;

// What the engine has that is worth a curve: not a seed, and not what a single operation costs.
bool worth_sweeping(const ParamSpec& spec) {
  return spec.key != "seed" && (spec.kind == ParamKind::integer || spec.kind == ParamKind::choice);
}

std::vector<const ParamSpec*> sweepable(const Model& model) {
  std::vector<const ParamSpec*> out;
  for (const ParamSpec& spec : model.params.specs) {
    if (spec.kind != ParamKind::text && spec.max > spec.min) out.push_back(&spec);
  }
  for (const ParamSpec& spec : model.engine_params.specs) {
    if (worth_sweeping(spec) && spec.max > spec.min) out.push_back(&spec);
  }
  if (model.presets != nullptr) out.push_back(model.presets);
  return out;
}

bool busy(const Model& model) {
  const trace::Phase phase = model.snapshot->phase;
  const bool series = model.series != nullptr && model.series->active();
  return series || phase == trace::Phase::running || phase == trace::Phase::starting;
}

const WorkloadInfo* workload_of(const Model& model, const SeriesReport& report) {
  const auto found = std::ranges::find(model.workloads, std::string_view(report.workload), &WorkloadInfo::id);
  return found == model.workloads.end() ? nullptr : &*found;
}

std::string title_of(const Ui& ui, const WorkloadInfo& workload, const SeriesReport& report) {
  if (report.swept)
    return fill(swept_title, {{"title", workload.title}, {"name", report.swept->label}}).in(ui.language);
  return fill(repeated_title, {{"title", workload.title}, {"n", static_cast<std::int64_t>(report.planned)}})
      .in(ui.language);
}

float summary_column(Rect row) { return std::min(96.0F, row.w / 5); }

// Least, median and most of one figure.
void draw_summary(Ui& ui, Rect row, const SeriesReport& report, std::string_view key) {
  const std::vector<Figure> sorted = sorted_figures(report.outcomes(), key);
  if (sorted.empty()) return;
  const Figure& middle = median_of(sorted);
  const std::string value =
      show_figure(sorted.front()) + " · " + show_figure(middle) + " · " + show_figure(sorted.back());
  ui.tell({"meter", std::string("series.summary.").append(key), ui.say(middle.label), value}, row);
  const float width = summary_column(row);
  for (const Figure* figure : {&sorted.back(), &middle, &sorted.front()}) {
    ui.canvas.text(row.cut_right(width), Type::body_strong, ui.theme.text, show_figure(*figure), Align::right);
  }
  ui.canvas.text(row, Type::body, ui.theme.sub, ui.say(middle.label));
}

void draw_summary_head(Ui& ui, Rect row) {
  const float width = summary_column(row);
  for (const Text* text : {&messages::most, &messages::median, &messages::least}) {
    ui.canvas.text(row.cut_right(width), Type::label, ui.theme.mute, ui.say(*text), Align::right);
  }
}

}  // namespace

const SeriesReport* SeriesView::shown(const Model& model) {
  const bool same = model.series != nullptr && model.series->workload == model.workload->id;
  return same ? model.series : nullptr;
}

const ParamSpec* SeriesView::swept(const Model& model) const {
  const std::vector<const ParamSpec*> specs = sweepable(model);
  if (specs.empty()) return nullptr;
  const auto chosen = std::ranges::find(specs, std::string_view(swept_), &ParamSpec::key);
  if (chosen != specs.end()) return *chosen;
  const auto number =
      std::ranges::find_if(specs, [](const ParamSpec* spec) { return spec->kind == ParamKind::integer; });
  return number == specs.end() ? specs.front() : *number;
}

float SeriesView::draw_controls(Ui& ui, Rect area, const Model& model) {
  ui.canvas.text(Rect{area.x, area.y, area.w, 24}, Type::label_strong, ui.theme.mute, ui.say(many_runs));
  const float row = ui.control();
  const bool off = busy(model);
  draw_repeat_row(ui, {area.x, area.y + 28, area.w, row}, model, off);
  draw_sweep_row(ui, {area.x, area.y + 28 + row + gap_2, area.w, row}, model, off);
  return 28 + 2 * row + gap_2;
}

namespace {

// Both buttons are as wide as the wider one, so that what belongs to them begins at one place.
float action_width(Ui& ui) {
  const ButtonLook look;
  return std::max(button_width(ui, ui.say(repeat_words), look), button_width(ui, ui.say(sweep), look));
}

}  // namespace

void SeriesView::draw_repeat_row(Ui& ui, Rect row, const Model& model, bool busy) {
  const bool explored = model.engine == Engine::explore;
  const ButtonLook look{ButtonStyle::secondary, Icon::none, false, !busy && !explored, false};
  if (button(ui, row.cut_left(action_width(ui)), "repeat", ui.say(repeat_words), look,
             ui.say(explored ? no_repeat : repeat_hint)))
    ui.requests.push_back(RepeatRun{repeats.at(repeat_)});
  row.cut_left(gap_2);
  std::array<std::string, repeats.size()> keys;
  std::array<std::string, repeats.size()> texts;
  std::vector<Segment> entries;
  for (std::size_t at = 0; at < repeats.size(); ++at) {
    keys[at] = std::to_string(repeats[at]);
    texts[at] = fill(repeat_times, {{"n", std::int64_t{repeats[at]}}}).in(ui.language);
    entries.push_back({keys[at], texts[at]});
  }
  if (const auto chosen = dropdown(ui, row, "repeat.count", ui.say(repeat_count), entries, repeat_)) repeat_ = *chosen;
}

void SeriesView::draw_sweep_row(Ui& ui, Rect row, const Model& model, bool busy) {
  const ParamSpec* spec = swept(model);
  if (spec == nullptr) return;
  const ButtonLook look{ButtonStyle::secondary, Icon::none, false, !busy, false};
  if (button(ui, row.cut_left(action_width(ui)), "sweep", ui.say(sweep), look, ui.say(sweep_hint))) {
    const int repeat = model.engine == Engine::explore    ? 1
                       : model.engine == Engine::simulate ? simulated_runs_of_a_value
                                                          : runs_of_a_value;
    ui.requests.push_back(SweepRun{std::string(spec->key), values_to_sweep(*spec), repeat});
  }
  row.cut_left(gap_2);
  std::vector<Segment> entries;
  std::size_t chosen = 0;
  for (const ParamSpec* one : sweepable(model)) {
    if (one->key == spec->key) chosen = entries.size();
    entries.push_back({one->key, ui.say(one->label), true, ui.say(one->hint)});
  }
  if (const auto other = dropdown(ui, row, "sweep.key", ui.say(swept_parameter), entries, chosen))
    swept_ = entries[*other].key;
}

void SeriesView::draw_head(Ui& ui, Rect area, const Model& model, const SeriesReport& report) {
  const Rect close = area.cut_right(ui.control()).middle(ui.control(), ui.control());
  if (!report.active()) {
    const bool pushed =
        button(ui, close, "series.close", ui.say(close_series), {ButtonStyle::quiet, Icon::cross, false, true, true});
    if (pushed || pressed(ui, Key::close)) ui.requests.push_back(CloseSeries{});
  }
  if (report.active()) {
    const bool stopping = report.state == SeriesState::stopping;
    const std::string_view text = ui.say(stopping ? stopping_series : stop_series);
    const ButtonLook look{ButtonStyle::primary, Icon::stop, false, !stopping, false};
    const float width = button_width(ui, text, look);
    const Rect place = Rect{close.right() - width, area.y, width, area.h}.middle(width, ui.control());
    if (button(ui, place, "series.stop", text, look)) ui.requests.push_back(StopRequest{});
    area.w = place.x - gap_3 - area.x;
  }
  const WorkloadInfo* workload = workload_of(model, report);
  if (workload == nullptr) return;
  const std::string title = title_of(ui, *workload, report);
  const Type type = ui.canvas.measure(Type::title, title) <= area.w ? Type::title : Type::body_strong;
  const float height = ui.canvas.paragraph_height(area.w, type, title);
  ui.canvas.paragraph(area.middle(area.w, height), type, ui.theme.text, title);
  ui.tell({"heading", "series.title", title}, area);
}

float SeriesView::draw_progress(Ui& ui, Rect area, const SeriesReport& report) {
  const auto done = static_cast<std::int64_t>(report.runs.size());
  const auto all = static_cast<std::int64_t>(report.planned);
  if (report.state == SeriesState::finished) return 0;
  const Text& pattern = report.state == SeriesState::stopped ? stopped_early : done_of;
  const Words told = fill(pattern, {{"done", done}, {"all", all}});
  const std::string_view text = report.problem ? ui.say(*report.problem) : ui.say(told);
  const float share = all == 0 ? 0.0F : static_cast<float>(done) / static_cast<float>(all);
  ui.tell({"progressbar", "series.progress", text, format_percent(static_cast<double>(share))}, area);
  if (report.active()) bar(ui, Rect{area.x, area.y + 4, area.w, 8}, share, ui.theme.accent);
  const float top = report.active() ? 20 : 0;
  const Color ink = report.problem ? ui.theme.bad : ui.theme.sub;
  return top + ui.canvas.paragraph({area.x, area.y + top, area.w, 0}, Type::body, ink, text) + gap_3;
}

// The dropdown at the row's right end. Returns the key of the figure to draw.
std::string_view SeriesView::choose_figure(Ui& ui, Rect& row, const SeriesReport& report) {
  const std::vector<const Outcome*> outcomes = report.outcomes();
  const std::vector<Figure> figures = figures_to_draw(report);
  if (figures.empty()) return {};
  const std::string_view wanted = figure_.empty() ? main_figure(outcomes, report.timed) : std::string_view(figure_);
  std::vector<Segment> entries;
  std::size_t chosen = 0;
  for (const Figure& figure : figures) {
    if (is_idle_time(figure, report.timed)) continue;
    if (figure.key == wanted) chosen = entries.size();
    entries.push_back({figure.key, ui.say(figure.label)});
  }
  if (entries.empty()) return {};
  const float width = std::min(row.w, dropdown_width(ui, entries) + gap_4);
  const Rect place = row.cut_right(width).middle(width, ui.control());
  if (const auto other = dropdown(ui, place, "series.figure", ui.say(show_figure_of), entries, chosen)) {
    figure_ = entries[*other].key;
    chosen = *other;
  }
  row.cut_right(gap_3);
  // Keys stand in the program's text, so they outlive the entries.
  return entries[chosen].key;
}

void SeriesView::draw_sentence(Ui& ui, Rect& body, const Model& model, const SeriesReport& report) {
  const WorkloadInfo* workload = workload_of(model, report);
  const Words words = told(report, workload == nullptr ? std::nullopt : workload->mishap);
  const bool waits = report.runs.empty() && report.active();
  const std::string_view sentence = waits ? ui.say(waiting_for_first) : ui.say(words);
  if (sentence.empty()) return;
  const bool bad = count_of(report.outcomes(), Verdict::ok) < report.runs.size();
  const Color ink = waits ? ui.theme.sub : bad ? ui.theme.bad : ui.theme.good;
  ui.tell({"text", "series.sentence", sentence}, body);
  body.cut_top(ui.canvas.paragraph(body, Type::title, ink, sentence) + gap_3);
}

// The machine at the foot: what a figure is worth depends on it.
void SeriesView::draw_machine(Ui& ui, Rect& body, const Model& model) {
  if (model.machine == nullptr) return;
  const std::string_view text = ui.say(*model.machine);
  const Rect foot = body.cut_bottom(ui.canvas.paragraph_height(body.w, Type::label, text) + gap_3);
  ui.canvas.paragraph(foot, Type::label, ui.theme.mute, text);
  ui.tell({"text", "series.machine", text}, foot);
}

void SeriesView::draw(Ui& ui, Rect area, const Model& model) {
  const SeriesReport* report = shown(model);
  if (report == nullptr) return;
  if (report->number != series_) {
    series_ = report->number;
    figure_.clear();
  }
  ui.canvas.fill(area, ui.theme.bg);
  Rect body = area.inset(area.w < roomy_from ? gap_4 : gap_6, 0);
  draw_head(ui, body.cut_top(head_height), model, *report);
  if (body.w > widest_chart) body = body.middle(widest_chart, body.h);
  draw_sentence(ui, body, model, *report);
  body.cut_top(draw_progress(ui, body, *report));
  if (report->runs.empty()) return;
  draw_machine(ui, body, model);
  body.cut_bottom(gap_2);
  Rect head = body.cut_top(ui.control() + gap_2);
  const std::string_view figure = choose_figure(ui, head, *report);
  if (figure.empty()) return;
  const auto each = static_cast<std::int64_t>(report->values.empty() ? 0 : report->planned / report->values.size());
  const Text& of_value = figure == went_wrong ? went_wrong_key : sweep_key;
  const Words key = report->swept ? fill(of_value, {{"n", each}}) : Words(dots_key);
  if (ui.canvas.measure(Type::label, ui.say(key)) <= head.w)
    ui.canvas.text(head, Type::label, ui.theme.mute, ui.say(key));
  const bool with_time = report->timed && figure != "elapsed";
  const float summary_height = report->swept ? 0 : 20 + (with_time ? 2.0F : 1.0F) * summary_row + gap_4;
  const Rect chart = body.cut_top(std::min(body.h - summary_height, highest_chart));
  card(ui, chart);
  if (report->swept) {
    draw_curve(ui, chart.inset(gap_4, gap_3), *report, figure);
    return;
  }
  draw_distribution(ui, chart.inset(gap_4, gap_3), *report, figure);
  Rect summary = body.cut_top(summary_height);
  summary.cut_top(gap_3);
  draw_summary_head(ui, summary.cut_top(20));
  draw_summary(ui, summary.cut_top(summary_row), *report, figure);
  if (with_time) draw_summary(ui, summary.cut_top(summary_row), *report, "elapsed");
}

}  // namespace interleave::view
