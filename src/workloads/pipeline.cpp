#include "workloads/pipeline.h"

#include <algorithm>
#include <cmath>

#include "core/format.h"
#include "core/percentile.h"

namespace interleave::workloads {
namespace {

using Params = Pipeline::Params;
using Facts = Pipeline::Facts;
using Stage = Pipeline::Stage;
using StageFacts = Pipeline::StageFacts;

// In the order of the stages.
std::vector<double> busy_shares(const Facts& facts) {
  std::vector<double> out;
  for (const StageFacts& stage : facts.stages) {
    out.push_back(Pipeline::busy_share(stage.busy, stage.workers, facts.elapsed));
  }
  return out;
}

std::int64_t sum(const Facts& facts, std::int64_t StageFacts::* what) {
  std::int64_t out = 0;
  for (const StageFacts& stage : facts.stages) out += stage.*what;
  return out;
}

Words name_of(Stage stage) { return Pipeline::name_of(stage); }

Words who_decides(const Params& params, const Facts& facts) {
  const std::vector<double> shares = busy_shares(facts);
  const std::optional<std::size_t> at = Pipeline::bottleneck(shares);
  if (!at) {
    return Text{"No stage was busy for more than half of the time: too little went through to fill the pipeline.",
                "시간의 반을 넘게 바빴던 단계가 없다. 파이프라인을 채우기에는 지나간 것이 너무 적다."};
  }
  const StageFacts& slowest = facts.stages[*at];
  const std::string percent = format_percent(shares[*at]);
  const bool full = params.capacity > 0 && slowest.deepest >= params.capacity;
  const Text pattern =
      full ? Text{"The bottleneck is {stage}: with {n} at work it was busy {share} of the time, and the queue before it "
                  "ran full.",
                  "병목은 {stage}이다. 일꾼 {n}명이 시간의 {share} 동안 바빴고, 그 앞의 큐는 꽉 찼다."}
           : Text{"The bottleneck is {stage}: with {n} at work it was busy {share} of the time.",
                  "병목은 {stage}이다. 일꾼 {n}명이 시간의 {share} 동안 바빴다."};
  return fill(pattern,
              {{"stage", name_of(slowest.stage)}, {"n", slowest.workers}, {"share", std::string_view(percent)}});
}

Words sentence(const Params& params, const Facts& facts, const rt::RunFacts& run) {
  if (facts.stages.empty()) {
    return Text{"Every stage is switched off, so there was nothing to do.", "단계가 모두 꺼져 있어 할 일이 없었다."};
  }
  if (const std::int64_t gave_up = sum(facts, &StageFacts::gave_up); gave_up > 0) {
    return fill(
        {"Workers that looked {looks} times in a row and found nothing gave up: {n} of them. Someone who sleeps "
         "until a queue wakes him has no such limit.",
         "연달아 {looks}번 허탕 친 일꾼이 그만두었다. 모두 {n}명이다. 큐가 깨울 때까지 자는 일꾼에게는 이런 "
         "한도가 없다."},
        {{"looks", std::int64_t{params.looks}}, {"n", gave_up}});
  }
  if (params.waiting == Pipeline::Waiting::poll) {
    return fill(
        {"The workers looked {looks} times and found nothing {vain} times. One that sleeps until the queue wakes "
         "it never looks in vain, and never comes late.",
         "일꾼들은 {looks}번 들여다보고 {vain}번 허탕 쳤다. 큐가 깨울 때까지 자면 허탕도 없고 늦지도 않는다."},
        {{"looks", sum(facts, &StageFacts::looks)}, {"vain", sum(facts, &StageFacts::vain)}});
  }
  if (run.engine == Engine::explore) return Text{"Every picture came through.", "사진이 모두 빠져나왔다."};
  return run.timed ? who_decides(params, facts) : Words(rt::untimed_sentence);
}

Words headline(const Params& params, const Facts& facts, const rt::RunFacts& run) {
  const auto done = static_cast<std::int64_t>(facts.latencies.size());
  if (facts.stages.empty()) return Text{"Nothing to do", "할 일이 없다"};
  if (!Pipeline::fine(params, facts)) {
    return fill({"{n} of {all} pictures came through", "사진 {all}장 가운데 {n}장만 나왔다"},
                {{"n", facts.whole}, {"all", std::int64_t{params.items}}});
  }
  const std::string time = format_duration(facts.elapsed);
  const Fill in{"time", std::string_view(time)};
  if (run.engine == Engine::explore) return fill({"{n} pictures came through", "사진 {n}장이 나왔다"}, {{"n", done}});
  return done == 1 ? fill({"One picture in {time}", "사진 한 장에 {time}"}, {in})
                   : fill({"{n} pictures in {time}", "사진 {n}장에 {time}"}, {{"n", done}, in});
}

constexpr Text busy_label(Stage stage) {
  switch (stage) {
    case Stage::download: return {"Download, busy", "내려받기 가동률"};
    case Stage::resize: return {"Resize, busy", "줄이기 가동률"};
    case Stage::upload: return {"Upload, busy", "올리기 가동률"};
  }
  return {"", ""};
}

}  // namespace

std::vector<Stage> Params::line() const {
  std::vector<Stage> out;
  for (const char letter : orders[static_cast<std::size_t>(order)].key) {
    if (letter == 'd' && download) out.push_back(Stage::download);
    if (letter == 'r' && resize) out.push_back(Stage::resize);
    if (letter == 'u' && upload) out.push_back(Stage::upload);
  }
  return out;
}

Text Pipeline::name_of(Stage stage) {
  switch (stage) {
    case Stage::download: return {"download", "내려받기"};
    case Stage::resize: return {"resize", "줄이기"};
    case Stage::upload: return {"upload", "올리기"};
  }
  return {"", ""};
}

Text Pipeline::title_of(Stage stage) {
  switch (stage) {
    case Stage::download: return {"Download", "내려받기"};
    case Stage::resize: return {"Resize", "줄이기"};
    case Stage::upload: return {"Upload", "올리기"};
  }
  return {"", ""};
}

Text Pipeline::in_hand_of(Stage stage) {
  switch (stage) {
    case Stage::download: return {"item in hand of download", "처리 중인 항목, 내려받기"};
    case Stage::resize: return {"item in hand of resize", "처리 중인 항목, 줄이기"};
    case Stage::upload: return {"item in hand of upload", "처리 중인 항목, 올리기"};
  }
  return {"", ""};
}

std::vector<Preset> Pipeline::presets() {
  return {{"flow",
           {"As it comes", "기본"},
           {"A thousand pictures; uploading is the bottleneck.", "사진 천 장. 올리기가 병목이다."},
           Engine::live,
           {}},
          {"single",
           {"One worker each", "일꾼 하나씩"},
           {"It shows the flow rather than speed.", "속도보다 흐름이 보인다."},
           Engine::live,
           {{"items", "200"}, {"downloaders", "1"}, {"resizers", "1"}, {"uploaders", "1"}, {"capacity", "4"}}},
          {"unbounded",
           {"No bound", "끝없는 큐"},
           {"Without a capacity everything piles up before the bottleneck.", "용량이 없으면 병목 앞에 다 쌓인다."},
           Engine::live,
           {{"capacity", "0"}, {"downloaders", "5"}, {"uploaders", "1"}}},
          {"never",
           {"Never closed", "닫지 않으면"},
           {"The workers wait for ever.", "일꾼들이 끝없이 기다린다."},
           Engine::live,
           {{"items", "200"}, {"close", "never"}}},
          {"forgotten",
           {"No task_done", "task_done을 잊으면"},
           {"Join waits for ever.", "join이 끝나지 않는다."},
           Engine::live,
           {{"items", "200"}, {"task-done", "off"}}},
          {"poll",
           {"Polling", "들여다보기"},
           {"What looking again and again costs.", "자꾸 들여다보는 값."},
           Engine::live,
           {{"items", "200"}, {"waiting", "poll"}}},
          {"virtual",
           {"Step by step", "한 걸음씩"},
           {"The same in virtual time.", "같은 일을 가상 시간으로."},
           Engine::simulate,
           {}}};
}

Nanoseconds Pipeline::row_cost(const Params& params) {
  const Nanoseconds pixels = std::int64_t{params.side} * params.side;
  return std::max<Nanoseconds>(1, pixels * pixel_in_picoseconds / 1'000 / Gallery::thumbnail_side);
}

std::vector<Pipeline::Told> Pipeline::told_by_gauges(const Params& params) {
  std::vector<Told> out;
  std::size_t line = 0;
  for (const Stage stage : params.line()) {
    out.push_back({line, std::nullopt});
    for (int worker = 0; worker < params.workers(stage); ++worker) {
      out.push_back({line, static_cast<std::size_t>(worker)});
    }
    ++line;
  }
  return out;
}

double Pipeline::busy_share(Nanoseconds busy, std::int64_t workers, Nanoseconds elapsed) {
  const double time = static_cast<double>(workers) * static_cast<double>(elapsed);
  return time > 0 ? std::min(1.0, static_cast<double>(busy) / time) : 0;
}

std::string_view Pipeline::busy_key(Stage stage) {
  return stage == Stage::download ? "busy-download" : stage == Stage::resize ? "busy-resize" : "busy-upload";
}

std::optional<std::size_t> Pipeline::bottleneck(std::span<const double> busy_shares) {
  const auto busiest = std::ranges::max_element(busy_shares);
  if (busiest == busy_shares.end() || *busiest <= 0.5) return std::nullopt;
  return static_cast<std::size_t>(busiest - busy_shares.begin());
}

bool Pipeline::fine(const Params& params, const Facts& facts) {
  if (facts.stages.empty()) return true;
  return figure(facts) == params.items && facts.whole == params.items;
}

std::int64_t Pipeline::figure(const Facts& facts) { return static_cast<std::int64_t>(facts.latencies.size()); }

Outcome Pipeline::judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
  Outcome out;
  out.verdict = fine(params, facts) ? Verdict::ok : Verdict::failure;
  out.headline = headline(params, facts, run);
  out.sentence = sentence(params, facts, run);
  const auto add = [&](std::string_view key, Text label, FigureUnit unit, double value, Tone tone = Tone::plain) {
    out.figures.push_back({key, label, unit, value, tone});
  };
  add("done", {"Done", "완료"}, FigureUnit::count, static_cast<double>(figure(facts)));
  if (run.engine == Engine::explore || facts.latencies.empty() || facts.elapsed <= 0) return out;
  const auto elapsed = static_cast<double>(facts.elapsed);
  std::vector<Nanoseconds> sorted = facts.latencies;
  std::ranges::sort(sorted);
  add("rate", {"Pictures a second", "초당 사진"}, FigureUnit::rate, static_cast<double>(sorted.size()) * 1e9 / elapsed);
  add("elapsed", {"Elapsed", "걸린 시간"}, FigureUnit::nanoseconds, elapsed);
  add("p50", {"From end to end, half within", "한 장이 걸린 시간(중앙값)"}, FigureUnit::nanoseconds,
      static_cast<double>(percentile(sorted, 50)));
  add("p99", {"99 of 100 within", "100장 중 99장"}, FigureUnit::nanoseconds,
      static_cast<double>(percentile(sorted, 99)));
  const std::vector<double> shares = busy_shares(facts);
  for (std::size_t at = 0; at < shares.size(); ++at) {
    const Stage stage = facts.stages[at].stage;
    add(busy_key(stage), busy_label(stage), FigureUnit::share, shares[at]);
  }
  std::int64_t deepest = 0;
  for (const StageFacts& stage : facts.stages) deepest = std::max(deepest, stage.deepest);
  add("deepest", {"Deepest queue", "가장 깊던 큐"}, FigureUnit::count, static_cast<double>(deepest));
  // Little's law, L = lambda W, of all queues together: L from how deep they were when, W from the stamps of each item,
  // lambda from a count.
  const std::int64_t taken = sum(facts, &StageFacts::taken);
  const double rate = static_cast<double>(taken) / elapsed;
  const double wait = taken > 0 ? static_cast<double>(sum(facts, &StageFacts::queued)) / static_cast<double>(taken) : 0;
  add("queued", {"In the queues, on average: L", "큐에 든 수(평균): L"}, FigureUnit::ratio,
      static_cast<double>(sum(facts, &StageFacts::item_time)) / elapsed);
  add("little", {"Rate x time in a queue: λW", "비율 x 큐에 든 시간: λW"}, FigureUnit::ratio, rate * wait);
  if (params.waiting == Waiting::poll) {
    const std::int64_t vain = sum(facts, &StageFacts::vain);
    add("vain", {"Looks in vain", "헛걸음"}, FigureUnit::count, static_cast<double>(vain),
        vain > 0 ? Tone::bad : Tone::plain);
  }
  return out;
}

Words Pipeline::explain_hang(const Params& params, const Facts& facts) {
  if (!fine(params, facts)) {
    // Only workers that have given up can stop the flow; then those before them have no room left.
    if (params.waiting != Waiting::poll) return {};
    return Text{"Workers that polled gave up, and nobody takes any more from the queue before them.",
                "자꾸 들여다보던 일꾼들이 그만두어, 그 앞의 큐에서 꺼낼 이가 없다."};
  }
  if (!params.task_done) {
    return Text{
        "All pictures came through, but no worker called task_done. The main thread waits in join for work that has "
        "long been done.",
        "사진은 모두 나왔지만 아무도 task_done을 부르지 않았다. 메인 스레드는 이미 끝난 일을 join에서 기다린다."};
  }
  return Text{
      "All pictures came through, but nobody closed the queues. The workers wait for a picture that will never come, "
      "and "
      "the main thread waits for the workers.",
      "사진은 모두 나왔지만 아무도 큐를 닫지 않았다. 일꾼들은 오지 않을 사진을, 메인 스레드는 일꾼들을 기다린다."};
}

}  // namespace interleave::workloads
