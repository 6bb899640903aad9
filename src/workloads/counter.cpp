#include "workloads/counter.h"

#include "trace/lost_updates.h"

namespace interleave::workloads {
namespace {

Words headline(std::int64_t lost) {
  if (lost == 0) return Text{"No update was lost", "사라진 갱신이 없다"};
  if (lost == 1) return Text{"1 update was lost", "1개가 사라졌다"};
  return fill({"{n} updates were lost", "{n}개가 사라졌다"}, {{"n", lost}});
}

Words sentence(const Counter::Params& params, std::int64_t lost, const rt::RunFacts& run) {
  if (lost > 0 && rt::Interpreting{params.interpreter}.has_gil()) {
    return params.increment == Counter::Increment::call
               ? Text{"After the call the GIL went to another thread, which wrote in between; then the first wrote over "
                      "it.",
                      "호출 뒤 GIL이 다른 스레드로 넘어가 그 사이에 썼고, 앞의 스레드가 그 위에 덮어썼다."}
               : Text{"Between two bytecodes the GIL went to another thread, which wrote in between; then the first wrote "
                      "over it.",
                      "두 바이트코드 사이에 GIL이 다른 스레드로 넘어가 그 사이에 썼고, 앞의 스레드가 그 위에 덮어썼다."};
  }
  if (lost > 0) {
    return Text{"A thread read the count, another wrote in between, and the first wrote over it.",
                "한 스레드가 값을 읽은 뒤 다른 스레드가 썼고, 앞의 스레드가 그 위에 덮어썼다."};
  }
  if (params.threads == 1) {
    return Text{"One thread alone has nobody to lose updates to.", "스레드가 하나뿐이면 덮어쓸 상대가 없다."};
  }
  switch (params.lock) {
    case Counter::Protection::none:
      if (params.interpreter == rt::Interpreter::cpython310 && params.increment == Counter::Increment::plain) {
        return Text{
            "Since 3.10 CPython hands the GIL over only at the loop's jump back, at function entry and after "
            "calls. None of them lies between reading and writing in `+= 1`.",
            "3.10부터 CPython은 반복문이 되돌아갈 때, 함수에 들어갈 때, 호출이 끝날 때만 GIL을 넘긴다. `+= 1`의 "
            "읽기와 쓰기 사이에는 그런 곳이 없다."};
      }
      return run.engine == Engine::live
                 ? Text{"This time no thread came between a read and its write. Nothing prevents it.",
                        "이번에는 읽기와 쓰기 사이에 아무도 끼어들지 않았다. 막아 주는 것은 없다."}
                 : Text{"In this order no thread came between a read and its write. Another order would lose some.",
                        "이 순서에서는 읽기와 쓰기 사이에 아무도 끼어들지 않았다. 다른 순서라면 사라질 수 있다."};
    case Counter::Protection::atomic:
      return Text{"Reading, adding and writing were one step that nothing can come between.",
                  "읽기, 더하기, 쓰기가 한 걸음이라 아무도 끼어들 수 없다."};
    default:
      return Text{"Only the thread that holds the lock reads and writes, so nobody comes in between.",
                  "락을 쥔 스레드만 읽고 쓰므로 아무도 끼어들지 못한다."};
  }
}

}  // namespace

Preset Counter::remedy() {
  return {
      "locked", {"Add the lock and prove it", "락을 걸고 증명하기"}, {"", ""}, Engine::explore, {{"lock", "mutex"}}};
}

std::vector<Preset> Counter::presets() {
  return {
      {"lost",
       {"No lock", "락 없이"},
       {"Six threads, a million increments each.", "스레드 여섯, 백만 번씩."},
       Engine::live,
       {{"lock", "none"}}},
      {"mutex",
       {"With a mutex", "뮤텍스로"},
       {"The same, and nothing is lost.", "같은 일, 그러나 사라지는 것이 없다."},
       Engine::live,
       {{"lock", "mutex"}}},
      {"atomic",
       {"Atomic", "원자적으로"},
       {"Nothing is lost, at a lower price.", "사라지는 것이 없고, 값도 싸다."},
       Engine::live,
       {{"lock", "atomic"}}},
      {"step",
       {"Step by step", "한 걸음씩"},
       {"Two threads, three increments: watch an update being overwritten.",
        "스레드 둘, 세 번씩. 덮어써지는 순간을 보자."},
       Engine::simulate,
       {{"threads", "2"}, {"increments", "3"}, {"lock", "none"}}},
      {"python310",
       {"Python 3.10+, no lock", "파이썬 3.10+, 락 없이"},
       {"A bare += 1 cannot be interrupted there: nothing is lost.",
        "거기서는 += 1만으로는 끊기지 않아 사라지는 것이 없다."},
       Engine::live,
       {{"increments", "10000000"}, {"interpreter", "cpython310"}}},
      {"python310call",
       {"Python 3.10+, += f()", "파이썬 3.10+, += f()"},
       {"After a call the GIL may go: updates are lost again.", "호출 뒤에는 GIL을 내줄 수 있어 다시 사라진다."},
       Engine::live,
       {{"increments", "10000000"}, {"interpreter", "cpython310"}, {"increment", "call"}}},
      {"python39",
       {"Python 3.9, no lock", "파이썬 3.9, 락 없이"},
       {"The GIL may go between any two bytecodes.", "바이트코드 사이 어디서나 GIL을 내줄 수 있다."},
       Engine::live,
       {{"increments", "10000000"}, {"interpreter", "cpython39"}}},
      {"proof39",
       {"Python 3.9, every order", "파이썬 3.9, 모든 순서"},
       {"Shows how += 1 loses updates there although there is a GIL.",
        "GIL이 있어도 거기서는 += 1이 갱신을 잃음을 보인다."},
       Engine::explore,
       {{"interpreter", "cpython39"}}},
      {"proof310",
       {"Python 3.10+, every order", "파이썬 3.10+, 모든 순서"},
       {"Proves that a bare += 1 loses nothing there.", "거기서 += 1만으로는 사라지지 않음을 증명한다."},
       Engine::explore,
       {{"interpreter", "cpython310"}}},
      {"proof310call",
       {"Python 3.10+, += f(), every order", "파이썬 3.10+, += f(), 모든 순서"},
       {"The call between reading and writing is enough to lose updates again.",
        "읽기와 쓰기 사이의 호출 하나로 다시 갱신을 잃는다."},
       Engine::explore,
       {{"interpreter", "cpython310"}, {"increment", "call"}}},
      {"proof",
       {"Every order", "모든 순서"},
       {"Two threads, two increments, in every order that matters.", "스레드 둘, 두 번씩. 달라질 수 있는 모든 순서로."},
       Engine::explore,
       {{"threads", "2"}, {"increments", "2"}, {"lock", "none"}}}};
}

Outcome Counter::judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
  const std::int64_t expected = params.expected();
  const std::int64_t lost = expected - facts.found;
  Outcome out;
  out.verdict = fine(params, facts) ? Verdict::ok : Verdict::failure;
  out.headline = headline(lost);
  out.sentence = sentence(params, lost, run);
  const Tone tone = lost == 0 ? Tone::good : Tone::bad;
  const auto figure = [&](std::string_view key, Text label, FigureUnit unit, double value, Tone how = Tone::plain) {
    out.figures.push_back({key, label, unit, value, how});
  };
  figure("expected", {"Expected", "기대한 값"}, FigureUnit::count, static_cast<double>(expected));
  figure("found", {"Found", "나온 값"}, FigureUnit::count, static_cast<double>(facts.found), tone);
  figure("lost", {"Lost", "사라진 수"}, FigureUnit::count, static_cast<double>(lost), tone);
  if (run.engine == Engine::explore) return out;
  figure("elapsed", {"Elapsed", "걸린 시간"}, FigureUnit::nanoseconds, static_cast<double>(run.elapsed));
  figure("cost", {"An increment", "한 번 더하기"}, FigureUnit::nanoseconds,
         static_cast<double>(run.elapsed) / static_cast<double>(expected));
  if (run.engine == Engine::simulate && run.trace_is_whole()) {
    figure("overwritten", {"Writes that overwrote others", "남의 값을 덮은 쓰기"}, FigureUnit::count,
           static_cast<double>(trace::overwrites(*run.trace).size()), tone);
  }
  return out;
}

}  // namespace interleave::workloads
