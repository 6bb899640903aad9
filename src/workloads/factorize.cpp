#include "workloads/factorize.h"

#include <charconv>

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

bool parallel(const Factorize::Params& params) { return params.mode != Factorize::Mode::serial && params.numbers > 1; }

// The processor time that the work takes, from what was running when: threads where there are no processes, and these
// where there are.
Nanoseconds worked(const trace::Trace& trace, const trace::Metrics& metrics, trace::Vehicle vehicle) {
  Nanoseconds out = 0;
  for (std::size_t at = 0; at < metrics.threads.size(); ++at) {
    if (trace.threads()[at].vehicle == vehicle) out += metrics.threads[at].in(trace::State::running);
  }
  return out;
}

// The same as processes say themselves: being started does not count, but waiting for a core does.
Nanoseconds worked(const Factorize::Facts& facts) {
  Nanoseconds out = 0;
  for (const Factorize::Found& one : facts.found) out += one.computing;
  return out;
}

Words headline(const Factorize::Params& params, const rt::RunFacts& run) {
  const std::string time = format_duration(run.elapsed);
  return params.numbers == 1 ? fill({"One number in {time}", "수 하나에 {time}"}, {{"time", std::string_view(time)}})
                             : fill({"{n} numbers in {time}", "수 {n}개에 {time}"},
                                    {{"n", std::int64_t{params.numbers}}, {"time", std::string_view(time)}});
}

Words about_processes(const Factorize::Params& params, double ratio) {
  if (ratio < Factorize::clear_gain) {
    return Text{
        "Processes share nothing that could keep them apart, and yet they gained nothing: starting them took too "
        "long, or there were too few cores.",
        "프로세스를 서로 가로막는 것은 없는데도 얻은 것이 없다. 시작하는 데 너무 오래 걸렸거나 코어가 모자랐다."};
  }
  return rt::Interpreting{params.interpreter}.has_gil()
             ? Text{"Each process has an interpreter and a GIL of its own, so they computed at the same time.",
                    "프로세스마다 인터프리터도 GIL도 따로 있어 함께 계산했다."}
             : Text{"The processes computed at the same time, as threads would have without a GIL.",
                    "프로세스들은 함께 계산했다. GIL이 없다면 스레드도 그랬을 것이다."};
}

Words sentence(const Factorize::Params& params, double ratio) {
  if (params.mode == Factorize::Mode::processes && params.numbers == 1) {
    return Text{"One process did everything, so nothing was computed at the same time.",
                "프로세스 하나가 다 했으니 함께 계산한 것이 없다."};
  }
  if (!parallel(params)) {
    return Text{"One thread did everything, so nobody had to wait.", "한 스레드가 다 했으니 아무도 기다리지 않았다."};
  }
  if (params.mode == Factorize::Mode::processes) return about_processes(params, ratio);
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
      preset("processes", {"Two processes", "두 프로세스"},
             {"Each has a GIL of its own.", "프로세스마다 GIL이 따로 있다."}, Engine::live, "processes", "cpython310"),
      preset("virtual", {"In virtual time", "가상 시간으로"},
             {"The hand-overs of the GIL, one every 5 ms.", "5 ms마다 넘어가는 GIL."}, Engine::simulate, "threads",
             "cpython310")};
}

std::int64_t Factorize::work(const Params& params) {
  std::int64_t out = 0;
  for (int at = 0; at < params.numbers; ++at) out += params.number(at);
  return out;
}

Factorize::Order Factorize::order_in(const std::string& argument) {
  Order out;
  const char* const end = argument.data() + argument.size();
  const char* const space = std::from_chars(argument.data(), end, out.number).ptr;
  if (space != end) std::from_chars(space + 1, end, out.division);
  return out;
}

std::vector<std::int64_t> Factorize::divisors_between(std::int64_t number, std::int64_t begin, std::int64_t end) {
  std::vector<std::int64_t> found;
  const auto take = [&](std::int64_t by) {
    if (by > begin && by <= end) found.push_back(by);
  };
  // Each divisor up to the root has a counterpart above it.
  for (std::int64_t by = 1; by * by <= number; ++by) {
    if (number % by != 0) continue;
    take(by);
    if (number / by != by) take(number / by);
  }
  std::ranges::sort(found);
  return found;
}

