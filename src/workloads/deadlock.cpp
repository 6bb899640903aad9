#include "workloads/deadlock.h"

#include <limits>
#include <optional>

#include "trace/metrics.h"

namespace interleave::workloads {
namespace {

using Order = Deadlock::Order;
using Scene = Deadlock::Scene;

Words headline(const Deadlock::Params& params, const Deadlock::Facts& facts) {
  const bool table = params.scene == Scene::philosophers;
  if (facts.money != Deadlock::money(params)) return Text{"Money was made or lost", "돈이 생겨나거나 사라졌다"};
  if (facts.missed > 0) {
    const Fill count{"n", facts.missed};
    if (facts.missed == 1)
      return table ? Text{"1 meal was missed", "1끼를 굶었다"} : Text{"1 transfer failed", "이체 1건이 실패했다"};
    return table ? fill({"{n} meals were missed", "{n}끼를 굶었다"}, {count})
                 : fill({"{n} transfers failed", "이체 {n}건이 실패했다"}, {count});
  }
  return table ? Text{"Everybody ate", "모두 먹었다"} : Text{"Every transfer was made", "이체를 모두 마쳤다"};
}

Words why_not_eaten(const Deadlock::Params& params) {
  return fill(
      {"Nobody was stuck for ever, but {n} tries in a row failed: all were busy making way. That is a livelock.",
       "영영 멈춘 스레드는 없지만, 서로 비켜 주느라 {n}번 내리 실패했다. 이것이 라이브락이다."},
      {{"n", std::int64_t{params.tries}}});
}

Words why_fine(const Deadlock::Params& params, const Deadlock::Facts& facts, const rt::RunFacts& run) {
  switch (params.order) {
    case Order::naive:
      return run.engine == Engine::live
                 ? Text{"This time the waits never closed into a circle. Nothing prevents it.",
                        "이번에는 기다림이 원으로 이어지지 않았다. 막아 주는 것은 없다."}
                 : Text{"In this order of steps the waits never closed into a circle. Another order would deadlock.",
                        "이 순서에서는 기다림이 원으로 이어지지 않았다. 다른 순서라면 멈출 수 있다."};
    case Order::ordered:
      return Text{"Everybody waits only for a number larger than those in hand, so the waits can never form a circle.",
                  "누구나 쥔 것보다 큰 번호만 기다리므로, 기다림이 원으로 이어질 수 없다."};
    case Order::attempt:
      return facts.failed_tries == 0
                 ? Text{"Nobody waits with a lock in hand, so no circle can form. Not one try failed.",
                        "락을 쥔 채 기다리지 않으므로 원이 생길 수 없다. 실패한 시도도 없었다."}
                 : Text{"Nobody waits with a lock in hand, so no circle can form. Failed tries are what it costs.",
                        "락을 쥔 채 기다리지 않으므로 원이 생길 수 없다. 그 값으로 시도가 헛돌았다."};
    case Order::waiter:
      return Text{"Only one at a time may take its two, and whoever has both waits for nobody: no circle can form.",
                  "한 번에 한 명만 둘을 쥘 수 있고, 둘 다 쥔 쪽은 아무도 기다리지 않으므로 원이 생길 수 없다."};
  }
  return {};
}

// How long the first of the spawned took from their common start, and the longest single wait for a lock.
struct Waits {
  std::optional<Nanoseconds> first_done;
  Nanoseconds longest = 0;
};

Waits waits_in(const trace::Trace& trace) {
  const trace::Metrics metrics = trace::measure(trace);
  Nanoseconds begin = std::numeric_limits<Nanoseconds>::max();
  Nanoseconds end = std::numeric_limits<Nanoseconds>::max();
  bool all_ended = metrics.threads.size() > 1;
  Waits out;
  for (std::size_t at = 1; at < metrics.threads.size(); ++at) {
    const trace::ThreadMetrics& thread = metrics.threads[at];
    begin = std::min(begin, thread.begin);
    end = std::min(end, thread.end);
    all_ended = all_ended && thread.ended;
    out.longest = std::max(out.longest, thread.wait_max);
  }
  if (all_ended) out.first_done = end - begin;
  return out;
}

}  // namespace

Preset Deadlock::remedy() {
  return {"ordered",
          {"Order the locks and prove it", "순서를 정하고 증명하기"},
          {"", ""},
          Engine::explore,
          {{"order", "ordered"}}};
}

std::vector<Preset> Deadlock::presets() {
  return {
      {"naive",
       {"Each its own first", "각자 제 것부터"},
       {"Five philosophers on real threads, until they deadlock.", "실제 스레드의 철학자 다섯, 데드락에 이를 때까지."},
       Engine::live,
       {{"order", "naive"}}},
      {"ordered",
       {"In order", "번호 순서로"},
       {"The smaller number first: no circle can form.", "작은 번호부터. 원이 생길 수 없다."},
       Engine::live,
       {{"order", "ordered"}}},
      {"try",
       {"Try and back off", "시도하고 물러나기"},
       {"Nobody waits with a fork in hand; count the failed tries.",
        "포크를 쥔 채 기다리지 않는다. 실패한 시도를 세어 보자."},
       Engine::live,
       {{"order", "try"}}},
      {"waiter",
       {"A waiter", "웨이터"},
       {"One at a time takes both.", "한 번에 한 명만 둘을 집는다."},
       Engine::live,
       {{"order", "waiter"}}},
      {"step",
       {"Step by step", "한 걸음씩"},
       {"Two philosophers: watch the circle close.", "철학자 둘. 원이 닫히는 순간을 보자."},
       Engine::simulate,
       {{"order", "naive"}, {"threads", "2"}, {"meals", "3"}}},
      {"livelock",
       {"Livelock", "라이브락"},
       {"Two that make way at exactly the same moments never eat.", "꼭 같은 순간에 비켜 주는 둘은 영영 먹지 못한다."},
       Engine::simulate,
       {{"order", "try"}, {"threads", "2"}, {"jitter", "off"}, {"policy", "round-robin"}, {"cost-switch", "0ns"}}},
      {"accounts",
       {"Two accounts", "두 계좌"},
       {"Transfers in both directions, each locking its source first.", "양방향 이체. 저마다 보내는 계좌부터 잠근다."},
       Engine::simulate,
       {{"scene", "accounts"}, {"order", "naive"}, {"threads", "2"}}},
      {"search",
       {"Every order", "모든 순서"},
       {"Two philosophers and one meal each: which orders deadlock?", "철학자 둘, 한 끼씩. 어떤 순서에서 멈추는가?"},
       Engine::explore,
       {{"order", "naive"}}},
      {"proof",
       {"Proof", "증명"},
       {"The same with the smaller number first: none does.", "작은 번호부터 쥐면 멈추는 순서가 없다."},
       Engine::explore,
       {{"order", "ordered"}}}};
}

Outcome Deadlock::judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
  const bool table = params.scene == Scene::philosophers;
  Outcome out;
  out.verdict = fine(params, facts) ? Verdict::ok : Verdict::failure;
  out.headline = headline(params, facts);
  if (facts.money != money(params)) {
    out.sentence = Text{"A transfer read a balance while another was changing it.",
                        "다른 이체가 바꾸는 동안 잔액을 읽은 이체가 있다."};
  } else {
    out.sentence = facts.missed > 0 ? why_not_eaten(params) : why_fine(params, facts, run);
  }
  const auto figure = [&](std::string_view key, Text label, FigureUnit unit, std::int64_t value,
                          Tone tone = Tone::plain) {
    out.figures.push_back({key, label, unit, static_cast<double>(value), tone});
  };
  const Tone eaten = facts.eaten == params.expected() ? Tone::good : Tone::bad;
  figure("meals", table ? Text{"Meals eaten", "먹은 끼니"} : Text{"Transfers made", "마친 이체"}, FigureUnit::count,
         facts.eaten, eaten);
  figure("hungriest",
         table ? Text{"By the hungriest", "가장 적게 먹은 철학자"} : Text{"By the slowest", "가장 적은 창구"},
         FigureUnit::count, facts.hungriest, eaten);
  figure("luckiest",
         table ? Text{"By the luckiest", "가장 많이 먹은 철학자"} : Text{"By the fastest", "가장 많은 창구"},
         FigureUnit::count, facts.luckiest);
  figure("failed-tries", {"Failed tries", "실패한 시도"}, FigureUnit::count, facts.failed_tries);
  figure("missed", table ? Text{"Meals missed", "굶은 끼니"} : Text{"Transfers given up", "포기한 이체"},
         FigureUnit::count, facts.missed, facts.missed > 0 ? Tone::bad : Tone::plain);
  if (!table) {
    const Tone kept = facts.money == money(params) ? Tone::good : Tone::bad;
    figure("money-before", {"Money before", "처음 돈"}, FigureUnit::count, money(params));
    figure("money-after", {"Money after", "나중 돈"}, FigureUnit::count, facts.money, kept);
  }
  if (run.engine == Engine::explore) return out;
  figure("elapsed", {"Elapsed", "걸린 시간"}, FigureUnit::nanoseconds, run.elapsed);
  if (run.trace == nullptr) return out;
  const Waits waits = waits_in(*run.trace);
  if (waits.first_done)
    figure("first-done", {"The first was done after", "첫 스레드가 끝난 때"}, FigureUnit::nanoseconds,
           *waits.first_done);
  figure("longest-wait", {"Longest wait for a lock", "가장 긴 락 대기"}, FigureUnit::nanoseconds, waits.longest);
  return out;
}

}  // namespace interleave::workloads
