#include "workloads/refcount.h"

#include <algorithm>
#include <numeric>

namespace interleave::workloads {
namespace {

// An object whose last reference is gone and whose count is not zero is never freed.
std::int64_t leaked(const Refcount::Facts& facts) {
  return std::ranges::count_if(facts.left, [](std::int64_t references) { return references != 0; });
}

Words headline(const Refcount::Facts& facts) {
  if (facts.used_after_free == 1) return Text{"An object was used after it was freed", "해제된 객체를 썼다"};
  if (facts.used_after_free > 1) {
    return fill({"{n} times an object was used after it was freed", "해제된 객체를 {n}번 썼다"},
                {{"n", facts.used_after_free}});
  }
  if (facts.freed_early == 1) return Text{"An object was freed too early", "객체가 너무 일찍 해제되었다"};
  if (facts.freed_early > 1) {
    return fill({"{n} times an object was freed too early", "객체가 {n}번 너무 일찍 해제되었다"},
                {{"n", facts.freed_early}});
  }
  if (leaked(facts) == 1) return Text{"An object was never freed", "객체 하나가 끝내 해제되지 않았다"};
  if (leaked(facts) > 1) {
    return fill({"{n} objects were never freed", "객체 {n}개가 끝내 해제되지 않았다"}, {{"n", leaked(facts)}});
  }
  return Text{"Every object was freed when its last reference went", "마지막 참조가 사라질 때 모두 해제되었다"};
}

Words why_wrong(const Refcount::Facts& facts) {
  if (facts.used_after_free > 0) {
    return Text{
        "Lost updates brought a count to zero while others still held references, and one of them used the "
        "object after that.",
        "사라진 갱신 탓에 참조가 남았는데도 횟수가 0이 되었고, 그 참조를 쥔 스레드가 해제된 객체를 썼다."};
  }
  if (facts.freed_early > 0) {
    return Text{"An increment was lost, so the count came to zero while the table still held a reference.",
                "증가 하나가 사라져, 테이블이 아직 참조를 쥐고 있는데도 횟수가 0이 되었다."};
  }
  return Text{
      "Updates were lost, so the count is not zero though the last reference is gone: the memory is never given "
      "back.",
      "갱신이 사라져, 마지막 참조가 없어졌는데도 횟수가 0이 아니다. 메모리는 돌아오지 않는다."};
}

Words why_fine(const Refcount::Params& params, const rt::RunFacts& run) {
  if (params.threads == 1 && params.counting != Refcount::Counting::biased) {
    return Text{"One thread alone has nobody to come in between.", "스레드가 하나뿐이면 끼어들 상대가 없다."};
  }
  switch (params.counting) {
    case Refcount::Counting::atomic:
      return Text{"Each count changed in one step that nothing can come between.",
                  "횟수를 한 걸음에 바꾸므로 아무도 끼어들 수 없다."};
    case Refcount::Counting::lock:
      return Text{
          "Only the thread that holds the object's lock changes its count, at the price of taking it each time.",
          "객체의 락을 쥔 스레드만 횟수를 바꾼다. 매번 락을 얻는 값을 치른다."};
    case Refcount::Counting::gil:
      return Text{
          "Only the thread that holds the GIL runs, and it never hands it over inside a count: plain counting is "
          "enough.",
          "GIL을 쥔 스레드만 돌고, 세는 도중에는 GIL을 넘기지 않는다. 그냥 세어도 된다."};
    case Refcount::Counting::biased:
      return Text{
          "The owner counted for itself, the others atomically; merged in one step, both halves are the whole "
          "count.",
          "소유자는 그냥, 나머지는 원자적으로 셌다. 두 횟수는 한 걸음에 합쳐져 전체가 된다."};
    default:
      return run.engine == Engine::live
                 ? Text{"This time no thread came between a read and its write. Nothing prevents it.",
                        "이번에는 읽기와 쓰기 사이에 아무도 끼어들지 않았다. 막아 주는 것은 없다."}
                 : Text{"In this order the count came out right. Another order would free too early or leak.",
                        "이 순서에서는 횟수가 맞았다. 다른 순서라면 너무 일찍 해제하거나 샐 수 있다."};
  }
}

}  // namespace

Preset Refcount::remedy() {
  return {"atomic",
          {"Count atomically and prove it", "원자적으로 세고 증명하기"},
          {"", ""},
          Engine::explore,
          {{"count", "atomic"}}};
}

std::vector<Preset> Refcount::presets() {
  const auto live = [](std::string_view key, Text label, Text hint) {
    return Preset{key, label, hint, Engine::live, {{"count", key}}};
  };
  return {
      live("plain", {"Plain counts", "그냥 세기"},
           {"Four threads, one object: freed too early, or never.", "스레드 넷, 객체 하나. 너무 일찍, 또는 영영."}),
      live("atomic", {"Atomic counts", "원자적으로 세기"},
           {"Right, but every count costs.", "맞지만, 셀 때마다 값을 치른다."}),
      live("biased", {"Biased counts", "편향 세기"},
           {"The owner counts cheaply, as without a GIL in Python.", "소유자는 싸게 센다. GIL 없는 파이썬의 방식."}),
      live("gil", {"Under the GIL", "GIL 아래에서"},
           {"One lock for everything instead of one for each count.", "횟수마다 락을 두는 대신 전체에 락 하나."}),
      {"step",
       {"Step by step", "한 걸음씩"},
       {"Two threads, three rounds: watch a count go wrong.", "스레드 둘, 세 번씩. 횟수가 틀리는 순간을 보자."},
       Engine::simulate,
       {{"threads", "2"}, {"rounds", "3"}, {"count", "plain"}}},
      {"orders",
       {"Every order", "모든 순서"},
       {"Plain counts in every order that matters.", "그냥 세기를, 달라질 수 있는 모든 순서로."},
       Engine::explore,
       {{"threads", "2"}, {"rounds", "1"}, {"count", "plain"}}},
      {"proof",
       {"Atomic, every order", "원자적, 모든 순서"},
       {"Proves that nothing is freed too early.", "너무 일찍 해제되지 않음을 증명한다."},
       Engine::explore,
       {{"threads", "2"}, {"rounds", "1"}, {"count", "atomic"}}}};
}

bool Refcount::fine(const Params&, const Facts& facts) { return figure(facts) == 0; }

std::int64_t Refcount::figure(const Facts& facts) {
  if (facts.used_after_free > 0) return 3;
  if (facts.freed_early > 0) return 2;
  return leaked(facts) > 0 ? 1 : 0;
}

Outcome Refcount::judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
  Outcome out;
  const bool good = fine(params, facts);
  out.verdict = good ? Verdict::ok : Verdict::failure;
  out.headline = headline(facts);
  out.sentence = good ? why_fine(params, run) : why_wrong(facts);
  const auto add = [&](std::string_view key, Text label, FigureUnit unit, double value, Tone tone = Tone::plain) {
    out.figures.push_back({key, label, unit, value, tone});
  };
  const auto bad_if_any = [&](std::string_view key, Text label, std::int64_t value) {
    add(key, label, FigureUnit::count, static_cast<double>(value), value == 0 ? Tone::good : Tone::bad);
  };
  bad_if_any("early", {"Freed too early", "너무 일찍 해제"}, facts.freed_early);
  bad_if_any("used", {"Used after free", "해제 뒤 사용"}, facts.used_after_free);
  bad_if_any("leaked", {"Leaked objects", "샌 객체"}, leaked(facts));
  add("expected", {"Last count, expected", "마지막 횟수(기대)"}, FigureUnit::count, 0);
  bad_if_any("found", {"Last count, found", "마지막 횟수"},
             std::accumulate(facts.left.begin(), facts.left.end(), std::int64_t{0}));
  if (run.engine == Engine::explore) return out;
  add("elapsed", {"Elapsed", "걸린 시간"}, FigureUnit::nanoseconds, static_cast<double>(run.elapsed));
  // A round counts up once and down once.
  add("cost", {"A count", "한 번 세기"}, FigureUnit::nanoseconds,
      static_cast<double>(run.elapsed) / (2 * static_cast<double>(work(params))));
  return out;
}

}  // namespace interleave::workloads