std::int64_t Factorize::ListedDivisions::operator()(std::int64_t begin, std::int64_t end) const {
  divide(divisions.number, divisions.from + begin, divisions.from + end,
         [this](std::uint32_t by) { into->push_back(by); });
  return 0;
}

std::int64_t Factorize::ListedDivisions::foretell(std::int64_t units) const {
  const auto found = divisors_between(divisions.number, divisions.from, divisions.from + units);
  into->insert(into->end(), found.begin(), found.end());
  return 0;
}

std::string Factorize::line(std::int64_t done, Nanoseconds computing, const std::vector<std::int64_t>& divisors) {
  std::string out = std::to_string(done) + " " + std::to_string(computing);
  for (const std::int64_t divisor : divisors) out += " " + std::to_string(divisor);
  return out + "\n";
}

bool Factorize::take_lines(std::int64_t number, std::string& heard, Found& into) {
  const std::size_t whole = heard.rfind('\n') + 1;  // 0 where there is none
  const char* at = heard.data();
  const char* const end = at + whole;
  bool good = true;
  const auto next = [&at, end, &good] {
    std::int64_t out = 0;
    const auto [rest, error] = std::from_chars(at, end, out);
    good = good && error == std::errc{};
    at = rest;
    return out;
  };
  while (good && at != end) {
    into.done = next();
    if (good && *at++ == ' ') into.computing = next();
    while (good && *at == ' ') {
      ++at;
      const std::int64_t divisor = next();
      good = good && divisor > 0 && number % divisor == 0;
      ++into.divisors;
    }
    good = good && *at++ == '\n';
  }
  heard.erase(0, whole);
  return good;
}

bool Factorize::fine(const Params& params, const Facts& facts) {
  for (int at = 0; at < params.numbers; ++at) {
    const Found& found = facts.found[static_cast<std::size_t>(at)];
    if (found.broken || found.divisors != divisors_of(params.number(at))) return false;
  }
  return true;
}

std::int64_t Factorize::figure(const Facts& facts) {
  return std::accumulate(facts.found.begin(), facts.found.end(), std::int64_t{0},
                         [](std::int64_t before, const Found& one) { return before + one.divisors; });
}

Outcome Factorize::judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
  Outcome out;
  const bool good = fine(params, facts);
  out.verdict = good ? Verdict::ok : Verdict::failure;
  const auto add = [&](std::string_view key, Text label, FigureUnit unit, double value) {
    out.figures.push_back({key, label, unit, value});
  };
  const bool processes = params.mode == Mode::processes;
  Nanoseconds in_all = worked(facts);
  const auto ratio = [&] {
    return run.elapsed > 0 ? static_cast<double>(in_all) / static_cast<double>(run.elapsed) : 1;
  };
  if (run.engine != Engine::explore && run.trace_is_whole()) {
    const trace::Metrics metrics = trace::measure(*run.trace);
    in_all = processes ? std::min(in_all, worked(*run.trace, metrics, trace::Vehicle::process))
                       : worked(*run.trace, metrics, trace::Vehicle::thread);
    add("elapsed", {"Elapsed", "걸린 시간"}, FigureUnit::nanoseconds, static_cast<double>(run.elapsed));
    const Text ran = processes ? Text{"Processes at work, average", "함께 일한 프로세스(평균)"}
                               : Text{"Threads that ran, on average", "함께 돈 스레드(평균)"};
    add("parallel", ran, FigureUnit::ratio, ratio());
    add("handovers", {"GIL hand-overs", "GIL이 넘어간 횟수"}, FigureUnit::count,
        static_cast<double>(metrics.gil_handovers));
    add("requests", {"Asked for the GIL", "GIL을 달라고 한 횟수"}, FigureUnit::count,
        static_cast<double>(metrics.gil_requests));
    add("waited", {"Waited for the GIL, in all", "GIL을 기다린 시간(합)"}, FigureUnit::nanoseconds,
        static_cast<double>(metrics.wait_total));
  }
  add("divisors", {"Divisors found", "찾은 약수"}, FigureUnit::count, static_cast<double>(figure(facts)));
  out.headline = good ? headline(params, run) : Words(Text{"A count of divisors is wrong", "약수의 개수가 틀렸다"});
  out.sentence = run.timed ? sentence(params, ratio()) : rt::untimed_sentence;
  return out;
}

}  // namespace interleave::workloads
