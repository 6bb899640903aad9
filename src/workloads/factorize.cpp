#include "workloads/factorize.h"

#include "core/format.h"
#include "trace/metrics.h"

namespace interleave::workloads {
namespace {

// Another way to the same number: from the prime factors, whose exponents may each be chosen.
std::int64_t divisors_of(std::int64_t number) {
  std::int64_t out = 1;
  for (std::int64_t prime = 2; prime * prime <= number; ++prime) {
    std::int64_t exponent = 0;
    for (; number % prime == 0; number /= prime) ++exponent;
    out *= exponent + 1;
  }
  return number > 1 ? out * 2 : out;
}

bool parallel(const Factorize::Params& params) { return params.mode == Factorize::Mode::threads && params.numbers > 1; }

// The processor time that the work takes, from what was running when.
Nanoseconds worked(const trace::Metrics& metrics) {
  Nanoseconds out = 0;
  for (const trace::ThreadMetrics& thread : metrics.threads) out += thread.in(trace::State::running);
  return out;
}

Words headline(const Factorize::Params& params, const rt::RunFacts& run) {
  const std::string time = format_duration(run.elapsed);
  return params.numbers == 1 ? fill({"One number in {time}", "수 하나에 {time}"}, {{"time", std::string_view(time)}})
                             : fill({"{n} numbers in {time}", "수 {n}개에 {time}"},
                                    {{"n", std::int64_t{params.numbers}}, {"time", std::string_view(time)}});
}

Words sentence(const Factorize::Params& params) {
  if (!parallel(params)) {
    return Text{"One thread did everything, so nobody had to wait.", "한 스레드가 다 했으니 아무도 기다리지 않았다."};
  }
  if (rt::Interpreting{params.interpreter}.has_gil()) {
    return Text{"Only the thread that holds the GIL runs, so the threads took turns and gained nothing.",
                "GIL을 쥔 스레드만 돌 수 있어, 스레드들은 번갈아 돌았을 뿐 얻은 것이 없다."};
  }
  return Text{"Nothing keeps the threads apart, so they run on several cores at the same time.",
              "스레드를 가로막는 것이 없어 여러 코어에서 함께 돈다."};
}

}  // namespace

std::vector<Preset> Factorize::presets() {
  const auto preset = [](std::string_view key, Text label, Text hint, Engine engine, std::string_view mode,
                         std::string_view interpreter) {
    return Preset{key, label, hint, engine, {{"mode", mode}, {"interpreter", interpreter}}};
  };
  return {
      preset("serial", {"One after the other", "차례로"}, {"What there is to compare with.", "비교의 기준."},
             Engine::live, "serial", "cpython310"),
      preset("threads", {"Two threads, CPython", "두 스레드, CPython"},
             {"Under the GIL they take turns.", "GIL 아래에서는 번갈아 돈다."}, Engine::live, "threads", "cpython310"),
      preset("free", {"Two threads, no GIL", "두 스레드, GIL 없이"}, {"They run at the same time.", "함께 돈다."},
             Engine::live, "threads", "freethreaded"),
      preset("virtual", {"In virtual time", "가상 시간으로"},
             {"The hand-overs of the GIL, one every 5 ms.", "5 ms마다 넘어가는 GIL."}, Engine::simulate, "threads",
             "cpython310")};
}

std::int64_t Factorize::work(const Params& params) {
  std::int64_t out = 0;
  for (int at = 0; at < params.numbers; ++at) out += params.number(at);
  return out;
}

bool Factorize::fine(const Params& params, const Facts& facts) {
  for (int at = 0; at < params.numbers; ++at) {
    if (facts.divisors[static_cast<std::size_t>(at)] != divisors_of(params.number(at))) return false;
  }
  return true;
}

std::int64_t Factorize::figure(const Facts& facts) {
  return std::accumulate(facts.divisors.begin(), facts.divisors.end(), std::int64_t{0});
}

Outcome Factorize::judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
  Outcome out;
  const bool good = fine(params, facts);
  out.verdict = good ? Verdict::ok : Verdict::failure;
  const auto add = [&](std::string_view key, Text label, FigureUnit unit, double value) {
    out.figures.push_back({key, label, unit, value});
  };
  if (run.engine != Engine::explore && run.trace_is_whole()) {
    const trace::Metrics metrics = trace::measure(*run.trace);
    const double ratio = run.elapsed > 0 ? static_cast<double>(worked(metrics)) / static_cast<double>(run.elapsed) : 1;
    add("elapsed", {"Elapsed", "걸린 시간"}, FigureUnit::nanoseconds, static_cast<double>(run.elapsed));
    add("parallel", {"Threads that ran, on average", "함께 돈 스레드(평균)"}, FigureUnit::ratio, ratio);
    add("handovers", {"GIL hand-overs", "GIL이 넘어간 횟수"}, FigureUnit::count,
        static_cast<double>(metrics.gil_handovers));
    add("requests", {"Asked for the GIL", "GIL을 달라고 한 횟수"}, FigureUnit::count,
        static_cast<double>(metrics.gil_requests));
    add("waited", {"Waited for the GIL, in all", "GIL을 기다린 시간(합)"}, FigureUnit::nanoseconds,
        static_cast<double>(metrics.wait_total));
  }
  add("divisors", {"Divisors found", "찾은 약수"}, FigureUnit::count, static_cast<double>(figure(facts)));
  out.headline = good ? headline(params, run) : Words(Text{"A count of divisors is wrong", "약수의 개수가 틀렸다"});
  out.sentence = run.timed ? sentence(params) : rt::untimed_sentence;
  return out;
}

}  // namespace interleave::workloads
