#include "cli/report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <ostream>

#include "cli/table.h"

#include "core/format.h"
#include "core/spread.h"
#include "core/workload_info.h"
#include "session/sharing.h"

namespace interleave::cli {
namespace {

constexpr std::size_t longest_schedule_shown = 400;
constexpr std::size_t bars_shown = 20;

constexpr Text label_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok: return {"as meant", "정상"};
    case Verdict::failure: return {"failed", "실패"};
    case Verdict::hang: return {"hung", "멈춤"};
    case Verdict::cancelled: return {"cancelled", "취소"};
    case Verdict::limit: return {"hit a limit", "한계"};
  }
  return {"", ""};
}

std::string say(Text text, Language language) { return std::string(text.in(language)); }

std::string host_line(const session::Host& host, Language language) {
  return fill({"{cores} cores, {compiler}, {environment}, clock resolution {clock}, interleave {version}",
               "코어 {cores}개, {compiler}, {environment}, 시계 해상도 {clock}, interleave {version}"},
              {{"cores", std::int64_t{host.cores}},
               {"compiler", std::string_view(host.compiler)},
               {"environment", std::string_view(host.environment)},
               {"clock", format_duration(host.clock_resolution)},
               {"version", std::string_view(host.version)}})
      .in(language);
}

void add_metrics(const session::RunRecord& record, Language language, Table& table) {
  const trace::Metrics& metrics = record.metrics;
  const auto add = [&](Text label, std::string value) { table.add({say(label, language), std::move(value)}); };
  if (record.setup.engine() != Engine::explore) {
    add({"threads running at once, at most", "함께 돈 스레드(최대)"}, format_count(metrics.overlap));
    add({"waits for a lock", "락을 기다린 횟수"}, format_count(static_cast<std::int64_t>(metrics.waits)));
    if (metrics.waits > 0) {
      add({"wait, mean", "기다림, 평균"}, format_duration(std::llround(metrics.wait_mean())));
      add({"wait, longest", "기다림, 최장"}, format_duration(metrics.wait_max));
    }
    if (metrics.gil_takes > 0) {
      add({"GIL hand-overs", "GIL이 넘어간 횟수"}, format_count(static_cast<std::int64_t>(metrics.gil_handovers)));
      add({"asked for the GIL", "GIL을 달라고 한 횟수"}, format_count(static_cast<std::int64_t>(metrics.gil_requests)));
    }
    const std::string bytes = format_bytes(static_cast<double>(metrics.events * sizeof(trace::Event)));
    add({"events", "이벤트"}, format_count(static_cast<std::int64_t>(metrics.events)) + " (" + bytes + ")");
    if (metrics.unrecorded > 0) {
      add({"events not recorded", "기록하지 못한 이벤트"}, format_count(static_cast<std::int64_t>(metrics.unrecorded)));
    }
  }
  add({"real time", "실제 시간"}, format_duration(record.elapsed));
  if (record.hash) add({"trace hash", "트레이스 해시"}, trace::print_hash(*record.hash));
}

Words how_much(const trace::ExplorationReport& report) {
  if (report.sampled) {
    return Text{"Orders were drawn at random, so nothing is proved.", "순서를 무작위로 뽑아 증명된 것은 없습니다."};
  }
  if (report.exhausted) return Text{"Every order that matters was run.", "달라질 수 있는 모든 순서를 돌렸습니다."};
  if (report.executions > 0 && report.bound && report.failures == 0) {
    return fill({"Every order with at most {n} interruptions was looked at, and no other.",
                 "가로막기가 {n}번까지인 순서는 모두 보았고, 그 밖은 보지 않았습니다."},
                {{"n", std::int64_t{*report.bound}}});
  }
  return Text{"Not every order was run, so nothing is proved.", "모든 순서를 돌리지 못해 증명된 것은 없습니다."};
}

