#include "rt/hang.h"

#include <algorithm>

namespace interleave::rt {
namespace {

const WaitEdge* edge_of(std::span<const WaitEdge> waits, ThreadId who) {
  const auto found = std::find_if(waits.begin(), waits.end(), [&](const WaitEdge& edge) { return edge.who == who; });
  return found == waits.end() ? nullptr : &*found;
}

Words name_of(const trace::Trace& trace, ThreadId thread) {
  return thread.index() < trace.threads().size() ? trace.threads()[thread.index()].name : Words{Text{"?", "?"}};
}

Words name_of(const trace::Trace& trace, ObjectId object) {
  return object.index() < trace.objects().size() ? trace.objects()[object.index()].name : Words{Text{"?", "?"}};
}

Words told(const WaitEdge& edge, const trace::Trace& trace) {
  if (!edge.lock.valid()) {
    return fill({"{who} waits for {other} to end.", "{who}: {other}의 끝을 기다린다."},
                {{"who", name_of(trace, edge.who)}, {"other", name_of(trace, edge.holder)}});
  }
  if (edge.wanted == Wanted::room) {
    return fill({"{who} waits for room in {lock}, which only {other} reads.",
                 "{who}: {lock}에 자리가 나기를 기다린다. 이것을 읽을 수 있는 것은 {other}뿐이다."},
                {{"who", name_of(trace, edge.who)},
                 {"lock", name_of(trace, edge.lock)},
                 {"other", name_of(trace, edge.holder)}});
  }
  if (edge.wanted == Wanted::bytes) {
    return fill({"{who} waits for bytes in {lock}, which only {other} writes.",
                 "{who}: {lock}에 바이트가 오기를 기다린다. 이것에 쓸 수 있는 것은 {other}뿐이다."},
                {{"who", name_of(trace, edge.who)},
                 {"lock", name_of(trace, edge.lock)},
                 {"other", name_of(trace, edge.holder)}});
  }
  if (!edge.holder.valid()) {
    return fill({"{who} waits for {lock}.", "{who}: {lock}을(를) 기다린다."},
                {{"who", name_of(trace, edge.who)}, {"lock", name_of(trace, edge.lock)}});
  }
  return fill(
      {"{who} waits for {lock}, which {other} holds.", "{who}: {other}이(가) 쥔 {lock}을(를) 기다린다."},
      {{"who", name_of(trace, edge.who)}, {"lock", name_of(trace, edge.lock)}, {"other", name_of(trace, edge.holder)}});
}

}  // namespace

std::vector<WaitEdge> find_cycle(std::span<const WaitEdge> waits) {
  // Each participant waits for one thing, so following holders from any start either ends or comes round.
  for (const WaitEdge& start : waits) {
    std::vector<WaitEdge> path;
    for (const WaitEdge* edge = &start; edge != nullptr; edge = edge_of(waits, edge->holder)) {
      const auto seen = std::find_if(path.begin(), path.end(), [&](const WaitEdge& e) { return e.who == edge->who; });
      if (seen != path.end()) {
        path.erase(path.begin(), seen);
        std::rotate(path.begin(), std::ranges::min_element(path, {}, &WaitEdge::who), path.end());
        return path;
      }
      path.push_back(*edge);
    }
  }
  return {};
}

Outcome hang_outcome(std::span<const WaitEdge> waits, const trace::Trace& trace) {
  Outcome out;
  out.verdict = Verdict::hang;
  const std::vector<WaitEdge> cycle = find_cycle(waits);
  for (const WaitEdge& edge : cycle) out.cycle.push_back(told(edge, trace));
  const auto count = static_cast<std::int64_t>(waits.size());
  if (cycle.empty()) {
    out.headline = Text{"Nothing can go on", "더 나아갈 수 없다"};
    out.sentence = fill({"All {n} threads that have not ended wait for something that nobody is left to do.",
                         "끝나지 않은 스레드 {n}개가 모두, 아무도 하지 않을 일을 기다리고 있다."},
                        {{"n", count}});
  } else {
    out.headline = Text{"Deadlock", "데드락"};
    const bool pipes = std::ranges::any_of(cycle, [](const WaitEdge& edge) { return edge.wanted != Wanted::itself; });
    out.sentence = pipes ? Words(Text{"A parent and its child wait for each other, so neither of them can go on.",
                                      "부모와 자식이 서로를 기다려, 어느 쪽도 나아갈 수 없다."})
                         : fill({"{n} threads wait for each other in a circle, so none of them can go on.",
                                 "스레드 {n}개가 서로를 둥글게 기다려, 아무도 나아갈 수 없다."},
                                {{"n", static_cast<std::int64_t>(cycle.size())}});
  }
  // Not those that only wait for another's end, as whoever started the others does.
  const auto stuck =
      std::ranges::count_if(waits, [](const WaitEdge& e) { return e.lock.valid() || !e.holder.valid(); });
  out.figures.push_back(
      {"waiting", {"Waiting", "기다리는 수"}, FigureUnit::count, static_cast<double>(stuck), Tone::bad});
  return out;
}

Outcome cancelled_outcome(bool time_limit) {
  Outcome out;
  out.verdict = Verdict::cancelled;
  out.headline = time_limit ? Text{"Stopped at the time limit", "시간 제한에서 멈췄다"} : Text{"Stopped", "멈췄다"};
  out.sentence =
      Text{"The run was ended before it was done, so there is no result.", "끝나기 전에 멈췄으므로 결과가 없다."};
  return out;
}

Outcome limit_outcome(const LimitReached& limit) {
  Outcome out;
  out.verdict = Verdict::limit;
  if (limit.scarce == Scarce::processes) {
    out.headline = Text{"No child process", "자식 프로세스를 못 만든다"};
    out.sentence =
        limit.available == 0
            ? Words(Text{"No child process could be started. In a browser its program is downloaded first, "
                         "which may have failed: run again to try. Simulate needs none.",
                         "자식 프로세스를 하나도 시작하지 못했다. 브라우저에서는 그 프로그램부터 내려받는데, "
                         "그러지 못했을 수 있다. 다시 실행해 보자. 시뮬레이션에는 필요 없다."})
            : fill({"The system starts no more than the {n} child processes that there are.",
                    "시스템이 지금 있는 자식 프로세스 {n}개보다 더는 만들어 주지 않는다."},
                   {{"n", limit.available}});
    return out;
  }
  if (limit.scarce == Scarce::memory) {
    out.headline = Text{"Not enough memory", "메모리가 모자란다"};
    out.sentence = fill({"There is memory here for the {n} threads and tasks that there are, and for no more.",
                         "여기에는 지금 있는 스레드와 태스크 {n}개를 둘 메모리밖에 없다."},
                        {{"n", limit.available}});
    return out;
  }
  out.headline = Text{"Not enough threads", "스레드가 모자란다"};
  out.sentence = fill({"This run wants more threads than the {n} that are available here.",
                       "여기서 쓸 수 있는 스레드 {n}개보다 더 많이 필요하다."},
                      {{"n", limit.available}});
  return out;
}

}  // namespace interleave::rt
