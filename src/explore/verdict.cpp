// What a search has found, in words and figures.
#include <cmath>

#include "core/format.h"
#include "explore/findings.h"

namespace interleave::explore {
namespace {

Words joined(std::initializer_list<Words> sentences) {
  Words out;
  for (const Words& one : sentences) {
    if (one.empty()) continue;
    if (!out.empty()) {
      out.en += ' ';
      out.ko += ' ';
    }
    out.en += one.en;
    out.ko += one.ko;
  }
  return out;
}

std::int64_t whole(std::uint64_t count) { return static_cast<std::int64_t>(count); }

Words times(std::uint32_t interruptions) {
  return interruptions == 1 ? Words(Text{"once", "한 번"})
                            : fill({"{n} times", "{n}번"}, {{"n", std::int64_t{interruptions}}});
}

// ---- in one line ----------------------------------------------------------------------------------------------------

Words headline_of_failures(const Findings& findings) {
  const std::int64_t failures = whole(findings.failures);
  const std::int64_t executions = whole(findings.executions);
  if (findings.random()) {
    return fill({"{n} of {all} random runs fail", "무작위 실행 {all}번 가운데 {n}번이 실패한다"},
                {{"n", failures}, {"all", executions}});
  }
  if (findings.method == Method::few_preemptions) {
    const std::uint32_t least = findings.shortest ? findings.shortest->preemptions : 0;
    if (least == 0) {
      return Text{"It fails although no thread is interrupted", "스레드를 가로막지 않아도 실패한다"};
    }
    return fill({"It fails where a thread is interrupted {times}", "스레드를 {times} 가로막으면 실패한다"},
                {{"times", times(least)}});
  }
  if (!findings.exhausted) {
    return fill({"{n} of the first {all} orders fail", "처음 {all}가지 순서 가운데 {n}가지가 실패했다"},
                {{"n", failures}, {"all", executions}});
  }
  return findings.hangs == findings.failures
             ? fill({"{n} of {all} orders deadlock", "{all}가지 순서 가운데 {n}가지에서 멈춰 버린다"},
                    {{"n", failures}, {"all", executions}})
             : fill({"{n} of {all} orders fail", "{all}가지 순서 가운데 {n}가지가 실패한다"},
                    {{"n", failures}, {"all", executions}});
}

Words headline(const Findings& findings) {
  if (findings.fails()) return headline_of_failures(findings);
  if (findings.exhausted) {
    const bool few = findings.method == Method::few_preemptions && findings.odds;
    return fill({"None of {all} orders fails: proved for this configuration",
                 "{all}가지 순서 모두 실패하지 않는다: 이 설정에서 증명되었다"},
                {{"all", few ? format_large_count(findings.odds->orders) : format_count(whole(findings.executions))}});
  }
  if (findings.random()) {
    return fill(
        {"None found in {all} random runs; not proved", "무작위 실행 {all}번에서 찾지 못했다. 증명된 것은 아니다"},
        {{"all", whole(findings.executions)}});
  }
  if (findings.method == Method::few_preemptions) {
    return findings.bound
               ? fill({"None fails with at most {n} interruptions; with more is not known",
                       "가로막기 {n}번까지는 실패하지 않는다. 그보다 많으면 알 수 없다"},
                      {{"n", std::int64_t{*findings.bound}}})
               : fill({"None found in {all} states; not proved", "상태 {all}개에서 찾지 못했다. 증명된 것은 아니다"},
                      {{"all", whole(findings.states)}});
  }
  return fill({"None found in {all} executions; not proved", "{all}번 실행에서 찾지 못했다. 증명된 것은 아니다"},
              {{"all", whole(findings.executions)}});
}

// ---- in sentences ---------------------------------------------------------------------------------------------------

Words about_shortest(const Findings& findings) {
  if (!findings.shortest) return {};
  const Counterexample& shortest = *findings.shortest;
  return fill(shortest.certain ? Text{"The shortest failure takes {steps} steps and interrupts a thread {times}.",
                                      "가장 짧은 실패는 {steps}걸음이고, 스레드를 {times} 가로막는다."}
                               : Text{"The shortest failure found takes {steps} steps and interrupts a thread {times}.",
                                      "찾은 것 가운데 가장 짧은 실패는 {steps}걸음이고, 스레드를 {times} 가로막는다."},
              {{"steps", static_cast<std::int64_t>(shortest.steps)}, {"times", times(shortest.preemptions)}});
}

Words about_chance(const Findings& findings) {
  const std::optional<trace::Chance> chance = findings.chance();
  if (!chance || !findings.fails()) return {};
  if (chance->exact()) {
    return fill({"Where each step is picked at random, {share} of all runs fail.",
                 "걸음마다 아무나 고르면 {share}의 확률로 실패한다."},
                {{"share", format_chance(chance->value)}});
  }
  return fill({"Of {n} random runs {share} failed: between {low} and {high} of all, with a confidence of 95 %.",
               "무작위 실행 {n}번 가운데 {share}가 실패했다. 95 % 신뢰도로 전체의 {low}에서 {high} 사이다."},
              {{"n", whole(chance->runs)},
               {"share", format_chance(chance->value)},
               {"low", format_chance(chance->low)},
               {"high", format_chance(chance->high)}});
}

Words about_pct(const Findings& findings) {
  if (findings.method != Method::pct || findings.guarantee == 0) return {};
  return fill({"Each run finds a failure of depth {depth} with a chance of at least 1 in {n}.",
               "깊이 {depth}의 실패를 실행마다 적어도 {n}분의 1의 확률로 찾는다."},
              {{"depth", std::int64_t{findings.depth}}, {"n", format_large_count(std::ceil(1 / findings.guarantee))}});
}

// Of a search that has not run every order.
Words about_end(const Findings& findings) {
  switch (findings.spent) {
    case Spent::executions:
      return fill({"The search came to its limit after {n} executions, so what was not seen may still happen.",
                   "{n}번을 돌리고 한도에 이르렀으므로, 보지 못한 일이 일어날 수 있다."},
                  {{"n", whole(findings.executions)}});
    case Spent::states:
      return Text{"The search came to its limit of states, so what was not seen may still happen.",
                  "상태 수가 한도에 이르렀으므로, 보지 못한 일이 일어날 수 있다."};
    case Spent::time:
      return Text{"The search came to its limit of time, so what was not seen may still happen.",
                  "시간 한도에 이르렀으므로, 보지 못한 일이 일어날 수 있다."};
    case Spent::memory:
      return Text{"The search came to its limit of memory, so what was not seen may still happen.",
                  "메모리 한도에 이르렀으므로, 보지 못한 일이 일어날 수 있다."};
    case Spent::nothing: break;
  }
  return Text{"The search stopped before every order was run, so what was not seen may still happen.",
              "모든 순서를 돌리기 전에 멈췄으므로, 보지 못한 일이 일어날 수 있다."};
}

Words about_search(const Findings& findings) {
  if (findings.cut > 0) {
    return fill({"{n} executions were longer than {steps} steps and were left; nothing is known of their rest.",
                 "실행 {n}개는 {steps}걸음을 넘어 중간에 그만두었다. 그 뒤는 알 수 없다."},
                {{"n", whole(findings.cut)}, {"steps", whole(Walk::longest)}});
  }
  if (findings.random()) return {};
  if (findings.method == Method::few_preemptions) {
    const Words states =
        fill({"{n} states were told apart.", "서로 다른 상태 {n}개를 보았다."}, {{"n", whole(findings.states)}});
    return joined({states, findings.spent == Spent::nothing ? Words{} : about_end(findings)});
  }
  if (findings.exhausted) {
    return Text{"Every order of steps that can make a difference was run once; orders that cannot differ count as one.",
                "차이를 만들 수 있는 모든 순서를 한 번씩 돌렸다. 차이가 날 수 없는 순서는 하나로 센다."};
  }
  if (findings.unsure > 0) {
    return Text{
        "Whether a task gives up waiting just before the lock is passed on to it was not tried both ways, so what "
        "was not seen may still happen.",
        "락을 넘겨받기 직전에 태스크가 기다리기를 그만두는 경우까지 모두 돌려 보지는 않았으므로, 보지 못한 일이 일어날 "
        "수 있다."};
  }
  return about_end(findings);
}

}  // namespace

Outcome outcome_of(const Findings& findings) {
  Outcome out;
  const bool only_hangs = findings.hangs > 0 && findings.hangs == findings.failures;
  out.verdict = only_hangs ? Verdict::hang : (findings.fails() ? Verdict::failure : Verdict::ok);
  out.headline = headline(findings);
  out.sentence =
      joined({about_search(findings), about_chance(findings), about_pct(findings), about_shortest(findings)});
  const auto figure = [&](std::string_view key, Text label, FigureUnit unit, double value, Tone tone) {
    out.figures.push_back({key, label, unit, value, tone});
  };
  const auto count = [&](std::string_view key, Text label, std::uint64_t value, Tone tone) {
    figure(key, label, FigureUnit::count, static_cast<double>(value), tone);
  };
  const auto tone = [](bool bad) { return bad ? Tone::bad : Tone::good; };
  count("executions",
        findings.method == Method::few_preemptions ? Text{"Ends", "끝난 상태"} : Text{"Executions", "실행"},
        findings.executions, Tone::plain);
  count("failures", {"Failures", "실패"}, findings.failures, tone(findings.failures > 0));
  count("hangs", {"Hangs", "멈춤"}, findings.hangs, tone(findings.hangs > 0));
  if (findings.odds) {
    figure("orders", {"Orders, counted singly", "하나하나 센 순서"}, FigureUnit::count, findings.odds->orders,
           Tone::plain);
    if (findings.fails() || findings.exhausted)
      figure("failing-orders", {"Of these fail", "그 가운데 실패"}, FigureUnit::count, findings.odds->failing.orders,
             tone(findings.fails()));
  }
  // That nothing fails is not said of a search that has not come to its end.
  if (const auto chance = findings.chance(); chance && (findings.fails() || findings.exhausted)) {
    figure("chance", {"Fails at random", "무작위일 때 실패"}, FigureUnit::share, chance->value,
           tone(chance->value > 0));
  }
  if (findings.states > 0) count("states", {"States", "상태"}, findings.states, Tone::plain);
  if (findings.shortest) out.cycle = findings.shortest->outcome.cycle;
  return out;
}

}  // namespace interleave::explore
