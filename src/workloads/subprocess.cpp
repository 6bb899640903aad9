#include "workloads/subprocess.h"

#include <algorithm>
#include <charconv>

#include "core/format.h"
#include "trace/trace.h"

namespace interleave::workloads {
namespace {

constexpr std::string_view greeting = "hello, 안녕!\n";

// How a child fared against what it was to say: one that was killed may have said less.
bool as_expected(const Subprocess::Params& params, const rt::Collected& said, const Subprocess::Transformed& expected) {
  if (said.killed) {
    return params.limit > 0 && expected.document.starts_with(said.out) && expected.complaint.starts_with(said.err);
  }
  return said.out == expected.document && said.err == expected.complaint &&
         said.code == (expected.complaint.empty() ? 0 : 2);
}

Subprocess::Transformed expected_of(const Subprocess::Params& params) {
  const std::string given = Subprocess::input(params);
  return params.job == Subprocess::Job::transform ? Subprocess::transformed(given) : Subprocess::Transformed{given, ""};
}

struct Counts {
  std::int64_t children = 0;
  std::int64_t killed = 0;
  std::int64_t nonzero = 0;
  std::int64_t wrong = 0;
  std::int64_t out = 0;
  std::int64_t err = 0;
};

Counts count(const Subprocess::Params& params, const Subprocess::Facts& facts) {
  const Subprocess::Transformed expected = expected_of(params);
  Counts out;
  for (const Subprocess::Fared& fared : facts.fared) {
    ++out.children;
    out.killed += fared.said.killed ? 1 : 0;
    out.nonzero += fared.said.code != 0 ? 1 : 0;
    out.wrong += fared.heard_at >= 0 && as_expected(params, fared.said, expected) ? 0 : 1;
    out.out += static_cast<std::int64_t>(fared.said.out.size());
    out.err += static_cast<std::int64_t>(fared.said.err.size());
  }
  return out;
}

// How many children ended before one that was started earlier, by the trace.
std::int64_t out_of_order(const trace::Trace& trace) {
  std::vector<Nanoseconds> ends(trace.threads().size(), -1);
  for (std::size_t stream = 0; stream < trace.streams().size(); ++stream) {
    const auto& events = trace.streams()[stream]->events();
    for (std::size_t at = 0; at < events.size(); ++at) {
      if (events[at].kind == trace::Kind::exit) ends[events[at].thread.index()] = events[at].time;
    }
  }
  std::int64_t out = 0;
  Nanoseconds latest = -1;
  for (const Nanoseconds end : ends) {
    if (end < 0) continue;
    out += end < latest ? 1 : 0;
    latest = std::max(latest, end);
  }
  return out;
}

Words sentence(const Subprocess::Params& params, const Counts& counts, std::int64_t overtaken,
               const rt::RunFacts& run) {
  if (counts.wrong > 0) {
    return fill({"Of {n} children not every byte came through as it should.",
                 "자식 {n}개에게서는 바이트가 온전히 오지 않았다."},
                {{"n", counts.wrong}});
  }
  if (counts.killed > 0) {
    return Text{
        "At its time limit a child is killed, what it had said is kept, and its end is waited for, so that no "
        "zombie stays.",
        "시간 제한에 걸린 자식은 죽인다. 그때까지 한 말은 남기고, 끝을 기다려 좀비가 남지 않게 한다."};
  }
  if (run.engine != Engine::explore && !run.timed) return rt::untimed_sentence;
  if (params.job == Subprocess::Job::transform) {
    return Text{
        "The numbers came back doubled on stdout, the complaint on stderr; return code 2 says that there was "
        "one.",
        "두 배가 된 수는 stdout으로, 불평은 stderr로 돌아왔다. 리턴 코드 2는 불평이 있었다는 뜻이다."};
  }
  if (params.job == Subprocess::Job::echo) {
    return Text{"Every byte came back as it was sent, Hangul included.",
                "한글까지, 모든 바이트가 보낸 그대로 돌아왔다."};
  }
  if (params.mode == Subprocess::Mode::serial || params.children == 1) {
    return Text{"Each child was waited for before the next one was started, so their times add up.",
                "앞의 자식이 끝나야 다음을 시작했으므로 시간이 더해졌다."};
  }
  if (overtaken > 0) {
    return fill({"All of them slept at the same time. {n} ended before one that had been started earlier.",
                 "모두 함께 잤다. {n}개는 먼저 시작한 자식보다 먼저 끝났다."},
                {{"n", overtaken}});
  }
  return Text{"All of them slept at the same time, so together they took as long as one.",
              "모두 함께 잤으므로 하나만큼만 걸렸다."};
}

}  // namespace

std::vector<Preset> Subprocess::presets() {
  return {{"parallel",
           {"At the same time", "함께"},
           {"Ten children that sleep 1 s take about 1 s.", "1초 자는 자식 열이 약 1초."},
           Engine::live,
           {{"mode", "parallel"}}},
          {"serial",
           {"One after the other", "차례로"},
           {"The same ten take 10 s.", "같은 열이 10초."},
           Engine::live,
           {{"mode", "serial"}}},
          {"greeting",
           {"A greeting", "인사"},
           {"Hangul there and back through two pipes.", "한글이 파이프 둘을 지나 돌아온다."},
           Engine::live,
           {{"task", "echo"}, {"children", "1"}}},
          {"json",
           {"JSON through pipes", "파이프로 JSON"},
           {"Numbers doubled, a complaint on stderr.", "수는 두 배로, 불평은 stderr로."},
           Engine::live,
           {{"task", "transform"}, {"children", "3"}, {"payload", "1000"}}},
          {"killed",
           {"A time limit", "시간 제한"},
           {"A child that sleeps too long is killed and reaped.", "너무 오래 자는 자식은 죽이고 거둔다."},
           Engine::live,
           {{"children", "1"}, {"time", "2s"}, {"limit", "300ms"}}},
          {"full",
           {"The full pipe", "꽉 찬 파이프"},
           {"100,000 bytes, and nobody reads until the end.", "100,000바이트. 끝날 때까지 아무도 읽지 않는다."},
           Engine::simulate,
           {{"task", "echo"},
            {"children", "1"},
            {"payload", "100000"},
            {"collect", "wait-then-read"},
            {"policy", "round-robin"}}}};
}

Nanoseconds Subprocess::time_in(std::string_view argument) {
  Nanoseconds out = 0;
  const std::size_t space = argument.find(' ');
  if (space != std::string_view::npos)
    std::from_chars(argument.data() + space + 1, argument.data() + argument.size(), out);
  return out;
}

std::string Subprocess::argument(const Params& params) {
  switch (params.job) {
    case Job::echo: return "echo";
    case Job::transform: return "transform";
    case Job::sleep: break;
  }
  return "sleep " + std::to_string(params.time);
}

// A list of numbers with one word among them, or a greeting again and again.
std::string Subprocess::input(const Params& params) {
  if (params.job == Job::sleep) return {};
  const auto least = static_cast<std::size_t>(params.payload);
  std::string out;
  if (params.job == Job::transform) {
    out = "[1, 20, \"안녕\"";
    for (int number = 3; out.size() < least; ++number) out += ", " + std::to_string(number);
    return out + "]";
  }
  out = greeting;
  while (out.size() < least + greeting.size()) out += greeting;
  return out;
}

// Reads a JSON list of integers and words without escapes, which is all that is ever sent.
Subprocess::Transformed Subprocess::transformed(std::string_view document) {
  Transformed out;
  out.document = "[";
  constexpr std::string_view between = "[], \n";
  for (std::size_t at = 0; (at = document.find_first_not_of(between, at)) != std::string_view::npos;) {
    const std::size_t end = document[at] == '"' ? document.find('"', at + 1) + 1 : document.find_first_of(between, at);
    const std::string_view item = document.substr(at, end - at);
    at = end;
    std::int64_t number = 0;
    if (std::from_chars(item.data(), item.data() + item.size(), number).ec != std::errc{}) {
      out.complaint += "not a number: " + std::string(item) + "\n";
      continue;
    }
    if (out.document.size() > 1) out.document += ", ";
    out.document += std::to_string(number * 2);
  }
  out.document += "]\n";
  return out;
}

bool Subprocess::fine(const Params& params, const Facts& facts) { return count(params, facts).wrong == 0; }

std::int64_t Subprocess::figure(const Facts& facts) {
  return std::ranges::count_if(facts.fared, [](const Fared& fared) { return fared.heard_at >= 0; });
}

Outcome Subprocess::judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
  Outcome out;
  const Counts counts = count(params, facts);
  out.verdict = counts.wrong == 0 ? Verdict::ok : Verdict::failure;
  const std::int64_t overtaken = run.trace != nullptr ? out_of_order(*run.trace) : 0;
  out.sentence = sentence(params, counts, overtaken, run);
  if (counts.wrong > 0) {
    out.headline = Text{"Bytes are missing", "바이트가 모자란다"};
  } else if (counts.killed > 0) {
    out.headline = fill({"{n} of {all} killed at the time limit", "{all}개 가운데 {n}개를 시간 제한에서 죽였다"},
                        {{"n", counts.killed}, {"all", counts.children}});
  } else if (run.engine == Engine::explore) {
    out.headline = fill({"{n} children done", "자식 {n}개가 끝났다"}, {{"n", counts.children}});
  } else {
    const std::string time = format_duration(facts.elapsed);
    out.headline = counts.children == 1
                       ? fill({"One child in {time}", "자식 하나에 {time}"}, {{"time", std::string_view(time)}})
                       : fill({"{n} children in {time}", "자식 {n}개에 {time}"},
                              {{"n", counts.children}, {"time", std::string_view(time)}});
  }
  const auto add = [&](std::string_view key, Text label, FigureUnit unit, std::int64_t value, Tone tone = Tone::plain) {
    out.figures.push_back({key, label, unit, static_cast<double>(value), tone});
  };
  if (run.engine != Engine::explore) {
    add("elapsed", {"Elapsed", "걸린 시간"}, FigureUnit::nanoseconds, facts.elapsed);
  }
  add("children", {"Children", "자식"}, FigureUnit::count, counts.children);
  add("nonzero", {"Return code not 0", "리턴 코드가 0이 아님"}, FigureUnit::count, counts.nonzero);
  add("killed", {"Killed at the limit", "제한에서 죽임"}, FigureUnit::count, counts.killed,
      counts.killed > 0 ? Tone::bad : Tone::plain);
  add("out", {"Bytes of stdout", "stdout 바이트"}, FigureUnit::count, counts.out);
  add("err", {"Bytes of stderr", "stderr 바이트"}, FigureUnit::count, counts.err);
  if (run.engine != Engine::explore) {
    add("overtaken", {"Ended out of order", "순서를 앞질러 끝남"}, FigureUnit::count, overtaken);
  }
  return out;
}

}  // namespace interleave::workloads
