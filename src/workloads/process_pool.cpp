#include "workloads/process_pool.h"

#include <algorithm>
#include <charconv>

#include "core/format.h"
#include "trace/metrics.h"
#include "workloads/factorize.h"

namespace interleave::workloads {
namespace {

using Params = ProcessPool::Params;
using Facts = ProcessPool::Facts;
using Mode = ProcessPool::Mode;

// What all workers did, and how it went.
struct Sums : ProcessPool::Split {
  std::int64_t at_work = 0;  // workers that did a task
  std::int64_t lost = 0;     // tasks that nobody did
  bool any_broken = false;
  double speedup = 0;  // over one after the other
};

Sums sum(const Params& params, const Facts& facts) {
  Sums out;
  for (const ProcessPool::Split& one : facts.splits) {
    out.starting = std::max(out.starting, one.starting);  // they start at the same time
    out.coding += one.coding;
    out.moving += one.moving;
    out.computing += one.computing;
    out.bytes += one.bytes;
    out.messages += one.messages;
    out.tasks += one.tasks;
    out.at_work += one.tasks > 0 ? 1 : 0;
    out.any_broken = out.any_broken || one.broken;
    if (one.fastest >= 0) out.fastest = out.fastest < 0 ? one.fastest : std::min(out.fastest, one.fastest);
  }
  out.lost = std::ranges::count(facts.found, -1);
  // The least that a task took is nearest to what it takes where nobody is in its way.
  const Nanoseconds alone =
      facts.alone < 0 ? out.fastest : std::min(facts.alone, std::max(out.fastest, Nanoseconds{0}));
  if (params.mode == Mode::serial || facts.elapsed <= 0) return out;
  out.speedup = static_cast<double>(alone * out.tasks) / static_cast<double>(facts.elapsed);
  return out;
}

Words with_speedup(const Text& text, const Sums& all) {
  const std::string times = format_number(all.speedup);
  return fill(text, {{"x", std::string_view(times)}});
}

Words about_threads(const Params& params, const Sums& all) {
  if (all.speedup >= Factorize::clear_gain) {
    return with_speedup(
        {"Threads have nothing to send, and they computed at the same time: {x} times as fast as one after "
         "the other.",
         "스레드는 보낼 것이 없고, 함께 계산했다. 차례로 할 때보다 {x}배 빠르다."},
        all);
  }
  if (ProcessPool::interpreter(params).has_gil()) {
    return Text{"Threads have nothing to send, but under the GIL only one of them computes at a time.",
                "스레드는 보낼 것이 없다. 하지만 GIL 아래에서는 한 번에 하나만 계산한다."};
  }
  if (all.at_work <= 1) {
    return Text{"Only one thread had work, so nothing was computed at the same time.",
                "일을 받은 스레드가 하나뿐이라 함께 계산한 것이 없다."};
  }
  return with_speedup(
      {"Nothing keeps the threads apart, and yet they were only {x} times as fast as one after the other: "
       "too few cores, or too little work.",
       "스레드를 가로막는 것이 없는데도 차례로 할 때의 {x}배에 그쳤다. 코어나 일이 모자랐다."},
      all);
}

Words about_processes(const Params& params, const Facts& facts, const Sums& all) {
  if (all.speedup >= Factorize::clear_gain) {
    return ProcessPool::interpreter(params).has_gil()
               ? with_speedup(
                     {"Each process has a GIL of its own, so they computed at the same time: {x} times as fast as "
                      "one after the other.",
                      "프로세스마다 GIL이 따로 있어 함께 계산했다. 차례로 할 때보다 {x}배 빠르다."},
                     all)
               : with_speedup(
                     {"The processes were {x} times as fast as one after the other. Without a GIL threads can be, "
                      "too, and have nothing to send.",
                      "프로세스들은 차례로 할 때보다 {x}배 빨랐다. GIL이 없으면 스레드도 그럴 수 있고, 보낼 것도 "
                      "없다."},
                     all);
  }
  if (all.coding + all.moving >= all.computing) {
    return Text{"Encoding and moving took longer than computing did: such small tasks are not worth a process.",
                "인코딩하고 옮기는 데 계산보다 오래 걸렸다. 이렇게 작은 일은 프로세스에 맡길 값어치가 없다."};
  }
  if (all.at_work <= 1) {
    return Text{"Only one process had work, so nothing was computed at the same time, and sending was for nothing.",
                "일을 받은 프로세스가 하나뿐이라 함께 계산한 것이 없다. 보내기만 하고 얻은 것이 없다."};
  }
  if (2 * all.starting >= facts.elapsed) {
    return Text{"Starting the processes took most of the time: so little work is not worth it.",
                "시간은 거의 프로세스를 시작하는 데 들었다. 이렇게 적은 일에는 아깝다."};
  }
  return with_speedup(
      {"Computing took longer than sending did, and yet processes did not pay: {x} times as fast as one "
       "after the other. The cores were too few, or busy with something else.",
       "계산이 보내는 것보다 오래 걸렸는데도 프로세스는 이득이 아니었다. 차례로 할 때의 {x}배다. 코어가 "
       "모자라거나 다른 일로 바빴다."},
      all);
}

Words sentence(const Params& params, const Facts& facts, const Sums& all, const rt::RunFacts& run) {
  if (all.any_broken) {
    return Text{
        "The process of a worker ended before its time. Here the others go on; Python's pool gives up with "
        "BrokenProcessPool.",
        "한 일꾼의 프로세스가 제때가 아닌데 끝났다. 여기서는 나머지가 이어서 하지만, 파이썬의 풀은 "
        "BrokenProcessPool을 내고 그만둔다."};
  }
  if (!run.timed || run.engine == Engine::explore) return rt::untimed_sentence;
  switch (params.mode) {
    case Mode::threads: return about_threads(params, all);
    case Mode::processes: return about_processes(params, facts, all);
    case Mode::serial: break;
  }
  return Text{"One thread did every task: nothing had to be sent, and nothing was gained.",
              "한 스레드가 모든 작업을 했다. 보낼 것도 없었고, 얻은 것도 없다."};
}

// Without a time where there is none that means something.
Words headline(const Facts& facts, const Sums& all, bool good, bool has_time) {
  if (all.any_broken) {
    return all.lost == 0 ? Words(Text{"A worker is lost, and no task with it", "일꾼을 잃었지만 작업은 모두 마쳤다"})
                         : fill({"A worker is lost, and {n} tasks with it", "일꾼을 잃었고, 작업 {n}개도 잃었다"},
                                {{"n", all.lost}});
  }
  if (!good) return Text{"A result is missing or wrong", "결과가 빠졌거나 틀렸다"};
  if (!has_time) return fill({"Each of {n} tasks done once", "작업 {n}개를 한 번씩 마쳤다"}, {{"n", all.tasks}});
  const std::string elapsed = format_duration(facts.elapsed);
  return fill({"{n} tasks in {time}", "작업 {n}개에 {time}"}, {{"n", all.tasks}, {"time", std::string_view(elapsed)}});
}

// How long the threads waited for the interpreter lock, in all.
Nanoseconds waited_for_gil(const rt::RunFacts& run) {
  Nanoseconds out = 0;
  for (const trace::ThreadMetrics& thread : trace::measure(*run.trace).threads) {
    out += thread.in(trace::State::waiting_gil);
  }
  return out;
}

}  // namespace

std::vector<Preset> ProcessPool::presets() {
  const auto preset = [](std::string_view key, Text label, Text hint, std::string_view mode, std::string_view units) {
    return Preset{key, label, hint, Engine::simulate, {{"mode", mode}, {"units", units}, {"policy", "round-robin"}}};
  };
  Preset small = preset("small", {"Small tasks", "작은 작업"},
                        {"Much to send, little to compute.", "보낼 것은 많고 계산할 것은 적다."}, "processes", "1000");
  small.values.emplace_back("sent", "100000");
  return {preset("processes", {"Large tasks", "큰 작업"},
                 {"Little to send, much to compute.", "보낼 것은 적고 계산할 것은 많다."}, "processes", "1000000"),
          std::move(small),
          preset("threads", {"Threads", "스레드"},
                 {"The same large tasks, under the GIL.", "같은 큰 작업을 GIL 아래에서."}, "threads", "1000000"),
          preset("serial", {"One after the other", "차례로"}, {"What there is to compare with.", "비교의 기준."},
                 "serial", "1000000"),
          Preset{"live",
                 {"Real processes", "진짜 프로세스"},
                 {"On this machine, with as many cores as it has.", "이 기기에서, 있는 만큼의 코어로."},
                 Engine::live,
                 {{"mode", "processes"}}}};
}

Nanoseconds ProcessPool::unit_cost(const Params& params) {
  return params.interpreter == rt::Interpreter::none ? Factorize::division_compiled : Factorize::division_in_python;
}

std::int64_t ProcessPool::divided_between(std::int64_t task, std::int64_t begin, std::int64_t end) {
  std::int64_t found = 0;
  const auto by = static_cast<std::uint32_t>(divisor(task));
  for (auto number = static_cast<std::uint32_t>(begin + 1); number <= static_cast<std::uint32_t>(end); ++number) {
    if (number % by == 0) ++found;
  }
  return found;
}

std::string ProcessPool::written(const Orders& orders) {
  return std::to_string(orders.units) + " " + std::to_string(orders.unit_cost) + " " + std::to_string(orders.returned) +
         " " + std::to_string(orders.chunk);
}

ProcessPool::Orders ProcessPool::orders_in(const std::string& argument) {
  Orders out;
  const char* at = argument.data();
  const char* const end = at + argument.size();
  for (std::int64_t* value : {&out.units, &out.unit_cost, &out.returned, &out.chunk}) {
    while (at != end && *at == ' ') ++at;
    at = std::from_chars(at, end, *value).ptr;
  }
  return out;
}

bool ProcessPool::fine(const Params& params, const Facts& facts) {
  for (std::size_t task = 0; task < facts.found.size(); ++task) {
    if (facts.found[task] != divided(static_cast<std::int64_t>(task), params.units)) return false;
  }
  return std::ranges::none_of(facts.splits, &Split::broken);
}

std::int64_t ProcessPool::figure(const Facts& facts) {
  return std::accumulate(facts.splits.begin(), facts.splits.end(), std::int64_t{0},
                         [](std::int64_t before, const Split& one) { return before + one.tasks; });
}

Outcome ProcessPool::judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
  Outcome out;
  const bool good = fine(params, facts);
  const Sums all = sum(params, facts);
  out.verdict = good ? Verdict::ok : Verdict::failure;
  const auto add = [&](std::string_view key, Text label, FigureUnit unit, double value) {
    out.figures.push_back({key, label, unit, value});
  };
  const auto time = [&](std::string_view key, Text label, Nanoseconds value) {
    add(key, label, FigureUnit::nanoseconds, static_cast<double>(value));
  };
  if (run.engine != Engine::explore) {
    time("elapsed", {"Elapsed", "걸린 시간"}, facts.elapsed);
    if (params.mode != Mode::serial) {
      add("speedup", {"Times as fast as in turn", "차례로 할 때의 몇 배"}, FigureUnit::ratio, all.speedup);
    }
    const bool knows_waits = interpreter(params).has_gil() && run.trace_is_whole();
    const Nanoseconds waited = knows_waits ? waited_for_gil(run) : 0;
    // A thread waits for the GIL between the beginning of a task and its end; a process has a GIL for itself.
    const Nanoseconds waited_in_tasks = params.mode == Mode::threads ? waited : 0;
    time("computing", {"Computing, in all", "계산(합)"}, std::max<Nanoseconds>(0, all.computing - waited_in_tasks));
    if (params.mode == Mode::processes) {
      time("encoding", {"Encoding and decoding, in all", "인코딩과 디코딩(합)"}, all.coding);
      time("moving", {"Moving, waiting included", "옮기기(기다림 포함)"}, all.moving);
      time("starting", {"Starting the processes", "프로세스 시작"}, all.starting);
    }
    if (knows_waits) time("waited", {"Waited for the GIL, in all", "GIL을 기다린 시간(합)"}, waited);
  }
  add("tasks", {"Tasks done", "마친 작업"}, FigureUnit::count, static_cast<double>(all.tasks));
  add("messages", {"Messages", "메시지"}, FigureUnit::count, static_cast<double>(all.messages));
  add("bytes", {"Bytes moved", "옮긴 바이트"}, FigureUnit::count, static_cast<double>(all.bytes));
  out.headline = headline(facts, all, good, run.timed && run.engine != Engine::explore);
  out.sentence = sentence(params, facts, all, run);
  return out;
}

}  // namespace interleave::workloads
