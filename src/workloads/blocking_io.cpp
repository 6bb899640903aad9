#include "workloads/blocking_io.h"

#include <algorithm>

#include "core/format.h"
#include "core/percentile.h"
#include "trace/metrics.h"

namespace interleave::workloads {
namespace {

// Calls that came back so late that they must have waited for the GIL.
std::int64_t late(const BlockingIo::Params& params, const std::vector<Nanoseconds>& latencies) {
  const Nanoseconds limit = params.delay + params.switch_interval / 2;
  return std::ranges::count_if(latencies, [&](Nanoseconds latency) { return latency > limit; });
}

bool has_gil(const BlockingIo::Params& params) { return rt::Interpreting{params.interpreter}.has_gil(); }

bool one_at_a_time(const BlockingIo::Params& params) {
  return params.mode == BlockingIo::Mode::serial || (params.gil == rt::GilDuringIo::kept && has_gil(params));
}

Words sentence(const BlockingIo::Params& params, std::int64_t late_calls, const rt::RunFacts& run) {
  if (!run.timed) return rt::untimed_sentence;
  if (late_calls > 0 && params.hogs > 0 && has_gil(params)) {
    return fill(
        {"{late} of {all} calls had their answer and then waited for the GIL, which a thread that computes gives "
         "up only when asked, after a switch interval: a convoy.",
         "{all}번 가운데 {late}번은 답을 받고도 GIL을 기다렸다. 계산하는 스레드는 전환 간격이 지나 달라고 해야 "
         "내준다. 이것이 호송 현상이다."},
        {{"late", late_calls}, {"all", std::int64_t{params.calls}}});
  }
  if (params.calls == 1) return Text{"One call waits for itself alone.", "호출 하나는 혼자 기다린다."};
  if (params.mode == BlockingIo::Mode::serial) {
    return Text{"Each call waited until the one before it was done.", "호출마다 앞의 호출이 끝나기를 기다렸다."};
  }
  if (one_at_a_time(params)) {
    return Text{"Each call kept the GIL while it waited, so no other could even begin.",
                "호출이 기다리는 동안에도 GIL을 쥐고 있어 다른 호출은 시작도 못 했다."};
  }
  if (params.mode == BlockingIo::Mode::tasks) {
    return Text{"One event loop waited for all of them at the same time, on one thread.",
                "이벤트 루프 하나가 한 스레드에서 모두를 함께 기다렸다."};
  }
  return has_gil(params) ? Text{"A thread lets the GIL go while it waits, so all of them waited at the same time.",
                                "스레드는 기다리는 동안 GIL을 놓으므로 모두 함께 기다렸다."}
                         : Text{"All threads waited at the same time.", "모든 스레드가 함께 기다렸다."};
}

}  // namespace

std::vector<Preset> BlockingIo::presets() {
  return {{"serial",
           {"One after the other", "차례로"},
           {"Five calls of 0.1 s take 0.5 s.", "0.1초 호출 다섯 번은 0.5초."},
           Engine::live,
           {{"mode", "serial"}}},
          {"threads",
           {"In threads", "스레드로"},
           {"Five calls of 0.1 s take 0.1 s.", "0.1초 호출 다섯 번이 0.1초."},
           Engine::live,
           {{"mode", "threads"}}},
          {"tasks",
           {"As coroutines", "코루틴으로"},
           {"The same on one thread.", "한 스레드로도 마찬가지."},
           Engine::live,
           {{"mode", "tasks"}}},
          {"kept",
           {"GIL kept", "GIL을 쥔 채"},
           {"Threads gain nothing.", "스레드를 써도 소용없다."},
           Engine::live,
           {{"mode", "threads"}, {"gil", "kept"}}},
          {"convoy",
           {"The convoy", "호송 현상"},
           {"Round trips of 1 ms beside a thread that computes.", "계산하는 스레드 옆에서 1 ms짜리 왕복."},
           Engine::live,
           {{"mode", "serial"}, {"calls", "200"}, {"delay", "1ms"}, {"hogs", "1"}, {"echo", "on"}}},
          {"virtual",
           {"The convoy, step by step", "호송 현상, 한 걸음씩"},
           {"The same in virtual time.", "같은 일을 가상 시간으로."},
           Engine::simulate,
           {{"mode", "serial"},
            {"calls", "20"},
            {"delay", "1ms"},
            {"hogs", "1"},
            {"echo", "on"},
            {"policy", "round-robin"}}}};
}

bool BlockingIo::fine(const Params&, const Facts& facts) {
  return std::ranges::none_of(facts.latencies, [](Nanoseconds latency) { return latency < 0; });
}

std::int64_t BlockingIo::figure(const Facts& facts) {
  return std::ranges::count_if(facts.latencies, [](Nanoseconds latency) { return latency >= 0; });
}

Outcome BlockingIo::judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
  Outcome out;
  out.verdict = fine(params, facts) ? Verdict::ok : Verdict::failure;
  const auto add = [&](std::string_view key, Text label, FigureUnit unit, double value, Tone tone = Tone::plain) {
    out.figures.push_back({key, label, unit, value, tone});
  };
  const std::int64_t made = figure(facts);
  const std::int64_t late_calls = late(params, facts.latencies);
  add("calls", {"Calls", "호출"}, FigureUnit::count, static_cast<double>(made));
  out.sentence = sentence(params, late_calls, run);
  if (run.engine == Engine::explore || made == 0) {
    out.headline = fill({"{n} calls made", "호출 {n}번"}, {{"n", made}});
    return out;
  }
  std::vector<Nanoseconds> sorted = facts.latencies;
  std::ranges::sort(sorted);
  const std::string time = format_duration(facts.elapsed);
  out.headline =
      made == 1 ? fill({"One call in {time}", "호출 한 번에 {time}"}, {{"time", std::string_view(time)}})
                : fill({"{n} calls in {time}", "호출 {n}번에 {time}"}, {{"n", made}, {"time", std::string_view(time)}});
  add("elapsed", {"Elapsed", "걸린 시간"}, FigureUnit::nanoseconds, static_cast<double>(facts.elapsed));
  add("p50", {"A call, half of them within", "호출 하나(중앙값)"}, FigureUnit::nanoseconds,
      static_cast<double>(percentile(sorted, 50)));
  add("p99", {"99 of 100 within", "100번 중 99번"}, FigureUnit::nanoseconds,
      static_cast<double>(percentile(sorted, 99)));
  add("rate", {"Calls a second", "초당 호출"}, FigureUnit::rate,
      facts.elapsed > 0 ? static_cast<double>(made) * 1e9 / static_cast<double>(facts.elapsed) : 0);
  add("late", {"Waited for the GIL", "GIL을 기다린 호출"}, FigureUnit::count,
      static_cast<double>(has_gil(params) ? late_calls : 0),
      has_gil(params) && late_calls > 0 && params.hogs > 0 ? Tone::bad : Tone::plain);
  if (run.trace_is_whole()) {
    add("handovers", {"GIL hand-overs", "GIL이 넘어간 횟수"}, FigureUnit::count,
        static_cast<double>(trace::measure(*run.trace).gil_handovers));
  }
  return out;
}

}  // namespace interleave::workloads
