#include "explore/findings.h"

#include <tuple>

namespace interleave::explore {

void Findings::add(const Search& search) {
  const Execution& execution = search.execution();
  ++executions;
  blocked = search.blocked();
  if (execution.unsure) ++unsure;
  if (execution.cut) {
    ++cut;
    return;
  }
  if (execution.hung) {
    ++hangs;
  } else {
    Count& count = outcomes[execution.figure];
    ++count.executions;
    if (execution.failed) ++count.failures;
  }
  if (!execution.failed) return;
  ++failures;
  const auto length = std::tuple(execution.preemptions, execution.steps);
  if (shortest && std::tuple(shortest->preemptions, shortest->steps) <= length) return;
  shortest = Counterexample{search.schedule(), execution.preemptions, execution.steps, execution.hung, {}, {}};
}

trace::ExplorationReport report_of(const Findings& findings) {
  trace::ExplorationReport out;
  out.executions = findings.executions;
  out.failures = findings.failures;
  out.hangs = findings.hangs;
  out.exhausted = findings.exhausted;
  for (const auto& [value, count] : findings.outcomes) {
    out.histogram.push_back({value, count.executions, count.failures > 0});
  }
  if (findings.shortest) {
    out.schedule = findings.shortest->text();
    out.story = findings.shortest->story;
  }
  return out;
}

namespace {

Words headline(const Findings& findings) {
  const auto executions = static_cast<std::int64_t>(findings.executions);
  const auto failures = static_cast<std::int64_t>(findings.failures);
  if (failures > 0 && findings.exhausted) {
    return findings.hangs == findings.failures
               ? fill({"{n} of {all} orders deadlock", "{all}가지 순서 가운데 {n}가지에서 멈춰 버린다"},
                      {{"n", failures}, {"all", executions}})
               : fill({"{n} of {all} orders fail", "{all}가지 순서 가운데 {n}가지가 실패한다"},
                      {{"n", failures}, {"all", executions}});
  }
  if (failures > 0) {
    return fill({"{n} of the first {all} orders fail", "처음 {all}가지 순서 가운데 {n}가지가 실패했다"},
                {{"n", failures}, {"all", executions}});
  }
  if (findings.exhausted) {
    return fill({"None of {all} orders fails: proved for this configuration",
                 "{all}가지 순서 모두 실패하지 않는다: 이 설정에서 증명되었다"},
                {{"all", executions}});
  }
  return fill({"None found in {all} executions; not proved", "{all}번 실행에서 찾지 못했다. 증명된 것은 아니다"},
              {{"all", executions}});
}

// Whether it is the shortest of all is not known: the search sees one order of each class.
Words about_shortest(const Counterexample& shortest) {
  const auto interruptions = static_cast<std::int64_t>(shortest.preemptions);
  const Words times =
      interruptions == 1 ? Words(Text{"once", "한 번"}) : fill({"{n} times", "{n}번"}, {{"n", interruptions}});
  return fill({" The shortest failure found takes {steps} steps and interrupts a thread {times}.",
               " 찾은 것 가운데 가장 짧은 실패는 {steps}걸음이고, 스레드를 {times} 가로막는다."},
              {{"steps", static_cast<std::int64_t>(shortest.steps)}, {"times", times}});
}

Words about_search(const Findings& findings) {
  if (findings.cut > 0) {
    return fill({"{n} executions were longer than {steps} steps and were left; nothing is known of their rest.",
                 "실행 {n}개는 {steps}걸음을 넘어 중간에 그만두었다. 그 뒤는 알 수 없다."},
                {{"n", static_cast<std::int64_t>(findings.cut)},
                 {"steps", static_cast<std::int64_t>(Search::longest_execution)}});
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
  return Text{"The search stopped before every order was run, so what was not seen may still happen.",
              "모든 순서를 돌리기 전에 멈췄으므로, 보지 못한 일이 일어날 수 있다."};
}

Words sentence(const Findings& findings) {
  Words out = about_search(findings);
  if (!findings.shortest) return out;
  const Words more = about_shortest(*findings.shortest);
  return {out.en + more.en, out.ko + more.ko};
}

}  // namespace

Outcome outcome_of(const Findings& findings) {
  Outcome out;
  const bool only_hangs = findings.hangs > 0 && findings.hangs == findings.failures;
  out.verdict = only_hangs ? Verdict::hang : (findings.failures > 0 ? Verdict::failure : Verdict::ok);
  out.headline = headline(findings);
  out.sentence = sentence(findings);
  const auto figure = [&](std::string_view key, Text label, std::uint64_t value, Tone tone) {
    out.figures.push_back({key, label, FigureUnit::count, static_cast<double>(value), tone});
  };
  const auto tone = [](std::uint64_t bad) { return bad > 0 ? Tone::bad : Tone::good; };
  figure("executions", {"Executions", "실행"}, findings.executions, Tone::plain);
  figure("failures", {"Failures", "실패"}, findings.failures, tone(findings.failures));
  figure("hangs", {"Hangs", "멈춤"}, findings.hangs, tone(findings.hangs));
  if (findings.shortest) out.cycle = findings.shortest->outcome.cycle;
  return out;
}

}  // namespace interleave::explore
