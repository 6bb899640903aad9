#include "workloads/coroutines.h"

#include "core/format.h"

namespace interleave::workloads {
namespace {

using Params = Coroutines::Params;

Words why_lost(const Params& params, std::int64_t lost, std::int64_t all) {
  const Text text = params.mode == Coroutines::Mode::threads
                        ? Text{"{lost} of {all} additions were lost: a thread may be interrupted anywhere, also between "
                               "reading the count and writing it.",
                               "더하기 {all}번 가운데 {lost}번이 사라졌다. 스레드는 어디서든 끊길 수 있다. 카운트를 "
                               "읽고 쓰는 사이에서도."}
                        : Text{"{lost} of {all} additions were lost: each task waited between reading the count and "
                               "writing it, and where one waits, others have their turn.",
                               "더하기 {all}번 가운데 {lost}번이 사라졌다. 카운트를 읽고 쓰는 사이에 기다렸고, 하나가 "
                               "기다리면 다른 태스크에 차례가 간다."};
  return fill(text, {{"lost", lost}, {"all", all}});
}

Words on_threads(const Params& params, const rt::RunFacts& run) {
  const std::string stack = format_bytes(static_cast<double>(run.usage.one_stack));
  if (run.engine == Engine::live) {
    return fill({"{n} threads waited at the same time. For each a stack of {stack} is set aside.",
                 "스레드 {n}개가 함께 기다렸다. 스레드마다 스택 {stack}가 잡혀 있다."},
                {{"n", std::int64_t{params.tasks}}, {"stack", std::string_view(stack)}});
  }
  return fill({"{n} threads waited at the same time. Here there are as many as you like; try that on Live.",
               "스레드 {n}개가 함께 기다렸다. 여기서는 얼마든지 만들 수 있다. 실제 스레드로도 해 보자."},
              {{"n", std::int64_t{params.tasks}}});
}

Words sentence(const Params& params, const rt::RunFacts& run) {
  if (params.mode == Coroutines::Mode::threads) return on_threads(params, run);
  const std::int64_t tasks = params.tasks;
  if (params.call == Coroutines::Call::awaits) {
    return fill(
        {"One thread carried {n} tasks: while some wait, the loop runs others. They take turns only where they "
         "wait, so counting needed no lock.",
         "스레드 하나가 태스크 {n}개를 돌렸다. 누가 기다리는 동안 루프는 다른 태스크를 돌린다. 차례는 기다릴 때만 "
         "바뀌므로 카운트에 락이 필요 없었다."},
        {{"n", tasks}});
  }
  if (params.mode == Coroutines::Mode::loop) {
    return fill({"Each blocking call stopped the loop, and all {n} tasks with it: they waited one after the other.",
                 "막히는 호출마다 루프가 멈췄고 태스크 {n}개가 함께 멈췄다. 결국 차례로 하나씩 기다렸다."},
                {{"n", tasks}});
  }
  return fill({"The pool made the blocking calls, {workers} at a time, and the loop stayed free for the tasks that had "
               "something to do.",
               "막히는 호출은 풀이 한 번에 {workers}개씩 맡았다. 그동안 루프는 할 일이 있는 태스크를 돌릴 수 있었다."},
              {{"workers", std::int64_t{params.workers}}});
}

void add_memory(const Params& params, const rt::Usage& usage, std::vector<Figure>& figures) {
  const bool threads = params.mode == Coroutines::Mode::threads;
  const auto tasks = static_cast<double>(params.tasks);
  const double all = static_cast<double>(threads ? usage.stacks : usage.tasks);
  const double each = threads ? static_cast<double>(usage.one_stack) : all / tasks;
  figures.push_back({"bytes", {"Memory a task", "태스크 하나의 메모리"}, FigureUnit::bytes, each});
  figures.push_back({"memory", {"All tasks", "태스크 전부"}, FigureUnit::bytes, all});
  if (threads) return;
  figures.push_back(
      {"stack", {"A thread's stack", "스레드 하나의 스택"}, FigureUnit::bytes, static_cast<double>(usage.one_stack)});
}

}  // namespace

std::vector<Preset> Coroutines::presets() {
  return {{"loop",
           {"10,000 on a loop", "루프에 10,000개"},
           {"All of them wait at the same time, on one thread.", "모두 함께 기다린다. 스레드 하나에서."},
           Engine::live,
           {{"mode", "loop"}, {"tasks", "10000"}}},
          {"threads",
           {"10,000 threads", "스레드 10,000개"},
           {"More than there are.", "있는 것보다 많다."},
           Engine::live,
           {{"mode", "threads"}, {"tasks", "10000"}}},
          {"forest",
           {"A few threads", "스레드 몇 개"},
           {"As many as a page can have, and what they set aside.", "페이지가 쓸 수 있는 만큼. 그리고 그 메모리."},
           Engine::live,
           {{"mode", "threads"}, {"tasks", "12"}}},
          {"blocked",
           {"A loop that is blocked", "막힌 루프"},
           {"One time.sleep, and nobody else has a turn.", "time.sleep 하나면 아무도 차례를 얻지 못한다."},
           Engine::simulate,
           {{"mode", "loop"}, {"tasks", "12"}, {"call", "blocks"}, {"rounds", "2"}, {"policy", "round-robin"}}},
          {"pool",
           {"With a pool", "스레드 풀과 함께"},
           {"The same calls, handed to four threads.", "같은 호출을 스레드 네 개에 맡긴다."},
           Engine::simulate,
           {{"mode", "pool"}, {"tasks", "12"}, {"call", "blocks"}, {"rounds", "2"}, {"policy", "round-robin"}}},
          {"across",
           {"A lost update", "사라진 업데이트"},
           {"Tasks need a lock, too, where they wait in between.", "사이에 기다린다면 태스크에도 락이 필요하다."},
           Engine::explore,
           {{"mode", "loop"}, {"tasks", "2"}, {"rounds", "1"}, {"count", "across"}}},
          {"safe",
           {"No lock, none lost", "락 없이도 무사히"},
           {"The same without a wait in between: proved.", "사이에 기다리지 않으면 괜찮다. 증명된다."},
           Engine::explore,
           {{"mode", "loop"}, {"tasks", "2"}, {"rounds", "1"}, {"count", "at-once"}}}};
}

Outcome Coroutines::judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
  Outcome out;
  const std::int64_t all = work(params);
  const std::int64_t lost = all - facts.counted;
  out.verdict = fine(params, facts) ? Verdict::ok : Verdict::failure;
  const auto add = [&](std::string_view key, Text label, FigureUnit unit, double value, Tone tone = Tone::plain) {
    out.figures.push_back({key, label, unit, value, tone});
  };
  if (run.engine != Engine::explore) {
    add("elapsed", {"Elapsed", "걸린 시간"}, FigureUnit::nanoseconds, static_cast<double>(facts.elapsed));
    add("switches", {"Switches", "전환"}, FigureUnit::count, static_cast<double>(run.usage.switches));
  }
  if (run.engine == Engine::live) add_memory(params, run.usage, out.figures);
  add("rounds", {"Rounds done", "마친 반복"}, FigureUnit::count, static_cast<double>(facts.rounds));
  add("counted", {"Counted", "센 수"}, FigureUnit::count, static_cast<double>(facts.counted),
      lost == 0 ? Tone::good : Tone::bad);
  const std::string time = format_duration(facts.elapsed);
  if (lost != 0) {
    out.headline = fill({"{lost} additions were lost", "더하기 {lost}번이 사라졌다"}, {{"lost", lost}});
    out.sentence = why_lost(params, lost, all);
    return out;
  }
  out.headline = run.engine == Engine::explore
                     ? fill({"All {n} were counted", "{n}번을 모두 셌다"}, {{"n", all}})
                     : fill({"{n} tasks in {time}", "태스크 {n}개에 {time}"},
                            {{"n", std::int64_t{params.tasks}}, {"time", std::string_view(time)}});
  out.sentence = run.timed || run.engine == Engine::explore ? sentence(params, run) : Words(rt::untimed_sentence);
  return out;
}

}  // namespace interleave::workloads
