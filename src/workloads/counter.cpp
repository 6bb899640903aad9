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