void print_exploration(const session::Setup& setup, const trace::ExplorationReport& report, Language language,
                       std::ostream& out) {
  out << "\n  " << how_much(report).in(language) << '\n';
  if (!report.histogram.empty()) {
    const bool chances = report.histogram.front().chance.has_value();
    Table bars;
    bars.add({say({"value", "값"}, language), say({"executions", "실행"}, language),
              chances ? say({"at random", "무작위"}, language) : "", ""});
    for (const auto& bar : report.histogram) {
      if (bars.rows.size() > bars_shown) break;
      bars.add({format_count(bar.value), format_count(static_cast<std::int64_t>(bar.executions)),
                bar.chance ? format_chance(*bar.chance) : "", bar.failure ? say({"fails", "실패"}, language) : ""});
    }
    out << '\n';
    print_figures(bars, out);
  }
  if (report.schedule.empty()) return;
  out << "\n  "
      << say(report.shortest ? Text{"The shortest failure", "가장 짧은 실패"}
                             : Text{"The shortest failure found", "찾은 것 가운데 가장 짧은 실패"},
             language)
      << ": " << report.schedule << '\n';
  for (const auto& line : report.story) out << "    " << line.words.in(language) << '\n';
  out << "  " << say({"To see it", "다시 보려면"}, language) << ": "
      << session::command_of(setup.replaying(report.schedule), session::FlagForm::apart) << '\n';
}

}  // namespace

void print_origin(const session::Setup& setup, const session::Host& host, Language language, std::ostream& out,
                  std::string_view more) {
  out << "\n  " << session::command_of(setup, session::FlagForm::apart) << more << "\n  " << host_line(host, language)
      << '\n';
}

void print_list(const session::Catalogue& catalogue, Language language, std::ostream& out) {
  for (const Group group : groups) {
    Table table;
    for (const rt::Entry& entry : catalogue.entries()) {
      if (entry.info.group != group) continue;
      table.add({std::string(entry.info.id), say(entry.info.title, language), say(entry.info.summary, language)});
    }
    if (table.rows.empty()) continue;
    out << say(title_of(group), language) << '\n';
    print_names(table, out);
  }
}

void print_run(const session::RunRecord& record, const session::Host& host, Language language, std::ostream& out) {
  const Outcome& outcome = record.outcome;
  out << outcome.headline.in(language) << '\n';
  if (!outcome.sentence.empty()) out << outcome.sentence.in(language) << '\n';
  for (const Words& link : outcome.cycle) out << "    " << link.in(language) << '\n';
  if (record.races && !record.races->sentence.empty()) out << record.races->sentence.in(language) << '\n';
  Table table;
  for (const Figure& figure : outcome.figures) table.add({say(figure.label, language), show_figure(figure)});
  add_metrics(record, language, table);
  out << '\n';
  print_figures(table, out);
  if (!record.schedule.empty()) {
    out << "\n  " << say({"Schedule", "일정"}, language) << ": ";
    if (record.schedule.size() <= longest_schedule_shown) {
      out << record.schedule << '\n';
    } else {
      out << fill({"{bytes} characters, in --json", "{bytes}글자, --json에 있음"},
                  {{"bytes", static_cast<std::int64_t>(record.schedule.size())}})
                 .in(language)
          << '\n';
    }
  }
  if (record.exploration) print_exploration(record.setup, *record.exploration, language, out);
  print_origin(record.setup, host, language, out);
}

void print_runs(std::span<const session::RunRecord> records, const session::Host& host, Language language,
                std::ostream& out) {
  std::vector<const Outcome*> outcomes;
  for (const session::RunRecord& record : records) outcomes.push_back(&record.outcome);
  for (const Verdict verdict : verdicts) {
    const std::size_t count = count_of(outcomes, verdict);
    if (count == 0) continue;
    out << fill({"{label} in {count} of {all} runs", "{all}번 가운데 {count}번 {label}"},
                {{"label", label_of(verdict)},
                 {"count", static_cast<std::int64_t>(count)},
                 {"all", static_cast<std::int64_t>(records.size())}})
               .in(language)
        << '\n';
  }
  Table table;
  table.add(
      {"", say({"least", "최소"}, language), say({"median", "중앙값"}, language), say({"most", "최대"}, language)});
  for (const Figure& figure : records.front().outcome.figures) {
    const std::vector<Figure> all = sorted_figures(outcomes, figure.key);
    table.add(
        {say(figure.label, language), show_figure(all.front()), show_figure(median_of(all)), show_figure(all.back())});
  }
  out << '\n';
  if (table.rows.size() > 1) print_figures(table, out);
  print_origin(records.front().setup, host, language, out);
}

}  // namespace interleave::cli
